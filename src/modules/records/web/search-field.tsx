/** The one field. `/` comes to it from anywhere on the page, arrow down goes on to what was found. */
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { Select } from '#web/kit/fields.tsx'
import { areShortcutsOn, isTyping } from '#web/shell/shortcuts.tsx'
import { presets } from '../contract.ts'
import type { SearchState } from './search-state.ts'
import { t } from './text.ts'

const TYPED_MS = 300
const MOST_TEXT = 300

export interface SearchFieldProps {
  readonly field: RefObject<HTMLInputElement | null>
  readonly state: SearchState
  readonly onDown: () => void
}

export function SearchField({ field, state, onDown }: SearchFieldProps) {
  const id = useId()
  const [typed, setTyped] = useState(state.q)
  const [seen, setSeen] = useState(state.q)
  const sent = useRef(state.q)
  // What comes from elsewhere, such as a kept search or going back, replaces what was typed.
  if (state.q !== seen) {
    setSeen(state.q)
    setTyped(state.q)
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef(state.ask)
  useEffect(() => {
    latest.current = state.ask
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== '/' || !areShortcutsOn() || isTyping(event)) return
      event.preventDefault()
      field.current?.focus()
      field.current?.select()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [field])
  const send = (text: string): void => {
    clearTimeout(timer.current)
    sent.current = text
    latest.current({ q: text })
  }
  const type = (text: string): void => {
    setTyped(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => send(text), TYPED_MS)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') send(typed)
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      onDown()
    }
  }
  return (
    <search className="toolbar">
      <div className="field search-text">
        <label htmlFor={id}>{t('search.text')}</label>
        <input
          ref={field}
          id={id}
          type="search"
          value={typed}
          maxLength={MOST_TEXT}
          spellCheck={false}
          autoComplete="off"
          aria-describedby={`${id}-help`}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <span className="help" id={`${id}-help`}>
          {t('search.help')}
        </span>
      </div>
      <Select
        label={t('search.preset')}
        value={state.preset}
        onChange={(value) => state.ask({ preset: presets.find((each) => each === value) ?? 'balanced' })}
        choices={presets.map((preset) => ({ id: preset, label: t(`preset.${preset}`) }))}
      />
    </search>
  )
}
