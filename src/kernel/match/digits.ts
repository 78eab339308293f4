/**
 * Digits of any script as those of ASCII: who writes a number in Arabic or Persian digits states the same number. Source: Unicode Standard, section 4.6: decimal digits
 * (general category Nd) stand in unbroken runs from zero to nine.
 */
const DIGIT = /\p{Nd}/gu
const IS_DIGIT = /^\p{Nd}$/u
const ASCII = /^[\0-\x7f]*$/

export function asciiDigits(text: string): string {
  return ASCII.test(text) ? text : text.replace(DIGIT, valueOf)
}

function valueOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  let start = code
  while (IS_DIGIT.test(String.fromCodePoint(start - 1))) start -= 1
  return String((code - start) % 10)
}
