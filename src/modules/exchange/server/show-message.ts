/** Messages of the own desk and what is evidenced of them: rows of `link.messages` and `link.evidence` under row-level security. */
import { type RawBuilder, sql } from 'kysely'
import { notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import type { EvidenceKind } from '#platform/link/evidence.ts'
import { termsOf } from '#platform/link/timeouts.ts'
import { listMessages, type MessageRow, type MessageView, showMessage, type standings } from '../contract.ts'

interface Row {
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly from_unit: string
  readonly to_units: string[]
  readonly kind: string
  readonly type: string
  readonly urgency: string
  readonly context: string
  readonly created_at: Date
  readonly state: string
  readonly digest: string | null
  readonly delivered: number
  readonly opened: number
  readonly failed: number
}

/** A later positive overrules a negative of its kind; what nothing overruled has failed. */
const MESSAGES = sql`select m.id, m.direction, m.from_unit, m.to_units, m.kind, m.type, m.urgency, m.context, m.created_at, m.state, m.digest, e.delivered, e.opened, e.failed
  from link.messages m cross join lateral (
    select count(*) filter (where e.kind = 'delivery' and e.positive)::int as delivered, count(*) filter (where e.kind = 'retrieval' and e.positive)::int as opened,
      count(*) filter (where not e.positive and not exists (select from link.evidence p where p.org = e.org and p.id = e.id and p.unit = e.unit and p.kind = e.kind and p.positive))::int as failed
    from link.evidence e where e.org = m.org and e.id = m.id) e`

const STANDING: Readonly<Record<(typeof standings)[number], RawBuilder<boolean>>> = {
  waiting: sql<boolean>`m.direction = 'out' and m.state in ('waiting', 'sent') and e.delivered < cardinality(m.to_units)`,
  failed: sql<boolean>`m.direction = 'out' and (e.failed > 0 or m.state not in ('waiting', 'sent'))`,
  delivered: sql<boolean>`m.direction = 'out' and e.delivered >= cardinality(m.to_units)`,
}

export const listMessagesRoute = handle(listMessages, async (input, context) => {
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'exchange.cursor' })
  const { rows } = await sql<Row>`${MESSAGES} where m.org = ${context.facts.authority}
      and (${input.direction ?? null}::text is null or m.direction = ${input.direction ?? null}) and (${input.context ?? null}::text is null or m.context = ${input.context ?? null})
      and ${input.standing === undefined ? sql`true` : STANDING[input.standing]}
      and (${mark?.[0] ?? null}::timestamptz is null or (m.created_at, m.id) < (${mark?.[0] ?? null}::timestamptz, ${mark?.[1] ?? ''}))
    order by m.created_at desc, m.id desc limit ${input.limit + 1}`.execute(context.tx)
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(messageRowOf),
    ...(rows.length > input.limit && last ? { next: writeMark([last.created_at.toISOString(), last.id]) } : {}),
  }
})

export const showMessageRoute = handle(showMessage, async (input, context) => {
  const { authority } = context.facts
  const { rows } = await sql<Row>`${MESSAGES} where m.org = ${authority} and m.id = ${input.message}`.execute(context.tx)
  const row = rows[0]
  if (row === undefined) throw notFound()
  context.about({ kind: 'message', id: row.id })
  const evidence = await sql<{ unit: string; kind: EvidenceKind; positive: boolean; at: Date; issuer: string; code: string | null }>`
    select unit, kind, positive, at, issuer, code from link.evidence where org = ${authority} and id = ${row.id} order by at, issuer`.execute(
    context.tx,
  )
  const answers = await answeredBy(context, row)
  return {
    message: messageRowOf(row),
    evidence: evidence.rows.map(({ code, ...each }) => ({ ...each, at: each.at.toISOString(), ...(code === null ? {} : { code }) })),
    terms:
      row.direction === 'in'
        ? []
        : termsOf(row).map(({ kind, hours }) => ({ kind, by: new Date(row.created_at.getTime() + hours * HOUR).toISOString() })),
    ...(row.digest === null ? {} : { digest: row.digest }),
    ...(answers === undefined ? {} : { answers }),
  }
})

const HOUR = 3_600_000

/** The message that brought what this response answers, as the own desk sent or received it. */
async function answeredBy({ facts, tx }: CaseContext, row: Row): Promise<MessageView['answers']> {
  if (row.kind !== 'response' || row.type !== 'exchange.item') return undefined
  const { rows } = await sql<{ message: string; digest: string }>`select q.id as message, q.digest from exchange.items i
    join link.messages q on q.org = i.org and q.context = i.answers and q.type = 'exchange.item' and q.direction <> ${row.direction}
      and q.from_unit = any(${row.to_units}::text[]) and ${row.from_unit} = any(q.to_units)
    where i.org = ${facts.authority} and i.desk = ${facts.desk} and i.item = ${row.context} and q.digest is not null order by q.created_at desc limit 1`.execute(
    tx,
  )
  return rows[0]
}

function messageRowOf(row: Row): MessageRow {
  const { id, direction, kind, type, urgency, context, state, delivered, opened, failed } = row
  return {
    id,
    direction,
    kind,
    type,
    urgency,
    context,
    state,
    from: row.from_unit,
    to: row.to_units,
    createdAt: row.created_at.toISOString(),
    reached: { desks: row.to_units.length, delivered, opened, failed },
  }
}
