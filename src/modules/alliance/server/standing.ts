/**
 * Whether a partner is vetted now. Read anew at every request: an end, a suspension or a withdrawal shuts the door at once, whatever the session is.
 * The latest standing counts, and it counts until its day of expiry and not an instant longer.
 */
import { sql } from 'kysely'
import type { Act, EventParty, PartnerRole } from '#kernel/release-right/event.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { Tx } from '#platform/store/database.ts'
import type { Keeper } from './keepers.ts'

export interface StandingRow {
  authority: string
  keeper: string
  desk: string
  version: number
  kind: PartnerRole
  state: 'invited' | 'active' | 'suspended' | 'withdrawn'
  criteria: string[]
  expires_at: Date
}

/** The latest standing with each keeper, as far as the transaction may see it. */
export async function standingsOf(tx: Tx, desk: string): Promise<readonly StandingRow[]> {
  const { rows } = await sql<StandingRow>`
    select distinct on (authority, keeper) authority, keeper, desk, version, kind, state, criteria, expires_at from alliance.standings
    where desk = ${desk} order by authority, keeper, version desc`.execute(tx)
  return rows
}

export const isInForce = (row: Pick<StandingRow, 'state' | 'expires_at'>, now: Date): boolean =>
  row.state === 'active' && row.expires_at.getTime() > now.getTime()

export function effectiveState(row: Pick<StandingRow, 'state' | 'expires_at'>, now: Date): StandingRow['state'] | 'expired' {
  return row.state === 'active' && row.expires_at.getTime() <= now.getTime() ? 'expired' : row.state
}

/** The role under which the desk is vetted by the keeper, or undefined. */
export async function vettedRole(
  tx: Tx,
  keeper: Keeper,
  { desk, now }: { readonly desk: string; readonly now: Date },
): Promise<PartnerRole | undefined> {
  const standing = (await standingsOf(tx, desk)).find((row) => row.authority === keeper.authority && row.keeper === keeper.desk)
  return standing !== undefined && isInForce(standing, now) ? standing.kind : undefined
}

const RECEIVERS: Readonly<Record<'released' | 'transferred' | 'transport-ordered', readonly string[]>> = {
  released: ['forwarder', 'haulier'],
  transferred: ['forwarder', 'haulier'],
  'transport-ordered': ['haulier'],
}

/** A right goes only to a partner whose vetting with this keeper is in force, and a transport only to a haulier; a holder may drive itself. */
export async function isReceiverVetted(
  tx: Tx,
  keeper: Keeper,
  { by, act, now }: { readonly by: EventParty; readonly act: Act; readonly now: Date },
): Promise<boolean> {
  if (act.kind !== 'released' && act.kind !== 'transferred' && act.kind !== 'transport-ordered') return true
  const receiver = act.kind === 'transport-ordered' ? act.haulier : act.to
  if (receiver === by.desk) return true
  const role = await vettedRole(tx, keeper, { desk: receiver, now })
  return role !== undefined && RECEIVERS[act.kind].includes(role)
}

/** The role of the session's desk with this keeper; refuses a desk without vetting in force. */
export async function requireVetted(context: CaseContext, keeper: Keeper): Promise<PartnerRole> {
  const role = await vettedRole(context.tx, keeper, { desk: context.facts.desk, now: context.clock.now() })
  if (role === undefined) throw notVetted()
  return role
}

/** Refuses a desk that no keeper has vetted. */
export async function requireVettedAnywhere(context: CaseContext): Promise<readonly StandingRow[]> {
  const inForce = (await standingsOf(context.tx, context.facts.desk)).filter((row) => isInForce(row, context.clock.now()))
  if (inForce.length === 0) throw notVetted()
  return inForce
}

function notVetted(): AppError {
  return new AppError(403, 'alliance.not-vetted', 'The vetting of this partner is not in force.')
}
