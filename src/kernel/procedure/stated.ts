/**
 * What a step states for every party beside its form, because all must count alike although not all may read the field: the instant a clock starts from,
 * by how much it is extended, and of a clock that ran out what was counted. A deadline is no secret among those who have the case; what is written beside it
 * may be.
 */
import type { TransitionDef } from './definition.ts'

const PREFIX = 'clock.'
export const startOf = (clock: string) => `${PREFIX}${clock}.from`
export const extensionOf = (clock: string) => `${PREFIX}${clock}.by`
/** Of a clock that ran out: its id, with the number of its run, */
export const runOf = (clock: string) => `${PREFIX}${clock}.run`
/** and how many moves its ledger had. */
export const movesOf = (clock: string) => `${PREFIX}${clock}.moves`

/** Ids of what a step states; no field of a definition is named like this. */
export function isStated(id: string): boolean {
  return id.startsWith(PREFIX)
}

/** `values` are those of the case with those of the step over them. */
export function statedBy(transition: TransitionDef, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    transition.effects.flatMap((effect): readonly (readonly [string, unknown])[] => {
      if (effect.kind === 'start-clock' && effect.from !== undefined) return [[startOf(effect.clock), values[effect.from] ?? null]]
      return effect.kind === 'extend-clock' ? [[extensionOf(effect.clock), values[effect.by] ?? null]] : []
    }),
  )
}
