/** A new handling for what was released, everywhere it is held: tightening binds at once, and only the originator can loosen. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { HandlingFields } from '#web/kit/handling-fields.tsx'
import { changeMarking, type ItemView } from '../contract.ts'
import { t } from './text.ts'

export function Mark({ view, onClose }: { readonly view: ItemView; readonly onClose: () => void }) {
  const [handling, setHandling] = useState(view.handling)
  return (
    <ActDialog
      title={t('act.mark')}
      isReady
      act={async () => await call(changeMarking, { item: view.row.item, handling })}
      onClose={onClose}
    >
      <p>{t('act.markText', { n: view.holders.length })}</p>
      <div className="fieldset">
        <HandlingFields value={handling} onChange={setHandling} />
      </div>
    </ActDialog>
  )
}
