/** P5: a company of which nothing was seen for more than a year ships again. */
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'
import { known } from './history-keys.ts'
import { newestFilings, presentJourney } from './journey-view.ts'
import { companiesOf } from './statement-parts.ts'

const MONTH = 30.44 * 86_400_000

export const dormantParty: CargoDetector = {
  ...COMMON,
  code: 'P5',
  id: 'cargo.dormant-party',
  title: 'Dormant company awakes',
  parameters: { months: 12 },
  inputs: ['names of companies in bills', 'day of their last consignment before'],
  knownLimits:
    'Knows only what this desk has received: a company that used another port meanwhile looks dormant. Needs a record of more than the months asked for.',
  innocentAlternatives: ['A seasonal or occasional trade', 'A company that used another port until now'],
  evaluate(dossier, { months = 12 }) {
    let couldCompare = false
    let hasCompany = false
    for (const { statement, day } of newestFilings(presentJourney(dossier).consignments))
      for (const { key, party } of companiesOf(statement, 'consignor', 'consignee')) {
        hasCompany = true
        const { before, lastSeen } = known(dossier.history, { kind: 'party', key, day })
        if (before === 0 || lastSeen === undefined) continue
        couldCompare = true
        const silent = (Date.parse(day) - Date.parse(lastSeen)) / MONTH
        if (silent > months)
          return signal(
            `${party.name.value} was last seen here ${Math.floor(silent)} months before.`,
            fact(party.role, party.name),
            { name: 'last seen', value: lastSeen.slice(0, 10) },
            { name: 'shipments before', value: before },
          )
      }
    if (!hasCompany) return missing('a company with a legal form in its name')
    return couldCompare ? CLEAR : missing('an earlier consignment of the company')
  },
}
