/** The identifiers that a field of a procedure may name as its `format`, each with its check: what is not right is refused with a sentence that says why. */
import { isValidIBAN } from 'ibantools'
import { z } from 'zod'
import { parseAwbNumber } from '#kernel/identifiers/awb-number.ts'
import { parseCasNumber } from '#kernel/identifiers/cas-number.ts'
import { parseContainerNumber } from '#kernel/identifiers/container-number.ts'
import { parseImoNumber } from '#kernel/identifiers/imo-number.ts'
import { parseUnlocode } from '#kernel/identifiers/unlocode.ts'
import type { FormatChecks } from '#kernel/procedure/field-value.ts'
import type { Parsed } from '#kernel/result/problem.ts'
import { bitcoinAddressProblem, evmAddressProblem, transactionHashProblem } from './crypto-address.ts'

const LONGEST_E_MAIL = 254
const eMail = z.email().max(LONGEST_E_MAIL)

export const formats: FormatChecks = {
  iso6346: (text) => because(parseContainerNumber(text)),
  imo: (text) => because(parseImoNumber(text)),
  // A place that no list knows yet is none the less a place: only the shape is refused.
  unlocode: (text) => because(parseUnlocode(text, () => true)),
  awb: (text) => because(parseAwbNumber(text)),
  cas: (text) => because(parseCasNumber(text)),
  'e-mail': (text) => (eMail.safeParse(text).success ? undefined : 'not an e-mail address.'),
  iban: ibanProblem,
  'btc-address': bitcoinAddressProblem,
  'evm-address': evmAddressProblem,
  'tx-hash': transactionHashProblem,
}

/** In groups of four as printed, or without blanks; ISO 13616: length and structure of the country, check digits modulo 97. */
function ibanProblem(text: string): string | undefined {
  const plain = text.replaceAll(' ', '')
  return plain === text || /^(?:[0-9A-Z]{4} )+[0-9A-Z]{1,4}$/.test(text)
    ? isValidIBAN(plain)
      ? undefined
      : 'not an account number (IBAN): country, length or check digits do not match.'
    : 'an IBAN is written without blanks or in groups of four.'
}

function because(parsed: Parsed<unknown>): string | undefined {
  return parsed.ok ? undefined : parsed.problems[0]?.message
}
