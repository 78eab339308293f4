/**
 * Which right a line of a message means. A message need not name the voyage, or names the ship otherwise than the one that began the right.
 * Invariants: one writer at a time for each box of a port, so that two messages never begin two rights for one voyage; what is found decides where an
 * act is put to the ledger and never what its sender is told: without a voyage only a link of its own, or the common refusal, is to be had.
 */
import { sql } from 'kysely'
import { isSameVoyage, type StatedVoyage, voyageName } from '#kernel/release-right/voyage.ts'
import type { PartnerKind } from '../contract.ts'
import type { LedgerWork } from './chain-store.ts'
import type { Keeper } from './keepers.ts'
import { plainName, type RightName } from './right-name.ts'

export interface LineOfBox {
  readonly container: string
  readonly port: string
  readonly voyage: StatedVoyage
  readonly sender: string
  readonly role: PartnerKind
}

/** Without a voyage: whoever has no part in the box means none, whether there is one or not. */
export type MeantRight =
  | { readonly name: RightName; readonly stated?: string }
  | { readonly name: undefined; readonly box: Omit<RightName, 'voyage'> }
  | { readonly fault: 'no-voyage' }

interface Known {
  voyage: string
  own: boolean
  over: boolean
}

const MOST_KNOWN = 100

export async function rightOfLine({ tx }: Pick<LedgerWork, 'tx'>, keeper: Keeper, line: LineOfBox): Promise<MeantRight> {
  const { port, voyage: stated, sender, role } = line
  const begun = voyageName(stated)
  const { container } = plainName({ container: line.container, voyage: begun ?? '1', port })
  await sql`select pg_advisory_xact_lock(hashtextextended(${`alliance.box ${keeper.authority} ${keeper.desk} ${port} ${container}`}, 0))`.execute(
    tx,
  )
  // Newest first; a right that is only waited for is one, too.
  const { rows } = await sql<Known>`
    select voyage, own, over from (
      select c.voyage, exists (select 1 from alliance.links l where l.authority = c.authority and l.party = ${sender} and l.right_id = c.right_id) as own,
        c.stage = 'gated-out' as over, c.changed_at as at
      from alliance.chains c where c.authority = ${keeper.authority} and c.keeper = ${keeper.desk} and c.container = ${container} and c.port = ${port}
      union all
      select m.message ->> 'voyage', false, false, m.received_at from alliance.messages m
      where m.authority = ${keeper.authority} and m.keeper = ${keeper.desk} and m.message ->> 'container' = ${container} and m.message ->> 'port' = ${port} and m.outcome = 'waiting'
    ) known order by own desc, at desc limit ${MOST_KNOWN}`.execute(tx)
  if (begun !== undefined) {
    const meant = rows.find(({ voyage }) => voyage === begun) ?? rows.find(({ voyage }) => isSameVoyage(voyage, stated))
    return { name: plainName({ container, voyage: meant?.voyage ?? begun, port }), stated: begun }
  }
  const [own, another] = rows.filter((row) => row.own && !row.over)
  if (own !== undefined)
    return another === undefined ? { name: plainName({ container, voyage: own.voyage, port }) } : { fault: 'no-voyage' }
  if (role === 'line' || role === 'terminal') return { fault: 'no-voyage' }
  return { name: undefined, box: { container, port } }
}
