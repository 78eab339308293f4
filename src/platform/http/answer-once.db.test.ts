import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { type Connection, connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import { once } from './answer-once.ts'
import { httpMigrations } from './migrations.ts'

let fresh: FreshDatabase
let database: Connection
beforeAll(async () => {
  fresh = await freshDatabase()
  database = connect({ url: fresh.url })
  await migrate(database.pool, [{ slice: 'platform.http', migrations: httpMigrations }])
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

const facts = (desk: string, purpose = 'customs-control'): SessionFacts => ({
  officer: 'o1',
  officerName: 'Officer',
  roles: ['officer'],
  desk,
  authority: desk.split('.').slice(0, 2).join('.'),
  authorityKind: 'customs',
  country: 'BE',
  realm: 'customs',
  purpose,
  caseId: null,
})
const ANTWERP = facts('be.customs.antwerp')
const clock = { now: () => new Date('2027-03-09T06:00:00Z') }

let done = 0
/** A request whose work is counted. */
const ask = async (
  who: SessionFacts,
  { route = 'notes.write', key }: { readonly route?: string; readonly key: string },
  work = async () => ({ n: ++done }),
) => await database.asOfficer(who, async (tx) => await once({ tx, facts: who, clock }, { route, key }, work))

describe('a request with a key', () => {
  it('is carried out once, and its repeat gets the first answer', async () => {
    const first = await ask(ANTWERP, { key: 'a' })
    const before = done
    expect(await ask(ANTWERP, { key: 'a' })).toEqual(first)
    expect(done).toBe(before)
  })

  it('is another one on another route, by another desk, authority or for another purpose', async () => {
    const answers = [
      await ask(ANTWERP, { key: 'b' }),
      await ask(ANTWERP, { route: 'notes.erase', key: 'b' }),
      await ask(facts('be.customs.zeebrugge'), { key: 'b' }),
      await ask(facts('es.customs.antwerp'), { key: 'b' }),
      await ask(facts('be.customs.antwerp', 'crime-prevention'), { key: 'b' }),
    ]
    expect(new Set(answers.map(({ n }) => n)).size).toBe(answers.length)
  })

  it('makes a repeat wait that comes while it is at work', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const first = ask(ANTWERP, { key: 'c' }, async () => {
      begin()
      await released
      return { n: ++done }
    })
    await begun
    const repeat = ask(ANTWERP, { key: 'c' }, async () => expect.unreachable('The repeat did the work again.'))
    release()
    expect(await repeat).toEqual(await first)
  })

  it('leaves nothing behind when it fails, so that it can be tried again', async () => {
    const failing = async () => await Promise.reject(new Error('refused'))
    await expect(ask(ANTWERP, { key: 'd' }, failing)).rejects.toThrow('refused')
    const before = done
    expect(await ask(ANTWERP, { key: 'd' })).toEqual({ n: before + 1 })
  })

  it('is not visible to another desk, nor for another purpose', async () => {
    await ask(ANTWERP, { key: 'e' })
    const seen = async (who: SessionFacts) =>
      (await database.asOfficer(who, async (tx) => await sql`select 1 from platform.answers where key = 'e'`.execute(tx))).rows.length
    expect(await seen(ANTWERP)).toBe(1)
    expect(await seen(facts('be.customs.zeebrugge'))).toBe(0)
    expect(await seen(facts('be.customs.antwerp', 'crime-prevention'))).toBe(0)
  })
})
