/** Rows of changed routes, and how they are kept: one row for a change, however many documents state it; gone with the content of the alert. */
import type { ColumnType, JSONColumnType, Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { RerouteRow } from '../contract/reroutes.ts'
import type { AlertDraft, ListedSubject } from '../contract.ts'
import type { DeskScope } from './dossiers.ts'
import type { RouteChange, RouteFact } from './reroute-legs.ts'
import type { RouteMessage } from './route-messages.ts'

type Instant = ColumnType<Date, Date | string, Date | string>

export interface RerouteTable {
  authority: string
  desk: string
  alert: string
  reroute: string
  side: 'issued' | 'received'
  rule: RouteChange['rule']
  leaves: string | null
  comes: string | null
  legs: JSONColumnType<AlertDraft['legs'], string>
  facts: JSONColumnType<RouteFact[], string>
  message_type: RouteMessage
  eta_basis: RouteChange['etaBasis']
  told_by: string | null
  document: string | null
  state: RerouteRow['state']
  noticed_at: Instant
  decided_at: ColumnType<Date | null, Date | string | null, Date | string | null>
  decided_by: string | null
  reason: string | null
  key: string | null
  audience: string[]
}

export type RerouteTables = { 'cargo.reroutes': RerouteTable }

export interface Noticed extends DeskScope {
  readonly alert: string
  readonly reroute: string
  readonly side: 'issued' | 'received'
  readonly change: RouteChange
  readonly messageType: RouteMessage
  readonly toldBy?: string
  readonly document?: string
  readonly at: Date
}

/** True when it is new. A change that was overtaken and is stated again asks again; one that a person decided does not. */
export async function keepReroute(tx: Tx, noticed: Noticed): Promise<boolean> {
  const { authority, desk, alert, reroute, side, change, messageType, toldBy, document, at } = noticed
  const { rows } = await sql<{ reroute: string }>`
    insert into cargo.reroutes as r (authority, desk, alert, reroute, side, rule, leaves, comes, legs, facts, message_type, eta_basis, told_by, document, noticed_at, audience)
    values (${authority}, ${desk}, ${alert}, ${reroute}, ${side}, ${change.rule}, ${change.leaves ?? null}, ${change.comes ?? null}, ${JSON.stringify(change.legs)},
      ${JSON.stringify(change.facts)}, ${messageType}, ${change.etaBasis}, ${toldBy ?? null}, ${document ?? null}, ${at}, ${[desk]}::text[])
    on conflict (authority, desk, alert, reroute) do update set state = 'open', legs = excluded.legs, facts = excluded.facts, message_type = excluded.message_type,
      eta_basis = excluded.eta_basis, document = excluded.document, noticed_at = excluded.noticed_at, decided_at = null, decided_by = null
      where r.state = 'overtaken' returning reroute`.execute(tx)
  return rows.length > 0
}

/** What the facts no longer say is taken back; what a person decided or another desk told stays. */
export async function overtake(
  tx: Tx,
  taken: {
    readonly authority: string
    readonly alert: string
    readonly desk: string
    readonly rules: readonly string[]
    readonly keep?: string
    readonly at: Date
  },
): Promise<void> {
  const { authority, alert, desk, rules, keep = '', at } = taken
  await sql`update cargo.reroutes set state = 'overtaken', decided_at = ${at} where authority = ${authority} and desk = ${desk} and alert = ${alert}
    and state = 'open' and told_by is null and rule = any(${rules}::text[]) and reroute <> ${keep}`.execute(tx)
}

/** The itinerary is another now: whatever was prepared against the former one is done with. */
export async function overtakeAll(
  tx: Tx,
  { authority, alert, desk, at }: { readonly authority: string; readonly alert: string; readonly desk: string; readonly at: Date },
): Promise<void> {
  await sql`update cargo.reroutes set state = 'overtaken', decided_at = ${at} where authority = ${authority} and alert = ${alert} and state = 'open'
    and desk in (select unnest(audience) from cargo.alerts where authority = ${authority} and alert = ${alert} and desk = ${desk})`.execute(
    tx,
  )
}

export function rerouteRowOf(row: Selectable<RerouteTable>, subject: ListedSubject): RerouteRow {
  return {
    alert: row.alert,
    reroute: row.reroute,
    subject,
    side: row.side,
    rule: row.rule,
    ...(row.leaves === null ? {} : { leaves: row.leaves }),
    ...(row.comes === null ? {} : { comes: row.comes }),
    legs: [...row.legs],
    etaBasis: row.eta_basis,
    messageType: row.message_type,
    facts: row.facts.map((fact) => ({ ...fact })),
    ...(row.told_by === null ? {} : { toldBy: row.told_by }),
    state: row.state,
    noticedAt: row.noticed_at.toISOString(),
    ...(row.decided_at === null ? {} : { decidedAt: row.decided_at.toISOString() }),
    ...(row.decided_by === null ? {} : { decidedBy: row.decided_by }),
  }
}
