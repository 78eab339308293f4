/** Runs over the past see the arrivals as they are: whatever changed since is written first, nothing reaches another desk, and columns that are lost or spoilt come back. */
import { randomUUID } from 'node:crypto'
import { readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WhatIfResult, WhatIfView } from '../contract.ts'
import { ANTWERP, AUTHORITY, officer, startTargetingStore, type TargetingStore, ZEEBRUGGE } from './targeting.fixture.ts'
import { runWhatIf, WHAT_IF } from './what-if-run.ts'
import { cancelWhatIfRoute, showWhatIfRoute, startWhatIfRoute } from './what-ifs.ts'
import { freshenColumns, writeColumns } from './write-columns.ts'

let store: TargetingStore
beforeAll(async () => {
  store = await startTargetingStore()
})
afterAll(async () => await store.stop())
beforeEach(async () => {
  await store.rows('delete from targeting.arrivals')
  await writeColumns(store.services)
})

interface Past {
  readonly day?: string
  readonly port?: string
  readonly pod?: string | null
  readonly weight?: number | null
  readonly stratum?: string
  readonly pi?: number
  readonly outcome?: string
  readonly desk?: string
}

let voyages = 0
async function add(...list: readonly Past[]): Promise<void> {
  const text = (value: string | undefined): string => (value === undefined ? 'null' : `'${value}'`)
  const values = list.map(
    ({ day = '2027-02-10', port = 'BEANR', pod = 'BEANR', weight = 24_000, stratum, pi, outcome, desk = ANTWERP }) => {
      const facts = { ...(pod === null ? {} : { pod }), ...(weight === null ? {} : { weight }), parties: {}, flags: {}, indicators: {} }
      voyages += 1
      return `('${AUTHORITY}', '${desk}', gen_random_uuid(), '${port}', '${day}', 'V${voyages}', 'QGNU${1_000_000 + voyages}', '${JSON.stringify(facts)}', now(), ${text(stratum)}, ${pi ?? 'null'},
        ${text(outcome)}, '{${desk}}')`
    },
  )
  await store.rows(
    `insert into targeting.arrivals (authority, desk, arrival, port, day, voyage_key, container, facts, assessed_at, stratum, pi, outcome, audience) values ${values.join(',')}`,
  )
}

const start = async (facts = officer('one')) =>
  (
    await store.call<{ run: string }>(
      startWhatIfRoute,
      { expression: { op: 'ge', col: 'weight', value: 20_000 }, from: '2027-01-15', to: '2027-02-28', key: randomUUID() },
      facts,
    )
  ).run

async function whatIf(desk = ANTWERP): Promise<WhatIfResult> {
  const run = await start(officer('one', desk))
  await runWhatIf(store.services, { authority: AUTHORITY, desk }, run)
  const { state, result } = await store.call<WhatIfView>(showWhatIfRoute, { run }, officer('one', desk))
  if (result === undefined) throw new Error(state)
  return result
}

const notes = async () => await store.rows('select desk, month::text from targeting.column_changes order by desk, month, change')

describe('a run over the past', () => {
  it('counts by the port of arrival, also of what goes on from there, and days without a hit', async () => {
    await add({ pod: 'NLRTM' }, { pod: null }, { weight: 5 }, { weight: null }, { day: '2027-01-20', weight: 5 }, { day: '2027-01-14' })
    await add({ port: 'BEZEE', day: '2027-02-28' })
    expect(await whatIf()).toEqual({
      rows: 6,
      hits: 3,
      unknown: 1,
      perPortDay: [
        { port: 'BEZEE', day: '2027-02-28', hits: 1, arrivals: 1 },
        { port: 'BEANR', day: '2027-02-10', hits: 2, arrivals: 4 },
        { port: 'BEANR', day: '2027-01-20', hits: 0, arrivals: 1 },
      ],
      expected: [
        { port: 'BEANR', perDay: 2 / 45, days: 45 },
        { port: 'BEZEE', perDay: 1 / 45, days: 45 },
      ],
      overlap: [],
      inspected: 0,
      found: 0,
    })
  })

  it('takes a broken seal as found, and no probability from what an officer chose', async () => {
    const random = { stratum: 'random', pi: 0.5 } as const
    await add({ ...random, outcome: 'seal-broken' }, { ...random, outcome: 'nothing' }, { ...random, outcome: 'not-checked' })
    await add({ stratum: 'officer', pi: 1, outcome: 'found' }, { outcome: 'nothing' })
    const { inspected, found, precision } = await whatIf()
    expect([inspected, found]).toEqual([4, 2])
    expect(precision).toMatchObject({ value: 0.5, n: 2 })
  })

  it('sees what changed since the last one: new, gone, moved to another month, recorded', async () => {
    await add({}, {}, { day: '2027-01-20' })
    expect((await whatIf()).hits).toBe(3)
    await add({ day: '2027-02-11' })
    expect((await whatIf()).hits).toBe(4)
    await store.rows("update targeting.arrivals set day = '2027-01-31' where day = '2027-02-11'")
    expect((await whatIf()).perPortDay.map(({ day, hits }) => [day, hits])).toEqual([
      ['2027-02-10', 2],
      ['2027-01-31', 1],
      ['2027-01-20', 1],
    ])
    await store.services.database.asOfficer(
      officer('one'),
      async (tx) => await sql`update targeting.arrivals set outcome = 'found' where day = '2027-01-31'`.execute(tx),
    )
    expect(await notes()).toEqual([{ desk: ANTWERP, month: '2027-01-01' }])
    expect((await whatIf()).found).toBe(1)
    await store.rows("delete from targeting.arrivals where day = '2027-02-10'")
    expect((await whatIf()).hits).toBe(2)
  })

  it('writes no month anew in which nothing changed', async () => {
    await add({}, { day: '2027-01-20' }, { day: '2026-06-01' })
    await whatIf()
    const files = async () => (await readdir(path.join(store.folder, ANTWERP))).sort()
    const before = await files()
    // Another month than those of the run waits for the night.
    expect(await notes()).toEqual([{ desk: ANTWERP, month: '2026-06-01' }])
    await store.rows('update targeting.arrivals set assessed_at = now(), score = 0.5')
    await whatIf()
    expect(await files()).toEqual(before)
    await writeColumns(store.services)
    expect([await notes(), (await files()).length]).toEqual([[], before.length + 1])
  })

  it('sees nothing of another desk', async () => {
    await add({}, { desk: ZEEBRUGGE }, { desk: ZEEBRUGGE, day: '2027-02-11' })
    expect([(await whatIf()).rows, (await whatIf(ZEEBRUGGE)).rows]).toEqual([1, 2])
  })

  it('comes back when its columns were lost or spoilt', async () => {
    await add({}, { day: '2027-01-20' })
    await whatIf()
    const own = path.join(store.folder, ANTWERP)
    await rm(own, { recursive: true })
    expect((await whatIf()).rows).toBe(2)
    await writeFile(path.join(own, 'index.json'), '{')
    expect((await whatIf()).rows).toBe(2)
    for (const file of await readdir(own)) if (file.endsWith('.parquet')) await rm(path.join(own, file))
    // Columns that were read lately are in memory yet: ask for others.
    const asked = { expression: { op: 'missing', col: 'onward' }, from: '2027-01-15', to: '2027-02-28', key: randomUUID() }
    const { run } = await store.call<{ run: string }>(startWhatIfRoute, asked)
    await runWhatIf(store.services, { authority: AUTHORITY, desk: ANTWERP }, run)
    expect(await store.call<WhatIfView>(showWhatIfRoute, { run })).toMatchObject({ state: 'done', result: { rows: 2, hits: 2 } })
  })

  it('ends when it is stopped on the way, and leaves the month as it was', async () => {
    await add({})
    const run = await start()
    const [reading, noticed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let isCancelled = false
    const { columns, database } = store.services
    const slow: typeof store.services = {
      ...store.services,
      columns: {
        ...columns,
        replaceMonth: async (wanted) => {
          reading.resolve()
          await noticed.promise
          // Whoever looked says so to the run a moment later.
          await wait(0)
          return await columns.replaceMonth(wanted)
        },
      },
      database: {
        ...database,
        asWorker: async (name, work) => {
          const isAfter = isCancelled
          const answer = await database.asWorker(name, work)
          if (isAfter && name === WHAT_IF) noticed.resolve()
          return answer
        },
      },
    }
    const going = runWhatIf(slow, { authority: AUTHORITY, desk: ANTWERP }, run)
    await reading.promise
    await store.call(cancelWhatIfRoute, { run })
    isCancelled = true
    await going
    expect(await store.call<WhatIfView>(showWhatIfRoute, { run })).toMatchObject({ state: 'cancelled' })
    expect(await store.services.columns.months(ANTWERP)).toEqual([])
    expect(await notes()).toHaveLength(1)
  })
})

it('a desk that holds nothing any more has no columns', async () => {
  await add({}, { desk: ZEEBRUGGE })
  await writeColumns(store.services)
  expect((await readdir(store.folder)).sort()).toEqual([ANTWERP, ZEEBRUGGE])
  await store.rows(`delete from targeting.arrivals where desk = '${ANTWERP}'`)
  await writeColumns(store.services)
  expect([await readdir(store.folder), await notes()]).toEqual([[ZEEBRUGGE], []])
})

it('a change while a month is written is written the next time', async () => {
  await add({})
  const { columns } = store.services
  const late = {
    ...store.services,
    columns: {
      ...columns,
      replaceMonth: async (wanted: Parameters<typeof columns.replaceMonth>[0]) => {
        const report = await columns.replaceMonth(wanted)
        await add({})
        return report
      },
    },
  }
  await freshenColumns(late, { authority: AUTHORITY, desk: ANTWERP })
  expect([await columns.months(ANTWERP), (await notes()).length]).toEqual([[{ month: '2027-02', rows: 1 }], 1])
  await writeColumns(store.services)
  expect([await columns.months(ANTWERP), (await notes()).length]).toEqual([[{ month: '2027-02', rows: 2 }], 0])
})
