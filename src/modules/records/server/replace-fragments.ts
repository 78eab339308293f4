/**
 * Fragments that take the place of others: the same record, source and marking unless the change says otherwise.
 * Invariant: nothing is written in the place of what somebody else ended meanwhile, so that a fragment has one successor at most and what was withdrawn stays withdrawn.
 */
import { uuidv7 } from 'uuidv7'
import type { Tx } from '#platform/store/database.ts'
import type { StoredFragment } from './read-fragments.ts'
import { viewOf } from './views.ts'
import { type NewFragment, writeFragments } from './write-fragments.ts'
import { type Ending, endFragments } from './write-fragments-end.ts'

export interface Replacement {
  readonly stored: readonly StoredFragment[]
  readonly ending: Ending
  /** Undefined where nothing takes its place. */
  readonly change: Partial<Pick<NewFragment, 'values' | 'restricted'>> | undefined
}

export interface Replaced {
  readonly ended: readonly string[]
  readonly written: readonly NewFragment[]
}

/** What was really replaced. */
export async function replaceFragments(tx: Tx, org: string, { stored, ending, change }: Replacement): Promise<Replaced> {
  const ids = stored.map(({ fragment }) => fragment)
  const ended = new Set(await endFragments(tx, org, ids, ending))
  const those = change === undefined ? [] : stored.filter(({ fragment }) => ended.has(fragment))
  const written = those.map((each) => insteadOf(org, each, { ...change, fragment: uuidv7(), recordedFrom: ending.at }))
  await writeFragments(tx, org, written)
  return { ended: [...ended], written }
}

export function insteadOf(
  org: string,
  stored: StoredFragment,
  change: Pick<NewFragment, 'fragment' | 'recordedFrom'> & Partial<NewFragment>,
): NewFragment {
  const {
    fragment,
    entity,
    schema,
    collection,
    externalId,
    line,
    values,
    context,
    marking,
    purpose,
    audience,
    reviewAt,
    eraseAt,
    restricted,
  } = stored
  return {
    entity,
    schema,
    collection,
    externalId,
    import: stored.import,
    run: stored.run,
    line,
    values,
    context,
    marking: { marking, view: viewOf(org, purpose, audience), purpose, audience },
    reviewAt,
    eraseAt,
    restricted,
    supersedes: fragment,
    ...change,
  }
}
