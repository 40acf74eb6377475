/**
 * A file in the zlib format (RFC 1950), unpacked. The index packs its files itself, as not every host does.
 *
 * @throws where it is not there or damaged.
 */
export async function fetchPacked(address: string): Promise<Uint8Array> {
  const response = await fetch(address);
  if (!response.ok || !response.body) throw new Error(`${address}: ${response.status}`);
  const unpacked = response.body.pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}
