/**
 * Keys by which cases of one authority are compared with each other: looser than the match keys that leave a node, because both sides lie in one house
 * and a person looks at every link. An identifier that passes its own check is compared in its checked form; one that does not, as letters and digits.
 * A name alone is a key of its own kind: it says "same name", never "same person". A date of birth alone is none.
 */
import { parseMatchKey } from './match-key.ts'
import { normalName } from './weak-keys.ts'

export const CROSS_CHECK_KINDS = [
  'person-name',
  'date-of-birth',
  'document-number',
  'phone',
  'e-mail',
  'container',
  'vessel',
  'account',
  'crypto-address',
  'company',
  'reference',
] as const
export type CrossCheckKind = (typeof CROSS_CHECK_KINDS)[number]

export interface CaseKey {
  /** A kind, or `person` for a name together with a date of birth. */
  readonly kind: CrossCheckKind | 'person'
  readonly text: string
}

/** Shorter texts fit by chance. */
const SHORTEST = 4

/** The key of one value; undefined when the value is too little to compare by. */
export function caseKeyOf(kind: CrossCheckKind, value: string): CaseKey | undefined {
  const text = textOf(kind, value)
  return text === undefined || text.length < SHORTEST ? undefined : { kind, text }
}

/** A name with a date of birth, both of one person. */
export function personKey(name: string, born: string): CaseKey | undefined {
  const key = parseMatchKey({ type: 'name-birth', value: name, with: born })
  return key.ok ? { kind: 'person', text: key.value.text } : undefined
}

function textOf(kind: CrossCheckKind, value: string): string | undefined {
  switch (kind) {
    case 'date-of-birth':
      return undefined
    case 'person-name': {
      const parts = normalName(value)
      return parts.length < 2 ? undefined : parts.join(' ')
    }
    case 'phone':
      return checked('phone', value) ?? value.replace(/\D/g, '')
    case 'e-mail':
      return checked('email', value) ?? value.trim().toLowerCase()
    case 'container':
      return checked('container', value) ?? plain(value)
    case 'vessel':
      return checked('imo', value) ?? checked('mmsi', value) ?? plain(value.replace(/^(?:imo|mmsi)\b/i, ''))
    case 'account':
      return checked('iban', value) ?? plain(value)
    case 'crypto-address':
      return checked('crypto', value) ?? value.trim()
    case 'document-number':
    case 'company':
    case 'reference':
      return plain(value)
  }
}

function checked(type: 'phone' | 'email' | 'container' | 'imo' | 'mmsi' | 'iban' | 'crypto', value: string): string | undefined {
  const key = parseMatchKey({ type, value })
  return key.ok ? key.value.text : undefined
}

/** Letters and digits of any script, in capitals, without accents. */
function plain(value: string): string {
  return value
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()
}
