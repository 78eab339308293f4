/**
 * A legislative proposal over nodes (S14): an initiative of Member States under Article 76 TFEU is blocked at six sponsors and says why; when the seventh
 * joins, the eight weeks of the national parliaments can open; reasoned opinions at a quarter of the votes require a review.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseOnScreen } from '#modules/procedures/contract'
import { AUTHORITIES } from '../../src/testing/authorities.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { storedAt } from '../leaks/stored.fixture.ts'
import { type CaseDesk, caseDesk, endOfDay, instants, refusal } from './case.ts'

const DAY = 24
const [HERE, THERE] = ['be-antwerp', 'es-algeciras']

let coalition: TestCoalition
let author: CaseDesk
let spain: CaseDesk
let council: CaseDesk
beforeAll(async () => {
  coalition = await startCoalition({ nodes: [HERE, THERE], at: '2026-12-01T09:20:00Z', also: AUTHORITIES })
  author = await caseDesk(coalition, { node: HERE, desk: 'be.interior.coordination' })
  spain = await caseDesk(coalition, { node: THERE, desk: 'es.interior.coordination' })
  council = await caseDesk(coalition, { node: THERE, desk: 'eu.council.secretariat' })
})
afterAll(async () => await coalition.stop())

const PREPARATION: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  [
    'stateProblem',
    {
      name: 'Directive on the return of access rights of port workers',
      isArt76Area: true,
      legalBasis: 'Article 82(1) TFEU',
      actType: 'directive',
      problem: 'Access rights outlive employment',
      evidence: [{ source: 'Europol, Criminal networks in EU ports (2023)', says: 'PIN codes are sold', grade: 'B' }],
      noOperationalData: true,
    },
  ],
  [
    'compareOptions',
    {
      options: [
        { option: 'Do nothing', effects: 'As now' },
        { option: 'Common rules', effects: 'Fewer' },
      ],
      preferred: 'Common rules',
      whyPreferred: 'Cost',
    },
  ],
  [
    'testSubsidiarity',
    {
      whyNotStates: 'Ports compete',
      whyUnion: 'Same rules in every port',
      qualitative: 'Displacement',
      whyNoNumbers: 'No common statistics',
    },
  ],
  [
    'testProportionality',
    { financialImpact: 'None for the Union', nationalRules: 'Port laws of regions', burden: 'One check a year', isMinimised: true },
  ],
  ['assessRights', { rightsAffected: 'Articles 8 and 15', safeguards: 'Appeal', dataProtection: 'Three years' }],
]
const SIX = ['AT', 'BE', 'FR', 'DE', 'NL', 'PT']
/** A quarter of 54, as whole votes: seven parliaments with two each. */
const FOURTEEN = ['AT', 'CZ', 'DK', 'HU', 'IE', 'PL', 'SE'].flatMap((state) => [`${state}-1`, `${state}-2`])
const opinions = (votes: readonly string[]) => ({
  opinions: [{ parliament: 'Sejm', on: '2027-01-10', why: 'Ports are a national matter' }],
  votes,
})

const clockOf = (seen: CaseOnScreen, id: string) => seen.clocks.find((clock) => clock.id === id)
const told = async (desk: CaseDesk, id: string) => (await desk.notices(id, 'told')).map(({ text }) => text)
const barredOf = (seen: CaseOnScreen, step: string) => {
  const offer = seen.steps.find(({ id }) => id === step)
  if (offer === undefined) throw new Error(`${step} is not offered.`)
  return offer.barred
}
const SEVEN_NEEDED = {
  because: 'An initiative needs a quarter of the Member States: seven of the twenty-seven, each counted once.',
  basis: { act: 'Treaty on the Functioning of the European Union', art: 'Art 76(b)', mark: 'V' },
}

/** Prepared, and shown to the ministry that is asked to join. */
async function withSponsorsSought() {
  const id = await author.open('PR-17', { sponsor: ['es.interior.coordination'], council: ['eu.council.secretariat'] })
  for (const [step, form] of PREPARATION) await author.take(id, step, form)
  const { reference } = await author.look(id)
  expect((await storedAt(coalition, THERE)).includes(reference)).toBe(false)
  await author.take(id, 'inviteSponsors', { statement: 'Draft of 1 December' })
  const asked = await spain.arrived(reference, ({ state }) => state === 'sponsors')
  expect(asked).toMatchObject({ role: 'sponsor', values: { statement: 'Draft of 1 December', whyUnion: 'Same rules in every port' } })
  return { id, reference, inSpain: asked.case }
}

/** With seven sponsors, transmitted to the parliaments by the Council; its case there. */
async function withParliaments({ id, reference }: Awaited<ReturnType<typeof withSponsorsSought>>) {
  await author.take(id, 'submitInitiative', { statement: 'Draft of 1 December' })
  const there = await council.arrived(reference, ({ state }) => state === 'submitted')
  expect(there).toMatchObject({ role: 'council', ownTurn: true, values: { sponsors: [...SIX, 'ES'] } })
  const transmittedAt = coalition.clock.now().toISOString()
  const transmit = async (isInAllLanguages: boolean) =>
    await council.take(there.case, 'transmitToParliaments', { isInAllLanguages, transmittedAt })
  expect(await refusal(transmit(false))).toMatch(/in the official languages of the Union.*Art 4/)
  expect(there.clocks).toEqual([])
  await transmit(true)
  return { there: there.case, transmittedAt }
}

describe('an initiative of Member States (S14)', () => {
  it('is blocked at six sponsors with the reason; with the seventh the eight weeks can open, and a quarter of the votes requires a review', async () => {
    const sought = await withSponsorsSought()
    const { id, reference, inSpain } = sought
    const six = await author.take(id, 'recordSponsors', { sponsors: SIX })
    expect(barredOf(six, 'submitInitiative')).toEqual(SEVEN_NEEDED)
    const refused = await refusal(author.take(id, 'submitInitiative', { statement: 'Draft' }))
    expect(refused).toContain('seven of the twenty-seven')
    expect(refused).toContain('Art 76(b)')
    // A second ministry of the same State makes no seventh.
    expect(await refusal(author.take(id, 'recordSponsors', { sponsors: [...SIX, 'NL'] }))).toMatch(/422.*sponsors/)
    expect(await author.look(id)).toMatchObject({ state: 'sponsors', values: { sponsors: SIX }, clocks: [] })

    // What crosses would have one winner: each step here is taken on the case as the others left it.
    await spain.arrived(reference, ({ values }) => values['sponsors'] !== undefined)
    await spain.take(inSpain, 'join', { joinState: 'ES', joinNote: 'Government decision of today' })
    await author.arrived(reference, ({ values }) => values['joinState'] === 'ES')
    expect(await told(author, id)).toEqual(['A Member State joins as a sponsor. Record it among the sponsors.'])
    const seven = await author.take(id, 'recordSponsors', { sponsors: [...SIX, 'ES'] })
    expect(barredOf(seven, 'submitInitiative')).toBeUndefined()

    const { there, transmittedAt } = await withParliaments(sought)
    const everybody = async (holds: (seen: CaseOnScreen) => boolean) =>
      await Promise.all([author, spain, council].map(async (desk) => await desk.arrived(reference, holds)))
    const open = await everybody(({ state }) => state === 'parliaments8Weeks')
    for (const seen of open) {
      expect(clockOf(seen, 'eightWeeks')).toMatchObject({
        kind: 'law',
        state: 'running',
        safe: endOfDay(transmittedAt, 56, 'Europe/Brussels'),
        basis: { act: 'Protocol (No 2) on subsidiarity and proportionality', art: 'Art 6', mark: 'V' },
      })
      expect(instants(seen)).toEqual(instants(await author.look(id)))
    }

    coalition.clock.advance(40 * DAY)
    await author.take(id, 'recordOpinions', opinions(FOURTEEN))
    // Nothing is counted while an opinion may still come.
    for (const step of ['countNoCard', 'countYellow']) expect(await refusal(author.take(id, step))).toContain('Not possible in the state')
    await everybody(({ values }) => values['votes'] !== undefined)
    coalition.clock.advance(18 * DAY)
    await coalition.sweep()
    for (const seen of await everybody(({ state }) => state === 'opinionsClosed')) {
      expect(seen.values['votes']).toEqual(FOURTEEN)
      expect(clockOf(seen, 'eightWeeks')?.isLive).toBe(false)
    }

    expect(await refusal(council.take(there, 'countYellow', { votes: FOURTEEN.slice(1) }))).toMatch(/a quarter \(14\).*Art 7\(2\)/)
    expect(await refusal(council.take(there, 'countNoCard'))).toMatch(/the draft must be reviewed.*Art 7\(2\)/)
    expect(await refusal(council.take(there, 'countOrange'))).toContain('Art 7(3)')
    await council.take(there, 'countYellow')
    for (const seen of await everybody(({ state }) => state === 'yellow'))
      expect(seen.stateTitle).toBe('Review required (a third, or a quarter under Article 76)')
    expect((await author.look(id)).ownTurn).toBe(true)

    // The Council goes no further before the author has reviewed, with reasons.
    const position = { positionOn: '2027-02-20', outcome: 'Adopted' }
    expect(await refusal(council.take(there, 'adoptPosition', position))).toContain('Not possible in the state')
    expect(await refusal(author.take(id, 'maintain'))).toContain('reviewReasons')
    await author.take(id, 'maintain', { reviewReasons: 'Cross-border by nature' })
    for (const seen of await everybody(({ state }) => state === 'maintained'))
      expect(seen.values['reviewReasons']).toBe('Cross-border by nature')
  })
})
