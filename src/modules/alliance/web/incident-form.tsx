/** A partner reports an incident, after the warning about what is protected. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { Checkbox, Select, TextField } from '#web/kit/fields.tsx'
import { AppLink } from '#web/navigate.tsx'
import { fromLocalField, toLocalField } from '#web/time.ts'
import { incidentKinds, listIncidents, reportIncident } from '../contract.ts'
import { ActForm } from './act-form.tsx'
import { PortalTabs } from './portal-tabs.tsx'
import { code, t } from './text.ts'

const SHORTEST = 10
const PORT = /^[A-Z]{2}[A-Z0-9]{3}$/

export function IncidentForm() {
  const [kind, setKind] = useState<(typeof incidentKinds)[number]>('access')
  const [port, setPort] = useState('')
  const [container, setContainer] = useState('')
  const [when, setWhen] = useState(() => toLocalField(new Date().toISOString()))
  const [text, setText] = useState('')
  const [isWarned, setWarned] = useState(false)
  const happenedAt = fromLocalField(when)
  const isReady = isWarned && PORT.test(port) && text.trim().length >= SHORTEST && (container === '' || container.trim().length > 3)
  return (
    <>
      <h1>{t('incident.new')}</h1>
      <PortalTabs current="/incidents" />
      <ActForm
        label={t('incident.send')}
        content={
          isReady && happenedAt !== undefined
            ? {
                kind,
                port,
                ...(container === '' ? {} : { container: container.trim() }),
                happenedAt,
                text: text.trim(),
                privilegeWarningRead: true as const,
              }
            : undefined
        }
        send={async (content) => await call(reportIncident, content)}
        stale={[listIncidents.id]}
        said={reported}
      >
        <p className="panel">{t('incident.warning')}</p>
        <Checkbox label={t('incident.warned')} isSelected={isWarned} onChange={setWarned} />
        <fieldset className="fieldset">
          <legend>{t('incident.text')}</legend>
          <Select
            label={t('incidents.kind')}
            value={kind}
            onChange={(value) => setKind(incidentKinds.find((each) => each === value) ?? 'other')}
            choices={incidentKinds.map((id) => ({ id, label: code('incidentKind', id) }))}
          />
          <TextField
            label={t('rights.port')}
            help={t('rights.portHelp')}
            value={port}
            onChange={(value) => setPort(value.toUpperCase())}
            isRequired
            maxLength={5}
          />
          <TextField
            label={t('incident.container')}
            value={container}
            onChange={(value) => setContainer(value.toUpperCase())}
            maxLength={20}
          />
          <TextField label={t('incident.when')} type="datetime-local" value={when} onChange={setWhen} isRequired />
          <TextField
            className="wide"
            label={t('incident.text')}
            help={t('incident.textHelp')}
            value={text}
            onChange={setText}
            isLong
            isRequired
            maxLength={8000}
          />
        </fieldset>
      </ActForm>
    </>
  )
}

function reported({ incident }: { readonly incident: string }) {
  return (
    <p>
      {t('incident.sent')} <AppLink to={`/incidents/${incident}`}>{t('incident.open')}</AppLink>
    </p>
  )
}
