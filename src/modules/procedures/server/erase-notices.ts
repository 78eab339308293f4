/**
 * Erasure of what stands around cases. A notice goes with its case and after ninety days at the latest; notes of a hand-over, which may speak of anybody, after
 * as long; a feed thirty days after its end. The instants are policy: long enough to look back over a quarter, not a second record of cases.
 */
import { sql } from 'kysely'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'

const DAYS = { notices: 90, handOvers: 90, feeds: 30 } as const
const DAY = 86_400_000

export const eraseNoticesJob: Job = {
  name: 'procedures.erase-notices',
  meaning: 'Erases notices, notes of hand-overs and ended calendar feeds when their time is up',
  schedule: '41 3 * * *',
  timeoutSeconds: 600,
  retries: 0,
  run: async (_data, services) => await eraseNotices(services),
}

export async function eraseNotices(services: NodeServices): Promise<void> {
  const before = (days: number) => new Date(services.clock.now().getTime() - days * DAY)
  await services.database.asWorker('procedures.erase-notices', async (tx) => {
    const gone = async (statement: ReturnType<typeof sql>): Promise<number> => Number((await statement.execute(tx)).numAffectedRows ?? 0)
    const notices = await gone(sql`delete from procedures.notices n where n.at < ${before(DAYS.notices)}
      or not exists (select from procedures.cases c where c.authority = n.authority and c.case_id = n.case_id)`)
    await gone(sql`delete from procedures.notice_readings r
      where not exists (select from procedures.notices n where n.authority = r.authority and n.notice = r.notice)`)
    const handOvers = await gone(sql`delete from procedures.hand_overs where at < ${before(DAYS.handOvers)}`)
    const feeds = await gone(sql`delete from procedures.calendar_feeds where least(expires_at, revoked_at) < ${before(DAYS.feeds)}`)
    if (notices + handOvers + feeds === 0) return
    await services.record(tx, {
      event: 'procedures.notices-erased',
      outcome: 'done',
      facts: null,
      by: 'job:procedures.erase-notices',
      subjects: [],
      detail: { notices, handOvers, feeds },
    })
  })
}
