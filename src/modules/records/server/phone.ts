/**
 * Telephone numbers by the numbering plans of the countries: what is one comes out as E.164, with its country code. A number without one is read as a number of
 * the country that its record names, and of no other. What is more than a number (an extension, words) stays as it was written, so that nothing of it is lost.
 * Source: the metadata of Google's libphonenumber (`min`: lengths and general patterns, not which ranges are assigned).
 */
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { PhoneParser } from '#kernel/record/value-contact.ts'

/** Longest number with the signs around it; E.164 has 15 digits. */
const LONGEST = 60

export const parsePhone: PhoneParser = (text, country) => {
  if (text.length > LONGEST) return undefined
  const inCountry = countryOf(country)
  const phone = parsePhoneNumberFromString(text.replace(/^\s*tel:/i, ''), {
    extract: false,
    ...(inCountry === undefined ? {} : { defaultCountry: inCountry }),
  })
  return phone?.isValid() === true && phone.ext === undefined ? phone.number : undefined
}

/** Codes of records are those of FollowTheMoney, in lower case, with some that have no numbering plan. */
function countryOf(country: string | undefined): CountryCode | undefined {
  const code = country?.toUpperCase()
  return code !== undefined && isSupportedCountry(code) ? code : undefined
}
