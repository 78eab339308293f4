/**
 * Cyrillic in Latin letters. One table for Russian and Bulgarian; letters that only Ukrainian, Belarusian, Serbian, Macedonian or Kazakh have say which language a word
 * is in, where the same letter sounds otherwise (г and и in Ukrainian, ч and ж in Serbian). Takes lower case.
 */
const COMMON = table(
  'а a б b в v г g д d е e ё e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ъ _ ы y ь _ э e ю yu я ya ' +
    'і i ї yi є ye ґ g ў u ђ dj ј j љ lj њ nj ћ c џ dz ѓ gj ќ kj ѕ dz қ q ғ gh ң n ө o ұ u ү u һ h ә a ӣ i ӯ u ҳ h ҷ j ҝ g җ j ѣ e ѳ f ѵ i ӑ a ӗ e ӳ u ҫ s',
)
const UKRAINIAN = table('г h и y')
const SERBIAN = table('ж z х h ц c ч c ш s')

export function romaniseCyrillic(word: string): string {
  const own = /[їєґ]/.test(word) || (word.includes('і') && !/[ўыэ]/.test(word)) ? UKRAINIAN : /[ђјљњћџѓќѕ]/.test(word) ? SERBIAN : undefined
  let latin = ''
  // Belarusian writes the soft d as dz.
  for (const letter of word.normalize('NFC').replaceAll('дзі', 'ді'))
    latin += own?.get(letter) ?? COMMON.get(letter) ?? (/\p{M}/u.test(letter) ? '' : letter)
  // The adjective's ending is one sound: -ский is -sky.
  return latin.replace(/(?:iy|yy)$/, 'y')
}

function table(pairs: string): ReadonlyMap<string, string> {
  const words = pairs.split(' ')
  return new Map(
    Array.from({ length: words.length / 2 }, (_, at) => [words[2 * at] ?? '', (words[2 * at + 1] ?? '').replace('_', '')] as const),
  )
}
