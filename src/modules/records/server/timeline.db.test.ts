/** Timelines: dated values and relations in the order of time, as far as they are visible, bounded and said so. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entityOf, type GraphStore, OTHER, officerOf, owns, person, startGraphStore } from './graph.fixture.ts'
import { showTimelineRoute } from './timeline.ts'

let store: GraphStore
beforeAll(async () => {
  store = await startGraphStore()
  await store.state([
    person('p', { values: { name: 'P', birthDate: ['1970-05-01', '1970'], deathDate: '2021' } }),
    person('q', { values: { name: 'Q', birthDate: '1980-02-03' } }),
    person('hidden', { desk: OTHER }),
    owns('p', 'q', { from: '2019-03', to: '2020' }),
    owns('q', 'p', {}),
    owns('hidden', 'p', { from: '2018', desk: OTHER, readers: ['be.police.antwerp'] }),
    person('p', { values: { name: 'P', birthDate: '1970-05-01' } }),
    person('p', { values: { birthDate: '1969' }, desk: OTHER }),
  ])
})
afterAll(async () => await store.stop())

interface Timeline {
  readonly items: readonly {
    readonly caption: string
    readonly prop: string
    readonly from: string
    readonly to?: string
    readonly with: readonly string[]
  }[]
  readonly leftOut: number
}
const timeline = async (names: readonly string[], input: Record<string, unknown> = {}) =>
  await store.call<Timeline>(showTimelineRoute, { entities: names.map(entityOf), ...input })
const lines = ({ items }: Timeline) => items.map(({ caption, prop, from, to }) => [caption, prop, from, to ?? ''].join(' ').trim())

describe('a timeline', () => {
  it('holds what is dated and visible, each once, the earliest first and a year before its days', async () => {
    expect(lines(await timeline(['p', 'q', 'hidden', 'nobody']))).toEqual([
      'P birthDate 1970',
      'P birthDate 1970-05-01',
      'Q birthDate 1980-02-03',
      'P Ownership 2019-03 2020',
      'P deathDate 2021',
    ])
  })

  it('names with whom a relation is, from the side of the record asked for', async () => {
    const { items } = await timeline(['q'])
    expect(items.find((each) => each.prop === 'Ownership')).toMatchObject({ caption: 'Q', with: [entityOf('p')] })
  })

  it('shows a window of days, and says how much it leaves out', async () => {
    expect(lines(await timeline(['p', 'q'], { from: '2020-12-31', to: '2020-12-31' }))).toEqual(['P Ownership 2019-03 2020'])
    expect(lines(await timeline(['p'], { to: '1970-12-31' }))).toEqual(['P birthDate 1970', 'P birthDate 1970-05-01'])
    const cut = await timeline(['p', 'q'], { most: 2 })
    expect([cut.items.length, cut.leftOut]).toEqual([2, 3])
    await expect(timeline(['p'], { from: '2021-01-01', to: '2020-01-01' })).rejects.toMatchObject({ code: 'input' })
  })

  it('is empty for another purpose', async () => {
    const other = await store.call<Timeline>(
      showTimelineRoute,
      { entities: [entityOf('p')] },
      officerOf('be.police.antwerp', 'border-control'),
    )
    expect(other).toEqual({ items: [], leftOut: 0, sourcesLeftOut: { total: 0, isAtLeast: false } })
  })
})
