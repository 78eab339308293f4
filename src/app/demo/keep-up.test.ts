/** A node that ends is started again, without haste where it goes on ending, and not once it is to stop. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepUp } from './keep-up.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function kept(start: () => Promise<void>) {
  const told: string[] = []
  const starts: number[] = []
  const up = keepUp({
    title: 'Antwerp',
    start: async () => {
      starts.push(Date.now())
      await start()
    },
    tell: (line) => void told.push(line),
    now: () => Date.now(),
  })
  return { up, told, starts }
}
const steady = async (): Promise<void> => await Promise.resolve()

describe('a node that ended by itself', () => {
  it('is started again after a second, and said to be up', async () => {
    const { up, told, starts } = kept(steady)
    up.died()
    await vi.advanceTimersByTimeAsync(999)
    expect(starts).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(starts).toHaveLength(1)
    expect(told).toEqual(['Antwerp has ended by itself and is started again in 1 s', 'Antwerp is up again'])
  })

  it('waits twice as long each time while it ends at once, at most a minute, and begins anew once it was up for a while', async () => {
    const begun = Date.now()
    const { up, starts } = kept(async () => {
      // Ends before it is up.
      up.died()
      await Promise.reject(new Error('The node ended.'))
    })
    up.died()
    await vi.advanceTimersByTimeAsync(190_000)
    expect(starts.map((at) => (at - begun) / 1000)).toEqual([1, 3, 7, 15, 31, 63, 123, 183])
    const other = kept(steady)
    for (let end = 0; end < 3; end++) {
      other.up.died()
      await vi.advanceTimersByTimeAsync(4000)
    }
    await vi.advanceTimersByTimeAsync(60_000)
    other.up.died()
    expect(other.told.at(-1)).toBe('Antwerp has ended by itself and is started again in 1 s')
  })

  it('stays as it is once the demonstration stops', async () => {
    const { up, told, starts } = kept(steady)
    up.died()
    up.stop()
    up.died()
    await vi.advanceTimersByTimeAsync(120_000)
    expect([starts.length, told.length]).toEqual([0, 1])
  })
})
