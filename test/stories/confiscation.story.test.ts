/**
 * One confiscation order in two executing States under Regulation (EU) 2018/1805, over nodes: each State has its own certificate and its own case, the
 * issuing authority tells the one what the other obtained, and together they take no more than the order says.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CaseOnScreen } from '#modules/procedures/contract'
import { AUTHORITIES } from '../../src/testing/authorities.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { type CaseDesk, caseDesk, endOfDay, instants, refusal } from './case.ts'

let coalition: TestCoalition
let issuing: CaseDesk
let spain: CaseDesk
let italy: CaseDesk
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['be-antwerp', 'es-algeciras', 'it-genoa'], also: AUTHORITIES })
  issuing = await caseDesk(coalition, { node: 'be-antwerp', desk: 'be.prosecutor.antwerp' })
  spain = await caseDesk(coalition, { node: 'es-algeciras', desk: 'es.court.central' })
  italy = await caseDesk(coalition, { node: 'it-genoa', desk: 'it.court.appeal' })
})
afterAll(async () => await coalition.stop())

const today = () => coalition.clock.now().toISOString().slice(0, 10)
const certificate = (part: Readonly<Record<string, unknown>>) => ({
  isProportionate: true,
  isCriminalMatter: true,
  formLanguage: 'English',
  isLanguageAccepted: true,
  isOrderRequired: false,
  issuingState: 'BE',
  issuingAuthority: 'Prosecutor Antwerp',
  court: 'Court of appeal Antwerp',
  orderIssuedOn: '2026-05-04',
  finalOn: '2026-06-01',
  decided: ['proceeds'],
  objects: ['amount'],
  currency: 'EUR',
  amountTotal: 500_000,
  freezingLink: 'no freezing order',
  facts: 'Proceeds of cocaine imports',
  legalClassification: 'Criminal Code, Article 42',
  listedOffences: ['laundering'],
  isLinkedToConviction: true,
  trial: 'present',
  alternativesAllowed: false,
  victimDecision: 'none',
  severalReasons: ['amount-insufficient'],
  issuerName: 'Prosecutor Antwerp',
  issuerContact: 'Desk for mutual recognition',
  fileReference: 'COS-2026-12',
  issuerAddress: 'Bolivarplaats 20',
  issuerPhone: '+32 3 257 80 00',
  issuerMail: 'confiscation@prosecutor.example',
  issuerLanguages: 'Dutch, English',
  isCertified: true,
  signatory: 'A. Jacobs',
  signatoryPost: 'Deputy prosecutor',
  signedOn: today(),
  ...part,
})
const FULLY = { recognitionExtent: 'fully' }

const clockOf = (seen: CaseOnScreen, id: string) => seen.clocks.find((clock) => clock.id === id)
const momentOf = (seen: CaseOnScreen, transition: string) => seen.history.findLast((step) => step.transition === transition)?.at ?? ''
const told = async (desk: CaseDesk, id: string) => (await desk.notices(id, 'told')).map(({ text }) => text)

async function received(desk: CaseDesk, at: { readonly executing: string; readonly form: Readonly<Record<string, unknown>> }) {
  const id = await issuing.open('PR-11', { executing: [at.executing] })
  const { reference } = await issuing.take(id, 'complete', certificate(at.form))
  await issuing.take(id, 'transmit', { channel: 'decentralised IT system', channelReference: 'msg-8' })
  const theirs = await desk.arrived(reference, ({ state }) => state === 'received')
  const ours = await issuing.arrived(reference, ({ state }) => state === 'received')
  expect(instants(theirs)).toEqual(instants(ours))
  return { id, reference, there: theirs.case, theirs }
}

it('what one State obtained pays the order down in the other, which takes no more than is left and learns nothing of the case elsewhere', async () => {
  const inSpain = await received(spain, {
    executing: 'es.court.central',
    form: { executingState: 'ES', amountHere: 400_000, otherStates: [{ state: 'IT', authority: 'Court of appeal', amount: 300_000 }] },
  })
  const inItaly = await received(italy, {
    executing: 'it.court.appeal',
    form: { executingState: 'IT', amountHere: 300_000, otherStates: [{ state: 'ES', authority: 'Central court', amount: 400_000 }] },
  })
  expect(inSpain.reference).not.toBe(inItaly.reference)
  for (const [{ theirs }, zone] of [
    [inSpain, 'Europe/Madrid'],
    [inItaly, 'Europe/Rome'],
  ] as const)
    expect(clockOf(theirs, 'decide')).toMatchObject({
      kind: 'law',
      state: 'running',
      safe: endOfDay(momentOf(theirs, 'receive'), 45, zone),
      basis: { art: 'Art 20(1)', mark: 'V' },
    })

  // Together the two certificates are for more than the order: both are told that they may exceed it.
  for (const [desk, { id, there, reference }] of [
    [spain, inSpain],
    [italy, inItaly],
  ] as const) {
    await issuing.take(id, 'warnExcess', { excessText: 'The order is executed in two States.' })
    await desk.arrived(reference, ({ values }) => values['excessText'] !== undefined)
    expect(await told(desk, there)).toEqual(['There is a risk that more than the maximum amount is confiscated.'])
    await desk.take(there, 'recognise', FULLY)
    const recognised = await issuing.arrived(reference, ({ state }) => state === 'recognised')
    expect(clockOf(recognised, 'decide')?.state).toBe('met')
  }

  await spain.take(inSpain.there, 'execute', { executedOn: today(), isWithinMaximum: true })
  const obtained = { resultsText: 'SPANISH-ACCOUNT emptied', obtained: 350_000, obtainedCurrency: 'EUR', obtainedEuro: 350_000 }
  const keep = spain.take(inSpain.there, 'sendResults', { ...obtained, disposal: 'executing' })
  expect(await refusal(keep)).toContain('Art 30(7)(b)')
  await spain.take(inSpain.there, 'sendResults', { ...obtained, disposal: 'half' })
  const results = await issuing.arrived(inSpain.reference, ({ state }) => state === 'resultsSent')
  expect(results.values).toMatchObject({ obtained: 350_000, disposal: 'half' })

  await issuing.take(inItaly.id, 'informPaid', { paidSource: 'other-state', paidAmount: 350_000, outstanding: 150_000 })
  const paidDown = await italy.arrived(inItaly.reference, ({ values }) => values['outstanding'] === 150_000)
  expect(paidDown.values).toMatchObject({ paidSource: 'other-state', paidAmount: 350_000 })
  expect(await told(italy, inItaly.there)).toContain('A part of the order was executed or paid elsewhere; the outstanding amount is lower.')
  const beyond = italy.take(inItaly.there, 'execute', { executedOn: today(), isWithinMaximum: false })
  expect(await refusal(beyond)).toContain('Arts 16(2), 18(4)')
  await italy.take(inItaly.there, 'execute', { executedOn: today(), isWithinMaximum: true, deducted: 350_000 })
  const executed = await issuing.arrived(inItaly.reference, ({ state }) => state === 'executed')
  expect(executed.values['deducted']).toBe(350_000)

  // Neither State holds anything of the case of the other, beyond what its own certificate and the issuing authority say.
  const [there, here] = [JSON.stringify(await italy.look(inItaly.there)), JSON.stringify(await spain.look(inSpain.there))]
  for (const secret of ['SPANISH-ACCOUNT', 'es.court', inSpain.reference]) expect(there).not.toContain(secret)
  for (const secret of ['deducted', 'it.court', inItaly.reference]) expect(here).not.toContain(secret)
})
