/**
 * The demonstration voyage: Guayaquil to Antwerp over Algeciras, as the files that each party would receive. Everything is generated and
 * says so: in the ship's name, the companies' names and the free text of the messages.
 */
import type { Fault } from './plant.ts'
import { amended } from './plant.ts'
import { printBaplie } from './print-baplie.ts'
import { printCuscar, printIftmcs } from './print-consignments.ts'
import { printDeclarations } from './print-declarations.ts'
import { type PrintedMessage, printInterchange } from './print-interchange.ts'
import { printReport } from './print-reports.ts'
import { type GeneratedVoyage, generateVoyage, type VoyageTimes } from './voyage.ts'

export interface DemonstrationFile {
  readonly name: string
  readonly bytes: Uint8Array
  /** Whose document it is in the story. */
  readonly holder: 'guayaquil' | 'algeciras' | 'antwerp'
}

export interface Demonstration {
  readonly voyage: GeneratedVoyage
  readonly files: readonly DemonstrationFile[]
}

export const DEMONSTRATION_FAULTS: Readonly<Record<Fault, number>> = {
  'wrong-digit': 1,
  clone: 1,
  'seal-swap': 2,
  'seal-reuse': 1,
  'seal-placeholder': 1,
  'weight-gap': 2,
  'itinerary-mismatch': 2,
  'vague-description': 2,
  'first-time-party': 1,
  'late-change': 1,
  'reefer-setting': 1,
  'new-route': 1,
}

const HOUR = 3_600_000

/** The usual pace of the service, counted from departure: nine days to Algeciras, six more to Antwerp. */
export function voyageTimes(departs: Date): VoyageTimes {
  const at = (hours: number): string => {
    const iso = new Date(departs.getTime() + hours * HOUR).toISOString()
    return iso.slice(0, 16).replace(/[-T:]/g, '')
  }
  return { prepared: at(-6), gateIn: at(-60), loaded: at(-8), departs: at(0), transhipped: at(216), arrives: at(360) }
}

export function demonstrationVoyage(options: { seed: number; containers: number; departs: Date }): Demonstration {
  const { seed, containers, departs } = options
  const voyage = generateVoyage({ seed, containers, times: voyageTimes(departs), faults: DEMONSTRATION_FAULTS })
  const { boxes, times, number } = voyage
  const own = boxes.filter(({ loading }) => loading === 'ECGYE')
  const inSpain = boxes.filter(({ transhipment, discharge }) => transhipment === 'ESALG' || discharge === 'ESALG')
  const toAntwerp = boxes.filter(({ reportedDischarge, discharge }) => reportedDischarge === 'BEANR' || discharge === 'BEANR')
  const cloned = new Set(voyage.planted.filter(({ fault }) => fault === 'clone').map(({ container }) => container))
  const changed = new Set(voyage.planted.filter(({ fault }) => fault === 'late-change').map(({ container }) => container))
  const interchange = (name: string, message: PrintedMessage, holder: DemonstrationFile['holder']): DemonstrationFile => ({
    name,
    holder,
    bytes: printInterchange(
      { sender: 'GENERATED', recipient: holder.toUpperCase(), prepared: times.prepared, reference: `${number}${message.reference}` },
      [message],
    ),
  })
  const only = (wanted: ReadonlySet<string>): GeneratedVoyage => ({
    ...voyage,
    boxes: boxes.filter(({ container }) => wanted.has(container)).map(amended),
  })
  const files = [
    interchange(
      'generated-gate-in-ecgye.edi',
      printReport(voyage, own, { event: 'gate-in', place: 'ECGYE', at: times.gateIn, reference: 'G1' }),
      'guayaquil',
    ),
    interchange(
      'generated-load-report-ecgye.edi',
      printReport(voyage, own, { event: 'loaded', place: 'ECGYE', at: times.loaded, reference: 'L1' }),
      'guayaquil',
    ),
    interchange('generated-stowage-plan.edi', printBaplie(voyage, 'D13B', 'B1'), 'guayaquil'),
    interchange('generated-cargo-report.edi', printCuscar(voyage, 'D95B', { reference: 'C1' }), 'guayaquil'),
    interchange(
      'generated-discharge-report-esalg.edi',
      printReport(voyage, inSpain, { event: 'discharged', place: 'ESALG', at: times.transhipped, reference: 'D1' }),
      'algeciras',
    ),
    interchange(
      'generated-gate-in-pamit.edi',
      printReport(
        voyage,
        boxes.filter(({ container }) => cloned.has(container)),
        { event: 'gate-in', place: 'PAMIT', at: times.loaded, reference: 'G2' },
      ),
      'algeciras',
    ),
    interchange(
      'generated-cargo-report-amended.edi',
      printCuscar(only(changed), 'D95B', { reference: 'C2', isAmendment: true }),
      'antwerp',
    ),
    { name: 'generated-declarations-beanr.csv', holder: 'antwerp' as const, bytes: printDeclarations(toAntwerp) },
  ]
  const first = toAntwerp.find(({ isFull }) => isFull)
  if (first !== undefined) files.push(interchange('generated-sea-waybill.edi', printIftmcs(voyage, first, 'W1'), 'antwerp'))
  return { voyage, files }
}
