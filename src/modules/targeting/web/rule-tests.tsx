/** Test cases of a rule: what each must do, and what it does. */
import { Badge } from '#web/kit/badge.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { AppLink } from '#web/navigate.tsx'
import type { RuleVersion } from '../contract.ts'
import { t } from './text.ts'

type Result = RuleVersion['tests'][number]
/** A case that was not tried yet has neither a finding nor, perhaps, a container. */
export type ShownTest = Pick<Result, 'arrival' | 'expected' | 'note'> & Partial<Pick<Result, 'container' | 'found' | 'passed'>>
const HEADS = ['container', 'expected', 'found', 'passed', 'note'] as const

export interface RuleTestsProps {
  readonly label: string
  readonly results: readonly ShownTest[]
  readonly onRemove?: (arrival: string) => void
}

export function RuleTests({ label, results, onRemove }: RuleTestsProps) {
  return (
    <>
      <h3>{label}</h3>
      {results.length === 0 ? (
        <p>{t('rule.noTests')}</p>
      ) : (
        <Scroll label={label}>
          <table>
            <caption className="unseen">{label}</caption>
            <thead>
              <tr>
                {HEADS.map((head) => (
                  <th key={head} scope="col">
                    {t(`rule.testCol.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {results.map((test) => (
                <tr key={test.arrival}>
                  <th scope="row" className="mono">
                    <AppLink to={`/targeting/arrivals/${test.arrival}`}>{test.container ?? test.arrival}</AppLink>
                  </th>
                  <td>{t(`test.${test.expected}`)}</td>
                  <td>{test.found === undefined ? t('rule.notTried') : t(`testFound.${test.found}`)}</td>
                  <td>
                    {test.passed === undefined ? null : (
                      <Badge tone={test.passed ? 'good' : 'bad'}>{t(test.passed ? 'rule.passed' : 'rule.failed')}</Badge>
                    )}
                  </td>
                  <td>
                    {test.note}{' '}
                    {onRemove === undefined ? null : (
                      <button
                        type="button"
                        className="linklike"
                        aria-label={t('rule.remove', { what: test.container ?? test.arrival })}
                        onClick={() => onRemove(test.arrival)}
                      >
                        {t('rule.removeShort')}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  )
}
