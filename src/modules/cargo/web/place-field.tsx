/** A port by code or name, from the public list; a code that the list does not know may be typed. */
import { type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { Button, ComboBox, ComboBoxStateContext, FieldError, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { useCall } from '#web/queries.ts'
import { searchPlaces } from '../contract.ts'

export interface PlaceFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (code: string) => void
  readonly problem?: ReactNode
}

export function PlaceField({ label, value, onChange, problem }: PlaceFieldProps) {
  const [text, setText] = useState(value)
  const [held, setHeld] = useState(value)
  // A value from outside (a prefill) replaces what was typed.
  if (value !== held) {
    setHeld(value)
    setText(value)
  }
  const places = useCall(searchPlaces, { text: text.trim() === '' ? 'a' : text.trim() }, { enabled: text.trim().length >= 2 })
  const items = (text.trim().length >= 2 ? (places.data?.items ?? []) : []).map((place) => ({
    id: place.code,
    name: `${place.code} ${place.name}`,
  }))
  const take = (code: string): void => {
    setHeld(code)
    setText(code)
    onChange(code)
  }
  return (
    <ComboBox
      className="field"
      items={items}
      inputValue={text}
      allowsCustomValue
      menuTrigger="input"
      defaultFilter={() => true}
      isInvalid={problem !== undefined}
      onInputChange={(typed) => {
        setText(typed)
        const plain = typed.trim().toUpperCase()
        if (/^[A-Z]{2}[A-Z2-9]{3}$/.test(plain) && plain !== value) {
          setHeld(plain)
          onChange(plain)
        }
      }}
      onSelectionChange={(key) => {
        if (key !== null) take(String(key))
      }}
    >
      <Label>{label}</Label>
      <div className="combo">
        <Input spellCheck={false} />
        <Button className="button">▾</Button>
      </div>
      <FieldError className="field-problem">{problem}</FieldError>
      <OpensWithAnswer found={items.length} isAsked={text.trim().toUpperCase() !== value} />
      <Popover className="popover">
        <ListBox>
          {(item: { id: string; name: string }) => (
            <ListBoxItem className="option" id={item.id} textValue={item.id}>
              {item.name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}

interface OpensWithAnswerProps {
  readonly found: number
  /** What stands in the field is no port yet. */
  readonly isAsked: boolean
}

/** By itself the list opens at a key alone, and the answer may come after the last one. */
function OpensWithAnswer({ found, isAsked }: OpensWithAnswerProps) {
  const state = useContext(ComboBoxStateContext)
  const before = useRef(found)
  useEffect(() => {
    const isAnswer = before.current === 0 && found > 0
    before.current = found
    if (isAnswer && isAsked && state?.isFocused === true && !state.isOpen) state.open(null, 'input')
  })
  return null
}
