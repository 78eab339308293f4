/** Narrows the queue; what is chosen stands in the address. Offered is what the open cases of this desk have. */
import { useEffect, useRef, useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { useCall } from '#web/queries.ts'
import { showWorkFilters, URGENCIES } from '../contract.ts'
import { t } from './text.ts'

export const FILTERS = ['procedure', 'clockKind', 'urgency', 'party', 'role', 'text'] as const

const TYPED_MS = 350

interface QueueFiltersProps {
  readonly narrowed: Readonly<Record<string, string>>
  readonly onChange: (narrowed: Readonly<Record<string, string>>) => void
}

export function QueueFilters({ narrowed, onChange }: QueueFiltersProps) {
  const { data } = useCall(showWorkFilters, {})
  const set = (name: string, value: string) => {
    const { [name]: _, ...rest } = narrowed
    onChange(value === '' ? rest : { ...rest, [name]: value })
  }
  const choose = (name: (typeof FILTERS)[number], label: string, choices: readonly { readonly id: string; readonly label: string }[]) => (
    <Select label={label} value={narrowed[name] ?? ''} onChange={(value) => set(name, value)} empty={t('queue.any')} choices={choices} />
  )
  return (
    <fieldset className="toolbar" aria-label={t('queue.narrow')}>
      {choose(
        'procedure',
        t('queue.procedure'),
        (data?.procedures ?? []).map(({ id, title }) => ({ id, label: `${id} ${title}` })),
      )}
      {choose('clockKind', t('queue.clockKind'), [
        { id: 'law', label: t('queue.law') },
        { id: 'policy', label: t('queue.policy') },
      ])}
      {choose(
        'urgency',
        t('queue.urgency'),
        URGENCIES.map((id) => ({ id, label: t(`queue.${id}`) })),
      )}
      {choose(
        'party',
        t('queue.party'),
        (data?.parties ?? []).map(({ id, name }) => ({ id, label: name })),
      )}
      {choose(
        'role',
        t('queue.role'),
        (data?.roles ?? []).map(({ id, title }) => ({ id, label: title })),
      )}
      <TextFilter value={narrowed['text'] ?? ''} onChange={(value) => set('text', value)} />
      {Object.keys(narrowed).length === 0 ? null : <Button onPress={() => onChange({})}>{t('queue.reset')}</Button>}
    </fieldset>
  )
}

/** Asks once the person has stopped typing; what comes from elsewhere, such as showing all again, replaces what was typed. */
function TextFilter({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value)
  const [seen, setSeen] = useState(value)
  const [sent, setSent] = useState(value)
  if (value !== seen) {
    setSeen(value)
    if (value !== sent) setTyped(value)
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // What else was narrowed meanwhile must not be forgotten.
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })
  const type = (text: string): void => {
    setTyped(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      setSent(text)
      latest.current(text)
    }, TYPED_MS)
  }
  return <TextField label={t('queue.text')} value={typed} onChange={type} maxLength={80} />
}
