/**
 * What a plan writes: a statement that is new, or one that stands already and that its line marks stricter. Directive (EU) 2016/680 Art 16(3): what is restricted where it comes from
 * is restricted here. Invariant: of restriction and last day the stricter of line and statement holds, whatever stood first.
 */
import { uuidv7 } from 'uuidv7'
import type { KnownRecord } from './import-known.ts'
import type { Standing } from './import-standing.ts'
import type { ImportTarget } from './import-target.ts'
import type { ReadRecord } from './import-unit.ts'
import type { NewFragment } from './write-fragments.ts'

export interface Writing {
  readonly target: ImportTarget
  /** Records that the desk has restricted, whatever is left of them, and those of which the file says so as far as it was read. */
  readonly restricted: Set<string>
  readonly added: NewFragment[]
  /** What says something else than the file. */
  readonly ended: Standing[]
  /** What stands again, restricted. */
  readonly freed: Standing[]
  readonly shortened: Shortened[]
}

/** A statement with all that led to it. */
export interface Shortened {
  readonly entity: string
  readonly fragments: readonly string[]
  readonly last: Date
}

interface Line {
  readonly record: ReadRecord
  readonly entity: string
}

export function writeNew(writing: Writing, known: KnownRecord, { record, entity }: Line): void {
  const { target, restricted: all, added } = writing
  // A record whose processing is restricted stays restricted when its source says something else of it.
  if (record.restricted === true) all.add(entity)
  const restricted = all.has(entity)
  const superseded = known.oldest(({ isOfRun }) => isOfRun)
  if (superseded !== undefined) {
    writing.ended.push(superseded)
    known.end(superseded, 'replaced')
  }
  const fragment = uuidv7()
  const days = daysWithin(target, record.eraseAt)
  const { schema, externalId, values, context, line } = record
  known.add({
    fragment,
    entity,
    schema,
    line,
    vals: values,
    context: context ?? null,
    supersedes: null,
    restricted,
    ...days,
    digest: null,
    ended: undefined,
    isOfRun: true,
    place: added.length,
  })
  const part = { fragment, entity, schema, externalId, line, values, context, supersedes: superseded?.fragment, restricted, ...days }
  added.push({ ...part, ...sharedOf(target) })
}

/** What stands is as restricted as the line, and goes no later. */
export function holdTo(
  writing: Writing,
  known: KnownRecord,
  { record, standing }: { readonly record: ReadRecord; readonly standing: Standing },
): void {
  const { restricted = false, eraseAt: last } = record
  if (restricted) writing.restricted.add(standing.entity)
  const isFree = restricted && !standing.restricted
  if (last !== undefined && last < standing.eraseAt) {
    Object.assign(standing, daysWithin(standing, last))
    // What this plan writes is written with its days.
    if (standing.place === undefined)
      writing.shortened.push({ entity: standing.entity, fragments: known.versionsOf(standing).map(({ fragment }) => fragment), last })
  }
  if (isFree && standing.place === undefined) return restrict(writing, known, { record, standing })
  standing.restricted ||= restricted
  const { place, reviewAt, eraseAt } = standing
  const written = place === undefined ? undefined : writing.added[place]
  if (place !== undefined && written !== undefined)
    writing.added[place] = { ...written, restricted: standing.restricted, reviewAt, eraseAt }
}

/** Something new in its place, so that the history tells since when. */
function restrict(
  { target, added, freed }: Writing,
  known: KnownRecord,
  { record, standing }: { readonly record: ReadRecord; readonly standing: Standing },
): void {
  const { entity, schema, vals, context, reviewAt, eraseAt, fragment: supersedes } = standing
  const { externalId, line } = record
  const fragment = uuidv7()
  freed.push(standing)
  known.replace(standing, { ...standing, fragment, line, supersedes, restricted: true, isOfRun: true, place: added.length })
  const part = {
    fragment,
    entity,
    schema,
    externalId,
    line,
    values: vals ?? [],
    context: context ?? undefined,
    supersedes,
    restricted: true,
  }
  added.push({ ...part, reviewAt, eraseAt, ...sharedOf(target) })
}

function sharedOf({ collection, import: id, run, marking, recordedFrom }: ImportTarget) {
  return { collection, import: id, run, marking, recordedFrom }
}

type Days = Pick<NewFragment, 'reviewAt' | 'eraseAt'>

/** None of them after the last day that the source says. */
function daysWithin({ reviewAt, eraseAt }: Days, last: Date | undefined): Days {
  if (last === undefined) return { reviewAt, eraseAt }
  return { reviewAt: reviewAt < last ? reviewAt : last, eraseAt: eraseAt < last ? eraseAt : last }
}
