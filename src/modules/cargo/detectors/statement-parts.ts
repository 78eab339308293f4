/** Parts of a consignment as detectors and history ask for them: ports, route, goods codes, companies. Only companies that can be told to be such have a key. */
import { legalPersonKey } from '#kernel/cargo-history/legal-person.ts'
import type { ConsignmentStatement, PartyRole, PlaceRole, Stated, StatedParty, StatedPlace } from '../model.ts'

export const UNLOCODE = /^[A-Z]{2}[A-Z2-9]{3}$/

export function placeOf(places: readonly StatedPlace[], ...roles: readonly PlaceRole[]): Stated | undefined {
  for (const role of roles) {
    const found = places.find((each) => each.role === role)
    if (found !== undefined) return found.place
  }
  return undefined
}

export function codeOf(place: Stated | undefined): string | undefined {
  const code = place?.value.trim().toUpperCase()
  return code !== undefined && UNLOCODE.test(code) ? code : undefined
}

export interface Route {
  readonly name: string
  readonly loading: Stated
  readonly discharge: Stated
}

/** Undefined when one of the ports is not stated or masked. */
export function routeOf(statement: ConsignmentStatement): Route | undefined {
  const [loading, discharge] = [placeOf(statement.places, 'loading'), placeOf(statement.places, 'discharge')]
  const [from, to] = [codeOf(loading), codeOf(discharge)]
  return loading === undefined || discharge === undefined || from === undefined || to === undefined
    ? undefined
    : { name: `${from}-${to}`, loading, discharge }
}

export function viasOf(places: readonly StatedPlace[]): readonly Stated[] {
  return places.filter(({ role, place }) => role === 'transhipment' && codeOf(place) !== undefined).map(({ place }) => place)
}

/** The first so many digits of each code that has them, with the code. */
export function headingsOf(codes: readonly Stated[], digits: 2 | 4): readonly { readonly heading: string; readonly code: Stated }[] {
  return codes.flatMap((code) => {
    const plain = code.value.replace(/\D/g, '')
    return plain.length >= Math.max(4, digits) ? [{ heading: plain.slice(0, digits), code }] : []
  })
}

export interface Company {
  readonly key: string
  readonly party: StatedParty
}

const KEYS = new Map<string, string>()
const MOST_KEYS = 20_000

/** Keys are made once for each spelling of a company, in a bounded memory; a name without a key is never kept. */
export function companyKey(party: StatedParty): string | undefined {
  const name = party.name.value
  const text = `${name}\n${party.identifier?.value ?? ''}`
  const known = KEYS.get(text)
  if (known !== undefined) return known
  const key = legalPersonKey({ name, identifier: party.identifier?.value })
  if (key === undefined) return undefined
  if (KEYS.size >= MOST_KEYS) KEYS.clear()
  KEYS.set(text, key)
  return key
}

export function companiesOf(statement: ConsignmentStatement, ...roles: readonly PartyRole[]): readonly Company[] {
  return statement.parties.flatMap((party) => {
    if (!roles.includes(party.role)) return []
    const key = companyKey(party)
    return key === undefined ? [] : [{ key, party }]
  })
}

/** Gross weight of the consignment, or of its goods together. */
export function grossOf(statement: ConsignmentStatement): Stated<number> | undefined {
  const whole = statement.weights.find(({ kind }) => kind === 'consignment-gross') ?? statement.weights.find(({ kind }) => kind === 'gross')
  if (whole !== undefined) return whole.kilograms
  const goods = statement.weights.filter(({ kind }) => kind === 'goods-gross')
  const first = goods[0]?.kilograms
  return first === undefined ? undefined : { value: goods.reduce((sum, { kilograms }) => sum + kilograms.value, 0), at: first.at }
}
