/**
 * Which records a desk holds to be one. Both functions see what row-level security lets through, so that neither a cluster nor the id that stands for it
 * tells of a record that is not for the reader. A record is visible when a statement of it is, with its values; one whose statements have all ended stays in its cluster,
 * for what was known on a day, but stands for the cluster only when nothing current does; so does one whose processing is restricted.
 */
import { sql } from 'kysely'
import { canonicalOf } from '#kernel/record/identity.ts'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { Tx } from '#platform/store/database.ts'
import { isUnrestricted } from './record-rows-captions.ts'
import { isShown } from './record-visible.ts'
import { textArray } from './write-fragments-arrays.ts'

export type DeskFacts = Pick<SessionFacts, 'authority' | 'desk' | 'purpose'>

interface MemberRow {
  readonly cluster: string
  readonly entity: string
  readonly is_visible: boolean
  readonly is_current: boolean
}

/** Visible records that are judged to be the same as this one, in order of their ids, itself always among them. */
export async function clusterOf(tx: Tx, facts: DeskFacts, entity: string): Promise<string[]> {
  return (await clustersOf(tx, facts, [entity])).get(entity) ?? [entity]
}

/** The same for several at once; every record asked for has an entry. */
export async function clustersOf(tx: Tx, facts: DeskFacts, entities: readonly string[]): Promise<Map<string, string[]>> {
  const clusters = groupBy(await membersAround(tx, facts, entities))
  const members = new Map<string, string[]>()
  for (const rows of clusters.values()) {
    const visible = rows.filter((each) => each.is_visible).map((each) => each.entity)
    for (const { entity } of rows) members.set(entity, visible)
  }
  return new Map(
    entities.map((entity) => {
      const visible = members.get(entity) ?? []
      return [entity, visible.includes(entity) ? visible : [...visible, entity].sort()]
    }),
  )
}

/** The id that stands for each record to this reader: the least of those that are current, visible and not restricted. Every record asked for has an entry. */
export async function canonicals(tx: Tx, facts: DeskFacts, entities: readonly string[]): Promise<Map<string, string>> {
  const canonical = new Map(entities.map((entity) => [entity, entity]))
  for (const rows of groupBy(await membersAround(tx, facts, entities)).values()) {
    const least = leastOf(rows)
    for (const { entity } of rows) if (canonical.has(entity)) canonical.set(entity, least ?? entity)
  }
  return canonical
}

/** Every record of this desk that another one stands for, with the one that does: what a graph is collapsed by. */
export async function allCanonicals(tx: Tx, facts: DeskFacts): Promise<Map<string, string>> {
  const { rows } = await sql<MemberRow>`select m.cluster, m.entity, ${visibility}
    from records.members m where m.org = ${facts.authority} and m.desk = ${facts.desk} and m.purpose = ${facts.purpose} order by m.entity collate "C"`.execute(
    tx,
  )
  const canonical = new Map<string, string>()
  for (const members of groupBy(rows).values()) {
    const least = leastOf(members)
    for (const { entity } of members) if (least !== undefined && least !== entity) canonical.set(entity, least)
  }
  return canonical
}

// Scalar, not `exists`: for many members that would be answered from a table of all fragments there are.
const visibility = sql<MemberRow>`
  (select true from records.fragments f where f.org = m.org and f.entity = m.entity and ${isShown} limit 1) is not null as is_visible,
  (select true from records.fragments f where f.org = m.org and f.entity = m.entity and f.recorded_to is null and ${isUnrestricted} limit 1) is not null as is_current`

async function membersAround(tx: Tx, facts: DeskFacts, entities: readonly string[]): Promise<readonly MemberRow[]> {
  const { authority, desk, purpose } = facts
  const ofDesk = sql<boolean>`m.org = ${authority} and m.desk = ${desk} and m.purpose = ${purpose}`
  // Most records are merged with no other. To see that alone is planned in a third of the time.
  const { rows: merged } = await sql<{ cluster: string }>`select distinct m.cluster from records.members m
    where ${ofDesk} and m.entity = any(${textArray(entities)}::text[])`.execute(tx)
  if (merged.length === 0) return []
  const { rows } = await sql<MemberRow>`select m.cluster, m.entity, ${visibility} from records.members m
    where ${ofDesk} and m.cluster = any(${textArray(merged.map(({ cluster }) => cluster))}::text[]) order by m.entity collate "C"`.execute(
    tx,
  )
  return rows
}

function groupBy(rows: readonly MemberRow[]): ReadonlyMap<string, readonly MemberRow[]> {
  const groups = new Map<string, MemberRow[]>()
  for (const row of rows) {
    const group = groups.get(row.cluster)
    if (group === undefined) groups.set(row.cluster, [row])
    else group.push(row)
  }
  return groups
}

function leastOf(rows: readonly MemberRow[]): string | undefined {
  const current = rows.filter((each) => each.is_current)
  return canonicalOf((current.length > 0 ? current : rows.filter((each) => each.is_visible)).map((each) => each.entity))
}
