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
import { itemRowOf, ownDesk } from './item-rows.ts'

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
