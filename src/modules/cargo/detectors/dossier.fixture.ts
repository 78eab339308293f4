/** Dossiers for tests: short to write, every value with a pointer of its own. */
import type { BinCounts } from '#kernel/cargo-history/tally-bins.ts'
import type { ConsignmentStatement, EquipmentSighting, Stated, StatedParty, StatedPlace } from '../model.ts'
import type { ContainerDossier, DossierConsignment, DossierHistory, DossierSighting, KeyHistory } from './dossier.ts'

let position = 0

export function stated<T>(value: T): Stated<T> {
  position += 10
  return { value, at: { document: 'd'.repeat(64), segment: position / 10, element: 1, component: 1, start: position, end: position + 5 } }
}

export function place(role: StatedPlace['role'], code: string): StatedPlace {
  return { role, place: stated(code) }
}

export function party(role: StatedParty['role'], name: string, address?: string): StatedParty {
  return { role, name: stated(name), ...(address === undefined ? {} : { address: stated(address) }) }
}

const DAY = '2026-11-20'

/** What a desk knows on the day of the bill: shipments before, by kind and key as `historyKey` writes them. */
export function known(before: Readonly<Record<string, number | KeyHistory>>): Pick<DossierHistory, 'keys'> {
  const entries = Object.entries(before).map(
    ([key, value]) => [`${DAY} ${key}`, typeof value === 'number' ? { before: value, here: 1 } : value] as const,
  )
  return { keys: Object.fromEntries(entries) }
}

export const POSITIONS: Readonly<Record<string, readonly [number, number]>> = {
  ECGYE: [-2.283, -79.917],
  ESALG: [36.133, -5.45],
  BEANR: [51.217, 4.4],
  NLRTM: [51.917, 4.5],
  SGSIN: [1.283, 103.85],
}

export function sighting(
  message: string,
  part: Partial<EquipmentSighting> &
    Pick<Partial<DossierSighting>, 'voyage' | 'power'> & { readonly at?: string; readonly where?: string } = {},
): DossierSighting {
  const { at, where, voyage, power, ...rest } = part
  const position_ = where === undefined ? undefined : POSITIONS[where]
  return {
    message,
    receivedAt: '2026-11-20T00:00:00.000Z',
    ...(at === undefined ? {} : { happenedAt: at }),
    ...(voyage === undefined ? {} : { voyage }),
    ...(power === undefined ? {} : { power }),
    ...(where === undefined || position_ === undefined ? {} : { place: { code: where, latitude: position_[0], longitude: position_[1] } }),
    sighting: {
      container: stated('MSCU6639870'),
      places: [],
      weights: [],
      seals: [],
      references: [],
      goods: [],
      hsCodes: [],
      remarks: [],
      ...(at === undefined ? {} : { happenedAt: stated(at) }),
      ...rest,
    },
  }
}

export function bill(
  part: Partial<ConsignmentStatement> & { readonly message?: string; readonly receivedAt?: string } = {},
): DossierConsignment {
  const { message = 'CUSCAR', receivedAt = '2026-11-20T00:00:00.000Z', ...rest } = part
  return {
    message,
    receivedAt,
    day: receivedAt.slice(0, 10),
    declaration: message === 'CSV',
    statement: {
      document: stated('BL1'),
      parties: [],
      places: [],
      goods: [],
      hsCodes: [],
      weights: [],
      containers: [{ number: stated('MSCU6639870'), seals: [] }],
      references: [],
      ...rest,
    },
  }
}

export function dossier(
  part: Partial<Omit<ContainerDossier, 'history'>> & {
    readonly history?: Partial<Omit<DossierHistory, 'tallies'>> & { readonly tallies?: Readonly<Record<string, BinCounts>> }
  } = {},
): ContainerDossier {
  const { history, ...rest } = part
  // What is known of the twelve months before that of the bill, by kind and key.
  const tallies = Object.fromEntries(
    Object.entries(history?.tallies ?? {}).map(([key, before]) => [`${DAY.slice(0, 7)} ${key}`, { before, here: {} }]),
  )
  return {
    container: 'MSCU6639870',
    day: DAY,
    sightings: [],
    consignments: [],
    ...rest,
    history: { keys: {}, findings: {}, sealElsewhere: [], ...history, tallies },
  }
}
