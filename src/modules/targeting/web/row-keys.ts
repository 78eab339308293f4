/**
 * A table of which one row holds the focus: arrows move it, other keys are acts on it. Keys act only while the focus is in the frame (WCAG 2.1.4), never while
 * somebody types, never as second key after `g`, and never twice for one press held down.
 */
import { type KeyboardEvent, type RefObject, useCallback, useRef, useState } from 'react'
import { areShortcutsOn } from '#web/shell/shortcuts.tsx'

const PAGE = 15
const SECOND_KEY_MS = 1500
const TYPING = ['INPUT', 'TEXTAREA', 'SELECT']

export interface RowKeys<Row> {
  readonly frame: RefObject<HTMLDivElement | null>
  readonly active: Row | undefined
  readonly at: number
  readonly choose: (at: number) => void
  readonly move: (at: number) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

export interface RowKeysInput<Row> {
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Whether the key was one. */
  readonly onKey: (key: string, row: Row) => boolean
}

export function useRowKeys<Row>({ rows, keyOf, onKey }: RowKeysInput<Row>): RowKeys<Row> {
  const frame = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState<{ readonly key: string; readonly at: number }>({ key: '', at: 0 })
  const armed = useRef(-SECOND_KEY_MS)
  const found = rows.findIndex((row) => keyOf(row) === chosen.key)
  // What went out of the list leaves its place to the next.
  const at = found >= 0 ? found : Math.max(0, Math.min(chosen.at, rows.length - 1))
  const active = rows[at]
  const choose = useCallback(
    (index: number) => {
      const row = rows[index]
      if (row !== undefined) setChosen({ key: keyOf(row), at: index })
    },
    [rows, keyOf],
  )
  const move = useCallback(
    (index: number) => {
      const next = Math.max(0, Math.min(rows.length - 1, index))
      choose(next)
      const element = frame.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)
      element?.focus()
      element?.scrollIntoView({ block: 'nearest' })
    },
    [rows, choose],
  )
  const onKeyDown = (event: KeyboardEvent): void => {
    const { target, key } = event
    if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement) || TYPING.includes(target.tagName)) return
    // A dialog that was opened from here is a child in React, though not on the page.
    if (frame.current?.contains(target) !== true || active === undefined) return
    const isRow = target.dataset['row'] !== undefined
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + PAGE,
      PageUp: at - PAGE,
      Home: 0,
      End: rows.length - 1,
    }
    const next = isRow ? steps[key] : undefined
    if (next !== undefined) {
      event.preventDefault()
      move(next)
      return
    }
    if (key === 'g') armed.current = event.timeStamp
    const isSecond = event.timeStamp - armed.current < SECOND_KEY_MS
    if (event.repeat || isSecond || (key === 'Enter' ? !isRow : !areShortcutsOn())) return
    if (onKey(key.length === 1 ? key.toLowerCase() : key, active)) event.preventDefault()
  }
  return { frame, active, at, choose, move, onKeyDown }
}
