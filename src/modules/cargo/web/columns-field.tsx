/** Which column of a table holds what: one row for each column of ours, and what of the table is left over. */
import { Checkbox, Select } from '#web/kit/fields.tsx'
import { DECLARATION_COLUMNS, type DeclarationColumn, type DeclarationMapping } from '../contract.ts'
import { t } from './intake-text.ts'

const DELIMITERS = [',', ';', '\t', '|'] as const

export interface ColumnsFieldProps {
  readonly headers: readonly string[]
  readonly mapping: DeclarationMapping
  readonly onChange: (mapping: DeclarationMapping) => void
}

export function ColumnsField({ headers, mapping, onChange }: ColumnsFieldProps) {
  const { columns, delimiter, inTonnes = false } = mapping
  const used = new Set(Object.values(columns))
  const unused = headers.filter((header) => !used.has(header))
  const set = (column: DeclarationColumn, header: string): void => {
    const { [column]: _before, ...others } = columns
    onChange({ ...mapping, columns: header === '' ? others : { ...others, [column]: header } })
  }
  return (
    <fieldset className="fieldset">
      <legend>{t('map.columns')}</legend>
      {DECLARATION_COLUMNS.map((column) => (
        <Select
          key={column}
          label={t(`column.${column}`)}
          value={columns[column] ?? ''}
          empty={t('map.nowhere')}
          onChange={(header) => set(column, header)}
          choices={headers.map((id) => ({ id, label: id }))}
        />
      ))}
      <Select
        label={t('map.delimiter')}
        value={delimiter}
        onChange={(value) => onChange({ ...mapping, delimiter: DELIMITERS.find((each) => each === value) ?? delimiter })}
        choices={DELIMITERS.map((id) => ({ id, label: t(`delimiter.${id}`) }))}
      />
      <Checkbox label={t('map.tonnes')} isSelected={inTonnes} onChange={(on) => onChange({ ...mapping, inTonnes: on })} />
      <p className="wide" role="status">
        {unused.length === 0 ? t('map.allUsed') : t('map.unused', { columns: unused.join(', ') })}
      </p>
    </fieldset>
  )
}
