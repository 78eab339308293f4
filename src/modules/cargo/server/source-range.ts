/** Bytes of a stored document by the offsets that pointers use: those of the text, also where the file came packed. */
import type { NodeServices } from '#platform/module/services.ts'
import { decompress } from '../formats/decompress.ts'

type Content = NodeServices['content']

/** Fewer bytes than asked for where the document ends before. */
export async function sourceRange(
  content: Content,
  document: string,
  range: { readonly start: number; readonly end: number },
): Promise<Buffer> {
  const { start, end } = range
  const [first, second] = await content.slice(document, 0, 2)
  if (first !== 0x1f || second !== 0x8b) return Buffer.from(await content.slice(document, start, end))
  const kept: Uint8Array[] = []
  let at = 0
  // A packed file has no places to jump to: it is unpacked up to the range and no further.
  for await (const part of decompress(content.get(document))) {
    if (at + part.length > start) kept.push(part.subarray(Math.max(0, start - at), Math.min(part.length, end - at)))
    at += part.length
    if (at >= end) break
  }
  return Buffer.concat(kept)
}
