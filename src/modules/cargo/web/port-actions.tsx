/** Port actions: for the terminal what it is asked to do, for the authority what it asked for. The reason is in no field a partner can read. */
import { actKey, call } from '#web/client.ts'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { ClockChip } from '#web/kit/clock-chip.tsx'
import { Select } from '#web/kit/fields.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { listPortActions, movePortAction, type PortActionView, pr09, showPortAction } from '../contract.ts'
import { Moves } from './moves.tsx'
import { code, t } from './text.ts'

const TONE: Readonly<Record<string, Tone>> = { sent: 'warn', confirmed: 'info', performed: 'good', impossible: 'bad', expired: 'neutral' }
const OPEN = ['yes', 'no', 'all'] as const

export function PortActionList() {
  const address = useAddress()
  const go = useGo()
  const open = OPEN.find((each) => each === address['open']) ?? 'all'
  const query = useCall(listPortActions, { open })
  return (
    <>
      <h1>{t('port.title')}</h1>
      <div className="toolbar">
        <Select
          label={t('port.show')}
          value={open}
          onChange={(value) => go('/port-actions', { open: value })}
          choices={[
            { id: 'all', label: t('port.all') },
            { id: 'yes', label: t('port.open') },
            { id: 'no', label: t('port.done') },
          ]}
        />
      </div>
      <Reading query={query}>
        {({ items, leftOut }) => (
          <>
            {items.length === 0 ? <Empty>{t('port.none')}</Empty> : null}
            {leftOut === 0 ? null : <p role="alert">{t('port.leftOut', { n: leftOut })}</p>}
            {items.map((item) => (
              <section className="panel" key={item.action}>
                <h2>
                  <AppLink to={`/port-actions/${item.action}`}>
                    {code('portKind', item.kind)} {item.container}
                  </AppLink>
                </h2>
                <PortActionBody item={item} />
              </section>
            ))}
          </>
        )}
      </Reading>
    </>
  )
}

export function PortActionPage() {
  const query = useCall(showPortAction, { action: useParam('action') })
  return (
    <Reading query={query}>
      {(item) => (
        <>
          <h1>{t('port.one', { container: item.container })}</h1>
          <section className="panel">
            <PortActionBody item={item} />
          </section>
        </>
      )}
    </Reading>
  )
}

function PortActionBody({ item }: { readonly item: PortActionView }) {
  return (
    <>
      <dl className="facts">
        <dt>{t('port.state')}</dt>
        <dd>
          <Badge tone={TONE[item.state] ?? 'neutral'}>{code('portState', item.state)}</Badge>
        </dd>
        <dt>{t('port.kind')}</dt>
        <dd>{code('portKind', item.kind)}</dd>
        <dt>{t('port.until')}</dt>
        <dd>{showInstant(item.until)}</dd>
        <dt>{t('port.requestedBy')}</dt>
        <dd>
          {item.requestedBy}, {showInstant(item.requestedAt)}
        </dd>
        <dt>{t('port.partner')}</dt>
        <dd>{item.partnerName}</dd>
        <dt>{t('port.basis')}</dt>
        <dd>{item.legalBasisText}</dd>
        <dt>{t('port.contact')}</dt>
        <dd>{item.contact}</dd>
        {item.timeToHold === undefined ? null : (
          <>
            <dt>{t('port.time')}</dt>
            <dd>{t('port.minutes', { n: item.timeToHold.toFixed(1) })}</dd>
          </>
        )}
        {item.alert === undefined ? null : (
          <>
            <dt>{t('port.alert')}</dt>
            <dd>
              <AppLink to={`/alerts/${item.alert}`}>{item.container}</AppLink>
            </dd>
          </>
        )}
      </dl>
      {item.clocks.map((clock) => (
        <ClockChip key={clock.id} clock={clock} />
      ))}
      <Moves
        definition={pr09}
        steps={STEPS}
        open={item.open}
        take={async (transition, fields) =>
          await call(movePortAction, { action: item.action, transition, fields, version: item.version, key: actKey() })
        }
      />
    </>
  )
}

const STEPS = ['confirm', 'perform', 'impossible', 'release'] as const
