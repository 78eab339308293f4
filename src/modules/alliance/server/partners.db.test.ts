/** The register of partners: two officers, an end that comes by itself, and a file that the partner does not read. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PartnerFile, PartnerStanding } from '../contract.ts'
import {
  type AllianceStore,
  sessionOf as as,
  CUSTOMS,
  FORWARDER,
  HAULIER,
  key,
  LINE,
  startAllianceStore,
  TERMINAL,
  ZEEBRUGGE,
} from './alliance.fixture.ts'
import { listRightsRoute } from './own-links.ts'
import { changePartnerRoute, invitePartnerRoute, listPartnersRoute, showStandingRoute } from './partners.ts'

let at: AllianceStore
beforeAll(async () => {
  at = await startAllianceStore()
})
afterAll(async () => await at.stop())
beforeEach(async () => await at.force('truncate alliance.standings, alliance.vettings'))

const DAY = 86_400_000
const inDays = (days: number): string => new Date(at.now().getTime() + days * DAY).toISOString()
interface Step {
  readonly state: string
  readonly version: number
}
const invite = async (change: Readonly<Record<string, unknown>> = {}, officer = 'first') =>
  await at.call<Step>(invitePartnerRoute, as(CUSTOMS, officer), {
    desk: FORWARDER,
    kind: 'forwarder',
    criteria: ['register-entry'],
    basis: 'Arrangement',
    evidence: 'Secret of the file',
    expiresAt: inDays(365),
    key: key(),
    ...change,
  })
const take = async (change: string, version: number, officer: string) =>
  await at.call<Step>(changePartnerRoute, as(CUSTOMS, officer), { desk: FORWARDER, change, reason: 'Looked through', version })
const file = async (officer = 'first'): Promise<PartnerFile | undefined> =>
  (await at.call<{ items: PartnerFile[] }>(listPartnersRoute, as(CUSTOMS, officer), {})).items.find(({ desk }) => desk === FORWARDER)
const standing = async (): Promise<readonly PartnerStanding[]> =>
  (await at.call<{ items: PartnerStanding[] }>(showStandingRoute, as(FORWARDER), {})).items
const enters = async (): Promise<boolean> =>
  await at.call(listRightsRoute, as(FORWARDER), {}).then(
    () => true,
    () => false,
  )

describe('onboarding', () => {
  it('opens nothing until another officer than the one who invited confirms', async () => {
    const { version } = await invite()
    expect([await enters(), (await file('first'))?.open, (await file('second'))?.open]).toEqual([
      false,
      ['withdraw'],
      ['confirm', 'withdraw'],
    ])
    await expect(take('confirm', version, 'first')).rejects.toMatchObject({ code: 'alliance.second-officer' })
    expect(await take('confirm', version, 'second')).toMatchObject({ state: 'active' })
    expect(await enters()).toBe(true)
    expect(await file()).toMatchObject({ invitedBy: `Officer of ${CUSTOMS}`, confirmedBy: `Officer of ${CUSTOMS}`, state: 'active' })
  })

  it('takes desks of the partner realm only, and an end within three years', async () => {
    await expect(invite({ desk: ZEEBRUGGE })).rejects.toMatchObject({ code: 'alliance.partner-unknown' })
    await expect(invite({ desk: 'no.such.desk' })).rejects.toMatchObject({ code: 'alliance.partner-unknown' })
    for (const days of [0, -1, 3 * 366])
      await expect(invite({ expiresAt: inDays(days) })).rejects.toMatchObject({ code: 'alliance.expiry' })
    await expect(at.call(invitePartnerRoute, as(TERMINAL), {})).rejects.toMatchObject({ status: 404 })
  })

  it('gives a repeat the same answer, and one of two confirmations at once wins', async () => {
    const same = key()
    const { version } = await invite({ key: same })
    expect(await invite({ key: same })).toEqual({ desk: FORWARDER, state: 'invited', version })
    const both = await Promise.allSettled([take('confirm', version, 'second'), take('confirm', version, 'third')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(take('suspend', version, 'second')).rejects.toMatchObject({ code: 'alliance.conflict' })
  })
})

describe('the end of a vetting', () => {
  it('comes by itself, and shuts the door at that instant', async () => {
    const { version } = await invite({ expiresAt: inDays(1) })
    await take('confirm', version, 'second')
    at.advance(24 * 60 - 1)
    expect(await enters()).toBe(true)
    at.advance(1)
    expect([await enters(), (await standing())[0]?.state, (await file())?.state]).toEqual([false, 'expired', 'expired'])
    await expect(take('resume', version + 1, 'second')).rejects.toMatchObject({ code: 'alliance.partner-state' })
  })

  it('is not moved by a renewal before that is confirmed, and is by it then', async () => {
    const first = await invite({ expiresAt: inDays(10) })
    const { version } = await take('confirm', first.version, 'second')
    const renewal = await invite({ expiresAt: inDays(700), kind: 'haulier' })
    expect(renewal.version).toBe(version + 1)
    expect(await standing()).toMatchObject([{ state: 'active', kind: 'forwarder', expiresAt: inDays(10) }])
    await take('confirm', renewal.version, 'second')
    expect(await standing()).toMatchObject([{ state: 'active', kind: 'haulier', expiresAt: inDays(700) }])
  })

  it('by suspension is at once, and lifted only by another officer; withdrawal is final until a new invitation', async () => {
    const first = await invite()
    let { version } = await take('confirm', first.version, 'second')
    version = (await take('suspend', version, 'second')).version
    expect(await enters()).toBe(false)
    await expect(take('resume', version, 'second')).rejects.toMatchObject({ code: 'alliance.second-officer' })
    await expect(invite()).rejects.toMatchObject({ code: 'alliance.partner-state' })
    version = (await take('resume', version, 'first')).version
    expect(await enters()).toBe(true)
    version = (await take('withdraw', version, 'first')).version
    expect(await enters()).toBe(false)
    await expect(take('resume', version, 'second')).rejects.toMatchObject({ code: 'alliance.partner-state' })
    await expect(take('confirm', version, 'second')).rejects.toMatchObject({ code: 'alliance.partner-state' })
    expect((await file())?.open).toEqual(['invite'])
  })
})

describe('who reads what', () => {
  it('shows a partner its standing and nothing of the file, and nothing of other partners', async () => {
    const { version } = await invite()
    await take('confirm', version, 'second')
    await at.vet(HAULIER)
    const told = JSON.stringify(await standing())
    expect(told).not.toMatch(/Secret|first|second|haulier/)
    await expect(at.call(listPartnersRoute, as(FORWARDER), {})).rejects.toMatchObject({ status: 404 })
  })

  it('keeps the files of one desk from another desk of the same authority', async () => {
    await at.vet(LINE)
    expect(await at.call(listPartnersRoute, as(ZEEBRUGGE), {})).toMatchObject({ items: [] })
    // Vetted by one desk is not vetted by another: each answers for its own port.
    await at.vet(LINE, ZEEBRUGGE)
    expect((await at.call<{ items: PartnerStanding[] }>(showStandingRoute, as(LINE), {})).items).toHaveLength(2)
  })

  it('lists page by page, those that expire first on top', async () => {
    for (const desk of [TERMINAL, LINE, HAULIER]) await at.vet(desk)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await at.call<{ items: PartnerFile[]; next?: string }>(listPartnersRoute, as(CUSTOMS), {
        limit: 1,
        ...(cursor === undefined ? {} : { cursor }),
      })
      seen.push(...page.items.map(({ desk }) => desk))
      cursor = page.next
    } while (cursor !== undefined)
    expect(seen.toSorted()).toEqual([HAULIER, TERMINAL, LINE].toSorted())
  })
})
