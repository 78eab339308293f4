import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { bringTogether, type DraftKeeper, keepDraft, type StoredDraft } from './draft-keeper.ts'

class Conflict extends Error {}

/** A node that keeps one draft, as the real one does: who saves on an old revision is refused. */
function node(fields: Record<string, unknown> = {}) {
  let stored: StoredDraft = { fields, revision: 0, problems: [] }
  let isDown = false
  let isMute = false
  const saves: Record<string, unknown>[] = []
  const save = (next: Record<string, unknown>, revision: number) => {
    if (isDown) throw new Error('offline')
    if (revision !== stored.revision) throw new Conflict()
    stored = { fields: next, revision: revision + 1, savedAt: `2026-11-26T12:0${revision % 10}:00Z`, problems: [] }
    saves.push(next)
    return stored
  }
  return {
    saves,
    stored: () => stored,
    by: (next: Record<string, unknown>) => save({ ...stored.fields, ...next }, stored.revision),
    down: (down: boolean) => {
      isDown = down
    },
    /** What is saved is kept, and the answer lost. */
    mute: (mute: boolean) => {
      isMute = mute
    },
    open: (): DraftKeeper =>
      keepDraft(stored, {
        save: async (next, revision) => {
          const saved = save(next, revision)
          if (isMute) throw new Error('offline')
          return saved
        },
        read: async () => {
          if (isDown) throw new Error('offline')
          return stored
        },
        isConflict: (error) => error instanceof Conflict,
      }),
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('saves once after the typing has stopped, and says when', async () => {
  const there = node()
  const keeper = there.open()
  for (const text of ['f', 'fe', 'fen']) keeper.change('substance', text)
  expect(keeper.state().status).toBe('changed')
  await vi.advanceTimersByTimeAsync(1000)
  expect(there.saves).toEqual([{ substance: 'fen' }])
  expect(keeper.state()).toMatchObject({ status: 'saved', savedAt: '2026-11-26T12:00:00Z' })
})

it('saves what was typed while a save was under way', async () => {
  const there = node()
  const keeper = there.open()
  keeper.change('a', '1')
  const first = keeper.flush()
  keeper.change('a', '12')
  await first
  await vi.advanceTimersByTimeAsync(1000)
  expect(there.stored().fields).toEqual({ a: '12' })
  expect(keeper.state().status).toBe('saved')
})

it('keeps what was typed while the node cannot be reached, and saves it once it can', async () => {
  const there = node()
  const keeper = there.open()
  there.down(true)
  keeper.change('a', '1')
  await vi.advanceTimersByTimeAsync(1000)
  expect(keeper.state()).toMatchObject({ status: 'failed', values: { a: '1' } })
  there.down(false)
  await vi.advanceTimersByTimeAsync(6000)
  expect(there.stored().fields).toEqual({ a: '1' })
})

it('takes what only one of two changed, without a question', async () => {
  const there = node({ a: 'old', b: 'old' })
  const keeper = there.open()
  there.by({ b: 'theirs' })
  keeper.change('a', 'mine')
  await vi.advanceTimersByTimeAsync(3000)
  expect(there.stored().fields).toEqual({ a: 'mine', b: 'theirs' })
  expect(keeper.state().contested).toEqual([])
})

it('saves nothing of what both changed until somebody has chosen, and then what was chosen', async () => {
  const there = node({ a: 'old' })
  const keeper = there.open()
  there.by({ a: 'theirs' })
  keeper.change('a', 'mine')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(keeper.state()).toMatchObject({ status: 'contested', contested: [{ id: 'a', mine: 'mine', theirs: 'theirs' }] })
  expect(there.stored().fields).toEqual({ a: 'theirs' })
  keeper.choose('a', 'mine')
  await vi.advanceTimersByTimeAsync(1000)
  expect(there.stored().fields).toEqual({ a: 'mine' })
})

it('shows what another person saved while nothing was typed here, and leaves alone what was', () => {
  const there = node({ a: 'old' })
  const idle = there.open()
  const busy = there.open()
  busy.change('a', 'mine')
  there.by({ a: 'theirs' })
  idle.see(there.stored())
  busy.see(there.stored())
  expect(idle.state().values).toEqual({ a: 'theirs' })
  expect(busy.state().values).toEqual({ a: 'mine' })
})

it('saves no more once the step is taken', async () => {
  const there = node()
  const keeper = there.open()
  keeper.change('a', '1')
  keeper.stop()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(there.saves).toEqual([])
})

it('lets everybody who waits for a save wait for the one behind it too, so that no draft is on its way when the step is sent', async () => {
  let underWay = 0
  const most: number[] = []
  const stored: StoredDraft = { fields: {}, revision: 0, problems: [] }
  const keeper = keepDraft(stored, {
    save: async (_fields, revision) => {
      underWay += 1
      most.push(underWay)
      await new Promise((done) => setTimeout(done, 50))
      underWay -= 1
      return { revision: revision + 1, savedAt: '2026-11-26T12:00:00Z', problems: [] }
    },
    read: async () => stored,
    isConflict: () => false,
  })
  keeper.change('a', '1')
  void keeper.flush()
  // The field is left for the button, and the button is pressed, while the first save is under way.
  keeper.change('a', '12')
  const left = keeper.flush().then(() => underWay)
  const pressed = keeper.flush().then(() => underWay)
  await vi.advanceTimersByTimeAsync(1000)
  expect([await left, await pressed]).toEqual([0, 0])
  expect(most).toEqual([1, 1])
  expect(keeper.state().status).toBe('saved')
})

it('saves nothing while the step is sent, and goes on when it was not taken', async () => {
  const there = node()
  const keeper = there.open()
  keeper.hold()
  keeper.change('a', '1')
  await keeper.flush()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(there.saves).toEqual([])
  keeper.release()
  await vi.advanceTimersByTimeAsync(1000)
  expect(there.saves).toEqual([{ a: '1' }])
})

it('takes for nobody else what it saved itself without hearing of it', async () => {
  const there = node({ a: 'old', b: 'old' })
  const keeper = there.open()
  there.mute(true)
  keeper.change('a', 'mi')
  await vi.advanceTimersByTimeAsync(1000)
  expect(keeper.state().status).toBe('failed')
  there.mute(false)
  there.by({ b: 'theirs' })
  keeper.change('a', 'mine')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(keeper.state().contested).toEqual([])
  expect(there.stored().fields).toEqual({ a: 'mine', b: 'theirs' })
})

it('brings two versions together so that each change of either is there or contested', () => {
  const side = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2', '3'))
  fc.assert(
    fc.property(side, side, side, (base, mine, theirs) => {
      const { values, contested } = bringTogether(base, mine, theirs)
      for (const id of ['a', 'b', 'c']) {
        const isContested = contested.some((each) => each.id === id)
        if (mine[id] !== base[id]) expect(values[id]).toBe(mine[id])
        if (theirs[id] !== base[id] && theirs[id] !== mine[id]) expect(isContested || values[id] === theirs[id]).toBe(true)
        if (theirs[id] === base[id] || mine[id] === base[id]) expect(isContested).toBe(false)
      }
    }),
  )
})

it('sends what the form asks for now, and takes what the case holds for no change of anybody', async () => {
  const there = node({ held: 'x', a: '1' })
  const keeper = there.open()
  keeper.shape({ sent: ({ a }) => ({ a }), held: { held: 'x' } })
  keeper.change('a', '2')
  keeper.change('hidden', 'secret')
  await vi.advanceTimersByTimeAsync(1000)
  expect(there.saves).toEqual([{ a: '2' }])
  expect(keeper.state().values).toEqual({ held: 'x', a: '2', hidden: 'secret' })
})
