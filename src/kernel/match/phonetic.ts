/**
 * The sound of a Latin word in a few classes, coarse on purpose: spellings of one name in several languages (Wladyslaw, Vladislav; Qasim, Gassem; Tchernov,
 * Chernow) come out the same. Lip stops are one class, so are tooth stops, throat stops, hisses, and f, v and w; vowels only count at the beginning.
 * In the manner of Lawrence Philips' Metaphone (1990) and of the Daitch–Mokotoff rules; not the same as either. Takes lower case a to z; other signs count for nothing,
 * digits stay.
 */
const GROUPS: readonly (readonly [RegExp, string])[] = [
  [/^(?:wr|rh)/, 'r'],
  [/^(?:kn|gn|pn)/, 'n'],
  [/^ou?l(?=[aeiou])/, 'l'],
  [/tsch|tch|tsj|tj|cz|cs|sch|sh|sj|zh|ch|ts|tz|sz/g, 's'],
  [/xh|dz|dj|dsch/g, 's'],
  [/kh|gh|ck|qu|cq/g, 'k'],
  [/ph|bh(?=l)/g, 'f'],
  [/th|dh/g, 't'],
  [/gy(?=[aeiou])/g, 'd'],
  [/ng(?=$|[bcdfgklmnpqrstvwz])/g, 'n'],
  [/c(?=[eiy])/g, 's'],
  [/x/g, 'ks'],
]
const CLASS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'aA',
    'eA',
    'iA',
    'oA',
    'uA',
    'yA',
    'bP',
    'pP',
    'fF',
    'vF',
    'wF',
    'dT',
    'tT',
    'cK',
    'gK',
    'kK',
    'qK',
    'sS',
    'zS',
    'jS',
    'lL',
    'rR',
    'mM',
    'nN',
  ].map((pair) => [pair.slice(0, 1), pair.slice(1)]),
)

export function phoneticFold(word: string): string {
  let text = word
  for (const [group, sound] of GROUPS) text = text.replace(group, sound)
  // A vowel behind a silent h does not begin the word: Arabic leaves it out.
  const isOpen = !text.startsWith('h')
  let fold = ''
  let last = ''
  for (const letter of text) {
    const sound = letter >= '0' && letter <= '9' ? letter : (CLASS[letter] ?? '')
    if (sound === 'A') {
      if (fold === '' && isOpen) fold = 'A'
    } else if (sound !== '' && sound !== last) fold += sound
    if (sound !== '') last = sound
  }
  return fold
}
