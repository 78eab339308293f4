/** Asking another desk to be told of what it releases in a case; each release stays its own decision. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { useDesks } from '#web/desks.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { subscribe } from '../contract.ts'
import { t } from './text.ts'

export function Subscribe({ onClose }: { readonly onClose: () => void }) {
  const desks = useDesks()
  const [desk, setDesk] = useState('')
  const [caseRef, setCase] = useState('')
  const [isEnd, setEnd] = useState(false)
  return (
    <ActDialog
      title={t('subscribe.title')}
      isReady={desk !== '' && caseRef.trim() !== ''}
      act={async () => await call(subscribe, { desk, case: caseRef.trim(), end: isEnd })}
      onClose={onClose}
    >
      <p>{t('subscribe.text')}</p>
      <Select
        label={t('messages.desk')}
        value={desk}
        empty="–"
        isRequired
        onChange={setDesk}
        choices={desks.map(({ id, name, country }) => ({ id, label: `${name} (${country})` }))}
      />
      <TextField label={t('item.case')} value={caseRef} onChange={setCase} isRequired maxLength={80} />
      <Select
        label={t('subscribe.what')}
        value={isEnd ? 'end' : 'begin'}
        onChange={(value) => setEnd(value === 'end')}
        choices={(['begin', 'end'] as const).map((id) => ({ id, label: t(`subscribe.${id}`) }))}
      />
    </ActDialog>
  )
}
