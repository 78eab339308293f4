/** Signals of the ledger as the node explains them: facts with the event they stand in, what else may be the cause, what the detector cannot know. */
import { Scroll } from '#web/kit/scroll.tsx'
import type { AllianceSignal } from '../contract.ts'
import { t } from './text.ts'

const HASH_SHOWN = 12

export function ReleaseSignals({ signals }: { readonly signals: readonly AllianceSignal[] }) {
  if (signals.length === 0) return <p className="muted">{t('chain.noSignal')}</p>
  return signals.map((signal) => <ReleaseSignal key={signal.signal} signal={signal} />)
}

export function ReleaseSignal({ signal }: { readonly signal: AllianceSignal }) {
  return (
    <article className="signal">
      <h3>{signal.explanation}</h3>
      <Scroll label={t('chain.factsOf', { detector: signal.detector, container: signal.container })}>
        <table>
          <caption>{t('chain.facts')}</caption>
          <tbody>
            {signal.facts.map((fact) => (
              <tr key={`${fact.name} ${String(fact.value)} ${fact.event ?? ''}`}>
                <th scope="row">{fact.name}</th>
                <td>{String(fact.value)}</td>
                <td className="mono">{fact.event === undefined ? '' : t('chain.event', { hash: fact.event.slice(0, HASH_SHOWN) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p>
        <strong>{t('chain.innocent')}:</strong> {signal.innocentAlternatives.join('; ')}
      </p>
      <details>
        <summary>{t('chain.detector', { detector: signal.detector, title: signal.title, version: signal.version })}</summary>
        <p>
          <strong>{t('chain.limits')}:</strong> {signal.knownLimits}
        </p>
        <p>
          <strong>{t('chain.basis')}:</strong> {signal.legalBasis}
        </p>
      </details>
    </article>
  )
}
