/** The report itself. After it is sent nothing of it stays in the page but the receipt. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Empty, Problem, Reading } from '#web/kit/states.tsx'
import { INTEGRITY_TEXT_LIMIT, integrityDesks, integrityKinds, submitIntegrityReport } from '../contract.ts'
import { openCall } from './open-call.ts'
import { code, t } from './text.ts'

export const SHORTEST_REPORT = 20

export function ReportForm() {
  const desks = useQuery({ queryKey: [integrityDesks.id], queryFn: async () => await openCall(integrityDesks, {}), retry: false })
  return (
    <Reading query={desks}>{({ items }) => (items.length === 0 ? <Empty>{t('report.noDesk')}</Empty> : <Form desks={items} />)}</Reading>
  )
}

interface Desk {
  readonly desk: string
  readonly name: string
  readonly places: readonly string[]
}

function Form({ desks }: { readonly desks: readonly Desk[] }) {
  const [desk, setDesk] = useState(desks.length === 1 ? (desks[0]?.desk ?? '') : '')
  const [kind, setKind] = useState<(typeof integrityKinds)[number]>('bribery')
  const [text, setText] = useState('')
  const send = useMutation({
    mutationFn: async () => await openCall(submitIntegrityReport, { desk, kind, text }),
    onSuccess: () => setText(''),
    // Nothing is kept in the page for a second try by itself: a report sent twice is worse than one sent again by hand.
    retry: false,
  })
  if (send.data !== undefined) return <Receipt receipt={send.data.receipt} />
  const isReady = desk !== '' && text.trim().length >= SHORTEST_REPORT
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady && !send.isPending) send.mutate()
  }
  return (
    <form className="form" autoComplete="off" onSubmit={submit}>
      <Select
        label={t('report.desk')}
        value={desk}
        onChange={setDesk}
        empty={t('report.pickDesk')}
        isRequired
        choices={desks.map((each) => ({ id: each.desk, label: [each.name, ...each.places].join(', ') }))}
      />
      <Select
        label={t('report.kind')}
        value={kind}
        onChange={(value) => setKind(integrityKinds.find((each) => each === value) ?? 'other')}
        choices={integrityKinds.map((id) => ({ id, label: code('integrityKind', id) }))}
      />
      <TextField
        label={t('report.text')}
        help={t('report.textHelp')}
        value={text}
        onChange={setText}
        isLong
        isRequired
        maxLength={INTEGRITY_TEXT_LIMIT}
        autoComplete="off"
      />
      <Problem error={send.error} />
      <div className="actions">
        <Button kind="primary" type="submit" isDisabled={!isReady || send.isPending}>
          {t('report.send')}
        </Button>
      </div>
    </form>
  )
}

function Receipt({ receipt }: { readonly receipt: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className="panel">
      <h2 ref={heading} tabIndex={-1}>
        {t('report.sentTitle')}
      </h2>
      <p>{t('report.receipt')}</p>
      <p>
        <strong className="mono" data-receipt>
          {receipt}
        </strong>
      </p>
    </section>
  )
}
