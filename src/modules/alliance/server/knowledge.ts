/** What a keeper knows from its other rights, for the detectors that compare: within the rows of that desk alone, and asked for only where an event needs it. */
import { sql } from 'kysely'
import type { KeeperKnowledge } from '#kernel/release-right/detectors/evidence.ts'
import type { LedgerEvent } from '#kernel/release-right/event.ts'
import type { Tx } from '#platform/store/database.ts'
import type { Chain } from './chain-store.ts'

const WEEK_MS = 7 * 86_400_000
const MOST_EARLIER = 500

export async function knowledgeFor(tx: Tx, chain: Chain, event: LedgerEvent): Promise<KeeperKnowledge> {
  const { body, by } = event
  if (body.kind === 'pre-notified') return { haulierCollections: await collectionsOf(tx, chain, by.desk) }
  if (body.kind === 'gated-out') return { receiverMinutes: await minutesOf(tx, chain) }
  if (body.kind === 'read' && by.role !== 'customs') return { accountReads: await readsOf(tx, chain, { event, account: body.account }) }
  return {}
}

async function collectionsOf(tx: Tx, { keeper, right }: Chain, haulier: string): Promise<number> {
  const { rows } = await sql<{ n: string }>`select count(*) as n from alliance.chains
    where authority = ${keeper.authority} and keeper = ${keeper.desk} and haulier = ${haulier} and stage = 'gated-out' and right_id <> ${right}`.execute(
    tx,
  )
  return Number(rows[0]?.n ?? 0)
}

async function minutesOf(tx: Tx, { keeper, right, state }: Chain): Promise<readonly number[]> {
  const receiver = state.passings[0]?.to
  if (receiver === undefined) return []
  const { rows } = await sql<{ minutes: number }>`select collect_minutes as minutes from alliance.chains
    where authority = ${keeper.authority} and keeper = ${keeper.desk} and first_receiver = ${receiver} and stage = 'gated-out' and right_id <> ${right} and collect_minutes >= 0
    order by changed_at desc limit ${MOST_EARLIER}`.execute(tx)
  return rows.map(({ minutes }) => minutes)
}

async function readsOf(
  tx: Tx,
  { keeper }: Chain,
  { event, account }: { readonly event: LedgerEvent; readonly account: string },
): Promise<NonNullable<KeeperKnowledge['accountReads']>> {
  const since = new Date(Date.parse(event.at) - WEEK_MS)
  const { rows } = await sql<{ account: string; n: string }>`
    select account, count(distinct right_id) filter (where unrelated) as n from alliance.events
    where authority = ${keeper.authority} and keeper = ${keeper.desk} and by_role = ${event.by.role} and at > ${since} and account is not null group by account`.execute(
    tx,
  )
  const { rows: raised } = await sql<{ one: number }>`
    select 1 as one from alliance.signals where authority = ${keeper.authority} and keeper = ${keeper.desk} and account = ${account} and raised_at > ${since} limit 1`.execute(
    tx,
  )
  return {
    own: Number(rows.find((row) => row.account === account)?.n ?? 0),
    others: rows.filter((row) => row.account !== account).map(({ n }) => Number(n)),
    wasRaised: raised.length > 0,
  }
}
