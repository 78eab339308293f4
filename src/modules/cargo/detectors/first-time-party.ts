/** P1: a company appears as shipper or consignee for the first time. Companies only: a natural person gets no history. */
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'

/** Marks of legal form in the states of the trade; without one the name may be a person's and is left alone. */
const LEGAL_FORM =
  /\b(?:s\.?\s?a\.?(?:\s?s\.?)?|s\.?\s?r\.?\s?l\.?|s\.?\s?l\.?|ltda?|limitada|limited|ltd|inc|corp|llc|gmbh|ag|kg|b\.?\s?v\.?|n\.?\s?v\.?|bvba|srl|sprl|spa|s\.?\s?p\.?\s?a\.?|cia|c\.?\s?a\.?|company|cooperativa|group|holding|export(?:adora|s)?|import(?:adora|s)?|trading)\b\.?/i

export const firstTimeParty: CargoDetector = {
  ...COMMON,
  id: 'cargo.first-time-party',
  title: 'First shipment of a company',
  parameters: { needed: 50 },
  inputs: ['names of companies in bills', 'earlier consignments of the company'],
  knownLimits:
    'Knows only what this authority has received, and names as written: a new spelling looks new. Names without a legal form are left out.',
  innocentAlternatives: ['A new business', 'A company that used another port until now', 'A new spelling of a known company'],
  evaluate(dossier, { needed = 50 }) {
    const { partyConsignments } = dossier.history
    const parties = dossier.consignments.flatMap(({ statement }) =>
      statement.parties.filter((party) => party.role === 'consignor' || party.role === 'consignee'),
    )
    if (parties.length === 0) return missing('shipper or consignee')
    const companies = parties.filter((party) => LEGAL_FORM.test(party.name.value))
    if (companies.length === 0) return missing('a company with a legal form in its name')
    // With a thin history everybody is new, and the signal would say nothing.
    if (partyConsignments === undefined || Object.values(partyConsignments).reduce((sum, each) => sum + each, 0) < needed)
      return missing(`history of at least ${needed} consignments`)
    const first = companies.find((party) => (partyConsignments[party.name.value.toUpperCase()] ?? 0) === 0)
    return first === undefined
      ? CLEAR
      : signal(`${first.name.value} appears as ${first.role} for the first time here.`, fact(first.role, first.name))
  },
}
