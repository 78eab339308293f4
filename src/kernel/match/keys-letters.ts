/**
 * The letters of a name whatever their order, in one spelling for what neighbouring languages spell otherwise: Albanian (Thaçi, Qemal, Xhaferi, Gjon), Latin and Cyrillic
 * letters of the South Slavic languages (Tači, Ćemal, Džaferi, Đon; Тачи), and what passports and the press make of Cyrillic. Coarse on purpose, for keys alone: names that
 * are alike by them are compared in full.
 */

const SIGNS = 128
/** What a letter counts as where nothing is said of it and the next one. */
const COUNTED_AS = Uint8Array.from({ length: SIGNS }, (_, code) => code)
const codeOf = (letter: string): number => letter.charCodeAt(0)
for (const pair of ['qc', 'ji', 'yi']) COUNTED_AS[codeOf(pair[0] ?? '')] = codeOf(pair[1] ?? '')
const [A, C, D, G, H, J, K, L, N, S, X, Z] = Array.from('acdghjklnsxz', codeOf)
const counts = new Uint16Array(SIGNS)

/** `annabel` is `a2beln`: a doubled letter is one, and digits come first. */
export function letterCounts(text: string): string {
  counts.fill(0)
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= SIGNS) return otherCounts(text)
    const next = text.charCodeAt(at + 1)
    // An h behind a consonant is part of its sound, any other is often left out.
    if (code === H || (code === next && code >= (A ?? 0))) continue
    if (code === X) {
      const isDzh = next === H
      count(isDzh ? D : K)
      count(isDzh ? Z : S)
    } else if (next === J && (code === D || code === G || code === K || code === L || code === N)) {
      // Đ is dj or gj, ќ is kj; a soft l or n is often written as a hard one.
      count(code === G ? D : code === K ? C : code)
      at += 1
    } else if (code === K && next === H) at += 1
    else count(COUNTED_AS[code])
  }
  let key = ''
  for (let code = 0; code < SIGNS; code++) {
    const times = counts[code] ?? 0
    if (times > 0) key += times === 1 ? String.fromCharCode(code) : `${String.fromCharCode(code)}${times}`
  }
  return key
}

function count(code = 0): void {
  counts[code] = (counts[code] ?? 0) + 1
}

function otherCounts(text: string): string {
  const counted = new Map<string, number>()
  for (const letter of text) counted.set(letter, (counted.get(letter) ?? 0) + 1)
  return [...counted]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([letter, times]) => (times === 1 ? letter : `${letter}${times}`))
    .join('')
}
