/** One condition: what it looks at, how it compares, with what. */
import { useId } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Checkbox, Select } from '#web/kit/fields.tsx'
import type { Vocabulary } from '../contract.ts'
import type { DraftRow } from './expression-draft.ts'
import { t } from './text.ts'
import { ValueList } from './value-list.tsx'

export interface ExpressionRowProps {
  readonly row: DraftRow
  readonly name: string
  readonly vocabulary: Vocabulary
  readonly problems: readonly string[]
  readonly onChange: (row: DraftRow) => void
  readonly onRemove: () => void
}

export function ExpressionRow({ row, name, vocabulary, problems, onChange, onRemove }: ExpressionRowProps) {
  const column = vocabulary.columns.find(({ id }) => `col:${id}` === row.on)
  const look = (on: string): void => {
    const next = vocabulary.columns.find(({ id }) => `col:${id}` === on)
    onChange({ ...row, on, op: next === undefined ? 'holds' : (next.ops[0] ?? 'missing'), values: [], text: '' })
  }
  return (
    <fieldset className="expression-row">
      <legend>{name}</legend>
      <Checkbox label={t('rule.not')} isSelected={row.isNegated} onChange={(isNegated) => onChange({ ...row, isNegated })} />
      <Subject value={row.on} vocabulary={vocabulary} onChange={look} />
      {column === undefined ? null : (
        <Select
          label={t('rule.op')}
          value={row.op}
          onChange={(op) => onChange({ ...row, op: column.ops.find((each) => each === op) ?? row.op })}
          choices={column.ops.map((id) => ({ id, label: t(`op.${id}`) }))}
        />
      )}
      {column === undefined || row.op === 'watch' || row.op === 'missing' || row.op === 'holds' ? null : row.op === 'in' ? (
        <ValueList row={row} column={column} onChange={onChange} />
      ) : (
        <SingleValue row={row} column={column} onChange={onChange} />
      )}
      <Button label={t('rule.remove', { what: name })} onPress={onRemove}>
        {t('rule.removeShort')}
      </Button>
      {problems.map((text) => (
        <p key={text} className="field-problem wide">
          {text}
        </p>
      ))}
    </fieldset>
  )
}

interface SubjectProps {
  readonly value: string
  readonly vocabulary: Vocabulary
  readonly onChange: (on: string) => void
}

/** The platform's own list, in three parts. */
function Subject({ value, vocabulary, onChange }: SubjectProps) {
  const id = useId()
  const { columns, flags, indicators } = vocabulary
  const known = [
    ...columns.map((each) => `col:${each.id}`),
    ...flags.map((each) => `flag:${each.id}`),
    ...indicators.map((each) => `ind:${each.id}`),
  ]
  return (
    <div className="field">
      <label htmlFor={id}>{t('rule.subject')}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('rule.choose')}</option>
        {value !== '' && !known.includes(value) ? <option value={value}>{value}</option> : null}
        <optgroup label={t('rule.columns')}>
          {columns.map((each) => (
            <option key={each.id} value={`col:${each.id}`}>
              {each.unit === undefined ? each.title : t('rule.withUnit', { title: each.title, unit: each.unit })}
            </option>
          ))}
        </optgroup>
        <optgroup label={t('rule.flags')}>
          {flags.map((each) => (
            <option key={each.id} value={`flag:${each.id}`}>
              {each.title}
            </option>
          ))}
        </optgroup>
        <optgroup label={t('rule.indicators')}>
          {indicators.map((each) => (
            <option key={each.id} value={`ind:${each.id}`}>
              {each.enabled
                ? t('rule.indicator', { id: each.id, title: each.title })
                : t('rule.indicatorOff', { id: each.id, title: each.title })}
            </option>
          ))}
        </optgroup>
      </select>
    </div>
  )
}

interface SingleValueProps {
  readonly row: DraftRow
  readonly column: Vocabulary['columns'][number]
  readonly onChange: (row: DraftRow) => void
}

function SingleValue({ row, column, onChange }: SingleValueProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{column.unit === undefined ? t('rule.value') : t('rule.valueIn', { unit: column.unit })}</label>
      <input
        id={id}
        value={row.text}
        maxLength={60}
        spellCheck={false}
        {...(column.codes.length === 0 ? {} : { list: `${id}-codes` })}
        {...(column.kind === 'number' ? { inputMode: 'decimal' as const } : {})}
        onChange={(event) => onChange({ ...row, text: event.target.value })}
      />
      {column.codes.length === 0 ? null : (
        <datalist id={`${id}-codes`}>
          {column.codes.map((code) => (
            <option key={code}>{code}</option>
          ))}
        </datalist>
      )}
    </div>
  )
}
