/**
 * Raw documents, encrypted at rest: frames of 1 MiB under AES-256-GCM with a key per document, derived from the node's content key and the document's random salt, and lying
 * under the digest of their bytes; or from a key of their own, and lying under a random name. A range is read by decrypting only the frames it touches.
 * Invariants: bytes with a key of their own are destroyed with that key, wherever copies of the file lie; a file under its name is whole (written beside, then renamed); the number of a frame and whether it is the last are
 * authenticated, so frames cannot be swapped, dropped or cut off (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError, notFound } from '#platform/http/app-error.ts'
import { decrypt, encrypt } from './message-box.ts'

const FRAME = 1024 * 1024
const TAG = 16
const SALT = 32
const MAGIC = Buffer.from('BWC1')
const HEADER = MAGIC.length + SALT

export interface ContentStore {
  /** Streams bytes in; answers the SHA-256 (lower-case hex) and size. Storing the same bytes twice keeps one copy. */
  put(bytes: AsyncIterable<Uint8Array>, limit: number): Promise<StoredBytes>
  get(sha256: string): AsyncIterable<Uint8Array>
  /** A byte range of a stored document, for showing the source of a value. */
  slice(sha256: string, start: number, end: number): Promise<Uint8Array>
  readonly erasable: ErasableStore
}

interface StoredBytes {
  readonly sha256: string
  readonly size: number
}

/** Bytes that may have to be gone one day. Whoever puts them keeps their key, and has destroyed them when nobody keeps it any more. */
export interface ErasableStore {
  put(bytes: AsyncIterable<Uint8Array>, limit: number): Promise<StoredBytes & ErasableBytes>
  slice(bytes: ErasableBytes, start: number, end: number): Promise<Uint8Array>
  /** Frees the disk of bytes whose key is destroyed; does nothing where that was done. */
  remove(name: string): Promise<void>
}

export interface ErasableBytes {
  readonly name: string
  /** Wrapped by the node's content key, base64. */
  readonly key: string
}

export function openContentStore(folder: string, key: Buffer): ContentStore {
  return {
    put: async (bytes, limit) => await put({ folder, key }, bytes, limit),
    get: (sha256) => frames({ folder, key }, sha256, { from: 0, until: Number.POSITIVE_INFINITY }),
    slice: async (sha256, start, end) => await slice({ folder, key }, sha256, { start, end }),
    erasable: openErasableStore(path.join(folder, 'erasable'), key),
  }
}

function openErasableStore(folder: string, nodeKey: Buffer): ErasableStore {
  const wrap = Buffer.from(hkdfSync('sha256', nodeKey, Buffer.alloc(0), 'breakwater erasable key', 32))
  return {
    put: async (bytes, limit) => {
      const [name, key] = [randomBytes(32).toString('hex'), randomBytes(32)]
      const { sha256, size } = await put({ folder, key, name }, bytes, limit)
      return { sha256, size, name, key: encrypt(wrap, key) }
    },
    slice: async ({ name, key }, start, end) => await slice({ folder, key: decrypt(wrap, key) }, name, { start, end }),
    remove: async (name) => {
      if (isName(name)) await rm(placeOf(folder, name), { force: true })
    },
  }
}

interface Store {
  readonly folder: string
  readonly key: Buffer
  /** Where the bytes are to lie; under their digest without it. */
  readonly name?: string
}

async function slice(store: Store, name: string, { start, end }: { readonly start: number; readonly end: number }): Promise<Uint8Array> {
  const first = Math.floor(start / FRAME)
  const parts: Uint8Array[] = []
  for await (const frame of frames(store, name, { from: first, until: Math.ceil(end / FRAME) })) parts.push(frame)
  return Buffer.concat(parts).subarray(start - first * FRAME, end - first * FRAME)
}

async function put(store: Store, bytes: AsyncIterable<Uint8Array>, limit: number): Promise<StoredBytes> {
  await mkdir(path.join(store.folder, 'incoming'), { recursive: true, mode: 0o700 })
  const salt = randomBytes(SALT)
  const documentKey = deriveKey(store.key, salt)
  const draft = path.join(store.folder, 'incoming', salt.toString('hex'))
  const hash = createHash('sha256')
  const file = await open(draft, 'wx', 0o600)
  let size = 0
  try {
    await file.write(Buffer.concat([MAGIC, salt]))
    let frame = 0
    let pending: Uint8Array[] = []
    let held = 0
    const flush = async (isLast: boolean): Promise<void> => {
      await file.write(seal(documentKey, nonce(frame, isLast), Buffer.concat(pending)))
      frame += 1
      pending = []
      held = 0
    }
    for await (const chunk of bytes) {
      size += chunk.length
      if (size > limit) throw new AppError(413, 'cargo.document-too-large', `The document is larger than ${limit} bytes.`)
      hash.update(chunk)
      for (let at = 0; at < chunk.length; ) {
        // Only now is it sure that the full frame is not the last.
        if (held === FRAME) await flush(false)
        const part = chunk.subarray(at, at + FRAME - held)
        // The chunk belongs to the stream, which may use its memory again.
        pending.push(Uint8Array.from(part))
        held += part.length
        at += part.length
      }
    }
    await flush(true)
    await file.sync()
  } catch (error) {
    await file.close()
    await rm(draft, { force: true })
    throw error
  }
  await file.close()
  const sha256 = hash.digest('hex')
  const place = placeOf(store.folder, store.name ?? sha256)
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
  if (existsSync(place)) await rm(draft, { force: true })
  else await rename(draft, place)
  return { sha256, size }
}

async function* frames(store: Store, name: string, range: { readonly from: number; readonly until: number }): AsyncIterable<Uint8Array> {
  if (!isName(name) || !existsSync(placeOf(store.folder, name))) throw notFound()
  const file = await open(placeOf(store.folder, name), 'r')
  try {
    const header = Buffer.alloc(HEADER)
    await file.read(header, 0, HEADER, 0)
    if (!header.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error('Not a stored document.')
    const documentKey = deriveKey(store.key, header.subarray(MAGIC.length))
    const { size } = await file.stat()
    if (size < HEADER + TAG) throw new Error('The stored document is cut off.')
    const sealedFrame = FRAME + TAG
    for (let frame = range.from; frame < range.until; frame++) {
      const at = HEADER + frame * sealedFrame
      const length = Math.min(sealedFrame, size - at)
      if (length <= 0) return
      const sealed = Buffer.alloc(length)
      await file.read(sealed, 0, length, at)
      yield unseal(documentKey, nonce(frame, at + length === size), sealed)
    }
  } finally {
    await file.close()
  }
}

function isName(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name)
}

function placeOf(folder: string, name: string): string {
  return path.join(folder, name.slice(0, 2), name)
}

function deriveKey(key: Buffer, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, 'breakwater content 1', 32))
}

/** A key serves one document and each of its frames once, so a nonce never repeats. */
function nonce(frame: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt8(isLast ? 1 : 0, 0)
  bytes.writeUIntBE(frame, 6, 6)
  return bytes
}

function seal(key: Buffer, iv: Buffer, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function unseal(key: Buffer, iv: Buffer, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG })
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
  return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG)), decipher.final()])
}
