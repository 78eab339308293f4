/**
 * One invented voyage as plain values: what the ship carries and what each party says about it. The printers turn it into messages;
 * `plant.ts` makes it lie. The same options give the same voyage on every machine.
 */
import { createSeededRandom, type SeededRandom } from '#kernel/stats/seeded-random.ts'
import { CONSIGNEES, CONSIGNORS, GOODS, type GoodsKind, OPERATORS, OWNER_PREFIXES, VESSEL } from './catalogue.ts'
import { createContainerNumbers } from './container-numbers.ts'
import { type Fault, plantFaults } from './plant.ts'

export interface GeneratedBox {
  container: string
  isoType: string
  isFull: boolean
  /** Bay, row, tier: seven digits. */
  stowage: string
  loading: string
  transhipment: string | undefined
  discharge: string
  delivery: string
  tareKg: number
  /** Gross weight of the goods as declared, packing included. */
  declaredKg: number
  /** Verified gross mass of goods and box. */
  verifiedKg: number
  booking: string
  bill: string
  declaration: string
  operator: string
  goods: GoodsKind
  packages: number
  setTemperature: number | undefined
  consignor: string
  consignee: string
  /** Discharge port as the cargo report states it; the stowage plan states `discharge`. */
  reportedDischarge: string
  sealAtGate: string
  sealAtLoading: string
  sealAtDischarge: string
}

/** Times as EDIFACT format 203 writes them: CCYYMMDDHHMM. */
export interface VoyageTimes {
  readonly prepared: string
  readonly gateIn: string
  readonly loaded: string
  readonly departs: string
  readonly transhipped: string
  readonly arrives: string
}

export interface GeneratedVoyage {
  readonly vessel: { readonly name: string; readonly imo: string; readonly callSign: string }
  readonly number: string
  readonly departure: string
  readonly nextPort: string
  readonly times: VoyageTimes
  readonly boxes: GeneratedBox[]
  readonly planted: readonly { readonly fault: Fault; readonly container: string }[]
}

export interface VoyageOptions {
  readonly seed: number
  readonly containers: number
  readonly times: VoyageTimes
  readonly faults?: Partial<Record<Fault, number>>
}

export function generateVoyage(options: VoyageOptions): GeneratedVoyage {
  const random = createSeededRandom(options.seed)
  const nextContainer = createContainerNumbers(random, OWNER_PREFIXES)
  const boxes = Array.from({ length: options.containers }, (_, index) => generateBox(random, nextContainer(), index))
  const voyage = {
    vessel: VESSEL,
    number: `GN${String(random.integer(100, 999))}N`,
    departure: 'ECGYE',
    nextPort: 'ESALG',
    times: options.times,
    boxes,
  }
  return { ...voyage, planted: plantFaults(boxes, options.faults ?? {}, random) }
}

/** Where boxes of this service go: most of them over Algeciras to Antwerp, some elsewhere. */
const JOURNEYS: readonly {
  readonly share: number
  readonly transhipment?: string
  readonly discharge: string
  readonly delivery: string
}[] = [
  { share: 0.45, transhipment: 'ESALG', discharge: 'BEANR', delivery: 'BEANR' },
  { share: 0.2, discharge: 'ESALG', delivery: 'ESALG' },
  { share: 0.15, transhipment: 'ESALG', discharge: 'NLRTM', delivery: 'NLRTM' },
  { share: 0.12, transhipment: 'ESALG', discharge: 'DEHAM', delivery: 'DEHAM' },
  { share: 0.08, transhipment: 'ESALG', discharge: 'ITGOA', delivery: 'ITGOA' },
]

function generateBox(random: SeededRandom, container: string, index: number): GeneratedBox {
  const goods = random.pick(GOODS)
  const isFull = random.chance(0.92)
  const isReefer = goods.setTemperature !== undefined
  const journey = pickJourney(random)
  const tareKg = isReefer ? random.integer(4480, 4800) : random.integer(2150, 3900)
  const declaredKg = isFull ? random.integer(...goods.grossKg) : 0
  const seal = `GS${String(random.integer(0, 9_999_999)).padStart(7, '0')}`
  const trader = random.integer(0, CONSIGNORS.length - 1)
  return {
    container,
    isoType: isReefer ? '45R1' : random.pick(['22G1', '45G1', '42G1']),
    isFull,
    stowage: stowageOf(index),
    loading: random.chance(0.85) ? 'ECGYE' : random.pick(['PECLL', 'COBUN', 'PABLB']),
    transhipment: journey.transhipment,
    discharge: journey.discharge,
    delivery: journey.delivery,
    tareKg,
    declaredKg,
    // Scales and paper differ a little in honest boxes too.
    verifiedKg: declaredKg + tareKg + (isFull ? random.integer(-90, 140) : 0),
    booking: `GNBK${String(400_000 + index)}`,
    bill: `GNBL${String(700_000 + index)}`,
    declaration: `26EC${String(9_000_000 + index)}`,
    operator: random.pick(OPERATORS),
    goods,
    packages: isFull ? random.integer(...goods.packages) : 0,
    setTemperature: isFull ? goods.setTemperature : undefined,
    consignor: CONSIGNORS[trader] as string,
    consignee: random.pick(CONSIGNEES),
    reportedDischarge: journey.discharge,
    sealAtGate: seal,
    sealAtLoading: seal,
    sealAtDischarge: seal,
  }
}

function pickJourney(random: SeededRandom): (typeof JOURNEYS)[number] {
  let rest = random.next()
  for (const journey of JOURNEYS) {
    rest -= journey.share
    if (rest < 0) return journey
  }
  return JOURNEYS[0] as (typeof JOURNEYS)[number]
}

/** Fills the ship from bay 2 on: rows 0 to 11, tiers on deck from 82 in steps of two. */
function stowageOf(index: number): string {
  const row = index % 12
  const tier = 82 + (Math.floor(index / 12) % 8) * 2
  const bay = 2 + Math.floor(index / 96) * 4
  return `${String(bay % 1000).padStart(3, '0')}${String(row).padStart(2, '0')}${tier}`
}
