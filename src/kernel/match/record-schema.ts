/** Which schemata of records are named like persons, organisations or vessels, and which may mean the same thing at all. */
import type { NameKind } from './name.ts'

const KINDS: ReadonlyMap<string, NameKind> = new Map([
  ['Person', 'person'],
  ['Company', 'organisation'],
  ['Organization', 'organisation'],
  ['PublicBody', 'organisation'],
  ['LegalEntity', 'organisation'],
  ['MoneyBroker', 'organisation'],
  ['CriminalNetwork', 'organisation'],
  ['Prison', 'organisation'],
  ['LiaisonPost', 'organisation'],
  ['Vessel', 'vessel'],
  ['HighSpeedVessel', 'vessel'],
])

export function kindOf(schema: string): NameKind {
  return KINDS.get(schema) ?? 'other'
}

/** A legal entity may turn out to be a person or an organisation; a thing of unknown kind may be anything. */
export function mayBeSame(a: string, b: string): boolean {
  if (a === b || kindOf(a) === kindOf(b) || a === 'Thing' || b === 'Thing') return true
  const [one, other] = [kindOf(a), kindOf(b)]
  return (a === 'LegalEntity' && other === 'person') || (b === 'LegalEntity' && one === 'person')
}
