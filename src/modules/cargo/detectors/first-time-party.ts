/** P1: a company appears as shipper, consignee or forwarder for the first time, or two companies trade with one another for the first time. Companies only. */
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'
import { newness } from './first-seen.ts'
import { known, pairOf } from './history-keys.ts'
import { newestFilings, presentJourney } from './journey-view.ts'
import { companiesOf } from './statement-parts.ts'

export const firstTimeParty: CargoDetector = {
  ...COMMON,
  code: 'P1',
  id: 'cargo.first-time-party',
  title: 'First shipment of a company or pair',
  parameters: { needed: 50, neededOfPair: 20 },
  inputs: ['names of companies in bills', 'earlier consignments of the company', 'earlier consignments of the pair'],
  knownLimits:
    'Knows only what this desk has received, and names as written: a new spelling looks new. Names without a legal form or identifier are left out. A pair is called new only when both companies have long histories.',
  innocentAlternatives: [
    'A new business',
    'A company that used another port until now',
    'A new spelling of a known company',
    'A new customer',
  ],
  evaluate(dossier, { needed = 50, neededOfPair = 20 }) {
    const filings = newestFilings(presentJourney(dossier).consignments)
    const parties = filings.flatMap(({ statement }) =>
      statement.parties.filter(({ role }) => role === 'consignor' || role === 'consignee' || role === 'forwarder'),
    )
    if (parties.length === 0) return missing('shipper or consignee')
    const companies = filings.flatMap(({ statement, day }) =>
      companiesOf(statement, 'consignor', 'consignee', 'forwarder').map((each) => ({ ...each, day })),
    )
    if (companies.length === 0) return missing('a company with a legal form in its name')
    // With a thin history everybody is new, and the signal would say nothing.
    if (companies.every(({ key, day }) => newness(dossier.history, { kind: 'party', key, day, needed }) === 'too-thin'))
      return missing(`history of at least ${needed} consignments`)
    const first = companies.find(({ key, day }) => newness(dossier.history, { kind: 'party', key, day, needed }) === 'new')
    if (first !== undefined)
      return signal(
        `${first.party.name.value} appears as ${first.party.role} for the first time here.`,
        fact(first.party.role, first.party.name),
      )
    for (const { statement, day } of filings) {
      const pair = pairOf(statement)
      const [from, to] = [companiesOf(statement, 'consignor')[0], companiesOf(statement, 'consignee')[0]]
      if (pair === undefined || from === undefined || to === undefined) continue
      if (known(dossier.history, { kind: 'pair', key: pair, day }).before > 0) continue
      if ([from, to].some(({ key }) => known(dossier.history, { kind: 'party', key, day }).before < neededOfPair)) continue
      return signal(
        `${from.party.name.value} ships to ${to.party.name.value} for the first time here.`,
        fact('consignor', from.party.name),
        fact('consignee', to.party.name),
      )
    }
    return CLEAR
  },
}
