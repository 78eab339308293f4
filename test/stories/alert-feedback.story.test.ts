import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cargo } from '#modules/cargo'
import { alertFeedback, listAlertReports, listOverdue, moveAlert, showAlert, showAlertReport } from '#modules/cargo/contract'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { actKey, draftOf, issueAndWait } from './draft.ts'

let coalition: TestCoalition
const client = async (account: string) => await coalition.client(account)
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'es-algeciras', 'be-antwerp'], at: '2026-10-12T08:00:00Z' })
})
afterAll(async () => await coalition.stop())

type Step = 'ack' | 'target' | 'control' | 'recordOutcome'
async function move(account: string, alert: string, transition: Step, fields: Record<string, unknown> = {}): Promise<void> {
  const desk = await client(account)
  const { parties } = await desk.call(showAlert, { alert })
  const party = parties.find(({ open }) => open.includes(transition))
  if (party === undefined) throw new Error(`${account} cannot ${transition}.`)
  await desk.call(moveAlert, { alert, caseId: party.caseId, transition, fields, version: party.version, key: actKey() })
}
const stateAtSender = async (alert: string, desk: string) =>
  (await (await client('guayaquil')).call(showAlert, { alert })).parties.find((party) => party.desk === desk)?.state
const figures = async (account: string) => await (await client(account)).call(alertFeedback, {})

describe('a sender', () => {
  let alert = ''

  it('sees by port who has not acknowledged when the clock rang, and so does the desk that is late', async () => {
    alert = await issueAndWait(coalition, draftOf(coalition, { reasons: ['seal-anomaly', 'route-anomaly'] }), {
      from: await client('guayaquil'),
      seenBy: [await client('algeciras'), await client('antwerp')],
    })
    await move('antwerp', alert, 'ack')
    await coalition.eventually(
      async () => await stateAtSender(alert, 'be.customs.antwerp'),
      (state) => state === 'acknowledged',
    )
    expect((await (await client('guayaquil')).call(listOverdue, {})).items).toEqual([])
    coalition.clock.advance(6)
    await coalition.sweep()
    const late = { place: 'ESALG', desk: 'es.customs.algeciras', missing: 'acknowledgement', state: 'issued' }
    const seen = await (await client('guayaquil')).call(listOverdue, {})
    expect(seen).toMatchObject({
      ports: [{ place: 'ESALG', acknowledgement: 1, action: 0, outcome: 0 }],
      items: [{ alert, side: 'issued', ...late }],
      leftOut: 0,
    })
    expect((await (await client('algeciras')).call(listOverdue, {})).items).toMatchObject([{ alert, side: 'received', ...late }])
    expect((await (await client('antwerp')).call(listOverdue, {})).items).toEqual([])
    expect((await (await client('guayaquil')).call(listOverdue, { place: 'BEANR' })).items).toEqual([])
  })

  it('sees the outcome, and the figures of its indicators change by exactly one', async () => {
    const before = await figures('guayaquil')
    const at = coalition.clock.now().toISOString()
    await move('antwerp', alert, 'target')
    await move('antwerp', alert, 'control', { controlKind: 'scan', controlPlace: 'Dock 730', controlledAt: at })
    await move('antwerp', alert, 'recordOutcome', {
      outcome: 'positive',
      foundKind: 'cocaine',
      foundPlace: 'near-doors',
      foundKilograms: 120,
    })
    await coalition.eventually(
      async () => await stateAtSender(alert, 'be.customs.antwerp'),
      (state) => state === 'positive',
    )
    const after = await figures('guayaquil')
    const antwerp = { sender: 'ec.pcu.guayaquil', receiver: 'be.customs.antwerp', sent: 1, inTime: 1 }
    const algeciras = { receiver: 'es.customs.algeciras', sent: 1, inTime: 0, checked: 0, found: 0 }
    expect(before.pairs).toMatchObject([{ ...antwerp, checked: 0, found: 0 }, algeciras])
    expect(after.pairs).toMatchObject([{ ...antwerp, checked: 1, found: 1, rate: { share: 1 } }, algeciras])
    expect(after.indicators.map(({ receiver, reason, found }) => [receiver, reason, found])).toEqual([
      ['be.customs.antwerp', 'route-anomaly', 1],
      ['be.customs.antwerp', 'seal-anomaly', 1],
      ['es.customs.algeciras', 'route-anomaly', 0],
      ['es.customs.algeciras', 'seal-anomaly', 0],
    ])
    // A receiver counts what it received, and nothing that passed between others.
    expect((await figures('antwerp')).pairs).toMatchObject([{ ...antwerp, checked: 1, found: 1 }])
    expect((await figures('antwerp')).pairs).toHaveLength(1)
    expect((await figures('zeebrugge')).pairs).toEqual([])
    await expect((await client('guayaquil')).call(alertFeedback, { from: '2026-10-02', until: '2026-10-01' })).rejects.toMatchObject({
      status: 422,
    })
  })

  it('misses an outcome from a port once the box has come there', async () => {
    await move('algeciras', alert, 'ack')
    coalition.clock.advance(9 * 24)
    await coalition.eventually(
      async () => (await (await client('guayaquil')).call(listOverdue, {})).items,
      (items) => items.some(({ missing, place }) => missing === 'outcome' && place === 'ESALG'),
    )
  })

  it('has a report of the month when it is over, once, and no other desk has it', async () => {
    const { services } = coalition.node('ec-guayaquil')
    const job = cargo.jobs.find(({ name }) => name === 'cargo.report-alerts')
    const make = async (month: string) => await job?.run({ month }, services)
    await make('2026-10')
    coalition.clock.advance(12 * 24)
    expect((await (await client('guayaquil')).call(listAlertReports, {})).items).toEqual([])
    await make('2026-10')
    await make('2026-10')
    const months = (await (await client('guayaquil')).call(listAlertReports, {})).items
    expect(months).toMatchObject([{ month: '2026-10', sent: 2 }])
    const { report } = await (await client('guayaquil')).call(showAlertReport, { month: '2026-10' })
    expect(report).toMatchObject({ total: { sent: 2, inTime: 1, checked: 1, found: 1 }, leftOut: 0 })
    expect(report.alerts.map(({ receiver, outcome }) => [receiver, outcome])).toEqual([
      ['be.customs.antwerp', 'positive'],
      ['es.customs.algeciras', undefined],
    ])
    expect(JSON.stringify(report)).not.toContain('MSCU')
    for (const other of ['antwerp', 'algeciras'])
      await expect((await client(other)).call(showAlertReport, { month: '2026-10' })).rejects.toMatchObject({ status: 404 })
  })
})
