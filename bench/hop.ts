/**
 * A hop with full cryptography, outbox, inbox, log and evidence, from one node to another in a process of its own over mutual TLS. The peer does
 * the same three layers with `jose` over mutual TLS, one message a request, and keeps nothing. The node itself is the peer where the coalition grows.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { type RunningNode, startNode } from '../src/app/node.ts'
import { readSettings } from '../src/platform/config/settings.ts'
import type { OutgoingMessage } from '../src/platform/link/message.ts'
import { benchCoalition, percentile } from './bench-coalition.ts'
import type { BenchRow } from './bench-row.ts'
import { startEcho } from './peer-echo.ts'

const MESSAGES = 2000
const SINGLE = 60
const PEER_PARALLEL = 8
const MANY_ORGS = 1000
const NOTE = 'The box stood apart from its row for one night; nobody saw it moved. '
const FOUR_KB = NOTE.repeat(60)
const COMPLETE = ['submission', 'relay', 'handling-accepted', 'delivery']

export async function benchHop(): Promise<BenchRow[]> {
  const small = await withSender(0, async (node) => ({ rate: await throughput(node, ''), evidence: await evidenceLatency(node) }))
  const large = await withSender(0, async (node) => await throughput(node, FOUR_KB))
  const crowded = await withSender(MANY_ORGS, async (node) => await throughput(node, FOUR_KB))
  const peer = { small: await peerHop(''), large: await peerHop(FOUR_KB), request: await peerLatency() }
  const hop = 'sealed, sent, stored, logged, evidenced'
  return [
    {
      name: `hop: ${hop}`,
      ours: small.rate.all,
      peer: peer.small,
      unit: 'messages/s',
      ratio: small.rate.all / peer.small,
      target: '≥ 250 messages/s',
    },
    {
      name: `hop, 4 kB bodies, submitted meanwhile: ${hop}`,
      ours: large.all,
      peer: peer.large,
      unit: 'messages/s',
      ratio: large.all / peer.large,
    },
    {
      name: `hop, 4 kB bodies in batches, a backlog of ${MESSAGES.toLocaleString('en-GB')} from its commit on`,
      ours: large.backlog,
      peer: peer.large,
      unit: 'messages/s',
      ratio: large.backlog / peer.large,
      target: '≥ 500 messages/s',
    },
    {
      name: `hop, 4 kB bodies, ${MANY_ORGS.toLocaleString('en-GB')} more organisations in the directory; peer: without them`,
      ours: crowded.backlog,
      peer: large.backlog,
      unit: 'messages/s',
      ratio: crowded.backlog / large.backlog,
      target: 'ratio ≈ 1',
    },
    {
      name: 'evidence complete after submission, p95; peer: one request',
      ours: small.evidence,
      peer: peer.request,
      unit: 'ms',
      ratio: peer.request / small.evidence,
      target: '≤ 1,500 ms',
    },
  ]
}

/** The sending node runs here, so that messages are submitted as a slice does it, without the API in between. */
async function withSender<T>(more: number, run: (node: RunningNode) => Promise<T>): Promise<T> {
  const coalition = await benchCoalition({ more })
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
  try {
    return await run(node)
  } finally {
    await node.stop()
    await coalition.stop()
  }
}

interface Rate {
  /** From the first submission on, while others are submitted. */
  readonly all: number
  /** From the commit on. */
  readonly backlog: number
}

async function throughput(node: RunningNode, note: string): Promise<Rate> {
  const { database } = node.services
  // Asked seldom and cheaply: looking must not cost what is looked at.
  const isWaiting = async (): Promise<boolean> =>
    await database.asWorker('bench', async (tx) => {
      const { rows } = await sql`select from link.outbox where state = 'waiting' limit 1`.execute(tx)
      return rows.length > 0
    })
  const send = async (count: number): Promise<void> => {
    for (let at = 0; at < count; at += 100) await submitMany(node, { count: 100, note })
    while (await isWaiting()) await sleep(25)
  }
  await send(200)
  const begun = performance.now()
  await send(MESSAGES)
  const all = MESSAGES / ((performance.now() - begun) / 1000)
  // What a link does with a backlog: all of it waits from one commit on, and leaves in full batches.
  await submitMany(node, { count: MESSAGES, note })
  const committed = performance.now()
  while (await isWaiting()) await sleep(25)
  return { all, backlog: MESSAGES / ((performance.now() - committed) / 1000) }
}

/** One message at a time: from its submission until everything that the other node states of it lies here, verified. */
async function evidenceLatency(node: RunningNode): Promise<number> {
  const took: number[] = []
  for (let each = 0; each < SINGLE; each++) {
    const begun = performance.now()
    const [id] = await submitMany(node, { count: 1, note: '' })
    const isComplete = async (): Promise<boolean> =>
      await node.services.database.asWorker('bench', async (tx) => {
        const { rows } = await sql`select kind from link.evidence where id = ${id} and positive and kind = any(${COMPLETE})`.execute(tx)
        return rows.length === COMPLETE.length
      })
    while (!(await isComplete())) await sleep(5)
    took.push(performance.now() - begun)
  }
  return percentile(took, 0.95)
}

async function submitMany(node: RunningNode, { count, note }: { readonly count: number; readonly note: string }): Promise<string[]> {
  const { database, submit, clock } = node.services
  const ids: string[] = []
  await database.asWorker('bench', async (tx) => {
    for (let each = 0; each < count; each++) ids.push(await submit(tx, messageAt(clock.now(), note)))
  })
  return ids
}

function messageAt(now: Date, note: string): OutgoingMessage {
  const inAMonth = new Date(now.getTime() + 30 * 86_400_000).toISOString()
  return {
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
        at: now.toISOString(),
        fields: note === '' ? {} : { outcomeNote: note },
      },
    },
  }
}

async function peerHop(note: string): Promise<number> {
  const echo = await startEcho()
  const content = JSON.stringify({ type: 'note', data: { text: note } })
  const many = async (count: number): Promise<void> => {
    let left = count
    await Promise.all(
      Array.from({ length: PEER_PARALLEL }, async () => {
        while (left-- > 0) await echo.post(await echo.seal(content))
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

async function peerLatency(): Promise<number> {
  const echo = await startEcho()
  const took: number[] = []
  for (let each = 0; each < SINGLE; each++) {
    const begun = performance.now()
    await echo.post(await echo.seal(JSON.stringify({ type: 'note' })))
    took.push(performance.now() - begun)
  }
  await echo.stop()
  return percentile(took, 0.95)
}
