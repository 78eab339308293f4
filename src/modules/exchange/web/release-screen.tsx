/** Before anything leaves: exactly who will see what, what binds them, and what the gate says. */
import { Badge } from '#web/kit/badge.tsx'
import { handlingText } from '#web/kit/handling-fields.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import type { ReleaseScreen as Screen } from '../contract.ts'
import { t } from './text.ts'

export function ReleaseScreen({ screen }: { readonly screen: Screen | undefined }) {
  return (
    <section className="panel">
      <h2>{t('screen.title')}</h2>
      {screen === undefined ? (
        <p className="muted">{t('screen.incomplete')}</p>
      ) : (
        <>
          <p>
            {t('screen.exactly', { n: screen.recipients.length })} {t('screen.handling', { handling: handlingText(screen.handling) })}
          </p>
          {screen.problems.map((problem) => (
            <p key={`${problem.at} ${problem.code} ${problem.message}`}>
              <Badge tone="bad">{problem.at}</Badge> {problem.message}
            </p>
          ))}
          <Scroll label={t('screen.title')}>
            <table>
              <thead>
                <tr>
                  {(['desk', 'sees', 'withheld', 'gate', 'binds'] as const).map((head) => (
                    <th key={head} scope="col">
                      {t(`screen.${head}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {screen.recipients.map((recipient) => (
                  <tr key={recipient.desk}>
                    <th scope="row">
                      {recipient.name}
                      <div className="muted">
                        {recipient.authority}, {recipient.country}
                      </div>
                    </th>
                    <td>
                      <Parts names={recipient.sees} />
                    </td>
                    <td>
                      <Parts names={recipient.withheld} />
                    </td>
                    <td>
                      <Badge tone={recipient.gate.decision === 'pass' ? 'good' : 'bad'}>{t(`gate.${recipient.gate.decision}`)}</Badge>{' '}
                      {recipient.gate.because} <span className="muted">{recipient.gate.basis}</span>
                    </td>
                    <td>{recipient.obligations.join(' ')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          {screen.subscribed.length === 0 ? null : <p>{t('screen.subscribed', { desks: screen.subscribed.join(', ') })}</p>}
          {screen.fourEyes.map((reason) => (
            <p key={reason}>
              <Badge tone="warn">{t('screen.fourEyes')}</Badge> {reason}
            </p>
          ))}
        </>
      )}
    </section>
  )
}

function Parts({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return <span className="muted">{t('screen.nothing')}</span>
  return (
    <ul className="plain">
      {names.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  )
}
