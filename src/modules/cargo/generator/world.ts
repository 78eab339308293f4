/**
 * A world of voyages over fifteen months, as one desk would hold its documents: bookings, gates, loading reports, stowage plans, cargo reports, declarations,
 * discharge reports, in the order in which they come. Honest for ten months, then with planted faults among honest boxes. The same seed gives the same world.
 */
import { createSeededRandom, type SeededRandom } from '#kernel/stats/seeded-random.ts'
import type { ConsignmentStatement, EquipmentSighting, Voyage } from '../model.ts'
import { OWNER_PREFIXES } from './catalogue.ts'
import { createContainerNumbers } from './container-numbers.ts'
import { honestBox, type Shipper, shippers, trader, type WorldBox } from './world-box.ts'
import { documentsOfVoyage } from './world-documents.ts'
import { INNOCENT, WORLD_FAULTS } from './world-faults.ts'

export interface WorldDocument {
  readonly id: string
  readonly receivedAt: Date
  /** When the sender prepared it; what comes late was prepared long before. */
  readonly preparedAt?: Date
  readonly message: string
  readonly voyage: Voyage
  readonly equipment: readonly EquipmentSighting[]
  readonly consignments: readonly ConsignmentStatement[]
}

export interface PlantedBox {
  readonly container: string
  readonly fault: string
  /** Codes of the indicators that are right about the box. */
  readonly indicators: readonly string[]
}

export interface GeneratedWorld {
  readonly documents: readonly WorldDocument[]
  readonly planted: readonly PlantedBox[]
  /** Something was found in these, and told on that day. */
  readonly findings: readonly { readonly container: string; readonly at: Date }[]
  /** Containers of voyages after the honest months: those of which figures speak. */
  readonly watched: ReadonlySet<string>
  readonly boxes: number
}

export interface WorldOptions {
  readonly seed: number
  readonly voyages: number
  readonly boxesPerVoyage: number
  readonly begins: Date
  /** How often each fault is planted. */
  readonly each: number
}

const WEEK = 7 * 86_400_000
const HONEST = 0.66

export function generateWorld(options: WorldOptions): GeneratedWorld {
  const random = createSeededRandom(options.seed)
  const traders = shippers(random)
  const nextContainer = createContainerNumbers(random, OWNER_PREFIXES)
  const voyages = Array.from({ length: options.voyages }, (_, voyage) =>
    Array.from({ length: options.boxesPerVoyage }, (__, index) =>
      honestBox(random, random.pick(traders), { container: nextContainer(), number: 100_000 + voyage * options.boxesPerVoyage + index }),
    ),
  )
  const honest = Math.floor(options.voyages * HONEST)
  sleepers(voyages, honest)
  const planted = plant(voyages.slice(honest).flat(), { random, traders, each: options.each })
  planted.push(...awaken(voyages.slice(honest).flat(), planted, options.each))
  const findings = find(voyages.slice(0, honest).flat(), options)
  const watched = new Set(
    voyages
      .slice(honest)
      .flat()
      .map(({ container }) => container),
  )
  const documents = voyages.flatMap((boxes, voyage) =>
    documentsOfVoyage(boxes, { number: `GW${100 + voyage}N`, departs: new Date(options.begins.getTime() + voyage * WEEK) }),
  )
  documents.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime() || (a.id < b.id ? -1 : 1))
  return { documents, planted, findings, watched, boxes: voyages.flat().length }
}

function plant(
  boxes: readonly WorldBox[],
  world: { readonly random: SeededRandom; readonly traders: readonly Shipper[]; readonly each: number },
): PlantedBox[] {
  const { random, traders, each } = world
  const free = [...boxes]
  const planted: PlantedBox[] = []
  const taken = new Set<string>()
  let number = 0
  for (const fault of [...WORLD_FAULTS, ...INNOCENT])
    for (let count = 0; count < each; count++) {
      const context = { random, shippers: traders, number: number++, taken }
      const fitting = free.filter((box) => fault.needs?.(box, context) ?? true)
      if (fitting.length === 0) break
      const box = random.pick(fitting)
      free.splice(free.indexOf(box), 1)
      fault.plant(box, context)
      planted.push({ container: box.container, fault: fault.name, indicators: fault.indicators })
    }
  return planted
}

const sleeper = (index: number) => trader(`DURMIENTE ${index} SA`, 3000 + index)

/** Companies that ship in the first weeks and never again until a fault wakes them. */
function sleepers(voyages: readonly (readonly WorldBox[])[], honest: number): void {
  const first = voyages.slice(0, Math.min(6, honest)).flat()
  for (let index = 0; index < Math.min(60, first.length); index++) {
    const box = first[index * 3]
    if (box !== undefined) box.consignor = sleeper(index % 20)
  }
}

/** P5: in the last weeks, more than a year after. */
function awaken(boxes: readonly WorldBox[], planted: readonly PlantedBox[], each: number): PlantedBox[] {
  const used = new Set(planted.map(({ container }) => container))
  return boxes
    .filter(({ container }) => !used.has(container))
    .slice(-each)
    .map((box, index) => {
      box.consignor = sleeper(index % 20)
      return { container: box.container, fault: 'dormant shipper', indicators: ['P5'] }
    })
}

/** Findings of the honest months, in bananas to Antwerp and Hamburg, stuffed at a place of their own; whoever uses these lanes with light fruit, or that place, is worth a look. */
function find(boxes: readonly WorldBox[], { begins, voyages }: WorldOptions): { readonly container: string; readonly at: Date }[] {
  const found = ['BEANR', 'DEHAM'].flatMap((port) =>
    boxes.filter(({ goods, discharge }) => goods.hs === '080390' && discharge === port).slice(-2),
  )
  for (const box of found) box.receipt = 'ECSNC'
  return found.map(({ container }) => ({ container, at: new Date(begins.getTime() + Math.floor(voyages * HONEST) * WEEK) }))
}
