/** Taken consignments as rows of which one holds the focus. */
import { Badge } from '#web/kit/badge.tsx'
import { showDate, showInstant } from '#web/time.ts'
import type { OutcomeRow } from '../contract.ts'
import { FocusRows, type RowColumn } from './focus-rows.tsx'
import { outcomeText, type SaidOutcome } from './outcome-text.ts'
import { code, t } from './text.ts'

export interface OutcomeRowsProps {
  readonly rows: readonly OutcomeRow[]
  readonly at: number
  readonly onItsWay: ReadonlyMap<string, SaidOutcome>
  readonly onFocus: (at: number) => void
}

interface Shown extends OutcomeRow {
  readonly sent: SaidOutcome | undefined
}

const COLUMNS: readonly RowColumn<Shown>[] = [
  { id: 'container', header: t('outcomes.col.container'), cell: ({ container }) => <span className="mono">{container}</span> },
  {
    id: 'where',
    header: t('outcomes.col.where'),
    cell: ({ port, day }) => (
      <span className="one-line">
        {port}, {showDate(day)}
      </span>
    ),
  },
  { id: 'stratum', header: t('outcomes.col.stratum'), cell: ({ stratum }) => code('stratum', stratum) },
  {
    id: 'due',
    header: t('outcomes.col.due'),
    cell: ({ dueAt, overdue }) => (
      <>
        {showInstant(dueAt)} {overdue ? <Badge tone="bad">{t('outcomes.isOverdue')}</Badge> : null}
      </>
    ),
  },
  {
    id: 'recorded',
    header: t('outcomes.col.recorded'),
    cell: ({ sent, recorded }) =>
      sent !== undefined ? (
        <>
          {outcomeText(sent)} <span className="muted">({t('outcomes.sending')})</span>
        </>
      ) : recorded === undefined ? null : (
        outcomeText(recorded)
      ),
  },
]

export function OutcomeRows({ rows, at, onItsWay, onFocus }: OutcomeRowsProps) {
  const shown = rows.map((row) => ({ ...row, sent: onItsWay.get(row.arrival) }))
  return <FocusRows label={t('outcomes.grid')} columns={COLUMNS} rows={shown} keyOf={({ arrival }) => arrival} at={at} onFocus={onFocus} />
}
