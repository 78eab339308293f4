/** Time on a line: whole years and months, zooming that never leaves what there is. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayText, slid, stretchOf, ticksOf, wholeOf, zoomed } from './timeline-scale.ts'

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`)

describe('a date', () => {
  it.each([
    ['2015', undefined, '2015-01-01', '2016-01-01'],
    ['2016-02', undefined, '2016-02-01', '2016-03-01'],
    ['2016-12', undefined, '2016-12-01', '2017-01-01'],
    ['2016-02-29', undefined, '2016-02-29', '2016-03-01'],
    ['2016-02-29T10:00:00Z', undefined, '2016-02-29', '2016-03-01'],
    ['2015', '2016-03', '2015-01-01', '2016-04-01'],
    // Its source contradicts itself: the day it names first.
    ['2015', '2010', '2015-01-01', '2016-01-01'],
  ])('%s until %s lies between %s and %s', (from, to, first, last) => {
    expect(stretchOf(from, to)).toEqual({ from: day(first), to: day(last) })
  })

  it('of the first century is not taken for one of the last', () => {
    expect(dayText(stretchOf('0050')?.from ?? 0)).toBe('0050-01-01')
  })

  it('that is none has no place', () => expect(stretchOf('yesterday')).toBeUndefined())
})

const stretch = fc
  .tuple(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 2, max: 20_000 }))
  .map(([from, long]) => ({ from: from * 86_400_000, to: (from + long) * 86_400_000 }))

describe('what is shown', () => {
  it('stays within what there is, however one goes', () => {
    const step = fc.oneof(
      fc.constantFrom(1.5, 1 / 1.5, 100, 0.01).map((factor) => ({ factor })),
      fc.constantFrom(-0.2, 0.2, 5).map((share) => ({ share })),
    )
    fc.assert(
      fc.property(stretch, fc.array(step, { maxLength: 30 }), (whole, steps) => {
        let shown = whole
        for (const each of steps) shown = 'factor' in each ? zoomed(shown, whole, each.factor) : slid(shown, whole, each.share)
        expect(shown.from).toBeGreaterThanOrEqual(whole.from - 1)
        expect(shown.to).toBeLessThanOrEqual(whole.to + 1)
        expect(shown.to - shown.from).toBeGreaterThanOrEqual(86_399_000)
      }),
    )
  })

  it('has a few ticks, in order, each within it', () => {
    fc.assert(
      fc.property(stretch, (shown) => {
        const ticks = ticksOf(shown).map(({ at }) => at)
        expect(ticks.length).toBeLessThanOrEqual(12)
        expect(ticks).toEqual([...ticks].sort((a, b) => a - b))
        expect(ticks.every((at) => at >= shown.from && at < shown.to)).toBe(true)
      }),
    )
  })

  it('names years where years are enough, and days where they are not', () => {
    expect(ticksOf({ from: day('2015-06-01'), to: day('2021-01-01') }).map(({ text }) => text)).toEqual([
      '2016',
      '2017',
      '2018',
      '2019',
      '2020',
    ])
    expect(ticksOf({ from: day('2015-06-01'), to: day('2015-06-04') }).map(({ text }) => text)).toEqual([
      '2015-06-01',
      '2015-06-02',
      '2015-06-03',
    ])
  })

  it('is nothing where nothing is dated', () => expect(wholeOf([])).toBeUndefined())
})
