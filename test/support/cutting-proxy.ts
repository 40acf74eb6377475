import { connect, createServer } from 'node:net';
import type { TestContext } from 'node:test';
import { HOST } from '../servers/daemon.ts';

/** How a connection ends that breaks: as if the server had closed it, or as if the network had reset it. */
export type Break = 'close' | 'reset';

/** A port that leads to `port` and breaks its connections once the server has said so many bytes. */
export async function cuttingProxy(
  context: TestContext,
  port: number,
  bytes: number,
  how: Break,
): Promise<number> {
  const proxy = createServer(client => {
    const server = connect(port, HOST);
    let passed = 0;
    client.on('error', () => {}).on('close', () => server.destroy());
    server.on('error', () => {}).on('close', () => client.end());
    client.pipe(server);
    server.on('data', (chunk: Buffer) => {
      passed += chunk.length;
      if (passed < bytes) client.write(chunk);
      else {
        server.destroy();
        if (how === 'reset') client.resetAndDestroy();
        else client.end(chunk.subarray(0, chunk.length - (passed - bytes)));
      }
    });
  });
  await new Promise<void>(resolve => proxy.listen(0, HOST, resolve));
  context.after(() => proxy.close());
  return (proxy.address() as { port: number }).port;
}

/** A port that greets every client with these words and hangs up. */
export async function hangingUp(context: TestContext, words: string): Promise<number> {
  const server = createServer(client => client.on('error', () => {}).end(words));
  await new Promise<void>(resolve => server.listen(0, HOST, resolve));
  context.after(() => server.close());
  return (server.address() as { port: number }).port;
}
