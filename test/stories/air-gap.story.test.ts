/**
 * Two nodes that never have a network between them, worked as their operators do: by the command line, beside the running nodes, with files that
 * somebody carries. What is changed on the way is refused with its place, and nothing is lost by it.
 */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createItem, type ItemDraft, listItems, listMessages, showItem, showMessage } from '#modules/exchange/contract'
import { connect } from '#platform/store/connect.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import { type Client, signedInClient } from '../../src/app/client.ts'
import { eventually } from '../../src/app/demo/eventually.ts'
import { freePort } from '../../src/app/demo/free-port.ts'
import { type NodeProcess, nodeProcess } from '../../src/app/demo/node-process.ts'

const CLI = path.resolve(import.meta.dirname, '../../src/app/cli.ts')
const DESKS = { 'ec-guayaquil': 'ec.pcu.guayaquil', 'be-antwerp': 'be.customs.antwerp', 'es-algeciras': 'es.customs.algeciras' } as const
type NodeId = keyof typeof DESKS

let folder: string
const databases = new Map<NodeId, FreshDatabase>()
const processes: NodeProcess[] = []
let guayaquil: Client
let antwerp: Client
const file = (name: string) => path.join(folder, name)
const homeOf = (node: NodeId) => path.join(folder, 'coalition', node)

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** The command on the machine of a node; `killAfterMs` ends it without warning. */
async function at(node: NodeId, args: readonly string[], killAfterMs?: number): Promise<Ran> {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, BREAKWATER_HOME: homeOf(node), DATABASE_URL: databases.get(node)?.url ?? '', BREAKWATER_LOG: 'silent' },
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (part: Buffer) => (out += part.toString()))
  child.stderr.on('data', (part: Buffer) => (err += part.toString()))
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  clearTimeout(timer)
  return { code, out: out.trim(), err: err.trim() }
}

async function started(node: NodeId): Promise<Client> {
  const [account, password = ''] = (
    await at(node, ['officer', 'add', '--account', 'officer', '--name', 'Officer', '--desk', DESKS[node], '--role', 'officer'])
  ).out.split(/\s+/)
  const [webPort, linkPort] = [await freePort(), await freePort()]
  const running = nodeProcess({ id: node, home: homeOf(node), databaseUrl: databases.get(node)?.url ?? '', webPort, linkPort })
  processes.push(running)
  await running.start()
  return await signedInClient({ url: running.url, account: account ?? '', password, desk: DESKS[node], purpose: 'crime-prevention' })
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'air-gap-'))
  chmodSync(folder, 0o711)
  for (const node of Object.keys(DESKS) as NodeId[]) databases.set(node, await freshDatabase())
  const example = JSON.parse((await at('ec-guayaquil', ['node', 'init', '--example'])).out) as { nodes: { endpoint: string }[] }
  writeFileSync(file('plan.json'), JSON.stringify({ ...example, nodes: example.nodes.map((node) => ({ ...node, endpoint: 'bundle:' })) }))
  expect(await at('ec-guayaquil', ['node', 'init', file('plan.json'), '--out', file('coalition')])).toMatchObject({ code: 0 })
  guayaquil = await started('ec-guayaquil')
  antwerp = await started('be-antwerp')
})
afterAll(async () => {
  for (const each of processes) await each.stop()
  for (const database of databases.values()) await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

const draft = (title: string): ItemDraft => ({
  title,
  kind: 'push',
  fields: [{ id: 'f1', label: 'Seen', value: `value of ${title}`, handling: { H: [], tlp: 'AMBER', pap: 'AMBER', conditions: [] } }],
  attachments: [],
  recipients: ['be.customs.antwerp'],
  groups: [],
  urgency: 'urgent',
  evaluation: { source: 'B', info: 2 },
  legalBasis: { act: 'Coalition policy', art: 'information exchange' },
  personalData: { yes: false, categories: [] },
  derivedFrom: [],
  retentionDays: 365,
})
const release = async (title: string) => (await guayaquil.call(createItem, { draft: draft(title), key: randomUUID() })).item
const held = async () => (await antwerp.call(listItems, { limit: 100 })).items.map((row) => row.title).toSorted()
const evidenceOf = async (message: string) =>
  (await guayaquil.call(showMessage, { message })).evidence.filter((each) => each.positive).map((each) => each.kind as string)
async function rows(node: NodeId, query: string): Promise<readonly Record<string, unknown>[]> {
  const database = connect({ url: databases.get(node)?.url ?? '' })
  try {
    return await database.asWorker('test', async (tx) => (await sql.raw<Record<string, unknown>>(query).execute(tx)).rows)
  } finally {
    await database.close()
  }
}
/** Of what people sent and what answers it: each minute the nodes may also have something to tell each other of their directory. */
const waitingAt = async (node: NodeId) =>
  Number(
    (
      await rows(node, "select count(*)::int as n from link.outbox where state = 'waiting' and request->>'kind' in ('push', 'evidence')")
    )[0]?.['n'],
  )

describe('across an air gap', { timeout: 180_000 }, () => {
  let item: string
  it('a released item waits for a file, and the running node tries nothing', async () => {
    item = await release('First box')
    await new Promise((later) => setTimeout(later, 2500))
    expect(await waitingAt('ec-guayaquil')).toBe(1)
    const log = readFileSync(path.join(homeOf('ec-guayaquil'), 'node.log'), 'utf8')
    expect(log).not.toContain('link.unreachable')
    expect(log).toContain('the node is up')
  })

  it('the file brings it, its answers bring the evidence, a second file the evidence of reading', async () => {
    expect(await at('ec-guayaquil', ['bundle', 'export', '--to', 'be.customs', '--out', file('one')])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/one: \d envelopes? for be\.customs$/) as string,
      err: '',
    })
    expect(readFileSync(file('one'), 'utf8')).not.toContain('First box')
    expect(await at('be-antwerp', ['bundle', 'import', file('one')])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/one: \d taken, 0 refused, 0 not answered yet\n.*one\.answers: for ec-guayaquil$/) as string,
      err: '',
    })
    expect((await antwerp.call(showItem, { item })).fields.map((field) => field.value)).toEqual(['value of First box'])
    const message = (await guayaquil.call(listMessages, { direction: 'out', limit: 1 })).items[0]?.id ?? ''
    expect(await evidenceOf(message)).toEqual(['submission'])
    expect(await at('ec-guayaquil', ['bundle', 'import', file('one.answers')])).toMatchObject({ code: 0, err: '' })
    expect((await evidenceOf(message)).toSorted()).toEqual(['delivery', 'handling-accepted', 'relay', 'submission'])
    expect(await waitingAt('ec-guayaquil')).toBe(0)

    await eventually(
      async () => await waitingAt('be-antwerp'),
      (count) => count > 0,
    )
    expect(await at('be-antwerp', ['bundle', 'export', '--to', 'ec.pcu', '--out', file('back')])).toMatchObject({ code: 0, err: '' })
    expect(await at('ec-guayaquil', ['bundle', 'import', file('back')])).toMatchObject({ code: 0, err: '' })
    expect(await evidenceOf(message)).toContain('retrieval')
    expect(await at('be-antwerp', ['bundle', 'import', file('back.answers')])).toMatchObject({ code: 0, err: '' })
    expect(await waitingAt('be-antwerp')).toBe(0)
  })

  it('a file that was cut, changed, reordered or is for somebody else is refused with its place, and nothing of it is taken', async () => {
    for (const n of [2, 3, 4]) await release(`Box ${n}`)
    expect(await at('ec-guayaquil', ['bundle', 'export', '--to', 'be.customs', '--out', file('two')])).toMatchObject({ code: 0 })
    const lines = readFileSync(file('two'), 'utf8').split('\n').slice(0, -1)
    const [header = '', one = '', two = '', ...rest] = lines
    const last = lines.length
    expect(last).toBeGreaterThanOrEqual(5)
    const textOf = (these: readonly string[]) => these.map((line) => `${line}\n`).join('')
    const damaged: readonly (readonly [string, string, string])[] = [
      ['cut-within', textOf(lines).slice(0, header.length + one.length + 60), 'bundle.truncated at line 3'],
      ['changed', textOf([header, one, two.replace(/"jwe":"(.{40})./, '"jwe":"$1~'), ...rest]), `bundle.digest at line ${last}`],
      ['reordered', textOf([header, two, one, ...rest]), 'bundle.order at line 2'],
      ['left-out', textOf([header, one, ...rest]), 'bundle.order at line 3'],
    ]
    for (const [name, text, refusal] of damaged) {
      writeFileSync(file(name), text)
      expect(await at('be-antwerp', ['bundle', 'import', file(name)]), name).toEqual({
        code: 1,
        out: '',
        err: `${file(name)}: refused: ${refusal}`,
      })
      expect(existsSync(file(`${name}.answers`)), name).toBe(false)
    }
    const elsewhere = await at('es-algeciras', ['bundle', 'import', file('two')])
    expect(elsewhere).toEqual({ code: 1, out: '', err: `${file('two')}: refused: bundle.not-for-us at line 1` })
    expect(await held()).toEqual(['First box'])
    expect(await waitingAt('ec-guayaquil')).toBe(3)
    const refusals = await rows('be-antwerp', "select reason from audit.events where event = 'exchange.bundle-refused' order by id")
    expect(refusals.map((row) => row['reason'])).toEqual(damaged.map(([, , refusal]) => refusal))
  })

  it('killed in the middle of an import, and imported again, each item is there once', async () => {
    const before = Date.now()
    await at('be-antwerp', ['bundle', 'import', '--help'])
    const start = Date.now() - before
    for (const after of [start + 300, start + 600, start + 900])
      await at('be-antwerp', ['bundle', 'import', file('two'), '--answers', file(`killed-${after}`)], after)
    expect(await at('be-antwerp', ['bundle', 'import', file('two')])).toMatchObject({ code: 0, err: '' })
    expect(await held()).toEqual(['Box 2', 'Box 3', 'Box 4', 'First box'])
  })

  it('files brought again have no second effect, in whatever order', async () => {
    for (const [n, name] of ['two', 'one'].entries())
      expect(await at('be-antwerp', ['bundle', 'import', file(name), '--answers', file(`again-${n}`)])).toMatchObject({ code: 0, err: '' })
    expect(await held()).toEqual(['Box 2', 'Box 3', 'Box 4', 'First box'])
    expect(await rows('be-antwerp', "select count(*)::int as n from link.messages where direction = 'in'")).toEqual([{ n: 4 }])
  })

  it('answers that were changed settle nothing; the true ones do, and once', async () => {
    const text = readFileSync(file('two.answers'), 'utf8')
    writeFileSync(file('forged-well'), text.replace(/"answer":\{"state":"taken","evidence":\[[^\]]*\]\}/, '"answer":{"state":"refused"}'))
    expect((await at('ec-guayaquil', ['bundle', 'import', file('forged-well')])).err).toContain(
      `refused: bundle.digest at line ${text.split('\n').length - 1}`,
    )
    expect(await waitingAt('ec-guayaquil')).toBe(3)
    for (let times = 0; times < 2; times += 1)
      expect(await at('ec-guayaquil', ['bundle', 'import', file('two.answers')])).toMatchObject({ code: 0, err: '' })
    expect(await waitingAt('ec-guayaquil')).toBe(0)
    const delivered = "select count(*)::int as n from link.evidence where kind = 'delivery' and positive"
    expect(await rows('ec-guayaquil', delivered)).toEqual([{ n: 4 }])
  })

  it('the logs of both are whole, and say which files went and came', async () => {
    for (const node of ['ec-guayaquil', 'be-antwerp'] as const) expect(await at(node, ['audit', 'verify'])).toMatchObject({ code: 0 })
    const files = async (node: NodeId, event: string) =>
      (await rows(node, `select detail->>'sha256' as sha256 from audit.events where event = '${event}' order by id`)).map(
        (row) => row['sha256'],
      )
    const [sent, read] = [await files('ec-guayaquil', 'exchange.bundle-written'), await files('be-antwerp', 'exchange.bundle-read')]
    expect(sent).toHaveLength(2)
    for (const sha256 of sent) expect(read).toContain(sha256)
  })
})
