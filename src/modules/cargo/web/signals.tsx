/** Signals as the node explains them: facts with their sources, what else may be the cause, what could not be computed. */
import type { SignalView } from '../contract.ts'
import { SourceLink } from './source-link.tsx'
import { t } from './text.ts'

export interface SignalsProps {
  readonly signals: readonly SignalView[]
  readonly notComputable: readonly { readonly detector: string; readonly title: string; readonly missing: readonly string[] }[]
}

export function Signals({ signals, notComputable }: SignalsProps) {
  return (
    <>
      {signals.length === 0 ? <p className="muted">{t('signal.none')}</p> : null}
      {signals.map((signal) => (
        <article className="signal" key={signal.id}>
          <h3>{signal.explanation}</h3>
          <table>
            <caption>{t('signal.facts')}</caption>
            <tbody>
              {signal.facts.map((fact) => (
                <tr key={`${fact.name} ${String(fact.value)} ${fact.at?.start ?? ''}`}>
                  <th scope="row">{fact.name}</th>
                  <td>{String(fact.value)}</td>
                  <td>{fact.at === undefined ? null : <SourceLink at={fact.at} label={fact.name} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p>
            <strong>{t('signal.innocent')}:</strong> {signal.innocentAlternatives.join('; ')}
          </p>
          <details>
            <summary>{t('signal.version', { title: signal.detector.title, version: signal.detector.version })}</summary>
            <p>
              <strong>{t('signal.limits')}:</strong> {signal.knownLimits}
            </p>
            <p>
              <strong>{t('signal.basis')}:</strong> {signal.legalBasis}
            </p>
          </details>
        </article>
      ))}
      {notComputable.length === 0 ? null : (
        <details>
          <summary>
            {t('signal.notComputable')} ({notComputable.length})
          </summary>
          <ul>
            {notComputable.map((each) => (
              <li key={each.detector}>{t('signal.missing', { title: each.title, missing: each.missing.join(', ') })}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
