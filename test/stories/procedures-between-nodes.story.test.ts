/**
 * A case between nodes that runs by its data alone: it is sent, arrives, is answered, and both sides see the same state, clocks and history, each of its
 * values as far as they are for it.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CaseOnScreen, openCase, showCase, takeStep } from '#modules/procedures/contract'
import type { Client } from '../../src/app/client.ts'
import { AUTHORITIES } from '../../src/testing/authorities.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'

let coalition: TestCoalition
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['es-algeciras', 'be-antwerp'], also: AUTHORITIES })
})
afterAll(async () => await coalition.stop())

const step = async (client: Client, seen: CaseOnScreen, transition: string, fields: Record<string, unknown> = {}) =>
  await client.call(takeStep, { case: seen.case, transition, fields, version: seen.version, key: randomUUID() })
/** Cases that a desk has on a node, read past all locks: for finding what arrived, and for seeing that nothing did. */
const held = async (node: string, desk: string): Promise<readonly string[]> =>
  await coalition.node(node).services.database.asWorker('test', async (tx) => {
    const { rows } = await sql<{ case_id: string }>`select case_id from procedures.cases where party = ${desk} order by case_id`.execute(tx)
    return rows.map((row) => row.case_id)
  })
const arrived = async (node: string, desk: string, count = 1): Promise<string> =>
  (
    await coalition.eventually(
      async () => await held(node, desk),
      (ids) => ids.length >= count,
    )
  ).at(-1) ?? ''
const look = async (client: Client, id: string) => await client.call(showCase, { case: id })

describe('a drug alert from Belgium to Spain', () => {
  it('is a draft of one desk until it is sent, then a case of both', async () => {
    const be = await coalition.client('be.federal.antwerp', 'criminal-investigation')
    const es = await coalition.client('spain-spoc', 'criminal-investigation')
    const opened = await be.call(openCase, {
      procedure: 'PR-26',
      parties: { recipient: ['es.police.spoc'] },
      values: {},
      key: randomUUID(),
    })
    await step(be, await look(be, opened.case), 'assess', {
      substance: 'nitazene in tablets',
      risk: 'adulterant',
      foundOn: '2026-11-20',
      caseReference: 'OUR-SECRET-CASE',
    })
    const draft = await look(be, opened.case)
    expect(draft).toMatchObject({ state: 'assessed', label: 'nitazene in tablets' })
    expect(draft.clocks).toMatchObject([{ id: 'relay', state: 'running', kind: 'policy' }])
    expect(await held('es-algeciras', 'es.police.spoc')).toEqual([])

    await step(be, draft, 'relay')
    const theirs = await look(es, await arrived('es-algeciras', 'es.police.spoc'))
    const ours = await look(be, opened.case)
    expect(theirs.reference).toBe(ours.reference)
    expect(theirs).toMatchObject({ state: 'relayed', label: 'nitazene in tablets', role: 'recipient' })
    expect(theirs.values).toMatchObject({ substance: 'nitazene in tablets' })
    expect(JSON.stringify(theirs)).not.toContain('OUR-SECRET-CASE')
    expect(ours.clocks[0]?.state).toBe('met')
    expect(theirs.clocks.map(({ id, safe, state }) => [id, safe, state])).toEqual(
      ours.clocks.map(({ id, safe, state }) => [id, safe, state]),
    )

    await step(be, ours, 'approvePublic', { publicText: 'Strong opioid in tablets.', noCaseData: true })
    const followed = await coalition.eventually(
      async () => await look(es, theirs.case),
      (seen) => seen.state === 'public',
    )
    expect(followed.values['publicText']).toBe('Strong opioid in tablets.')
    expect(followed.values['noCaseData']).toBeUndefined()
  })
})
