/**
 * The table of codes in messages, as the desk that keeps the ledger fills it. Invariants: the officer who entered a code never confirms it; a code
 * means one partner at a time; ending one holds at once and needs no second officer.
 */
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { CODE_YEARS, changeCode, enterCode, listCodes, type PartyCode } from '../contract.ts'
import { plainCode, plainList } from './code-lookup.ts'
import { partyView } from './keepers.ts'

const MOST_UNKNOWN_SHOWN = 50

interface CodeRow {
  code: string
  list: string
  value: string
  desk: string
  valid_from: Date
  valid_until: Date
  entered_by: string
  entered_name: string
  entered_at: Date
  confirmed_name: string | null
  confirmed_at: Date | null
  ended_name: string | null
  ended_at: Date | null
  reason: string | null
}

export const listCodesRoute = handle(listCodes, async (input, context) => {
  const { facts, tx, services, clock } = context
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'alliance.cursor' })
  const now = clock.now()
  const { rows } = await sql<CodeRow>`
    select * from (select *, case when ended_at is not null or valid_until <= ${now} then 'ended' when confirmed_at is null then 'entered'
        when valid_from > ${now} then 'ahead' else 'in-force' end as state from alliance.codes where authority = ${facts.authority} and keeper = ${facts.desk}) stated
    where (${input.state ?? null}::text is null or state = ${input.state ?? null}) and (${input.value ?? null}::text is null or value = ${plainCode(input.value ?? '')})
      and (${mark?.[0] ?? null}::timestamptz is null or (entered_at, code) < (${mark?.[0] ?? null}::timestamptz, ${mark?.[1] ?? null}::text))
    order by entered_at desc, code desc limit ${input.limit + 1}`.execute(tx)
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const { rows: files } = await sql<{ desk: string }>`
    select distinct desk from alliance.standings where authority = ${facts.authority} and keeper = ${facts.desk} order by desk`.execute(tx)
  const { rows: unknown } = await sql<{ list: string; value: string; sender: string; times: number; last_at: Date }>`
    select list, value, sender, times, last_at from alliance.unknown_codes u where authority = ${facts.authority} and keeper = ${facts.desk}
      and not exists (select 1 from alliance.codes c where c.authority = u.authority and c.keeper = u.keeper and c.value = u.value and (u.list = '' or c.list = u.list)
        and c.ended_at is null and c.valid_until > ${now})
    order by last_at desc, value, sender limit ${MOST_UNKNOWN_SHOWN}`.execute(tx)
  return {
    items: page.map((row) => codeView(context, row)),
    unknown: unknown.map(({ sender, last_at, ...row }) => ({ ...row, sender: partyView(services, sender), lastAt: last_at.toISOString() })),
    candidates: files.map(({ desk }) => partyView(services, desk)),
    ...(rows.length > input.limit && last !== undefined ? { next: writeMark([last.entered_at.toISOString(), last.code]) } : {}),
  }
})

export const enterCodeRoute = handle(enterCode, async (input, context) => {
  const { facts, tx, clock } = context
  const now = clock.now()
  const { rows: repeated } = await sql<CodeRow>`
    select * from alliance.codes where authority = ${facts.authority} and keeper = ${facts.desk} and key = ${input.key}`.execute(tx)
  if (repeated[0] !== undefined) return { code: repeated[0].code, state: stateOf(repeated[0], now) }
  await requireSealing(tx, now)
  const [from, until] = [new Date(input.from), new Date(input.until)]
  const latest = new Date(now)
  latest.setUTCFullYear(latest.getUTCFullYear() + CODE_YEARS)
  if (until <= now || until <= from || until > latest)
    throw new AppError(422, 'alliance.code-time', `A code ends after it begins, ahead, within ${CODE_YEARS} years.`)
  const { rows: files } = await sql<{ one: number }>`
    select 1 as one from alliance.standings where authority = ${facts.authority} and keeper = ${facts.desk} and desk = ${input.desk} limit 1`.execute(
    tx,
  )
  if (files.length === 0) throw new AppError(422, 'alliance.partner-unknown', 'No partner with a file at this desk.')
  const code = uuidv7()
  context.about({ kind: 'desk', id: input.desk })
  await sql`insert into alliance.codes (authority, keeper, code, list, value, desk, valid_from, valid_until, entered_by, entered_name, entered_at, key, audience)
    values (${facts.authority}, ${facts.desk}, ${code}, ${plainList(input.list)}, ${plainCode(input.value)}, ${input.desk}, ${from}, ${until}, ${facts.officer}, ${facts.officerName},
      ${now}, ${input.key}, ${[facts.desk]})`.execute(tx)
  return { code, state: 'entered' as const }
})

export const changeCodeRoute = handle(changeCode, async (input, context) => {
  const { facts, tx, clock } = context
  const now = clock.now()
  const { rows } = await sql<CodeRow>`
    select * from alliance.codes where authority = ${facts.authority} and keeper = ${facts.desk} and code = ${input.code} for update`.execute(
    tx,
  )
  const [row] = rows
  if (row === undefined) throw notFound()
  context.about({ kind: 'desk', id: row.desk })
  if (!stepsOf(row, now).includes(input.change)) throw new AppError(422, 'alliance.partner-state', 'The code is confirmed, or has ended.')
  const ofRow = sql`authority = ${facts.authority} and keeper = ${facts.desk} and code = ${input.code}`
  if (input.change === 'end') {
    await sql`update alliance.codes set ended_by = ${facts.officer}, ended_name = ${facts.officerName}, ended_at = ${now}, reason = ${input.reason} where ${ofRow}`.execute(
      tx,
    )
    return { code: input.code, state: 'ended' as const }
  }
  if (row.entered_by === facts.officer) throw new AppError(422, 'alliance.second-officer', 'Another officer must take this step.')
  await requireSealing(tx, now)
  const same = sql`authority = ${facts.authority} and keeper = ${facts.desk} and list = ${row.list} and value = ${row.value}`
  // One whose last day is over makes room.
  await sql`update alliance.codes set ended_at = valid_until where ${same} and confirmed_at is not null and ended_at is null and valid_until <= ${now}`.execute(
    tx,
  )
  const { rows: others } = await sql<{ one: number }>`
    select 1 as one from alliance.codes where ${same} and confirmed_at is not null and ended_at is null limit 1`.execute(tx)
  if (others.length > 0) throw new AppError(422, 'alliance.code-taken', 'The code means somebody in force already; end that first.')
  await sql`update alliance.codes set confirmed_by = ${facts.officer}, confirmed_name = ${facts.officerName}, confirmed_at = ${now}, reason = ${input.reason} where ${ofRow}`.execute(
    tx,
  )
  return { code: input.code, state: row.valid_from > now ? ('ahead' as const) : ('in-force' as const) }
})

function stateOf(row: CodeRow, now: Date): PartyCode['state'] {
  if (row.ended_at !== null || row.valid_until <= now) return 'ended'
  if (row.confirmed_at === null) return 'entered'
  return row.valid_from > now ? 'ahead' : 'in-force'
}

/** What may be done next, whoever does it. */
function stepsOf(row: CodeRow, now: Date): PartyCode['open'] {
  const state = stateOf(row, now)
  if (state === 'ended') return []
  return state === 'entered' ? ['confirm', 'end'] : ['end']
}

function codeView({ services, facts, clock }: CaseContext, row: CodeRow): PartyCode {
  const { code, list, value } = row
  const confirmed = { confirmedBy: row.confirmed_name ?? '', confirmedAt: row.confirmed_at?.toISOString() ?? '' }
  const ended = { endedAt: row.ended_at?.toISOString() ?? '', ...(row.ended_name === null ? {} : { endedBy: row.ended_name }) }
  return {
    code,
    list,
    value,
    ...partyView(services, row.desk),
    from: row.valid_from.toISOString(),
    until: row.valid_until.toISOString(),
    state: stateOf(row, clock.now()),
    enteredBy: row.entered_name,
    enteredAt: row.entered_at.toISOString(),
    ...(row.confirmed_at === null ? {} : confirmed),
    ...(row.ended_at === null ? {} : ended),
    ...(row.reason === null ? {} : { reason: row.reason }),
    open: stepsOf(row, clock.now()).filter((step) => step !== 'confirm' || row.entered_by !== facts.officer),
  }
}
