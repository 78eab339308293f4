/**
 * What machines delivered by a channel that the desk of the port has entered as a partner's: each delivery is a file of that partner, carried out in
 * the ledger of that desk alone. A delivery before the code was confirmed, or after its end, is nobody's.
 */
import { sql } from 'kysely'
import { deliveriesOf } from '#modules/cargo'
import { findUnit } from '#platform/link/directory.ts'
import type { Job } from '#platform/module/define-module.ts'
import { CHANNEL_LIST } from '../contract.ts'
import { TAKE_FILE } from './take-file.ts'

/** A node that stood still this long has been looked after by somebody. */
const LOOKED_BACK_MS = 7 * 86_400_000

interface ChannelCode {
  authority: string
  keeper: string
  value: string
  desk: string
  opens: Date
  ends: Date
}

export const takeDeliveriesJob: Job = {
  name: 'alliance.take-deliveries',
  meaning: 'Takes over what the machines of partners delivered',
  schedule: '* * * * *',
  timeoutSeconds: 300,
  retries: 0,
  run: async (_data, services) => {
    const now = services.clock.now()
    const since = new Date(now.getTime() - LOOKED_BACK_MS)
    await services.database.asWorker('alliance.take-deliveries', async (tx) => {
      const { rows } = await sql<ChannelCode>`
        select authority, keeper, value, desk, greatest(valid_from, confirmed_at) as opens, least(valid_until, coalesce(ended_at, valid_until)) as ends
        from alliance.codes where list = ${CHANNEL_LIST} and confirmed_at is not null and least(valid_until, coalesce(ended_at, valid_until)) > ${since}`.execute(
        tx,
      )
      for (const { authority, keeper, value, desk, opens, ends } of rows) {
        const partner = findUnit(services.directory(), desk)?.org.id
        if (partner === undefined) continue
        const from = opens > since ? opens : since
        for (const each of await deliveriesOf(tx, { authority, desk: keeper, channel: value.toLowerCase(), since: from })) {
          if (each.at >= ends) continue
          const { numAffectedRows } = await sql`
            insert into alliance.message_files (authority, desk, file, keeper, document, name, size, way, received_at, audience)
            values (${partner}, ${desk}, ${each.delivery}, ${keeper}, ${each.document}, ${each.name}, ${each.size}, 'machine', ${each.at}, ${[desk]})
            on conflict do nothing`.execute(tx)
          if (numAffectedRows === 1n)
            await services.enqueue(tx, { name: TAKE_FILE, data: { authority: partner, desk, file: each.delivery }, key: each.delivery })
        }
      }
    })
  },
}
