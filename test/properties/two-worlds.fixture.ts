/**
 * Two worlds that differ only in what was never released to a viewer, and what such a viewer would try on each route. Once ids and instants of the
 * viewer's own things are blotted out, nothing that a viewer gets may tell which of the two it is.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { listDocuments, uploadDocument } from '#modules/cargo/contract'
import { createItem, listItems } from '#modules/exchange/contract'
import { ask, entitle, indexKey, listNotices, rebuild, showQuery } from '#modules/matching/contract'
import {
  listCaseNotices,
  makeFeed,
  makeHandOver,
  makeManifest,
  openCase,
  openFollowUp,
  saveDraft,
  showCase,
  takeStep,
  uploadFile,
} from '#modules/procedures/contract'
import type { RouteSpec } from '#platform/http/route.ts'
import { assemble } from '#platform/module/assemble.ts'
import { CallRefused, type Client } from '../../src/app/client.ts'
import { move } from '../../src/app/demo/story.ts'
import { storyDocuments } from '../../src/app/demo/story-documents.ts'
import { modules } from '../../src/app/modules.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { box, draftOf, issueAndWait } from '../stories/draft.ts'
import { ALLIANCE_TRIES, ALSO, type AllianceWorld, NO_ALLIANCE, openAlliance, secretAlliance } from './alliance-world.fixture.ts'
import {
  CARGO_ALERT_TRIES,
  CARGO_PAGE_TRIES,
  CARGO_TRIES,
  type CargoWorld,
  NO_CARGO,
  openCargo,
  secretCargo,
} from './cargo-world.fixture.ts'
import { NO_RECORDS, OPEN_RECORDS, openRecords, RECORD_TRIES, type RecordsWorld, secretRecords } from './records-world.fixture.ts'
import {
  makeArrivals,
  NO_TARGETING,
  openTargeting,
  secretTargeting,
  TARGETING_TRIES,
  type TargetingWorld,
} from './targeting-world.fixture.ts'
import { WORLDS_BEGIN } from './worlds-begin.fixture.ts'

const SAME_KEY = '7b8a4f2e-2d0b-4f6c-9a43-0d6a8f3f1c11'
const NOBODY = '01a00000-0000-7000-8000-000000000000'
export const SECRET_CONTAINER = 'CSQU3054383'
const SECRET_BILL = 'SECRETBL01'
export const SECRET_SUBSTANCE = 'SECRET-NITAZENE'

const OPEN = { H: [], tlp: 'GREEN' as const, pap: 'CLEAR' as const, conditions: [] }
const SECRET_ITEM = {
  title: 'Secret of the quay',
  fields: [{ id: 'what', label: 'What', value: SECRET_BILL, handling: OPEN }],
  recipients: ['be.customs.antwerp'],
  evaluation: { source: 'B' as const, info: 2 },
  legalBasis: { act: 'Coalition policy', art: 'information exchange' },
  personalData: { yes: false, categories: [] },
  case: 'SECRET-CASE',
}

export interface World {
  readonly coalition: TestCoalition
  /** Ids of what the viewer may not know; in the world without the secret, ids of nothing. */
  readonly alert: string
  readonly caseId: string
  readonly document: string
  readonly message: string
  readonly item: string
  readonly entry: string
  readonly query: string
  readonly notice: string
  /** A case that Antwerp shares with Guayaquil, and one it has drafted for itself. */
  readonly shared: string
  readonly file: string
  readonly manifest: string
  readonly followUp: string
  readonly draft: string
  /** What Antwerp's desk was told of a case, noted for the next shift, and gave an address to. */
  readonly caseNotice: string
  readonly handOver: string
  readonly feed: string
  readonly records: RecordsWorld
  readonly cargo: CargoWorld
  readonly alliance: AllianceWorld
  readonly targeting: TargetingWorld
}

const files = storyDocuments(new Date(WORLDS_BEGIN)).files
export const antwerpFile = files.find(({ holder, name }) => holder === 'antwerp' && name.endsWith('.csv'))
const ownFile = files.find(({ holder }) => holder === 'algeciras')

export async function world(hasSecret: boolean): Promise<World> {
  const coalition = await startCoalition({ nodes: ['ec-guayaquil', 'be-antwerp'], also: ALSO, at: WORLDS_BEGIN })
  const [guayaquil, antwerp, zeebrugge] = [
    await coalition.client('guayaquil'),
    await coalition.client('antwerp'),
    await coalition.client('zeebrugge'),
  ]
  if (antwerpFile === undefined || ownFile === undefined) throw new Error('The story has files of both desks.')
  await openAlliance(coalition, antwerp)
  const read = async (client: Client) =>
    await coalition.eventually(
      async () => (await client.call(listDocuments, {})).items,
      (items) => items.length > 0 && items.every((item) => item.state === 'read' || item.state === 'refused'),
    )
  let secret = {
    alert: NOBODY,
    caseId: NOBODY,
    document: 'f'.repeat(64),
    message: NOBODY,
    item: NOBODY,
    entry: NOBODY,
    query: NOBODY,
    notice: NOBODY,
    shared: NOBODY,
    file: NOBODY,
    manifest: NOBODY,
    followUp: NOBODY,
    draft: NOBODY,
    caseNotice: NOBODY,
    handOver: NOBODY,
    feed: NOBODY,
  }
  if (hasSecret) {
    for (const file of [antwerpFile, ownFile]) await antwerp.upload(uploadDocument, { name: 'secret.edi' }, file.bytes)
    const documents = await read(antwerp)
    const alert = await issueAndWait(coalition, draftOf(coalition, { subject: box(SECRET_CONTAINER), bill: SECRET_BILL }), {
      from: guayaquil,
      seenBy: [antwerp],
    })
    await move(antwerp, alert, { transition: 'ack' })
    await move(antwerp, alert, { transition: 'decline', declineCode: 'capacity' })
    await move(antwerp, alert, { transition: 'recordOutcome', outcome: 'notControlled', notControlledReason: 'capacity' })
    const inside = await coalition.node('be-antwerp').services.database.asWorker('test', async (tx) => {
      const query = async (text: string) =>
        (await tx.executeQuery({ sql: text, parameters: [], query: { kind: 'RawNode' } } as never)).rows[0] as Record<string, string>
      return {
        caseId: (await query('select case_id from procedures.cases limit 1'))['case_id'],
        message: (await query('select id from link.messages limit 1'))['id'],
      }
    })
    const { item } = await guayaquil.call(createItem, { draft: SECRET_ITEM, key: randomUUID() })
    await coalition.eventually(
      async () => (await antwerp.call(listItems, {})).items,
      (items) => items.some((each) => each.item === item),
    )
    const onlyAntwerp = documents.find(({ kind }) => kind === 'declarations') ?? documents[0]
    secret = {
      alert,
      document: onlyAntwerp?.document ?? '',
      caseId: inside.caseId ?? '',
      message: inside.message ?? '',
      item,
      ...(await matchBothWays(coalition, { guayaquil, antwerp })),
      ...(await secretCases(coalition, antwerp)),
      ...(await secretShift(coalition, antwerp)),
    }
  }
  const open = await openRecords(coalition, { antwerp, zeebrugge })
  const records = { ...open, ...(hasSecret ? await secretRecords(coalition, antwerp, open) : NO_RECORDS) }
  const alliance = hasSecret ? await secretAlliance(coalition, antwerp) : NO_ALLIANCE
  const lead = await coalition.client('antwerp-lead')
  const hidden = hasSecret ? await secretCargo(coalition, { guayaquil, antwerp, lead, table: secret.document }) : NO_CARGO
  const cargo = { ...hidden, ...(await openCargo(coalition, zeebrugge, { message: ownFile.bytes, table: antwerpFile.bytes })) }
  await makeArrivals(coalition)
  const aimed = hasSecret ? await secretTargeting(coalition, { antwerp, lead }) : NO_TARGETING
  const targeting = { ...aimed, ...(await openTargeting(coalition, zeebrugge)) }
  return { coalition, ...secret, records, cargo, alliance, targeting }
}

/** Antwerp indexes a box and lets Guayaquil ask for it; Guayaquil does the same; both ask and hit. */
async function matchBothWays(
  coalition: TestCoalition,
  { guayaquil, antwerp }: { readonly guayaquil: Client; readonly antwerp: Client },
): Promise<Pick<World, 'entry' | 'query' | 'notice'>> {
  const box = { type: 'container', value: SECRET_CONTAINER } as const
  const both = [
    { owner: antwerp, asker: guayaquil, desk: 'ec.pcu.guayaquil', ground: 'safeguards' },
    { owner: guayaquil, asker: antwerp, desk: 'be.customs.antwerp' },
  ] as const
  const indexed: string[] = []
  const asked: string[] = []
  for (const { owner, asker, ...requester } of both) {
    indexed.push((await owner.call(indexKey, { record: 'SECRET', key: box, policy: 'open', category: 'asset' })).entry)
    await owner.call(entitle, requester)
    await owner.call(rebuild, {})
    const { query } = await coalition.eventually(
      async () =>
        await asker.call(ask, { keys: [box], caseRef: 'SECRET-CASE', key: `secret-${requester.desk}` }).catch(() => ({ query: undefined })),
      (answer) => answer.query !== undefined,
    )
    asked.push(query ?? '')
    await coalition.eventually(
      async () => await asker.call(showQuery, { query: query ?? '' }),
      ({ hits }) => hits.length === 1,
    )
  }
  const { items } = await coalition.eventually(
    async () => await antwerp.call(listNotices, {}),
    (seen) => seen.items.length > 0,
  )
  return { entry: indexed[0] ?? '', query: asked[1] ?? '', notice: items[0]?.notice ?? '' }
}

/** Antwerp warns Guayaquil of a substance, and keeps a second warning to itself. */
async function secretCases(
  coalition: TestCoalition,
  antwerp: Client,
): Promise<Pick<World, 'shared' | 'draft' | 'file' | 'manifest' | 'followUp'>> {
  const open = async () =>
    (await antwerp.call(openCase, { procedure: 'PR-26', parties: { recipient: ['ec.pcu.guayaquil'] }, values: {}, key: randomUUID() })).case
  const take = async (id: string, transition: string, fields: Input = {}) => {
    const { version } = await antwerp.call(showCase, { case: id })
    await antwerp.call(takeStep, { case: id, transition, fields, version, key: randomUUID() })
  }
  const finding = { substance: SECRET_SUBSTANCE, risk: 'adulterant', foundOn: '2026-11-20', caseReference: 'SECRET-CASE' }
  const [shared, draft] = [await open(), await open()]
  await take(shared, 'assess', finding)
  await take(shared, 'relay')
  await antwerp.call(saveDraft, { case: draft, transition: 'assess', fields: finding, revision: 0 })
  await coalition.eventually(
    async () =>
      await coalition.node('ec-guayaquil').services.database.asWorker('test', async (tx) => {
        const text = "select count(*)::int as n from procedures.cases where definition = 'PR-26'"
        return (await tx.executeQuery({ sql: text, parameters: [], query: { kind: 'RawNode' } } as never)).rows[0] as { n: number }
      }),
    ({ n }) => n === 1,
  )
  const bytes = Buffer.from(SECRET_SUBSTANCE)
  const { file } = await antwerp.upload(uploadFile, { case: shared, name: 'secret.txt', roles: 'recipient', personal: 'no' }, bytes)
  const { manifest } = await antwerp.call(makeManifest, {
    case: shared,
    recipient: 'ec.pcu.guayaquil',
    means: { kind: 'secure-link', record: SECRET_BILL },
    at: coalition.clock.now().toISOString(),
    availableDays: 30,
    files: [file],
  })
  const { followUp } = await antwerp.call(openFollowUp, { case: shared, note: SECRET_BILL, workingDays: 5, key: randomUUID() })
  return { shared, draft, file, manifest, followUp }
}

/** Antwerp's desk has notices, hands its shift over and has a calendar feed. */
async function secretShift(coalition: TestCoalition, antwerp: Client): Promise<Pick<World, 'caseNotice' | 'handOver' | 'feed'>> {
  const { items } = await antwerp.call(listCaseNotices, {})
  const since = new Date(coalition.clock.now().getTime() - 3_600_000).toISOString()
  const { handOver } = await antwerp.call(makeHandOver, { since, notes: SECRET_BILL, key: randomUUID() })
  const { feed } = await antwerp.call(makeFeed, {})
  return { caseNotice: items[0]?.notice ?? '', handOver, feed }
}

/** A quarter and a year that have ended. */
const LAST_YEAR = String(new Date(WORLDS_BEGIN).getUTCFullYear() - 1)

type Input = Readonly<Record<string, unknown>>
type Inputs = (world: World) => readonly Input[]

export const key = () => randomUUID()
const moving = (alert: string, caseId: string): Input => ({ alert, caseId, transition: 'ack', fields: {}, version: 1, key: key() })

/** What a viewer would try on each route. Every route of the node must stand here. */
export const TRIES: Readonly<Record<string, Inputs>> = {
  ...RECORD_TRIES,
  ...CARGO_TRIES,
  ...CARGO_PAGE_TRIES,
  ...CARGO_ALERT_TRIES,
  ...TARGETING_TRIES,
  ...ALLIANCE_TRIES,
  'identity.whoAmI': () => [{}],
  'identity.chooseFacts': () => [
    { desk: 'be.customs.antwerp', purpose: 'customs-control' },
    { desk: 'be.customs.nowhere', purpose: 'customs-control' },
  ],
  'procedures.listWork': () => [
    {},
    { show: 'overdue' },
    { show: 'suspended' },
    { show: 'waiting' },
    { show: 'done' },
    { limit: 1 },
    { procedure: 'PR-26' },
    { clockKind: 'policy' },
    { urgency: '7d' },
    { party: 'be.customs.antwerp' },
    { role: 'reporter' },
    { text: SECRET_CONTAINER },
    { text: 'C', show: 'done' },
  ],
  'procedures.showWorkFilters': () => [{}],
  'procedures.acknowledgeWork': ({ shared, draft, caseId }) =>
    [shared, draft, caseId, NOBODY].map((each) => ({ cases: [{ case: each, version: 1 }], key: key() })),
  'procedures.listNotices': () => [{}, { show: 'all' }, { limit: 1 }],
  'procedures.countNotices': () => [{}],
  'procedures.readNotices': ({ caseNotice }) => [{ notices: [caseNotice, NOBODY] }, { notices: [caseNotice] }],
  'procedures.listFeeds': () => [{}],
  'procedures.makeFeed': () => [{}],
  'procedures.revokeFeed': ({ feed }) => [{ feed }, { feed: NOBODY }],
  'procedures.openFeed': () => [{ token: 'A'.repeat(43) }],
  'procedures.showSheet': ({ coalition }) => [
    { since: new Date(coalition.clock.now().getTime() - 7_200_000).toISOString() },
    { since: '2020-01-01T00:00:00.000Z', hours: 24 },
  ],
  'procedures.listHandOvers': () => [{}, { limit: 1 }],
  'procedures.makeHandOver': ({ coalition }) => [
    { since: new Date(coalition.clock.now().getTime() - 7_200_000).toISOString(), notes: 'a guess', key: key() },
  ],
  'procedures.receiveHandOver': ({ handOver }) => [{ handOver }, { handOver: NOBODY }],
  'procedures.listStatistics': () => [{}],
  'procedures.showStatistics': () => [
    { procedure: 'PR-26', period: `${LAST_YEAR}-Q4` },
    { procedure: 'PR-02', period: LAST_YEAR },
    { procedure: 'PR-00', period: LAST_YEAR },
  ],
  'procedures.exportStatistics': () => [
    { procedure: 'PR-26', period: `${LAST_YEAR}-Q4`, format: 'csv' },
    { procedure: 'PR-02', period: LAST_YEAR, format: 'json' },
  ],
  'procedures.listProcedures': () => [{}],
  'procedures.showProcedure': () => [{ procedure: 'PR-26' }, { procedure: 'PR-00' }],
  'procedures.findParties': () => [
    { procedure: 'PR-26', role: 'recipient' },
    { procedure: 'PR-26', role: 'recipient', text: 'SECRET' },
  ],
  'procedures.openCase': ({ shared }) => [
    { procedure: 'PR-26', parties: { recipient: ['ec.pcu.guayaquil'] }, parent: shared, key: key() },
    { procedure: 'PR-26', parties: { recipient: ['be.customs.nowhere'] }, key: key() },
    { procedure: 'PR-00', parties: {}, key: key() },
  ],
  'procedures.setParties': ({ draft, shared }) => [
    { case: draft, role: 'recipient', desks: ['ec.pcu.guayaquil'] },
    { case: shared, role: 'recipient', desks: [] },
    { case: NOBODY, role: 'recipient', desks: [] },
  ],
  'procedures.showCase': ({ shared, draft, caseId }) => [{ case: shared }, { case: draft }, { case: caseId }, { case: NOBODY }],
  'procedures.showDraft': ({ draft }) => [
    { case: draft, transition: 'assess' },
    { case: NOBODY, transition: 'assess' },
  ],
  'procedures.saveDraft': ({ draft }) => [
    { case: draft, transition: 'assess', fields: {}, revision: 1 },
    { case: NOBODY, transition: 'assess', fields: {}, revision: 1 },
  ],
  'procedures.takeStep': ({ shared, draft }) => [
    { case: shared, transition: 'approvePublic', fields: {}, version: 2, key: key() },
    { case: draft, transition: 'assess', fields: {}, version: 0, key: key() },
    { case: NOBODY, transition: 'assess', fields: {}, version: 0, key: key() },
  ],
  'procedures.listDocuments': ({ shared, draft }) => [{ case: shared }, { case: draft }, { case: NOBODY }],
  'procedures.showCertificate': ({ shared }) => [
    { case: shared, role: 'recipient' },
    { case: shared, role: 'reporter', form: 'assess', order: 1 },
    { case: NOBODY, role: 'recipient' },
  ],
  'procedures.exportCertificate': ({ shared }) => [{ case: shared, role: 'recipient' }],
  'procedures.uploadFile': ({ shared, draft }) =>
    [shared, draft, NOBODY].map((each) => ({ case: each, name: 'guess.txt', roles: '', personal: 'no' })),
  'procedures.uploadSignature': ({ shared, draft, coalition }) =>
    [shared, draft, NOBODY].map((each) => ({
      case: each,
      name: 'guess.sig',
      role: 'recipient',
      order: 0,
      kind: 'qualified-signature',
      signer: 'A guess',
      signedAt: coalition.clock.now().toISOString(),
      digest: '0'.repeat(64),
    })),
  'procedures.fetchFile': ({ shared, file }) => [{ case: shared, file }],
  'procedures.readFile': ({ shared, file }) => [{ case: shared, file }],
  'procedures.makeManifest': ({ shared, file }) => [
    {
      case: shared,
      recipient: 'ec.pcu.guayaquil',
      means: { kind: 'postal', record: 'a guess' },
      at: '2026-11-24T12:00:00.000Z',
      files: [file],
    },
  ],
  'procedures.exportManifest': ({ shared, manifest }) => [{ case: shared, manifest }],
  'procedures.showLinks': ({ shared, draft, caseId }) => [{ case: shared }, { case: draft }, { case: caseId }],
  'procedures.openFollowUp': ({ shared, caseId }) => [
    { case: shared, note: 'a guess', workingDays: 1, key: key() },
    { case: caseId, note: 'a guess', workingDays: 1, key: key() },
  ],
  'procedures.closeFollowUp': ({ shared, followUp }) => [{ case: shared, followUp, outcome: 'a guess' }],
  'procedures.listFollowUps': () => [{}],
  'procedures.whatIf': ({ shared }) => [{ case: shared, clock: 'relay', suspendedHours: 3 }],
  'exchange.listMessages': ({ alert }) => [{}, { direction: 'in' }, { direction: 'out' }, { context: alert }],
  'exchange.showMessage': ({ message }) => [{ message }, { message: NOBODY }],
  'exchange.listDirectory': () => [{}],
  'exchange.showDirectory': () => [{}, { text: 'antwerp' }, { limit: 1 }],
  'exchange.listAnchors': () => [{}],
  'exchange.proposeAnchor': () => [{ document: {}, reason: 'a guess', until: '2026-12-24T12:00:00.000Z', key: key() }],
  'exchange.confirmAnchor': ({ item }) => [{ anchor: item, document: {} }],
  'exchange.endAnchor': ({ item }) => [{ anchor: item, reason: 'a guess' }],
  'exchange.takePartnerDirectory': ({ item }) => [{ anchor: item }],
  'exchange.findPartnerDesks': () => [{}, { text: 'SECRET' }],
  'exchange.previewItem': ({ item }) => [
    { ...SECRET_ITEM, derivedFrom: [item] },
    { ...SECRET_ITEM, derivedFrom: [NOBODY] },
    { ...SECRET_ITEM, recipients: ['be.customs.national'], answers: item, kind: 'response' },
  ],
  'exchange.createItem': ({ item }) => [{ draft: { ...SECRET_ITEM, derivedFrom: [item] }, key: SAME_KEY }],
  'exchange.approveItem': ({ item }) => [{ item, decision: 'release', key: key() }],
  'exchange.listItems': () => [{}, { side: 'received' }, { state: 'held' }, { case: 'SECRET-CASE' }, { limit: 1 }],
  'exchange.showItem': ({ item }) => [{ item }, { item: NOBODY }],
  'exchange.exportItem': ({ item }) => [{ item }, { item: NOBODY }],
  'exchange.uploadAttachment': () => [],
  'exchange.fetchAttachment': ({ item }) => [{ item, sha256: 'a'.repeat(64) }],
  'exchange.readAttachment': ({ item }) => [{ item, sha256: 'a'.repeat(64) }],
  'exchange.askPermission': ({ item }) => [{ item, capability: 'derive', reason: 'a guess', key: key() }],
  'exchange.answerPermission': ({ item }) => [{ request: item, decision: 'grant' }],
  'exchange.listPermissions': () => [{}],
  'exchange.passOn': ({ item }) => [{ item, desk: 'be.customs.national', key: key() }],
  'exchange.recallItem': ({ item }) => [{ item, reason: 'other', basis: 'a guess', key: key() }],
  'exchange.settleRecall': ({ item }) => [{ item, answer: 'recalled' }],
  'exchange.changeMarking': ({ item }) => [{ item, handling: OPEN }],
  'exchange.giveFeedback': ({ item }) => [{ item, kind: 'wrong' }],
  'exchange.subscribe': () => [{ desk: 'be.customs.nowhere', case: 'SECRET-CASE' }],
  'matching.listEntries': () => [{}, { record: 'SECRET' }, { limit: 1 }],
  'matching.listRequesters': () => [{}],
  'matching.showIndex': () => [{}],
  'matching.entitle': () => [{ desk: 'be.customs.nowhere' }],
  'matching.indexKey': () => [{ record: 'R', key: { type: 'container', value: 'CSQU3054384' }, policy: 'open', category: 'asset' }],
  'matching.removeEntry': ({ entry }) => [{ entry }, { entry: NOBODY }],
  'matching.rebuild': () => [{}],
  'matching.listNotices': () => [{}],
  'matching.confirmNotice': ({ notice }) => [
    { notice, decision: 'confirmed' },
    { notice: NOBODY, decision: 'rejected' },
  ],
  'matching.ask': () => [{ keys: [{ type: 'container', value: SECRET_CONTAINER }], caseRef: 'SECRET-CASE', key: key() }],
  'matching.approveQuery': ({ query }) => [
    { query, decision: 'agree' },
    { query: NOBODY, decision: 'agree' },
  ],
  'matching.listQueries': () => [{}],
  'matching.showQuery': ({ query }) => [{ query }, { query: NOBODY }],
  'matching.showQuota': () => [{}],
  'oversight.replayLog': ({ alert }) => [{}, { subject: alert }, { officer: 'be-antwerp.antwerp' }],
  'oversight.verifyLog': () => [{}],
  'oversight.proveEntry': () => [{ entry: '3' }, { entry: '999999' }],
  'oversight.logHeads': () => [{}],
  'cargo.listDocuments': () => [{}, { limit: 1 }],
  'cargo.showDocument': ({ document }) => [{ document }, { document: 'e'.repeat(64) }],
  'cargo.showSource': ({ document }) => [
    { document, start: 0, end: 20 },
    { document: 'e'.repeat(64), start: 0, end: 20 },
  ],
  'cargo.listEquipment': ({ document }) => [
    {},
    { container: SECRET_CONTAINER },
    { container: 'CSQU' },
    { document },
    { flag: 'alert' },
    { flag: 'signal' },
    { sort: 'weight', order: 'desc', limit: 5 },
  ],
  'cargo.listConsignments': ({ document }) => [{}, { bill: SECRET_BILL }, { container: SECRET_CONTAINER }, { document }],
  'cargo.showContainer': () => [{ container: SECRET_CONTAINER }, { container: 'MSCU6639870' }],
  'cargo.checkIdentifier': () => [{ kind: 'container', value: SECRET_CONTAINER }],
  'cargo.searchPlaces': () => [{ text: 'antw' }],
  'cargo.previewAlert': ({ coalition }) => [draftOf(coalition, { subject: box(SECRET_CONTAINER), bill: SECRET_BILL })],
  'cargo.issueAlert': () => [{ draft: {}, key: 'same-key-1' }],
  'cargo.listAlerts': () => [
    {},
    { text: SECRET_CONTAINER },
    { text: SECRET_BILL },
    { text: 'C' },
    { state: 'notControlled' },
    { state: 'issued' },
    { limit: 1 },
  ],
  'cargo.exportAlerts': () => [{}, { text: SECRET_CONTAINER }],
  'cargo.showAlert': ({ alert }) => [{ alert }, { alert: NOBODY }, { alert: 'x' }],
  'cargo.moveAlert': ({ alert, caseId }) => [moving(alert, caseId), moving(NOBODY, caseId), moving(alert, NOBODY)],
  'cargo.updateAlert': ({ alert }) => [{ alert, legs: [{ role: 'loading', place: 'ECGYE' }], reason: 'guess', key: key() }],
  'cargo.recallAlert': ({ alert }) => [{ alert, reason: 'guess', key: key() }],
  'cargo.hitRates': () => [{}],
  'cargo.requestPortAction': ({ alert }) => [
    {
      alert,
      partner: 'be.terminal.antwerp.operations',
      container: SECRET_CONTAINER,
      action: 'hold',
      until: '2026-11-26T12:00:00Z',
      legalBasisText: 'guess',
      contact: 'guess',
      key: key(),
    },
  ],
  'cargo.listPortActions': () => [{}, { open: 'yes' }, { open: 'no' }],
  'cargo.showPortAction': ({ alert }) => [{ action: alert }, { action: NOBODY }],
  'cargo.movePortAction': ({ alert }) => [{ action: alert, transition: 'confirm', fields: {}, version: 1, key: key() }],
  'cargo.uploadDocument': () => [],
}

/** Before a session, or by upload: told by their own tests. */
const ELSEWHERE = new Set(['identity.signIn', 'identity.signOut'])

export const blot = (text: string) =>
  text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '<instant>')
    .replace(/"version":\d+,"expires"/g, '"version":0,"expires"')
    // Ids of records are made of those of their collections, and the graph of both.
    .replace(/r[0-9a-f]{32}/g, (record) => (OPEN_RECORDS.has(record) ? record : '<record>'))
    // When a search in the background ran is its own time, and so is where a list of the own things goes on.
    .replace(/"lastRunAt":"[^"]*",/g, '')
    .replace(/"next":"[^"]*"/g, '"next":"<mark>"')
    .replace(/"graph":"[^"]*"/g, '"graph":"<graph>"')
    // Each world made keys of its own.
    .replace(/("(?:thumbprint|anchor)":)"[^"]*"/g, '$1"<key>"')
    // A channel, a receipt and the secret of a feed are made at random; an answer to a sender says in its own way when it was made.
    .replace(/bwc_[\w-]{43}/g, 'bwc_<token>')
    .replace(/(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}/g, '<receipt>')
    .replace(/\b(?:\d{2})?\d{6}[:+]\d{4}\b|\b\d{12}:203\b/g, '<moment>')
    .replace(/calendar-feeds\/[\w-]{43}/g, 'calendar-feeds/<token>')
    .replace(/#(sig|seal|enc|log)-[0-9a-f]{8}/g, '#$1-<key>')

const assembly = assemble(modules)

/** Held by heads of a desk and not by its officers. */
export const isForHeads = (permission: string): boolean => {
  const roles: readonly string[] = assembly.permissions[permission]?.roles ?? []
  return roles.includes('supervisor') && !roles.includes('officer')
}

export const routes = assembly.routes.map(({ spec }) => spec).filter(({ id }) => !ELSEWHERE.has(id))

/** Does what the minute, the hour or the night would do, and waits for what follows: after that nothing but what is done wakes a screen at Antwerp's node. */
export async function rested({ coalition }: World): Promise<void> {
  await coalition.quiet()
  const { services } = coalition.node('be-antwerp')
  for (const { schedule, run } of assembly.jobs) if (schedule !== undefined) await run({}, services)
  await coalition.quiet()
}

const PAUSE_MS = 2000
/** A little more than the minute by which a node counts. */
const MOST_PAUSES = 35

/** A node refuses whoever asks too often, which would hide what it answers: then it is asked again once it answers. */
export async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let pauses = 0; pauses < MOST_PAUSES; pauses++) {
    const answer = await ask().catch((error: unknown) => {
      if (error instanceof CallRefused && error.status === 429) return undefined
      throw error
    })
    if (answer !== undefined && (answer as { readonly status?: unknown }).status !== 429) return answer
    await sleep(PAUSE_MS)
  }
  throw new Error('The node goes on refusing.')
}

/** Answers that tell of a file that is still to be read. */
const READ_BY_A_JOB: Readonly<Record<string, RegExp>> = { 'alliance.listMessageFiles': /"state":"waiting"/ }

export async function answers(at: World, account: string, spec: RouteSpec): Promise<readonly string[]> {
  const client = await at.coalition.client(account)
  const given: string[] = []
  for (const input of TRIES[spec.id]?.(at) ?? []) {
    const { status, type, text } = await at.coalition.eventually(
      async () => await patiently(async () => await client.raw(spec, input, spec.upload && Buffer.from('a guess'))),
      // What was uploaded is read by a job, in one world a moment later than in the other.
      (answer) => READ_BY_A_JOB[spec.id]?.test(answer.text) !== true,
    )
    given.push(`${status} ${type} ${blot(text)}`)
  }
  return given
}
