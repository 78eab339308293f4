/** Rows of anchors, and what every decision on one looks at first. */
import type { ColumnType, JSONColumnType, Selectable } from 'kysely'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { indexOf } from '#platform/link/directory-index.ts'
import type { Anchor } from '#platform/link/stewardship.ts'
import type { AnchorRow } from '../contract.ts'

type Instant = ColumnType<Date, Date | string, Date | string>

export interface AnchorTable {
  org: string
  anchor: string
  coalition: string
  digest: string
  document: JSONColumnType<Anchor, string, string>
  reason: string
  state: 'proposed' | 'confirmed' | 'ended'
  proposed_by: string
  proposed_desk: string
  confirmed_by: string | null
  confirmed_desk: string | null
  ended_reason: string | null
  key: string
  at: Instant
  until: Instant
  audience: string[]
}
export type HeldAnchor = Selectable<AnchorTable>
/** A type, not an interface: Kysely wants an index of tables. */
export type AnchorTables = { 'exchange.anchors': AnchorTable }

/** Every desk of the authority: the second person need not sit at the desk of the first. */
export function desksOf({ services, facts }: Pick<CaseContext, 'services' | 'facts'>): string[] {
  return (
    indexOf(services.directory())
      .orgs.get(facts.authority)
      ?.units.map(({ id }) => id) ?? []
  )
}

/** Its row, locked until the request ends: two decisions on one anchor follow one another. */
export async function loaded({ facts, tx }: CaseContext, anchor: string): Promise<HeldAnchor> {
  const row = await tx
    .withTables<AnchorTables>()
    .selectFrom('exchange.anchors')
    .selectAll()
    .where('org', '=', facts.authority)
    .where('anchor', '=', anchor)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

/** What nobody confirmed in time, and what was confirmed until a day that has come, is trusted no more. */
export function stateOf({ state, until }: Pick<HeldAnchor, 'state' | 'until'>, now: Date): AnchorRow['state'] {
  return state !== 'ended' && until <= now ? 'run-out' : state
}

export function wrongState(): AppError {
  return new AppError(409, 'exchange.anchor-state', 'The anchor is not in a state for that.')
}
