/** Back to a report by its receipt: its state, what the desk wrote, and room to add. The code travels in the body and stays in no address. */
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ProblemError } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { showDate } from '#web/time.ts'
import { addToReport, INTEGRITY_TEXT_LIMIT, type ReceiptView, readReceipt } from '../contract.ts'
import { openCall } from './open-call.ts'
import { SHORTEST_REPORT } from './report-form.tsx'
import { code, t } from './text.ts'
import { ToldText } from './told-text.tsx'

export function ReportFollow() {
  const [receipt, setReceipt] = useState('')
  const [view, setView] = useState<ReceiptView>()
  const look = useMutation({
    mutationFn: async () => await openCall(readReceipt, { receipt: receipt.trim() }),
    onSuccess: setView,
    onError: () => setView(undefined),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (receipt.trim() !== '' && !look.isPending) look.mutate()
  }
  const isUnknown = look.error instanceof ProblemError && look.error.status === 404
  return (
    <>
      <form className="form" autoComplete="off" onSubmit={submit}>
        <TextField label={t('report.receiptLabel')} value={receipt} onChange={setReceipt} isRequired maxLength={60} autoComplete="off" />
        {isUnknown ? (
          <p className="problem" role="alert">
            {t('report.unknown')}
          </p>
        ) : (
          <Problem error={look.error} />
        )}
        <div className="actions">
          <Button kind="primary" type="submit" isDisabled={receipt.trim() === '' || look.isPending}>
            {t('report.look')}
          </Button>
        </div>
      </form>
      <div role="status">{view === undefined ? null : <Report view={view} />}</div>
      {view === undefined ? null : <Add receipt={receipt.trim()} onAdded={setView} />}
    </>
  )
}

function Report({ view }: { readonly view: ReceiptView }) {
  return (
    <section className="panel">
      <h2>
        {code('integrityKind', view.kind)}: {code('integrityState', view.state)}
      </h2>
      <p>
        {t('report.received', { day: showDate(view.receivedOn) })}. {t('report.acknowledge', { day: showDate(view.acknowledgeBy) })}{' '}
        {t('report.feedback', { day: showDate(view.feedbackBy) })}.
      </p>
      <h3>{t('report.thread')}</h3>
      <ol className="timeline">
        {view.thread.map((each, index) => (
          // biome-ignore lint: a thread only grows
          <li key={index}>
            <strong>{t(each.from === 'reporter' ? 'report.you' : 'report.theDesk', { day: showDate(each.at) })}</strong>
            <ToldText>{each.text}</ToldText>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Add({ receipt, onAdded }: { readonly receipt: string; readonly onAdded: (view: ReceiptView) => void }) {
  const [text, setText] = useState('')
  const add = useMutation({
    mutationFn: async () => await openCall(addToReport, { receipt, text }),
    onSuccess: (view) => {
      setText('')
      onAdded(view)
    },
  })
  const isReady = text.trim().length >= SHORTEST_REPORT
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady && !add.isPending) add.mutate()
  }
  return (
    <form className="form" autoComplete="off" onSubmit={submit}>
      <TextField
        label={t('report.addText')}
        help={t('report.textHelp')}
        value={text}
        onChange={setText}
        isLong
        isRequired
        maxLength={INTEGRITY_TEXT_LIMIT}
        autoComplete="off"
      />
      <Problem error={add.error} />
      <div className="actions">
        <Button type="submit" isDisabled={!isReady || add.isPending}>
          {t('report.add')}
        </Button>
      </div>
    </form>
  )
}
