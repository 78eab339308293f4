/** The values of a condition "is one of": typed or chosen, each removable. Enter adds what is typed. */
import { type KeyboardEvent, useId } from 'react'
import { Button } from '#web/kit/button.tsx'
import { MOST_VALUES, type Vocabulary } from '../contract.ts'
import { type DraftRow, typedValues } from './expression-draft.ts'
import { t } from './text.ts'

export interface ValueListProps {
  readonly row: DraftRow
  readonly column: Vocabulary['columns'][number]
  readonly onChange: (row: DraftRow) => void
}

export function ValueList({ row, column, onChange }: ValueListProps) {
  const id = useId()
  const add = (): void => {
    const values = [...new Set([...row.values, ...typedValues(row.text, column.kind)])]
    if (values.length <= MOST_VALUES) onChange({ ...row, values, text: '' })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || row.text.trim() === '') return
    event.preventDefault()
    add()
  }
  const offered = column.codes.filter((code) => !row.values.includes(code))
  return (
    <div className="value-list">
      <div className="field">
        <label htmlFor={id}>{t('rule.values')}</label>
        <span className="combo">
          <input
            id={id}
            value={row.text}
            maxLength={column.kind === 'party' ? 60 : 2000}
            spellCheck={false}
            aria-describedby={`${id}-help`}
            {...(offered.length === 0 ? {} : { list: `${id}-codes` })}
            onChange={(event) => onChange({ ...row, text: event.target.value })}
            onKeyDown={onKeyDown}
          />
          <Button onPress={add} isDisabled={row.text.trim() === ''}>
            {t('rule.add')}
          </Button>
        </span>
        <span className="help" id={`${id}-help`}>
          {t(column.kind === 'party' ? 'rule.partyHelp' : 'rule.codesHelp')}
        </span>
        <datalist id={`${id}-codes`}>
          {offered.map((code) => (
            <option key={code}>{code}</option>
          ))}
        </datalist>
      </div>
      <ul className="plain chips">
        {row.values.map((value) => (
          <li key={value}>
            <bdi className="mono">{value}</bdi>{' '}
            <button
              type="button"
              className="linklike"
              aria-label={t('rule.remove', { what: value })}
              onClick={() => onChange({ ...row, values: row.values.filter((each) => each !== value) })}
            >
              {t('rule.removeShort')}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
