/** Arrivals as rows: the strongest reason of each in a word; the whole of it stands beside the row that holds the focus. */
import { Badge, type Tone } from '#web/kit/badge.tsx'
import type { ArrivalRow } from '../contract.ts'
import { FocusRows, type RowColumn } from './focus-rows.tsx'
import { logOdds } from './shown-figures.tsx'
import { t } from './text.ts'
import type { OnItsWay } from './use-decide.ts'

const TONE: Readonly<Record<'take' | 'leave' | 'reroute', Tone>> = { take: 'bad', leave: 'good', reroute: 'info' }

interface Shown extends ArrivalRow {
  readonly standing: OnItsWay | undefined
}

const COLUMNS: readonly RowColumn<Shown>[] = [
  { id: 'container', header: t('queue.col.container'), cell: ({ container }) => <span className="mono">{container}</span> },
  {
    id: 'route',
    header: t('queue.col.route'),
    cell: ({ loading, port, onward }) => [...new Set([loading, port, onward])].filter((place) => place !== undefined).join(' → '),
  },
  { id: 'score', header: t('queue.col.score'), isNumber: true, cell: ({ score }) => (score === undefined ? '–' : logOdds(score)) },
  { id: 'why', header: t('queue.col.why'), cell: strongestOf },
  {
    id: 'stratum',
    header: t('queue.col.stratum'),
    cell: ({ selected }) =>
      selected === undefined ? (
        <span className="muted">{t('queue.notProposed')}</span>
      ) : (
        <Badge tone={selected.stratum === 'mandatory' ? 'warn' : 'neutral'}>{t(`stratum.${selected.stratum}`)}</Badge>
      ),
  },
  {
    id: 'decision',
    header: t('queue.col.decision'),
    cell: ({ standing, selected }) => {
      if (standing === undefined || standing === 'undone') return selected === undefined ? null : t('queue.open')
      return <Badge tone={TONE[standing.decision]}>{t(`decision.${standing.decision}`)}</Badge>
    },
  },
]

export interface QueueRowsProps {
  readonly label: string
  readonly rows: readonly ArrivalRow[]
  readonly at: number
  readonly standingOf: (row: ArrivalRow) => OnItsWay | undefined
  readonly onFocus: (at: number) => void
}

export function QueueRows({ label, rows, at, standingOf, onFocus }: QueueRowsProps) {
  const shown = rows.map((row) => ({ ...row, standing: standingOf(row) }))
  return <FocusRows label={label} columns={COLUMNS} rows={shown} keyOf={({ arrival }) => arrival} at={at} onFocus={onFocus} />
}

function strongestOf({ mandatory, why: { rule, terms, signal } }: ArrivalRow): string {
  const [term] = terms
  return mandatory[0]?.title ?? rule?.title ?? (term === undefined ? undefined : `${term.attribute} ${term.value}`) ?? signal?.title ?? '–'
}
