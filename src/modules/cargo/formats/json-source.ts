/** A document that has to be whole before it can be read, from bytes or a stream of them. Beyond the limit one byte more is kept: enough to refuse it. */

export type DocumentSource = Uint8Array | AsyncIterable<Uint8Array>

export async function wholeDocument(source: DocumentSource, limit: number): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of source) {
    chunks.push(chunk)
    length += chunk.length
    if (length > limit) break
  }
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks, length)
}
