/**
 * What the headings of a table mean: the role of the record in its row and the property, from words in seven languages, and from values whose form is certain.
 * A heading that is understood in no way, or that another column has too, is left out.
 */
import { parseContainerNumber } from '#kernel/identifiers/container-number.ts'
import { parseImoNumber } from '#kernel/identifiers/imo-number.ts'
import { clean } from './clean.ts'
import { COMPANY_WORDS, HEADINGS, PERSON_WORDS, ROLE_WORDS } from './csv-headers.ts'
import type { Row } from './csv-mapping.ts'

/** A column as it was understood: the role of its record in the row, and the property. */
export interface Column {
  readonly header: string
  readonly role: string
  readonly property: string
}

export const MAIN = 'main'
const WORDS = new Map(Object.entries(HEADINGS).flatMap(([property, words]) => words.split('|').map((word) => [word, property] as const)))
const ROLES = new Map(Object.entries(ROLE_WORDS).flatMap(([role, words]) => words.split('|').map((word) => [word, role] as const)))
const COMPANIES = new Set(COMPANY_WORDS.split('|'))
const PERSONS = new Set(PERSON_WORDS.split('|'))

/** Whether a heading names a company or a person as such. */
export function isCompanyHeading(header: string): boolean {
  return COMPANIES.has(plain(header))
}

export function isPersonHeading(header: string): boolean {
  return PERSONS.has(plain(header))
}

export function understoodColumns(headers: readonly string[], rows: readonly Row[]): readonly Column[] {
  const taken = new Set<string>()
  return headers.flatMap((header) => {
    const column = byWords(header) ?? byValues(header, rows)
    if (column === undefined || header.trim() === '' || headers.indexOf(header) !== headers.lastIndexOf(header)) return []
    // A second column of one property is kept too: values are sets. A second key is none.
    const key = `${column.role} ${column.property}`
    if (column.property === 'id' && taken.has(key)) return []
    taken.add(key)
    return [{ ...column, header }]
  })
}

function plain(header: string): string {
  return header
    .slice(0, 120)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function byWords(header: string): Omit<Column, 'header'> | undefined {
  // `birthDate` is two words and `KvK` is one: the heading as it stands comes first.
  return byText(plain(header)) ?? byText(plain(header.replace(/([a-z])([A-Z])/g, '$1 $2')))
}

function byText(text: string): Omit<Column, 'header'> | undefined {
  if (COMPANIES.has(text) || PERSONS.has(text)) return { role: MAIN, property: 'name' }
  const property = WORDS.get(text)
  if (property !== undefined) return { role: MAIN, property }
  const role = ROLES.get(text)
  if (role !== undefined) return { role, property: 'name' }
  const words = text.split(' ')
  for (let split = words.length - 1; split > 0; split--) {
    const [before, after] = [words.slice(0, split).join(' '), words.slice(split).join(' ')]
    // `director name`, `nom de l administrateur`: the role stands at either end, joined by small words.
    const front = [ROLES.get(before), WORDS.get(after)] as const
    if (front[0] !== undefined && front[1] !== undefined) return { role: front[0], property: front[1] }
    const back = [
      WORDS.get(before.replace(/(?: (?:of|van|van de|de|de l|du|des|della|del|do|da|der|des|dello|dell|the|la|el|o))+$/, '')),
      ROLES.get(after),
    ] as const
    if (back[0] !== undefined && back[1] !== undefined) return { role: back[1], property: back[0] }
  }
  for (const [word, company] of [
    [COMPANIES, true],
    [PERSONS, false],
  ] as const) {
    const [first = '', ...rest] = words
    const own = WORDS.get(rest.join(' '))
    if (word.has(first) && own !== undefined) return { role: MAIN, property: own === 'id' && company ? 'registrationNumber' : own }
  }
  return undefined
}

/** Only forms with a check digit or a sign that nothing else has. */
function byValues(header: string, rows: readonly Row[]): Omit<Column, 'header'> | undefined {
  const values = rows.map((row) => row[header]?.trim() ?? '').filter((value) => value !== '')
  if (values.length === 0) return undefined
  const tests: readonly (readonly [string, (value: string) => boolean])[] = [
    ['containerNumber', (value) => parseContainerNumber(value).ok],
    [
      'imoNumber',
      (value) => /^(?:IMO\s*)?[0-9]{7}$/i.test(value) && parseImoNumber(value).ok && (/imo/i.test(value) || values.length >= 3),
    ],
    ['iban', (value) => /^[A-Z]{2}[0-9]{2}/i.test(value) && clean('iban', value).problems.length === 0],
    ['email', (value) => value.includes('@') && clean('email', value).problems.length === 0],
  ]
  const found = tests.find(([, test]) => values.every((value) => test(value)))
  return found === undefined ? undefined : { role: MAIN, property: found[0] }
}
