/**
 * Keys that name one person, account, company, vehicle or seal.
 * Sources: ISO 13616 (IBAN) with ISO 7064 MOD 97-10; ITU-T E.164 (numbers of at most 15 digits); RFC 5321, 4.5.3.1 (lengths of an address);
 * ISO 3779 (VIN) and its check digit in 49 CFR 565.15(c), which only North America and China demand.
 */
import { cryptoAddress } from './crypto-address.ts'
import { codeOfState, fault, type KeyRule, plainCode, strangeSign } from './key-rule.ts'

const iban: KeyRule['normalise'] = (value) => {
  const plain = plainCode(value, { min: 15, max: 34 })
  if (!plain.ok) return plain
  if (!/^[A-Z]{2}[0-9]{2}/.test(plain.value))
    return fault('iban', 'value, sign 1', 'An IBAN begins with two letters of the country and two check digits.')
  return remainder97(plain.value.slice(4) + plain.value.slice(0, 4)) === 1
    ? plain
    : fault('check-digit', 'value, sign 3', 'The check digits do not match.')
}

function remainder97(text: string): number {
  let rest = 0
  for (const sign of text) for (const digit of Number.parseInt(sign, 36).toString()) rest = (rest * 10 + Number(digit)) % 97
  return rest
}

const phone: KeyRule['normalise'] = (value) => {
  const strange = strangeSign(value, /[0-9+\s\-./()\u2010-\u2015]/)
  if (strange !== undefined) return fault('sign', strange.at, `The sign ${strange.sign} is no part of a telephone number.`)
  // A zero in brackets is dialled inside the country only.
  const digits = value.replaceAll('(0)', '').replace(/[^0-9+]/g, '')
  const full = digits.startsWith('00') ? `+${digits.slice(2)}` : digits
  if (!full.startsWith('+')) return fault('country-code', 'value, sign 1', 'The number needs its country code, as in +32.')
  if (full.startsWith('+0')) return fault('country-code', 'value, sign 2', 'No country code begins with 0.')
  return /^\+[1-9][0-9]{6,14}$/.test(full)
    ? { ok: true, value: full, problems: [] }
    : fault('length', 'value', 'A number has 7 to 15 digits with its country code.')
}

const email: KeyRule['normalise'] = (value) => {
  const text = value.trim().normalize('NFKC').toLowerCase()
  const split = text.lastIndexOf('@')
  const [local, domain] = [text.slice(0, Math.max(split, 0)), text.slice(split + 1)]
  if (split < 1) return fault('email', 'value', 'An address has a name, @ and a domain.')
  const strange = strangeSign(text, /[^\s"(),:;<>[\]\\]/)
  if (strange !== undefined) return fault('sign', strange.at, `The sign ${strange.sign} is no part of an address.`)
  if (local.includes('@')) return fault('email', 'value', 'An address has one @.')
  if (!/^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u.test(domain))
    return fault('domain', `value, sign ${split + 2}`, 'What follows @ is no domain.')
  return local.length > 64 || text.length > 254
    ? fault('length', 'value', 'The address is longer than an address can be.')
    : { ok: true, value: text, problems: [] }
}

const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
const VIN_LETTERS: Readonly<Record<string, number>> = Object.fromEntries(
  [...'ABCDEFGH']
    .map((letter, at) => [letter, at + 1] as const)
    .concat(
      [...'JKLMN'].map((letter, at) => [letter, at + 1] as const),
      [
        ['P', 7],
        ['R', 9],
      ],
      [...'STUVWXYZ'].map((letter, at) => [letter, at + 2] as const),
    ),
)

const vin: KeyRule['normalise'] = (value) => {
  const plain = plainCode(value, { min: 17, max: 17 })
  if (!plain.ok) return plain
  const confused = strangeSign(plain.value, /[^IOQ]/)
  if (confused !== undefined) return fault('sign', confused.at, 'I, O and Q stand in no vehicle number.')
  const sum = [...plain.value].reduce((total, sign, at) => total + (VIN_LETTERS[sign] ?? Number(sign)) * (VIN_WEIGHTS[at] ?? 0), 0)
  const digit = sum % 11 === 10 ? 'X' : String(sum % 11)
  return /^[1-5L]/.test(plain.value) && digit !== plain.value[8]
    ? fault('check-digit', 'value, sign 9', `The check digit does not match: for this number it is ${digit}.`)
    : plain
}

export const STRONG_KEYS = {
  document: { class: 'strong', second: 'state', normalise: codeOfState({ min: 4, max: 24 }) },
  iban: { class: 'strong', normalise: iban },
  phone: { class: 'strong', normalise: phone },
  email: { class: 'strong', normalise: email },
  company: { class: 'strong', second: 'state', normalise: codeOfState({ min: 2, max: 30 }) },
  vin: { class: 'strong', normalise: vin },
  crypto: { class: 'strong', normalise: cryptoAddress },
  seal: { class: 'strong', normalise: (value) => plainCode(value, { min: 4, max: 20 }) },
} as const satisfies Readonly<Record<string, KeyRule>>
