/** One of a long list, found by typing: a property of the model, a schema, a code. The list is at hand, so nothing is asked of the node. */
import { useId, useMemo, useState } from 'react'
import type { Choice } from '#web/kit/fields.tsx'
import { Combobox } from '#web/kit/procedure-form/combobox.tsx'

const MOST = 50

export interface PickFieldProps {
  readonly label: string
  readonly value: string
  readonly choices: readonly Choice[]
  readonly onChange: (value: string) => void
  readonly isRequired?: boolean
}

export function PickField({ label, value, choices, onChange, isRequired = false }: PickFieldProps) {
  const id = useId()
  const [text, setText] = useState('')
  const found = useMemo(() => {
    const wanted = text.trim().toLowerCase()
    return choices.filter((choice) => `${choice.label} ${choice.id}`.toLowerCase().includes(wanted))
  }, [choices, text])
  return (
    <Combobox
      id={id}
      label={label}
      field={{ id, title: label, type: 'text' }}
      isRequired={isRequired}
      problems={[]}
      chosen={choices.find((choice) => choice.id === value)?.label ?? value}
      options={found.slice(0, MOST)}
      hasMore={found.length > MOST}
      onText={setText}
      onChange={onChange}
    />
  )
}
