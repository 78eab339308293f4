/**
 * Raw documents, content-addressed and encrypted at rest: frames of 1 MiB under AES-256-GCM with a key per document, derived from the node's
 * content key and the document's random salt. A range is read by decrypting only the frames it touches.
 * Invariants: a file under its address is whole (written beside, then renamed); the number of a frame and whether it is the last are
 * authenticated, so frames cannot be swapped, dropped or cut off (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError, notFound } from '#platform/http/app-error.ts'

const FRAME = 1024 * 1024
const TAG = 16
const SALT = 32
const MAGIC = Buffer.from('BWC1')
const HEADER = MAGIC.length + SALT

export interface ContentStore {
  put(bytes: AsyncIterable<Uint8Array>, limit: number): Promise<{ readonly sha256: string; readonly size: number }>
  get(sha256: string): AsyncIterable<Uint8Array>
  slice(sha256: string, start: number, end: number): Promise<Uint8Array>
}

export function openContentStore(folder: string, key: Buffer): ContentStore {
  return {
    put: async (bytes, limit) => await put({ folder, key }, bytes, limit),
    get: (sha256) => frames({ folder, key }, sha256, { from: 0, until: Number.POSITIVE_INFINITY }),
    slice: async (sha256, start, end) => {
      const first = Math.floor(start / FRAME)
      const parts: Uint8Array[] = []
      for await (const frame of frames({ folder, key }, sha256, { from: first, until: Math.ceil(end / FRAME) })) parts.push(frame)
      return Buffer.concat(parts).subarray(start - first * FRAME, end - first * FRAME)
    },
  }
}

interface Store {
  readonly folder: string
  readonly key: Buffer
}

async function put(store: Store, bytes: AsyncIterable<Uint8Array>, limit: number): Promise<{ sha256: string; size: number }> {
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
  const place = placeOf(store.folder, sha256)
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
  if (existsSync(place)) await rm(draft, { force: true })
  else await rename(draft, place)
  return { sha256, size }
}

async function* frames(store: Store, sha256: string, range: { readonly from: number; readonly until: number }): AsyncIterable<Uint8Array> {
  if (!/^[0-9a-f]{64}$/.test(sha256) || !existsSync(placeOf(store.folder, sha256))) throw notFound()
  const file = await open(placeOf(store.folder, sha256), 'r')
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

function placeOf(folder: string, sha256: string): string {
  return path.join(folder, sha256.slice(0, 2), sha256)
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
