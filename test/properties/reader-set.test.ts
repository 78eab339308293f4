/**
 * Originator control against a model: whatever those who are not its originator send (pass on, derive, mark anew, grant, claim, forge, replay), the set
 * of organisations that hold a piece of information never grows beyond what its originator released, left open or granted by its signature.
 * The real routes and message handlers of four organisations run over one store; between them lies a network that delivers, repeats and redirects
 * whatever it was ever given, and dishonest senders that say anything they are able to say. Only who sent a message cannot be forged: that is the link's.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Grant, mayDo } from '#kernel/handling/capability.ts'
import { type Handling, OPEN } from '#kernel/handling/handling.ts'
import { exchange } from '#modules/exchange'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { auditMigrations } from '#platform/audit/migrations.ts'
import { makeCalendars } from '#platform/clock/holiday-calendar.ts'
import { openMessageBox } from '#platform/content/message-box.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { Directory, DirectoryOrg } from '#platform/link/directory.ts'
import type { IncomingMessage, OutgoingMessage } from '#platform/link/message.ts'
import { linkMigrations } from '#platform/link/migrations.ts'
import { directoryKeys, makeNodeKeys, type NodeKeys } from '#platform/link/node-keys.ts'
import { readStatement, type Saying, signStatement } from '#platform/link/statement.ts'
import { makeLogger } from '#platform/log/logger.ts'
import { assemble } from '#platform/module/assemble.ts'
import { procedureRegistry } from '#platform/module/procedure-registry.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { type Connection, connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { modules } from '../../src/app/modules.ts'
import { type FreshDatabase, freshDatabase } from '../../src/testing/postgres.ts'

const ORGS = ['org.a', 'org.b', 'org.c', 'org.d'] as const
type Org = (typeof ORGS)[number]
const deskOf = (org: string) => `${org}.desk`
let at = Date.parse('2026-11-24T12:00:00Z')
const clock = { now: () => new Date(at) }
const box = openMessageBox(Buffer.alloc(32, 7))
const assembly = assemble(modules)

const keys = Object.fromEntries(ORGS.map((org) => [org, makeNodeKeys(`${org}.node`, [org], { key: '', cert: '', ca: '' })])) as Record<
  Org,
  NodeKeys
>
const span = { from: '2026-01-01T00:00:00.000Z', until: '2027-01-01T00:00:00.000Z' }
const directory: Directory = {
  v: 1,
  coalition: 'test',
  version: 1,
  issued: clock.now().toISOString(),
  expires: span.until,
  prevDigest: null,
  steering: [],
  threshold: 1,
  orgs: ORGS.map(
    (org): DirectoryOrg => ({
      id: org,
      name: org,
      kind: 'customs',
      realm: 'customs',
      country: 'BE',
      thirdCountry: false,
      status: 'active',
      units: [{ id: deskOf(org), name: org, services: [], places: [], purposes: ['customs-control'], zone: 'UTC', calendar: 'BE' }],
      nodes: [{ id: `${org}.node`, endpoint: 'https://x.example', tlsSpki: [], keys: directoryKeys(keys[org], org, span) }],
    }),
  ),
}

let database: Connection
let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
  database = connect({ url: fresh.url })
  await migrate(database.pool, [
    { slice: 'platform.audit', migrations: auditMigrations },
    { slice: 'platform.link', migrations: linkMigrations },
    ...assembly.modules.map(({ id, migrations }) => ({ slice: id, migrations })),
  ])
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

interface Sent {
  readonly from: Org
  readonly message: OutgoingMessage
}
/** Everything that was ever given to the network, in order; what lies before `delivered` has arrived. */
let network: Sent[] = []
let delivered = 0

function servicesOf(org: Org): NodeServices {
  const services: Partial<NodeServices> = {
    itemFollowers: [],
    nodeId: `${org}.node`,
    authorities: [org],
    oversightDesks: [],
    clock,
    log: makeLogger({ node: 'test', level: 'silent' }),
    database,
    box,
    calendars: makeCalendars([]),
    procedures: procedureRegistry(assembly.procedures),
    directory: () => directory,
    submit: async (_tx, message) => {
      network.push({ from: org, message })
      return uuidv7()
    },
    statements: {
      make: async (saying) => await signStatement({ ...saying, v: 1, at: clock.now().toISOString() }, keys[org]),
      read: async (token) => await readStatement(token, directory, clock.now()),
    },
    record: async () => undefined,
    announce: async () => undefined,
    enqueue: async () => undefined,
    attest: async () => undefined,
  }
  return services as NodeServices
}

function factsOf(org: Org): SessionFacts {
  const officer: Pick<SessionFacts, 'officer' | 'officerName' | 'roles'> = {
    officer: `${org}.officer`,
    officerName: 'Officer',
    roles: ['officer', 'supervisor'],
  }
  return {
    ...officer,
    desk: deskOf(org),
    authority: org,
    authorityKind: 'customs',
    country: 'BE',
    realm: 'customs',
    purpose: 'customs-control',
    caseId: null,
  }
}

/** A route of the slice as an officer calls it; undefined when it was refused. */
async function call(org: Org, id: string, input: Readonly<Record<string, unknown>>): Promise<Record<string, unknown> | undefined> {
  const route = exchange.routes.find(({ spec }) => spec.id === id)
  if (route === undefined || !('run' in route)) throw new Error(`There is no route ${id}.`)
  const before = network.length
  try {
    return await database.asOfficer(factsOf(org), async (tx) => {
      const context: CaseContext = {
        facts: factsOf(org),
        tx,
        clock,
        services: servicesOf(org),
        about: () => undefined,
        demand: () => undefined,
      }
      return (await route.run(route.spec.input.parse(input), context)) as Record<string, unknown>
    })
  } catch (error) {
    if (!(error instanceof Error && 'status' in error)) throw error
    // What a transaction submitted leaves with it or not at all.
    network.length = before
    return undefined
  }
}

/** A message arrives: the slice takes it whole, or it changes nothing. */
async function arrive({ from, message }: Sent, to: Org): Promise<boolean> {
  const type = exchange.messages?.find((each) => each.type === message.body.type)
  const parsed = type?.schema.safeParse(message.body.data)
  if (type === undefined || parsed?.success !== true) return false
  const { expiresAt: _expires, ...rest } = message
  const incoming: IncomingMessage = {
    ...rest,
    id: uuidv7(),
    from: { org: from, unit: message.from.unit },
    to: [{ org: to, unit: deskOf(to) }],
    createdAt: clock.now().toISOString(),
    receivedAt: clock.now().toISOString(),
  }
  const before = network.length
  try {
    await database.asWorker('test', async (tx) => await type.receive(incoming, parsed.data, { tx, services: servicesOf(to) }))
    return true
  } catch {
    network.length = before
    return false
  }
}

/** One secret, told first by one organisation; derived pieces carry it on. What its originator itself said is all that counts. */
interface Secret {
  readonly text: string
  readonly origin: Org
  readonly released: Set<string>
  readonly grants: Grant[]
  /** Its originator once left it free to be passed on. */
  wasFree: boolean
}
interface Piece {
  readonly item: string
  readonly owner: Org
  readonly secrets: readonly Secret[]
}
let secrets: Secret[] = []
let pieces: Piece[] = []
/** Pieces that their owner told on without releasing them: what it made of another's secret and tells as its own is its own word. */
const retold = new Set<string>()
let requests: { readonly request: string; readonly holder: Org; readonly recipient: Org; readonly piece: Piece }[] = []

/** What an organisation does with a piece of its own counts for the secrets in it that are its own. */
function own(piece: Piece): readonly Secret[] {
  return piece.secrets.filter(({ origin }) => origin === piece.owner)
}

const isFree = (handling: Handling) => mayDo(handling, { capability: 'disseminate', holder: 'x', recipient: 'y', at }, [])

/** Who may hold a secret: whom the originator released it to, and whom those were granted to pass it to. */
function readersOf({ origin, released, grants, wasFree }: Secret): ReadonlySet<string> {
  if (wasFree) return new Set(ORGS)
  const readers = new Set<string>([origin, ...released])
  for (let before = -1; before !== readers.size; ) {
    before = readers.size
    for (const { holder, recipient } of grants) if (recipient !== undefined && readers.has(holder)) readers.add(recipient)
  }
  return readers
}

/** Every copy in every store. What a dishonest holder retells as its own is its own word, under its own name: no software can tell it from knowledge. */
async function requireNoReaderMore(): Promise<void> {
  const { rows } = await database.asWorker(
    'test',
    async (tx) =>
      await sql<{ org: string; item: string; origin_org: string; content: string; key: string }>`
        select i.org, i.item, i.origin_org, i.content, k.key from exchange.items i join exchange.content_keys k using (org, desk, item)
        where item = any(${pieces.map(({ item }) => item)})`.execute(tx),
  )
  for (const { org, item, origin_org: origin, ...boxed } of rows) {
    if (pieces.find((each) => each.item === item)?.owner !== origin) continue
    const content = box.open(boxed)
    for (const secret of secrets.filter(({ origin: first }) => first === origin || !retold.has(item)))
      if (content.includes(secret.text)) expect([...readersOf(secret)], `${org} holds ${secret.text} of ${secret.origin}`).toContain(org)
  }
}

const mark: fc.Arbitrary<Handling> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Handling>({ ...OPEN, H: ['H2'], tlp: 'AMBER' }) },
  { weight: 2, arbitrary: fc.constant<Handling>({ ...OPEN, tlp: 'RED' }) },
  { weight: 1, arbitrary: fc.constant<Handling>({ ...OPEN, tlp: 'GREEN' }) },
)
const org = fc.constantFrom(...ORGS)
const pick = fc.nat(1000)

type Step = Readonly<{ do: string; who: Org; to: Org; which: number; other: number; mark: Handling }>
const DEEDS = [
  'release',
  'release',
  'deliver',
  'deliver-all',
  'deliver-all',
  'pass-on',
  'derive',
  'derive',
  'ask',
  'answer',
  'remark',
  'recall',
  'replay',
  'redirect',
  'claim',
  'lend-grant',
  'relabel',
  'relabel',
  'forge',
] as const
const step: fc.Arbitrary<Step> = fc.record({ do: fc.constantFrom(...DEEDS), who: org, to: org, which: pick, other: pick, mark })

function draftOf(part: { readonly value: string; readonly to: Org; readonly mark: Handling; readonly derivedFrom: readonly string[] }) {
  const { H, conditions, tlp, pap } = part.mark
  return {
    title: 'A piece of information',
    fields: [{ id: 'what', label: 'What', value: part.value, handling: { H, conditions, tlp, pap } }],
    recipients: [deskOf(part.to)],
    evaluation: { source: 'A', info: 1 },
    legalBasis: { act: 'Test act', art: '1' },
    personalData: { yes: false, categories: [] },
    derivedFrom: part.derivedFrom,
  }
}

async function release(who: Org, to: Org, { marked, from }: { readonly marked: Handling; readonly from: readonly Piece[] }): Promise<void> {
  const fresh: Secret = { text: `secret-${randomUUID()}`, origin: who, released: new Set(), grants: [], wasFree: false }
  const carried = [fresh, ...from.flatMap((each) => each.secrets)]
  const value = carried.map(({ text }) => text).join(' ')
  const made = await call(who, 'exchange.createItem', {
    draft: draftOf({ value, to, mark: marked, derivedFrom: from.map(({ item }) => item) }),
    key: randomUUID(),
  })
  if (made === undefined) return
  const piece = { item: String(made['item']), owner: who, secrets: carried }
  secrets.push(fresh)
  pieces.push(piece)
  for (const secret of own(piece)) {
    secret.released.add(to)
    secret.wasFree ||= isFree(marked)
  }
}

/** A dishonest organisation says what it likes about whatever it has seen, in its own name. Of secrets of its own it may: it is their originator. */
async function say(who: Org, to: Org, body: OutgoingMessage['body'], like: OutgoingMessage): Promise<void> {
  const text = JSON.stringify(body)
  const { item } = body.data as { item?: string }
  if (pieces.some((piece) => piece.item === item && piece.owner === who)) retold.add(item ?? '')
  for (const secret of secrets)
    if (secret.origin === who && text.includes(secret.text)) {
      secret.released.add(to)
      secret.wasFree ||= (body.data as { fields: { handling: Handling }[] }).fields.some(({ handling }) => isFree(handling))
    }
  await arrive({ from: who, message: { ...like, from: { org: who, unit: deskOf(who) }, body } }, to)
}

const seenBy = (who: Org, type: string) =>
  network.filter(
    ({ from, message }, index) => message.body.type === type && (from === who || (index < delivered && message.to[0]?.org === who)),
  )

async function deliverAll(): Promise<void> {
  while (delivered < network.length) {
    const sent = network[delivered] as Sent
    delivered += 1
    await arrive(sent, sent.message.to[0]?.org as Org)
  }
}

/** Somebody who was sent it, mostly; else anybody. */
function actorOf({ who, other }: Step, piece: Piece | undefined): Org {
  const sent = network.slice(0, delivered).filter(({ message }) => message.body.type === 'exchange.item' && message.context === piece?.item)
  const holders = sent.map(({ message }) => message.to[0]?.org as Org)
  return other % 4 === 0 ? who : (holders[other % Math.max(1, holders.length)] ?? who)
}

async function ask(holder: Org, recipient: Org, piece: Piece): Promise<void> {
  const asked = { item: piece.item, capability: 'disseminate', recipient, reason: 'it is needed there', key: randomUUID() }
  const made = await call(holder, 'exchange.askPermission', asked)
  if (made !== undefined) requests.push({ request: String(made['request']), holder, recipient, piece })
}

async function grant(who: Org, asked: (typeof requests)[number]): Promise<void> {
  const answered = await call(who, 'exchange.answerPermission', { request: asked.request, decision: 'grant' })
  if (answered === undefined || who !== asked.piece.owner) return
  for (const { grants } of own(asked.piece))
    grants.push({ capability: 'disseminate', holder: asked.holder, recipient: asked.recipient, until: Number.POSITIVE_INFINITY })
}

async function markAnew(who: Org, piece: Piece, { H, tlp, pap, conditions }: Handling): Promise<void> {
  const done = await call(who, 'exchange.changeMarking', { item: piece.item, handling: { H, tlp, pap, conditions } })
  if (done !== undefined && who === piece.owner) for (const secret of own(piece)) secret.wasFree ||= isFree({ H, tlp, pap, conditions })
}

async function run(each: Step): Promise<void> {
  const { who, to, which, other } = each
  const piece = pieces[which % Math.max(1, pieces.length)]
  at += 1000
  if (each.do === 'release') await release(who, to, { marked: each.mark, from: [] })
  else if (each.do === 'derive') {
    if (piece !== undefined) await release(actorOf(each, piece), to, { marked: each.mark, from: [piece] })
  } else if (each.do === 'deliver') {
    const sent = network[delivered]
    if (sent === undefined) return
    delivered += 1
    await arrive(sent, sent.message.to[0]?.org as Org)
  } else if (each.do === 'deliver-all') await deliverAll()
  else if (each.do === 'pass-on') {
    if (piece !== undefined) await call(actorOf(each, piece), 'exchange.passOn', { item: piece.item, desk: deskOf(to), key: randomUUID() })
  } else if (each.do === 'ask') {
    if (piece !== undefined) await ask(actorOf(each, piece), to, piece)
  } else if (each.do === 'answer') {
    const asked = requests[which % Math.max(1, requests.length)]
    if (asked !== undefined) await grant(other % 4 === 0 ? who : asked.piece.owner, asked)
  } else if (each.do === 'remark') {
    if (piece !== undefined) await markAnew(other % 4 === 0 ? who : piece.owner, piece, each.mark)
  } else if (each.do === 'recall') {
    if (piece !== undefined)
      await call(who, 'exchange.recallItem', { item: piece.item, reason: 'incorrect', basis: 'a test', key: randomUUID() })
  } else if (each.do === 'replay') {
    const sent = network[which % Math.max(1, network.length)]
    if (sent !== undefined) await arrive(sent, sent.message.to[0]?.org as Org)
  } else await cheat(each, { piece, sent: seenBy(who, 'exchange.item'), tokens: tokensSeenBy(who), other })
}

function tokensSeenBy(who: Org): readonly string[] {
  const statements = seenBy(who, 'exchange.statement').map(({ message }) => (message.body.data as { token: string }).token)
  return [...statements, ...seenBy(who, 'exchange.item').flatMap(({ message }) => (message.body.data as { grants: string[] }).grants)]
}

interface Means {
  readonly piece: Piece | undefined
  readonly sent: readonly Sent[]
  readonly tokens: readonly string[]
  readonly other: number
}

async function cheat(each: Step, { piece, sent, tokens, other }: Means): Promise<void> {
  const { who, to, which } = each
  const seen = sent[which % Math.max(1, sent.length)]?.message
  if (seen === undefined) return
  const data = seen.body.data as { fields: { handling: Handling }[]; grants: string[]; origin: unknown }
  const item = (change: object) => ({ type: 'exchange.item', data: { ...data, ...change } })
  if (each.do === 'redirect') await say(who, to, item({}), seen)
  else if (each.do === 'claim') await say(who, to, item({ origin: { org: who, unit: deskOf(who) } }), seen)
  else if (each.do === 'relabel')
    // As the originator's, but freer than it said.
    await say(who, to, item({ fields: data.fields.map((field) => ({ ...field, handling: { ...OPEN, tlp: 'GREEN' } })) }), seen)
  else if (each.do === 'lend-grant')
    await say(who, to, item({ grants: tokens.slice(other % Math.max(1, tokens.length)).slice(0, 20) }), seen)
  else if (each.do === 'forge' && piece !== undefined && piece.owner !== who) {
    // Signed by its own seal, in the originator's name and in its own.
    for (const origin of [piece.owner, who]) {
      const saying: Saying = {
        says: 'grant',
        item: piece.item,
        origin: { org: origin, unit: deskOf(origin) },
        request: randomUUID(),
        capability: 'disseminate',
        holder: who,
        recipient: to,
        until: span.until,
      }
      const forger = { ...keys[who], orgs: { ...keys[who].orgs, [origin]: keys[who].orgs[who] as NodeKeys['orgs'][string] } }
      const token = await signStatement({ ...saying, v: 1, at: clock.now().toISOString() }, forger)
      await say(who, to, item({ grants: [token] }), seen)
      await say(who, to, { type: 'exchange.statement', data: { token } }, seen)
    }
  }
}

/** A run that always comes first: ten releases that arrive, so that the count below hangs neither on luck nor on the speed of the machine. */
const releasing: Step[] = Array.from(
  { length: 20 },
  (_, each): Step => ({
    do: each % 2 === 0 ? 'release' : 'deliver-all',
    who: 'org.a',
    to: 'org.b',
    which: 0,
    other: 0,
    mark: { ...OPEN, tlp: 'GREEN' },
  }),
)

it('never lets anybody but the originator enlarge the set of readers', async () => {
  let held = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 60 }), async (steps) => {
      ;[network, delivered, secrets, pieces, requests] = [[], 0, [], [], []]
      for (const each of steps) await run(each)
      await requireNoReaderMore()
      held += delivered
    }),
    {
      numRuns: Number(process.env['RUNS'] ?? 60),
      interruptAfterTimeLimit: Number(process.env['LIMIT'] ?? 25_000),
      examples: [[releasing]],
    },
  )
  // Not for want of messages.
  expect(held).toBeGreaterThanOrEqual(10)
})

describe('what was derived gives nothing on that its sources withhold', () => {
  const H2: Handling = { ...OPEN, H: ['H2'], tlp: 'AMBER' }
  const FREE: Handling = { ...OPEN, tlp: 'GREEN' }
  /** A tells B under H2; B may pass it to C alone, and makes a piece of its own from it for C. */
  async function derivedOnce(): Promise<Piece> {
    ;[network, delivered, secrets, pieces, requests] = [[], 0, [], [], []]
    await release('org.a', 'org.b', { marked: H2, from: [] })
    await deliverAll()
    const [source] = pieces
    await ask('org.b', 'org.c', source as Piece)
    await deliverAll()
    await grant('org.a', requests[0] as (typeof requests)[number])
    await deliverAll()
    await release('org.b', 'org.c', { marked: H2, from: [source as Piece] })
    await deliverAll()
    const derived = pieces[1]
    if (derived === undefined) throw new Error('What was granted was not derived.')
    return derived
  }

  it('through a second derivation', async () => {
    const derived = await derivedOnce()
    await release('org.b', 'org.d', { marked: H2, from: [derived] })
    await deliverAll()
    expect(pieces).toHaveLength(2)
    await requireNoReaderMore()
  })

  it('by a looser marking of the piece that was made from it', async () => {
    const derived = await derivedOnce()
    await markAnew('org.b', derived, FREE)
    await deliverAll()
    await call('org.c', 'exchange.passOn', { item: derived.item, desk: deskOf('org.d'), key: randomUUID() })
    await deliverAll()
    await requireNoReaderMore()
  })

  it('by a permission for the piece that was made from it', async () => {
    const derived = await derivedOnce()
    await ask('org.c', 'org.d', derived)
    await deliverAll()
    await grant('org.b', requests[1] as (typeof requests)[number])
    await deliverAll()
    await call('org.c', 'exchange.passOn', { item: derived.item, desk: deskOf('org.d'), key: randomUUID() })
    await deliverAll()
    await requireNoReaderMore()
  })
})

describe('what a holder says of a part that it passes on counts for nothing', () => {
  const FREE: Handling = { ...OPEN, tlp: 'GREEN' }
  type Data = { fields: { value: string; label: string; handling: Handling }[]; title: string; parts: string[]; evaluation: object }

  /** What B received from A, and whether C takes it from B after a change. */
  async function passedOn(change: (data: Data) => Partial<Data>, message: Partial<OutgoingMessage> = {}): Promise<boolean> {
    ;[network, delivered, secrets, pieces, requests] = [[], 0, [], [], []]
    await release('org.a', 'org.b', { marked: FREE, from: [] })
    await deliverAll()
    const seen = network[0]?.message as OutgoingMessage
    const data = seen.body.data as Data
    const body = { type: 'exchange.item', data: { ...data, ...change(data) } }
    return await arrive({ from: 'org.b', message: { ...seen, ...message, from: { org: 'org.b', unit: deskOf('org.b') }, body } }, 'org.c')
  }

  it('is taken when nothing was changed', async () => {
    expect(await passedOn(() => ({}))).toBe(true)
  })

  it.each<[string, (data: Data) => Partial<Data>, Partial<OutgoingMessage>]>([
    ['freer', ({ fields }) => ({ fields: fields.map((field) => ({ ...field, handling: OPEN })) }), {}],
    ['stricter', ({ fields }) => ({ fields: fields.map((field) => ({ ...field, handling: { ...FREE, H: ['H1'] } })) }), {}],
    ['in other words', ({ fields }) => ({ fields: fields.map((field) => ({ ...field, value: 'something else' })) }), {}],
    ['under another label', ({ fields }) => ({ fields: fields.map((field) => ({ ...field, label: 'Why' })) }), {}],
    ['under another title', () => ({ title: 'Quite another thing' }), {}],
    ['with a part of its own', ({ fields }) => ({ fields: [...fields, { ...(fields[0] as Data['fields'][number]), id: 'more' }] }), {}],
    ['without the word of its originator', () => ({ parts: [] }), {}],
    ['better evaluated', () => ({ evaluation: { source: 'A', info: 4 } }), {}],
    ['for another purpose', () => ({}), { purpose: 'crime-prevention' }],
    ['for longer', () => ({}), { retention: { reviewAt: '2027-01-01T00:00:00.000Z', deleteBy: '2030-01-01T00:00:00.000Z' } }],
  ])('and is refused %s', async (_how, change, message) => {
    expect(await passedOn(change, message)).toBe(false)
  })

  it('and what its originator marks anew is passed on as it is marked now', async () => {
    ;[network, delivered, secrets, pieces, requests] = [[], 0, [], [], []]
    await release('org.a', 'org.b', { marked: { ...OPEN, H: ['H2'], tlp: 'AMBER' }, from: [] })
    await deliverAll()
    const [piece] = pieces as [Piece]
    const pass = async (who: Org, to: Org) => await call(who, 'exchange.passOn', { item: piece.item, desk: deskOf(to), key: randomUUID() })
    expect(await pass('org.b', 'org.c')).toBeUndefined()
    at += 1000
    await markAnew('org.a', piece, FREE)
    await deliverAll()
    expect(await pass('org.b', 'org.c')).toEqual({ fields: ['What'] })
    await deliverAll()
    // And from there: each copy brings the originator's word along.
    expect(await pass('org.c', 'org.d')).toEqual({ fields: ['What'] })
    await deliverAll()
    at += 1000
    await markAnew('org.a', piece, { ...FREE, H: ['H2'] })
    await deliverAll()
    const seen = await call('org.d', 'exchange.exportItem', { item: piece.item })
    expect(JSON.parse(String(seen?.['text']))).toMatchObject({ handling: { H: ['H2'] } })
    expect(await pass('org.d', 'org.b')).toBeUndefined()
  })
})
