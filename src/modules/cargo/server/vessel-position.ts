/**
 * A position on board as one number. Bay three digits, row two, tier two (ISO 9711-1); older plans write the bay with two.
 * Source: SMDG BAPLIE user guides, LOC+147.
 */
const POSITION = /^(\d{2,3})(\d{2})(\d{2})$/

/** Bay × 10,000 + row × 100 + tier. Undefined where the text is no position: it is shown as stated and never guessed. */
export function positionOf(stated: string | null): number | undefined {
  const match = stated === null ? null : POSITION.exec(stated.trim())
  if (match === null) return undefined
  const [bay, row, tier] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return bay === 0 || tier === 0 ? undefined : bay * 10_000 + row * 100 + tier
}
