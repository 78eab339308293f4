/** Opens a collection: its marking is that of everything that comes into it. */
import { useRef, useState } from 'react'
import { actKey, call } from '#web/client.ts'
import { TextField } from '#web/kit/fields.tsx'
import { createCollection } from '../contract.ts'
import { ActDialog } from './act-dialog.tsx'
import { EMPTY_MARKING, MarkingFields, markingOf } from './marking-fields.tsx'
import { t } from './text.ts'

export interface NewCollectionProps {
  readonly onMade: (collection: string) => void
  readonly onClose: () => void
}

export function NewCollection({ onMade, onClose }: NewCollectionProps) {
  const [title, setTitle] = useState('')
  const [marking, setMarking] = useState(EMPTY_MARKING)
  const key = useRef(actKey())
  const wire = markingOf(marking)
  return (
    <ActDialog
      title={t('collections.make')}
      isReady={title.trim().length >= 3 && wire !== undefined}
      act={async () => await call(createCollection, { title: title.trim(), marking: wire as NonNullable<typeof wire>, key: key.current })}
      onDone={({ collection }) => onMade(collection)}
      onClose={onClose}
    >
      <TextField label={t('collections.title')} value={title} onChange={setTitle} isRequired autoFocus maxLength={120} />
      <MarkingFields value={marking} onChange={setMarking} />
    </ActDialog>
  )
}
