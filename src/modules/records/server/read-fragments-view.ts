/** Statements as a reader gets them: each value with its marking, source, time and, where it names a record, the name of that record. */
import { propertyOf } from '#kernel/record/model.ts'
import type { Tx } from '#platform/store/database.ts'
import type { StatementView } from '../contract.ts'
import type { DeskFacts } from './clusters.ts'
import type { StoredFragment } from './read-fragments.ts'
import { captionsOf, type Recorded, visibleAmong } from './record-rows-captions.ts'
import type { StoredValue } from './tables.ts'

export interface ViewsAsked extends Recorded {
  /** Only values that are said to hold then. */
  readonly holds?: ((value: StoredValue) => boolean) | undefined
  /** Records that the reader asks about: what names them is shown, restricted or not. */
  readonly known?: readonly string[]
}

// oxlint-disable-next-line max-params -- a transaction, a reader and fragments, with how they are asked
export async function statementViews(
  tx: Tx,
  facts: DeskFacts,
  fragments: readonly StoredFragment[],
  asked: ViewsAsked = {},
): Promise<readonly StatementView[]> {
  const { visible, captions } = await namedRecords(tx, facts, { fragments, asked })
  const views: StatementView[] = []
  for (const fragment of fragments) {
    const shared = sharedOf(fragment)
    const isOwn = isStatedBy(fragment, facts)
    const shown = isOwn ? fragment.values : fragment.values.filter((value) => !isReference(fragment.schema, value) || visible.has(value[1]))
    for (const [ordinal, value] of numbered(fragment.schema, shown)) {
      if (asked.holds?.(value) === false) continue
      const [prop, text, pointer, from, to, lang] = value
      const caption = isReference(fragment.schema, value) ? captions.get(text) : undefined
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
  const references = values.filter((value) => isReference(schema, value))
  if (references.length === 0) return values.entries()
  return [...values.filter((value) => !isReference(schema, value)), ...references].entries()
}

function isReference(schema: string, [prop]: StoredValue): boolean {
  return propertyOf(schema, prop)?.type === 'entity'
}

/** The desk that made a statement: it alone may correct it, and it knows what it said. */
export function isStatedBy({ body: { origin } }: Pick<StoredFragment, 'body'>, { authority, desk }: DeskFacts): boolean {
  return origin.org === authority && origin.desk === desk
}

async function namedRecords(
  tx: Tx,
  { authority }: DeskFacts,
  { fragments, asked }: { readonly fragments: readonly StoredFragment[]; readonly asked: ViewsAsked },
): Promise<{ readonly visible: ReadonlySet<string>; readonly captions: ReadonlyMap<string, string> }> {
  const entities = [...new Set(fragments.flatMap(referencesOf))]
  const recorded = { entities, knownAt: asked.knownAt, history: asked.history }
  const visible = await visibleAmong(tx, authority, recorded)
  return { visible: new Set([...visible, ...(asked.known ?? [])]), captions: await captionsOf(tx, authority, recorded) }
}

/** Records that values of the fragment name. */
export function referencesOf({ schema, values }: Pick<StoredFragment, 'schema' | 'values'>): readonly string[] {
  return values.filter((value) => isReference(schema, value)).map(([, value]) => value)
}

function sharedOf(fragment: StoredFragment): Omit<StatementView, 'statement' | 'prop' | 'value'> {
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
