/** Hands the browser something to keep as a file. */

export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

export interface Piece {
  readonly name: string
  /** Base64. */
  readonly bytes: string
  /** Where the next piece starts; absent in the last. */
  readonly next?: number | undefined
}

/** Puts a file together from its pieces: what a node answers is bounded. */
export async function savePieces(read: (start: number) => Promise<Piece>): Promise<void> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  for (let start = 0; ; ) {
    const { name, bytes, next } = await read(start)
    pieces.push(Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0)))
    if (next === undefined) {
      saveFile(name, new Blob(pieces))
      return
    }
    start = next
  }
}
