/** One integrity report with its thread, for the integrity desk alone; the answer is read by whoever has the receipt. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Reading } from '#web/kit/states.tsx'
import { useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { useSessionQuery } from '#web/shell/session.ts'
import { showDate } from '#web/time.ts'
import {
  answerIntegrityReport,
  INTEGRITY_TEXT_LIMIT,
  type IntegrityReportView,
  integrityStates,
  listIntegrityReports,
  showIntegrityReport,
} from '../contract.ts'
import { ActForm } from './act-form.tsx'
import { INTEGRITY_TONE } from './integrity-page.tsx'
import { code, t } from './text.ts'
import { ToldText } from './told-text.tsx'

const ANSWERED = integrityStates.filter((each) => each !== 'submitted')

export function IntegrityReportPage() {
  const query = useCall(showIntegrityReport, { report: useParam('report') })
  return (
    <Reading query={query} title={t('integrity.title')}>
      {(report) => <Shown report={report} />}
    </Reading>
  )
}

function Shown({ report }: { readonly report: IntegrityReportView }) {
  const held = useSessionQuery().data?.permissions ?? []
  return (
    <>
      <h1>{t('integrity.one', { day: showDate(report.receivedOn) })}</h1>
      <p>
        <Badge tone={INTEGRITY_TONE[report.state] ?? 'neutral'}>{code('integrityState', report.state)}</Badge>{' '}
        {code('integrityKind', report.kind)}.{' '}
        {t('integrity.due', { ack: showDate(report.acknowledgeBy), feedback: showDate(report.feedbackBy) })} {report.caseRef ?? ''}
      </p>
      <p className="muted">{t('integrity.care')}</p>
      <section className="panel">
        <h2>{t('report.thread')}</h2>
        <ol className="timeline">
          {report.thread.map((each, index) => (
            // biome-ignore lint: a thread only grows
            <li key={index}>
              <strong>{t(each.from === 'reporter' ? 'integrity.reporter' : 'integrity.desk', { day: showDate(each.at) })}</strong>
              <ToldText>{each.text}</ToldText>
            </li>
          ))}
        </ol>
      </section>
      {held.includes('alliance.answer-integrity') ? (
        <section className="panel">
          <h2>{t('integrity.answer')}</h2>
          <Answer key={report.version} report={report} />
        </section>
      ) : null}
    </>
  )
}

function Answer({ report: { report, version, state: now, caseRef: held } }: { readonly report: IntegrityReportView }) {
  const [text, setText] = useState('')
  const [state, setState] = useState(ANSWERED.find((each) => each === now) ?? 'acknowledged')
  const [caseRef, setCaseRef] = useState(held ?? '')
  const isReady = text.trim().length > 2
  return (
    <ActForm
      label={t('integrity.answer')}
      content={
        isReady ? { report, text: text.trim(), state, ...(caseRef.trim() === '' ? {} : { caseRef: caseRef.trim() }), version } : undefined
      }
      send={async ({ key: _, ...content }) => await call(answerIntegrityReport, content)}
      stale={[showIntegrityReport.id, listIntegrityReports.id]}
    >
      <TextField label={t('integrity.answerText')} value={text} onChange={setText} isLong isRequired maxLength={INTEGRITY_TEXT_LIMIT} />
      <Select
        label={t('integrity.newState')}
        value={state}
        onChange={(value) => setState(ANSWERED.find((each) => each === value) ?? 'acknowledged')}
        choices={ANSWERED.map((id) => ({ id, label: code('integrityState', id) }))}
      />
      <TextField label={t('integrity.case')} value={caseRef} onChange={setCaseRef} maxLength={60} />
    </ActForm>
  )
}
