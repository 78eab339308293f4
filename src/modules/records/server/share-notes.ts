/**
 * Notes of which records stand in which file that was written for another authority, for the inventory of a record. A note says nothing once the node has no such file: with it goes whose file never left,
 * and whose piece of information has ended.
 */
import { sql } from 'kysely'
import { digestsHeld } from '#modules/exchange'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { Job } from '#platform/module/define-module.ts'
import type { Tx } from '#platform/store/database.ts'

const JOB = 'records.share-notes'

interface SharedFile {
  readonly org: string
  readonly desk: string
  readonly sha256: string
}

/** Before the file is taken in: whoever forgets its notes waits, or is waited for and then finds it. */
export async function lockNotes(tx: Tx, { org, desk, sha256 }: SharedFile): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`records.passed_on ${org} ${desk} ${sha256}`}, 0))`.execute(tx)
}

export async function noteShared({ tx, facts, clock }: CaseContext, entities: readonly string[], sha256: string): Promise<void> {
  await sql`insert into records.passed_on (org, desk, entity, sha256, at, purpose, audience)
    select ${facts.authority}, ${facts.desk}, entity, ${sha256}, ${clock.now()}, ${facts.purpose ?? ''}, array[${facts.desk}]::text[] from unnest(${[...entities]}::text[]) as t(entity)
    on conflict do nothing`.execute(tx)
}

export const shareNotesJob: Job = {
  name: JOB,
  meaning: 'Forgets which records stood in a file for another authority once the file is gone',
  schedule: '37 * * * *',
  after: ['exchange.expire'],
  timeoutSeconds: 600,
  retries: 3,
  run: async (_data, { database }) => {
    for (const file of await database.asWorker(JOB, gone))
      await database.asWorker(JOB, async (tx) => {
        await lockNotes(tx, file)
        const { org, desk, sha256 } = file
        // Asked again under the lock: it may have been written anew.
        if ((await digestsHeld(tx, file, [sha256])).size > 0) return
        await sql`delete from records.passed_on where org = ${org} and desk = ${desk} and sha256 = ${sha256}`.execute(tx)
      })
  },
}

async function gone(tx: Tx): Promise<readonly SharedFile[]> {
  const { rows } = await sql<SharedFile>`select distinct org, desk, sha256 from records.passed_on`.execute(tx)
  const files: SharedFile[] = []
  for (const of of Map.groupBy(rows, ({ org, desk }) => JSON.stringify([org, desk])).values()) {
    const [owner] = of
    if (owner === undefined) continue
    const held = await digestsHeld(
      tx,
      owner,
      of.map(({ sha256 }) => sha256),
    )
    files.push(...of.filter(({ sha256 }) => !held.has(sha256)))
  }
  return files
}
