/**
 * The timer sweep over ten thousand clocks that are due: cases folded, rungs recorded once, notices written, the log told, the next instant set. The peer is
 * a kept queue, pg-boss, which takes and completes as many due jobs that do nothing.
 */
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { startNode } from '../src/app/node.ts'
import { sweepClocks } from '../src/modules/procedures/server/sweep.ts'
import { readSettings } from '../src/platform/config/settings.ts'
import { benchCoalition, percentile } from './bench-coalition.ts'
import type { BenchRow } from './bench-row.ts'
import { insertCases } from './case-rows.ts'

/** Cases that stand beside those that are due. */
const OPEN = 1_000_000
const DUE = 10_000
/** One in twenty is closed and rings no more. */
const INSERTED = Math.ceil((DUE * 20) / 19)
const BATCH = 500
/** Each figure is the median of so many sweeps: a checkpoint or a job of the minute falls into one or another. */
const TRIALS = 5

export async function benchSweep(): Promise<BenchRow[]> {
  const coalition = await benchCoalition({ only: ['be-antwerp'] })
  await coalition.launched.process('be-antwerp').stop()
  const url = coalition.launched.databaseUrl('be-antwerp')
  const node = await startNode({
    settings: readSettings({
      BREAKWATER_HOME: coalition.home('be-antwerp'),
      DATABASE_URL: url,
      BREAKWATER_WEB_PORT: '0',
      BREAKWATER_LINK_PORT: '0',
      BREAKWATER_LOG: 'warn',
    }),
  })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const once = async (name: string, hours: readonly [number, number], wasReminded = false): Promise<number> => {
      await insertCases(client, { name, count: INSERTED, fromHours: hours[0], toHours: hours[1], isDue: true, wasReminded })
      const begun = performance.now()
      const swept = await sweepClocks(node.services)
      const seconds = (performance.now() - begun) / 1000
      // The minute's own sweep may have taken some of them at the same time.
      return swept < DUE / 2 ? await once(`${name}again-`, hours, wasReminded) : (seconds * DUE) / swept
    }
    const medianOf = async (name: string, hours: readonly [number, number], wasReminded = false): Promise<number> => {
      const trials: number[] = []
      for (let trial = 1; trial <= TRIALS; trial++) trials.push(await once(`${name}${trial}-`, hours, wasReminded))
      return percentile(trials, 0.5)
    }
    await insertCases(client, { name: 'open-', count: OPEN, fromHours: -6, toHours: 12, isDue: false })
    await client.query('checkpoint')
    // Twelve hours after the first step a reminder rings; after a day the clock has run out, and a backup desk is let in.
    await once('warm-', [13, 20])
    const reminded = await medianOf('reminded-', [13, 20])
    const expired = await medianOf('expired-', [25, 40], true)
    const escalated = await medianOf('escalated-', [25, 40])
    const peer = await peerSeconds(url)
    const row = (what: string, ours: number): BenchRow => ({
      name: `sweep of ${DUE.toLocaleString('en-GB')} due clocks beside ${OPEN.toLocaleString('en-GB')} cases, ${what}, median of ${TRIALS}; peer: as many empty jobs of pg-boss`,
      ours,
      peer,
      unit: 's',
      ratio: peer / ours,
      target: '≤ 1 s',
    })
    return [
      row('reminders', reminded),
      row('reminded before, now run out and escalated', expired),
      row('run out and escalated, two rungs each', escalated),
    ]
  } finally {
    await client.end()
    await node.stop()
    await coalition.stop()
  }
}

async function peerSeconds(url: string): Promise<number> {
  const boss = new PgBoss({ connectionString: url, schema: 'bench_jobs' })
  boss.on('error', () => undefined)
  await boss.start()
  await boss.createQueue('due')
  for (let at = 0; at < DUE; at += BATCH)
    await boss.insert(
      'due',
      Array.from({ length: BATCH }, (_, index) => ({ data: { at: at + index } })),
    )
  const begun = performance.now()
  for (let taken = 0; taken < DUE; ) {
    const jobs = await boss.fetch('due', { batchSize: BATCH })
    if (jobs.length === 0) break
    await boss.complete(
      'due',
      jobs.map(({ id }) => id),
    )
    taken += jobs.length
  }
  const seconds = (performance.now() - begun) / 1000
  await boss.stop({ graceful: false, close: true })
  return seconds
}
