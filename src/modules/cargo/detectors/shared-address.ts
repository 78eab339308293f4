/** P4: the address of a company is also that of companies that have nothing to do with it and ship no less than it does. */
import { comparedWith } from '#kernel/cargo-history/comparison-window.ts'
import { wordsOfParty } from '#kernel/cargo-history/legal-person.ts'
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'
import { addressKey, monthOf, tally } from './history-keys.ts'
import { newestFilings, presentJourney } from './journey-view.ts'
import { companiesOf } from './statement-parts.ts'

export const sharedAddress: CargoDetector = {
  ...COMMON,
  code: 'P4',
  id: 'cargo.shared-address',
  title: 'Address of several companies',
  parameters: { others: 1, crowd: 12 },
  inputs: ['address of the company', 'companies at the address in the month of the bill and the twelve before'],
  knownLimits:
    'Addresses are compared as written. Companies are taken as related when they share a word of their names. An address of more than twelve companies is a business centre and is left alone.',
  innocentAlternatives: ['A shared office building', 'Companies of one group under different names', 'The address of an accountant'],
  evaluate(dossier, { others: least = 1, crowd = 12 }) {
    let wasStated = false
    for (const { statement, day } of newestFilings(presentJourney(dossier).consignments))
      for (const { key, party } of companiesOf(statement, 'consignor', 'consignee')) {
        const address = addressKey(party)
        const stated = party.address
        if (address === undefined || stated === undefined) continue
        wasStated = true
        // The month itself counts always: two companies may begin in it.
        const counts = comparedWith(tally(dossier.history, { kind: 'address', key: address, month: monthOf(day) }), true)
        const there = Object.keys(counts).sort()
        if (there.length > crowd) continue
        // Of the companies at one address the signal speaks of those that came later, not of who was always there.
        const strangers = there.filter((other) => other !== key && (counts[other] ?? 0) >= (counts[key] ?? 0) && !areRelated(key, other))
        if (strangers.length < least) continue
        return signal(
          `${party.name.value} has the address of ${strangers.length === 1 ? 'another company' : `${strangers.length} other companies`}.`,
          fact(party.role, party.name),
          fact('address', stated),
          ...strangers.slice(0, 5).map((name) => ({ name: 'other company', value: name })),
        )
      }
    return wasStated ? CLEAR : missing('address of a company')
  },
}

function areRelated(a: string, b: string): boolean {
  const words = new Set(wordsOfParty(a).filter((word) => word.length > 3))
  return wordsOfParty(b).some((word) => word.length > 3 && words.has(word))
}
