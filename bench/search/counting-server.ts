import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';

/** A folder served on this machine, and what was asked of it. */
export interface CountingServer {
  readonly url: string;
  /** Since the last `reset`: bodies as they went over the wire, but for the page itself. */
  count(): { readonly bytes: number; readonly requests: number };
  reset(): void;
  close(): void;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.css': 'text/css',
};

/** Serves a folder as static hosts do: text is packed with gzip, other files go as they are. */
export async function countingServer(folder: string): Promise<CountingServer> {
  let [bytes, requests] = [0, 0];
  const server = http.createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url!, 'http://localhost').pathname);
    const file = path.join(folder, asked.endsWith('/') ? `${asked}index.html` : asked);
    const type = TYPES[path.extname(file)];
    if (!fs.existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const content = fs.readFileSync(file);
    const body = type ? zlib.gzipSync(content) : content;
    if (type !== 'text/html') {
      bytes += body.length;
      requests++;
    }
    response.writeHead(200, {
      'content-type': type ?? 'application/octet-stream',
      'content-length': body.length,
      ...(type ? { 'content-encoding': 'gzip' } : {}),
    });
    response.end(body);
  });
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
  return {
    url: `http://localhost:${(server.address() as { port: number }).port}/`,
    count: () => ({ bytes, requests }),
    reset: () => {
      [bytes, requests] = [0, 0];
    },
    close: () => server.close(),
  };
}
