/** One chain whole, for the authority of the port: whether it was altered, who had the right, what happened, who read, what is strange. */
import { Badge } from '#web/kit/badge.tsx'
import { Reading } from '#web/kit/states.tsx'
import { AppLink, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { type ChainView, showChain } from '../contract.ts'
import { ChainActs } from './chain-acts.tsx'
import { ChainHistory, ChainLinks, ChainReads } from './chain-tables.tsx'
import { CUSTOMS_TONE } from './ledger-page.tsx'
import { LedgerTabs } from './ledger-tabs.tsx'
import { ReleaseSignals } from './release-signals.tsx'
import { code, t } from './text.ts'

const HASH_SHOWN = 12

export function ChainPage() {
  const query = useCall(showChain, { right: useParam('right') })
  return (
    <Reading query={query} title={t('ledger.title')}>
      {(chain) => <Shown chain={chain} />}
    </Reading>
  )
}

function Shown({ chain }: { readonly chain: ChainView }) {
  return (
    <>
      <h1>{t('chain.title', { container: chain.container })}</h1>
      <LedgerTabs current="/ledger" />
      <Verification chain={chain} />
      <div className="columns">
        <section className="panel">
          <h2>{t('chain.state')}</h2>
          <State chain={chain} />
          <h3>{t('chain.acts')}</h3>
          <ChainActs chain={chain} />
        </section>
        <section className="panel">
          <h2>{t('chain.signals')}</h2>
          <ReleaseSignals signals={chain.signalDetails} />
          {chain.notComputable.length === 0 ? null : (
            <details>
              <summary>{t('chain.notComputable', { n: chain.notComputable.length })}</summary>
              <ul>
                {chain.notComputable.map(({ detector, missing }) => (
                  <li key={detector}>{t('chain.missing', { detector, missing: missing.join(', ') })}</li>
                ))}
              </ul>
            </details>
          )}
        </section>
      </div>
      <section className="panel">
        <ChainLinks chain={chain} />
      </section>
      <section className="panel">
        <ChainHistory chain={chain} />
      </section>
      <section className="panel">
        <ChainReads chain={chain} />
      </section>
    </>
  )
}

function Verification({ chain: { verification: found } }: { readonly chain: ChainView }) {
  return found.intact ? (
    <p>
      <Badge tone="good">{t('chain.intact', { n: found.events, head: found.head.slice(0, HASH_SHOWN) })}</Badge>
    </p>
  ) : (
    <p className="problem" role="alert">
      {t('chain.broken', { event: (found.broken ?? '').slice(0, HASH_SHOWN), because: found.because ?? '' })}
    </p>
  )
}

function State({ chain }: { readonly chain: ChainView }) {
  const { hold } = chain
  const rows: readonly (readonly [string, string | undefined])[] = [
    [t('ledger.stage'), code('stage', chain.stage)],
    [t('rights.voyage'), chain.voyage],
    [t('rights.port'), chain.port],
    [t('ledger.holder'), chain.holder?.name],
    [t('ledger.haulier'), chain.haulier?.name],
  ]
  return (
    <>
      <p>
        <Badge tone={CUSTOMS_TONE[chain.customs] ?? 'neutral'}>{code('customs', chain.customs)}</Badge>{' '}
        <Badge>{t(chain.discharged ? 'ledger.onQuay' : 'ledger.onBoard')}</Badge>
      </p>
      {hold === undefined ? null : (
        <p>
          {hold.until === undefined
            ? t('chain.holdOpen', { since: showInstant(hold.since) })
            : t('chain.hold', { since: showInstant(hold.since), until: showInstant(hold.until) })}{' '}
          {hold.portAction === undefined ? null : <AppLink to={`/port-actions/${hold.portAction}`}>{t('chain.portAction')}</AppLink>}
        </p>
      )}
      {chain.selectedSince === undefined ? null : <p>{t('chain.selected', { when: showInstant(chain.selectedSince) })}</p>}
      <dl className="facts">
        {rows.map(([label, value]) =>
          value === undefined ? null : (
            <div key={label} className="contents">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      <p>
        <AppLink to={`/containers/${encodeURIComponent(chain.container)}/life`}>{t('chain.life')}</AppLink>
      </p>
    </>
  )
}
