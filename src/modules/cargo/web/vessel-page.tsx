/** One vessel: its stowage plans, and the one that the address names, or else the newest, as a picture and a table with one choice between them. */
import { Select } from '#web/kit/fields.tsx'
import { Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { type PlanRow, showStowage, showVessel, type VesselView } from '../contract/vessel.ts'
import { StowagePanel } from './stowage-panel.tsx'
import { vesselAddress } from './vessel-address.ts'
import { t } from './vessel-text.ts'

const nameOf = (plan: Pick<PlanRow, 'document' | 'message'>): string => `${plan.document}-${plan.message}`

export function VesselPage() {
  const query = useCall(showVessel, { vessel: useParam('vessel') })
  return (
    <Reading query={query} title={t('vessels.title')}>
      {(vessel) => <Shown vessel={vessel} />}
    </Reading>
  )
}

function Shown({ vessel }: { readonly vessel: VesselView }) {
  const { plan: asked } = useAddress()
  const go = useGo()
  const plan = vessel.plans.find((each) => nameOf(each) === asked) ?? vessel.plans[0]
  return (
    <>
      <h1>{t('vessel.title', { name: vessel.name ?? vessel.imo ?? t('vessels.unnamed') })}</h1>
      {vessel.imo === undefined ? null : <p>{t('vessel.imo', { imo: vessel.imo })}</p>}
      {plan === undefined ? null : (
        <>
          <div className="toolbar">
            <Select
              label={t('vessel.plan')}
              value={nameOf(plan)}
              onChange={(value) => go(vesselAddress(vessel.vessel), { plan: value })}
              choices={vessel.plans.map((each) => ({ id: nameOf(each), label: labelOf(each) }))}
            />
            <span>
              {plan.from === undefined && plan.next === undefined
                ? null
                : t('vessel.route', { from: plan.from ?? '?', next: plan.next ?? '?' })}{' '}
              {t('vessel.document')} <AppLink to={`/documents/${plan.document}`}>{plan.documentName}</AppLink>
            </span>
          </div>
          {vessel.leftOut === 0 ? null : <p className="muted">{t('vessel.leftOut', { n: vessel.leftOut })}</p>}
          <Plan key={nameOf(plan)} document={plan.document} message={plan.message} />
        </>
      )}
    </>
  )
}

function labelOf({ voyage, type, receivedAt }: PlanRow): string {
  return t('vessel.planOf', { voyage: voyage ?? t('vessel.noVoyage'), type, when: showInstant(receivedAt) })
}

function Plan({ document, message }: { readonly document: string; readonly message: number }) {
  const query = useCall(showStowage, { document, message })
  return <Reading query={query}>{(answer) => <StowagePanel answer={answer} />}</Reading>
}
