/**
 * One step of a case at the API: session, decision, guards, form, history, clocks, notice of the screens, entry of the log. The peer writes a state and a line
 * of history in one transaction of plain SQL, and decides and records nothing.
 */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { openCase, takeStep } from '../src/modules/procedures/contract.ts'
import { benchCoalition, percentile } from './bench-coalition.ts'
import type { BenchRow } from './bench-row.ts'

const WARM = 20
const STEPS = 200
const FINDING = { substance: 'Nitazene', risk: 'adulterant', foundOn: '2026-11-20' }

export async function benchTransition(): Promise<BenchRow[]> {
  const coalition = await benchCoalition()
  const client = new pg.Client({ connectionString: coalition.launched.databaseUrl('be-antwerp') })
  await client.connect()
  try {
    const { antwerp } = coalition.cast
    const took: number[] = []
    for (let each = 0; each < WARM + STEPS; each++) {
      const opened = await antwerp.call(openCase, { procedure: 'PR-26', parties: {}, values: {}, key: randomUUID() })
      const begun = performance.now()
      await antwerp.call(takeStep, { case: opened.case, transition: 'assess', fields: FINDING, version: opened.version, key: randomUUID() })
      if (each >= WARM) took.push(performance.now() - begun)
    }
    await client.query(
      'create temporary table cases (id text primary key, state text not null); create temporary table history (id text, state text, at timestamptz)',
    )
    const peer: number[] = []
    for (let each = 0; each < STEPS; each++) {
      await client.query('insert into cases values ($1, $2)', [String(each), 'new'])
      const begun = performance.now()
      await client.query('begin')
      await client.query('update cases set state = $2 where id = $1', [String(each), 'assessed'])
      await client.query('insert into history values ($1, $2, now())', [String(each), 'assessed'])
      await client.query('commit')
      peer.push(performance.now() - begun)
    }
    const [ours, other] = [percentile(took, 0.95), percentile(peer, 0.95)]
    const name = 'a step of a case at the API, logged, p95; peer: two statements in a transaction'
    return [{ name, ours, peer: other, unit: 'ms', ratio: other / ours, target: '≤ 50 ms' }]
  } finally {
    await client.end()
    await coalition.stop()
  }
}
