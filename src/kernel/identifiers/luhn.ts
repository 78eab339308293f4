/** Check digit by doubling every other digit from the right. Source: ISO/IEC 7812-1, annex B (Luhn). */

/** The digit that follows a text of digits. */
export function luhnDigit(digits: string): number {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48
    const counted = index % 2 === 0 ? digit * 2 : digit
    sum += counted > 9 ? counted - 9 : counted
  }
  return (10 - (sum % 10)) % 10
}
