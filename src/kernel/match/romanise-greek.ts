/** Greek in Latin letters, by sound: pairs of letters first, then letters. Takes lower case; accents are taken off. */
const PAIRS: readonly (readonly [RegExp, string])[] = [
  [/^μπ/g, 'b'],
  [/^ντ/g, 'd'],
  [/^γκ/g, 'g'],
  [/μπ/g, 'mb'],
  [/γγ|γκ/g, 'ng'],
  [/γχ/g, 'nch'],
  [/τζ/g, 'tz'],
  [/ου/g, 'ou'],
  [/([αε])υ(?=[θκξπστφχψ]|$)/g, '$1f'],
  [/([αεη])υ/g, '$1v'],
  [/ει|οι|υι/g, 'i'],
  [/αι/g, 'e'],
]
const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  'αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo'
    .split(' ')
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
)

export function romaniseGreek(word: string): string {
  let latin = word
    .normalize('NFD')
    // A diaeresis parts two vowels that would sound as one.
    .replace(/([ιυ])\u0308/g, (_, vowel: string) => (vowel === 'ι' ? 'i' : 'y'))
    .replace(/\p{M}/gu, '')
  for (const [pair, sound] of PAIRS) latin = latin.replace(pair, sound)
  return latin.replace(/[α-ω]/g, (letter) => LETTERS[letter] ?? letter)
}
