import type pg from 'pg'
import { expect, it } from 'vitest'
import type { Logger } from '#platform/log/logger.ts'
import { connect } from '#platform/store/connect.ts'
import { freshDatabase } from '#testing/postgres.ts'
import { listenForAnnouncements } from './announcements.ts'

it('screens are woken again after the store was away, however often it could not be reached', async () => {
  const fresh = await freshDatabase()
  const database = connect({ url: fresh.url })
  let [away, asked] = [0, 0]
  const pool = {
    connect: async () => {
      asked += 1
      away -= 1
      if (away >= 0) throw new Error('the database system is starting up')
      return await database.pool.connect()
    },
  } as unknown as pg.Pool
  const announcements = await listenForAnnouncements(pool, { warn: () => undefined } as unknown as Logger)
  const heard: string[] = []
  announcements.subscribe('be.customs.antwerp', (topic) => heard.push(topic))
  const say = async (topic: string): Promise<void> => {
    await database.pool.query('select pg_notify($1, $2)', [
      'breakwater_events',
      JSON.stringify({ topic, audience: ['be.customs.antwerp'] }),
    ])
  }
  await say('before')
  await expect.poll(() => heard).toEqual(['before'])
  away = 2
  await database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen breakwater_events%' and pid <> pg_backend_pid()`,
  )
  await expect.poll(() => asked).toBe(4)
  await expect
    .poll(async () => {
      await say('after')
      return heard.includes('after')
    })
    .toBe(true)
  await announcements.stop()
  await database.close()
  await fresh.drop()
})
