/**
 * Local match: a received alert against the declarations and air waybills that each desk holds which may see it. It runs here, its result stays here, and nobody
 * outside learns that it ran: hits are rows of the desk whose declarations say so, for that desk, written by background work.
 */
import { type RawBuilder, sql } from 'kysely'
import { capabilitiesOf } from '#kernel/handling/capability.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { IS_COMPARED } from '../keys-migration.ts'
import type { ConsignmentStatement, Stated } from '../model.ts'
import { CASE_OF_ALERT } from './alert-case.ts'
import { type AlertContent, handlingOf } from './alert-content.ts'
import { plainNumber } from './alert-subject.ts'
import type { CargoTables, ConsignmentKeyTable, MatchHit } from './tables.ts'

export async function matchAlert(data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const key = { authority: String(data['authority']), alert: String(data['alert']) }
  await services.database.asWorker('cargo.match-alert', async (tx) => await matchOne(tx, services, { ...key, counts: new Map() }))
}

/** After new declarations came in: every received alert that is still open is compared again. */
export async function matchAlerts(data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const authority = String(data['authority'])
  const alerts = await services.database.asWorker('cargo.match-alerts', async (tx) => {
    const { rows } = await sql<{
      alert: string
    }>`select distinct a.alert from cargo.alerts a where a.authority = ${authority} and a.side = 'received' and a.notice is null
      and exists (select from procedures.cases c where ${CASE_OF_ALERT} and c.is_open)`.execute(tx)
    return rows
  })
  const counts: Counts = new Map()
  for (const { alert } of alerts)
    await services.database.asWorker('cargo.match-alerts', async (tx) => await matchOne(tx, services, { authority, alert, counts }))
}

/** How many declarations and waybills a desk holds, counted once in a run. */
type Counts = Map<string, number>

interface Matched {
  readonly authority: string
  readonly alert: string
  readonly counts: Counts
}

async function matchOne(tx: Tx, services: NodeServices, key: Matched): Promise<void> {
  const db = tx.withTables<CargoTables>()
  // Recalled or withdrawn meanwhile: there is nothing to compare with any more.
  const rows = await db
    .selectFrom('cargo.alerts')
    .selectAll()
    .where('authority', '=', key.authority)
    .where('alert', '=', key.alert)
    .where('side', '=', 'received')
    .where('notice', 'is', null)
    .orderBy('desk')
    .execute()
  if (rows.length === 0) return
  let hits = 0
  for (const row of rows)
    for (const desk of row.audience) hits += await matchDesk(tx, services, { ...key, desk, content: row.content as AlertContent })
  await services.record(tx, {
    event: 'cargo.alert-matched',
    outcome: 'done',
    facts: null,
    by: 'job:cargo.match-alert',
    subjects: [{ kind: 'alert', id: key.alert }],
    detail: { hits },
  })
  await services.enqueue(tx, {
    name: 'cargo.raise-signals',
    data: { authority: key.authority, alert: key.alert },
    key: `signals:${key.authority}:${key.alert}`,
  })
  await services.announce(tx, 'alerts', [...new Set(rows.flatMap((row) => row.audience))])
}

interface Compared extends Matched {
  readonly desk: string
  readonly content: AlertContent
}

/** Declarations and air waybills: what a desk holds of consignments that come to it. */
const MATCHED = sql.raw(IS_COMPARED)

const SUBJECT_KEY = { container: 'container', 'air-waybill': 'waybill', 'unit-load-device': 'device' } as const

/** What an alert is compared by. A member of which the handling leaves no comparing is not among it. */
interface Wanted {
  readonly container?: string
  readonly waybill?: string
  readonly device?: string
  readonly bill?: string
  readonly booking?: string
  readonly seals: readonly string[]
}

const COMPARED = ['subject', 'bill', 'booking', 'seals'] as const

/** Members that an alert has and that its originator lets nobody compare. */
export function notCompared(content: Partial<AlertContent>): readonly (typeof COMPARED)[number][] {
  const { handling } = content
  if (handling === undefined) return []
  const has = (value: unknown) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
  return COMPARED.filter(
    (field) => has(content[field]) && !capabilitiesOf(handlingOf({ ...content, handling }, field)).includes('cross-match'),
  )
}

function wantedOf(content: AlertContent): Wanted {
  const left = new Set<string>(notCompared(content))
  const { subject, bill = '', booking = '', seals } = content
  const key = SUBJECT_KEY[subject.kind]
  return {
    ...(left.has('subject') ? {} : { [key]: subject.number }),
    ...(left.has('bill') || bill === '' ? {} : { bill }),
    ...(left.has('booking') || booking === '' ? {} : { booking }),
    seals: left.has('seals') ? [] : seals,
  }
}

async function matchDesk(tx: Tx, services: NodeServices, { authority, alert, desk, content, counts }: Compared): Promise<number> {
  const wanted = wantedOf(content)
  const own = sql<boolean>`c.authority = ${authority} and c.desk = ${desk} and ${MATCHED}`
  const keys = keysOf(wanted)
  const { rows } = await sql<Declared>`
    select c.statement, c.bill, c.consignee, c.goods from (
      select k.document, k.ordinal from unnest(${keys.map(([kind]) => kind)}::text[], ${keys.map(([, key]) => key)}::text[]) as w(kind, key)
      join cargo.consignment_keys k on k.authority = ${authority} and k.desk = ${desk} and k.kind = w.kind and k.key = w.key
      union select c.document, c.ordinal from cargo.consignments c where ${own} and c.bill = ${wanted.bill?.toUpperCase() ?? null}::text) as n
    join cargo.consignments c on c.document = n.document and c.ordinal = n.ordinal where ${own}
    order by c.received_at desc, c.document, c.ordinal limit ${MOST_MATCHED}`.execute(tx)
  const count = counts.get(desk) ?? (await countOf(tx, own))
  counts.set(desk, count)
  const hits = rows.flatMap((each) => hitsOf(each, wanted))
  await sql`insert into cargo.matches (authority, alert, desk, checked_at, compared, hits, audience)
    values (${authority}, ${alert}, ${desk}, ${services.clock.now()}, ${count}, ${JSON.stringify(hits)}, ${[desk]})
    on conflict (authority, alert, desk) do update set checked_at = excluded.checked_at, compared = excluded.compared, hits = excluded.hits`.execute(
    tx,
  )
  return hits.length
}

async function countOf(tx: Tx, own: RawBuilder<boolean>): Promise<number> {
  const { rows } = await sql<{ n: string }>`select count(*) as n from cargo.consignments c where ${own}`.execute(tx)
  return Number(rows[0]?.n ?? 0)
}

/** Of one alert the newest; a number that so many bills name is nobody's. */
const MOST_MATCHED = 200

/** By what the store finds what `hitsOf` then looks at. */
function keysOf({ container, waybill, device, booking, seals }: Wanted): readonly (readonly [ConsignmentKeyTable['kind'], string])[] {
  const boxes = [container, device].flatMap((number) => number ?? [])
  return [
    ...boxes.map((number) => ['container', number] as const),
    ...(waybill === undefined
      ? []
      : ([
          ['waybill', waybill],
          ['other-waybill', waybill],
        ] as const)),
    ...(device === undefined ? [] : ([['device', device]] as const)),
    ...(booking === undefined ? [] : ([['booking', booking]] as const)),
    ...seals.map((number) => ['seal', number] as const),
  ]
}

interface Declared {
  readonly statement: ConsignmentStatement
  readonly bill: string
  readonly consignee: string | null
  readonly goods: string | null
}

function hitsOf(declared: Declared, wanted: Wanted): MatchHit[] {
  const { statement } = declared
  const base = {
    bill: declared.bill,
    ...(declared.consignee === null ? {} : { consignee: declared.consignee }),
    ...(declared.goods === null ? {} : { goods: declared.goods }),
  }
  const hit = (on: MatchHit['on'], stated: Stated): MatchHit => ({ on, value: stated.value, ...base, at: stated.at })
  const same = (a: string, b: string | undefined) => b !== undefined && a.toUpperCase() === b.toUpperCase()
  const boxes = (on: MatchHit['on'], number: string | undefined) =>
    statement.containers.filter((each) => same(plainNumber(each.number.value), number)).map((each) => hit(on, each.number))
  const named = (codes: readonly string[], on: MatchHit['on'], number: string | undefined) =>
    statement.references
      .filter((each) => codes.includes(each.code) && same(plainNumber(each.number.value), number))
      .map((each) => hit(on, each.number))
  const isWaybill = same(plainNumber(statement.document.value), wanted.waybill)
  return [
    ...boxes('container', wanted.container),
    // The document of a waybill is also among its references: it counts once.
    ...(isWaybill ? [hit('air-waybill', statement.document)] : named(['AWB', 'MWB'], 'air-waybill', wanted.waybill)),
    ...boxes('unit-load-device', wanted.device),
    ...named(['ULD'], 'unit-load-device', wanted.device),
    ...(same(statement.document.value, wanted.bill) ? [hit('bill', statement.document)] : []),
    ...statement.references
      .filter((reference) => reference.code === 'BN' && same(reference.number.value, wanted.booking))
      .map((reference) => hit('booking', reference.number)),
    ...statement.containers.flatMap((each) =>
      each.seals.filter((seal) => wanted.seals.some((other) => same(seal.number.value, other))).map((seal) => hit('seal', seal.number)),
    ),
  ]
}
