/**
 * One of many, found by typing. The list holds what the caller found for the text; nothing is chosen that does not stand in it, and leaving the field
 * with something else brings back what was chosen. An emptied field is cleared.
 */
import { useState } from 'react'
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { t } from '../../text.ts'
import { type FrameProps, Said, tiedTo } from './field-frame.tsx'

export interface Option {
  readonly id: string
  readonly label: string
}

export interface ComboboxProps extends FrameProps {
  /** Text of what is chosen; empty when nothing is. */
  readonly chosen: string
  readonly options: readonly Option[]
  /** There are more than the list shows. */
  readonly hasMore?: boolean
  /** The list is being looked up. */
  readonly isBusy?: boolean
  readonly onText: (text: string) => void
  readonly onChange: (id: string) => void
}

export function Combobox({ chosen, options, hasMore = false, isBusy = false, onText, onChange, ...frame }: ComboboxProps) {
  const [text, setText] = useState(chosen)
  const [held, setHeld] = useState(chosen)
  // What was chosen elsewhere (a prefill, another's draft) replaces what was typed.
  if (chosen !== held) {
    setHeld(chosen)
    setText(chosen)
  }
  const type = (typed: string): void => {
    setText(typed)
    onText(typed === chosen ? '' : typed)
  }
  const leave = (): void => {
    const typed = text.trim().toLowerCase()
    const exact = options.find(({ id, label }) => id.toLowerCase() === typed || label.toLowerCase() === typed)
    if (typed === '') onChange('')
    else if (exact !== undefined) onChange(exact.id)
    setText(typed === '' ? '' : (exact?.label ?? chosen))
    onText('')
  }
  const { 'aria-describedby': described, id } = tiedTo(frame)
  return (
    <ComboBox
      className="field"
      id={id}
      items={options}
      inputValue={text}
      allowsCustomValue
      allowsEmptyCollection
      menuTrigger="input"
      defaultFilter={() => true}
      isInvalid={frame.problems.length > 0}
      isRequired={frame.isRequired}
      validationBehavior="aria"
      {...(described === undefined ? {} : { 'aria-describedby': described })}
      onInputChange={type}
      onSelectionChange={(key) => {
        const option = options.find((each) => each.id === key)
        if (option === undefined) return
        setText(option.label)
        onText('')
        onChange(option.id)
      }}
      onBlur={leave}
    >
      <Label>
        {frame.label}
        {frame.isRequired ? <span aria-hidden="true"> *</span> : null}
      </Label>
      <div className="combo">
        <Input spellCheck={false} />
        <Button className="button">▾</Button>
      </div>
      <Said {...frame} />
      <Popover className="popover">
        <ListBox renderEmptyState={() => <p className="empty">{t(isBusy ? 'form.searching' : 'form.noOption')}</p>}>
          {(item: Option) => (
            <ListBoxItem className="option" id={item.id} textValue={item.label}>
              {item.label}
            </ListBoxItem>
          )}
        </ListBox>
        {hasMore ? <p className="empty">{t('form.moreOptions')}</p> : null}
      </Popover>
    </ComboBox>
  )
}
