/**
 * What other records say of a record: every fragment of theirs that names it, whether it makes a relation, has ended or is restricted, as far as the reader sees it. Current relations are
 * found in the graph's own table, all others by what fragments name beside them; both by the views that may be read.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { NamingEntry, StatementView } from '../contract.ts'
import type { DeskFacts } from './clusters.ts'
import { idArray } from './graph-read.ts'
import { statementViews } from './read-fragments.ts'
import { type Sized, sized } from './read-fragments-portions.ts'
import type { ReadableFragment } from './read-fragments-readable.ts'
import { type Counted, readInRoom, withCounted } from './read-fragments-room.ts'
import { captionsOf } from './record-rows-captions.ts'
import { visibleViews } from './views.ts'

/** Shown, the oldest first, and counted beyond. */
const MOST_NAMING = 5000

export interface Naming {
  readonly entries: NamingEntry[]
  readonly leftOut: Counted
}

/** `members`: records that are one to the reader. */
export async function namingOf(tx: Tx, facts: DeskFacts, members: readonly string[]): Promise<Naming> {
  const org = facts.authority
  const naming = fragmentsNaming({ org, views: await visibleViews(tx, org), members })
  const { rows } =
    await sql<Sized>`select ${sized} from (${naming}) n join records.fragments f on f.org = ${org} and f.fragment = n.fragment order by f.fragment`.execute(
      tx,
    )
  const { fragments, leftOut } = await readInRoom(tx, facts, { found: rows, mostRead: MOST_NAMING, history: true, known: members })
  const others = fragments.filter(({ entity }) => !members.includes(entity))
  const statements = await statementViews(tx, facts, others, { history: true })
  const stated = Map.groupBy(statements, ({ statement }) => statement.split('/')[0])
  const captions = await captionsOf(tx, org, { history: true, entities: others.map(({ entity }) => entity) })
  return {
    entries: others.flatMap((fragment) => {
      const caption = captions.get(fragment.entity) ?? ''
      return entryOf(stated.get(fragment.fragment) ?? [], { fragment, caption, members })
    }),
    leftOut,
  }
}

interface Stated {
  readonly fragment: ReadableFragment
  readonly caption: string
  readonly members: readonly string[]
}

function entryOf(statements: readonly StatementView[], { fragment, caption, members }: Stated): NamingEntry[] {
  const [first] = statements
  if (first === undefined) return []
  const { entity, marking, source, recordedFrom, recordedTo, ended } = first
  const { pointer: _, ...place } = source
  const isNaming = ({ value }: StatementView): boolean => members.includes(value)
  return [
    {
      fragment: fragment.fragment,
      entity,
      schema: fragment.schema,
      caption,
      restricted: fragment.restricted,
      marking,
      source: place,
      recordedFrom,
      ...(recordedTo === undefined ? {} : { recordedTo }),
      ...(ended === undefined ? {} : { ended }),
      values: [...statements.filter(isNaming), ...statements.filter((each) => !isNaming(each))].map((each) => ({
        prop: each.prop,
        value: each.value,
        ...(each.caption === undefined ? {} : { caption: each.caption }),
        ...(each.from === undefined ? {} : { from: each.from }),
        ...(each.to === undefined ? {} : { to: each.to }),
        ...(each.lang === undefined ? {} : { lang: each.lang }),
      })),
    },
  ]
}

/** A link that starts at the record itself is stated by that record. */
export function fragmentsNaming({
  org,
  views,
  members,
}: {
  readonly org: string
  readonly views: readonly string[]
  readonly members: readonly string[]
}): RawBuilder<{ fragment: string }> {
  const named = idArray(members)
  const inViews = (alias: string) => sql`${sql.ref(`${alias}.org`)} = ${org} and ${sql.ref(`${alias}.view`)} = any(${[...views]}::text[])`
  return sql<{
    fragment: string
  }>`select e.fragment from records.edges e where ${inViews('e')} and e.src = any(${named}) and e.entity <> all(${named})
    union select e.fragment from records.edges e where ${inViews('e')} and e.dst = any(${named}) and coalesce(e.entity, e.src) <> all(${named})
    union select n.fragment from records.named_in n where ${inViews('n')} and n.entity = any(${named})
    order by fragment limit ${withCounted(MOST_NAMING)}`
}
