/**
 * Gzip on the fly, told by its first two bytes; anything else passes as it is.
 * Invariant: at most `limit` bytes come out, so that a bomb costs bounded memory and time.
 */
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

export const DECOMPRESSED_BYTES = 512 * 1024 * 1024

/** Reading must stop; what came before it stands. */
export class DecompressionRefused extends Error {
  readonly code: 'gzip.too-large' | 'gzip.damaged'
  readonly byte: number

  constructor(code: DecompressionRefused['code'], byte: number, message: string) {
    super(message)
    this.code = code
    this.byte = byte
  }
}

export async function* decompress(source: AsyncIterable<Uint8Array>, limit = DECOMPRESSED_BYTES): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]()
  try {
    const first: Uint8Array[] = []
    let known = 0
    while (known < 2) {
      const next = await iterator.next()
      if (next.done === true) break
      first.push(next.value)
      known += next.value.length
    }
    const head = Buffer.concat(first)
    const rest = { [Symbol.asyncIterator]: () => iterator }
    if (head[0] === 0x1f && head[1] === 0x8b) yield* inflate(chain(head, rest), limit)
    else {
      if (head.length > 0) yield head
      yield* rest
    }
  } finally {
    // Whoever stops at the first bytes never enters the rest, which then would keep its file open.
    await iterator.return?.()
  }
}

async function* chain(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head
  yield* rest
}

async function* inflate(source: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  const input = Readable.from(source)
  const gunzip = createGunzip({ chunkSize: 64 * 1024 })
  input.on('error', (error) => gunzip.destroy(error))
  input.pipe(gunzip)
  let bytes = 0
  try {
    for await (const chunk of gunzip as AsyncIterable<Uint8Array>) {
      bytes += chunk.length
      if (bytes > limit) throw new DecompressionRefused('gzip.too-large', limit, `The file decompresses to more than ${limit} bytes.`)
      yield chunk
    }
  } catch (error) {
    if (error instanceof DecompressionRefused) throw error
    throw new DecompressionRefused('gzip.damaged', bytes, 'The compressed file is damaged or cut off.')
  } finally {
    input.destroy()
    gunzip.destroy()
  }
}
