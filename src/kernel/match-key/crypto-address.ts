/**
 * Address of a crypto-asset: hexadecimal (Ethereum and kin, without regard to case), bech32 (one case, with its checksum) or base58 (as written).
 * Source: BIP 173 and BIP 350 (checksum of bech32 and bech32m); ERC-55 (case of hexadecimal addresses is a checksum, not a part of the address).
 */
import type { Parsed } from '#kernel/result/problem.ts'
import { fault, strangeSign } from './key-rule.ts'

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
/** What the checksum leaves: 1 for bech32, the other for bech32m. */
const LEFT_OVER = [1, 0x2bc830a3]

export function cryptoAddress(value: string): Parsed<string> {
  const text = value.trim()
  if (/^0x/i.test(text)) return hexadecimal(text)
  if (/^(?:bc|tb|ltc)1/i.test(text)) return bech32(text)
  const strange = strangeSign(text, /[1-9A-HJ-NP-Za-km-z]/)
  if (strange !== undefined) return fault('sign', strange.at, `The sign ${strange.sign} stands in no base58 address.`)
  return text.length < 25 || text.length > 110
    ? fault('length', 'value', 'An address has 25 to 110 signs.')
    : { ok: true, value: text, problems: [] }
}

function hexadecimal(text: string): Parsed<string> {
  const strange = strangeSign(text.slice(2), /[0-9a-fA-F]/)
  if (strange !== undefined) return fault('sign', 'value', `The sign ${strange.sign} is no hexadecimal digit.`)
  return text.length === 42
    ? { ok: true, value: text.toLowerCase(), problems: [] }
    : fault('length', 'value', `After 0x stand 40 digits; here are ${text.length - 2}.`)
}

function bech32(text: string): Parsed<string> {
  const lower = text.toLowerCase()
  if (text !== lower && text !== text.toUpperCase()) return fault('case', 'value', 'A bech32 address is written in one case.')
  const split = lower.lastIndexOf('1')
  const data = Array.from(lower.slice(split + 1), (sign) => BECH32.indexOf(sign))
  const wrong = data.indexOf(-1)
  if (wrong >= 0) return fault('sign', `value, sign ${split + wrong + 2}`, 'This sign stands in no bech32 address.')
  const prefix = Array.from(lower.slice(0, split), (sign) => sign.charCodeAt(0))
  const sum = polymod([...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31), ...data])
  return LEFT_OVER.includes(sum)
    ? { ok: true, value: lower, problems: [] }
    : fault('check-digit', `value, sign ${Math.max(1, lower.length - 5)}`, 'The checksum does not match.')
}

function polymod(values: readonly number[]): number {
  let sum = 1
  for (const value of values) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    GENERATOR.forEach((generator, bit) => {
      if ((top >>> bit) & 1) sum ^= generator
    })
  }
  return sum >>> 0
}
