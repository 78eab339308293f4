/**
 * The last day of what the slice keeps. A chain of the ledger goes whole, with its links, signals, acts and messages, once its last event is old enough;
 * reports go with their texts, whose keys lie beside them. What a partner is vetted for now stays, however old.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { lockRight } from './chain-store.ts'
import { retention } from './retention.ts'

const ERASE = 'alliance.erase'
const MANY = 500
/** Everything that hangs on a right. */
const OF_RIGHT = ['events', 'links', 'signals', 'acts', 'revocations', 'messages', 'chains'] as const

export const eraseJob: Job = {
  name: ERASE,
  meaning: 'Erases chains, reports, files, codes and old steps of vetting on their last day',
  schedule: '25 3 * * *',
  timeoutSeconds: 3600,
  retries: 3,
  run: async (_data, services) => {
    for (let erased = MANY; erased === MANY; ) erased = await eraseRights(services)
    const now = services.clock.now()
    const since = (erase: string) => sql`(${now}::timestamptz - ${erase}::interval)`
    const old = (column: string, erase: string) => sql`${sql.ref(column)} < ${since(erase)}`
    const { rights, files, unknown, codes, incidents, integrity, vettings } = retention
    // What waited for a right that never came, and what was asked of one that is not there.
    const isNowhere = (table: string) =>
      sql`not exists (select 1 from alliance.chains c where c.authority = ${sql.ref(`${table}.authority`)} and c.right_id = ${sql.ref(`${table}.right_id`)})`
    await erase(services, rights, [
      sql`delete from alliance.acts where ${old('at', rights.erase)} and ${isNowhere('alliance.acts')}`,
      sql`delete from alliance.messages where ${old('received_at', rights.erase)} and ${isNowhere('alliance.messages')}`,
    ])
    // A line goes with its file, a text with its report: what hangs on the row first.
    await erase(services, files, [
      sql`delete from alliance.file_lines l using alliance.message_files f where f.authority = l.authority and f.desk = l.desk and f.file = l.file and ${old('f.received_at', files.erase)}`,
      sql`delete from alliance.message_files where ${old('received_at', files.erase)}`,
    ])
    await erase(services, unknown, [sql`delete from alliance.unknown_codes where ${old('last_at', unknown.erase)}`])
    await erase(services, codes, [
      sql`delete from alliance.codes where least(valid_until, coalesce(ended_at, valid_until)) < ${since(codes.erase)}`,
    ])
    await erase(services, incidents, [
      sql`delete from alliance.incident_answers a using alliance.incidents i where i.authority = a.authority and i.incident = a.incident and ${old('i.reported_at', incidents.erase)}`,
      sql`delete from alliance.incidents where ${old('reported_at', incidents.erase)}`,
    ])
    await erase(services, integrity, [
      sql`delete from alliance.integrity_texts t using alliance.integrity_reports r where r.authority = t.authority and r.report = t.report and ${old('r.received_on', integrity.erase)}`,
      sql`delete from alliance.integrity_reports where ${old('received_on', integrity.erase)}`,
    ])
    const isPassed = (table: string) =>
      sql`exists (select 1 from ${sql.table(table)} later where later.authority = f.authority and later.keeper = f.keeper and later.desk = f.desk and later.version > f.version)`
    await erase(services, vettings, [
      sql`delete from alliance.standings f where ${old('f.at', vettings.erase)} and ${isPassed('alliance.standings')}`,
      sql`delete from alliance.vettings f where ${old('f.at', vettings.erase)} and ${isPassed('alliance.vettings')}`,
    ])
  },
}

async function eraseRights(services: NodeServices): Promise<number> {
  const now = services.clock.now()
  return await services.database.asWorker(ERASE, async (tx) => {
    const isOver = sql`not exists (select 1 from alliance.events e where e.authority = c.authority and e.right_id = c.right_id
      and e.at >= ${now}::timestamptz - ${retention.rights.erase}::interval)`
    const { rows } = await sql<{ authority: string; right_id: string }>`
      select authority, right_id from alliance.chains c where c.changed_at < ${now}::timestamptz - ${retention.rights.erase}::interval and ${isOver}
      order by authority, right_id limit ${MANY}`.execute(tx)
    let erased = 0
    for (const { authority, right_id: right } of rows) {
      await lockRight(tx, authority, right)
      // Somebody may have read or moved it while the lock was waited for.
      const { rows: still } = await sql<{ one: number }>`
        select 1 as one from alliance.chains c where c.authority = ${authority} and c.right_id = ${right} and ${isOver}`.execute(tx)
      if (still.length === 0) continue
      for (const table of OF_RIGHT)
        await sql`delete from ${sql.table(`alliance.${table}`)} where authority = ${authority} and right_id = ${right}`.execute(tx)
      erased += 1
    }
    await note(tx, services, { category: retention.rights.category, rows: erased })
    return rows.length
  })
}

async function erase(
  services: NodeServices,
  { category }: { readonly category: string },
  statements: readonly RawBuilder<unknown>[],
): Promise<void> {
  await services.database.asWorker(ERASE, async (tx) => {
    let rows = 0
    for (const statement of statements) rows = Number((await statement.execute(tx)).numAffectedRows ?? 0n)
    await note(tx, services, { category, rows })
  })
}

async function note(tx: Tx, services: NodeServices, detail: { readonly category: string; readonly rows: number }): Promise<void> {
  if (detail.rows > 0)
    await services.record(tx, { event: 'alliance.erased', outcome: 'done', facts: null, by: `job:${ERASE}`, subjects: [], detail })
}
