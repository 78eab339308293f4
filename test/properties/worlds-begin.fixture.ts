/** When both worlds are founded. The same instant for both, and a day that does not end while they are compared: what they say may differ in nothing but what is hidden. */
export const WORLDS_BEGIN = '2026-11-24T12:00:00Z'

/** A day so many days after the worlds began, `2026-11-27`. */
export function dayOfWorlds(days: number): string {
  return new Date(Date.parse(WORLDS_BEGIN) + days * 86_400_000).toISOString().slice(0, 10)
}
