/**
 * The nightly work of the ledger: every chain is checked against alteration, and salts whose time is over are destroyed, so that tokens of vehicles,
 * drivers and accounts mean nothing any more.
 */
import { sql } from 'kysely'
import { verifyChain } from '#kernel/release-right/chain.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { type EventRow, eventOf } from './chain-store.ts'
import { sha256 } from './right-name.ts'

const BATCH = 200
const DAY_MS = 86_400_000
/** Policy: a voyage is over and its thefts have come to light; a quarter of accounts has been looked through. */
export const SALT_DAYS = { voyage: 120, accounts: 200 } as const

interface ChainHead {
  authority: string
  right_id: string
  keeper: string
  head: string
  events: number
}

/**
 * Whoever can write every table of the ledger could write a chain anew with its head. Each hash stands in the log too, which is sealed and witnessed by
 * peers: a head that the log does not have was not made by the ledger.
 */
export async function verifyChains(_data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  let mark = { authority: '', right: '' }
  let checked = 0
  let broken = 0
  for (;;) {
    const heads = await services.database.asWorker('alliance.verify-chains', async (tx) => {
      const { rows } = await sql<ChainHead>`select authority, right_id, keeper, head, events from alliance.chains
        where (authority, right_id) > (${mark.authority}, ${mark.right}) order by authority, right_id limit ${BATCH}`.execute(tx)
      for (const chain of rows) {
        checked += 1
        if (await isWhole(tx, chain)) continue
        broken += 1
        services.log.error({ code: 'alliance.chain-broken', right: chain.right_id }, 'a chain of the ledger was altered')
        await services.announce(tx, 'alliance-chains', [chain.keeper])
      }
      return rows
    })
    const last = heads.at(-1)
    if (last === undefined) break
    mark = { authority: last.authority, right: last.right_id }
  }
  await services.database.asWorker('alliance.verify-chains', async (tx) => {
    await services.record(tx, {
      event: 'alliance.chains-verified',
      outcome: broken === 0 ? 'done' : 'failed',
      facts: null,
      by: 'job:alliance.verify-chains',
      subjects: [],
      detail: { checked, broken },
    })
  })
}

async function isWhole(tx: Tx, chain: ChainHead): Promise<boolean> {
  const { authority, right_id: right } = chain
  const { rows } = await sql<EventRow>`
    select hash, previous, at, by_desk, by_role, body from alliance.events where authority = ${authority} and right_id = ${right} order by seq`.execute(
    tx,
  )
  const { rows: logged } = await sql<{ one: number }>`
    select 1 as one from audit.events where subject_ids @> array[${chain.head}]::text[] and event in ('alliance.event-appended', 'alliance.reach-noted') limit 1`.execute(
    tx,
  )
  const verdict = verifyChain(rows.map(eventOf), { genesis: right, head: chain.head, count: chain.events }, sha256)
  if (verdict.intact && logged.length > 0) return true
  // An event that was chained since the head was read is no alteration.
  const { rows: now } = await sql<{
    head: string
  }>`select head from alliance.chains where authority = ${authority} and right_id = ${right}`.execute(tx)
  return now[0]?.head !== chain.head
}

export async function destroySalts(_data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const now = services.clock.now().getTime()
  await services.database.asWorker('alliance.destroy-salts', async (tx) => {
    const { numAffectedRows = 0n } = await sql`delete from alliance.salts
      where ((scope like 'voyage %' or scope like 'box %') and made_at < ${new Date(now - SALT_DAYS.voyage * DAY_MS)})
        or (scope like 'accounts %' and made_at < ${new Date(now - SALT_DAYS.accounts * DAY_MS)})`.execute(tx)
    if (numAffectedRows === 0n) return
    await services.record(tx, {
      event: 'alliance.salts-destroyed',
      outcome: 'done',
      facts: null,
      by: 'job:alliance.destroy-salts',
      subjects: [],
      detail: { salts: Number(numAffectedRows) },
    })
  })
}
