/**
 * A hop with full cryptography, outbox, inbox, log and evidence, from one node to another in a process of its own over mutual TLS. The peer does
 * the same three layers with `jose` over mutual TLS, one message a request, and keeps nothing.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { startNode } from '../src/app/node.ts'
import { readSettings } from '../src/platform/config/settings.ts'
import { benchCoalition } from './bench-coalition.ts'
import type { BenchRow } from './bench-row.ts'
import { startEcho } from './peer-echo.ts'

const MESSAGES = 2000
const PEER_PARALLEL = 8
const NOTE = 'The box stood apart from its row for one night; nobody saw it moved. '

export async function benchHop(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const [name, note] of [
    ['', ''],
    [', 4 kB bodies', NOTE.repeat(60)],
  ] as const) {
    const ours = await hop(note)
    const peer = await peerHop(note)
    rows.push({
      name: `hop${name}: sealed, sent, stored, logged, evidenced`,
      ours,
      peer,
      unit: 'messages/s',
      ratio: ours / peer,
      target: '≥ 200 messages/s',
    })
  }
  return rows
}

async function hop(note: string): Promise<number> {
  const coalition = await benchCoalition()
  // The sending node runs here, so that messages are submitted as a slice does it, without the API in between.
  await coalition.launched.process('be-antwerp').stop()
  const node = await startNode({
    settings: readSettings({
      BREAKWATER_HOME: coalition.home('be-antwerp'),
      DATABASE_URL: coalition.launched.databaseUrl('be-antwerp'),
      BREAKWATER_WEB_PORT: '0',
      BREAKWATER_LINK_PORT: '0',
      BREAKWATER_LOG: 'warn',
    }),
  })
  const { database, submit, clock } = node.services
  const waiting = async (): Promise<number> =>
    await database.asWorker('bench', async (tx) => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from link.outbox where state = 'waiting'`.execute(tx)
      return rows[0]?.n ?? 0
    })
  const inAMonth = new Date(clock.now().getTime() + 30 * 86_400_000).toISOString()
  const send = async (count: number): Promise<void> => {
    for (let at = 0; at < count; at += 100)
      await database.asWorker('bench', async (tx) => {
        for (let each = 0; each < 100; each++)
          await submit(tx, {
            from: { org: 'be.customs', unit: 'be.customs.antwerp' },
            to: [{ org: 'ec.pcu', unit: 'ec.pcu.guayaquil' }],
            kind: 'feedback',
            urgency: 'routine',
            context: 'bench',
            expiresAt: inAMonth,
            purpose: 'customs-control',
            legalBasis: { act: 'Coalition policy', art: 'PR-01' },
            handling: { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] },
            evaluation: { source: 'A', info: 1 },
            personalData: { yes: false, categories: [] },
            retention: { reviewAt: inAMonth, deleteBy: inAMonth },
            body: {
              type: 'cargo.alert-progress',
              data: {
                alert: '01a00000-0000-7000-8000-000000000000',
                transition: 'ack',
                at: clock.now().toISOString(),
                fields: note === '' ? {} : { outcomeNote: note },
              },
            },
          })
      })
    while ((await waiting()) > 0) await sleep(10)
  }
  try {
    await send(200)
    const begun = performance.now()
    await send(MESSAGES)
    return MESSAGES / ((performance.now() - begun) / 1000)
  } finally {
    await node.stop()
    await coalition.stop()
  }
}

async function peerHop(note: string): Promise<number> {
  const echo = await startEcho()
  const content = JSON.stringify({ type: 'note', data: { text: note } })
  const one = async (): Promise<void> => {
    await echo.post(await echo.seal(content))
  }
  const many = async (count: number): Promise<void> => {
    let left = count
    await Promise.all(
      Array.from({ length: PEER_PARALLEL }, async () => {
        while (left-- > 0) await one()
      }),
    )
  }
  await many(200)
  const begun = performance.now()
  await many(MESSAGES)
  const rate = MESSAGES / ((performance.now() - begun) / 1000)
  await echo.stop()
  return rate
}
