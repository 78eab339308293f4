/**
 * A check and the run that follows it say the same of every line and count the same, whatever was read, corrected, withdrawn, restricted and erased before: some fixed sequences of
 * files whose lines repeat and contradict each other, and of what officers do between them. After each file what must follow from the statements holds too.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSeededRandom, type SeededRandom } from '#kernel/stats/seeded-random.ts'
import { correctStatementRoute } from './correct-statement.ts'
import { enterRecordRoute } from './enter-record.ts'
import { eraseJob } from './erase.ts'
import { DRAFT, type ImportStore, type Shown, startImportStore } from './imports.fixture.ts'
import { restrictRecordRoute } from './restrict.ts'
import { answerReviewRoute } from './reviews.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const NAMES = ['A', 'B', 'C', 'D']
const FILES = 8
const ACTS = ['withdraw', 'correct', 'restrict', 'let go', 'nothing', 'enter', 'erase'] as const

function file(random: SeededRandom, day: number): string {
  const lines = Array.from({ length: 1 + Math.floor(random.next() * 4) }, () => {
    const id = random.pick(['p', 'q'])
    const schema = random.pick(['Person', 'Person', 'Person', 'Company', 'LegalEntity'])
    const names = NAMES.filter(() => random.next() < 0.5)
    const properties = { name: names.length === 0 ? ['A'] : names, ...(random.next() < 0.3 ? { notes: ['x'] } : {}) }
    return JSON.stringify({ id, schema, properties, ...(random.next() < 0.2 ? { last_change: String(day) } : {}) })
  })
  return `${lines.join('\n')}\n`
}

const DAY = 86_400_000

interface Marked {
  readonly text: string
  /** Statements of the collection that are not as strict. */
  readonly looser: string
}

/** What the collection says, as another one may say it by now: to go earlier, and restricted where nothing is said of its records elsewhere. */
async function marked(random: SeededRandom, collection: string, isAlone: boolean): Promise<Marked> {
  const lines = await at.exported(collection, 'statements')
  const eraseAt = new Date(at.services.clock.now().getTime() + (100 + Math.floor(random.next() * 100)) * DAY).toISOString()
  const restricted = isAlone && random.next() < 0.5
  const said = lines
    .map((line) => JSON.parse(line) as { readonly marking: object; readonly restricted: boolean })
    .map((each) => ({ ...each, marking: { ...each.marking, eraseAt }, restricted: restricted || each.restricted }))
  const looser = `erase_at > '${eraseAt}'${restricted ? ' or not restricted' : ''}`
  return { text: said.map((each) => JSON.stringify(each)).join('\n'), looser }
}

async function looserOf(collection: string, looser: string): Promise<number> {
  return (await at.store.rows(`select 1 from records.fragments where collection = '${collection}' and recorded_to is null and (${looser})`))
    .length
}

/** What an officer or the job does to something that stands; answers what it was. */
async function act(random: SeededRandom, collection: string): Promise<string> {
  const current = await at.store.rows(
    `select fragment, entity, vals, schema, restricted from records.fragments where collection = '${collection}' and recorded_to is null order by fragment`,
  )
  if (current.length === 0) return 'nothing stands'
  const { fragment, entity, vals, schema, restricted } = random.pick(current)
  const values = vals as readonly (readonly [string, string])[]
  const ordinal = Math.floor(random.next() * values.length)
  const [prop, value] = values[ordinal] ?? ['', '']
  const asked = { reason: 'Looked at', key: randomUUID() }
  const marking = { ...DRAFT, category: 'suspect' }
  const what = random.pick(ACTS)
  if (what === 'withdraw') await at.call(correctStatementRoute, { ...asked, fragment, ordinal, prop })
  if (what === 'correct') await at.call(correctStatementRoute, { ...asked, fragment, ordinal, prop, value: random.pick(NAMES) })
  if (what === 'restrict') await at.call(restrictRecordRoute, { ...asked, entity, restricted: restricted !== true })
  if (what === 'let go') await at.call(answerReviewRoute, { ...asked, fragments: [fragment], answer: 'erase' })
  if (what === 'enter')
    await at.call(enterRecordRoute, { entity, schema, values: [{ prop: 'notes', value: 'typed' }], marking, key: asked.key })
  if (what === 'erase') await eraseJob.run({}, at.services)
  return `${what} ${value}`
}

async function read(id: string, dryRun: boolean): Promise<Shown> {
  await at.start(id, { dryRun })
  await at.work()
  return await at.show(id)
}

const said = ({ totals, problemRows }: Shown) => ({
  totals,
  problems: problemRows.map(({ line, code, severity, at: place }) => `${line} ${severity} ${code} ${place}`).toSorted(),
})

/** What is wrong with what is kept: counts, records that are restricted in part, documents of what does not stand or is restricted. */
async function faults(collection: string): Promise<unknown> {
  const [found] = await at.store.rows(`select
    (select coalesce(sum(records), 0)::int from records.collection_sizes where collection = '${collection}')
      - (select count(distinct entity)::int from records.fragments where collection = '${collection}' and recorded_to is null) as miscounted,
    (select count(*)::int from (select 1 from records.fragments where recorded_to is null group by entity having count(distinct restricted) > 1) as mixed) as mixed,
    (select count(*)::int from records.search_docs d left join records.fragments f on f.fragment = d.fragment
      where f.recorded_to is not null or f.restricted or f.fragment is null) as documents`)
  return found
}

it.each([2, 7, 9, 23])('holds in sequence %i', async (seed) => {
  const random = createSeededRandom(seed * 7919)
  const collection = await at.collection({ category: 'suspect' })
  const story: string[] = []
  for (let day = 0; day < FILES; day++) {
    const again = await marked(random, collection, !story.some((each) => each.startsWith('enter')))
    const isAgain = day % 3 === 2 && again.text !== ''
    const text = isAgain ? again.text : file(random, day)
    story.push(text)
    const { import: id } = await at.upload(collection, text)
    const [check, run] = [await read(id, true), await read(id, false)]
    expect([story, said(check)]).toEqual([story, said(run)])
    const { accepted, warned, quarantined } = run.totals
    expect(run.totals.in).toBe(accepted + warned + quarantined)
    // Lines that contradict each other stay out, and say so.
    if (isAgain && quarantined === 0) expect([story, await looserOf(collection, again.looser)]).toEqual([story, 0])
    for (let step = 0; step < 2; step++) story.push(await act(random, collection))
    expect([story, await faults(collection)]).toEqual([story, { miscounted: 0, mixed: 0, documents: 0 }])
  }
})
