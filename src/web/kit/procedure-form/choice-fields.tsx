/** Fields with a closed set of answers: yes or no, one code, several codes, a country, a desk. */
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { codesOf } from '#kernel/procedure/field-value.ts'
import { useDeskName } from '../../desks.ts'
import { t } from '../../text.ts'
import { useSettled } from '../../use-settled.ts'
import { Combobox, type Option } from './combobox.tsx'
import { countries } from './country-codes.ts'
import { FieldFrame, type FrameProps, GroupFrame, tiedTo } from './field-frame.tsx'
import { type ControlProps, type FoundDesks, useForm } from './form-setting.ts'

/** Above it a list is searched and not scrolled. */
const SHORT = 12

export type ChoiceProps = Omit<ControlProps, 'path' | 'problems'> & { readonly frame: FrameProps }

/** Not answered is not "no": an untouched box would say more than the person did. */
export function YesNoField({ frame, value, onChange }: ChoiceProps) {
  const answers = [
    { answer: true, label: t('form.yes') },
    { answer: false, label: t('form.no') },
    ...(frame.isRequired ? [] : [{ answer: undefined, label: t('form.notStated') }]),
  ]
  return (
    <GroupFrame {...frame}>
      <div className="choices">
        {answers.map(({ answer, label }) => (
          <label key={label} className="choice">
            <input type="radio" name={frame.id} checked={(value ?? undefined) === answer} onChange={() => onChange(answer)} />
            {label}
          </label>
        ))}
      </div>
    </GroupFrame>
  )
}

export function CodeField({ frame, field, value, onChange }: ChoiceProps) {
  const { texts, codeLists } = useForm()
  const options = useMemo(
    () => codesOf(field, { codeLists }).map((code) => ({ id: code, label: texts.code(field, code) })),
    [field, codeLists, texts],
  )
  const chosen = typeof value === 'string' ? value : ''
  if (options.length > SHORT) return <Searched frame={frame} options={options} value={chosen} onChange={onChange} />
  return (
    <FieldFrame {...frame}>
      <select {...tiedTo(frame)} value={chosen} onChange={(event) => onChange(event.target.value)}>
        <option value="">–</option>
        {options.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}

export function CountryField({ frame, value, onChange }: ChoiceProps) {
  return <Searched frame={frame} options={countries()} value={typeof value === 'string' ? value : ''} onChange={onChange} />
}

interface SearchedProps {
  readonly frame: FrameProps
  readonly options: readonly Option[]
  readonly value: string
  readonly onChange: (id: string) => void
}

function Searched({ frame, options, value, onChange }: SearchedProps) {
  // The list is made when somebody comes to the field: a form may have dozens of them.
  const [isVisited, setVisited] = useState(false)
  const [text, setText] = useState('')
  const chosen = options.find(({ id }) => id === value)
  const wanted = text.trim().toLowerCase()
  const shown = isVisited ? options.filter(({ label }) => label.toLowerCase().includes(wanted)) : []
  return (
    <div className="contents" onFocus={() => setVisited(true)}>
      <Combobox {...frame} chosen={chosen?.label ?? value} options={shown} onText={setText} onChange={onChange} />
    </div>
  )
}

export function DeskField({ frame, field, value, onChange }: ChoiceProps) {
  const { findDesks } = useForm()
  const deskName = useDeskName()
  return (
    <DeskSearch
      frame={frame}
      search={field.id}
      find={async (text, signal) => await findDesks(field, text, signal)}
      chosen={typeof value === 'string' && value !== '' ? deskName(value) : ''}
      onChange={onChange}
    />
  )
}

export interface DeskSearchProps {
  readonly frame: FrameProps
  /** What is searched: the same name and text find the same. */
  readonly search: string
  readonly find: (text: string, signal: AbortSignal) => Promise<FoundDesks>
  readonly chosen: string
  readonly onChange: (desk: string) => void
}

const TYPING_MS = 200

export function DeskSearch({ frame, search, find, chosen, onChange }: DeskSearchProps) {
  const [isVisited, setVisited] = useState(false)
  const [text, setText] = useState('')
  const settled = useSettled(text.trim(), TYPING_MS)
  const { data } = useQuery({
    queryKey: ['desks', search, settled],
    queryFn: async ({ signal }) => await find(settled, signal),
    enabled: isVisited,
  })
  // What was found for another text is no offer: a quick Enter would choose it.
  const isBusy = isVisited && (data === undefined || settled !== text.trim())
  return (
    <div className="contents" onFocus={() => setVisited(true)}>
      <Combobox
        {...frame}
        chosen={chosen}
        options={isBusy ? [] : (data?.options ?? [])}
        hasMore={!isBusy && data?.hasMore === true}
        isBusy={isBusy}
        onText={setText}
        onChange={onChange}
      />
    </div>
  )
}

export function CodesField({ frame, field, value, onChange }: ChoiceProps) {
  const { texts, codeLists } = useForm()
  const [text, setText] = useState('')
  const codes = codesOf(field, { codeLists })
  const chosen: readonly string[] = Array.isArray(value) ? value.map(String) : []
  const wanted = text.trim().toLowerCase()
  const shown = codes.filter((code) => chosen.includes(code) || texts.code(field, code).toLowerCase().includes(wanted))
  const toggle = (code: string): void =>
    // In the order of the list, however they were ticked: the same answer is the same value.
    onChange(codes.filter((each) => (each === code ? !chosen.includes(code) : chosen.includes(each))))
  return (
    <GroupFrame {...frame}>
      {codes.length > SHORT ? (
        <div className="find">
          <input
            type="search"
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder={t('form.find')}
            aria-label={t('form.findIn', { field: frame.label })}
          />
          <span className="muted" role="status">
            {t('form.found', { shown: shown.length, all: codes.length, chosen: chosen.length })}
          </span>
        </div>
      ) : null}
      <div className="choices many">
        {shown.map((code) => (
          <label key={code} className="choice">
            <input type="checkbox" checked={chosen.includes(code)} onChange={() => toggle(code)} />
            {texts.code(field, code)}
          </label>
        ))}
      </div>
    </GroupFrame>
  )
}
