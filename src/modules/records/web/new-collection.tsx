/** Opens a collection: its marking is that of everything that comes into it. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { createCollection } from '../contract.ts'
import { EMPTY_MARKING, MarkingFields, markingOf } from './marking-fields.tsx'
import { t } from './text.ts'

export interface NewCollectionProps {
  readonly onMade: (collection: string) => void
  readonly onClose: () => void
}

export function NewCollection({ onMade, onClose }: NewCollectionProps) {
  const [title, setTitle] = useState('')
  const [marking, setMarking] = useState(EMPTY_MARKING)
  const wire = markingOf(marking)
  return (
    <ActDialog
      title={t('collections.make')}
      isReady={title.trim().length >= 3 && wire !== undefined}
      act={async (key) => await call(createCollection, { title: title.trim(), marking: wire as NonNullable<typeof wire>, key })}
      onDone={({ collection }) => onMade(collection)}
      onClose={onClose}
    >
      <TextField label={t('collections.title')} value={title} onChange={setTitle} isRequired autoFocus maxLength={120} />
      <MarkingFields value={marking} onChange={setMarking} />
    </ActDialog>
  )
}
