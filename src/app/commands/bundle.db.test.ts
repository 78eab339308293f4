/** Two nodes without a network: a message goes out by file, its answers come back by file, and a file twice changes nothing. */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSettings } from '#platform/config/settings.ts'
import type { OutgoingMessage } from '#platform/link/message.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import { foundCoalition } from '../coalition.ts'
import { NODES, ORGS } from '../demo/world.ts'
import { type RunningNode, startNode } from '../node.ts'
import { bundleExport } from './bundle-export.ts'
import { bundleImport } from './bundle-import.ts'

let folder: string
const databases: FreshDatabase[] = []
const [from, to] = NODES.map((node) => ({
  id: node.id,
  org: node.orgs[0] ?? '',
  desk: ORGS.find((org) => org.id === node.orgs[0])?.units[0]?.id ?? '',
}))
if (from === undefined || to === undefined) throw new Error('The demonstration has two nodes.')
const before = { ...process.env }
const file = (name: string) => path.join(folder, name)

function environment(at: typeof from): Record<string, string> {
  const database = databases[NODES.findIndex((node) => node.id === at?.id)]
  return {
    BREAKWATER_HOME: file(at?.id ?? ''),
    DATABASE_URL: database?.url ?? '',
    BREAKWATER_WEB_PORT: '0',
    BREAKWATER_LINK_PORT: '0',
    BREAKWATER_LOG: 'silent',
  }
}

/** The command as the machine of one node runs it. */
async function at(node: typeof from, command: (io: { out(line: string): void; err(line: string): void }) => Promise<number>) {
  Object.assign(process.env, environment(node))
  const said: string[] = []
  const code = await command({ out: (line) => said.push(line), err: (line) => said.push(line) })
  return { code, said: said.join('\n') }
}

async function withNode<T>(node: typeof from, work: (running: RunningNode) => Promise<T>): Promise<T> {
  const running = await startNode({
    settings: readSettings(environment(node)),
    offline: { deliver: async () => [], stop: async () => undefined },
  })
  try {
    return await work(running)
  } finally {
    await running.stop()
  }
}

const rows = async (node: typeof from, query: string) =>
  await withNode(node, async (running) => {
    return await running.services.database.asWorker('test', async (tx) => (await sql.raw<Record<string, unknown>>(query).execute(tx)).rows)
  })

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'bundle-nodes-'))
  for (const _ of NODES) databases.push(await freshDatabase())
  const nodes = NODES.map((node) => ({ ...node, home: file(node.id), endpoint: 'https://127.0.0.1:9' }))
  await foundCoalition({ name: 'test', orgs: ORGS, nodes, now: new Date(), demonstration: true })
})
afterAll(async () => {
  for (const name of Object.keys(process.env)) if (before[name] === undefined) Reflect.deleteProperty(process.env, name)
  Object.assign(process.env, before)
  for (const database of databases) await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
const message: OutgoingMessage = {
  from: { org: from.org, unit: from.desk },
  to: [{ org: to.org, unit: to.desk }],
  kind: 'push',
  urgency: 'routine',
  context: 'test-context',
  expiresAt: inDays(5),
  purpose: 'customs-control',
  legalBasis: { act: 'Test act', art: '1' },
  handling: { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] },
  evaluation: { source: 'B', info: 2 },
  personalData: { yes: false, categories: [] },
  retention: { reviewAt: inDays(30), deleteBy: inDays(90) },
  // No slice knows this type: the node keeps it in quarantine, and says so in its evidence.
  body: { type: 'test.note', data: { text: 'hello' } },
}

it('needs to be told what and where', async () => {
  expect((await at(from, async (io) => await bundleExport({}, io))).code).toBe(2)
  expect((await at(from, async (io) => await bundleImport({ files: [] }, io))).code).toBe(2)
})

it('carries messages and their evidence across an air gap, once', { timeout: 180_000 }, async () => {
  await withNode(from, async ({ services }) => {
    for (let n = 0; n < 70; n += 1) await services.database.asWorker('test', async (tx) => await services.submit(tx, message))
  })
  const exported = await at(from, async (io) => await bundleExport({ to: to.org, out: file('out') }, io))
  expect(exported).toEqual({ code: 0, said: `${file('out')}: 70 envelopes for ${to.org}` })
  expect((await at(from, async (io) => await bundleExport({ to: to.org, out: file('out') }, io))).code).toBe(1)

  const imported = await at(to, async (io) => await bundleImport({ files: [file('out')] }, io))
  expect(imported.said).toContain('70 taken, 0 refused, 0 not answered yet')
  expect(imported.code).toBe(0)
  const inbox = 'select count(*)::int as n, count(distinct id)::int as ids from link.inbox'
  expect(await rows(to, inbox)).toEqual([{ n: 70, ids: 70 }])

  // The same file again, by somebody who was not sure: same answers, nothing more in the inbox.
  const again = await at(to, async (io) => await bundleImport({ files: [file('out')], answers: file('again') }, io))
  expect(again.code).toBe(0)
  expect(await rows(to, inbox)).toEqual([{ n: 70, ids: 70 }])
  const answersOf = (name: string) => readFileSync(name, 'utf8').split('\n').slice(1, 71)
  expect(answersOf(file('again'))).toEqual(answersOf(file('out.answers')))

  const states = 'select state, count(*)::int as n from link.outbox group by state'
  expect(await rows(from, states)).toEqual([{ state: 'waiting', n: 70 }])
  for (const name of ['out.answers', 'again']) {
    const settled = await at(from, async (io) => await bundleImport({ files: [file(name)] }, io))
    expect(settled).toEqual({ code: 0, said: `${file(name)}: 70 answers of ${to.id}` })
    expect(await rows(from, states)).toEqual([{ state: 'sent', n: 70 }])
    const kinds =
      "select kind, positive, count(*)::int as n from link.evidence where kind in ('submission', 'relay', 'delivery') group by 1, 2 order by 1, 2"
    expect(await rows(from, kinds)).toEqual([
      { kind: 'delivery', positive: false, n: 70 },
      { kind: 'relay', positive: true, n: 70 },
      { kind: 'submission', positive: true, n: 70 },
    ])
  }
  expect(await at(from, async (io) => await bundleExport({ to: to.org, out: file('empty') }, io))).toEqual({
    code: 0,
    said: `${file('empty')}: 0 envelopes for ${to.org}`,
  })
})

it('refuses a file that is for another node or was changed, and takes nothing of it', async () => {
  expect((await at(from, async (io) => await bundleImport({ files: [file('out')] }, io))).said).toContain('bundle.not-for-us at line 1')
  appendFileSync(file('out'), '\n')
  const changed = await at(to, async (io) => await bundleImport({ files: [file('out')], answers: file('never') }, io))
  expect(changed).toEqual({ code: 1, said: `${file('out')}: refused: bundle.added at line 73` })
  expect(existsSync(file('never'))).toBe(false)
  expect((await at(from, async (io) => await bundleExport({ to: 'org.nobody', out: file('nobody') }, io))).said).toContain(
    'not in the directory',
  )
})

it('waits for a running node that is sending to the same peer, instead of writing an empty file', { timeout: 180_000 }, async () => {
  await withNode(from, async ({ services }) => {
    await services.database.asWorker('test', async (tx) => {
      await services.submit(tx, message)
      await sql`update link.peers set lease_by = 'another process', lease_until = now() + interval '4 seconds'`.execute(tx)
    })
  })
  expect(await at(from, async (io) => await bundleExport({ to: to.org, out: file('held') }, io))).toEqual({
    code: 0,
    said: `${file('held')}: 1 envelope for ${to.org}`,
  })
  expect((await at(to, async (io) => await bundleImport({ files: [file('held')] }, io))).code).toBe(0)
  await withNode(from, async ({ services }) => {
    await services.database.asWorker('test', async (tx) => {
      await sql`update link.peers set lease_by = 'another process', lease_until = now() + interval '4 seconds'`.execute(tx)
    })
  })
  expect(await at(from, async (io) => await bundleImport({ files: [file('held.answers')] }, io))).toEqual({
    code: 0,
    said: `${file('held.answers')}: 1 answers of ${to.id}`,
  })
})

it('says how many do not fit into a file, and what of the answers could not be settled yet', { timeout: 180_000 }, async () => {
  await withNode(from, async ({ services }) => {
    await services.database.asWorker('test', async (tx) => {
      for (let n = 0; n < 1003; n += 1) await services.submit(tx, message)
    })
  })
  const exported = await at(from, async (io) => await bundleExport({ to: to.org, out: file('many') }, io))
  expect(exported).toEqual({
    code: 0,
    said: `${file('many')}: 1000 envelopes for ${to.org}\n3 more wait for the next file, once the answers to this one are imported.`,
  })
  expect((await at(to, async (io) => await bundleImport({ files: [file('many')] }, io))).code).toBe(0)
  // The peer lost one that came before and asked for it: it waits again, and these answers do not speak of it.
  await withNode(from, async ({ services }) => {
    await services.database.asWorker('test', async (tx) => {
      await sql`update link.outbox set state = 'waiting' where seq = 1`.execute(tx)
    })
  })
  expect(await at(from, async (io) => await bundleImport({ files: [file('many.answers')] }, io))).toEqual({
    code: 1,
    said: `${file('many.answers')}: 1000 answers of ${to.id}\n1000 of them could not be settled yet: import the file again after the next one.`,
  })
  await at(from, async (io) => await bundleExport({ to: to.org, out: file('next') }, io))
  await at(to, async (io) => await bundleImport({ files: [file('next')] }, io))
  expect((await at(from, async (io) => await bundleImport({ files: [file('next.answers')] }, io))).code).toBe(0)
  await at(from, async (io) => await bundleExport({ to: to.org, out: file('last') }, io))
  await at(to, async (io) => await bundleImport({ files: [file('last')] }, io))
  expect((await at(from, async (io) => await bundleImport({ files: [file('last.answers')] }, io))).code).toBe(0)
  expect(await rows(from, "select count(*)::int as n from link.outbox where state <> 'sent'")).toEqual([{ n: 0 }])
})
