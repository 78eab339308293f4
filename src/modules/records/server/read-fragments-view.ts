/** Statements as a reader gets them: each value with its marking, source, time and, where it names a record, the name of that record. */
import { isReference } from '#kernel/record/model.ts'
import type { Tx } from '#platform/store/database.ts'
import type { StatementView } from '../contract.ts'
import type { DeskFacts } from './clusters.ts'
import { type ReadableFragment, referencesOf } from './read-fragments-readable.ts'
import { captionsOf, type Recorded } from './record-rows-captions.ts'
import type { StoredValue } from './tables.ts'

export interface ViewsAsked extends Recorded {
  /** Only values that are said to hold then. */
  readonly holds?: ((value: StoredValue) => boolean) | undefined
}

// oxlint-disable-next-line max-params -- a transaction, a reader and fragments, with how they are asked
export async function statementViews(
  tx: Tx,
  facts: DeskFacts,
  fragments: readonly ReadableFragment[],
  asked: ViewsAsked = {},
): Promise<readonly StatementView[]> {
  const named = [...new Set(fragments.flatMap(referencesOf))]
  const captions = await captionsOf(tx, facts.authority, { entities: named, knownAt: asked.knownAt, history: asked.history })
  const views: StatementView[] = []
  for (const fragment of fragments) {
    const shared = sharedOf(fragment)
    for (const [ordinal, value] of numbered(fragment.schema, fragment.values)) {
      if (asked.holds?.(value) === false) continue
      const [prop, text, pointer, from, to, lang] = value
      const caption = isReference(fragment.schema, prop) ? captions.get(text) : undefined
      views.push({
        ...shared,
        statement: `${fragment.fragment}/${ordinal}`,
        prop,
        value: text,
        ...(caption === undefined ? {} : { caption }),
        ...(from === undefined || from === null ? {} : { from }),
        ...(to === undefined || to === null ? {} : { to }),
        ...(lang === undefined || lang === null ? {} : { lang }),
        source: { ...shared.source, ...(pointer === undefined || pointer === null ? {} : { pointer }) },
      })
    }
  }
  return views
}

/**
 * The values that a reader is shown, with the numbers of their statements. What names other records comes last: of that some see less than others, and no number of what
 * they do see may depend on how much there is.
 */
export function numbered(schema: string, values: readonly StoredValue[]): IterableIterator<[number, StoredValue]> {
  const references = values.filter(([prop]) => isReference(schema, prop))
  if (references.length === 0) return values.entries()
  return [...values.filter(([prop]) => !isReference(schema, prop)), ...references].entries()
}

function sharedOf(fragment: ReadableFragment): Omit<StatementView, 'statement' | 'prop' | 'value'> {
  const { body, recordedTo, ended, supersedes, line } = fragment
  return {
    entity: fragment.entity,
    marking: {
      origin: body.origin,
      evaluation: body.evaluation,
      handling: { ...body.handling, H: [...body.handling.H], conditions: [...body.handling.conditions] },
      purpose: body.purpose,
      legalBasis: body.legalBasis,
      category: body.category,
      reviewAt: fragment.reviewAt.toISOString(),
      eraseAt: fragment.eraseAt.toISOString(),
    },
    source: {
      collection: fragment.collection,
      title: fragment.title,
      externalId: fragment.externalId,
      ...(fragment.import === undefined ? {} : { import: fragment.import }),
      ...(line === undefined ? {} : { line }),
    },
    recordedFrom: fragment.recordedFrom.toISOString(),
    ...(recordedTo === undefined ? {} : { recordedTo: recordedTo.toISOString() }),
    ...(ended === undefined ? {} : { ended }),
    ...(supersedes === undefined ? {} : { supersedes }),
    ...(fragment.restricted ? { restricted: true as const } : {}),
  }
}
