/** The line releases a container to one party. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { listRights, releaseRight } from '../contract.ts'
import { ActForm } from './act-form.tsx'
import { PartyField } from './party-field.tsx'
import { PortalTabs } from './portal-tabs.tsx'
import { NO_RIGHT, namedRight, RightNameFields } from './right-name-fields.tsx'
import { t } from './text.ts'

export function ReleasePage() {
  const [name, setName] = useState(NO_RIGHT)
  const [to, setTo] = useState('')
  const right = namedRight(name)
  return (
    <>
      <h1>{t('release.title')}</h1>
      <PortalTabs current="/release-rights/new" />
      <p className="muted">{t('step.transferWarn')}</p>
      <ActForm
        label={t('release.do')}
        content={right === undefined || to === '' ? undefined : { ...right, to }}
        send={async (content) => await call(releaseRight, content)}
        stale={[listRights.id]}
        said={released}
      >
        <fieldset className="fieldset">
          <legend>{t('rights.container')}</legend>
          <RightNameFields name={name} onChange={setName} />
        </fieldset>
        <fieldset className="fieldset">
          <legend>{t('party.choose')}</legend>
          <PartyField kind="forwarder" value={to} onChange={setTo} />
        </fieldset>
      </ActForm>
    </>
  )
}

function released() {
  return <p>{t('release.done')}</p>
}
