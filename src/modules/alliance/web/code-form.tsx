/** Entering a code: which list, which value, which partner, from when until when. Nothing follows from it until another officer confirms. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { DayField } from '#web/kit/day-field.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { useCall } from '#web/queries.ts'
import { enterCode, listCodes } from '../contract.ts'
import { ActForm } from './act-form.tsx'
import { t } from './text.ts'

const LIST = /^[A-Z0-9]{0,17}(?::[A-Z0-9]{0,17})?$/

export interface Entered {
  readonly list: string
  readonly value: string
}

/** `stated`: what a message named, to begin with. */
export function EnterCode({ stated, onDone }: { readonly stated: Entered; readonly onDone: () => void }) {
  const candidates = useCall(listCodes, { limit: 1 }).data?.candidates ?? []
  const [list, setList] = useState(stated.list)
  const [value, setValue] = useState(stated.value)
  const [desk, setDesk] = useState('')
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const isReady = LIST.test(list) && value.trim() !== '' && desk !== '' && from !== '' && until > from
  return (
    <ActForm
      label={t('codes.enter')}
      content={isReady ? { list, value: value.trim(), desk, from: `${from}T00:00:00Z`, until: `${until}T00:00:00Z` } : undefined}
      send={async (content) => await call(enterCode, content)}
      stale={[listCodes.id]}
      onDone={onDone}
    >
      <p>{t('partners.second')}</p>
      <TextField
        label={t('codes.list')}
        help={t('codes.listHelp')}
        value={list}
        onChange={(typed) => setList(typed.trim().toUpperCase())}
        maxLength={35}
        {...(LIST.test(list) ? {} : { problem: t('codes.listProblem') })}
      />
      <TextField label={t('codes.value')} help={t('codes.valueHelp')} value={value} onChange={setValue} isRequired maxLength={70} />
      <Select
        label={t('partners.desk')}
        value={desk}
        onChange={setDesk}
        empty={t('partners.pick')}
        isRequired
        choices={candidates.map(({ desk: id, name }) => ({ id, label: name }))}
      />
      <DayField label={t('codes.from')} value={from} onChange={setFrom} isRequired />
      <DayField
        label={t('codes.until')}
        value={until}
        onChange={setUntil}
        isRequired
        {...(from === '' ? {} : { min: from })}
        help={t('codes.untilHelp')}
      />
    </ActForm>
  )
}
