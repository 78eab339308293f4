/**
 * Reviews: on the day that was set when something was stated, its desk looks whether it is still needed. Keeping it needs a reason and sets the next day; the
 * last day moves for nobody. What is let go is withdrawn at once, and erased by the job that sees the holds of all desks: an officer sees those of the own alone.
 * Invariants: what is answered here is the own desk's; what another one stated is its to keep. Letting go takes every version that led to what is let go, and its source does not bring it back.
 */
import { sql } from 'kysely'
import { retentionDays } from '#kernel/record/retention.ts'
import type { SubjectCategory } from '#kernel/record/statement.ts'
import { once } from '#platform/http/answer-once.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { answerReview, listReviews, type ReviewAnswer } from '../contract.ts'
import type { DeskFacts } from './clusters.ts'
import { ERASE } from './erase.ts'
import { isHeld } from './holds.ts'
import { recordRows } from './record-rows.ts'
import { endFragments } from './write-fragments.ts'
import { keepDigests } from './write-fragments-digest.ts'

const DAY = 86_400_000
/** What no category exceeds. */
const MOST_DAYS = 3650
/** Counted so far and no further. */
const MOST_COUNTED = 10_000

interface DueRow {
  readonly fragment: string
  readonly entity: string
  readonly schema: string
  readonly title: string
  readonly category: SubjectCategory
  readonly review_at: Date
  readonly erase_at: Date
  readonly held: boolean
  readonly statements: number
}

/** True of a marking `m` of what the own desk stated. */
const isOwn = ({ authority, desk }: DeskFacts) => sql<boolean>`m.origin_org = ${authority} and m.origin_desk = ${desk}`

const ownDue = (facts: DeskFacts, before: Date) => sql`
  from records.fragments f join records.markings m on m.org = f.org and m.marking = f.marking and ${isOwn(facts)}
  where f.org = ${facts.authority} and f.recorded_to is null and f.review_at < ${before}`

export const listReviewsRoute = handle(listReviews, async (input, context) => {
  const { tx, facts, clock } = context
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'records.cursor' })
  const before = input.before === undefined ? clock.now() : new Date(`${input.before}T00:00:00Z`)
  const due = ownDue(facts, before)
  const { rows } =
    await sql<DueRow>`select f.fragment, f.entity, f.schema, m.body ->> 'category' as category, f.review_at, f.erase_at, ${isHeld(clock.now())} as held,
      jsonb_array_length(f.vals) as statements, (select title from records.collections c where c.org = f.org and c.collection = f.collection) as title ${due}
      ${mark === undefined ? sql`` : sql`and (f.review_at, f.fragment) > (${new Date(String(mark[0]))}, ${String(mark[1])}::uuid)`}
    order by f.review_at, f.fragment limit ${input.limit + 1}`.execute(tx)
  const { rows: counted } = await sql<{
    n: number
  }>`select count(*)::int as n from (select 1 ${due} limit ${MOST_COUNTED}) as due`.execute(tx)
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  const captions = await recordRows(tx, facts, [...new Set(shown.map(({ entity }) => entity))])
  const total = counted[0]?.n ?? 0
  return {
    items: shown.map((row) => ({
      fragment: row.fragment,
      entity: row.entity,
      caption: captions.get(row.entity)?.caption ?? row.entity,
      schema: row.schema,
      collection: row.title,
      category: row.category,
      reviewAt: row.review_at.toISOString(),
      eraseAt: row.erase_at.toISOString(),
      held: row.held,
      statements: row.statements,
    })),
    total: { total, isAtLeast: total === MOST_COUNTED },
    ...(rows.length > input.limit && last ? { next: writeMark([last.review_at.toISOString(), last.fragment]) } : {}),
  }
})

export const answerReviewRoute = handle(answerReview, async (input, context) => {
  const answer = await once(context, { route: answerReview.id, key: input.key }, async () => await answered(context, input))
  context.about({ kind: 'records', id: `${answer.done}` })
  return answer
})

async function answered(context: CaseContext, { fragments, answer, reason }: ReviewAnswer): Promise<{ done: number; held: number }> {
  const { tx, facts } = context
  const { rows } = await sql<NamedRow>`select f.fragment, m.body ->> 'category' as category, f.erase_at, f.recorded_to is null as is_current
    from records.fragments f join records.markings m on m.org = f.org and m.marking = f.marking and ${isOwn(facts)}
    where f.org = ${facts.authority} and f.fragment = any(${fragments}::uuid[]) order by f.fragment for update of f`.execute(tx)
  return answer === 'keep'
    ? { done: await keep(context, { rows: rows.filter((row) => row.is_current), reason }), held: 0 }
    : await letGo(context, { fragments: rows.map(({ fragment }) => fragment), reason })
}

interface NamedRow {
  readonly fragment: string
  readonly category: SubjectCategory
  readonly erase_at: Date
  readonly is_current: boolean
}

async function keep(
  { tx, facts, clock }: CaseContext,
  { rows, reason }: { readonly rows: readonly NamedRow[]; readonly reason: string },
): Promise<number> {
  for (const { fragment, category, erase_at: end } of rows) {
    const { reviewDays } = retentionDays(category, { reviewDays: MOST_DAYS, retentionDays: MOST_DAYS })
    const next = new Date(Math.min(clock.now().getTime() + reviewDays * DAY, end.getTime()))
    await sql`update records.fragments set review_at = ${next}, review_note = ${reason} where org = ${facts.authority} and fragment = ${fragment}`.execute(
      tx,
    )
  }
  return rows.length
}

/** Each with all that led to it: what it was corrected from, the copies that restricting left, what earlier files said. A version that another one has followed is no longer what was looked at. */
async function letGo(
  { tx, facts, clock, services }: CaseContext,
  { fragments, reason }: { readonly fragments: readonly string[]; readonly reason: string },
): Promise<{ done: number; held: number }> {
  const now = clock.now()
  const { rows } = await sql<{ named: string; fragment: string; held: boolean }>`with recursive versions as (
      select f.fragment as named, f.fragment, f.supersedes from records.fragments f where f.org = ${facts.authority} and f.fragment = any(${fragments}::uuid[]) and f.vals is not null
        and not exists (select 1 from records.fragments g where g.org = f.org and g.entity = f.entity and g.supersedes = f.fragment and g.vals is not null)
      union select v.named, f.fragment, f.supersedes from versions v join records.fragments f on f.org = ${facts.authority} and f.fragment = v.supersedes
        join records.markings m on m.org = f.org and m.marking = f.marking and ${isOwn(facts)})
    select v.named, f.fragment, ${isHeld(now)} as held from versions v join records.fragments f on f.org = ${facts.authority} and f.fragment = v.fragment`.execute(
    tx,
  )
  const held = new Set(rows.filter((row) => row.held).map(({ named }) => named))
  const free = rows.filter(({ named }) => !held.has(named))
  if (free.length === 0 && held.size > 0) throw new AppError(409, 'records.held', 'A case needs all of them: holds stand.')
  const ids = free.map(({ fragment }) => fragment)
  const those = sql<boolean>`f.fragment = any(${ids}::uuid[])`
  await endFragments(tx, facts.authority, ids, { reason: 'withdrawn', by: facts.officer, note: reason, at: now })
  await keepDigests(tx, facts.authority, those)
  await sql`update records.fragments f set erase_at = ${now} where f.org = ${facts.authority} and ${those}`.execute(tx)
  await services.enqueue(tx, { name: ERASE, data: { fragments: ids } })
  return { done: new Set(free.map(({ named }) => named)).size, held: held.size }
}
