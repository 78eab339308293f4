/** A document contradicts the itinerary of this alert: what it states, with the place in it, and what a person can do about it. Nothing happens by itself. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Button } from '#web/kit/button.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { confirmReroute, dismissReroute, listReroutes, type RerouteRow, tellReroute } from '../contract/reroutes.ts'
import { code, t } from './alert-text.ts'
import { newLeg } from './draft.ts'
import { LegsField } from './legs-field.tsx'
import { SourceLink } from './source-link.tsx'

const LEAST_REASON = 3

export function AlertReroutes({ alert }: { readonly alert: string }) {
  const items = useCall(listReroutes, { alert }).data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="panel" aria-label={t('reroute.title')}>
      <h2>{t('reroute.title')}</h2>
      {items.map((item) =>
        item.state === 'open' ? (
          <OpenReroute key={item.reroute} item={item} />
        ) : (
          <p key={item.reroute}>
            {t('reroute.before', {
              what: said(item),
              state: code('reroute.state', item.state),
              when: showInstant(item.decidedAt ?? item.noticedAt),
            })}
          </p>
        ),
      )}
    </section>
  )
}

function said({ rule, messageType: message, comes = '', leaves = '' }: RerouteRow): string {
  return t(`reroute.${rule}`, { message, comes, leaves })
}

function OpenReroute({ item }: { readonly item: RerouteRow }) {
  const [asking, setAsking] = useState<'confirm' | 'dismiss' | 'tell'>()
  const close = () => setAsking(undefined)
  return (
    <div>
      <p role="status">{said(item)}</p>
      {item.toldBy === undefined ? null : <p>{t('reroute.toldBy', { desk: item.toldBy })}</p>}
      <ul>
        {item.facts.map((fact) => (
          <li key={`${fact.name} ${fact.at.start}`}>
            {fact.name}: {fact.value} <SourceLink at={fact.at} label={fact.name} />
          </li>
        ))}
      </ul>
      <p>{t(`reroute.eta.${item.etaBasis}`)}</p>
      <div className="actions">
        {item.side === 'issued' ? (
          <Button kind="primary" onPress={() => setAsking('confirm')}>
            {t('reroute.confirm')}
          </Button>
        ) : (
          <Button kind="primary" onPress={() => setAsking('tell')}>
            {t('reroute.tell')}
          </Button>
        )}
        <Button onPress={() => setAsking('dismiss')}>{t('reroute.dismiss')}</Button>
      </div>
      {asking === 'confirm' ? <ConfirmDialog item={item} onClose={close} /> : null}
      {asking === 'dismiss' ? <DismissDialog item={item} onClose={close} /> : null}
      {asking === 'tell' ? <TellDialog item={item} onClose={close} /> : null}
    </div>
  )
}

interface DialogProps {
  readonly item: RerouteRow
  readonly onClose: () => void
}

function ConfirmDialog({ item, onClose }: DialogProps) {
  const { alert, reroute } = item
  const [legs, setLegs] = useState(() => item.legs.map((leg) => newLeg(leg.role, leg.place, leg.eta ?? '')))
  const changed = legs.map(({ role, place, eta }) => ({ role, place, ...(eta === '' ? {} : { eta }) }))
  return (
    <ActDialog
      title={t('reroute.confirm')}
      isReady
      act={async (key) => await call(confirmReroute, { alert, reroute, legs: changed, key })}
      onClose={onClose}
    >
      <p>{said(item)}</p>
      <LegsField legs={legs} onChange={(next) => setLegs([...next])} problem={() => undefined} />
    </ActDialog>
  )
}

function DismissDialog({ item: { alert, reroute }, onClose }: DialogProps) {
  const [reason, setReason] = useState('')
  return (
    <ActDialog
      title={t('reroute.dismiss')}
      isReady={reason.length >= LEAST_REASON}
      act={async () => await call(dismissReroute, { alert, reroute, reason })}
      onClose={onClose}
    >
      <TextField label={t('reroute.reason')} value={reason} onChange={setReason} isRequired maxLength={300} />
    </ActDialog>
  )
}

function TellDialog({ item: { alert, reroute }, onClose }: DialogProps) {
  return (
    <ActDialog title={t('reroute.tell')} isReady act={async () => await call(tellReroute, { alert, reroute })} onClose={onClose}>
      <p>{t('reroute.tellSure')}</p>
    </ActDialog>
  )
}
