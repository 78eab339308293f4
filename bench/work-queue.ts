/**
 * A page of the work queue at the API over a million open cases, with row-level security, clocks derived and counts: each view, each filter, and pages far
 * behind, for a desk that sees most of them and one that sees a tenth. The peer pages the same table by OFFSET and counts it, in SQL and without either.
 */
import pg from 'pg'
import { listWork } from '../src/modules/procedures/contract.ts'
import { benchCoalition, percentile } from './bench-coalition.ts'
import type { BenchRow } from './bench-row.ts'
import { BENCH_DESK, insertCases } from './case-rows.ts'

const CASES = Number(process.env['CASES'] ?? 1_000_000)
const ROUNDS = 12
const PEER_ROUNDS = 5

const VIEWS = [
  {},
  { show: 'overdue' },
  { show: 'waiting' },
  { show: 'suspended' },
  { show: 'done' },
  { procedure: 'PR-26' },
  { procedure: 'PR-02' },
  { clockKind: 'policy' },
  { clockKind: 'law' },
  { party: BENCH_DESK },
  { role: 'reporter' },
  { urgency: '2h' },
  { text: 'substance 12' },
  { text: 'substance 12', procedure: 'PR-26', clockKind: 'policy', urgency: '24h' },
] as const

export async function benchWorkQueue(): Promise<BenchRow[]> {
  const coalition = await benchCoalition()
  const client = new pg.Client({ connectionString: coalition.launched.databaseUrl('be-antwerp') })
  await client.connect()
  try {
    await insertCases(client, { name: 'bench-', count: CASES, fromHours: -6, toHours: 30, isDue: false })
    const took: number[] = []
    for (const desk of [coalition.cast.antwerp, coalition.cast.zeebrugge])
      for (const view of VIEWS) {
        const each: number[] = []
        let cursor: string | undefined
        for (let round = 0; round < ROUNDS; round++) {
          const begun = performance.now()
          const page = await desk.call(listWork, { ...view, limit: 50, ...(cursor === undefined ? {} : { cursor }) })
          each.push(performance.now() - begun)
          cursor = page.next
        }
        took.push(...each)
        if (process.env['EACH'] !== undefined) process.stderr.write(`${JSON.stringify(view)} ${percentile(each, 0.95).toFixed(0)} ms\n`)
      }
    const peer: number[] = []
    for (let round = 0; round < PEER_ROUNDS; round++) {
      const begun = performance.now()
      await client.query(
        `select * from procedures.cases where authority = 'be.customs' and is_open and own_turn order by due_key, case_id
          offset ${Math.floor((round * CASES) / 8)} limit 50`,
      )
      await client.query(
        "select count(*) filter (where own_turn), count(*) filter (where due_at < now()) from procedures.cases where authority = 'be.customs' and is_open",
      )
      peer.push(performance.now() - begun)
    }
    const [ours, other] = [percentile(took, 0.95), percentile(peer, 0.95)]
    const name = `page of a work queue of ${CASES.toLocaleString('en-GB')} cases at the API, p95; peer: OFFSET and count in SQL`
    return [{ name, ours, peer: other, unit: 'ms', ratio: other / ours, target: '≤ 100 ms' }]
  } finally {
    await client.end()
    await coalition.stop()
  }
}
