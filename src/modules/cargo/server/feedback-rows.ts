/**
 * What became of alerts, one row for each desk that received one, and the figures over such rows. The rows come from the cases of the viewer's own side: a sender counts
 * what it sent, a receiver what it got, and nobody what passed between others.
 */
import { sql } from 'kysely'
import { wilsonInterval } from '#kernel/stats/wilson.ts'
import type { Tx } from '#platform/store/database.ts'
import type { FeedbackFigures } from '../contract/feedback.ts'
import { type ReasonCode, reasonCodes } from '../contract.ts'
import { CASE_OF_ALERT } from './alert-case.ts'

export interface Feedback {
  readonly alert: string
  readonly sender: string
  readonly receiver: string
  readonly reasons: readonly string[]
  readonly state: string
  readonly acked: boolean
  /** The clock of the acknowledgement rang before it. */
  readonly escalated: boolean
  readonly outcome: string | null
}

export interface FeedbackSpan {
  readonly authority: string
  readonly from: Date
  readonly until: Date
  /** Only what this desk sent: for work in the background, which sees every desk's rows. */
  readonly sender?: string
}

/** Rows of a page. */
const PAGE = 2000

/** Every row of the span, page by page. */
export async function* feedbackRows(tx: Tx, { authority, from, until, sender }: FeedbackSpan): AsyncGenerator<Feedback> {
  let after: readonly [string, string] = ['', '']
  for (;;) {
    const { rows } = await sql<Feedback>`
      select a.alert, a.originator_desk as sender, c.party as receiver, coalesce(o.reasons, a.reasons) as reasons, c.state,
        coalesce(m.acked, false) as acked, coalesce(m.escalated, false) as escalated, m.outcome
      from cargo.alerts a
      join procedures.cases c on ${CASE_OF_ALERT}
      left join lateral (select bool_or(transition = 'ack') as acked, bool_or(transition = 'escalate') as escalated,
          (array_agg(fields ->> 'outcome' order by seq desc) filter (where transition = 'recordOutcome'))[1] as outcome
        from procedures.moves where authority = c.authority and case_id = c.case_id) m on true
      left join cargo.outcomes o on o.authority = a.authority and o.alert = a.alert and o.desk = c.party
      where a.authority = ${authority} and a.issued_at >= ${from} and a.issued_at < ${until}
        and (${sender ?? null}::text is null or (a.side = 'issued' and a.originator_desk = ${sender ?? ''}))
        and (a.alert, c.party) > (${after[0]}, ${after[1]})
      order by a.alert, c.party limit ${PAGE}`.execute(tx)
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = [last.alert, last.receiver]
  }
}

const WITHDRAWN = new Set(['superseded', 'recalled'])

interface Counts {
  sent: number
  withdrawn: number
  inTime: number
  checked: number
  found: number
  notChecked: number
}

/** Counts rows as they come; nothing of a row is kept but its share in a count. */
export class FeedbackTally {
  readonly #total = newCounts()
  readonly #pairs = new Map<string, { readonly sender: string; readonly receiver: string; readonly counts: Counts }>()
  readonly #indicators = new Map<
    string,
    { readonly sender: string; readonly receiver: string; readonly reason: ReasonCode; readonly counts: Counts }
  >()

  add(row: Feedback): void {
    const { sender, receiver } = row
    const pair = held(this.#pairs, `${sender}\n${receiver}`, () => ({ sender, receiver, counts: newCounts() }))
    count(this.#total, row)
    count(pair.counts, row)
    // An alert with several indicators counts for each of them, once.
    for (const reason of new Set(row.reasons))
      if (isReason(reason))
        count(
          held(this.#indicators, `${sender}\n${receiver}\n${reason}`, () => ({ sender, receiver, reason, counts: newCounts() })).counts,
          row,
        )
  }

  get total(): FeedbackFigures {
    return figuresOf(this.#total)
  }

  get pairs(): readonly ({ readonly sender: string; readonly receiver: string } & FeedbackFigures)[] {
    return inOrder(this.#pairs).map(({ counts, ...names }) => ({ ...names, ...figuresOf(counts) }))
  }

  get indicators(): readonly ({ readonly sender: string; readonly receiver: string; readonly reason: ReasonCode } & FeedbackFigures)[] {
    return inOrder(this.#indicators).map(({ counts, ...names }) => ({ ...names, ...figuresOf(counts) }))
  }
}

function newCounts(): Counts {
  return { sent: 0, withdrawn: 0, inTime: 0, checked: 0, found: 0, notChecked: 0 }
}

function count(counts: Counts, { state, acked, escalated, outcome }: Feedback): void {
  counts.sent++
  if (acked && !escalated) counts.inTime++
  if (outcome === 'positive' || outcome === 'negative') counts.checked++
  if (outcome === 'positive') counts.found++
  if (outcome === 'notControlled') counts.notChecked++
  if (outcome === null && WITHDRAWN.has(state)) counts.withdrawn++
}

function figuresOf(counts: Counts): FeedbackFigures {
  const { checked, found } = counts
  return checked === 0 ? { ...counts } : { ...counts, rate: { share: found / checked, ...wilsonInterval(found, checked) } }
}

function isReason(reason: string): reason is ReasonCode {
  return Object.hasOwn(reasonCodes, reason)
}

function held<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

function inOrder<T>(map: ReadonlyMap<string, T>): readonly T[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, value]) => value)
}
