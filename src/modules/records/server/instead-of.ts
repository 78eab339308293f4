/** The fragment that takes the place of another: the same record, source and marking unless the change says otherwise. */
import type { StoredFragment } from './read-fragments.ts'
import { viewOf } from './views.ts'
import type { NewFragment } from './write-fragments.ts'

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
