/** The documents of one voyage of the generated world, as the readers of the formats would state them: every value with a pointer into its document. */
import type { ConsignmentStatement, EquipmentSighting, Stated, StatedPlace, Voyage } from '../model.ts'
import type { WorldDocument } from './world.ts'
import type { WorldBox } from './world-box.ts'

const HOUR = 3_600_000

interface Sailing {
  readonly number: string
  readonly departs: Date
}

/** Hours after departure: eighteen days at sea, one more in the hub. */
const AT_SEA = 456

export function documentsOfVoyage(boxes: readonly WorldBox[], sailing: Sailing): WorldDocument[] {
  const at = (hours: number) => new Date(sailing.departs.getTime() + hours * HOUR)
  const whole: WorldDocument[] = [
    report(boxes, sailing, {
      name: 'gate-in',
      message: 'CODECO',
      received: at(-20),
      of: (box, page) => gate(box, page, { event: 'gate-in', at: at(-40), where: box.loading }),
    }),
    report(boxes, sailing, {
      name: 'loaded',
      message: 'COARRI',
      received: at(-1),
      of: (box, page) => terminal(box, page, { event: 'loaded', at: at(-4), where: box.loading }),
    }),
    report(boxes, sailing, { name: 'plan', message: 'BAPLIE', received: at(2), of: planned }),
    filing(boxes, sailing, { name: 'manifest', message: 'CUSCAR', received: at(24), of: (box, page) => bill(box, page, box.declaredKg) }),
    filing(boxes, sailing, {
      name: 'declarations',
      message: 'CSV',
      received: at(300),
      of: (box, page) => bill(box, page, box.declaredAtCustomsKg),
    }),
    report(boxes, sailing, {
      name: 'discharged',
      message: 'COARRI',
      received: at(AT_SEA + 2),
      of: (box, page) => terminal(box, page, { event: 'discharged', at: at(AT_SEA), where: box.discharge }),
    }),
    report(boxes, sailing, {
      name: 'power',
      message: 'CODECO',
      received: at(AT_SEA + 60),
      of: (box, page) => powers(box, page, at(AT_SEA)),
    }),
    report(boxes, sailing, {
      name: 'gate-out',
      message: 'CODECO',
      received: at(AT_SEA + 720),
      of: (box, page) => gate(box, page, { event: 'gate-out', at: at(AT_SEA + box.dwellHours), where: box.discharge }),
    }),
  ]
  // Bookings come one by one, each in its time.
  const booked = report(boxes, sailing, {
    name: 'bookings',
    message: 'COPARN',
    received: at(-72),
    of: (box, page) => [{ ...sighting(box, page), happenedAt: page.say(at(-4 - box.leadHours).toISOString()) }],
  })
  const changed = boxes.filter(({ amendedConsignee }) => amendedConsignee !== undefined)
  const cloned = boxes.filter(({ clonedAt }) => clonedAt !== undefined)
  return [
    booked,
    ...whole,
    ...(changed.length === 0
      ? []
      : [
          filing(changed, sailing, {
            name: 'amended',
            message: 'CUSCAR',
            received: at(200),
            of: (box, page) => bill({ ...box, consignee: box.amendedConsignee ?? box.consignee }, page, box.declaredKg),
          }),
        ]),
    ...(cloned.length === 0
      ? []
      : [
          report(
            cloned,
            { ...sailing, number: `${sailing.number}X` },
            {
              name: 'elsewhere',
              message: 'CODECO',
              received: at(120),
              of: (box, page) => gate(box, page, { event: 'gate-in', at: at(100), where: box.clonedAt ?? '' }),
            },
          ),
        ]),
  ]
}

class Page {
  readonly id: string
  #position = 0

  constructor(name: string) {
    this.id = Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64)
  }

  say<T>(value: T): Stated<T> {
    this.#position += 10
    return {
      value,
      at: { document: this.id, segment: this.#position / 10, element: 1, component: 1, start: this.#position, end: this.#position + 8 },
    }
  }
}

function report(
  boxes: readonly WorldBox[],
  sailing: Sailing,
  part: {
    readonly name: string
    readonly message: string
    readonly received: Date
    readonly of: (box: WorldBox, page: Page) => readonly EquipmentSighting[]
  },
): WorldDocument {
  const page = new Page(`${sailing.number} ${part.name}`)
  return {
    id: page.id,
    receivedAt: part.received,
    message: part.message,
    voyage: voyageOf(sailing, page),
    equipment: boxes.flatMap((box) => part.of(box, page)),
    consignments: [],
  }
}

function filing(
  boxes: readonly WorldBox[],
  sailing: Sailing,
  part: {
    readonly name: string
    readonly message: string
    readonly received: Date
    readonly of: (box: WorldBox, page: Page) => ConsignmentStatement
  },
): WorldDocument {
  const page = new Page(`${sailing.number} ${part.name}`)
  return {
    id: page.id,
    receivedAt: part.received,
    message: part.message,
    voyage: voyageOf(sailing, page),
    equipment: [],
    consignments: boxes.map((box) => part.of(box, page)),
  }
}

function voyageOf({ number, departs }: Sailing, page: Page): Voyage {
  return { vesselName: page.say('GENERATED ANDES'), voyageNumber: page.say(number), departsAt: page.say(departs.toISOString()), places: [] }
}

function sighting(box: WorldBox, page: Page): EquipmentSighting {
  return {
    container: page.say(box.container),
    isoType: page.say(box.isoType),
    fullness: 'full',
    places: [],
    weights: [],
    seals: [],
    references: [{ code: 'BN', number: page.say(box.booking) }],
    goods: [],
    hsCodes: [],
    remarks: [],
  }
}

interface Happening {
  readonly event: NonNullable<EquipmentSighting['event']>
  readonly at: Date
  readonly where: string
}

function gate(box: WorldBox, page: Page, { event, at, where }: Happening): EquipmentSighting[] {
  const isOut = event === 'gate-out'
  return [
    {
      ...sighting(box, page),
      isoType: page.say(isOut ? box.isoTypeAtGateOut : box.isoType),
      event,
      happenedAt: page.say(at.toISOString()),
      places: [place(page, 'activity', where)],
      seals: [{ number: page.say(isOut ? box.sealAtDischarge : box.sealAtLoading), issuer: 'carrier' }],
      weights: [{ kind: 'tare', kilograms: page.say(box.tareKg) }],
    },
  ]
}

function terminal(box: WorldBox, page: Page, { event, at, where }: Happening): EquipmentSighting[] {
  return [
    {
      ...sighting(box, page),
      event,
      happenedAt: page.say(at.toISOString()),
      places: [place(page, 'activity', where), place(page, 'loading', box.loading), place(page, 'discharge', box.discharge)],
      seals: [{ number: page.say(event === 'loaded' ? box.sealAtLoading : box.sealAtDischarge), issuer: 'carrier' }],
    },
  ]
}

function planned(box: WorldBox, page: Page): EquipmentSighting[] {
  return [
    {
      ...sighting(box, page),
      stowage: page.say('0100282'),
      places: [place(page, 'loading', box.loading), place(page, 'discharge', box.plannedDischarge)],
      weights: [{ kind: 'verified-gross', kilograms: page.say(box.verifiedKg) }],
      ...(box.setTemperature === undefined ? {} : { setTemperature: page.say(box.setTemperature) }),
    },
  ]
}

/** Connected on the ship, taken off at discharge, connected in the yard. */
function powers(box: WorldBox, page: Page, discharged: Date): EquipmentSighting[] {
  if (!box.isoType.includes('R')) return []
  const said = (hours: number, text: string): EquipmentSighting => ({
    ...sighting(box, page),
    happenedAt: page.say(new Date(discharged.getTime() + hours * HOUR).toISOString()),
    remarks: [page.say(text)],
  })
  return [said(0.5, 'REEFER POWER OFF'), said(0.5 + box.powerGapHours, 'REEFER POWER ON')]
}

function bill(box: WorldBox, page: Page, kilograms: number): ConsignmentStatement {
  return {
    document: page.say(box.bill),
    parties: (['consignor', 'consignee'] as const).map((role) => ({
      role,
      name: page.say(box[role].name),
      address: page.say(box[role].address),
    })),
    places: [
      place(page, 'receipt', box.receipt),
      place(page, 'loading', box.loading),
      place(page, 'transhipment', box.via),
      place(page, 'discharge', box.discharge),
    ],
    goods: [page.say(box.description)],
    hsCodes: [page.say(box.goods.hs)],
    weights: [{ kind: 'consignment-gross', kilograms: page.say(kilograms) }],
    packages: page.say(box.packages),
    containers: [{ number: page.say(box.container), seals: [{ number: page.say(box.sealAtLoading), issuer: 'carrier' }] }],
    references: [{ code: 'BN', number: page.say(box.booking) }],
  }
}

function place(page: Page, role: StatedPlace['role'], code: string): StatedPlace {
  return { role, place: page.say(code) }
}
