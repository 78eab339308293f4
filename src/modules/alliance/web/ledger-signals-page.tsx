/** Signals of the ledger over all ports of the desk, newest first. */
import { Button } from '#web/kit/button.tsx'
import { Select } from '#web/kit/fields.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { t as app } from '#web/text.ts'
import { showInstant } from '#web/time.ts'
import { type AllianceSignal, listAllianceSignals } from '../contract.ts'
import { LedgerTabs } from './ledger-tabs.tsx'
import { ReleaseSignal } from './release-signals.tsx'
import { t } from './text.ts'

const DETECTORS = ['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7', 'L8'] as const

export function LedgerSignalsPage() {
  const { detector } = useAddress()
  const go = useGo()
  const pages = usePages<AllianceSignal, typeof listAllianceSignals>(listAllianceSignals, { detector })
  return (
    <>
      <h1>{t('signals.title')}</h1>
      <LedgerTabs current="/ledger/signals" />
      <div className="toolbar">
        <Select
          label={t('signals.detector')}
          value={detector ?? ''}
          onChange={(value) => go('/ledger/signals', { detector: value }, { replace: true })}
          empty={t('signals.any')}
          choices={DETECTORS.map((id) => ({ id, label: id }))}
        />
      </div>
      <Reading query={pages.query}>
        {() =>
          pages.rows.length === 0 ? (
            <Empty>{t('signals.none')}</Empty>
          ) : (
            pages.rows.map((signal) => (
              <section className="panel" key={signal.signal}>
                <h2>
                  <AppLink to={`/ledger/${signal.right}`}>
                    {signal.detector} {signal.container}
                  </AppLink>
                </h2>
                <p>
                  {signal.voyage}, {signal.port}, {showInstant(signal.raisedAt)}
                </p>
                <ReleaseSignal signal={signal} />
              </section>
            ))
          )
        }
      </Reading>
      {pages.hasMore ? <Button onPress={pages.more}>{app('app.more')}</Button> : null}
    </>
  )
}
