/** Puts a file of a case together from its pieces and hands it to the browser. */
import { call } from '#web/client.ts'
import { readFile } from '../contract.ts'

export async function saveFile(caseId: string, file: string): Promise<void> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let name = file
  for (let start: number | undefined = 0; start !== undefined; ) {
    const piece: { readonly name: string; readonly bytes: string; readonly next?: number | undefined } = await call(readFile, {
      case: caseId,
      file,
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
