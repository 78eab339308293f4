/** American Soundex: the first letter and three digits for the consonants that follow. Source: National Archives and Records Administration, rules of 1930. */
const DIGIT: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      ['BFPV', '1'],
      ['CGJKQSXZ', '2'],
      ['DT', '3'],
      ['L', '4'],
      ['MN', '5'],
      ['R', '6'],
    ] as const
  ).flatMap(([letters, digit]) => [...letters].map((letter) => [letter, digit] as const)),
)

/** Takes upper-case letters A to Z. */
export function soundex(name: string): string {
  let code = ''
  let last = DIGIT[name[0] ?? '']
  for (const letter of name.slice(1)) {
    // H and W stand between two equal sounds without parting them; vowels part them.
    if (letter === 'H' || letter === 'W') continue
    const digit = DIGIT[letter]
    if (digit !== undefined && digit !== last) code += digit
    last = digit
  }
  return (name.slice(0, 1) + code).slice(0, 4).padEnd(4, '0')
}
