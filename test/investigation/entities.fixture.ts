/**
 * An investigation as large as one gets: a register of 200,000 records with the relations between them, and a list of 20,000 in which a tenth of the register's persons stand again, written
 * otherwise. Made up, the same at every call, and given one at a time, so that whoever compares it with what came out holds neither in memory.
 */
import { type MadeUp, madeUpNames, misspelt, randomFrom } from '../../bench/record-names.ts'

export interface Entity {
  readonly id: string
  readonly schema: string
  readonly properties: Readonly<Record<string, readonly string[]>>
  readonly datasets: readonly string[]
}

export const BLOCKS = 10_000
/** Of a block: eleven persons and companies, two addresses, six relations, and a vehicle or another relation. */
const NAMES_OF_BLOCK = 11
export const REGISTERED = BLOCKS * 20
export const LISTED = 20_000
/** The first company: a tenth of all relations lead to it. */
export const HUB = 'company-0'

const COPIED_PERSONS = 10
const COPIED_COMPANIES = 40

/** Id of the entry of the list that tells of the same one. */
export function copyOf(id: string): string {
  return `again-${id}`
}

/** The register. Relations may name a record that comes after them. */
export function* register(): Iterable<Entity> {
  const make = madeUpNames(11)
  const random = randomFrom(12)
  const made = { person: 0, company: 0, relation: 0 }
  const known = (kind: 'person' | 'company') => `${kind}-${Math.floor(random() * Math.max(1, made[kind]))}`
  const relation = (block: number, schema: keyof typeof ENDS): Entity => {
    made.relation += 1
    const [from, to] = ENDS[schema]
    const company = made.relation % 10 === 0 ? HUB : known('company')
    const day = `20${two(10 + (made.relation % 15))}-${two(1 + (block % 12))}-${two(1 + (made.relation % 28))}`
    const properties = { [from]: [known('person')], [to]: [company], ...TOLD[schema](made.relation, day) }
    return { id: `relation-${made.relation}`, schema, properties, datasets: ['register'] }
  }
  for (let block = 0; block < BLOCKS; block++) {
    for (const name of make(NAMES_OF_BLOCK)) yield name.schema === 'Person' ? person(made.person++, name) : company(made.company++, name)
    yield address(2 * block)
    yield address(2 * block + 1)
    for (const schema of ['Directorship', 'Directorship', 'Directorship', 'Ownership', 'Ownership', 'Payment'] as const)
      yield relation(block, schema)
    yield block % 4 === 0 ? vehicle(block, known('person')) : relation(block, 'Directorship')
  }
}

const ENDS = { Directorship: ['director', 'organization'], Ownership: ['owner', 'asset'], Payment: ['payer', 'beneficiary'] } as const
const TOLD: Readonly<Record<keyof typeof ENDS, (number: number, day: string) => Readonly<Record<string, readonly string[]>>>> = {
  Directorship: (_number, day) => ({ role: ['bestuurder'], startDate: [day] }),
  Ownership: (number, day) => ({ percentage: [String(1 + (number % 100))], startDate: [day] }),
  Payment: (number, day) => ({ date: [day], amount: [String(100 + (number % 90_000))], currency: ['EUR'] }),
}

function person(number: number, { name, country, born }: MadeUp): Entity {
  const properties = {
    name: [name],
    birthDate: [born],
    nationality: [country],
    ...(number % 3 === 0 ? { idNumber: [`ID${1_000_000 + number}`] } : {}),
    ...(number % 5 === 0 ? { address: [street(number)] } : {}),
  }
  return { id: `person-${number}`, schema: 'Person', properties, datasets: ['register'] }
}

function company(number: number, { name, country, born }: MadeUp): Entity {
  const properties = { name: [name], jurisdiction: [country], registrationNumber: [`RN-${500_000 + number}`], incorporationDate: [born] }
  return { id: `company-${number}`, schema: 'Company', properties, datasets: ['register'] }
}

function address(number: number): Entity {
  const properties = { full: [street(number)], city: ['Antwerpen'], postalCode: [String(2000 + (number % 60))], country: ['be'] }
  return { id: `address-${number}`, schema: 'Address', properties, datasets: ['register'] }
}

function vehicle(number: number, owner: string): Entity {
  const properties = { registrationNumber: [`1-${two(number % 90)}K-${number}`], model: ['Reefer truck'], owner: [owner], country: ['be'] }
  return { id: `vehicle-${number}`, schema: 'Vehicle', properties, datasets: ['register'] }
}

function street(number: number): string {
  return `Kaaistraat ${1 + (number % 9000)}, ${2000 + (number % 60)} Antwerpen`
}

/** The list: each tenth person and each fortieth company of the register as another service wrote them down, then names that the register does not have. */
export function* list(): Iterable<Entity> {
  const random = randomFrom(13)
  let [persons, companies, given] = [0, 0, 0]
  for (const entity of register()) {
    if (entity.schema === 'Person' ? persons++ % COPIED_PERSONS > 0 : entity.schema !== 'Company' || companies++ % COPIED_COMPANIES > 0)
      continue
    given += 1
    yield { ...entity, id: copyOf(entity.id), properties: otherwise(entity, random), datasets: ['list'] }
  }
  const rest = madeUpNames(14)(LISTED - given)
  for (const [number, name] of rest.entries())
    yield { ...(name.schema === 'Person' ? person(number, name) : company(number, name)), id: `only-listed-${number}`, datasets: ['list'] }
}

/** A slip of the pen or the family name first, at times the year alone, seldom a number. */
function otherwise({ schema, properties }: Entity, random: () => number): Entity['properties'] {
  const [name = ''] = properties['name'] ?? []
  const words = name.split(' ')
  const told =
    random() < 0.2 && schema === 'Person'
      ? `${words.at(-1)}, ${words.slice(0, -1).join(' ')}`
      : misspelt(name, random).trim().replace(/ +/g, ' ')
  const { birthDate: [born = ''] = [], idNumber, address: at, registrationNumber, ...shared } = properties
  return {
    ...shared,
    name: [told],
    ...(born === '' ? {} : { birthDate: [random() < 0.15 ? born.slice(0, 4) : born] }),
    ...(idNumber !== undefined && random() < 0.1 ? { idNumber } : {}),
    ...(at !== undefined && random() < 0.5 ? { address: at } : {}),
    ...(registrationNumber !== undefined && random() < 0.3 ? { registrationNumber } : {}),
  }
}

/** How often a line that cannot be read, or one that was there before, stands between the others. */
const HOSTILE = 2000
export const BROKEN_LINES = REGISTERED / HOSTILE
export const REPEATED_LINES = REGISTERED / HOSTILE - 1
const BROKEN = ['{"id":"cut","schema":"Person","prop', '[1,2]', '{"id":"u","schema":"Nobody","properties":{}}', '\u0007 not JSON']

export function* linesOf(entities: Iterable<Entity>, { isHostile = false }: { readonly isHostile?: boolean } = {}): Iterable<string> {
  let [at, before] = [0, '']
  for (const entity of entities) {
    const line = JSON.stringify(entity)
    yield line
    if (isHostile && at % HOSTILE === 0) {
      yield BROKEN[(at / HOSTILE) % BROKEN.length] ?? ''
      if (before !== '') yield before
      before = line
    }
    at += 1
  }
}

export async function* chunksOf(lines: Iterable<string> | AsyncIterable<string>): AsyncIterable<Uint8Array> {
  let some: string[] = []
  for await (const line of lines) {
    some.push(`${line}\n`)
    if (some.length < 2000) continue
    yield Buffer.from(some.join(''))
    some = []
  }
  yield Buffer.from(some.join(''))
}

function two(part: number): string {
  return String(part).padStart(2, '0')
}
