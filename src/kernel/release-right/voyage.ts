/**
 * The voyage of a release right as messages state it. Parties write the ship by its IMO number, its name or not at all, and the number of the voyage
 * always; a right that is there is the one meant when nothing stated contradicts its name.
 * Invariant: two numbers that differ are two voyages; nothing is guessed from a ship alone.
 */
export interface StatedVoyage {
  readonly number?: string | undefined
  readonly imo?: string | undefined
  readonly ship?: string | undefined
}

const LONGEST = 40
const IMO = /^[0-9]{7}$/

/** The name a right is begun under; undefined without a number that can be written in it. */
export function voyageName(stated: StatedVoyage): string | undefined {
  const { number, imo, ship } = plain(stated)
  if (!/[A-Z0-9]/.test(number) || number.length > LONGEST) return undefined
  const whole = [imo === '' ? ship : imo, number].filter((part) => part !== '').join(' ')
  return whole.length <= LONGEST ? whole : number
}

export function isSameVoyage(name: string, stated: StatedVoyage): boolean {
  const { number, imo, ship } = plain(stated)
  if (number === '') return false
  const written = ` ${tidy(name)} `
  // The number stands behind the ship, whose own name may hold it too.
  const at = written.lastIndexOf(` ${number} `)
  if (at === -1) return false
  const rest = `${written.slice(0, at)} ${written.slice(at + number.length + 2)}`.trim()
  const ofShip = rest === '' ? [] : rest.split(' ')
  const numbers = ofShip.filter((part) => IMO.test(part))
  if (imo !== '' && numbers.length > 0) return numbers.includes(imo)
  const words = ofShip.filter((part) => !IMO.test(part)).join(' ')
  return ship === '' || words === '' || words === ship
}

function plain({ number = '', imo = '', ship = '' }: StatedVoyage): { number: string; imo: string; ship: string } {
  const digits = imo.replace(/^IMO/i, '')
  return { number: tidy(number), imo: IMO.test(digits) ? digits : '', ship: tidy(ship) }
}

/** Signs that no name of a right has become blanks. */
function tidy(text: string): string {
  return text
    .toUpperCase()
    .replaceAll(/[^A-Z0-9./:_-]+/g, ' ')
    .trim()
}
