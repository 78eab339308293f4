/** Incident reports: to the desk of the port, answered to the reporter, read by nobody else. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { IncidentView } from '../contract.ts'
import { type AllianceStore, sessionOf as as, CUSTOMS, FORWARDER, HAULIER, key, startAllianceStore, ZEEBRUGGE } from './alliance.fixture.ts'
import { answerIncidentRoute, listIncidentsRoute, reportIncidentRoute, showIncidentRoute } from './incidents.ts'

let at: AllianceStore
beforeAll(async () => {
  at = await startAllianceStore()
  await at.vet(FORWARDER)
})
afterAll(async () => await at.stop())

const TEXT = 'Somebody asked our clerk for the planned time of a box.'
const report = async (change: Readonly<Record<string, unknown>> = {}) =>
  await at.call<{ incident: string }>(reportIncidentRoute, as(FORWARDER), {
    kind: 'staff-approached',
    port: 'BEANR',
    container: 'mscu 663987-0',
    happenedAt: at.now().toISOString(),
    text: TEXT,
    privilegeWarningRead: true,
    key: key(),
    ...change,
  })
const show = async (desk: string, incident: string) => await at.call<IncidentView>(showIncidentRoute, as(desk), { incident })

it('goes to the desk of the port, and the reporter learns what it changed', async () => {
  const { incident } = await report()
  expect(await show(CUSTOMS, incident)).toMatchObject({
    text: TEXT,
    container: 'MSCU6639870',
    state: 'reported',
    reportedBy: { desk: FORWARDER },
  })
  await at.call(answerIncidentRoute, as(CUSTOMS), { incident, text: 'We look into it.', close: false, version: 0 })
  await at.call(answerIncidentRoute, as(CUSTOMS), { incident, text: 'The terminal changed its access.', close: true, version: 1 })
  expect(await show(FORWARDER, incident)).toMatchObject({
    state: 'closed',
    answers: [{ text: 'We look into it.' }, { text: 'The terminal changed its access.' }],
  })
  await expect(at.call(answerIncidentRoute, as(CUSTOMS), { incident, text: 'Again', close: false, version: 1 })).rejects.toMatchObject({
    code: 'alliance.conflict',
  })
})

it('is seen by no other partner, no other desk, and answered by no partner', async () => {
  const { incident } = await report()
  for (const desk of [HAULIER, ZEEBRUGGE]) {
    await expect(show(desk, incident)).rejects.toMatchObject({ status: 404 })
    expect(await at.call(listIncidentsRoute, as(desk), {})).toEqual({ items: [] })
  }
  await expect(at.call(answerIncidentRoute, as(FORWARDER), { incident, text: 'Mine', close: true, version: 0 })).rejects.toMatchObject({
    status: 404,
  })
})

it('is taken only from a vetted partner that read the warning, once, and about the past', async () => {
  const same = key()
  const first = await report({ key: same })
  expect(await report({ key: same })).toEqual(first)
  await expect(report({ privilegeWarningRead: false })).rejects.toThrow('expected true')
  await expect(report({ happenedAt: new Date(at.now().getTime() + 60_000).toISOString() })).rejects.toMatchObject({ code: 'alliance.time' })
  await expect(report({ port: 'NLRTM' })).rejects.toMatchObject({ code: 'alliance.port' })
  await expect(
    at.call(reportIncidentRoute, as(HAULIER), {
      kind: 'seal',
      port: 'BEANR',
      happenedAt: at.now().toISOString(),
      text: TEXT,
      privilegeWarningRead: true,
      key: key(),
    }),
  ).rejects.toMatchObject({
    code: 'alliance.not-vetted',
  })
})

it('lies encrypted in the store', async () => {
  await report()
  expect(JSON.stringify(await at.rows('select * from alliance.incidents'))).not.toContain('clerk')
})

it('is listed page by page and by state', async () => {
  const all: string[] = []
  let cursor: string | undefined
  do {
    const page = await at.call<{ items: { incident: string }[]; next?: string }>(listIncidentsRoute, as(CUSTOMS), {
      limit: 2,
      ...(cursor === undefined ? {} : { cursor }),
    })
    all.push(...page.items.map(({ incident }) => incident))
    cursor = page.next
  } while (cursor !== undefined)
  expect(all).toHaveLength((await at.rows('select 1 from alliance.incidents')).length)
  expect(new Set(all).size).toBe(all.length)
  expect((await at.call<{ items: unknown[] }>(listIncidentsRoute, as(CUSTOMS), { state: 'closed' })).items).toHaveLength(1)
})
