/**
 * Content of messages at rest: each under a key of its own, wrapped by the node's content key. Destroying the wrapped key destroys the content,
 * wherever copies of the ciphertext lie (crypto-erase).
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const NONCE = 12
const TAG = 16

export interface Boxed {
  /** Wrapped content key, base64. */
  readonly key: string
  /** Base64: nonce, ciphertext, tag. */
  readonly content: string
}

export interface MessageBox {
  seal(plain: string): Boxed
  /** Throws when key and content do not belong together. */
  open(boxed: Boxed): string
}

export function openMessageBox(nodeKey: Buffer): MessageBox {
  const wrap = Buffer.from(hkdfSync('sha256', nodeKey, Buffer.alloc(0), 'breakwater message key', 32))
  return {
    seal(plain) {
      const key = randomBytes(32)
      return { key: encrypt(wrap, key), content: encrypt(key, Buffer.from(plain)) }
    },
    open: ({ key, content }) => decrypt(decrypt(wrap, key), content).toString('utf8'),
  }
}

/** Base64: nonce, ciphertext, tag. */
export function encrypt(key: Buffer, plain: Buffer): string {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64')
}

export function decrypt(key: Buffer, text: string): Buffer {
  const bytes = Buffer.from(text, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE))
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG))
  return Buffer.concat([decipher.update(bytes.subarray(NONCE, bytes.length - TAG)), decipher.final()])
}
