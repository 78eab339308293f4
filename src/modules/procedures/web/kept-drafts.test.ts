import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type DraftKeeper, keepDraft, type StoredDraft } from './draft-keeper.ts'
import { keptDrafts } from './kept-drafts.ts'

const DRAFT = 'a case and a step'
const EMPTY: StoredDraft = { fields: {}, revision: 0, problems: [] }

/** A node that takes a moment for each save, and counts those that are refused because another was taken meanwhile. */
function slowNode() {
  let revision = 0
  let isDown = false
  const seen = { saves: 0, conflicts: 0 }
  const stored = { fields: {} as Readonly<Record<string, unknown>> }
  return {
    seen,
    stored,
    down: (down: boolean) => {
      isDown = down
    },
    open: (): DraftKeeper =>
      keepDraft(EMPTY, {
        save: async (fields, from) => {
          await new Promise((done) => setTimeout(done, 50))
          if (isDown) throw new Error('offline')
          if (from !== revision) {
            seen.conflicts += 1
            throw new Error('conflict')
          }
          revision += 1
          seen.saves += 1
          stored.fields = fields
          return { revision, savedAt: '2026-11-26T12:00:00Z', problems: [] }
        },
        read: async () => ({ ...EMPTY, fields: stored.fields, revision }),
        isConflict: (error) => String(error).includes('conflict'),
      }),
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('goes on with what was typed when a form is closed and opened again before it is saved, and saves nothing twice at once', async () => {
  const there = slowNode()
  const drafts = keptDrafts()
  const first = drafts.of(DRAFT, there.open)
  const close = drafts.show(DRAFT, first)
  first.change('a', '1')
  close()
  const second = drafts.of(DRAFT, there.open)
  expect(second.state().values).toEqual({ a: '1' })
  drafts.show(DRAFT, second)
  second.change('a', '12')
  await vi.advanceTimersByTimeAsync(5000)
  expect(there.seen).toEqual({ saves: 2, conflicts: 0 })
  expect(there.stored.fields).toEqual({ a: '12' })
})

it('begins anew once all is saved, or the step was taken', async () => {
  const there = slowNode()
  const drafts = keptDrafts()
  const first = drafts.of(DRAFT, there.open)
  const close = drafts.show(DRAFT, first)
  first.change('a', '1')
  close()
  await vi.advanceTimersByTimeAsync(5000)
  const second = drafts.of(DRAFT, there.open)
  expect(second).not.toBe(first)
  const leave = drafts.show(DRAFT, second)
  second.change('a', '2')
  second.stop()
  leave()
  expect(drafts.of(DRAFT, there.open)).not.toBe(second)
})

it('keeps what could not be saved for the form that is opened next, until it is saved', async () => {
  const there = slowNode()
  const drafts = keptDrafts()
  const first = drafts.of(DRAFT, there.open)
  const close = drafts.show(DRAFT, first)
  there.down(true)
  first.change('a', '1')
  close()
  await vi.advanceTimersByTimeAsync(1000)
  expect(drafts.of(DRAFT, there.open)).toBe(first)
  there.down(false)
  await vi.advanceTimersByTimeAsync(6000)
  expect(there.stored.fields).toEqual({ a: '1' })
  expect(drafts.of(DRAFT, there.open)).not.toBe(first)
})

it('stays with a form that is shown again at once', async () => {
  const there = slowNode()
  const drafts = keptDrafts()
  const keeper = drafts.of(DRAFT, there.open)
  drafts.show(DRAFT, keeper)()
  drafts.show(DRAFT, keeper)
  expect(drafts.of(DRAFT, there.open)).toBe(keeper)
})
