/** Files that a step ordered to erase: from the step on nobody here learns of one of another desk, asks for it or gets it. Erased they are by `purge.ts`. */
import type { Effect, ProcedureDef } from '#kernel/procedure/definition.ts'
import type { CaseFold } from '#kernel/procedure/fold.ts'

export type PurgeEffect = Extract<Effect, { kind: 'purge' }>

export function isPurge(effect: Effect): effect is PurgeEffect {
  return effect.kind === 'purge'
}

/** Whether a step that has effect ordered it, here or before the case was given to this desk. */
export function ordersFiles({ transitions }: ProcedureDef, { done }: Pick<CaseFold, 'done'>): boolean {
  return transitions.some(({ id, effects }) => done.includes(id) && effects.some((effect) => isPurge(effect) && effect.files === true))
}
