/** Arrivals as rows and how they are shown: three lines of reasons, the strongest of each kind. */
import { sql } from 'kysely'
import type { ShownTerm } from '#kernel/risk/scorecard.ts'
import type { ArrivalRow, DecisionView, OutcomeKind, StratumName } from '../contract.ts'
import type { FiredHere, MandatoryHere } from './assessor.ts'

export interface StoredArrival {
  readonly arrival: string
  readonly container: string
  readonly bill: string | null
  readonly port: string
  readonly day: string
  readonly eta: Date | null
  readonly eta_mark: string
  readonly vessel: string | null
  readonly imo: string | null
  readonly voyage: string | null
  readonly loading: string | null
  readonly onward: string | null
  readonly hs: string | null
  readonly goods: string | null
  readonly shipper: string | null
  readonly consignee: string | null
  readonly weight: number | null
  readonly score: number | null
  readonly second: number | null
  readonly rank: number
  readonly mandatory: readonly MandatoryHere[]
  readonly fired: readonly FiredHere[]
  readonly terms: StoredScore | null
  readonly signals: readonly { readonly signal: string; readonly detector: string; readonly title: string; readonly explanation: string }[]
  readonly selection: string | null
  readonly stratum: StratumName | null
  readonly pi: number | null
  readonly decision: DecisionView['decision'] | null
  readonly decided: DecisionView | null
  readonly outcome: OutcomeKind | null
}

/** The score with its parts, in millionths of log-odds. */
export interface StoredScore {
  readonly score: number
  readonly base: number
  readonly terms: readonly ShownTerm[]
  readonly others: { readonly count: number; readonly logOdds: number }
  readonly version?: string
}

const LINES = 3

export const arrivalColumns = sql`a.arrival::text as arrival, a.container, a.bill, a.port, a.day::text as day, a.eta, coalesce(a.eta, 'infinity')::text as eta_mark, a.vessel, a.imo, a.voyage, a.loading, a.onward,
  a.hs, a.goods, a.shipper, a.consignee, a.weight, a.score, a.second, a.rank, a.mandatory, a.fired, a.terms, a.signals, a.selection::text as selection, a.stratum, a.pi, a.decision, a.decided, a.outcome`

export function arrivalView(row: StoredArrival): ArrivalRow {
  const [rule] = row.fired
  const [signal] = row.signals
  return {
    arrival: row.arrival,
    container: row.container,
    port: row.port,
    day: row.day,
    ...present({
      bill: row.bill,
      eta: row.eta?.toISOString(),
      vessel: row.vessel,
      imo: row.imo,
      voyage: row.voyage,
      loading: row.loading,
      onward: row.onward,
      hs: row.hs,
      goods: row.goods,
      shipper: row.shipper,
      consignee: row.consignee,
      weight: row.weight,
      score: row.score,
      second: row.second,
      outcome: row.outcome,
    }),
    mandatory: [...row.mandatory],
    why: {
      ...(rule === undefined ? {} : { rule }),
      terms: (row.terms?.terms ?? []).filter(({ kind, logOdds }) => kind === 'learned' && logOdds > 0).slice(0, LINES),
      ...(signal === undefined ? {} : { signal }),
    },
    rules: row.fired.length,
    signals: row.signals.length,
    ...(row.selection === null || row.stratum === null
      ? {}
      : { selected: { selection: row.selection, stratum: row.stratum, ...(row.pi === null ? {} : { probability: row.pi }) } }),
    ...(row.decided === null ? {} : { decision: row.decided }),
  }
}

type Present<T> = { [Key in keyof T]?: NonNullable<T[Key]> }

/** Members that have a value. */
export function present<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined)) as Present<T>
}
