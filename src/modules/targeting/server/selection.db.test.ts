/** A day: proposal, decisions by name, outcomes with a deadline, and what they tell about rules. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ArrivalRow, ArrivalView, EffectivenessRow, OutcomeRow, SelectionView } from '../contract.ts'
import { findingsMigration } from '../findings-migration.ts'
import { closeSelectionRoute, decideRoute, undoDecisionRoute } from './decisions.ts'
import { listEffectivenessRoute } from './effectiveness.ts'
import { listOutcomesRoute, recordOutcomeRoute } from './outcomes.ts'
import { listQueueRoute } from './queue.ts'
import { proposeSelectionRoute, repeatDrawRoute, setCapacityRoute } from './selections.ts'
import { showArrivalRoute } from './show-arrival.ts'
import { showSelectionRoute } from './show-selection.ts'
import { sweep } from './sweep.ts'
import { takeArrivals } from './take-arrivals.ts'
import { DAY, OVERSIGHT, officer, startTargetingStore, type TargetingStore, ZEEBRUGGE } from './targeting.fixture.ts'

let store: TargetingStore
let selection: string
const ARRIVALS = 300
const containerOf = (at: number) => `QGNU${String(2_000_000 + at)}`

beforeAll(async () => {
  store = await startTargetingStore()
  await store.document({ boxes: Array.from({ length: ARRIVALS }, (_, at) => ({ container: containerOf(at), weight: 10_000 + at })) })
  for (const at of [5, 6, 7]) await store.alert(`alert-${at}`, containerOf(at))
  await takeArrivals(store.services)
})
afterAll(async () => await store.stop())

const queue = async (show: string, limit = 200) =>
  (await store.call<{ items: ArrivalRow[] }>(listQueueRoute, { port: 'BEANR', day: DAY, show, limit })).items
const decideAll = async (decisions: readonly Record<string, unknown>[], facts = officer('one')) =>
  await store.call<{ decided: number; undecided: number }>(decideRoute, { selection, decisions, key: randomUUID() }, facts)
const outcomes = async (state: string, more: Record<string, unknown> = {}) =>
  await store.call<{ items: OutcomeRow[]; next?: string; due: number; overdue: number }>(listOutcomesRoute, { state, ...more })

describe('a selection', () => {
  it('needs a capacity, and proposes mandatory hits, random and novelty strata with their probabilities', async () => {
    await expect(store.call(proposeSelectionRoute, { port: 'BEANR', day: DAY, key: randomUUID() })).rejects.toThrow('targeting.no-capacity')
    await store.call(setCapacityRoute, { port: 'BEANR', day: DAY, capacity: 40 }, officer('lead'))
    const key = randomUUID()
    const proposed = await store.call<{ selection: string; selected: number; candidates: number }>(proposeSelectionRoute, {
      port: 'BEANR',
      day: DAY,
      key,
    })
    selection = proposed.selection
    expect(proposed).toMatchObject({ selected: 40, candidates: ARRIVALS })
    expect(await store.call(proposeSelectionRoute, { port: 'BEANR', day: DAY, key })).toEqual(proposed)
    const shown = await store.call<SelectionView>(showSelectionRoute, { selection })
    expect(shown.strata.map(({ stratum, selected }) => [stratum, selected])).toEqual([
      ['mandatory', 3],
      ['top', 33],
      ['random', 2],
      ['novelty', 2],
    ])
    const rows = await queue('selected')
    expect(rows.slice(0, 3).every(({ selected }) => selected?.stratum === 'mandatory' && selected.probability === 1)).toBe(true)
    expect(rows.every(({ selected }) => (selected?.probability ?? 0) > 0)).toBe(true)
  })

  it('can be drawn again by the desk and by oversight, and shows when what was kept was changed', async () => {
    const lead = { ...officer('lead'), roles: ['supervisor'] as const }
    const again = await store.call<{ same: boolean; digestMatches: boolean; candidates: number }>(repeatDrawRoute, { selection }, lead)
    expect(again).toMatchObject({ same: true, digestMatches: true, candidates: ARRIVALS })
    expect(await store.call(repeatDrawRoute, { selection }, officer('dpo', OVERSIGHT, ['data-protection']))).toEqual(again)
    await expect(store.call(repeatDrawRoute, { selection }, officer('z', ZEEBRUGGE))).rejects.toThrow('not-found')
    await store.rows("update targeting.draws set candidates = jsonb_set(candidates, '{-1,3}', '1')")
    expect(await store.call(repeatDrawRoute, { selection }, lead)).toMatchObject({ same: false, digestMatches: false })
    await store.rows("update targeting.draws set candidates = jsonb_set(candidates, '{-1,3}', '0')")
  })

  it('is decided by name, all or none, with reasons for leaving and re-routing', async () => {
    const rows = await queue('undecided')
    const [first, second, third] = rows.map(({ arrival }) => arrival)
    const refused = async (...decisions: Record<string, unknown>[]) =>
      await decideAll(decisions).then(
        () => '',
        (error: Error) => error.message,
      )
    expect(await refused({ arrival: first, decision: 'take' }, { arrival: second, decision: 'leave' })).toContain(
      'targeting.decision-invalid',
    )
    expect(await refused({ arrival: first, decision: 'leave', reason: 'other' })).toContain('targeting.decision-invalid')
    expect(await refused({ arrival: first, decision: 'reroute', reason: 'scan-suffices' })).toContain('targeting.decision-invalid')
    expect(await refused({ arrival: randomUUID(), decision: 'take' })).toContain('targeting.decision-invalid')
    expect(await refused({ arrival: first, decision: 'take' }, { arrival: first, decision: 'take' })).toContain(
      'targeting.decision-invalid',
    )
    expect((await queue('undecided')).length).toBe(40)
    expect(
      await decideAll([
        { arrival: first, decision: 'take' },
        { arrival: second, decision: 'leave', reason: 'explained-by-documents' },
        { arrival: third, decision: 'reroute', reason: 'scan-suffices', to: 'scan' },
      ]),
    ).toMatchObject({ decided: 3, undecided: 37 })
    expect((await queue('taken'))[0]?.decision).toMatchObject({ officer: 'o.one', name: 'Officer one', decision: 'take' })
    await expect(
      store.call(decideRoute, { selection, decisions: [{ arrival: first, decision: 'take' }], key: randomUUID() }, officer('z', ZEEBRUGGE)),
    ).rejects.toThrow('not-found')
  })

  it('takes decisions back while it is open, and keeps them when it is proposed anew', async () => {
    const [taken] = await queue('taken')
    expect(await store.call(undoDecisionRoute, { selection, arrivals: [taken?.arrival] })).toMatchObject({ undone: 1 })
    expect((await queue('undecided')).length).toBe(38)
    await decideAll([{ arrival: taken?.arrival, decision: 'take' }])
    await store.call(proposeSelectionRoute, { port: 'BEANR', day: DAY, key: randomUUID() })
    expect((await queue('taken')).map(({ arrival }) => arrival)).toEqual([taken?.arrival])
    expect((await queue('left')).length).toBe(1)
    const { decisions } = await store.call<ArrivalView>(showArrivalRoute, { arrival: taken?.arrival })
    expect(decisions.map(({ undone }) => undone?.name)).toEqual([undefined, 'Officer one'])
  })

  it('lets an officer take what was not proposed, with a note, outside every estimate', async () => {
    const free = (await queue('all')).find(({ selected }) => selected === undefined)
    await expect(decideAll([{ arrival: free?.arrival, decision: 'take' }])).rejects.toThrow('targeting.decision-invalid')
    await expect(decideAll([{ arrival: free?.arrival, decision: 'leave', reason: 'safety' }])).rejects.toThrow('targeting.decision-invalid')
    await decideAll([{ arrival: free?.arrival, decision: 'take', note: 'smelled of glue' }])
    const taken = (await queue('taken')).find(({ arrival }) => arrival === free?.arrival)
    expect(taken?.selected).toEqual({ selection, stratum: 'officer' })
  })

  it('closes once everything is decided, and outcomes fall due by the calendar of the desk', async () => {
    await expect(store.call(closeSelectionRoute, { selection })).rejects.toThrow('targeting.undecided')
    const open = await queue('undecided')
    await decideAll(open.map(({ arrival }) => ({ arrival, decision: 'take' })))
    const closed = await store.call<{ outcomesDue: number; firstDueAt: string }>(closeSelectionRoute, { selection })
    expect(closed.outcomesDue).toBe((await queue('taken')).length + (await queue('rerouted')).length)
    // Three working days after Wednesday 10 March: Monday, at its end.
    expect(closed.firstDueAt).toBe('2027-03-15T23:00:00.000Z')
    await expect(decideAll([{ arrival: open[0]?.arrival, decision: 'leave', reason: 'safety' }])).rejects.toThrow(
      'targeting.selection-closed',
    )
    await expect(store.call(proposeSelectionRoute, { port: 'BEANR', day: DAY, key: randomUUID() })).rejects.toThrow(
      'targeting.selection-closed',
    )
    await expect(store.call(setCapacityRoute, { port: 'BEANR', day: DAY, capacity: 9 }, officer('lead'))).rejects.toThrow(
      'targeting.selection-closed',
    )
  })
})

describe('outcomes', () => {
  it('are complete or refused, and only of what was taken', async () => {
    const [row] = (await outcomes('due')).items
    const [left] = await queue('left')
    const refused = async (outcome: Record<string, unknown>) =>
      await store.call(recordOutcomeRoute, { outcomes: [outcome], key: randomUUID() }).then(
        () => '',
        (error: Error) => error.message,
      )
    expect(await refused({ arrival: row?.arrival, kind: 'nothing' })).toContain('targeting.outcome-invalid')
    expect(await refused({ arrival: row?.arrival, kind: 'found', means: 'opened' })).toContain('targeting.outcome-invalid')
    expect(await refused({ arrival: row?.arrival, kind: 'not-checked' })).toContain('targeting.outcome-invalid')
    expect(await refused({ arrival: row?.arrival, kind: 'not-found-in-time', means: 'scanned' })).toContain('targeting.outcome-invalid')
    expect(await refused({ arrival: left?.arrival, kind: 'nothing', means: 'opened' })).toContain('targeting.not-taken')
    expect(
      await refused({ arrival: row?.arrival, kind: 'found', means: 'opened', found: [{ kind: 'cocaine', kilograms: -1, place: 'cargo' }] }),
    ).not.toBe('')
  })

  it('are listed as owed, page by page, then as overdue, which is told once a day', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await outcomes('due', { limit: 7, ...(cursor === undefined ? {} : { cursor }) })
      seen.push(...page.items.map(({ arrival }) => arrival))
      cursor = page.next
    } while (cursor !== undefined)
    const { due } = await outcomes('due')
    expect(new Set(seen).size).toBe(due)
    store.advance(7 * 24)
    expect(await outcomes('overdue')).toMatchObject({ due, overdue: due })
    await sweep(store.services)
    await sweep(store.services)
    expect(await store.rows("select 1 from audit.events where event = 'targeting.outcomes-overdue'")).toHaveLength(1)
    store.advance(-7 * 24)
  })

  it('tell next morning how well mandatory hits, scores and random controls did, and rank nothing below thirty', async () => {
    const { items } = await outcomes('due', { limit: 200 })
    const drafts = items.map(({ arrival, stratum }, at) =>
      stratum === 'mandatory' && at % 2 === 0
        ? { arrival, kind: 'found', means: 'opened', found: [{ kind: 'cocaine', kilograms: 120, place: 'door-end' }] }
        : at === items.length - 1
          ? { arrival, kind: 'not-checked', reason: 'no-staff' }
          : { arrival, kind: 'nothing', means: 'scanned' },
    )
    const key = randomUUID()
    expect(await store.call(recordOutcomeRoute, { outcomes: drafts, key })).toEqual({ recorded: drafts.length })
    expect(await store.call(recordOutcomeRoute, { outcomes: drafts, key })).toEqual({ recorded: drafts.length })
    expect(await outcomes('due')).toMatchObject({ items: [], due: 0, overdue: 0 })
    expect((await outcomes('recorded')).items[0]?.recorded).toMatchObject({ officer: 'o.one' })
    const table = await store.call<{ rows: EffectivenessRow[]; leftOut: number }>(listEffectivenessRoute, {
      from: '2027-03',
      to: '2027-03',
    })
    const row = (kind: string) => table.rows.find((each) => each.kind === kind)
    expect(row('alert')).toMatchObject({ hits: 3, selected: 3 })
    expect(row('random')).toMatchObject({ selected: 2 })
    expect(row('officer')).toMatchObject({ selected: 1, inspected: 1, withoutProbability: 1 })
    expect(row('officer')).not.toHaveProperty('precision')
    const counted = table.rows.filter(({ kind }) => ['alert', 'score', 'random', 'novelty', 'officer'].includes(kind))
    expect(counted.reduce((sum, each) => sum + each.inspected + each.notChecked + each.notFoundInTime, 0)).toBe(drafts.length)
    for (const each of table.rows) expect(each.rank === undefined).toBe((each.precision?.n ?? 0) < 30)
    const split = await store.call<{ rows: EffectivenessRow[] }>(listEffectivenessRoute, {
      from: '2027-03',
      to: '2027-03',
      by: 'port-month',
    })
    expect(split.rows.find(({ kind }) => kind === 'alert')).toMatchObject({ port: 'BEANR', month: '2027-03', hits: 3 })
    const other = await store.call<{ rows: EffectivenessRow[] }>(
      listEffectivenessRoute,
      { from: '2027-03', to: '2027-03' },
      officer('z', ZEEBRUGGE),
    )
    expect(other.rows.every(({ hits, selected }) => hits === 0 && selected === 0)).toBe(true)
  })

  it('can be corrected, and both records are kept', async () => {
    const [row] = (await outcomes('recorded', { limit: 200 })).items.filter(({ recorded }) => recorded?.kind === 'nothing')
    await store.call(recordOutcomeRoute, { outcomes: [{ arrival: row?.arrival, kind: 'seal-broken', means: 'opened' }], key: randomUUID() })
    expect(await store.rows(`select kind from targeting.outcomes where arrival = '${row?.arrival ?? ''}'`)).toHaveLength(2)
    expect((await outcomes('recorded', { limit: 200 })).items.find(({ arrival }) => arrival === row?.arrival)?.recorded?.kind).toBe(
      'seal-broken',
    )
  })

  it('take their finding back when they are corrected, and bring it again', async () => {
    const [row, other] = (await outcomes('recorded', { limit: 200 })).items.filter(({ recorded }) => recorded?.kind === 'nothing')
    const told = async () =>
      (await store.rows<{ source: string }>(`select source from cargo.findings where source like '%${row?.arrival ?? ''}'`)).length
    const record = async (outcome: Record<string, unknown>, facts = officer('one')) =>
      await store.call(recordOutcomeRoute, { outcomes: [{ arrival: row?.arrival, means: 'opened', ...outcome }], key: randomUUID() }, facts)
    const found = [{ kind: 'cocaine', kilograms: 120, place: 'door-end' }]
    for (const each of [row, other]) await record({ arrival: each?.arrival, kind: 'found', found })
    expect(await told()).toBe(1)
    await record({ kind: 'nothing' }, officer('two'))
    expect(await told()).toBe(0)
    await record({ kind: 'found', found })
    await record({ kind: 'found', found })
    expect(await told()).toBe(1)
    await record({ kind: 'seal-broken' })
    expect(await told()).toBe(0)
    // That of another box stays.
    expect(await store.rows(`select 1 from cargo.findings where source = 'targeting ${other?.arrival ?? ''}'`)).toHaveLength(1)
  })

  it('that were corrected before leave no finding behind', async () => {
    const [wrong] = (await outcomes('recorded', { limit: 200 })).items.filter(({ recorded }) => recorded?.kind === 'nothing')
    await store.rows(
      `insert into cargo.findings (authority, desk, source, container, found_at, audience) values ('be.customs', 'be.customs.antwerp', 'targeting ${wrong?.arrival ?? ''}', 'QGNU2000000', now(), '{}')`,
    )
    const before = await store.rows('select 1 from cargo.findings')
    for (const statement of findingsMigration.statements) if (statement.startsWith('delete')) await store.rows(statement)
    expect(await store.rows('select 1 from cargo.findings')).toHaveLength(before.length - 1)
  })
})
