/** What this desk can do with a piece of information now: answer it, pass it on, ask, tell, take it back, settle a recall. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { actKey, call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import {
  askPermission,
  feedbackKinds,
  giveFeedback,
  grantable,
  type ItemView,
  listDirectory,
  passOn,
  recallItem,
  recallReasons,
  settleRecall,
} from '../contract.ts'
import { code, t } from './text.ts'

type Open = 'pass' | 'ask' | 'tell' | 'recall' | 'settle'

export function ItemActions({ view }: { readonly view: ItemView }) {
  const [open, setOpen] = useState<Open | undefined>(undefined)
  const { row } = view
  const held = row.side === 'received' && row.state !== 'recalled'
  const offered: readonly Open[] = [
    ...(held ? (['pass', 'ask', 'tell'] as const) : []),
    ...(row.side === 'own' && ['released', 'review'].includes(row.state) ? (['recall'] as const) : []),
    ...(row.side === 'received' && row.state === 'recalled' ? (['settle'] as const) : []),
  ]
  const close = (): void => setOpen(undefined)
  return (
    <div className="actions">
      {held ? <AppLink to={`/items/new?answers=${row.item}&from=${row.origin}`}>{t('items.answer')}</AppLink> : null}
      {offered.map((each) => (
        <Button key={each} kind={each === 'recall' ? 'danger' : 'plain'} onPress={() => setOpen(each)}>
          {t(`act.${each}`)}
        </Button>
      ))}
      {open === 'pass' ? <PassOn item={row.item} onClose={close} /> : null}
      {open === 'ask' ? <Ask item={row.item} onClose={close} /> : null}
      {open === 'tell' ? <Tell item={row.item} onClose={close} /> : null}
      {open === 'recall' ? <Recall view={view} onClose={close} /> : null}
      {open === 'settle' ? <Settle item={row.item} onClose={close} /> : null}
    </div>
  )
}

interface ActProps {
  readonly title: string
  readonly isReady: boolean
  readonly isDangerous?: boolean
  readonly act: () => Promise<unknown>
  readonly onClose: () => void
  readonly children: ReactNode
}

/** One form, one act, closed when it is done. */
function Act({ title, isReady, isDangerous = false, act, onClose, children }: ActProps) {
  const cache = useQueryClient()
  const done = useMutation({
    mutationFn: act,
    onSuccess: async () => {
      await cache.invalidateQueries()
      onClose()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    done.mutate()
  }
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {children}
        <Problem error={done.error} />
        <Button kind={isDangerous ? 'danger' : 'primary'} type="submit" isDisabled={!isReady || done.isPending}>
          {title}
        </Button>
      </form>
    </Dialog>
  )
}

interface Own {
  readonly item: string
  readonly onClose: () => void
}

function PassOn({ item, onClose }: Own) {
  const directory = useCall(listDirectory, {})
  const [desk, setDesk] = useState('')
  const [key] = useState(actKey)
  return (
    <Act title={t('act.pass')} isReady={desk !== ''} act={async () => await call(passOn, { item, desk, key })} onClose={onClose}>
      <p>{t('act.passText')}</p>
      <Select
        label={t('form.recipients')}
        value={desk}
        empty="–"
        isRequired
        onChange={setDesk}
        choices={(directory.data?.units ?? []).map((unit) => ({ id: unit.id, label: `${unit.name} (${unit.country})` }))}
      />
    </Act>
  )
}

function Ask({ item, onClose }: Own) {
  const directory = useCall(listDirectory, {})
  const [capability, setCapability] = useState<(typeof grantable)[number]>('disseminate')
  const [recipient, setRecipient] = useState('')
  const [reason, setReason] = useState('')
  const [key] = useState(actKey)
  const authorities = [...new Set((directory.data?.units ?? []).map((unit) => unit.authority))]
  const isOnward = capability === 'disseminate'
  return (
    <Act
      title={t('act.ask')}
      isReady={reason.length > 4 && (!isOnward || recipient !== '')}
      act={async () => await call(askPermission, { item, capability, ...(isOnward ? { recipient } : {}), reason, key })}
      onClose={onClose}
    >
      <Select
        label={t('permissions.what')}
        value={capability}
        onChange={(value) => setCapability(grantable.find((each) => each === value) ?? 'disseminate')}
        choices={grantable.map((id) => ({ id, label: code('capability', id) }))}
      />
      {isOnward ? (
        <Select
          label={t('directory.authority')}
          value={recipient}
          empty="–"
          isRequired
          onChange={setRecipient}
          choices={authorities.map((id) => ({ id, label: id }))}
        />
      ) : null}
      <TextField label={t('permissions.reason')} value={reason} onChange={setReason} isRequired isLong maxLength={1000} />
    </Act>
  )
}

function Tell({ item, onClose }: Own) {
  const [kind, setKind] = useState<(typeof feedbackKinds)[number]>('used')
  const [note, setNote] = useState('')
  return (
    <Act title={t('act.tell')} isReady act={async () => await call(giveFeedback, { item, kind, note })} onClose={onClose}>
      <Select
        label={t('item.kind')}
        value={kind}
        onChange={(value) => setKind(feedbackKinds.find((each) => each === value) ?? 'used')}
        choices={feedbackKinds.map((id) => ({ id, label: code('feedbackKind', id) }))}
      />
      <TextField
        label={t('act.note')}
        value={note}
        onChange={setNote}
        isRequired={kind === 'used-in-proceedings'}
        isLong
        maxLength={1000}
      />
    </Act>
  )
}

function Recall({ view, onClose }: { readonly view: ItemView; readonly onClose: () => void }) {
  const [reason, setReason] = useState<(typeof recallReasons)[number]>('incorrect')
  const [basis, setBasis] = useState('Directive (EU) 2016/680 Art 7(3)')
  const [field, setField] = useState('')
  const [key] = useState(actKey)
  const { item } = view.row
  return (
    <Act
      title={t('act.recall')}
      isDangerous
      isReady={basis.length > 2}
      act={async () => await call(recallItem, { item, reason, basis, key, ...(field === '' ? {} : { field }) })}
      onClose={onClose}
    >
      <p>{t('act.recallText', { n: view.holders.length })}</p>
      <Select
        label={t('act.scope')}
        value={field}
        empty={t('act.whole')}
        onChange={setField}
        choices={view.fields.map(({ id, label }) => ({ id, label }))}
      />
      <Select
        label={t('permissions.reason')}
        value={reason}
        onChange={(value) => setReason(recallReasons.find((each) => each === value) ?? 'other')}
        choices={recallReasons.map((id) => ({ id, label: code('recallReason', id) }))}
      />
      <TextField label={t('act.basis')} value={basis} onChange={setBasis} isRequired maxLength={200} />
    </Act>
  )
}

const ANSWERS = ['recalled', 'partly-used', 'refused'] as const

function Settle({ item, onClose }: Own) {
  const [answer, setAnswer] = useState<(typeof ANSWERS)[number]>('recalled')
  const [reference, setReference] = useState('')
  return (
    <Act
      title={t('act.settle')}
      isReady={answer !== 'partly-used' || reference !== ''}
      act={async () => await call(settleRecall, { item, answer, ...(reference === '' ? {} : { reference }) })}
      onClose={onClose}
    >
      <p>{t('act.settleText')}</p>
      <Select
        label={t('permissions.answer')}
        value={answer}
        onChange={(value) => setAnswer(ANSWERS.find((each) => each === value) ?? 'recalled')}
        choices={ANSWERS.map((id) => ({ id, label: code('holderState', id) }))}
      />
      <TextField label={t('act.reference')} value={reference} onChange={setReference} maxLength={200} />
    </Act>
  )
}
