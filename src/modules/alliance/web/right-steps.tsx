/** What the holder of a link may do: one button for each open step, its form in a dialog. */
import { type ReactNode, useState } from 'react'
import { call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { AppLink } from '#web/navigate.tsx'
import { fromLocalField, toLocalField } from '#web/time.ts'
import {
  type LinkView,
  listRights,
  orderTransport,
  preNotify,
  releaseRight,
  reportMove,
  revokeByLine,
  showRight,
  transferRight,
} from '../contract.ts'
import { ActForm } from './act-form.tsx'
import { PartyField } from './party-field.tsx'
import type { RightName } from './right-name-fields.tsx'
import { rightSearch } from './rights-page.tsx'
import { code, t } from './text.ts'

type LinkStep = LinkView['open'][number]
interface StepProps {
  readonly name: RightName
  readonly onDone: () => void
}
const STALE = [showRight.id, listRights.id]

export function RightSteps({ link }: { readonly link: LinkView }) {
  const [asking, setAsking] = useState<LinkStep>()
  const { container, voyage, port } = link
  const name = { container, voyage, port }
  const close = (): void => setAsking(undefined)
  return (
    <div className="actions">
      {link.open.map((step, index) =>
        step === 'match-gate' ? (
          <AppLink key={step} to="/gate" search={rightSearch(name)} className="button">
            {code('step', step)}
          </AppLink>
        ) : (
          <Button key={step} kind={step === 'revoke' ? 'danger' : index === 0 ? 'primary' : 'plain'} onPress={() => setAsking(step)}>
            {code('step', step)}
          </Button>
        ),
      )}
      {asking === undefined ? null : (
        <Dialog title={code('step', asking)} isOpen onClose={close}>
          <StepForm step={asking} name={name} onDone={close} />
        </Dialog>
      )}
    </div>
  )
}

function StepForm({ step, ...of }: StepProps & { readonly step: LinkStep }): ReactNode {
  if (step === 'transfer') return <Transfer {...of} />
  if (step === 'order') return <Order {...of} />
  if (step === 'pre-notify') return <PreNotify {...of} />
  if (step === 'release') return <Release {...of} />
  if (step === 'revoke') return <Revoke {...of} />
  return <GateOut {...of} />
}

function Transfer({ name, onDone }: StepProps) {
  const [to, setTo] = useState('')
  return (
    <ActForm
      label={t('step.transfer')}
      content={to === '' ? undefined : { ...name, to }}
      send={async (content) => await call(transferRight, content)}
      stale={STALE}
      onDone={onDone}
    >
      <p>{t('step.transferWarn')}</p>
      <PartyField kind="forwarder" value={to} onChange={setTo} />
    </ActForm>
  )
}

function Release({ name, onDone }: StepProps) {
  const [to, setTo] = useState('')
  return (
    <ActForm
      label={t('step.release')}
      content={to === '' ? undefined : { ...name, to }}
      send={async (content) => await call(releaseRight, content)}
      stale={STALE}
      onDone={onDone}
    >
      <PartyField kind="forwarder" value={to} onChange={setTo} />
    </ActForm>
  )
}

function Order({ name, onDone }: StepProps) {
  const [haulier, setHaulier] = useState('')
  return (
    <ActForm
      label={t('step.order')}
      content={haulier === '' ? undefined : { ...name, haulier }}
      send={async (content) => await call(orderTransport, content)}
      stale={STALE}
      onDone={onDone}
    >
      <PartyField kind="haulier" value={haulier} onChange={setHaulier} />
    </ActForm>
  )
}

function PreNotify({ name, onDone }: StepProps) {
  const [vehicle, setVehicle] = useState('')
  const [driver, setDriver] = useState('')
  const [planned, setPlanned] = useState('')
  const plannedAt = fromLocalField(planned)
  const isReady = vehicle.trim().length > 1 && driver.trim().length > 1
  return (
    <ActForm
      label={t('step.pre-notify')}
      content={isReady && plannedAt !== undefined ? { ...name, vehicle: vehicle.trim(), driver: driver.trim(), plannedAt } : undefined}
      send={async (content) => await call(preNotify, content)}
      stale={STALE}
      onDone={onDone}
    >
      <p>{t('notify.hashed')}</p>
      <TextField label={t('notify.vehicle')} value={vehicle} onChange={setVehicle} isRequired maxLength={20} autoComplete="off" />
      <TextField label={t('notify.driver')} value={driver} onChange={setDriver} isRequired maxLength={40} autoComplete="off" />
      <TextField label={t('notify.planned')} type="datetime-local" value={planned} onChange={setPlanned} isRequired />
    </ActForm>
  )
}

function Revoke({ name, onDone }: StepProps) {
  return (
    <ActForm
      label={t('step.revoke')}
      content={name}
      send={async (content) => await call(revokeByLine, content)}
      stale={STALE}
      onDone={onDone}
      isDangerous
    >
      <p>{t('step.sureRevoke')}</p>
    </ActForm>
  )
}

function GateOut({ name, onDone }: StepProps) {
  const [when, setWhen] = useState(() => toLocalField(new Date().toISOString()))
  const at = fromLocalField(when)
  return (
    <ActForm
      label={t('step.gate-out')}
      content={at === undefined ? undefined : { ...name, move: 'gated-out' as const, at }}
      send={async (content) => await call(reportMove, content)}
      stale={STALE}
      onDone={onDone}
    >
      <TextField label={t('move.at')} type="datetime-local" value={when} onChange={setWhen} isRequired />
    </ActForm>
  )
}
