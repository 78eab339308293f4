/** Dossiers for tests: short to write, every value with a pointer of its own. */
import type { ConsignmentStatement, EquipmentSighting, Stated, StatedParty, StatedPlace } from '../model.ts'
import type { ContainerDossier, DossierConsignment, DossierHistory, DossierSighting } from './dossier.ts'

let position = 0

export function stated<T>(value: T): Stated<T> {
  position += 10
  return { value, at: { document: 'd'.repeat(64), segment: position / 10, element: 1, component: 1, start: position, end: position + 5 } }
}

export function place(role: StatedPlace['role'], code: string): StatedPlace {
  return { role, place: stated(code) }
}

export function party(role: StatedParty['role'], name: string): StatedParty {
  return { role, name: stated(name) }
}

const POSITIONS: Readonly<Record<string, readonly [number, number]>> = {
  ECGYE: [-2.283, -79.917],
  ESALG: [36.133, -5.45],
  BEANR: [51.217, 4.4],
  NLRTM: [51.917, 4.5],
}

export function sighting(
  message: string,
  part: Partial<EquipmentSighting> & { readonly at?: string; readonly where?: string } = {},
): DossierSighting {
  const { at, where, ...rest } = part
  const position_ = where === undefined ? undefined : POSITIONS[where]
  return {
    message,
    receivedAt: '2026-11-20T00:00:00.000Z',
    ...(at === undefined ? {} : { happenedAt: at }),
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
  part: Partial<Omit<ContainerDossier, 'history'>> & { readonly history?: Partial<DossierHistory> } = {},
): ContainerDossier {
  const { history, ...rest } = part
  return { container: 'MSCU6639870', sightings: [], consignments: [], ...rest, history: { sealElsewhere: [], ...history } }
}
