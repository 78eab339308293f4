/** A document contradicts the itinerary of this alert: what it states, with the place in it, and what a person can do about it. Nothing happens by itself. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { actKey, call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
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

function useDecision(decide: () => Promise<unknown>, onClose: () => void) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: decide,
    onSuccess: async () => {
      await cache.invalidateQueries()
      onClose()
    },
  })
}

function ConfirmDialog({ item, onClose }: DialogProps) {
  const { alert, reroute } = item
  const [legs, setLegs] = useState(() => item.legs.map((leg) => newLeg(leg.role, leg.place, leg.eta ?? '')))
  const [key] = useState(actKey)
  const confirm = useDecision(async () => {
    const changed = legs.map(({ role, place, eta }) => ({ role, place, ...(eta === '' ? {} : { eta }) }))
    await call(confirmReroute, { alert, reroute, legs: changed, key })
  }, onClose)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    confirm.mutate()
  }
  return (
    <Dialog title={t('reroute.confirm')} isOpen onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <p>{said(item)}</p>
        <LegsField legs={legs} onChange={(next) => setLegs([...next])} problem={() => undefined} />
        <Problem error={confirm.error} />
        <Button kind="primary" type="submit" isDisabled={confirm.isPending}>
          {t('reroute.confirm')}
        </Button>
      </form>
    </Dialog>
  )
}

function DismissDialog({ item: { alert, reroute }, onClose }: DialogProps) {
  const [reason, setReason] = useState('')
  const dismiss = useDecision(async () => await call(dismissReroute, { alert, reroute, reason }), onClose)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    dismiss.mutate()
  }
  return (
    <Dialog title={t('reroute.dismiss')} isOpen onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <TextField label={t('reroute.reason')} value={reason} onChange={setReason} isRequired maxLength={300} />
        <Problem error={dismiss.error} />
        <Button kind="primary" type="submit" isDisabled={reason.length < LEAST_REASON || dismiss.isPending}>
          {t('reroute.dismiss')}
        </Button>
      </form>
    </Dialog>
  )
}

function TellDialog({ item: { alert, reroute }, onClose }: DialogProps) {
  const tell = useDecision(async () => await call(tellReroute, { alert, reroute }), onClose)
  return (
    <Dialog title={t('reroute.tell')} isOpen onClose={onClose}>
      <p>{t('reroute.tellSure')}</p>
      <Problem error={tell.error} />
      <Button kind="primary" isDisabled={tell.isPending} onPress={() => tell.mutate()}>
        {t('reroute.tell')}
      </Button>
    </Dialog>
  )
}
