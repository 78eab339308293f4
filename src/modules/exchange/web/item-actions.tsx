/** What this desk can do with a piece of information now: answer it, pass it on, ask, tell, take it back, settle a recall. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { useDesks } from '#web/desks.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Button } from '#web/kit/button.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { AppLink } from '#web/navigate.tsx'
import { askPermission, feedbackKinds, giveFeedback, grantable, type ItemView, passOn } from '../contract.ts'
import { Mark } from './marking-dialog.tsx'
import { type OfItem, Recall, Settle } from './recall-dialog.tsx'
import { code, t } from './text.ts'

type Open = 'pass' | 'ask' | 'tell' | 'mark' | 'recall' | 'settle'

export function ItemActions({ view }: { readonly view: ItemView }) {
  const [open, setOpen] = useState<Open | undefined>(undefined)
  const { row } = view
  const held = row.side === 'received' && row.state !== 'recalled' && row.state !== 'expired'
  const offered: readonly Open[] = [
    ...(held ? (['pass', 'ask', 'tell'] as const) : []),
    ...(row.side === 'own' && ['released', 'review'].includes(row.state) ? (['mark', 'recall'] as const) : []),
    ...(row.side === 'received' && row.state === 'recalled' ? (['settle'] as const) : []),
  ]
  const close = (): void => setOpen(undefined)
  return (
    <div className="actions">
      {held ? (
        <AppLink to="/items/new" search={{ answers: row.item, from: row.origin }} className="button plain">
          {t('items.answer')}
        </AppLink>
      ) : null}
      {held && view.capabilities.includes('derive') ? (
        <AppLink to="/items/new" search={{ derived: row.item }} className="button plain">
          {t('act.derive')}
        </AppLink>
      ) : null}
      {offered.map((each) => (
        <Button key={each} kind={each === 'recall' ? 'danger' : 'plain'} onPress={() => setOpen(each)}>
          {t(`act.${each}`)}
        </Button>
      ))}
      {open === 'pass' ? <PassOn item={row.item} onClose={close} /> : null}
      {open === 'ask' ? <Ask item={row.item} onClose={close} /> : null}
      {open === 'tell' ? <Tell item={row.item} onClose={close} /> : null}
      {open === 'mark' ? <Mark view={view} onClose={close} /> : null}
      {open === 'recall' ? <Recall view={view} onClose={close} /> : null}
      {open === 'settle' ? <Settle item={row.item} onClose={close} /> : null}
    </div>
  )
}

function PassOn({ item, onClose }: OfItem) {
  const desks = useDesks()
  const [desk, setDesk] = useState('')
  return (
    <ActDialog title={t('act.pass')} isReady={desk !== ''} act={async (key) => await call(passOn, { item, desk, key })} onClose={onClose}>
      <p>{t('act.passText')}</p>
      <Select
        label={t('form.recipients')}
        value={desk}
        empty="–"
        isRequired
        onChange={setDesk}
        choices={desks.map((unit) => ({ id: unit.id, label: `${unit.name} (${unit.country})` }))}
      />
    </ActDialog>
  )
}

function Ask({ item, onClose }: OfItem) {
  const desks = useDesks()
  const [capability, setCapability] = useState<(typeof grantable)[number]>('disseminate')
  const [recipient, setRecipient] = useState('')
  const [reason, setReason] = useState('')
  const authorities = [...new Set(desks.map((unit) => unit.authority))]
  const isOnward = capability === 'disseminate'
  return (
    <ActDialog
      title={t('act.ask')}
      isReady={reason.length > 4 && (!isOnward || recipient !== '')}
      act={async (key) => await call(askPermission, { item, capability, ...(isOnward ? { recipient } : {}), reason, key })}
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
    </ActDialog>
  )
}

function Tell({ item, onClose }: OfItem) {
  const [kind, setKind] = useState<(typeof feedbackKinds)[number]>('used')
  const [note, setNote] = useState('')
  return (
    <ActDialog title={t('act.tell')} isReady act={async () => await call(giveFeedback, { item, kind, note })} onClose={onClose}>
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
    </ActDialog>
  )
}
