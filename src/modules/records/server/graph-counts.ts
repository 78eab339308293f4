/** How many neighbours a record has before any is drawn: counted where the relations lie, exactly, however many there are. */
import { sql } from 'kysely'
import { schemata } from '#kernel/record/model.ts'
import { notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { showNeighbourCounts } from '../contract.ts'
import { seedsOf } from './graph-expand.ts'
import { isDirectedKind } from './graph-layers.ts'
import { hasCurrent, idArray, inScope, visibleOf } from './graph-read.ts'
import { openGraph } from './graph-scope.ts'
import { withinWindow } from './graph-time.ts'
import { isVisible } from './record-visible.ts'

interface CountRow {
  readonly kind: string | null
  readonly direction: 'out' | 'in'
  readonly count: number
}

export const showNeighbourCountsRoute = handle(showNeighbourCounts, async (input, context) => {
  const { tx, facts } = context
  const reader = await openGraph(context, input)
  const [canonical] = await seedsOf(reader, [input.entity])
  if (canonical === undefined && !(await isVisible(tx, facts.authority, input.entity))) throw notFound()
  context.about({ kind: 'record', id: canonical ?? input.entity })
  // What has ended or is restricted is drawn with nothing.
  if (canonical === undefined) return { total: 0, kinds: [] }
  const own = idArray([...(await visibleOf(tx, facts.authority, reader.members.get(canonical) ?? [canonical]))])
  const side = (end: string, other: string) => sql`
    select e.kind, ${end === 'src' ? 'out' : 'in'}::text as direction, ${sql.ref(`e.${other}`)} as far from records.edges e
    where ${inScope(reader.scope)} and ${withinWindow(input)} and ${sql.ref(`e.${end}`)} = any(${own}) and ${sql.ref(`e.${other}`)} <> all(${own})
      and ${hasCurrent(sql.ref(`e.${other}`))}`
  // Records that are one count once: by their cluster, which is the same question as by the id that stands for it.
  const { rows } = await sql<CountRow>`with pairs as (
      select distinct near.kind, case when near.kind = any(${undirected()}::text[]) then 'out' else near.direction end as direction, coalesce(m.cluster, near.far) as neighbour
      from (${side('src', 'dst')} union all ${side('dst', 'src')}) as near
      left join records.members m on m.org = ${facts.authority} and m.desk = ${facts.desk} and m.purpose = ${facts.purpose} and m.entity = near.far)
    select kind, direction, count(*)::int as count from pairs group by kind, direction
    union all select null, null, count(*)::int from (select distinct neighbour from pairs) as distinct_ones`.execute(tx)
  return {
    total: rows.find((row) => row.kind === null)?.count ?? 0,
    kinds: rows
      .flatMap(({ kind, direction, count }) =>
        kind === null ? [] : [{ kind, direction: isDirectedKind(kind) === false ? ('both' as const) : direction, count }],
      )
      .sort((a, b) => (a.kind === b.kind ? b.direction.localeCompare(a.direction) : a.kind < b.kind ? -1 : 1)),
  }
})

let undirectedKinds: readonly string[] | undefined

/** Of these a direction says nothing. */
function undirected(): string[] {
  undirectedKinds ??= schemata.flatMap((schema) => [
    ...(schema.edge?.isDirected === false ? [schema.name] : []),
    ...schema.links.filter((link) => !link.isDirected).map((link) => `${schema.name}.${link.to}`),
  ])
  return [...undirectedKinds]
}
