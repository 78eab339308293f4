/** Signals as the node explains them: facts with their sources, what else may be the cause, what could not be computed. */
import { AppLink } from '#web/navigate.tsx'
import { showInstant } from '#web/time.ts'
import type { SignalView, WithdrawnSignal } from '../contract.ts'
import { SourceLink } from './source-link.tsx'
import { code, t } from './text.ts'

export interface SignalsProps {
  readonly signals: readonly SignalView[]
  readonly notComputable: readonly { readonly detector: string; readonly title: string; readonly missing: readonly string[] }[]
  readonly withdrawn?: readonly WithdrawnSignal[]
}

export function Signals({ signals, notComputable, withdrawn = [] }: SignalsProps) {
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
      {withdrawn.length === 0 ? null : (
        <details>
          <summary>
            {t('signal.withdrawn')} ({withdrawn.length})
          </summary>
          <ul>
            {withdrawn.map((each) => (
              <li key={`${each.id} ${each.withdrawnAt}`}>
                {each.explanation} {t('signal.from', { from: showInstant(each.raisedAt), to: showInstant(each.withdrawnAt) })}{' '}
                {code('withdrawal', each.reason)}{' '}
                {each.document === undefined ? null : <AppLink to={`/documents/${each.document}`}>{t('signal.occasion')}</AppLink>}
              </li>
            ))}
          </ul>
        </details>
      )}
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
