/** One incident with what it changed; the desk that got it answers here. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Checkbox, TextField } from '#web/kit/fields.tsx'
import { Reading } from '#web/kit/states.tsx'
import { AppLink, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { useSessionQuery } from '#web/shell/session.ts'
import { showInstant } from '#web/time.ts'
import { answerIncident, type IncidentView, listIncidents, showIncident } from '../contract.ts'
import { ActForm } from './act-form.tsx'
import { INCIDENT_TONE, IncidentTabs } from './incidents-page.tsx'
import { code, t } from './text.ts'
import { ToldText } from './told-text.tsx'

export function IncidentPage() {
  const query = useCall(showIncident, { incident: useParam('incident') })
  return (
    <Reading query={query} title={t('incidents.title')}>
      {(incident) => <Shown incident={incident} />}
    </Reading>
  )
}

function Shown({ incident }: { readonly incident: IncidentView }) {
  const held = useSessionQuery().data?.permissions ?? []
  const { container } = incident
  return (
    <>
      <h1>{t('incident.title', { kind: code('incidentKind', incident.kind) })}</h1>
      <IncidentTabs />
      <section className="panel">
        <p>
          <Badge tone={INCIDENT_TONE[incident.state] ?? 'neutral'}>{code('incidentState', incident.state)}</Badge>
        </p>
        <dl className="facts">
          <dt>{t('rights.port')}</dt>
          <dd>{incident.port}</dd>
          {container === undefined ? null : (
            <>
              <dt>{t('rights.container')}</dt>
              <dd>
                {held.includes('cargo.read') ? (
                  <AppLink to={`/containers/${encodeURIComponent(container)}/life`}>{container}</AppLink>
                ) : (
                  container
                )}
              </dd>
            </>
          )}
          <dt>{t('incidents.happened')}</dt>
          <dd>{showInstant(incident.happenedAt)}</dd>
          <dt>{t('incidents.by')}</dt>
          <dd>
            {incident.reportedBy.name}, {showInstant(incident.reportedAt)}
          </dd>
        </dl>
        <ToldText>{incident.text}</ToldText>
      </section>
      <section className="panel">
        <h2>{t('incident.answers')}</h2>
        {incident.answers.length === 0 ? <p className="muted">{t('incident.noAnswer')}</p> : null}
        <ol className="timeline">
          {incident.answers.map(({ at, text }) => (
            <li key={`${at} ${text}`}>
              <strong>{showInstant(at)}</strong>
              <ToldText>{text}</ToldText>
            </li>
          ))}
        </ol>
        {held.includes('alliance.answer-incidents') && incident.state !== 'closed' ? (
          <Answer key={incident.version} incident={incident} />
        ) : null}
      </section>
    </>
  )
}

function Answer({ incident: { incident, version } }: { readonly incident: IncidentView }) {
  const [text, setText] = useState('')
  const [close, setClose] = useState(false)
  return (
    <ActForm
      label={t('incident.answer')}
      content={text.trim().length < 3 ? undefined : { incident, text: text.trim(), close, version }}
      send={async ({ key: _, ...content }) => await call(answerIncident, content)}
      stale={[showIncident.id, listIncidents.id]}
    >
      <TextField label={t('incident.answerText')} value={text} onChange={setText} isLong isRequired maxLength={2000} />
      <Checkbox label={t('incident.close')} isSelected={close} onChange={setClose} />
    </ActForm>
  )
}
