/** P2: a company with a history ships or receives goods of a chapter that it never had. */
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'
import { known } from './history-keys.ts'
import { newestFilings, presentJourney } from './journey-view.ts'
import { companiesOf, headingsOf } from './statement-parts.ts'

export const newGoods: CargoDetector = {
  ...COMMON,
  code: 'P2',
  id: 'cargo.new-goods',
  title: 'Goods new for the company',
  parameters: { needed: 20 },
  inputs: ['names of companies in bills', 'HS chapter', 'chapters of the company before'],
  knownLimits: 'Knows only what this desk has received. A company that trades in many things is often new in one; chapters are coarse.',
  innocentAlternatives: ['The company widened its trade', 'A sample or machine for its own use', 'A code that was wrong until now'],
  evaluate(dossier, { needed = 20 }) {
    let couldCompare = false
    let stated = false
    for (const { statement, day } of newestFilings(presentJourney(dossier).consignments)) {
      const chapters = headingsOf(statement.hsCodes, 2)
      const companies = companiesOf(statement, 'consignor', 'consignee')
      stated ||= chapters.length > 0 && companies.length > 0
      for (const { key, party } of companies) {
        if (known(dossier.history, { kind: 'party', key, day }).before < needed) continue
        couldCompare ||= chapters.length > 0
        const fresh = chapters.find(
          ({ heading }) => known(dossier.history, { kind: 'party-goods', key: `${key}|${heading}`, day }).before === 0,
        )
        if (fresh !== undefined)
          return signal(
            `${party.name.value} had no goods of chapter ${fresh.heading} here before.`,
            fact(party.role, party.name),
            fact('HS code', fresh.code),
          )
      }
    }
    if (!stated) return missing('a company and an HS code in one bill')
    return couldCompare ? CLEAR : missing(`a history of at least ${needed} consignments of the company`)
  },
}
