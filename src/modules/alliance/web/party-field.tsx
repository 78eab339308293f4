/** A vetted party by the beginning of its name: the node searches, and names none that is not vetted. */
import { useState } from 'react'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { useSettled } from '#web/use-settled.ts'
import { findParties } from '../contract.ts'
import { t } from './text.ts'

export interface PartyFieldProps {
  readonly kind: 'forwarder' | 'haulier'
  readonly value: string
  readonly onChange: (desk: string) => void
}

const SHORTEST = 3
const SETTLE_MS = 300

export function PartyField({ kind, value, onChange }: PartyFieldProps) {
  const [name, setName] = useState('')
  const settled = useSettled(name.trim(), SETTLE_MS)
  const isAsked = settled.length >= SHORTEST
  const found = useCall(findParties, { kind, name: settled }, { enabled: isAsked })
  const items = isAsked ? (found.data?.items ?? []) : []
  const isSame = settled === name.trim()
  return (
    <>
      <TextField
        label={t(`party.${kind}`)}
        help={t('party.help')}
        value={name}
        onChange={(text) => {
          setName(text)
          // What was chosen among other names is not what is chosen now.
          onChange('')
        }}
        maxLength={80}
      />
      <Select
        label={t('party.choose')}
        value={value}
        onChange={onChange}
        empty={t('party.pick')}
        isRequired
        choices={items.map(({ desk, name: text }) => ({ id: desk, label: text }))}
        help={
          <span role="status">
            {!isAsked || !isSame || found.isFetching
              ? ''
              : items.length === 0
                ? t('party.none')
                : found.data?.more === true
                  ? t('party.more')
                  : ''}
          </span>
        }
      />
      <Problem error={found.error} />
    </>
  )
}
