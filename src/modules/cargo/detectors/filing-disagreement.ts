/** I7: two filings about the same bill, of the carrier and of another filer, disagree on parties, weight, packages or chapter of the goods. */
import type { Fact } from '#kernel/signal/signal.ts'
import { type CargoDetector, CLEAR, COMMON, type DossierConsignment, fact, missing, signal } from './dossier.ts'
import { billOf, newestFilings, presentJourney } from './journey-view.ts'
import { companyKey, grossOf, headingsOf } from './statement-parts.ts'

export const filingDisagreement: CargoDetector = {
  ...COMMON,
  code: 'I7',
  id: 'cargo.filing-disagreement',
  title: 'Filings that disagree',
  parameters: { share: 0.05 },
  inputs: ['companies in filings', 'declared gross weight', 'number of packages', 'HS chapter'],
  knownLimits:
    'Compares filings that name the same bill, or a house bill with its master. Of house bills under one master only weight and packages are compared, and only when all of the master’s boxes are theirs. Companies alone are compared, by name and form.',
  innocentAlternatives: [
    'Weights with and without packing',
    'A forwarder named as party of the master bill',
    'Units counted as pallets here and as cartons there',
  ],
  evaluate(dossier, { share = 0.05 }) {
    const filings = newestFilings(presentJourney(dossier).consignments)
    const pairs = filings.flatMap((one, index) =>
      filings.slice(index + 1).flatMap((other) => (one.message !== other.message && areOfOne(one, other) ? [[one, other] as const] : [])),
    )
    if (pairs.length === 0) return missing('two filings of different messages about one bill')
    for (const [one, other] of pairs) {
      const found = disagreement(one, other, share)
      if (found !== undefined) return signal(found.text, ...found.facts)
    }
    return CLEAR
  },
}

/** The same bill, or a house bill that names the other as its master. Groupage is left out: the weights of one house say nothing of the master's. */
function areOfOne(one: DossierConsignment, other: DossierConsignment): boolean {
  if (billOf(one) === billOf(other)) return true
  const master = (house: DossierConsignment, bill: string) =>
    house.statement.references.some(({ code, number }) => code === 'MB' && number.value.trim().toUpperCase() === bill)
  return master(one, billOf(other)) || master(other, billOf(one))
}

function disagreement(
  one: DossierConsignment,
  other: DossierConsignment,
  share: number,
): { readonly text: string; readonly facts: readonly Fact[] } | undefined {
  const about = `${one.message} and ${other.message} about bill ${billOf(one)}`
  const facts = (name: string, a: Parameters<typeof fact>[1], b: Parameters<typeof fact>[1]) => [
    fact(`${name} in ${one.message}`, a),
    fact(`${name} in ${other.message}`, b),
  ]
  if (billOf(one) === billOf(other))
    for (const role of ['consignor', 'consignee'] as const) {
      const [a, b] = [one, other].map(({ statement }) => statement.parties.find((party) => party.role === role))
      const [keyA, keyB] = [a, b].map((party) => (party === undefined ? undefined : companyKey(party)))
      if (a !== undefined && b !== undefined && keyA !== undefined && keyB !== undefined && keyA !== keyB)
        return { text: `${about} name different companies as ${role}.`, facts: facts(role, a.name, b.name) }
    }
  const [grossA, grossB] = [grossOf(one.statement), grossOf(other.statement)]
  if (grossA !== undefined && grossB !== undefined && Math.abs(grossA.value - grossB.value) > share * Math.max(grossA.value, grossB.value))
    return { text: `${about} declare ${grossA.value} kg and ${grossB.value} kg.`, facts: facts('gross weight', grossA, grossB) }
  const [packagesA, packagesB] = [one.statement.packages, other.statement.packages]
  if (packagesA !== undefined && packagesB !== undefined && packagesA.value !== packagesB.value)
    return { text: `${about} declare ${packagesA.value} and ${packagesB.value} packages.`, facts: facts('packages', packagesA, packagesB) }
  const [chaptersA, chaptersB] = [one, other].map(({ statement }) => headingsOf(statement.hsCodes, 2))
  const [chapterA, chapterB] = [chaptersA?.[0], chaptersB?.[0]]
  if (
    chapterA !== undefined &&
    chapterB !== undefined &&
    chaptersA?.some(({ heading }) => chaptersB?.some((each) => each.heading === heading)) === false
  )
    return {
      text: `${about} declare goods of chapter ${chapterA.heading} and ${chapterB.heading}.`,
      facts: facts('HS code', chapterA.code, chapterB.code),
    }
  return undefined
}
