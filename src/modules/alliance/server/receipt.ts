/** The receipt of an anonymous report: 125 random bits in five groups of five signs, kept as a hash. It is the only way back to the report. */
import { createHash, randomBytes } from 'node:crypto'

/** Digits and letters without I, L, O and U, which are read as others or spell words. Source: Crockford's base 32. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 25
const GROUP = /.{5}/g

export function newReceipt(): string {
  // 256 is a multiple of 32, so every sign is as likely as any other.
  const signs = [...randomBytes(LENGTH)].map((byte) => SIGNS[byte % SIGNS.length]).join('')
  return (signs.match(GROUP) ?? []).join('-')
}

/** Undefined for what cannot be a receipt. Letters that are easily confused count as what they were read for. */
export function hashOfReceipt(typed: string): string | undefined {
  const plain = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (plain.length !== LENGTH || [...plain].some((sign) => !SIGNS.includes(sign))) return undefined
  return createHash('sha256').update(`integrity receipt\n${plain}`).digest('hex')
}
