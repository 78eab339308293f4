/** The consignment whose outcome is said: what is owed and since when, what stands already, and one button for each outcome. */
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { showDate, showInstant } from '#web/time.ts'
import type { OutcomeRow } from '../contract.ts'
import { outcomeText } from './outcome-text.ts'
import { code, t } from './text.ts'

export interface OutcomeActsProps {
  readonly row: OutcomeRow
  readonly mayRecord: boolean
  readonly onAct: (key: string) => void
}

const BUTTONS = [
  ['n', 'nothing'],
  ['f', 'found'],
  ['s', 'seal-broken'],
  ['c', 'not-checked'],
  ['m', 'not-found-in-time'],
] as const

export function OutcomeActs({ row, mayRecord, onAct }: OutcomeActsProps) {
  const { container, port, day, vessel, taken, recorded } = row
  return (
    <section className="panel why" aria-label={t('outcomes.of', { container })}>
      <h2>{t('outcomes.of', { container })}</h2>
      <p>
        {port}, {showDate(day)}, <Badge>{code('stratum', row.stratum)}</Badge>
      </p>
      <p>
        {[vessel, t('outcomes.takenBy', { name: taken.name, at: showInstant(taken.at) })].filter((part) => part !== undefined).join('; ')}
      </p>
      <p className="muted">
        {showInstant(row.dueAt)}: {row.dueBasis}
      </p>
      {recorded === undefined ? null : (
        <>
          <p>
            <strong>{outcomeText(recorded)}</strong> ({t('outcomes.by', { name: recorded.name, at: showInstant(recorded.at) })})
          </p>
          <p className="muted">{t('outcomes.correct')}</p>
        </>
      )}
      {mayRecord ? (
        <div className="actions">
          {BUTTONS.map(([key, outcome]) => (
            <Button key={key} onPress={() => onAct(key)}>
              {t(`outcome.${outcome}`)} <kbd>{key.toUpperCase()}</kbd>
            </Button>
          ))}
        </div>
      ) : null}
    </section>
  )
}
