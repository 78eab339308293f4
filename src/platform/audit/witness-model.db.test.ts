/**
 * Witnessing against a model. A log that only grows is never taken for a fork, whatever is late, lost or repeated between the two nodes; a history
 * that was rewritten, cut or forked never gets a peer's signature again and is found out, however its owner dresses the proof.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { printCheckpoint } from '#kernel/merkle/note.ts'
import { consistencyRanges } from '#kernel/merkle/proof.ts'
import { grow, joinSubtrees, type Range, rootOfEdge, subtreesOf } from '#kernel/merkle/tree.ts'
import { makeSigningKey } from '#platform/link/node-keys.ts'
import { type Connection, connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import { wholeRuns } from '#testing/whole-runs.ts'
import { appendEvents } from './audit-log.ts'
import { base64, logKey, sha256, signNote } from './log-key.ts'
import { auditMigrations } from './migrations.ts'
import { sealBatch, signHead } from './sealer.ts'
import { type Greeting, greetingFor, type Meeting, meet } from './witness.ts'

const MINUTE = 60_000
let at = Date.parse('2026-11-24T10:00:00Z')
const clock = { now: () => new Date(at) }
const keyOf = (name: string) => logKey(`breakwater.log/${name}`, makeSigningKey(name).jwk)
const [owner, watcher] = [keyOf('owner'), keyOf('watcher')]

const opened: { readonly database: Connection; readonly fresh: FreshDatabase }[] = []
let stores: { readonly owner: Connection; readonly watcher: Connection }
async function store(): Promise<Connection> {
  const fresh = await freshDatabase()
  const database = connect({ url: fresh.url })
  opened.push({ database, fresh })
  await migrate(database.pool, [{ slice: 'audit', migrations: auditMigrations }])
  return database
}
beforeAll(async () => {
  stores = { owner: await store(), watcher: await store() }
})
afterAll(async () => {
  for (const { database, fresh } of opened) {
    await database.close()
    await fresh.drop()
  }
})

/** Each run has peers of its own: what earlier runs saw is theirs. */
let runs = 0

async function append(side: 'owner' | 'watcher', count: number): Promise<void> {
  const entries = Array.from({ length: count }, () => ({
    event: 'test',
    outcome: 'done' as const,
    facts: null,
    by: 'test',
    subjects: [],
  }))
  await stores[side].asWorker('test', async (tx) => await appendEvents(tx, entries, { clock, oversight: [] }))
  await sealBatch(stores[side])
  await signHead(stores[side], side === 'owner' ? owner : watcher, clock)
}

interface Told {
  readonly greeting: Greeting
  readonly stated: Date
}

async function tell(side: 'owner' | 'watcher', peer: string): Promise<Told | undefined> {
  const greeting = await stores[side].asWorker('test', async (tx) => await greetingFor(tx, peer))
  return greeting === undefined ? undefined : { greeting, stated: clock.now() }
}

async function hear(side: 'owner' | 'watcher', peer: string, told: Told): Promise<Meeting> {
  const [peerKey, own] = side === 'watcher' ? [owner, watcher] : [watcher, owner]
  return await stores[side].asWorker('test', async (tx) => await meet(tx, { peer, ...told, peerKey, own, at: clock.now() }))
}

type Step =
  | { readonly do: 'grow'; readonly by: number }
  | { readonly do: 'tell'; readonly way: number }
  | { readonly do: 'arrive'; readonly way: number }
  | { readonly do: 'repeat'; readonly which: number }
  | { readonly do: 'lose'; readonly way: number }
  | { readonly do: 'answer' }
  | { readonly do: 'wait'; readonly minutes: number }

/** Two ways from owner to watcher, as in life: its own messages, and the answers to those of the other. Each keeps its order, and nothing else does. */
const way = fc.nat(1)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('grow' as const), by: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('tell' as const), way }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('arrive' as const), way }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('repeat' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose' as const), way }) },
  { weight: 2, arbitrary: fc.constant({ do: 'answer' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 600 }) }) },
)

/** A run that always comes first: it sees a log grow twice, so that the count below never hangs on luck or on the speed of the machine. */
const seenGrowing: Step[] = [
  { do: 'grow', by: 2 },
  { do: 'tell', way: 0 },
  { do: 'arrive', way: 0 },
  { do: 'wait', minutes: 5 },
  { do: 'grow', by: 3 },
  { do: 'tell', way: 0 },
  { do: 'arrive', way: 0 },
]

it('takes no log that only grows for a fork, whatever is late, lost or repeated', async () => {
  let grown = 0
  const { run, ended } = wholeRuns(async (steps: readonly Step[]) => {
    const [peer, watching] = [`org.owner${runs}`, `org.watcher${runs++}`]
    const ways: [Told[], Told[]] = [[], []]
    const past: Told[] = []
    for (const each of steps) {
      if (each.do === 'grow') await append('owner', each.by)
      else if (each.do === 'wait') at += each.minutes * MINUTE
      else if (each.do === 'lose') ways[each.way]?.shift()
      else if (each.do === 'tell') {
        const told = await tell('owner', watching)
        if (told !== undefined) ways[each.way]?.push(told)
      } else if (each.do === 'answer') {
        await append('watcher', 1)
        const told = await tell('watcher', peer)
        if (told !== undefined) expect(await hear('owner', watching, told)).toMatch(/grown|same/)
      } else {
        const told = each.do === 'arrive' ? ways[each.way]?.shift() : past[each.which % Math.max(1, past.length)]
        if (told === undefined) continue
        past.push(told)
        const met = await hear('watcher', peer, told)
        expect(met).toMatch(/grown|same/)
        if (met === 'grown') grown += 1
      }
    }
  })
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), run), {
    numRuns: 40,
    interruptAfterTimeLimit: 40_000,
    examples: [[seenGrowing]],
  })
  await ended()
  expect(grown).toBeGreaterThanOrEqual(2)
})

/** The log of an owner who is bound by nothing: any leaves, any claim of what the peer saw, the proof that its tree gives. */
function forged(leaves: readonly string[], since: number | undefined): Greeting {
  const { added, edge, size } = grow(
    { size: 0, edge: [] },
    leaves.map((leaf) => Buffer.from(leaf)),
    sha256,
  )
  const nodes = new Map(added.map((node) => [`${node.level} ${node.index}`, node.hash]))
  const rootOf = (range: Range) =>
    joinSubtrees(
      subtreesOf(range).map(({ level, index }) => nodes.get(`${level} ${index}`) as Uint8Array),
      sha256,
    )
  const path = since === undefined ? [] : consistencyRanges(since, size).map(rootOf)
  return {
    head: signNote(printCheckpoint({ origin: owner.name, size, root: rootOfEdge(edge, sha256) }, base64), owner),
    ...(since === undefined ? {} : { since }),
    proof: path.map((hash) => Buffer.from(hash).toString('base64')),
  }
}

const history = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 })

/** An honest past that the watcher signed step by step; answers its leaves. */
async function past(peer: string, growths: readonly number[]): Promise<readonly string[]> {
  const leaves: string[] = []
  for (const by of growths) {
    const seen = leaves.length
    for (let each = 0; each < by; each++) leaves.push(`leaf ${leaves.length}`)
    at += MINUTE
    expect(await hear('watcher', peer, { greeting: forged(leaves, seen === 0 ? undefined : seen), stated: clock.now() })).toBe('grown')
  }
  return leaves
}

it('finds a history out that was rewritten, cut or forked, and signs nothing of it', async () => {
  interface Change {
    readonly from: number
    readonly length: number
    readonly claims: readonly ('seen' | 'none' | 'other')[]
  }
  const change: fc.Arbitrary<Change> = fc.record({
    /** From which leaf on the history is another. */
    from: fc.nat(1000),
    /** How long the other history is, from that leaf. */
    length: fc.integer({ min: 0, max: 40 }),
    claims: fc.array(fc.constantFrom('seen', 'none', 'other' as const), { minLength: 1, maxLength: 6 }),
  })
  const { run, ended } = wholeRuns(async (growths: readonly number[], { from, length, claims }: Change) => {
    const peer = `org.liar${runs++}`
    const leaves = await past(peer, growths)
    const kept = leaves.slice(0, from % leaves.length)
    const other = [...kept, ...Array.from({ length }, (_, each) => `other ${each}`)]
    fc.pre(other.length > 0)
    at += 10 * MINUTE
    let isFound = false
    for (const claim of claims) {
      const since = claim === 'seen' ? Math.min(leaves.length, other.length) : claim === 'other' ? Math.max(1, kept.length) : undefined
      const met = await hear('watcher', peer, { greeting: forged(other, since), stated: clock.now() })
      expect(met).not.toBe('grown')
      if (met === 'fork') isFound = true
      // At once, when it is no longer than what was seen, or says that it proves its growth from there.
      if (other.length <= leaves.length || since === leaves.length) expect(met).toBe('fork')
    }
    // Whoever never proves anything is found out when patience ends.
    for (let each = 0; each < 21 && !isFound; each++)
      isFound = (await hear('watcher', peer, { greeting: forged(other, undefined), stated: clock.now() })) === 'fork'
    expect(isFound).toBe(true)
    // And what was signed is what was seen: the honest log still grows from there.
    at += MINUTE
    expect(await hear('watcher', peer, { greeting: forged([...leaves, 'next'], leaves.length), stated: clock.now() })).toBe('grown')
  })
  await fc.assert(fc.asyncProperty(history, change, run), { numRuns: 40, interruptAfterTimeLimit: 40_000 })
  await ended()
})

it('finds two histories out that are shown to two peers, as soon as one hears what the other heard', async () => {
  const { run, ended } = wholeRuns(async (common: readonly number[], one: readonly number[], two: readonly number[]) => {
    const [first, second] = [`org.left${runs}`, `org.right${runs++}`]
    const shared = await past(first, common)
    await past(second, common)
    const branch = (name: string, growths: readonly number[]) => [
      ...shared,
      ...Array.from({ length: growths.reduce((sum, by) => sum + by, 0) }, (_, each) => `${name} ${each}`),
    ]
    const [left, right] = [branch('left', one), branch('right', two)]
    at += 10 * MINUTE
    const tellBoth = async (peer: string, leaves: readonly string[], since: number) =>
      await hear('watcher', peer, { greeting: forged(leaves, since), stated: clock.now() })
    expect(await tellBoth(first, left, shared.length)).toBe('grown')
    expect(await tellBoth(second, right, shared.length)).toBe('grown')
    at += 10 * MINUTE
    expect(await tellBoth(first, right, Math.min(left.length, right.length))).toBe('fork')
    expect(await tellBoth(second, left, Math.min(left.length, right.length))).toBe('fork')
  })
  await fc.assert(fc.asyncProperty(history, history, history, run), { numRuns: 25, interruptAfterTimeLimit: 30_000 })
  await ended()
})
