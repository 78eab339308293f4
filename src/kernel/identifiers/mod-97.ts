/** Check digits of ISO/IEC 7064 MOD 97-10, as in IBAN and LEI: letters count 10 to 35, the number so written leaves 1 when divided by 97. */

/** Remainder of a text of `A`–`Z` and `0`–`9`; any other sign is for the caller to refuse before. */
export function remainder97(text: string): number {
  let rest = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    rest = code < 58 ? (rest * 10 + code - 48) % 97 : (rest * 100 + code - 55) % 97
  }
  return rest
}

/** The two check digits that make a body right when they follow it. */
export function checkDigits97(body: string): string {
  return String(98 - remainder97(`${body}00`)).padStart(2, '0')
}
