/** Carries out what a step sets off beyond the case itself. What the fold says by itself (clocks, locks, addresses, hidden values) needs nothing here. */
import type { Effect } from '#kernel/procedure/definition.ts'
import type { CaseFold, FoldedStep } from '#kernel/procedure/fold.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import { type Actor, bindingOf, type CaseRow } from './case-row.ts'
import { spawnCase } from './open-draft.ts'
import { orderPurge } from './purge.ts'
import { notifyRoles } from './step-notices.ts'

export interface StepEffects {
  readonly row: CaseRow
  readonly fold: CaseFold
  readonly step: FoldedStep
  readonly actor: Actor | null
  readonly effects: readonly Effect[]
  readonly mirrored: boolean
}

export async function carryOut(work: WorkContext, taken: StepEffects): Promise<void> {
  const { row, fold, step, actor, effects, mirrored } = taken
  for (const effect of effects) {
    if (effect.kind === 'call') await callSlice(work, effect.name, taken)
    if (effect.kind === 'notify') await notifyRoles(work, { row, fold, roles: effect.roles, text: effect.text, step: step.transition })
    if (effect.kind === 'spawn' && !mirrored) await spawnCase(work, { row, fold, effect, actor })
  }
  await orderPurge(work, row, { step, effects })
}

async function callSlice(work: WorkContext, name: string, { row, step, actor, mirrored }: StepEffects): Promise<void> {
  const call = bindingOf(work.services, row).effects[name]
  if (call === undefined) throw new Error(`The slice of ${row.definition} does not bind the effect ${name}.`)
  await call(
    {
      name,
      authority: row.authority,
      role: row.role,
      mirrored,
      caseId: row.case_id,
      subject: row.subject,
      party: row.party,
      transition: step.transition,
      from: step.from,
      to: step.to,
      actor,
      at: new Date(step.at),
      fields: step.fields,
    },
    work,
  )
}
