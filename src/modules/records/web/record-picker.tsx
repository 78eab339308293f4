/** A record found by its name or an identifier, for a value that names another record. What is typed goes to the node as any search does. */
import { useId, useState } from 'react'
import { Combobox } from '#web/kit/procedure-form/combobox.tsx'
import { useCall } from '#web/queries.ts'
import { useSettled } from '#web/use-settled.ts'
import { searchRecords } from '../contract.ts'
import { schemaText } from './model-text.ts'

const TYPED_MS = 250
const MOST = 20

export interface RecordPickerProps {
  readonly label: string
  readonly value: string
  readonly onChange: (entity: string) => void
  readonly isRequired?: boolean
}

export function RecordPicker({ label, value, onChange, isRequired = false }: RecordPickerProps) {
  const id = useId()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState('')
  const settled = useSettled(text.trim(), TYPED_MS)
  const found = useCall(searchRecords, { q: settled, limit: MOST }, { enabled: settled.length > 1 })
  const options = (settled.length > 1 ? (found.data?.items ?? []) : []).map((row) => ({
    id: row.entity,
    label: `${row.caption} (${[schemaText(row.schema), ...row.details.slice(0, 2).map((each) => each.value)].join(', ')})`,
  }))
  return (
    <Combobox
      id={id}
      label={label}
      field={{ id, title: label, type: 'text' }}
      isRequired={isRequired}
      problems={[]}
      chosen={value === '' ? '' : chosen || value}
      options={options}
      hasMore={found.data?.next !== undefined}
      isBusy={settled !== text.trim() || found.isFetching}
      onText={setText}
      onChange={(entity) => {
        setChosen(options.find((option) => option.id === entity)?.label ?? '')
        onChange(entity)
      }}
    />
  )
}
