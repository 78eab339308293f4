/** P3: nobody is named who receives the goods: consignee "to order", or the carrier or forwarder itself. */
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'
import { newestFilings, presentJourney } from './journey-view.ts'
import { companyKey } from './statement-parts.ts'

const TO_ORDER = /^(?:to (?:the )?order\b|order of\b|a la orden\b|to bearer\b|al portador\b|an order\b|a ordre\b)/i
/** Words that carriers and forwarders have in their names. From practice; policy. */
const FORWARDER =
  /\b(?:forwarding|freight|forwarders?|shipping (?:line|agency|agents?)|transitarios?|consolidators?|spedition|expeditie)\b/i

export const consigneeToOrder: CargoDetector = {
  ...COMMON,
  code: 'P3',
  id: 'cargo.consignee-to-order',
  title: 'Consignee not named',
  parameters: {},
  inputs: ['consignee', 'carrier and forwarder'],
  knownLimits:
    'Bills to order are common and lawful where goods are sold on the way: alone it says little. Forwarders are known by role and by words in the name.',
  innocentAlternatives: ['Goods sold during the voyage or pledged to a bank', 'A forwarder that receives for many'],
  evaluate(dossier) {
    const filings = newestFilings(presentJourney(dossier).consignments)
    const named = filings.flatMap(({ statement }) =>
      statement.parties.filter(({ role }) => role === 'consignee').map((party) => ({ party, others: statement.parties })),
    )
    if (named.length === 0) return missing('consignee')
    for (const { party, others } of named) {
      if (TO_ORDER.test(party.name.value.trim())) return signal(`The consignee is "${party.name.value}".`, fact('consignee', party.name))
      const key = companyKey(party)
      if (key === undefined) continue
      const same = others.find((other) => (other.role === 'carrier' || other.role === 'forwarder') && companyKey(other) === key)
      if (same !== undefined) return signal(`The ${same.role} is the consignee.`, fact('consignee', party.name), fact(same.role, same.name))
      if (FORWARDER.test(party.name.value))
        return signal(`${party.name.value} carries for others and is the consignee.`, fact('consignee', party.name))
    }
    return CLEAR
  },
}
