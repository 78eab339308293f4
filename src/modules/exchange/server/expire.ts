/** The end of a piece of information: on the day its originator set, its content is erased wherever it is held, with the bytes that it alone had; that it existed stays. */
import { sql } from 'kysely'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { follow } from './follow.ts'
import { eraseContent, type ItemKey } from './item-content.ts'
import { destroyUnused } from './own-bytes.ts'

const JOB = 'exchange.expire'
const MANY = 500

export const expireJob: Job = {
  name: JOB,
  meaning: 'Erases information whose time is over, on the day that its originator set, and bytes to attach that no information has',
  schedule: '23 * * * *',
  timeoutSeconds: 600,
  retries: 3,
  run: async (_data, services) => {
    for (let erased = MANY; erased === MANY; ) erased = await expireSome(services)
    await destroyUnused(services, JOB)
  },
}

async function expireSome(services: NodeServices): Promise<number> {
  return await services.database.asWorker(JOB, async (tx) => {
    const work = { tx, services }
    const { rows } =
      await sql<ItemKey>`select org, desk, item from exchange.items where content is not null and erase_at <= ${services.clock.now()}
      order by erase_at limit ${MANY} for update skip locked`.execute(tx)
    for (const { org, desk, item } of rows) {
      await eraseContent(work, { org, desk, item })
      await sql`update exchange.items set state = 'expired' where org = ${org} and desk = ${desk} and item = ${item}`.execute(tx)
      await follow(work, { org, desk, item, change: 'gone' })
      await services.record(tx, {
        event: 'exchange.item-expired',
        outcome: 'done',
        facts: null,
        by: `job:${JOB}`,
        subjects: [
          { kind: 'item', id: item },
          { kind: 'desk', id: desk },
        ],
      })
      await services.announce(tx, 'items', [desk])
    }
    return rows.length
  })
}
