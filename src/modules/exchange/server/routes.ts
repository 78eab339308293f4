/** Handlers of the slice: rows of `link.messages` and `link.evidence` under row-level security. */
import { sql } from 'kysely'
import { notFound } from '#platform/http/app-error.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import type { EvidenceKind } from '#platform/link/evidence.ts'
import { listDirectory, listMessages, type MessageRow, showMessage } from '../contract.ts'

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
}

const COLUMNS = sql.raw('id, direction, from_unit, to_units, kind, type, urgency, context, created_at, state')

export const listMessagesRoute = handle(listMessages, async (input, context) => {
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'exchange.cursor' })
  const { rows } = await sql<Row>`
    select ${COLUMNS} from link.messages where org = ${context.facts.authority}
      and (${input.direction ?? null}::text is null or direction = ${input.direction ?? null}) and (${input.context ?? null}::text is null or context = ${input.context ?? null})
      and (${mark?.[0] ?? null}::timestamptz is null or (created_at, id) < (${mark?.[0] ?? null}::timestamptz, ${mark?.[1] ?? ''}))
    order by created_at desc, id desc limit ${input.limit + 1}`.execute(context.tx)
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(messageRowOf),
    ...(rows.length > input.limit && last ? { next: writeMark([last.created_at.toISOString(), last.id]) } : {}),
  }
})

export const showMessageRoute = handle(showMessage, async (input, context) => {
  const { authority } = context.facts
  const { rows } = await sql<Row>`select ${COLUMNS} from link.messages where org = ${authority} and id = ${input.message}`.execute(
    context.tx,
  )
  const row = rows[0]
  if (row === undefined) throw notFound()
  context.about({ kind: 'message', id: row.id })
  const evidence = await sql<{
    unit: string
    kind: EvidenceKind
    positive: boolean
    at: Date
    issuer: string
    code: string | null
  }>`
    select unit, kind, positive, at, issuer, code from link.evidence where org = ${authority} and id = ${row.id} order by at, issuer`.execute(
    context.tx,
  )
  return {
    message: messageRowOf(row),
    evidence: evidence.rows.map(({ code, ...each }) => ({ ...each, at: each.at.toISOString(), ...(code === null ? {} : { code }) })),
  }
})

export const listDirectoryRoute = handle(listDirectory, async (_input, context) => {
  const directory = context.services.directory()
  return {
    version: directory.version,
    expires: new Date(directory.expires).toISOString(),
    units: directory.orgs
      .filter((org) => org.status === 'active')
      .flatMap((org) =>
        org.units
          .filter((unit) => !unit.services.includes('oversight'))
          .map((unit) => ({
            id: unit.id,
            name: unit.name,
            authority: org.id,
            country: org.country,
            thirdCountry: org.thirdCountry,
            kind: org.kind,
            places: [...unit.places],
            takesAlerts: unit.services.includes('cargo.alert'),
          })),
      ),
    groups: (directory.groups ?? []).map(({ id, name, units }) => ({ id, name, units: [...units] })),
  }
})

function messageRowOf(row: Row): MessageRow {
  const { id, direction, kind, type, urgency, context, state } = row
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
  }
}
