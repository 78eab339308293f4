/**
 * Ways to reach somebody: telephone, mail, web, network address, account. The kernel knows no numbering plans: a caller who does gives `parsePhone`.
 * Sources: ITU-T E.164; RFC 5321 4.1.2 (the part before @ keeps its case, the domain does not); RFC 3986 3.1; RFC 4291 2.2 and RFC 5952 (text of IPv6); ISO 13616.
 */
import { STRONG_KEYS } from '#kernel/match-key/strong-keys.ts'
import { type Cleaned, doubtful, fine, unfit } from './value.ts'

/** Answers the number as `+` and digits, or undefined when it knows no such number. A national number is read as one of the country, when one is given. */
export type PhoneParser = (text: string, country?: string) => string | undefined

export interface PhoneReading {
  readonly parsePhone?: PhoneParser | undefined
  /** Of the record; undefined when it names none or several. */
  readonly country?: string | undefined
}

export function cleanPhone(value: string, { parsePhone, country }: PhoneReading = {}): Cleaned {
  const known = parsePhone?.(value, country)
  if (known !== undefined) return fine(known)
  const phone = STRONG_KEYS.phone.normalise(value, '')
  if (phone.ok)
    return parsePhone === undefined ? fine(phone.value) : doubtful(phone.value, 'phone.unknown', 'No country has such a number.')
  return doubtful(value, 'phone.format', phone.problems[0]?.message ?? 'Not a telephone number.')
}

export function cleanEmail(value: string): Cleaned {
  const address = value.replace(/^mailto:\s*/i, '')
  const email = STRONG_KEYS.email.normalise(address, '')
  if (!email.ok) return doubtful(value, 'email.format', email.problems[0]?.message ?? 'Not a mail address.')
  const split = address.lastIndexOf('@')
  return fine(address.slice(0, split) + address.slice(split).toLowerCase())
}

export function cleanIban(value: string): Cleaned {
  const iban = STRONG_KEYS.iban.normalise(value, '')
  return iban.ok ? fine(iban.value) : doubtful(value, 'iban', iban.problems[0]?.message ?? 'Not an IBAN.')
}

const SCHEME = /^([a-z][a-z0-9+.-]{0,30}):/i
const WEB = /^(?:https?|ftps?|sftp):\/\/[^\s/?#]+\S*$/i
/** What a click would run or open here instead of fetching it there. */
const RUNS = new Set(['javascript', 'vbscript', 'data', 'blob', 'file', 'about'])

export function cleanUrl(value: string): Cleaned {
  // Browsers skip line ends and tabs inside an address, so they are left out before the scheme is looked at.
  const scheme = SCHEME.exec(value.replace(/\s/g, ''))?.[1]?.toLowerCase()
  if (scheme !== undefined && RUNS.has(scheme))
    return unfit('url.scheme', `An address with ${scheme}: is not kept, since opening it runs it.`)
  if (WEB.test(value)) return fine(value.replace(/^[^/]+:\/\/[^/?#]*/, (origin) => lowerHost(origin)))
  return doubtful(value, 'url.format', 'An address of the web begins with http:// or https://.')
}

function lowerHost(origin: string): string {
  const at = origin.lastIndexOf('@')
  return at < 0 ? origin.toLowerCase() : `${origin.slice(0, at)}${origin.slice(at).toLowerCase()}`
}

export function cleanIp(value: string): Cleaned {
  if (isIpv4(value)) return fine(value)
  return isIpv6(value) ? fine(value.toLowerCase()) : doubtful(value, 'ip.format', 'Not an address of IPv4 or IPv6.')
}

function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255)
}

function isIpv6(text: string): boolean {
  if (text.length > 45 || !text.includes(':')) return false
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')))
  const all = groups.flat()
  const last = all.at(-1)
  const isMixed = last !== undefined && last.includes('.')
  if (isMixed && (!isIpv4(last) || (halves.length === 2 && groups[1]?.length === 0))) return false
  const plain = isMixed ? all.slice(0, -1) : all
  const count = plain.length + (isMixed ? 2 : 0)
  return plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) && (halves.length === 2 ? count <= 7 : count === 8)
}
