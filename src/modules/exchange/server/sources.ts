/**
 * What a piece of this desk was made from, directly and through own pieces between. Derived information takes the strictest of its sources: what their
 * originators withhold from this desk, nothing that it made from them gives on, by release, marking or permission.
 */
import { type Capability, type Grant, mayDo } from '#kernel/handling/capability.ts'
import { type Handling, isAsStrict } from '#kernel/handling/handling.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { grantsFor } from './grants.ts'
import { handlingOf, openContent } from './item-content.ts'
import { itemRowOf, lockItem, ownDesk } from './item-rows.ts'

export interface Source {
  readonly title: string
  readonly handling: Handling
  /** Of another originator: its permissions; undefined for an own piece. */
  readonly grants: readonly Grant[] | undefined
}

export interface Sources {
  readonly found: readonly Source[]
  /** Not held any more, or never: what they demand is not known. */
  readonly missing: readonly string[]
}

/**
 * Locks what a piece is made from, and the piece where there is one already: none of it is recalled or corrected until the transaction ends, or that has been seen. Pieces of others come
 * first, then own ones in the order in which they were made, as for whoever takes back a piece and then looks at what was made from it: nobody waits in a ring.
 */
export async function lockSources(context: CaseContext, items: readonly string[], piece?: string): Promise<void> {
  const [others, own] = [new Set<string>(), new Set(piece === undefined ? [] : [piece])]
  const queue = [...items]
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (others.has(id) || own.has(id)) continue
    const row = await itemRowOf(context, id)
    if (row?.side === 'own') own.add(id)
    else others.add(id)
    queue.push(...(row?.derived_from ?? []))
  }
  for (const id of [...inOrder(others), ...inOrder(own)]) await lockItem(context, ownDesk(context, id))
}

const inOrder = (ids: ReadonlySet<string>): readonly string[] => [...ids].toSorted((a, b) => (a < b ? -1 : 1))

export async function sourcesOf(context: CaseContext, items: readonly string[]): Promise<Sources> {
  const found: Source[] = []
  const missing: string[] = []
  const queue = [...items]
  const known = new Set(queue)
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const row = await itemRowOf(context, id)
    const content = row === undefined || row.state === 'recalled' ? undefined : await openContent(context, row)
    if (row === undefined || content === undefined) {
      missing.push(id)
      continue
    }
    const isOwn = row.side === 'own'
    const grants = isOwn ? undefined : (await grantsFor(context, ownDesk(context, id), row.origin_org)).grants
    found.push({ title: content.title, handling: handlingOf(content), grants })
    for (const before of row.derived_from)
      if (!known.has(before)) {
        known.add(before)
        queue.push(before)
      }
  }
  return { found, missing }
}

/** Whether every foreign source lets this desk do it. */
export function sourcesLet(
  context: Pick<CaseContext, 'facts' | 'clock'>,
  { found }: Sources,
  act: { readonly capability: Capability; readonly recipient?: string | undefined },
): boolean {
  const { capability, recipient } = act
  const own = { capability, holder: context.facts.authority, at: context.clock.now().getTime() }
  return found.every(
    ({ handling, grants }) => grants === undefined || mayDo(handling, recipient === undefined ? own : { ...own, recipient }, grants),
  )
}

/** A looser marking of something derived is still as strict as every source. */
export async function requireAsStrictAsSources(
  context: CaseContext,
  items: readonly string[],
  handlings: readonly Handling[],
): Promise<void> {
  const { found, missing } = await sourcesOf(context, items)
  if (missing.length > 0 || found.some((source) => handlings.some((handling) => !isAsStrict(handling, source.handling))))
    throw new AppError(422, 'exchange.derive', 'The handling is looser than that of something it was made from.')
}

/** Nobody permits of something derived what the sources withhold from itself. */
export async function requireLeaveOfSources(
  context: CaseContext,
  items: readonly string[],
  act: { readonly capability: Capability; readonly recipient?: string | undefined },
): Promise<void> {
  const sources = await sourcesOf(context, items)
  if (sources.missing.length > 0 || !sourcesLet(context, sources, act))
    throw new AppError(422, 'exchange.derive', 'The originator of something it was made from withholds it from this desk.')
}
