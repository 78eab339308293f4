/**
 * A European Investigation Order between two states under Directive 2014/41/EU, over nodes (S10): receipt is confirmed within a week, the decision and the
 * measure have their clocks on both sides, postponement stops the clock and is told; validation by another desk, forward to the competent authority, results
 * in part, legal remedies and withdrawal. What was said inside one State never reaches the other.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CaseOnScreen, exportCertificate, fetchFile, listDocuments, readFile, uploadFile } from '#modules/procedures/contract'
import { AUTHORITIES } from '../../src/testing/authorities.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { type CaseDesk, caseDesk, endOfDay, instants, refusal } from './case.ts'

const DAY = 24
/** Many steps, each waiting for the other side: on a busy machine longer than a test usually has. */
const PATIENCE = { timeout: 180_000 }
const ZONE = 'Europe/Madrid'

let coalition: TestCoalition
let prosecutor: CaseDesk
let police: CaseDesk
let judge: CaseDesk
let court: CaseDesk
/** Of another organisation than the court, and competent where the court is not. */
let competent: CaseDesk
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['es-algeciras', 'be-antwerp'], also: AUTHORITIES })
  const desk = async (node: string, id: string) => await caseDesk(coalition, { node, desk: id })
  prosecutor = await desk('be-antwerp', 'be.prosecutor.antwerp')
  police = await desk('be-antwerp', 'be.federal.antwerp')
  judge = await desk('be-antwerp', 'be.court.antwerp')
  court = await desk('es-algeciras', 'es.court.central')
  competent = await desk('es-algeciras', 'es.prosecutor.audiencia')
})
afterAll(async () => await coalition.stop())

const today = () => coalition.clock.now().toISOString().slice(0, 10)
const order = () => ({
  isNecessary: true,
  isAvailableAtHome: true,
  formLanguage: 'Spanish',
  isLanguageAccepted: true,
  issuingState: 'BE',
  executingState: 'ES',
  measureText: 'Camera images of the terminal gate',
  measures: ['other'],
  supplementsEarlier: false,
  naturalPersons: [{ name: 'Peeters', position: 'suspect' }],
  proceedings: ['a'],
  facts: 'Cocaine among fruit in a reefer container',
  legalClassification: 'Act of 24 February 1921, Article 2bis',
  listedOffences: ['narcotic-drugs'],
  remedyAuthority: 'Federal prosecution service',
  issuerType: 'judicial authority',
  issuerName: 'Prosecutor Antwerp',
  issuerContact: 'Desk for mutual recognition',
  fileReference: 'AN-2026-311',
  issuerAddress: 'Bolivarplaats 20',
  issuerPhone: '+32 3 257 80 00',
  issuerMail: 'eio@prosecutor.example',
  issuerLanguages: 'Dutch, English',
  isCertified: true,
  signatory: 'A. Jacobs',
  signatoryPost: 'Deputy prosecutor',
  signedOn: today(),
})
const CHANNEL = { channel: 'decentralised', channelReference: 'msg-1' }
const VALIDATION = () => ({
  validatorType: 'investigating judge',
  validatorName: 'Investigating judge Antwerp',
  validatorContact: 'B. Maes',
  mainContact: 'validating authority',
  validatorSignatory: 'B. Maes',
  validatedOn: today(),
})
const annexB = (reference: string) => ({
  abFile: 'AN-2026-311',
  abIssuedOn: today(),
  abReceivedOn: today(),
  abName: 'Authority that received the order',
  abContact: 'C. García',
  abReference: reference,
  abLanguages: 'Spanish, English',
  abSignatory: 'C. García',
  abSignedOn: today(),
})
const results = (text: string) => ({ resultsText: text, mustBeReturned: false, wouldDamage: false })

const clockOf = (seen: CaseOnScreen, id: string) => seen.clocks.find((clock) => clock.id === id)
const momentOf = (seen: CaseOnScreen, transition: string) => seen.history.findLast((step) => step.transition === transition)?.at ?? ''
const texts = async (desk: CaseDesk, id: string) => (await desk.notices(id, 'told')).map(({ text }) => text)

async function transmitted() {
  const id = await prosecutor.open('PR-06', { executing: ['es.court.central'] })
  const { reference } = await prosecutor.take(id, 'complete', order())
  await prosecutor.take(id, 'transmit', CHANNEL)
  const theirs = await court.arrived(reference, ({ state }) => state === 'received')
  const ours = await prosecutor.arrived(reference, ({ state }) => state === 'received')
  return { id, reference, theirs, ours }
}

/** A police order on its way to the court that is not competent, validated by the judge. */
async function validated() {
  const id = await police.open('PR-06', { validating: ['be.court.antwerp'], executing: ['es.court.central'] })
  const { reference } = await police.take(id, 'complete', order())
  expect(await refusal(police.take(id, 'transmit', CHANNEL))).toContain('Art 2(c)(ii)')
  await police.take(id, 'submitForValidation')
  const there = await judge.arrived(reference, ({ state }) => state === 'awaitingValidation')
  return { id, reference, inner: there.case }
}

const signedIn = async (account: string) => await coalition.client(account, 'criminal-investigation')

async function upload(account: string, { id, name, roles }: { readonly id: string; readonly name: string; readonly roles: string }) {
  const input = { case: id, name, roles, personal: 'yes' } as const
  await (await signedIn(account)).upload(uploadFile, input, Buffer.from(`Bytes of ${name}`))
}

/** The files of those names as the desk reads them, once it knows of them and they came. */
async function fetched(account: string, { id, names }: { readonly id: string; readonly names: readonly string[] }) {
  const client = await signedIn(account)
  const filesOf = async () => (await client.call(listDocuments, { case: id })).files.filter(({ name }) => names.includes(name))
  const files = await coalition.eventually(filesOf, (known) => known.length === names.length)
  for (const { file } of files) await client.call(fetchFile, { case: id, file })
  await coalition.eventually(filesOf, (known) => known.every(({ state }) => state === 'here'))
  const bytesOf = async (name: string) => {
    const file = files.find((each) => each.name === name)?.file ?? ''
    return Buffer.from((await client.call(readFile, { case: id, file })).bytes, 'base64').toString()
  }
  return await Promise.all(names.map(bytesOf))
}

describe('validation, forward, results in part and remedies', () => {
  it(
    'an order of the police is validated first, forwarded by an authority that is not competent, and gets a new receipt with new clocks',
    PATIENCE,
    async () => {
      const { id, reference, inner } = await validated()
      expect(await refusal(police.take(id, 'validate', VALIDATION()))).toContain('another role')
      await judge.take(inner, 'declineValidation', { validationReasons: 'INNER-DOUBT about proportionality' })
      const declined = await police.arrived(reference, ({ state }) => state === 'draft')
      expect(declined.values['validationReasons']).toContain('INNER-DOUBT')
      await police.take(id, 'complete', { ...order(), facts: 'Cocaine in a reefer container, and whose it was' })
      await police.take(id, 'submitForValidation')
      await judge.arrived(reference, ({ state }) => state === 'awaitingValidation')
      await judge.take(inner, 'validate', VALIDATION())
      await police.arrived(reference, ({ state }) => state === 'validated')
      await upload('be.federal.antwerp', { id, name: 'order.pdf', roles: 'executing' })
      const sent = momentOf(await police.take(id, 'transmit', CHANNEL), 'transmit')

      const first = await court.arrived(reference, ({ state }) => state === 'received')
      // Whoever executes has the order from its transmission on, signed by both, and nothing of how it came about.
      expect(first.openedAt >= sent).toBe(true)
      expect(first.history.map(({ transition }) => transition)).toEqual(['receive'])
      expect(first.values['validatorName']).toBe('Investigating judge Antwerp')
      expect(JSON.stringify(first)).not.toContain('INNER-DOUBT')
      await police.arrived(reference, ({ state }) => state === 'received')

      coalition.clock.advance(2 * DAY)
      await upload('es.court.central', { id: first.case, name: 'translation.pdf', roles: '' })
      await court.take(first.case, 'forward', {
        ...annexB('COURT-1'),
        competentDesk: 'es.prosecutor.audiencia',
        competentName: 'Prosecutor Audiencia',
        competentSentOn: today(),
      })
      const second = await competent.arrived(reference, ({ state }) => state === 'received')
      const ours = await police.arrived(
        reference,
        ({ state, clocks }) => state === 'received' && clocks.some(({ id: each }) => each === 'annexB#2'),
      )
      expect(ours.values).toMatchObject({ competentName: 'Prosecutor Audiencia', abReference: 'COURT-1' })
      expect(ours.parties.filter(({ role }) => role === 'executing').map(({ desk }) => desk)).toEqual(['es.prosecutor.audiencia'])
      const again = momentOf(ours, 'receive')
      expect(again).toBe(momentOf(second, 'receive'))
      expect(clockOf(ours, 'annexB')?.state).toBe('met')
      expect(clockOf(ours, 'decision')).toMatchObject({ state: 'stopped', isLive: false })
      for (const seen of [ours, second]) {
        expect(clockOf(seen, 'annexB#2')).toMatchObject({
          safe: endOfDay(again, 7, ZONE),
          isLive: true,
          basis: { art: 'Art 16(1)', mark: 'V' },
        })
        expect(clockOf(seen, 'decision#2')).toMatchObject({
          safe: endOfDay(again, 30, ZONE),
          isLive: true,
          basis: { art: 'Art 12(3)', mark: 'V' },
        })
      }
      // What was added before goes along: of the issuing authority, and of the court that has no part in it any more.
      expect(await fetched('es.prosecutor.audiencia', { id: second.case, names: ['order.pdf', 'translation.pdf'] })).toEqual([
        'Bytes of order.pdf',
        'Bytes of translation.pdf',
      ])
      expect((await (await signedIn('be.court.antwerp')).call(listDocuments, { case: inner })).files).toEqual([])
      const left = await court.look(first.case)
      expect(left).toMatchObject({ state: 'forwarded', isOpen: false, ownTurn: false, steps: [] })
      expect(await refusal(court.take(first.case, 'confirmReceipt', annexB('COURT-1')))).toContain('no part in the case')

      await competent.take(second.case, 'confirmReceipt', annexB('AUD-7'))
      await competent.take(second.case, 'recognise', { recognitionExtent: 'in whole' })
      await competent.take(second.case, 'sendPart', results('EVIDENCE-PART of the first night'))
      const part = await police.arrived(reference, ({ state }) => state === 'resultsPartial')
      expect(part.values).toMatchObject({ abReference: 'AUD-7', resultsText: 'EVIDENCE-PART of the first night' })
      // The clock for the measure runs on: a part is not the whole.
      expect(clockOf(part, 'execution')).toMatchObject({ state: 'running', basis: { art: 'Art 12(4)', mark: 'V' } })

      await competent.take(second.case, 'noteRemedyAtExecution', { remedyText: 'REMEDY-THERE against the execution' })
      await police.arrived(reference, ({ values }) => values['remedyText'] === 'REMEDY-THERE against the execution')
      await police.take(id, 'noteRemedyAtIssue', { remedyText: 'REMEDY-HERE against the issuing' })
      const noted = await competent.arrived(reference, ({ values }) => values['remedyText'] === 'REMEDY-HERE against the issuing')
      expect(noted.state).toBe('resultsPartial')

      await competent.take(second.case, 'carryOut')
      await competent.take(second.case, 'sendResults', results('EVIDENCE-WHOLE of both nights'))
      const whole = await police.arrived(reference, ({ state }) => state === 'resultsSent')
      expect(whole.values['resultsText']).toBe('EVIDENCE-WHOLE of both nights')
      expect(clockOf(whole, 'execution')?.state).toBe('met')
      await police.take(id, 'close')
      expect(await competent.arrived(reference, ({ state }) => state === 'closed')).toMatchObject({ isOpen: false })

      // The judge follows the order it validated and sees neither evidence nor remedy; the court that forwarded follows nothing more.
      const followed = JSON.stringify(await judge.arrived(reference, ({ state }) => state === 'closed'))
      const forwarded = JSON.stringify(await court.look(first.case))
      for (const secret of ['EVIDENCE', 'REMEDY']) {
        expect(followed).not.toContain(secret)
        expect(forwarded).not.toContain(secret)
      }
      expect(JSON.stringify(await competent.look(second.case))).not.toContain('INNER-DOUBT')
    },
  )

  it('the receipt of the competent authority may overtake the word of the forward: it counts once that has come', async () => {
    const { id, reference, inner } = await validated()
    await judge.take(inner, 'validate', VALIDATION())
    await police.arrived(reference, ({ state }) => state === 'validated')
    await police.take(id, 'transmit', CHANNEL)
    const first = await court.arrived(reference, ({ state }) => state === 'received')
    await police.arrived(reference, ({ state }) => state === 'received')
    const lease = async (until: string) =>
      await coalition.node('es-algeciras').services.database.asWorker('test', async (tx) => {
        await sql`update link.peers set lease_by = 'another process', lease_until = ${until}::timestamptz
          where from_org = 'es.court' and to_org = 'be.federal'`.execute(tx)
      })
    const heard = async () =>
      await coalition.node('be-antwerp').services.database.asWorker('test', async (tx) => {
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from link.inbox where from_org = 'es.prosecutor'
          and audience @> array['be.federal.antwerp']`.execute(tx)
        return rows[0]?.n ?? 0
      })
    const before = await heard()
    // Another process has the way from the court to the police, and does not use it yet.
    await lease('infinity')
    await court.take(first.case, 'forward', {
      ...annexB('COURT-2'),
      competentDesk: 'es.prosecutor.audiencia',
      competentName: 'Prosecutor Audiencia',
      competentSentOn: today(),
    })
    const second = await competent.arrived(reference, ({ state }) => state === 'received')
    await coalition.eventually(heard, (messages) => messages > before)
    expect((await police.look(id)).parties.map(({ desk }) => desk)).not.toContain('es.prosecutor.audiencia')
    await lease('-infinity')
    const ours = await police.arrived(reference, ({ clocks }) => clocks.some(({ id: each }) => each === 'annexB#2'))
    expect(ours.state).toBe('received')
    expect(momentOf(ours, 'receive')).toBe(momentOf(second, 'receive'))
  })
})

describe('time (S10)', () => {
  it(
    'Annex B within a week, recognised on day 28, the measure 90 days from the decision; postponed, the clock stands and the issuing side is told; then withdrawn',
    PATIENCE,
    async () => {
      const { id, reference, theirs, ours } = await transmitted()
      const received = momentOf(theirs, 'receive')
      expect(theirs).toMatchObject({ role: 'executing', ownTurn: true })
      expect(instants(theirs)).toEqual(instants(ours))
      expect(clockOf(theirs, 'annexB')).toMatchObject({
        kind: 'law',
        state: 'running',
        safe: endOfDay(received, 7, ZONE),
        legalLatest: endOfDay(received, 7, ZONE),
        basis: { art: 'Art 16(1)', mark: 'V' },
      })
      expect(clockOf(theirs, 'annexB')?.explain).toContain('Art 16(1)')
      expect(clockOf(theirs, 'decision')).toMatchObject({
        kind: 'law',
        state: 'running',
        safe: endOfDay(received, 30, ZONE),
        basis: { art: 'Art 12(3)', mark: 'V' },
      })
      expect(clockOf(theirs, 'execution')).toBeUndefined()

      // Three days before the end of the seventh day, also where a day has 25 hours.
      coalition.clock.advance(5 * DAY + 2)
      await coalition.sweep()
      const reminded = (await court.notices(theirs.case, 'clock')).map(({ clock }) => clock?.label)
      expect(reminded).toEqual(['Confirm receipt (Annex B)'])
      expect(await prosecutor.notices(id, 'clock')).toEqual([])
      expect(await refusal(court.take(theirs.case, 'recognise', { recognitionExtent: 'in whole' }))).toContain('Not possible in the state')
      await court.take(theirs.case, 'confirmReceipt', annexB('AUD-2026-77'))
      const confirmed = await prosecutor.arrived(reference, ({ state }) => state === 'receiptConfirmed')
      expect(confirmed.values['abReference']).toBe('AUD-2026-77')
      expect(clockOf(confirmed, 'annexB')?.state).toBe('met')
      expect(instants(confirmed)).toEqual(instants(await court.look(theirs.case)))
      // Annex B is the same document on both sides.
      const form = { role: 'issuing', form: 'confirmReceipt' }
      const made = (await (await signedIn('es.court.central')).raw(exportCertificate, { case: theirs.case, ...form })).text
      expect(made).toContain('AUD-2026-77')
      const shown = await (await signedIn('be.prosecutor.antwerp')).raw(exportCertificate, {
        case: id,
        ...form,
      })
      expect(shown.text).toBe(made)

      coalition.clock.advance(23 * DAY)
      await court.take(theirs.case, 'recognise', { recognitionExtent: 'in whole' })
      const recognised = await prosecutor.arrived(reference, ({ state }) => state === 'recognised')
      const decided = momentOf(recognised, 'recognise')
      expect(Math.floor((Date.parse(decided) - Date.parse(received)) / (DAY * 3_600_000))).toBe(28)
      expect(clockOf(recognised, 'decision')?.state).toBe('met')
      const due = endOfDay(decided, 90, ZONE)
      expect(clockOf(recognised, 'execution')).toMatchObject({
        kind: 'law',
        state: 'running',
        safe: due,
        legalLatest: due,
        basis: { art: 'Art 12(4)', mark: 'V' },
      })
      expect(instants(recognised)).toEqual(instants(await court.look(theirs.case)))

      coalition.clock.advance(10 * DAY)
      await court.take(theirs.case, 'postpone', { postponeGround: 'art-15-1-a', postponeReasons: 'A search is planned.' })
      const postponed = await prosecutor.arrived(reference, ({ state }) => state === 'postponed')
      expect(postponed.values).toMatchObject({ postponeGround: 'art-15-1-a', postponeReasons: 'A search is planned.' })
      expect(await texts(prosecutor, id)).toEqual(['Recognition or execution of the EIO is postponed.'])
      expect(await texts(court, theirs.case)).toEqual([])

      // Beyond what would have been the last day; the directory is renewed meanwhile, as stewards do.
      await coalition.direct(() => ({ expires: new Date(coalition.clock.now().getTime() + 120 * DAY * 3_600_000).toISOString() }))
      coalition.clock.advance(82 * DAY)
      await coalition.sweep()
      expect(coalition.clock.now().toISOString() > due).toBe(true)
      for (const [desk, own] of [
        [prosecutor, id],
        [court, theirs.case],
      ] as const) {
        expect(clockOf(await desk.look(own), 'execution')?.state).toBe('suspended')
        expect(await desk.notices(own, 'expired')).toEqual([])
      }

      await court.take(theirs.case, 'resume', { resumeNote: 'The search is over.' })
      const resumed = await prosecutor.arrived(reference, ({ state }) => state === 'recognised')
      expect(await texts(prosecutor, id)).toContain('The ground for postponement has ceased; the EIO is executed forthwith.')
      const stood = Date.parse(momentOf(resumed, 'resume')) - Date.parse(momentOf(resumed, 'postpone'))
      expect(clockOf(resumed, 'execution')?.state).toBe('running')
      expect(Date.parse(clockOf(resumed, 'execution')?.safe ?? '') - Date.parse(due)).toBe(stood)
      expect(clockOf(resumed, 'execution')?.explain).toMatch(/suspended/)
      expect(instants(resumed)).toEqual(instants(await court.look(theirs.case)))

      await prosecutor.take(id, 'withdraw', { withdrawReasons: 'The proceedings ended.' })
      const withdrawn = await court.arrived(reference, ({ state }) => state === 'withdrawn')
      expect(withdrawn.values['withdrawReasons']).toBe('The proceedings ended.')
      expect(withdrawn.clocks.filter(({ isLive }) => isLive)).toEqual([])
      await court.take(theirs.case, 'terminate')
      expect(await prosecutor.arrived(reference, ({ state }) => state === 'closed')).toMatchObject({ isOpen: false })
    },
  )
})
