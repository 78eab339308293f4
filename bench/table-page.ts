/** One page of a table of a million containers at the API: first, in the middle, near the end, in several orders. The peer pages by OFFSET in SQL. */
import pg from 'pg'
import { listEquipment } from '../src/modules/cargo/contract.ts'
import { benchCoalition, percentile } from './bench-coalition.ts'
import type { BenchRow } from './bench-row.ts'

const ROWS = 1_000_000
const ROUNDS = 20

export async function benchTablePage(): Promise<BenchRow[]> {
  const coalition = await benchCoalition()
  const client = new pg.Client({ connectionString: coalition.launched.databaseUrl('be-antwerp') })
  await client.connect()
  try {
    await client.query(`insert into cargo.documents (authority, desk, document, name, size, state, received_at, containers, purpose, audience)
      select 'be.customs', 'be.customs.antwerp', repeat(to_hex(d), 64), 'd', 1, 'read', now(), ${ROWS / 10}, 'customs-control', '{be.customs.antwerp}' from generate_series(1, 10) d`)
    await client.query(`insert into cargo.equipment (authority, desk, document, ordinal, message, message_type, container, iso_type, fullness, stowage, loading, discharge, weight, observed_at, sighting, flags, audience)
      select 'be.customs', 'be.customs.antwerp', repeat(to_hex(1 + n % 10), 64), n, 1, 'BAPLIE', 'QAAU' || lpad(((n::bigint * 7919) % 10000000)::text, 7, '0'), '45G1', case when n % 5 = 0 then 'empty' else 'full' end,
        lpad((n % 9999999)::text, 7, '0'), (array['ECGYE','COBUN','PECLL'])[1 + n % 3], (array['BEANR','NLRTM','ESALG','DEHAM'])[1 + n % 4], 5000 + (n::bigint * 31) % 25000, now(), '{}', case when n % 5000 = 0 then '{signal}'::text[] else '{}' end, '{be.customs.antwerp}'
      from generate_series(1, ${ROWS}) n`)
    await client.query('analyze cargo.equipment')
    const { antwerp } = coalition.cast
    const took: number[] = []
    for (const order of [
      { sort: 'container' },
      { sort: 'weight', order: 'desc' },
      { sort: 'stowage' },
      { sort: 'container', discharge: 'BEANR' },
      { flag: 'signal' },
    ] as const) {
      let cursor: string | undefined
      for (let round = 0; round < ROUNDS; round++) {
        const begun = performance.now()
        const page = await antwerp.call(listEquipment, { ...order, limit: 100, ...(cursor === undefined ? {} : { cursor }) })
        took.push(performance.now() - begun)
        cursor = page.next ?? cursor
      }
    }
    const peer: number[] = []
    for (let round = 0; round < 5; round++) {
      const begun = performance.now()
      await client.query(
        `select * from cargo.equipment where authority = 'be.customs' order by container, document, ordinal offset ${round * 200_000} limit 100`,
      )
      peer.push(performance.now() - begun)
    }
    const ours = percentile(took, 0.95)
    const other = percentile(peer, 0.95)
    return [
      {
        name: 'page of a 1,000,000-container table at the API, p95',
        ours,
        peer: other,
        unit: 'ms',
        ratio: other / ours,
        target: '≤ 100 ms',
      },
    ]
  } finally {
    await client.end()
    await coalition.stop()
  }
}
