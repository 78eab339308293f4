/**
 * A peer for candidate search: similarity by groups of three letters as PostgreSQL's pg_trgm defines it (words padded with two blanks before and one behind; shared
 * groups over all groups), from an inverted index in memory.
 */
export function trigramSearch(texts: readonly string[]): (text: string, limit: number) => readonly number[] {
  const postings = new Map<string, number[]>()
  const sizes = texts.map((text, at) => {
    const groups = trigrams(text)
    for (const group of groups) {
      const list = postings.get(group)
      if (list === undefined) postings.set(group, [at])
      else list.push(at)
    }
    return groups.size
  })
  const shared = new Uint16Array(texts.length)
  return (text, limit) => {
    const groups = trigrams(text)
    const touched: number[] = []
    for (const group of groups)
      for (const at of postings.get(group) ?? []) {
        if (shared[at] === 0) touched.push(at)
        shared[at] = (shared[at] ?? 0) + 1
      }
    const ranked = touched.map((at) => ({ at, like: (shared[at] ?? 0) / (groups.size + (sizes[at] ?? 0) - (shared[at] ?? 0)) }))
    for (const at of touched) shared[at] = 0
    return ranked
      .sort((a, b) => b.like - a.like || a.at - b.at)
      .slice(0, limit)
      .map(({ at }) => at)
  }
}

function trigrams(text: string): ReadonlySet<string> {
  const groups = new Set<string>()
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const padded = `  ${word} `
    for (let at = 0; at + 3 <= padded.length; at++) groups.add(padded.slice(at, at + 3))
  }
  return groups
}
