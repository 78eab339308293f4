/**
 * Calls of the demonstration service at Antwerp, as the desk of the port holds them: what its ships carry from Algeciras on, by stowage plan and cargo report, each
 * with the time of arrival, and the declarations. Sister ships of the first voyage, so that some have called, one calls and one is to come. Everything is generated and says so.
 */
import { type DemonstrationFile, voyageTimes } from './demonstration.ts'
import type { Fault } from './plant.ts'
import { printBaplie } from './print-baplie.ts'
import { printCuscar } from './print-consignments.ts'
import { printDeclarations } from './print-declarations.ts'
import { type PrintedMessage, printInterchange } from './print-interchange.ts'
import { type GeneratedVoyage, generateVoyage } from './voyage.ts'

export const CALL_PORT = 'BEANR'
const LAST_PORT = 'ESALG'
/** Where boxes leave the ship before Antwerp, or by another ship. */
const LEFT_BEHIND = new Set([LAST_PORT, 'ITGOA'])
const DAY = 86_400_000
const DAYS_FROM_GUAYAQUIL = 15
const HOURS_FROM_ALGECIRAS = 130
const CONTAINERS = 180

const CALL_FAULTS: Readonly<Partial<Record<Fault, number>>> = {
  'seal-reuse': 2,
  'seal-placeholder': 3,
  'weight-gap': 6,
  'itinerary-mismatch': 3,
  'vague-description': 5,
  'reefer-setting': 2,
}

/** None of these is a ship: the names say so. The check digits are right, so that no fault is found in them. */
export const SISTERS = [
  { days: -6, vessel: { name: 'GENERATED COTOPAXI', imo: '9999022', callSign: 'GEN02' } },
  { days: -2, vessel: { name: 'GENERATED CAYAMBE', imo: '9999034', callSign: 'GEN03' } },
  { days: 0, vessel: { name: 'GENERATED SANGAY', imo: '9999046', callSign: 'GEN04' } },
  { days: 3, vessel: { name: 'GENERATED ANTISANA', imo: '9999058', callSign: 'GEN05' } },
] as const

export interface PortCallOfShip {
  /** Days from today to its call. */
  readonly days: number
  /** As it leaves Algeciras. */
  readonly voyage: GeneratedVoyage
  readonly files: readonly DemonstrationFile[]
}

/** `today` is the civil day of the port, `2026-09-16`. Ships arrive at noon. */
export function callsOfSisters({ seed, today }: { readonly seed: number; readonly today: string }): readonly PortCallOfShip[] {
  return SISTERS.map(({ days, vessel }, at) => {
    const arrives = Date.parse(`${today}T12:00:00Z`) + days * DAY
    const times = voyageTimes(new Date(arrives - DAYS_FROM_GUAYAQUIL * DAY))
    const voyage = generateVoyage({ seed: seed + at, containers: CONTAINERS, times, faults: CALL_FAULTS })
    // Numbers of papers are those of one ship: sisters would share them.
    const own = (number: string): string => `${number.slice(0, 4)}${at + 1}${number.slice(4)}`
    const boxes = voyage.boxes.map((box) => ({
      ...box,
      booking: own(box.booking),
      bill: own(box.bill),
      declaration: own(box.declaration),
    }))
    return { days, ...callOf({ ...voyage, vessel, number: `GN${at + 1}${voyage.number.slice(3)}`, boxes }) }
  })
}

/** The last leg of a voyage: what the desk of the port gets of it. */
export function callOf(voyage: GeneratedVoyage): Omit<PortCallOfShip, 'days'> {
  const { times } = voyage
  const leg: GeneratedVoyage = {
    ...voyage,
    departure: LAST_PORT,
    nextPort: CALL_PORT,
    times: { ...times, departs: hoursBefore(times.arrives, HOURS_FROM_ALGECIRAS), transhipped: times.arrives },
    boxes: voyage.boxes.filter(({ discharge }) => !LEFT_BEHIND.has(discharge)),
  }
  const here = leg.boxes.filter(({ discharge, reportedDischarge }) => discharge === CALL_PORT || reportedDischarge === CALL_PORT)
  const file = (name: string, message: PrintedMessage): DemonstrationFile => ({
    name: `generated-${name}-${voyage.number.toLowerCase()}.edi`,
    holder: 'antwerp',
    bytes: printInterchange(
      { sender: 'GENERATED', recipient: 'ANTWERP', prepared: times.prepared, reference: `${voyage.number}${message.reference}` },
      [message],
    ),
  })
  return {
    voyage: leg,
    files: [
      file('stowage-plan', printBaplie(leg, 'D15A', 'B9')),
      file('cargo-report', printCuscar({ ...leg, boxes: here }, 'D95B', { reference: 'C9' })),
      { name: `generated-declarations-${voyage.number.toLowerCase()}.csv`, holder: 'antwerp', bytes: printDeclarations(here) },
    ],
  }
}

function hoursBefore(edifact: string, hours: number): string {
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(edifact) ?? []
  const at = new Date(Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`) - hours * 3_600_000)
  return at.toISOString().slice(0, 16).replace(/[-T:]/g, '')
}
