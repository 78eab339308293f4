/** The form in which word lists are written: `key: spelling|spelling; key: spelling|…;`, over as many lines as need be. With `keys-too` a key is a spelling of itself. */
export function readTable(text: string, mode: 'keys-too' | 'spellings'): ReadonlyMap<string, string> {
  const keyOf = new Map<string, string>()
  for (const row of text.replaceAll('\n', '').split(';')) {
    const [id = '', spellings = ''] = row.trim().split(': ')
    if (id === '') continue
    const key = id.replace(/:$/, '')
    for (const spelling of spellings.split('|')) if (spelling !== '' && !keyOf.has(spelling)) keyOf.set(spelling, key)
    const own = key.split('=')[0] ?? ''
    if (mode === 'keys-too' && !keyOf.has(own)) keyOf.set(own, key)
  }
  return keyOf
}

/** How many words the longest entry has that begins with a word: so many are tried, the longest first. */
export function longestByFirstWord(entries: Iterable<string>): ReadonlyMap<string, number> {
  const longest = new Map<string, number>()
  for (const entry of entries) {
    const words = entry.split(' ')
    const first = words[0] ?? ''
    if ((longest.get(first) ?? 0) < words.length) longest.set(first, words.length)
  }
  return longest
}
