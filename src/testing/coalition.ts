/**
 * A coalition of real nodes in one process for tests: own databases on the shared test server, own keys, real HTTPS between them, and a clock
 * that the test moves. Nothing is faked but time.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { addOfficer } from '#modules/identity'
import { sweepClocks } from '#modules/procedures'
import { isSealingHealthy } from '#platform/audit/audit-log.ts'
import type { Clock } from '#platform/clock/clock.ts'
import { readSettings } from '#platform/config/settings.ts'
import type { Directory } from '#platform/link/directory.ts'
import { digestOf, signDirectory } from '#platform/link/directory-store.ts'
import { connect } from '#platform/store/connect.ts'
import type { Tx } from '#platform/store/database.ts'
import type { Client } from '../app/client.ts'
import { type Coalition, foundCoalition, type PlannedOrg } from '../app/coalition.ts'
import { accountClient, castOf } from '../app/demo/cast.ts'
import { eventually } from '../app/demo/eventually.ts'
import { freePort } from '../app/demo/free-port.ts'
import type { Cast } from '../app/demo/story.ts'
import { ITALY, NODES, type NodePlan, ORGS } from '../app/demo/world.ts'
import { type RunningNode, startNode } from '../app/node.ts'
import { nodeDatabase } from './node-database.ts'
import type { FreshDatabase } from './postgres.ts'

/** A sealer at work needs one second, and more on a busy machine. */
const SETTLE_WITHIN_MS = 60_000
const SETTLE_PAUSE_MS = 50

export interface TestClock extends Clock {
  /** Hours forward; clients handed out before are signed out. */
  advance(hours: number): void
}

export interface TestCoalition {
  readonly clock: TestClock
  readonly founded: Coalition
  node(id: string): RunningNode
  /** Folder of a node: what an operator works on. */
  home(id: string): string
  client(account: string, purpose?: string): Promise<Client>
  /** The people of the first story. */
  cast(): Promise<Cast>
  /** Waits until a condition holds; fails the test with what was last seen. */
  eventually<T>(look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T>
  /** Waits until no node has a message for another, nor work that is due: what follows from all that was done has been done. */
  quiet(): Promise<void>
  /** Lets jobs of this name start that wait for a later time: the queue goes by the time of the machine, which no test moves. */
  startWaiting(job: string): Promise<void>
  /** Gives every node the next version of the directory, signed by the stewards. */
  direct(change: (held: Directory) => Partial<Directory>): Promise<void>
  /** Lets every node's clocks ring, those too whose case was held by another when they were due. */
  sweep(): Promise<void>
  stop(): Promise<void>
}

const DAY = 86_400_000
export const PASSWORD = 'correct horse battery staple'
export interface TestCoalitionOptions {
  readonly nodes?: readonly string[]
  /** When it is founded, where a test is about a certain day; otherwise now. */
  readonly at?: string
  /** Nodes that reach each other by a broker instead of HTTPS: the endpoint in the directory, and the settings of a node for it. */
  /** Authorities beside those of the demonstration, on its nodes (`authorities.ts`). */
  readonly also?: { readonly orgs: readonly PlannedOrg[]; readonly nodes: Readonly<Record<string, Pick<NodePlan, 'orgs' | 'officers'>>> }
  /** Prepares the folder of a node before it starts. */
  readonly prepare?: (home: string, nodeId: string) => void
  readonly broker?: { readonly endpoint: string; settings(nodeId: string): Readonly<Record<string, string>> }
}

async function dueClocks(tx: Tx, now: Date): Promise<readonly string[]> {
  const { rows } = await sql<{ due: string }>`select case_id || '.' || clock as due from procedures.clocks where next_at <= ${now}`.execute(
    tx,
  )
  return rows.map(({ due }) => due)
}

/** Messages to these organisations that wait, and work that is asked for, under way or to be tried again. */
async function undone(url: string, orgs: readonly string[]): Promise<number> {
  const { pool, close } = connect({ url, poolSize: 1 })
  try {
    const { rows } = await pool.query<{ n: number }>(
      `select ((select count(*) from link.outbox where state = 'waiting' and to_org = any($1)) + (select count(*) from platform.job_requests)
        + (select count(*) from jobs.job where state in ('active', 'retry') or (state = 'created' and start_after <= now())))::int as n`,
      [orgs],
    )
    return rows[0]?.n ?? 0
  } finally {
    await close()
  }
}

async function startWaiting(url: string, job: string): Promise<void> {
  const { pool, close } = connect({ url, poolSize: 1 })
  try {
    await pool.query('update platform.job_requests set start_after = null where name = $1', [job])
    await pool.query("update jobs.job set start_after = now() where name = $1 and state = 'created' and start_after > now()", [job])
  } finally {
    await close()
  }
}

export async function startCoalition(options: TestCoalitionOptions = {}): Promise<TestCoalition> {
  const { broker, also } = options
  const wanted = [...NODES, ITALY]
    .filter((node) => options.nodes === undefined || options.nodes.includes(node.id))
    .map((node) => ({
      ...node,
      orgs: [...node.orgs, ...(also?.nodes[node.id]?.orgs ?? [])],
      officers: [...node.officers, ...(also?.nodes[node.id]?.officers ?? [])],
    }))
  const folder = mkdtempSync(path.join(tmpdir(), 'coalition-'))
  let offset = options.at === undefined ? 0 : Date.parse(options.at) - Date.now()
  const clients = new Map<string, Client>()
  /** By node, since the last jump of the clock. */
  const settled = new Map<string, Promise<void>>()
  const clock: TestClock = {
    now: () => new Date(Date.now() + offset),
    advance: (hours) => {
      offset += hours * 3_600_000
      // Sessions do not outlive such a jump: whoever goes on signs in again.
      clients.clear()
      settled.clear()
    },
  }
  const planned = await Promise.all(
    wanted.map(async (node) => ({
      ...node,
      home: path.join(folder, node.id),
      endpoint: broker?.endpoint ?? `https://127.0.0.1:${await freePort()}`,
    })),
  )
  const founded = await foundCoalition({
    name: 'test',
    orgs: [...ORGS, ...(also?.orgs ?? [])],
    nodes: planned,
    now: clock.now(),
    demonstration: true,
    directoryDays: 120,
    validity: {
      from: new Date(Math.min(Date.now(), Date.now() + offset) - DAY),
      until: new Date(Math.max(Date.now(), Date.now() + offset) + 365 * DAY),
    },
  })
  let directory = founded.directory
  const databases: FreshDatabase[] = []
  const nodes = new Map<string, RunningNode>()
  /** Nodes whose sealer a test has stopped. */
  const unsealed = new Set<string>()
  for (const plan of planned) {
    options.prepare?.(plan.home, plan.id)
    const database = await nodeDatabase()
    databases.push(database)
    const settings = readSettings({
      BREAKWATER_HOME: plan.home,
      DATABASE_URL: database.url,
      BREAKWATER_WEB_PORT: '0',
      BREAKWATER_LINK_PORT: new URL(plan.endpoint).port,
      ...broker?.settings(plan.id),
      BREAKWATER_LOG: process.env['BREAKWATER_TEST_LOG'] ?? 'silent',
    })
    const node = await startNode({ settings, clock, allowUnsafeBroker: true })
    const stopSealer = async (): Promise<void> => {
      unsealed.add(plan.id)
      await node.sealer.stop()
    }
    nodes.set(plan.id, { ...node, sealer: { ...node.sealer, stop: stopSealer } })
    for (const officer of plan.officers)
      await addOfficer(node.services, {
        account: officer.account,
        officer: `${plan.id}.${officer.account}`,
        name: officer.name,
        roles: officer.roles,
        desks: [officer.desk],
        password: PASSWORD,
        demonstration: true,
      })
  }
  const nodeOf = (id: string): RunningNode => {
    const node = nodes.get(id)
    if (node === undefined) throw new Error(`The coalition of this test has no node ${id}.`)
    return node
  }
  // What the log had not sealed yet is hours old after a jump, and nothing is released until it has caught up. A test that stopped its sealer is not waited for.
  const settle = async (id: string): Promise<void> => {
    const { services } = nodeOf(id)
    const isHealthy = async () => await services.database.asWorker('test', async (tx) => await isSealingHealthy(tx, clock.now()))
    const deadline = Date.now() + SETTLE_WITHIN_MS
    while (!unsealed.has(id) && !(await isHealthy()) && Date.now() < deadline) await sleep(SETTLE_PAUSE_MS)
  }
  const up = async (id: string): Promise<void> => {
    const settling = settled.get(id) ?? settle(id)
    settled.set(id, settling)
    await settling
  }
  const callers = { nodes: wanted, url: (id: string) => nodeOf(id).url, up, password: () => PASSWORD }
  return {
    clock,
    founded,
    node: nodeOf,
    home: (id) => path.join(folder, id),
    client: async (account, purpose) => {
      // One sign-in for each person: a test is no guessing of passwords.
      const key = `${account} ${purpose ?? ''}`
      const client = clients.get(key) ?? accountClient(callers, account, purpose)
      clients.set(key, client)
      return client
    },
    cast: async () => castOf(callers),
    eventually,
    quiet: async () => {
      const orgs = wanted.flatMap((node) => node.orgs)
      const look = async () => await Promise.all(databases.map(async ({ url }) => await undone(url, orgs)))
      // Twice: between the looks at two nodes a message may have gone from the one that is looked at last.
      await eventually(
        async () => [...(await look()), ...(await look())],
        (left) => left.every((each) => each === 0),
      )
    },
    startWaiting: async (job) => {
      for (const { url } of databases) await startWaiting(url, job)
    },
    direct: async (change) => {
      const before = readFileSync(path.join(planned[0]?.home ?? '', 'directory.jws'), 'utf8')
      directory = { ...directory, ...change(directory), version: directory.version + 1, prevDigest: digestOf(before) }
      const token = await signDirectory(directory, founded.stewards.slice(0, founded.directory.threshold))
      for (const plan of planned) {
        writeFileSync(path.join(plan.home, 'directory.jws'), token)
        await nodeOf(plan.id).link.sweep()
      }
    },
    sweep: async () => {
      for (const { services } of nodes.values()) {
        const due = async () => await services.database.asWorker('test', async (tx) => await dueClocks(tx, clock.now()))
        // A sweep passes by a case that another transaction holds, such as a message that is taken in: a node comes back to it a minute later.
        await eventually(
          async () => {
            await sweepClocks(services)
            return await due()
          },
          (left) => left.length === 0,
        )
      }
    },
    stop: async () => {
      for (const node of nodes.values()) await node.stop()
      for (const database of databases) await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
