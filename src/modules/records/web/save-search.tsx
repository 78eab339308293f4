/** Keeps what is asked now; the desk is told when something new is found by it. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { saveSearch } from '../contract.ts'
import type { Asked } from './search-state.ts'
import { t } from './text.ts'

export function SaveSearch({ asked, onClose }: { readonly asked: Asked; readonly onClose: () => void }) {
  const [title, setTitle] = useState('')
  const [days, setDays] = useState('90')
  const n = Number(days)
  return (
    <ActDialog
      title={t('search.keep')}
      isReady={title.trim().length >= 3 && Number.isInteger(n) && n >= 1 && n <= 365}
      act={async (key) => await call(saveSearch, { title: title.trim(), q: asked.q.trim(), ...asked.filters, days: n, key })}
      onClose={onClose}
    >
      <p>{t('search.keepWhy')}</p>
      <TextField label={t('search.keepTitle')} value={title} onChange={setTitle} isRequired autoFocus maxLength={120} />
      <TextField label={t('search.keepDays')} type="number" value={days} onChange={setDays} isRequired />
    </ActDialog>
  )
}
