/**
 * One line of a file as the ledger could carry it out: what an order, a box or an event of a message asks for, in the words of the ledger, with codes
 * not yet turned into desks. Pure. Only the collection of a full import box is for the ledger.
 * Invariant: no text of a message gets further than what is named here; a release number is known to exist and stands nowhere, no free text is read.
 * Source: COREOR, COPARN, COPINO, CODECO, COARRI (UN/EDIFACT D95B to D23A) and DCSA track and trace, as the slice `cargo` reads them.
 */
import { createHash } from 'node:crypto'
import type { StatedVoyage } from '#kernel/release-right/voyage.ts'
import { type EquipmentOrder, type EquipmentSighting, instantOf, type Stated, type StatedPlace, type Voyage } from '#modules/cargo'
import type { FileLine } from '../contract.ts'
import { plainCode, type StatedCode } from './code-lookup.ts'

export type LineFault = NonNullable<FileLine['because']>

/** What is done with the right, in this order; parties by code. */
export type StatedAct =
  | { readonly kind: 'released'; readonly to: StatedCode }
  | { readonly kind: 'revoked' }
  | {
      readonly kind: 'transport-ordered' | 'pre-notified'
      readonly haulier?: StatedCode
      readonly vehicle?: string
      readonly plannedAt?: Date
    }
  | { readonly kind: 'discharged'; readonly operator?: StatedCode; readonly at: Date }
  | { readonly kind: 'gated-out'; readonly at: Date }

export interface StatedLine {
  readonly place: string
  readonly container?: string
  readonly act?: StatedAct['kind']
  readonly asked:
    | { readonly outcome: 'unused' | 'quarantined'; readonly because: LineFault }
    | {
        readonly outcome: 'act'
        readonly acts: readonly StatedAct[]
        readonly voyage: StatedVoyage
        readonly port?: string
        /** Name of the message at its sender, the same for the same content; kept as a token, for a number of a document may be one that opens a gate. */
        readonly reference: string
        /** The message it rests on: of another party, by its code, or of the sender. */
        readonly after?: { readonly by?: StatedCode; readonly reference: string }
        /** Whom the message names as the one that acts: must be the sender. */
        readonly actors: readonly StatedCode[]
        readonly hasForeignCode: boolean
      }
}

export interface LineContext {
  /** COREOR, CODECO … or the standard of an event. */
  readonly type: string
  readonly voyage: Voyage | undefined
}

const PORT = /^[A-Z]{2}[A-Z0-9]{3}$/
const EDIFACT = /^[A-Z]{6}$/

export function lineOfOrder(order: EquipmentOrder, { type, voyage }: LineContext): StatedLine {
  const { equipment } = order
  const place = placeOf(type, equipment?.container ?? order.document ?? order.parties[0]?.name)
  const stop = (outcome: 'unused' | 'quarantined', because: LineFault): StatedLine => ({
    place,
    ...(equipment === undefined ? {} : { container: equipment.container.value.slice(0, 20) }),
    asked: { outcome, because },
  })
  if (type !== 'COREOR' && type !== 'COPARN' && type !== 'COPINO') return stop('unused', 'not-for-ledger')
  const isOther =
    equipment !== undefined && (equipment.fullness === 'empty' || (equipment.status !== undefined && equipment.status !== 'import'))
  if (isOther || order.kind === 'acceptance' || (type === 'COPARN' && order.kind === 'release')) return stop('unused', 'not-pick-up')
  if (equipment === undefined) return stop('quarantined', 'no-container')
  if (order.function === 'other') return stop('quarantined', 'function')
  const acts = type === 'COREOR' ? releaseActs(order) : transportActs(order, type)
  if (typeof acts === 'string') return stop('quarantined', acts)
  const container = equipment.container.value
  const isFirst = order.function === 'new'
  const named = order.document === undefined ? undefined : referenceOf(type, order.document.value, container)
  const previous = order.references.find(({ code }) => code === 'ACW')?.number.value
  const port = portOf([...equipment.places, ...order.places, ...(voyage?.places ?? [])])
  const content = { container, acts, function: order.function, voyage: statedVoyage(voyage), port: port ?? '' }
  return {
    place,
    container: container.slice(0, 20),
    act: acts.at(-1)?.kind ?? 'released',
    asked: {
      outcome: 'act',
      acts,
      voyage: statedVoyage(voyage),
      ...(port === undefined ? {} : { port }),
      // A correction has its order's number and is a message of its own.
      reference: named !== undefined && isFirst ? named : digestOf(type, { ...content, document: order.document?.value ?? '' }),
      ...restsOn(order, { type, container, named: isFirst ? undefined : named, previous }),
      actors: codesOf(order, ACTORS[type]),
      hasForeignCode: order.hasReleaseReference,
    },
  }
}

/** A discharge or a move through the gate. A box that comes in names no truck and no driver: whether it may leave is asked at the gate. */
export function lineOfSighting(sighting: EquipmentSighting, { type, voyage }: LineContext): StatedLine {
  const { event, happenedAt, operator } = sighting
  const container = sighting.container.value
  const place = placeOf(type, sighting.container)
  const stop = (outcome: 'unused' | 'quarantined', because: LineFault): StatedLine => ({
    place,
    container: container.slice(0, 20),
    asked: { outcome, because },
  })
  if (event !== 'discharged' && event !== 'gate-out') return stop('unused', 'not-for-ledger')
  if (sighting.fullness === 'empty' || (sighting.status !== undefined && sighting.status !== 'import')) return stop('unused', 'not-pick-up')
  const at = instantOf(happenedAt?.value)
  if (at === undefined) return stop('quarantined', 'no-time')
  const act: StatedAct =
    event === 'gate-out'
      ? { kind: 'gated-out', at }
      : { kind: 'discharged', at, ...(operator === undefined ? {} : { operator: { value: operator.value } }) }
  const port = portOf([...sighting.places, ...(voyage?.places ?? [])])
  return {
    place,
    container: container.slice(0, 20),
    act: act.kind,
    asked: {
      outcome: 'act',
      acts: [act],
      voyage: statedVoyage(voyage),
      ...(port === undefined ? {} : { port }),
      // Reports of the same move by another message are the same: what happened happened once.
      reference: digestOf('move', { container, act: act.kind, at: at.toISOString(), voyage: statedVoyage(voyage), port: port ?? '' }),
      actors: [],
      hasForeignCode: false,
    },
  }
}

/** A release to one party; a changed one takes the earlier back first. */
function releaseActs(order: EquipmentOrder): readonly StatedAct[] | LineFault {
  if (order.function === 'cancel') return [{ kind: 'revoked' }]
  const to = receiverOf(order)
  if (to === undefined) return 'no-party'
  return order.function === 'new' ? [{ kind: 'released', to }] : [{ kind: 'revoked' }, { kind: 'released', to }]
}

/** COPARN orders the transport from the haulier it names; COPINO, and a COPARN without one, announces the sender's own vehicle. */
function transportActs(order: EquipmentOrder, type: 'COPARN' | 'COPINO'): readonly StatedAct[] | LineFault {
  // The ledger has no taking back of an order: the holder orders from another, the line revokes.
  if (order.function === 'cancel') return 'function'
  const [haulier, another] = type === 'COPARN' ? codesOf(order, ['haulier']) : []
  if (another !== undefined) return 'no-party'
  const vehicle = order.carriages.find(
    ({ stage, mode, vehicle: each }) => each !== undefined && stage !== 'main' && (mode ?? 'road') === 'road',
  )?.vehicle?.value
  const plannedAt = instantOf(order.plannedAt?.value)
  const stated = {
    ...(haulier === undefined ? {} : { haulier }),
    ...(vehicle === undefined ? {} : { vehicle }),
    ...(plannedAt === undefined ? {} : { plannedAt }),
  }
  return [{ kind: haulier === undefined ? 'pre-notified' : 'transport-ordered', ...stated }]
}

const RECEIVERS = ['forwarder', 'haulier', 'consignee'] as const

/** The one party that the box is released to: the nearest to the gate that is named with a code, and only if there is one of its role. */
function receiverOf(order: EquipmentOrder): StatedCode | undefined {
  for (const role of RECEIVERS) {
    const [first, second] = codesOf(order, [role])
    if (first !== undefined) return second === undefined ? first : undefined
  }
  return undefined
}

const ACTORS = {
  COREOR: ['carrier', 'sender'],
  COPARN: ['sender', 'ordering-party'],
  COPINO: ['sender', 'haulier'],
} as const satisfies Readonly<Record<string, readonly EquipmentOrder['parties'][number]['role'][]>>

/** Different codes of the parties with these roles. */
function codesOf(order: EquipmentOrder, roles: readonly EquipmentOrder['parties'][number]['role'][]): readonly StatedCode[] {
  const codes = new Map<string, StatedCode>()
  for (const { role, identifier, identifierList } of order.parties) {
    if (identifier === undefined || !roles.includes(role)) continue
    const value = plainCode(identifier.value)
    codes.set(`${identifierList ?? ''} ${value}`, { value, ...(identifierList === undefined ? {} : { list: identifierList }) })
  }
  return [...codes.values()]
}

/** Whose message an order rests on when it names the one before it (RFF+ACW): the release of its carrier, the order of its forwarder. */
function restsOn(
  order: EquipmentOrder,
  stated: { readonly type: string; readonly container: string; readonly named: string | undefined; readonly previous: string | undefined },
): { readonly after?: { readonly by?: StatedCode; readonly reference: string } } {
  const { type, container, named, previous } = stated
  if (named !== undefined) return { after: { reference: named } }
  if (previous === undefined) return {}
  if (type === 'COREOR') return { after: { reference: referenceOf(type, previous, container) } }
  const [by] = type === 'COPARN' ? codesOf(order, ['carrier']) : codesOf(order, ['ordering-party', 'forwarder'])
  return by === undefined ? {} : { after: { by, reference: referenceOf(type === 'COPARN' ? 'COREOR' : 'COPARN', previous, container) } }
}

function portOf(places: readonly StatedPlace[]): string | undefined {
  for (const role of ['discharge', 'activity'] as const)
    for (const each of places) {
      const value = plainCode(each.place.value)
      if (each.role === role && PORT.test(value)) return value
    }
  return undefined
}

function statedVoyage(voyage: Voyage | undefined): StatedVoyage {
  return { number: voyage?.voyageNumber?.value, imo: voyage?.vesselImo?.value, ship: voyage?.vesselName?.value }
}

function referenceOf(type: string, document: string, container: string): string {
  return `${type} ${plainCode(document)} ${plainCode(container)}`
}

function digestOf(type: string, content: unknown): string {
  return `${type} ${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 40)}`
}

/** Messages of UN/EDIFACT are counted in segments, documents in bytes. */
function placeOf(type: string, stated: Stated | undefined): string {
  if (stated === undefined) return 'message'
  const { segment, element, start } = stated.at
  return EDIFACT.test(type) ? `segment ${segment}, element ${element}` : `byte ${start}`
}
