/** The terminal asks at the gate and gets yes or no. The answer is large, and said in words. */
import { useState } from 'react'
import type { z } from 'zod'
import { call } from '#web/client.ts'
import { TextField } from '#web/kit/fields.tsx'
import { useAddress } from '#web/navigate.tsx'
import { listRights, matchGate, showRight } from '../contract.ts'
import { ActForm } from './act-form.tsx'
import { PortalTabs } from './portal-tabs.tsx'
import { namedRight, RightNameFields } from './right-name-fields.tsx'
import { t } from './text.ts'

export function GatePage() {
  const { container = '', voyage = '', port = '' } = useAddress()
  const [name, setName] = useState({ container, voyage, port })
  const [vehicle, setVehicle] = useState('')
  const [driver, setDriver] = useState('')
  const right = namedRight(name)
  const isReady = vehicle.trim().length > 1 && driver.trim().length > 1
  return (
    <>
      <h1>{t('gate.title')}</h1>
      <PortalTabs current="/gate" />
      <p className="muted">{t('gate.intro')}</p>
      <ActForm
        label={t('gate.ask')}
        content={right !== undefined && isReady ? { ...right, vehicle: vehicle.trim(), driver: driver.trim() } : undefined}
        send={async (content) => await call(matchGate, content)}
        stale={[listRights.id, showRight.id]}
        said={answered}
      >
        <fieldset className="fieldset">
          <legend>{t('rights.container')}</legend>
          <RightNameFields name={name} onChange={setName} />
        </fieldset>
        <fieldset className="fieldset">
          <legend>{t('step.match-gate')}</legend>
          <TextField label={t('notify.vehicle')} value={vehicle} onChange={setVehicle} isRequired maxLength={20} autoComplete="off" />
          <TextField label={t('notify.driver')} value={driver} onChange={setDriver} isRequired maxLength={40} autoComplete="off" />
        </fieldset>
      </ActForm>
    </>
  )
}

function answered({ yes, holder }: z.output<(typeof matchGate)['ok']>, { container }: { readonly container: string }) {
  return (
    <div className="panel">
      <h2>{t(yes ? 'gate.yes' : 'gate.no', { container })}</h2>
      {holder === undefined ? null : <p>{t('gate.for', { name: holder.name })}</p>}
    </div>
  )
}
