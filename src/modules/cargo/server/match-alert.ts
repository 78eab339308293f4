/**
 * Local match: a received alert against the declarations that each desk holds which may see it. It runs here, its result stays here, and nobody
 * outside learns that it ran: hits are rows of the desk whose declarations say so, for that desk, written by background work.
 */
import { sql } from 'kysely'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { ConsignmentStatement, Stated } from '../model.ts'
import type { AlertContent } from './alert-content.ts'
import type { CargoTables, MatchHit } from './tables.ts'

export async function matchAlert(data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const key = { authority: String(data['authority']), alert: String(data['alert']) }
  await services.database.asWorker('cargo.match-alert', async (tx) => await matchOne(tx, services, key))
}

/** After new declarations came in: every received alert that is still open is compared again. */
export async function matchAlerts(data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const authority = String(data['authority'])
  const alerts = await services.database.asWorker('cargo.match-alerts', async (tx) => {
    const { rows } = await sql<{
      alert: string
    }>`select a.alert from cargo.alerts a where a.authority = ${authority} and a.side = 'received' and a.notice is null
      and exists (select from procedures.cases c where c.authority = a.authority and c.definition = 'PR-01' and c.subject = a.alert and c.is_open)`.execute(
      tx,
    )
    return rows
  })
  for (const { alert } of alerts)
    await services.database.asWorker('cargo.match-alerts', async (tx) => await matchOne(tx, services, { authority, alert }))
}

async function matchOne(tx: Tx, services: NodeServices, key: { readonly authority: string; readonly alert: string }): Promise<void> {
  const db = tx.withTables<CargoTables>()
  const row = await db
    .selectFrom('cargo.alerts')
    .selectAll()
    .where('authority', '=', key.authority)
    .where('alert', '=', key.alert)
    .executeTakeFirst()
  // Recalled or withdrawn meanwhile: there is nothing to compare with any more.
  if (row === undefined || row.notice !== null) return
  let hits = 0
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
  await services.announce(tx, 'alerts', row.audience)
}

interface Compared {
  readonly authority: string
  readonly alert: string
  readonly desk: string
  readonly content: AlertContent
}

async function matchDesk(tx: Tx, services: NodeServices, { authority, alert, desk, content }: Compared): Promise<number> {
  const own = sql<boolean>`authority = ${authority} and declaration and desk = ${desk}`
  const { rows } = await sql<{
    statement: ConsignmentStatement
    bill: string
    consignee: string | null
    goods: string | null
    containers: string[]
    seals: string[]
    bookings: string[]
  }>`
    select statement, bill, consignee, goods, containers, seals, bookings from cargo.consignments where ${own}
      and (containers @> array[${content.container}]::text[] or bill = ${content.bill?.toUpperCase() ?? ''} or bookings @> array[${content.booking ?? ''}]::text[] or seals && ${content.seals}::text[])
    limit 200`.execute(tx)
  const counted = await sql<{ n: string }>`select count(*) as n from cargo.consignments where ${own}`.execute(tx)
  const hits = rows.flatMap((each) => hitsOf(each, content))
  await sql`insert into cargo.matches (authority, alert, desk, checked_at, compared, hits, audience)
    values (${authority}, ${alert}, ${desk}, ${services.clock.now()}, ${Number(counted.rows[0]?.n ?? 0)}, ${JSON.stringify(hits)}, ${[desk]})
    on conflict (authority, alert, desk) do update set checked_at = excluded.checked_at, compared = excluded.compared, hits = excluded.hits`.execute(
    tx,
  )
  return hits.length
}

interface Declared {
  readonly statement: ConsignmentStatement
  readonly bill: string
  readonly consignee: string | null
  readonly goods: string | null
}

function hitsOf(declared: Declared, content: AlertContent): MatchHit[] {
  const { statement } = declared
  const base = {
    bill: declared.bill,
    ...(declared.consignee === null ? {} : { consignee: declared.consignee }),
    ...(declared.goods === null ? {} : { goods: declared.goods }),
  }
  const hit = (on: MatchHit['on'], stated: Stated): MatchHit => ({ on, value: stated.value, ...base, at: stated.at })
  const same = (a: string, b: string | undefined) => b !== undefined && b !== '' && a.toUpperCase() === b.toUpperCase()
  return [
    ...statement.containers.filter((each) => same(each.number.value, content.container)).map((each) => hit('container', each.number)),
    ...(same(statement.document.value, content.bill) ? [hit('bill', statement.document)] : []),
    ...statement.references
      .filter((reference) => reference.code === 'BN' && same(reference.number.value, content.booking))
      .map((reference) => hit('booking', reference.number)),
    ...statement.containers.flatMap((each) =>
      each.seals.filter((seal) => content.seals.some((wanted) => same(seal.number.value, wanted))).map((seal) => hit('seal', seal.number)),
    ),
  ]
}
