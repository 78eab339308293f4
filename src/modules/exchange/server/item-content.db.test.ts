/** The content of a piece that is marked anew while somebody reads it: boxed under another key meanwhile, and shown as it stands now. */
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { freshDatabase } from '#testing/postgres.ts'
import { migrations } from '../migrations.ts'
import { eraseContent, type ItemContent, openContent, storeContent } from './item-content.ts'

const KEY = { org: 'be.customs', desk: 'be.customs.antwerp', item: 'one' }
const CONTENT: ItemContent = {
  title: 'Before',
  fields: [],
  attachments: [],
  evaluation: { source: 'B', info: 2 },
  legalBasis: { act: 'Regulation (EU) 952/2013', art: '46' },
  personalData: { yes: false, categories: [] },
}

/** Opens with its own key only. */
let sealed = 0
const services = {
  box: {
    seal: (content: string) => ({ key: `key-${++sealed}`, content: `key-${sealed}:${content}` }),
    open: ({ key, content }: { readonly key: string; readonly content: string }) => {
      if (!content.startsWith(`${key}:`)) throw new Error('Another key.')
      return content.slice(key.length + 1)
    },
  },
} as unknown as NodeServices

it('opens what is marked anew between the reading of its row and of its key, and nothing once it is erased', async () => {
  const fresh = await freshDatabase()
  const database = connect({ url: fresh.url })
  try {
    await migrate(database.pool, [{ slice: 'exchange', migrations }])
    const inTx = async <T>(act: (work: WorkContext) => Promise<T>): Promise<T> =>
      await database.asWorker('test', async (tx) => await act({ tx, services }))
    const first = await inTx(async (work) => {
      const content = await storeContent(work, KEY, CONTENT)
      await sql`insert into exchange.items (org, desk, item, side, kind, state, origin_org, origin_desk, purpose, urgency, tlp, content, at, erase_at, audience)
        values (${KEY.org}, ${KEY.desk}, ${KEY.item}, 'own', 'information', 'released', ${KEY.org}, ${KEY.desk}, 'customs-control', 'routine', 'AMBER', ${content}, now(), now(),
          array[${KEY.desk}])`.execute(work.tx)
      return content
    })
    const row = { ...KEY, content: first }
    expect(await inTx(async (work) => await openContent(work, row))).toEqual(CONTENT)
    await inTx(async (work) => {
      const content = await storeContent(work, KEY, { ...CONTENT, title: 'After' })
      await sql`update exchange.items set content = ${content}`.execute(work.tx)
    })
    expect(await inTx(async (work) => await openContent(work, row))).toMatchObject({ title: 'After' })
    await inTx(async (work) => await eraseContent(work, KEY))
    expect(await inTx(async (work) => await openContent(work, row))).toBeUndefined()
  } finally {
    await database.close()
    await fresh.drop()
  }
})
