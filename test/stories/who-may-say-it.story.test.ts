/**
 * A node speaks with its own key for its own desk, and says what is not for that desk to say: the terminal lifts the hold that customs asked for, a recipient lets an alert
 * run out, changes it or takes it back. Nothing changes, the log says why, and the sender learns nothing of it.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listPortActions, movePortAction, requestPortAction, showAlert, showPortAction } from '#modules/cargo/contract'
import { move } from '../../src/app/demo/story.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { actKey, draftOf, HOUR, issueAndWait } from './draft.ts'

const CUSTOMS = { org: 'be.customs', unit: 'be.customs.antwerp' }
const TERMINAL = { org: 'be.terminal.antwerp', unit: 'be.terminal.antwerp.operations' }
const ALGECIRAS = { org: 'es.customs', unit: 'es.customs.algeciras' }
const GUAYAQUIL = { org: 'ec.pcu', unit: 'ec.pcu.guayaquil' }

let coalition: TestCoalition
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'es-algeciras', 'be-antwerp'] })
})
afterAll(async () => await coalition.stop())

const instant = (hours: number) => new Date(coalition.clock.now().getTime() + hours * HOUR).toISOString()

interface Said {
  readonly from: { readonly org: string; readonly unit: string }
  readonly to: { readonly org: string; readonly unit: string }
  readonly kind: 'push' | 'response' | 'feedback' | 'update' | 'recall'
  readonly context: string
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

/** What the software of a node could be made to send. */
async function say(node: string, { from, to, kind, context, type, data }: Said): Promise<void> {
  const { services } = coalition.node(node)
  await services.database.asWorker('test', async (tx) => {
    await services.submit(tx, {
      from,
      to: [to],
      kind,
      context,
      urgency: 'immediate',
      expiresAt: instant(24),
      purpose: 'customs-control',
      legalBasis: { act: 'Coalition policy', art: 'test' },
      handling: { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] },
      evaluation: { source: 'A', info: 1 },
      personalData: { yes: false, categories: [] },
      retention: { reviewAt: instant(24), deleteBy: instant(48) },
      body: { type, data },
    })
  })
  await coalition.quiet()
}

/** Refusals of messages of a kind that the log of a node holds, and what senders were told of deliveries of it. */
async function refusals(node: string, event: string): Promise<string[]> {
  return await coalition.node(node).services.database.asWorker('test', async (tx) => {
    const { rows } = await sql<{ reason: string }>`
      select reason from audit.events where event = ${event} and outcome = 'refused' order by id`.execute(tx)
    return rows.map(({ reason }) => reason)
  })
}
async function unprocessable(node: string): Promise<number> {
  return await coalition.node(node).services.database.asWorker('test', async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from link.messages where state = 'quarantined'`.execute(tx)
    return rows[0]?.n ?? 0
  })
}

describe('a hold in the port', () => {
  let action = ''
  const step = (transition: string) => ({ action, transition, at: instant(0), fields: {} })
  const stateFor = async (account: string) => (await (await coalition.client(account)).call(showPortAction, { action })).state

  beforeAll(async () => {
    const antwerp = await coalition.client('antwerp')
    const terminal = await coalition.client('terminal')
    const asked = {
      partner: TERMINAL.unit,
      container: 'MSCU6639870',
      action: 'hold' as const,
      until: instant(12),
      legalBasisText: 'General Customs Act, power to hold goods',
      contact: 'Duty desk',
      key: actKey(),
    }
    action = (await antwerp.call(requestPortAction, asked)).action
    await coalition.eventually(
      async () => (await terminal.call(listPortActions, {})).items,
      (items) => items.some((each) => each.action === action),
    )
  })

  it('is not confirmed by who asked for it in the name of the terminal', async () => {
    const said = { from: CUSTOMS, to: TERMINAL, kind: 'response', context: action, type: 'cargo.port-action-progress' } as const
    await say('be-antwerp', { ...said, data: step('confirm') })
    expect(await stateFor('terminal')).toBe('sent')
    expect(await refusals('be-antwerp', 'cargo.port-action-progress-received')).toEqual(['the step is not for the sender to take'])
  })

  it('is not lifted by the terminal', async () => {
    const terminal = await coalition.client('terminal')
    const { version } = await terminal.call(showPortAction, { action })
    await terminal.call(movePortAction, { action, transition: 'confirm', version, key: actKey() })
    await coalition.eventually(
      async () => await stateFor('antwerp'),
      (state) => state === 'confirmed',
    )
    const said = { from: TERMINAL, to: CUSTOMS, kind: 'response', context: action, type: 'cargo.port-action-progress' } as const
    await say('be-antwerp', { ...said, data: step('release') })
    const seen = await (await coalition.client('antwerp')).call(showPortAction, { action })
    expect(seen).toMatchObject({ state: 'confirmed', open: ['release'] })
    expect(await refusals('be-antwerp', 'cargo.port-action-progress-received')).toHaveLength(2)
  })

  it('is still lifted by who asked for it', async () => {
    const antwerp = await coalition.client('antwerp')
    const { version } = await antwerp.call(showPortAction, { action })
    await antwerp.call(movePortAction, { action, transition: 'release', version, key: actKey() })
    await coalition.eventually(
      async () => await stateFor('terminal'),
      (state) => state === 'released',
    )
    expect(await unprocessable('be-antwerp')).toBe(0)
  })
})

describe('an alert', () => {
  let alert = ''
  const seenBy = async (account: string) => await (await coalition.client(account)).call(showAlert, { alert })
  const legAt = async (account: string) => (await seenBy(account)).parties.find(({ desk }) => desk === ALGECIRAS.unit)

  beforeAll(async () => {
    const [guayaquil, algeciras, antwerp] = [
      await coalition.client('guayaquil'),
      await coalition.client('algeciras'),
      await coalition.client('antwerp'),
    ]
    alert = await issueAndWait(coalition, draftOf(coalition), { from: guayaquil, seenBy: [algeciras, antwerp] })
    await move(algeciras, alert, { transition: 'ack' })
    await coalition.eventually(
      async () => await legAt('guayaquil'),
      (leg) => leg?.state === 'acknowledged',
    )
  })

  it('does not run out for its originator because a recipient says so', async () => {
    const said = { from: ALGECIRAS, to: GUAYAQUIL, kind: 'feedback', context: alert, type: 'cargo.alert-progress' } as const
    await say('es-algeciras', { ...said, data: { alert, transition: 'expire', at: instant(0), fields: {} } })
    expect((await legAt('guayaquil'))?.state).toBe('acknowledged')
    expect(await refusals('ec-guayaquil', 'cargo.alert-progress-received')).toEqual(['the step is not for the sender to take'])
  })

  it('is neither changed nor taken back by one recipient at another', async () => {
    const before = await seenBy('antwerp')
    const { content, parties } = before
    const said = { from: ALGECIRAS, to: CUSTOMS, context: alert } as const
    const recipient = { role: 'responsible', place: 'BEANR', eta: instant(300) }
    const data = { alert, issuedAt: before.issuedAt, content: { ...content, narrative: 'Nothing to see.' }, recipient }
    await say('es-algeciras', { ...said, kind: 'push', type: 'cargo.alert', data })
    await say('es-algeciras', { ...said, kind: 'update', type: 'cargo.alert-update', data: { ...data, reason: 'Test' } })
    await say('es-algeciras', { ...said, kind: 'recall', type: 'cargo.alert-withdrawn', data: { alert, because: 'recalled' } })
    const after = await seenBy('antwerp')
    expect(after.content).toEqual(content)
    expect(after.parties.map(({ state, history }) => ({ state, history }))).toEqual(
      parties.map(({ state, history }) => ({ state, history })),
    )
    for (const event of ['cargo.alert-received', 'cargo.alert-update-received', 'cargo.alert-withdrawal-received'])
      expect(await refusals('be-antwerp', event), event).toHaveLength(1)
    expect(await unprocessable('be-antwerp')).toBe(0)
  })

  it('gets no further leg at the desk that issued it', async () => {
    const { content, issuedAt } = await seenBy('antwerp')
    const recipient = { role: 'involved', place: 'ESALG', eta: instant(300) }
    const said = { from: ALGECIRAS, to: GUAYAQUIL, kind: 'push', context: alert, type: 'cargo.alert' } as const
    await say('es-algeciras', { ...said, data: { alert, issuedAt, content, recipient } })
    expect((await seenBy('guayaquil')).parties.map(({ desk }) => desk).sort()).toEqual([CUSTOMS.unit, ALGECIRAS.unit])
    expect(await refusals('ec-guayaquil', 'cargo.alert-received')).toHaveLength(1)
  })
})
