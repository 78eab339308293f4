/**
 * What the routes of a node give to whoever asks with an id of another: roles × organisations × routes × every id parameter. A thing of another
 * answers as a thing that does not exist, byte for byte, changes nothing, and no role is above that.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueAlert, requestPortAction } from '#modules/cargo/contract'
import { createItem, type ItemDraft, uploadAttachment } from '#modules/exchange/contract'
import { ask as askMatch, indexKey, showQuery } from '#modules/matching/contract'
import { ROLES, type Role } from '#platform/access/session-facts.ts'
import type { RouteSpec } from '#platform/http/route.ts'
import { NO_ALLIANCE } from '../properties/alliance-world.fixture.ts'
import { NO_CARGO } from '../properties/cargo-world.fixture.ts'
import { NO_RECORDS } from '../properties/records-world.fixture.ts'
import { NO_TARGETING } from '../properties/targeting-world.fixture.ts'
import { blot, routes, SECRET_CONTAINER, TRIES, type World, world } from '../properties/two-worlds.fixture.ts'
import { draftOf } from '../stories/draft.ts'
import { heldBy, loggedAt } from './stored.fixture.ts'
import { type Ask, appAt, assembly, factsOf, type Input, parametersOf, type Viewer, viewerAt } from './viewer.fixture.ts'

const ANTWERP = 'be.customs.antwerp'
const HOUR = 3_600_000
const KEY = 'a-key-of-antwerp-1'
const UUID_KEY = randomUUID()

/** Ids of things of Antwerp, by what they name. */
let ids: Readonly<Record<string, string>>
let at: World

beforeAll(async () => {
  at = await world(true)
  const { coalition } = at
  const antwerp = await coalition.client('antwerp')
  const { sha256, size } = await antwerp.upload(uploadAttachment, { name: 'scan.raw' }, Buffer.from('what only Antwerp has'))
  const attachments: ItemDraft['attachments'] = [
    { sha256, size, name: 'scan.raw', handling: { H: [], tlp: 'GREEN', pap: 'CLEAR', conditions: [] } },
  ]
  const own = await antwerp.call(createItem, { draft: { ...ownItem('ec.pcu.guayaquil'), attachments }, key: UUID_KEY })
  await antwerp.call(issueAlert, { draft: ownAlert(), key: KEY })
  const { action } = await antwerp.call(requestPortAction, { ...portAction(at.alert), key: KEY })
  const asked = await antwerp.call(askMatch, { keys: [{ type: 'container', value: SECRET_CONTAINER }], caseRef: 'ANOTHER', key: KEY })
  // Its answer comes from Guayaquil: what Antwerp holds stands still after that.
  await coalition.eventually(
    async () => await antwerp.call(showQuery, { query: asked.query }),
    ({ hits }) => hits.length === 1,
  )
  const {
    alert,
    caseId,
    document,
    message,
    item,
    entry,
    query,
    notice,
    shared,
    draft,
    file,
    manifest,
    followUp,
    caseNotice,
    handOver,
    feed,
  } = at
  const things = {
    alert,
    caseId,
    document,
    message,
    item,
    entry,
    query,
    notice,
    shared,
    draft,
    file,
    manifest,
    followUp,
    caseNotice,
    handOver,
    feed,
  }
  const ofSlices = [
    partOf(at.records, NO_RECORDS),
    partOf(at.cargo, NO_CARGO),
    partOf(at.alliance, NO_ALLIANCE),
    partOf(at.targeting, NO_TARGETING),
  ]
  ids = { ...things, ...Object.assign({}, ...ofSlices), action, own: own.item, sha256, key: KEY, uuidKey: UUID_KEY }
})
afterAll(async () => await at.coalition.stop())

/** What only Antwerp has of a slice, by the names of what is nothing in the other world. */
function partOf<Hidden extends object>(world: Hidden, hidden: { readonly [Name in keyof Hidden]?: unknown }): Partial<Hidden> {
  return Object.fromEntries(Object.entries(world).filter(([name]) => name in hidden)) as Partial<Hidden>
}

function ownItem(recipient: string): ItemDraft {
  return {
    title: 'Of my own',
    kind: 'push',
    fields: [{ id: 'what', label: 'What', value: 'a blue box', handling: { H: [], tlp: 'GREEN', pap: 'CLEAR', conditions: [] } }],
    attachments: [],
    recipients: [recipient],
    groups: [],
    urgency: 'routine',
    evaluation: { source: 'B', info: 2 },
    legalBasis: { act: 'Coalition policy', art: 'information exchange' },
    personalData: { yes: false, categories: [] },
    derivedFrom: [],
    retentionDays: 30,
  }
}

const ownAlert = () =>
  draftOf(at.coalition, {
    legs: [
      { role: 'loading', place: 'BEANR' },
      { role: 'discharge', place: 'ITGOA', eta: new Date(at.coalition.clock.now().getTime() + 99 * HOUR).toISOString() },
    ],
  })

const portAction = (alert?: string) => ({
  ...(alert === undefined ? {} : { alert }),
  partner: 'be.terminal.antwerp.operations',
  container: SECRET_CONTAINER,
  action: 'hold' as const,
  until: new Date(at.coalition.clock.now().getTime() + 48 * HOUR).toISOString(),
  legalBasisText: 'Customs control',
  contact: 'Desk',
})

/** Inputs that would be good if the ids in them were one's own; what the two worlds try stands for the rest. */
function samplesOf(spec: RouteSpec): readonly Input[] {
  const more: Readonly<Record<string, () => readonly Input[]>> = {
    'exchange.previewItem': () => [
      { ...ownItem('be.customs.national'), derivedFrom: [at.item] },
      {
        ...ownItem('be.customs.national'),
        attachments: [{ sha256: ids['sha256'], size: 21, name: 'x', handling: { H: [], tlp: 'GREEN', pap: 'CLEAR', conditions: [] } }],
      },
    ],
    'exchange.createItem': () => [
      { draft: { ...ownItem('be.customs.national'), derivedFrom: [at.item] }, key: randomUUID() },
      { draft: ownItem('be.customs.national'), key: UUID_KEY },
    ],
    'exchange.fetchAttachment': () => [{ item: ids['own'], sha256: ids['sha256'] }],
    'exchange.readAttachment': () => [{ item: ids['own'], sha256: ids['sha256'] }],
    'exchange.recallItem': () => [{ item: ids['own'], reason: 'other', basis: 'a guess', key: UUID_KEY }],
    'exchange.changeMarking': () => [{ item: ids['own'], handling: { H: [], tlp: 'CLEAR', pap: 'CLEAR', conditions: [] } }],
    'cargo.issueAlert': () => [{ draft: ownAlert(), key: KEY }],
    'cargo.requestPortAction': () => [{ ...portAction(at.alert), key: KEY }],
    'cargo.showPortAction': () => [{ action: ids['action'] }],
    'cargo.movePortAction': () => [{ action: ids['action'], transition: 'release', fields: {}, version: 1, key: KEY }],
    'matching.ask': () => [{ keys: [{ type: 'container', value: SECRET_CONTAINER }], caseRef: 'ANOTHER', key: KEY }],
  }
  return [...(more[spec.id]?.() ?? []), ...(TRIES[spec.id]?.(at) ?? [])]
}

/** Places in a sample where an id of Antwerp stands. */
function placesOf(sample: unknown, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (typeof sample === 'string') return Object.values(ids).includes(sample) ? [path] : []
  if (Array.isArray(sample)) return sample.flatMap((each, index) => placesOf(each, [...path, index]))
  if (typeof sample === 'object' && sample !== null)
    return Object.entries(sample).flatMap(([name, each]) => placesOf(each, [...path, name]))
  return []
}

function withAt(sample: unknown, path: readonly (string | number)[], value: string): unknown {
  const [first, ...rest] = path
  if (first === undefined) return value
  if (Array.isArray(sample)) return sample.map((each, index) => (index === first ? withAt(each, rest, value) : each))
  const members = sample as Record<string, unknown>
  return { ...members, [first]: withAt(members[first], rest, value) }
}

/** Of the same shape as the id, and nobody's. */
function strangerOf(id: string): string {
  if (/^[0-9a-f]{64}$/.test(id)) return randomUUID().replaceAll('-', '').repeat(2)
  if (/^[0-9a-f]{40}$/.test(id)) return randomUUID().replaceAll('-', '').padEnd(40, '0')
  if (/^[0-9a-f]{32}$/.test(id)) return randomUUID().replaceAll('-', '')
  if (/^r[0-9a-f]{32}$/.test(id)) return `r${randomUUID().replaceAll('-', '')}`
  if (id === KEY) return `stranger-${randomUUID()}`
  return id === UUID_KEY ? randomUUID() : `01a0${randomUUID().slice(4, 14)}7${randomUUID().slice(15)}`
}

/** A repeat under the same key answers the first result: each asking has a key of its own, save where the key is what is asked with. */
const fresh = (input: Input, tried: readonly (string | number)[]): Input =>
  typeof input['key'] === 'string' && tried[0] !== 'key' ? { ...input, key: randomUUID() } : input

interface Difference {
  readonly route: string
  readonly place: string
  readonly id: string
  readonly answers: readonly string[]
}

/** Asks with each id and with a stranger of the same shape in its place; answers where the two can be told apart. */
async function differences(
  ask: Ask,
  specs: readonly RouteSpec[],
  candidates: (id: string, spec: RouteSpec) => readonly string[],
): Promise<Difference[]> {
  const found: Difference[] = []
  for (const spec of specs)
    for (const sample of samplesOf(spec))
      for (const place of placesOf(sample))
        for (const id of candidates(valueAt(sample, place), spec)) {
          const stranger = strangerOf(id)
          const answers: string[] = []
          for (const value of [id, stranger]) {
            const { status, text } = await ask(spec, fresh(withAt(sample, place, value) as Input, place))
            if (status === 429) throw new Error(`${spec.id} was asked too often.`)
            answers.push(`${status} ${blot(text.replaceAll(value, '<asked>'))}`)
          }
          if (answers[0] !== answers[1]) found.push({ route: spec.id, place: place.join('.'), id, answers })
        }
  return found
}

const valueAt = (sample: unknown, path: readonly (string | number)[]): string =>
  String(path.reduce((value, step) => (value as Record<string | number, unknown>)[step], sample))

const NODE = 'be-antwerp'
const customs = { authority: 'be.customs', realm: 'customs' } as const
const DESKS: readonly Omit<Viewer, 'roles'>[] = [
  { desk: 'be.customs.zeebrugge', ...customs },
  { desk: 'be.customs.national', ...customs },
  { desk: 'be.customs.dpo', authority: 'be.customs', realm: 'oversight' },
  { desk: 'be.terminal.antwerp.operations', authority: 'be.terminal.antwerp', realm: 'partner' },
  { desk: 'es.customs.algeciras', authority: 'es.customs', realm: 'customs' },
  { desk: 'ec.pcu.guayaquil', authority: 'ec.pcu', realm: 'law-enforcement' },
]
const ROLE_SETS: readonly (readonly Role[])[] = [...ROLES.map((role) => [role]), [...ROLES], ROLES.filter((role) => role !== 'operator')]

/** What the log is for and whoever repeats a draw, and what was asked of the terminal itself. */
function isOwnBusiness(desk: string, { id: route }: RouteSpec, id: string): boolean {
  if (desk === 'be.customs.dpo') return route.startsWith('oversight.') || route === 'targeting.repeatDraw'
  return desk === 'be.terminal.antwerp.operations' && id === ids['action']
}

it('(L10) tries every id that a path names', () => {
  const tried = new Set(
    routes.flatMap((spec) => samplesOf(spec).flatMap((sample) => placesOf(sample).map((place) => `${spec.id} ${place[0]}`))),
  )
  const named = routes.flatMap((spec) => parametersOf(spec).map((name) => `${spec.id} ${name}`))
  // A container number is no id of anybody's, nor is a vessel, a partner of the directory, an indicator, a procedure or a step of one; an entry of the log and a part of a document are
  // numbered, a month is one, the secret of a feed is random: told by their own tests.
  const others = [
    'cargo.showContainer container',
    'cargo.showLife container',
    'cargo.showVessel vessel',
    'cargo.showStowage message',
    'cargo.showAnswer ordinal',
    'cargo.explainAnswer ordinal',
    'cargo.noteAnswerSent ordinal',
    'cargo.showAlertReport month',
    'alliance.changePartner desk',
    'targeting.proposeIndicator indicator',
    'targeting.decideIndicator indicator',
    'targeting.showSenderReport month',
    'oversight.proveEntry entry',
    'cargo.checkIdentifier kind',
    'procedures.showProcedure procedure',
    'procedures.showDraft transition',
    'procedures.saveDraft transition',
    'procedures.findParties procedure',
    'procedures.showStatistics procedure',
    'procedures.exportStatistics procedure',
    'procedures.openFeed token',
  ]
  expect(named.filter((each) => !tried.has(each) && !others.includes(each))).toEqual([])
})

const OTHERS = 4
let turned = 0

/** Some ids of other kinds, and the next ones at the next place: every id is tried at many places. */
function others(id: string): readonly string[] {
  const all = Object.values(ids).filter((each) => each !== id)
  turned += OTHERS
  return all.concat(all).slice(turned % all.length, (turned % all.length) + OTHERS)
}

describe('things of Antwerp', () => {
  let before = ''
  beforeAll(async () => {
    // What the hour or the night would do while others ask is done already, and does nothing when it comes again.
    const { services } = at.coalition.node(NODE)
    for (const { schedule, run } of assembly.jobs) if (schedule !== undefined) await run({}, services)
    before = await settled()
  })

  it.each(DESKS.map((desk) => [desk.desk, desk] as const))(
    '(L10) (L23) are for %s, in any role and in all roles at once, as if they did not exist',
    // Every route in every set of roles.
    { timeout: 600_000 },
    async (_desk, desk) => {
      for (const roles of ROLE_SETS) {
        const ask = viewerAt(at.coalition.node(NODE).services, { ...desk, roles })
        const same = (id: string, spec: RouteSpec) => (isOwnBusiness(desk.desk, spec, id) ? [] : [id])
        expect(await differences(ask, routes, same), roles.join(' ')).toEqual([])
      }
    },
  )

  it.each(DESKS.slice(0, 1).map((desk) => [desk.desk, desk] as const))(
    '(L10) are reached from %s by no id of another kind in the place of one',
    async (_desk, desk) => {
      const ask = viewerAt(at.coalition.node(NODE).services, { ...desk, roles: ['officer'] })
      expect(await differences(ask, routes, others)).toEqual([])
    },
  )

  it('(L10) are what they were after all of that', async () => {
    expect(await heldBy(at.coalition, NODE, ANTWERP)).toBe(before)
  })

  it('are there for Antwerp: the comparison is not blind', async () => {
    const ask = viewerAt(at.coalition.node(NODE).services, { desk: ANTWERP, ...customs, roles: ['officer', 'supervisor'] })
    const reading = routes.filter(({ method }) => method === 'get')
    const seen = (await differences(ask, reading, (id) => [id])).map(({ route }) => route)
    for (const route of [
      'cargo.showAlert',
      'cargo.showDocument',
      'cargo.showPortAction',
      'cargo.listAnswers',
      'alliance.showChain',
      'targeting.showRule',
      'exchange.showItem',
      'exchange.showMessage',
      'matching.showQuery',
    ])
      expect(seen).toContain(route)
  })
})

/** Evidence and answers still come in behind: what is held counts once nothing more is to come. */
async function settled(): Promise<string> {
  await at.coalition.quiet()
  return await heldBy(at.coalition, NODE, ANTWERP)
}

it('(L3) to make something answers as ever where another desk made the same, under whatever key', async () => {
  const { coalition } = at
  // So that the terminal is a partner of Zeebrugge too.
  await coalition.direct(({ orgs }) => ({
    orgs: orgs.map((org) => ({
      ...org,
      units: org.units.map((unit) => (unit.id === 'be.customs.zeebrugge' ? { ...unit, places: ['BEZEE', 'BEANR'] } : unit)),
    })),
  }))
  const zeebrugge = await coalition.client('zeebrugge')
  const boxOf = (value: string) => ({ record: 'SECRET', key: { type: 'container', value }, policy: 'open', category: 'asset' })
  const taken: readonly (readonly [RouteSpec, Input, Input])[] = [
    [issueAlert, { draft: ownAlert(), key: KEY }, { draft: ownAlert(), key: randomUUID() }],
    [createItem, { draft: ownItem('ec.pcu.guayaquil'), key: UUID_KEY }, { draft: ownItem('ec.pcu.guayaquil'), key: randomUUID() }],
    [requestPortAction, { ...portAction(), key: KEY }, { ...portAction(), key: randomUUID() }],
    [indexKey, boxOf(SECRET_CONTAINER), boxOf('MSCU6639870')],
  ]
  for (const [spec, existing, fresh] of taken) {
    const answers = []
    for (const input of [existing, fresh]) {
      const { status, text } = await zeebrugge.raw(spec, input)
      answers.push(`${status} ${blot(text)}`)
    }
    expect(answers[0], spec.id).toMatch(/^200 /)
    expect(answers[0], spec.id).toBe(answers[1])
  }
})

it('(L23) no shipped permission is an operator\u2019s but that of the own session, whatever other roles stand beside it', () => {
  const { services } = at.coalition.node(NODE)
  for (const desk of [...DESKS, { desk: ANTWERP, ...customs }])
    for (const roles of [['operator'], ROLES] as const)
      for (const purpose of [null, 'customs-control'])
        expect(services.permissionsOf({ ...factsOf({ ...desk, roles }), purpose })).toEqual(['identity.use-session'])
  expect(Object.keys(assembly.permissions).length).toBeGreaterThan(15)
})

/** Words of what was made: by officers, partners and somebody without a name. */
const SECRETS = [
  'SECRETBL01',
  'Secret of the quay',
  'Seal looks glued',
  'secret.edi',
  'a blue box',
  'scan.raw',
  'SECRET mapping',
  'SECRET channel',
  'SECRET rule',
  'SECRET entry',
  'SECRET reason',
  'SECRET note',
  'SECRET VESSEL',
  'SECRET of the gate',
  'SECRET answer',
  'SECRET basis',
  '1-SECRET-1',
  'SECRET-DRIVER',
  'SECRET: somebody',
  'SECRET question',
]

describe('the log', () => {
  it('(L12) says what was done with a thing to the oversight desks of its node alone, in whatever role one asks', async () => {
    const { services } = at.coalition.node(NODE)
    const replay = routes.find(({ id }) => id === 'oversight.replayLog') as RouteSpec
    for (const desk of [...DESKS, { desk: ANTWERP, ...customs }])
      for (const roles of ROLE_SETS) {
        const { status, text } = await viewerAt(services, { ...desk, roles })(replay, { subject: at.alert })
        const mayReplay = desk.desk === 'be.customs.dpo' && roles.includes('data-protection') && !roles.includes('operator')
        expect([desk.desk, roles, status]).toEqual([desk.desk, roles, mayReplay ? 200 : 404])
        expect(text.includes(at.alert)).toBe(mayReplay)
      }
    // A desk of another node that calls itself oversight sees nothing of it either.
    const foreign = { desk: 'es.customs.dpo', authority: 'es.customs', realm: 'oversight', roles: ['data-protection'] } as const
    expect(JSON.parse((await viewerAt(services, foreign)(replay, { subject: at.alert })).text)).toEqual({ items: [] })
  })

  it('(L12) names ids and codes, and nothing of what they stand for', async () => {
    for (const node of [NODE, 'ec-guayaquil']) {
      const log = await loggedAt(at.coalition, node)
      expect(log).toContain(at.alert)
      for (const secret of SECRETS) expect(log, `${node}: ${secret}`).not.toContain(secret)
    }
  })
})

it('(L15) nothing answers under /api but the table of routes, the wake-up of screens, and a refusal that is the same for all', async () => {
  const { services } = at.coalition.node(NODE)
  const viewer = { desk: 'be.customs.zeebrugge', ...customs, roles: ['operator'] } as const
  const served = appAt(services, viewer)
    .routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api'))
    .map(({ method, path }) => `${method} ${path}`)
  const table = assembly.routes.map(({ spec }) => `${spec.method.toUpperCase()} /api/${spec.path}`)
  expect([...new Set(served)].sort()).toEqual([...table, 'GET /api/events'].sort())
  const ask = viewerAt(services, viewer)
  const known = assembly.routes.filter(({ spec }) => spec.permission !== 'public' && spec.permission !== 'identity.use-session')
  const unknown = { ...(known[0]?.spec as RouteSpec), id: 'none', method: 'get', path: 'no/such/thing' } as const
  const nothing = await ask(unknown, {})
  expect(nothing.status).toBe(404)
  for (const { spec } of known) {
    const input = Object.fromEntries(parametersOf(spec).map((name) => [name, 'x']))
    expect([spec.id, await ask(spec, input)]).toEqual([spec.id, nothing])
    // The same path with the other method is no route.
    const other = { ...spec, method: spec.method === 'get' ? 'post' : 'get' } as const
    if (!assembly.routes.some((each) => each.spec.path === spec.path && each.spec.method === other.method))
      expect([spec.id, await ask(other, input)]).toEqual([spec.id, nothing])
  }
})
