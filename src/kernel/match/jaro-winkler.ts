/**
 * Jaro–Winkler similarity, 0 to 1. The bonus for a common beginning (up to four letters, a tenth each) is given whatever the Jaro similarity, as search tools of
 * sanctions lists do, not only above 0.7 as Winkler had it. Source: Jaro 1989; Winkler 1990.
 */
const PREFIX = 4
const BONUS = 0.1
/** Signs beyond are not compared. */
const LONGEST = 256

// Marks of letters that found their like, written over in each call.
const ofFirst = new Uint8Array(LONGEST)
const ofSecond = new Uint8Array(LONGEST)

export function jaroWinkler(one: string, other: string): number {
  if (one === other) return one === '' ? 0 : 1
  const a = one.slice(0, LONGEST)
  const b = other.slice(0, LONGEST)
  const jaro = jaroOf(a, b)
  let common = 0
  while (common < PREFIX && common < a.length && a[common] === b[common]) common += 1
  return jaro + common * BONUS * (1 - jaro)
}

function jaroOf(a: string, b: string): number {
  if (a === '' || b === '') return 0
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  ofFirst.fill(0, 0, a.length)
  ofSecond.fill(0, 0, b.length)
  let found = 0
  for (let at = 0; at < a.length; at++) {
    const end = Math.min(b.length, at + reach + 1)
    for (let other = Math.max(0, at - reach); other < end; other++) {
      if (ofSecond[other] === 1 || a.charCodeAt(at) !== b.charCodeAt(other)) continue
      ofFirst[at] = 1
      ofSecond[other] = 1
      found += 1
      break
    }
  }
  if (found === 0) return 0
  let crossed = 0
  let other = 0
  for (let at = 0; at < a.length; at++) {
    if (ofFirst[at] !== 1) continue
    while (ofSecond[other] !== 1) other += 1
    if (a.charCodeAt(at) !== b.charCodeAt(other)) crossed += 1
    other += 1
  }
  return (found / a.length + found / b.length + (found - crossed / 2) / found) / 3
}
