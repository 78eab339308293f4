/**
 * Writes the records of some units into their collection. Reading the same line again changes nothing; a line that says something else of a record than an earlier
 * file takes the place of what that file said. Records that a newer file no longer has stay as they are: a file that lacks a line does not say that it is wrong.
 * Invariants: what is written, what is counted and how far reading has come are one transaction; what somebody did by hand to a record while the plan was made is part of the plan.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { statedBeside } from './import-beside.ts'
import { currentOf, type Held, type Plan, planOf } from './import-plan.ts'
import { OutOfTurn, RUN_IMPORT } from './import-running.ts'
import { type Standing, standingOf } from './import-standing.ts'
import type { ImportTarget } from './import-target.ts'
import { type ReadRecord, recordId, type Unit } from './import-unit.ts'
import { endLocked, lockCurrent, writeFragments } from './write-fragments.ts'
import { arrayOf, textArray } from './write-fragments-arrays.ts'

/** Who ends what stands again, restricted: nothing else was said in its place, so what led to it leads on. */
const RESTRICTED_BY = `job:${RUN_IMPORT}.restriction`

export interface Written {
  readonly units: readonly Unit[]
  readonly records: number
  readonly statements: number
}

export async function heldOf(tx: Tx, target: ImportTarget, entities: readonly string[]): Promise<Held> {
  const standing = await standingOf(tx, target, entities)
  return { standing, beside: await statedBeside(tx, { ...target, entities, held: currentOf(standing) }) }
}

/** Units with what writing found out about them. `held`: what there is of their records, where it was looked up already. */
// oxlint-disable-next-line max-params -- where, for whom and what, with what is known already
export async function writeUnits(tx: Tx, target: ImportTarget, units: readonly Unit[], held?: Held): Promise<Written> {
  const { org } = target
  const idOf = ({ entity, externalId }: ReadRecord) => entity ?? recordId(target.collection, externalId)
  const idsOf = () => new Set(units.flatMap(({ records }) => records.map(idOf)))
  const plan = planOf(target, units, held ?? (await heldOf(tx, target, target.mayHold(idsOf()))))
  await holdPlan(tx, org, plan)
  await shorten(tx, org, plan.shortened)
  const idsIn = (those: readonly Standing[]) => those.map(({ fragment }) => fragment)
  const ending = { reason: 'superseded', note: `import ${target.import}`, at: target.recordedFrom } as const
  await endLocked(tx, org, idsIn(plan.ended), { ...ending, by: `job:${RUN_IMPORT}` })
  await endLocked(tx, org, idsIn(plan.freed), { ...ending, by: RESTRICTED_BY })
  const freed = new Set(idsIn(plan.freed))
  const gone = new Set([...idsIn(plan.ended), ...freed])
  const left = new Set(plan.lookedUp.filter(({ fragment }) => !gone.has(fragment)).map(({ entity }) => entity))
  await writeFragments(tx, org, plan.added, { isNew: (entity) => !left.has(entity), inTurn: target.inTurn })
  if (plan.seen.length > 0)
    await sql`insert into records.import_seen (org, import, run, fragment, purpose, audience)
      select ${org}, ${target.import}::uuid, ${target.run}::int, t.fragment, ${target.marking.purpose}, ${textArray([target.desk])}::text[] from unnest(${arrayOf(plan.seen)}::uuid[]) as t(fragment)
      on conflict do nothing`.execute(tx)
  const news = plan.added.filter(({ supersedes }) => supersedes === undefined || !freed.has(supersedes))
  return {
    units: plan.units,
    records: news.length + plan.seen.length,
    statements: news.reduce((sum, { values }) => sum + values.length, 0),
  }
}

/** What the plan puts something in the place of, or beside, is still as it was when the plan was made, and stays so. */
async function holdPlan(tx: Tx, org: string, { lookedUp, beside, added, shortened }: Plan): Promise<void> {
  const changed = new Set([...added, ...shortened].map(({ entity }) => entity))
  const relied = [...lookedUp, ...beside].filter(({ entity }) => changed.has(entity)).map(({ fragment }) => fragment)
  if ((await lockCurrent(tx, org, relied)).length < relied.length) throw new OutOfTurn(true)
}

/** In place, as a review sets its next day, and with all that led to them, which says the same. In the order in which fragments are locked. */
async function shorten(tx: Tx, org: string, shortened: Plan['shortened']): Promise<void> {
  if (shortened.length === 0) return
  const each = shortened.flatMap(({ fragments, last }) => fragments.map((fragment) => ({ fragment, last: last.toISOString() })))
  const fragments = arrayOf(each.map(({ fragment }) => fragment))
  await sql`select 1 from records.fragments where org = ${org} and fragment = any(${fragments}::uuid[]) order by fragment for update`.execute(
    tx,
  )
  await sql`update records.fragments f set erase_at = least(f.erase_at, t.last), review_at = least(f.review_at, t.last)
    from (select fragment, min(last) as last from unnest(${fragments}::uuid[], ${arrayOf(each.map(({ last }) => last))}::timestamptz[]) as e(fragment, last) group by fragment) t
    where f.org = ${org} and f.fragment = t.fragment`.execute(tx)
}
