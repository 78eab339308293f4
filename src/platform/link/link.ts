/** The link of a running node: one object that sends what waits, takes what comes, and stops cleanly. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type pg from 'pg'
import { AppError } from '#platform/http/app-error.ts'
import type { Tx } from '#platform/store/database.ts'
import type { Directory } from './directory.ts'
import { indexOf } from './directory-index.ts'
import type { Envelope } from './envelope.ts'
import { type Evidence, evidenceReader, signEvidence } from './evidence.ts'
import { storeEvidence } from './evidence-store.ts'
import { takeEnvelopes } from './inbox.ts'
import { sendInternal } from './internal.ts'
import { TokenRefused } from './jose.ts'
import type { Answer, GivenEvidence, LinkWorld } from './link-world.ts'
import type { MessageId, OutgoingMessage } from './message.ts'
import { countWaiting, dropExpired, expireOverdue, peersWithWork, sendTo } from './outbox.ts'
import { spreadDirectory } from './spread-directory.ts'
import { submit, WAKE_CHANNEL } from './submit.ts'
import { stateSilence } from './timeouts.ts'

export interface Link {
  submit(tx: Tx, message: OutgoingMessage): Promise<MessageId>
  /** Answers in the order of the envelopes. */
  take(envelopes: readonly Envelope[], peerSpki: string | null): Promise<readonly Answer[]>
  /** States what a desk did with a message it received, and tells its sender. Once per message, desk and kind. */
  attest(tx: Tx, attested: Attested): Promise<void>
  /** Sends everything that waits now; to one organisation also when its next try has not come yet. For files, tests and an orderly stop. */
  flush(to?: string): Promise<void>
  /** How many messages wait for an organisation; of these envelopes only, when their digests are given. */
  waiting(to: string, digests?: readonly string[]): Promise<number>
  /** States silence that lasted too long, spreads a newer directory; done each minute by itself. */
  sweep(): Promise<void>
  stop(): Promise<void>
}

export interface Attested {
  readonly messageId: string
  readonly org: string
  readonly unit: string
  readonly kind: 'retrieval' | 'actioned' | 'recalled'
}

export type LinkOptions = Omit<LinkWorld, 'processId' | 'takeEvidence' | 'random'> & {
  readonly pool: pg.Pool
  readonly pollMs?: number
  /** Looks whether a newer directory was laid into the node's home. */
  readonly refreshDirectory?: () => Promise<void>
  /** False for tests that drive the sender by `flush` alone. */
  readonly runs?: boolean
}

const POLL_MS = 1000
const SWEEP_MS = 60_000

export async function startLink(options: LinkOptions): Promise<Link> {
  const world: LinkWorld = {
    ...options,
    processId: randomUUID(),
    random: Math.random,
    takeEvidence: async (tx, given) => await takeEvidence(tx, world, given),
  }
  const busy = new Map<string, Promise<void>>()
  /** Peers that were busy when something came for them: it may have come after the last look. */
  const again = new Set<string>()
  let stopped = false
  let wanted = false
  let running: Promise<void> | undefined

  const pass = async (): Promise<void> => {
    for (const pair of await peersWithWork(world)) {
      if (world.carrier.reaches?.(pair.to) === false) continue
      const key = `${pair.from} ${pair.to}`
      if (busy.has(key)) {
        again.add(key)
        continue
      }
      const work = sendTo(pair, world)
        .catch((error: unknown) => world.log.error({ code: 'link.send', peer: pair.to, because: String(error) }, 'sending failed'))
        .finally(() => {
          busy.delete(key)
          if (again.delete(key) && options.runs !== false) wake()
        })
      busy.set(key, work)
    }
  }
  /** Passes follow one another; a wake-up during a pass asks for one more. */
  const wake = (): void => {
    if (stopped) return
    wanted = true
    running ??= (async () => {
      while (wanted && !stopped) {
        wanted = false
        await pass().catch((error: unknown) =>
          world.log.warn({ code: 'link.pass', because: String(error) }, 'the outbox could not be read'),
        )
      }
      running = undefined
    })()
  }
  const timer = options.runs === false ? undefined : setInterval(wake, options.pollMs ?? POLL_MS)
  const sweep = async (): Promise<void> => {
    await options.refreshDirectory?.()
    const byHand = (await peersWithWork(world)).filter((pair) => world.carrier.reaches?.(pair.to) === false)
    await world.database.asWorker('link.sweep', async (tx) => {
      await stateSilence(tx, world)
      await spreadDirectory(tx, world)
      await dropExpired(tx, world)
      // Of whom nothing is brought to by itself nobody else notices that a message has come to its end.
      for (const pair of byHand) await expireOverdue(tx, world, pair)
    })
  }
  const sweeper =
    options.runs === false
      ? undefined
      : setInterval(() => {
          sweep().catch((error: unknown) => world.log.warn({ code: 'link.sweep', because: String(error) }, 'the link could not be swept'))
        }, SWEEP_MS)
  const listener = options.runs === false ? undefined : await listenFor(options.pool, wake)
  if (options.runs !== false) wake()

  return {
    submit: async (tx, message) => {
      if (world.keys.orgs[message.from.org] === undefined)
        throw new AppError(503, 'link.not-our-organisation', 'This node does not speak for that organisation.')
      return await submit(tx, world, message)
    },
    take: async (envelopes, peerSpki) => await takeEnvelopes(envelopes, peerSpki, world),
    attest: async (tx, attested) => await attest(tx, world, attested),
    flush: async (to) => {
      if (to !== undefined) {
        for (const from of Object.keys(world.keys.orgs)) await sendTo({ from, to }, world)
        return
      }
      await pass()
      while (busy.size > 0) await Promise.all(busy.values())
    },
    waiting: async (to, digests) => await countWaiting(world, to, digests),
    sweep,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      clearInterval(sweeper)
      listener?.release(true)
      await running
      await Promise.all(busy.values())
      await world.carrier.stop()
    },
  }
}

async function listenFor(pool: pg.Pool, wake: () => void): Promise<pg.PoolClient> {
  const client = await pool.connect()
  client.on('notification', wake)
  client.on('error', () => undefined)
  await client.query(`listen ${WAKE_CHANNEL}`)
  return client
}

/** Stores evidence that other nodes gave, after checking who signed it and that it speaks of what we sent. */
async function takeEvidence(tx: Tx, world: LinkWorld, given: readonly GivenEvidence[]): Promise<void> {
  const reader = evidenceReader(world.directory(), world.clock.now())
  const checked = await Promise.all(
    given.map(async (each) => {
      try {
        const evidence = await reader.read(each.token)
        requireAbout(evidence, each, world.directory())
        return { ...each, evidence }
      } catch (error) {
        if (!(error instanceof TokenRefused)) throw error
        return error.code
      }
    }),
  )
  const refused = checked.filter((each) => typeof each === 'string')
  for (const code of refused) world.log.warn({ code: 'link.evidence', because: code }, 'evidence of a peer was refused')
  await world.record(
    tx,
    refused.map((reason) => ({ event: 'exchange.evidence-refused', outcome: 'refused', facts: null, by: 'link', subjects: [], reason })),
  )
  for (const { org, ...told } of reader.greetings()) await world.witness.meet(tx, org, told)
  await storeEvidence(
    tx,
    checked.filter((each) => typeof each !== 'string'),
  )
}

/** A peer states what it did itself with what we sent to it: nothing of other messages, other recipients, or what only we can say. */
function requireAbout(evidence: Evidence, { about }: GivenEvidence, directory: Directory): void {
  if (evidence.digest !== about.digest) throw new TokenRefused('evidence.digest')
  if (evidence.message !== about.id) throw new TokenRefused('evidence.message')
  if (evidence.to.org !== about.peer || !about.units.includes(evidence.to.unit)) throw new TokenRefused('evidence.recipient')
  if (evidence.kind === 'submission') throw new TokenRefused('evidence.kind')
  const isTheirs = indexOf(directory)
    .orgs.get(about.peer)
    ?.nodes.some(({ id }) => id === evidence.issuer)
  if (isTheirs !== true) throw new TokenRefused('evidence.issuer')
}

async function attest(tx: Tx, world: LinkWorld, { messageId, org, unit, kind }: Attested): Promise<void> {
  const { rows } = await sql<{ from_unit: string; peer: string; context: string; digest: string }>`
    select from_unit, peer, context, digest from link.messages where org = ${org} and id = ${messageId} and direction = 'in' and ${unit} = any(to_units)
      and not exists (select from link.evidence e where e.org = ${org} and e.id = ${messageId} and e.unit = ${unit} and e.kind = ${kind})`.execute(
    tx,
  )
  const message = rows[0]
  if (message === undefined) return
  const at = world.clock.now()
  const evidence = {
    v: 1,
    message: messageId,
    digest: message.digest,
    to: { org, unit },
    kind,
    positive: true,
    at: at.toISOString(),
    issuer: world.keys.nodeId,
  } as const
  const [token = ''] = await signEvidence([evidence], world.keys.sig)
  await storeEvidence(tx, [{ org, evidence, token, context: message.context, audience: [unit] }])
  await sendInternal(tx, world, {
    from: { org, unit },
    to: { org: message.peer, unit: message.from_unit },
    kind: 'evidence',
    context: message.context,
    inReplyTo: messageId,
    data: { token },
  })
}
