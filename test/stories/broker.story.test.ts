/**
 * Two real nodes that reach each other only by a real NATS server, each in an account of its own: an item with its evidence and the feedback to it, the
 * server killed and started again in between, and everything that anybody could see on the server searched for what was said.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection, nkeyAuthenticator } from '@nats-io/transport-node'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createItem, giveFeedback, type ItemDraft, listItems, listMessages, showItem, showMessage } from '#modules/exchange/contract'
import { accountsOf, brokerUser, natsServerVersion, startNatsServer, type TestServer } from '#platform/link/nats.fixture.ts'
import type { Client } from '../../src/app/client.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'

const missing = natsServerVersion() === undefined
const SAID = { title: 'Blue box at the quay', value: 'seal GS6271234 was broken twice', feedback: 'found behind the third wall' }
const NODES = { 'ec-guayaquil': ['ec.pcu'], 'be-antwerp': ['be.customs', 'be.terminal.antwerp'] } as const

let folder: string
let server: TestServer
let coalition: TestCoalition
let guayaquil: Client
let antwerp: Client
const watchers: NatsConnection[] = []
/** All that was published in any account, headers and all. */
const seen: { readonly subject: string; readonly text: string }[] = []
/** What lay in the files of the server when it was killed. */
const disk: string[] = []

const draft = (title: string): ItemDraft => ({
  title,
  kind: 'push',
  fields: [{ id: 'f1', label: 'What was seen', value: SAID.value, handling: { H: [], tlp: 'AMBER', pap: 'AMBER', conditions: [] } }],
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

describe.skipIf(missing)(
  `two nodes and a broker${missing ? ' (skipped: there is no nats-server on this machine)' : ''}`,
  { timeout: 180_000 },
  () => {
    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'broker-story-'))
      const users = new Map(Object.keys(NODES).map((node) => [node, brokerUser()]))
      const accounts = Object.entries(NODES).map(([node, orgs]) => ({ orgs, user: users.get(node)?.name ?? '' }))
      server = await startNatsServer({ more: accountsOf(accounts) })
      for (const [node, { seed }] of users) writeFileSync(path.join(folder, node), seed, { mode: 0o600 })
      coalition = await startCoalition({
        nodes: Object.keys(NODES),
        broker: {
          endpoint: 'nats://hub.example',
          settings: (node) => ({
            BREAKWATER_NATS_SERVERS: `nats://${server.url}`,
            BREAKWATER_NATS_CREDENTIALS: path.join(folder, node),
            BREAKWATER_LINK_PORT: '0',
          }),
        },
      })
      for (const { seed } of users.values()) {
        const watcher = await connect({
          servers: server.url,
          authenticator: nkeyAuthenticator(new TextEncoder().encode(seed)),
          maxReconnectAttempts: -1,
          reconnectTimeWait: 50,
        })
        watcher.subscribe('>', {
          callback: (_error, message) =>
            void seen.push({ subject: message.subject, text: `${String(message.headers ?? '')}${message.string()}` }),
        })
        await watcher.flush()
        watchers.push(watcher)
      }
      guayaquil = await coalition.client('guayaquil', 'crime-prevention')
      antwerp = await coalition.client('antwerp', 'crime-prevention')
    })
    afterAll(async () => {
      for (const watcher of watchers) await watcher.close()
      await coalition.stop()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    })

    /** Sends what waits now, instead of when the next try has come. */
    const flushAll = async () => {
      await Promise.all([coalition.node('ec-guayaquil').link.flush('be.customs'), coalition.node('be-antwerp').link.flush('ec.pcu')])
    }
    const until = async <T>(look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> =>
      await coalition.eventually(async () => {
        await flushAll()
        return await look()
      }, holds)
    const killed = async () => {
      await server.kill()
      disk.push(...filesUnder(server.folder))
    }
    const rows = async (node: keyof typeof NODES, query: string) =>
      await coalition
        .node(node)
        .services.database.asWorker('test', async (tx) => (await sql.raw<Record<string, unknown>>(query).execute(tx)).rows)

    it('listen nowhere but on the broker', async () => {
      expect(coalition.node('be-antwerp').linkUrl).toBe('nats://hub.example')
    })

    it('exchange an item, its evidence and the feedback to it', async () => {
      const { item } = await guayaquil.call(createItem, { draft: draft(SAID.title), key: randomUUID() })
      await until(
        async () => (await antwerp.call(listItems, { limit: 10 })).items.map((row) => row.item),
        (items) => items.includes(item),
      )
      expect((await antwerp.call(showItem, { item })).fields.map((field) => field.value)).toEqual([SAID.value])
      const sent = (await guayaquil.call(listMessages, { direction: 'out', limit: 10 })).items[0]
      const { evidence } = await until(
        async () => await guayaquil.call(showMessage, { message: sent?.id ?? '' }),
        (message) => message.evidence.some((each) => each.kind === 'retrieval'),
      )
      expect(
        evidence
          .filter((each) => each.positive)
          .map((each) => `${each.kind} ${each.issuer}`)
          .toSorted(),
      ).toEqual([
        'delivery be-antwerp',
        'handling-accepted be-antwerp',
        'relay be-antwerp',
        'retrieval be-antwerp',
        'submission ec-guayaquil',
      ])
      await antwerp.call(giveFeedback, { item, kind: 'seen-too', note: SAID.feedback })
      const back = await until(
        async () => (await guayaquil.call(showItem, { item })) as unknown,
        (view) => JSON.stringify(view).includes(SAID.feedback),
      )
      expect(JSON.stringify(back)).toContain(SAID.feedback)
    })
    it('lose and double nothing when the broker is killed in between, again and again', async () => {
      const titles = Array.from({ length: 30 }, (_, n) => `${SAID.title} ${n}`)
      for (const [n, title] of titles.entries()) {
        // The last is made while there is no broker, so that something is sure to wait.
        if (n === titles.length - 1) await killed()
        await guayaquil.call(createItem, { draft: draft(title), key: randomUUID() })
        if (n % 10 === 3) await killed()
        if (n % 10 === 8) await server.again()
      }
      // What was made while there was no broker waits at its sender, and the node goes on working.
      expect((await rows('ec-guayaquil', "select count(*)::int as n from link.outbox where state = 'waiting'"))[0]?.['n']).toBeGreaterThan(
        0,
      )
      await server.again()
      const states = "select state, count(*)::int as n from link.messages where direction = 'out' group by state"
      await until(
        async () => await rows('ec-guayaquil', states),
        (found) => found.length === 1 && found[0]?.['state'] === 'sent',
      )
      const held = (await antwerp.call(listItems, { limit: 100 })).items.map((row) => row.title)
      expect(held.toSorted()).toEqual([SAID.title, ...titles].toSorted())
      expect(
        await rows('be-antwerp', "select count(*)::int as n, count(distinct id)::int as ids from link.messages where direction = 'in'"),
      ).toEqual([{ n: 31, ids: 31 }])
      const kinds =
        "select kind, count(*)::int as n from link.evidence where positive and kind in ('submission', 'relay', 'delivery') and id in (select id from link.messages where direction = 'out') group by 1 order by 1"
      expect(await rows('ec-guayaquil', kinds)).toEqual([
        { kind: 'delivery', n: 31 },
        { kind: 'relay', n: 31 },
        { kind: 'submission', n: 31 },
      ])
      // Taken and acknowledged: nothing stays on the broker. A broker that was started anew may not answer yet, and is asked again.
      const stored = async () =>
        (await (await jetstreamManager(watchers[1] as NatsConnection)).streams.info('HX_be_customs')).state.messages
      await until(
        async () => await stored().catch(String),
        (messages) => messages === 0,
      )
    })

    it('(L20) showed the broker ciphertext and signatures, and nothing of what was said', () => {
      const texts = [...seen.map(({ text }) => text), ...disk, ...filesUnder(server.folder)]
      // The search finds what is there to find: envelopes were seen.
      expect(new Set(seen.map(({ subject }) => subject))).toContain('hx.be_customs.urgent')
      const holding = (found: readonly string[]) => found.filter((text) => clearOf(text).includes('"org":"ec.pcu"')).length
      expect(holding(seen.map(({ text }) => text))).toBeGreaterThan(5)
      // What lies on the disk when the server is killed is a matter of the moment; that it would be found is not.
      expect(disk.length).toBeGreaterThan(0)
      const block = Buffer.concat([Buffer.alloc(64, 0xc3), Buffer.from(seen.map(({ text }) => text).join('')), Buffer.alloc(64, 0x81)])
      expect(holding([block.toString('latin1')])).toBe(1)
      expect(clearOf(JSON.stringify({ jwe: Buffer.from(SAID.value).toString('base64url') }))).toContain(SAID.value)
      for (const said of [...Object.values(SAID), 'What was seen']) expect(texts.filter((text) => clearOf(text).includes(said))).toEqual([])
    })
  },
)

/** A text with everything in it that is base64url of something, in clear beside it. */
function clearOf(text: string): string {
  const encoded = text.match(/[A-Za-z0-9_-]{16,}/g) ?? []
  return [text, ...encoded.map((each) => Buffer.from(each, 'base64url').toString('latin1'))].join('\n')
}

/** Every file of the server as text. */
function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, 'latin1'))
}
