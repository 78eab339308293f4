/**
 * Watch entries. Each has a last day, a case and a legal basis; none is extended: the next one goes on from it. What they wait for is seen by their desk alone, and a hit
 * makes a mandatory proposal, which still an officer decides.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { legalPersonKey, wordsOfParty } from '#kernel/cargo-history/legal-person.ts'
import { parseContainerNumber } from '#kernel/identifiers/container-number.ts'
import { parseImoNumber } from '#kernel/identifiers/imo-number.ts'
import { once } from '#platform/http/answer-once.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { endWatch, enterWatch, listWatches, MOST_WATCH_DAYS, showWatch, type WatchKind, type WatchRow } from '../contract.ts'
import { askToAssess } from './assess.ts'
import { daysBetween, scopeOf, todayOf } from './desk.ts'
import { actOf } from './rules-read.ts'
import { plainIdentifier } from './watch-index.ts'

/** Days before its end from which an entry counts as ending soon. */
const SOON = 14
const MOST_HITS = 200

interface Term {
  readonly kind: WatchKind
  readonly value: string
}

interface Stored {
  readonly watch: string
  readonly title: string
  readonly why: string
  readonly terms: Term[]
  readonly valid_from: string
  readonly valid_until: string
  readonly legal_basis: { readonly act: string; readonly article: string }
  readonly case_ref: string
  readonly purpose: string
  readonly renews: string | null
  readonly entered_by: string
  readonly entered_name: string
  readonly entered_at: Date
  readonly ending_reason: string | null
  readonly ended_by: string | null
  readonly ended_name: string | null
  readonly ended_at: Date | null
  readonly state: WatchRow['state']
  readonly hits: number
}

const stored = (
  today: string,
) => sql`select w.watch::text as watch, w.title, w.why, w.terms, w.valid_from::text as valid_from, w.valid_until::text as valid_until, w.legal_basis, w.case_ref,
    w.purpose, w.renews::text as renews, w.entered_by, w.entered_name, w.entered_at, w.ending_reason, w.ended_by, w.ended_name, w.ended_at,
    case when w.ended_at is not null then 'ended' when w.valid_until < ${today}::date then 'expired' when w.valid_from > ${today}::date then 'not-yet' else 'running' end as state,
    (select count(distinct h.arrival)::int from targeting.watch_hits h where h.authority = w.authority and h.watch = w.watch) as hits
  from targeting.watches w`

export const listWatchesRoute = handle(listWatches, async (input, { tx, facts, services }) => {
  const scope = scopeOf(facts)
  const today = todayOf(services, scope)
  const mark = readMark(input.cursor, { parts: ['text', 'text'], code: 'targeting.cursor' })
  const wanted = [
    sql<boolean>`l.watch is not null`,
    ...(input.state === undefined ? [] : [sql<boolean>`l.state = ${input.state}`]),
    ...(mark === undefined ? [] : [sql<boolean>`(l.valid_until, l.watch) > (${String(mark[0])}, ${String(mark[1])})`]),
  ]
  const mine = sql`${stored(today)} where w.authority = ${scope.authority} and w.desk = ${scope.desk}`
  const { rows } =
    await sql<Stored>`select l.* from (${mine}) as l where ${sql.join(wanted, sql` and `)} order by l.valid_until, l.watch limit ${input.limit + 1}`.execute(
      tx,
    )
  const soon = await sql<{
    n: number
  }>`select count(*)::int as n from targeting.watches where authority = ${scope.authority} and desk = ${scope.desk} and ended_at is null
    and valid_until between ${today}::date and ${today}::date + ${SOON}::int`.execute(tx)
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(rowOf),
    ...(rows.length > input.limit && last ? { next: writeMark([last.valid_until, last.watch]) } : {}),
    endingSoon: soon.rows[0]?.n ?? 0,
  }
})

async function ownWatch({ tx, facts, services, about }: CaseContext, watch: string): Promise<Stored> {
  const scope = scopeOf(facts)
  const { rows } =
    await sql<Stored>`${stored(todayOf(services, scope))} where w.authority = ${scope.authority} and w.desk = ${scope.desk} and w.watch = ${watch}::uuid`.execute(
      tx,
    )
  const [row] = rows
  if (row === undefined) throw notFound()
  about({ kind: 'watch', id: watch })
  return row
}

export const showWatchRoute = handle(showWatch, async ({ watch }, context) => {
  const row = await ownWatch(context, watch)
  const { rows } = await sql<{
    arrival: string
    container: string
    port: string
    day: string
    ordinal: number
    field: string
    value: string
    strength: number
    at: Date
  }>`
    select h.arrival::text as arrival, a.container, a.port, a.day::text as day, h.ordinal, h.field, h.value, h.strength, h.at from targeting.watch_hits h
    join targeting.arrivals a on a.authority = h.authority and a.arrival = h.arrival
    where h.authority = ${context.facts.authority} and h.desk = ${context.facts.desk} and h.watch = ${watch}::uuid order by a.day desc, h.arrival, h.ordinal, h.field limit ${MOST_HITS}`.execute(
    context.tx,
  )
  const ended = actOf(row.ended_by, row.ended_name, row.ended_at)
  return {
    watch: {
      ...rowOf(row),
      why: row.why,
      legalBasis: row.legal_basis,
      purpose: row.purpose,
      desk: context.facts.desk,
      ...(ended === undefined ? {} : { ended: { ...ended, reason: row.ending_reason ?? '' } }),
      ...(row.renews === null ? {} : { renews: row.renews }),
    },
    hits: rows.flatMap(({ ordinal, at, ...hit }) => {
      const term = row.terms[ordinal]
      return term === undefined ? [] : [{ ...hit, term, at: at.toISOString() }]
    }),
  }
})

function rowOf(row: Stored): WatchRow {
  const { watch, title, state, terms, hits } = row
  return {
    watch,
    title,
    state,
    terms,
    hits,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    case: row.case_ref,
    entered: { officer: row.entered_by, name: row.entered_name, at: row.entered_at.toISOString() },
  }
}

export const enterWatchRoute = handle(enterWatch, async (input, context) => {
  const { tx, facts, clock, services } = context
  const scope = scopeOf(facts)
  const { validFrom, validUntil, terms } = input
  const days = daysBetween(validFrom, validUntil)
  if (days < 0 || days > MOST_WATCH_DAYS || validUntil < todayOf(services, scope))
    throw new AppError(
      422,
      'targeting.watch-dates',
      `A watch entry ends, at most ${MOST_WATCH_DAYS} days after its first day, and not in the past.`,
    )
  const checked = terms.map((term, at) => checkTerm(term, `terms[${at}]`))
  const refused = checked.flatMap(({ refused: why }) => (why === undefined ? [] : [why]))
  if (refused.length > 0)
    throw new AppError(422, 'targeting.watch-terms', 'A term cannot be watched for; each problem names its place.', {
      problems: refused.map(({ code, at, text }) => ({ code, at, message: text })),
    })
  const answer = await once(context, { route: enterWatch.id, key: input.key }, async () => {
    if (input.renews !== undefined) await ownWatch(context, input.renews)
    const watch = randomUUID()
    await sql`insert into targeting.watches (authority, desk, watch, title, why, terms, valid_from, valid_until, legal_basis, case_ref, purpose, renews, entered_by, entered_name, entered_at, audience)
      values (${facts.authority}, ${facts.desk}, ${watch}, ${input.title}, ${input.why}, ${JSON.stringify(terms)}::jsonb, ${validFrom}::date, ${validUntil}::date,
        ${JSON.stringify(input.legalBasis)}::jsonb, ${input.case}, ${facts.purpose}, ${input.renews ?? null}::uuid, ${facts.officer}, ${facts.officerName}, ${clock.now()}, ${[facts.desk]})`.execute(
      tx,
    )
    await askToAssess(context, scope)
    await services.announce(tx, 'targeting', [facts.desk])
    return { watch }
  })
  context.about({ kind: 'watch', id: answer.watch })
  return { ...answer, problems: checked.flatMap(({ warned }) => (warned === undefined ? [] : [warned])) }
})

interface Told {
  readonly code: string
  readonly at: string
  readonly text: string
}

/** A number that fails its own check may be painted or typed so: it is watched for and told. What could only hit by chance, or a person, is refused. */
function checkTerm({ kind, value }: Term, at: string): { readonly refused?: Told; readonly warned?: Told } {
  const refuse = (code: string, text: string) => ({ refused: { code: `watch.${code}`, at, text } })
  const warn = (code: string, text: string) => ({ warned: { code: `watch.${code}`, at, text } })
  switch (kind) {
    case 'container':
      return parseContainerNumber(value).ok
        ? {}
        : warn('check-digit', 'The number fails its own check; it is watched for as it is written.')
    case 'vessel':
      return parseImoNumber(value).ok ? {} : warn('imo', 'This is no IMO number that passes its check; it is watched for as it is written.')
    case 'company':
      return legalPersonKey({ name: value }) === undefined
        ? refuse(
            'legal-person',
            'This cannot be told to be a legal person: write the name with its legal form. No entry watches for a natural person here.',
          )
        : {}
    case 'words':
      return wordsOfParty(value).join('').length < 4 ? refuse('short', 'Words have at least four letters together.') : {}
    case 'company-phone':
      return warn('not-stated', 'No document that is read at present states telephone numbers: the entry is kept and cannot hit yet.')
    default:
      return plainIdentifier(value).length < 4 ? refuse('short', 'An identifier has at least four signs.') : {}
  }
}

export const endWatchRoute = handle(endWatch, async ({ watch, reason }, context) => {
  const { tx, facts, clock, services } = context
  const { state } = await ownWatch(context, watch)
  if (state === 'ended' || state === 'expired') throw new AppError(409, 'targeting.watch-state', 'The entry has ended already.')
  await sql`update targeting.watches set ended_by = ${facts.officer}, ended_name = ${facts.officerName}, ended_at = ${clock.now()}, ending_reason = ${reason}
    where authority = ${facts.authority} and watch = ${watch}::uuid and ended_at is null`.execute(tx)
  await askToAssess(context, scopeOf(facts))
  await services.announce(tx, 'targeting', [facts.desk])
  return { watch }
})
