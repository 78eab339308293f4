/** Taking back: before it is done, who will be asked, what each has to do and by when, and what a recall cannot do. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { useDeskName } from '#web/desks.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { type ItemView, recallItem, recallReasons, settleRecall } from '../contract.ts'
import { ANSWER_DAYS } from '../procedures/pr-23-recall.ts'
import { code, t } from './text.ts'

/** What a dialog about one piece of information is given. */
export interface OfItem {
  readonly item: string
  readonly onClose: () => void
}

/** Part of a piece as the choice names it: `field what`, `attachment 3f…`. */
const partOf = (chosen: string) => {
  const [kind, id = ''] = chosen.split(' ')
  return kind === 'field' ? { field: id } : kind === 'attachment' ? { attachment: id } : {}
}

export function Recall({ view, onClose }: { readonly view: ItemView; readonly onClose: () => void }) {
  const name = useDeskName()
  const [reason, setReason] = useState<(typeof recallReasons)[number]>('incorrect')
  const [basis, setBasis] = useState('Directive (EU) 2016/680 Art 7(3)')
  const [part, setPart] = useState('')
  const { item } = view.row
  return (
    <ActDialog
      title={t('act.recall')}
      isDangerous
      isReady={basis.length > 2}
      act={async (key) => await call(recallItem, { item, reason, basis, key, ...partOf(part) })}
      onClose={onClose}
    >
      <div>
        <p>{t('recall.asked', { n: view.holders.length })}</p>
        <ul>
          {view.holders.map((holder) => (
            <li key={holder.desk}>
              {name(holder.desk)}
              {holder.via === undefined ? null : ` (${t('recall.via', { via: name(holder.via) })})`}
            </li>
          ))}
        </ul>
        <p>{t('recall.must')}</p>
        <ul>
          <li>{t('recall.erase')}</li>
          <li>{t('recall.forward')}</li>
          <li>{t('recall.derived')}</li>
          <li>{t('recall.answer', { days: ANSWER_DAYS })}</li>
        </ul>
        <p>
          <strong>{t('holders.honest')}</strong> {t('recall.used')}
        </p>
      </div>
      <Select
        label={t('act.scope')}
        value={part}
        empty={t('act.whole')}
        onChange={setPart}
        choices={[
          ...view.fields.map(({ id, label }) => ({ id: `field ${id}`, label })),
          ...view.attachments.map(({ sha256, name: file }) => ({ id: `attachment ${sha256}`, label: file })),
        ]}
        help={t(part === '' ? 'recall.wholeMeans' : 'recall.partMeans')}
      />
      <Select
        label={t('permissions.reason')}
        value={reason}
        onChange={(value) => setReason(recallReasons.find((each) => each === value) ?? 'other')}
        choices={recallReasons.map((id) => ({ id, label: code('recallReason', id) }))}
      />
      <TextField label={t('act.basis')} value={basis} onChange={setBasis} isRequired maxLength={200} />
    </ActDialog>
  )
}

const ANSWERS = ['recalled', 'partly-used', 'refused'] as const

export function Settle({ item, onClose }: OfItem) {
  const [answer, setAnswer] = useState<(typeof ANSWERS)[number]>('recalled')
  const [reference, setReference] = useState('')
  return (
    <ActDialog
      title={t('act.settle')}
      isReady={answer !== 'partly-used' || reference.trim() !== ''}
      act={async () => await call(settleRecall, { item, answer, ...(reference === '' ? {} : { reference }) })}
      onClose={onClose}
    >
      <p>{t('act.settleText')}</p>
      <Select
        label={t('permissions.answer')}
        value={answer}
        onChange={(value) => setAnswer(ANSWERS.find((each) => each === value) ?? 'recalled')}
        choices={ANSWERS.map((id) => ({ id, label: code('settle', id) }))}
      />
      <TextField
        label={t('act.reference')}
        value={reference}
        onChange={setReference}
        isRequired={answer === 'partly-used'}
        maxLength={200}
      />
    </ActDialog>
  )
}
