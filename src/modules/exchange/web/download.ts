/** Puts an attachment together from its pieces and hands it to the browser as a file. */
import { call } from '#web/client.ts'
import { readAttachment } from '../contract.ts'

export async function downloadAttachment(item: string, sha256: string): Promise<void> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let name = sha256
  for (let start: number | undefined = 0; start !== undefined; ) {
    const piece: { readonly name: string; readonly bytes: string; readonly next?: number | undefined } = await call(readAttachment, {
      item,
      sha256,
      start,
    })
    pieces.push(Uint8Array.from(atob(piece.bytes), (sign) => sign.charCodeAt(0)))
    name = piece.name
    start = piece.next
  }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob(pieces))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
