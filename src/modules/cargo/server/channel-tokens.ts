/** Tokens of channels: random, shown once, kept as a hash. A copy of the table delivers nothing. */
import { createHash, randomBytes } from 'node:crypto'

const TOKEN = /^bwc_[A-Za-z0-9_-]{43}$/

export function newToken(): string {
  return `bwc_${randomBytes(32).toString('base64url')}`
}

/** 256 random bits need no slow hash. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** The token of an Authorization header; undefined for anything else. */
export function bearerToken(header: string | undefined): string | undefined {
  const [, token = ''] = /^Bearer ([^\s]{1,100})$/i.exec(header ?? '') ?? []
  return TOKEN.test(token) ? token : undefined
}
