/**
 * The procedure machine: decides whether a transition is open to an actor, checks its form and guards, names the effects.
 * Pure: it moves nothing; the caller stores the move and carries the effects out in one transaction.
 */

import type { Problem } from '#kernel/result/problem.ts'
import type { Effect, FieldDef, Guard, LegalRef, ProcedureDef, TransitionDef } from './definition.ts'
import { evaluate, type Facts } from './expression.ts'
import { isRequired } from './form.ts'

export interface Attempt {
  readonly state: string
  readonly transition: string
  /** Null for the system (a clock ran out, a message came). */
  readonly role: string | null
  readonly facts: Facts
  readonly fields: Readonly<Record<string, unknown>>
}

export type Decision =
  | {
      readonly kind: 'move'
      readonly from: string
      readonly to: string
      readonly effects: readonly Effect[]
      readonly fields: Readonly<Record<string, unknown>>
    }
  | {
      readonly kind: 'refused'
      readonly code: 'unknown' | 'state' | 'role' | 'guard'
      readonly because: string
      readonly basis?: LegalRef
    }
  | { readonly kind: 'fields'; readonly problems: readonly Problem[] }

export function decideTransition(definition: ProcedureDef, attempt: Attempt): Decision {
  const transition = definition.transitions.find((each) => each.id === attempt.transition)
  if (transition === undefined)
    return {
      kind: 'refused',
      code: 'unknown',
      because: 'The procedure has no such step.',
    }
  if (!transition.from.includes(attempt.state))
    return {
      kind: 'refused',
      code: 'state',
      because: `Not possible in the state ${attempt.state}.`,
    }
  if (!isOpenTo(transition, attempt.role))
    return {
      kind: 'refused',
      code: 'role',
      because: 'This step belongs to another role.',
    }
  const failed = firstFailed(transition, attempt.facts)
  if (failed !== undefined)
    return {
      kind: 'refused',
      code: 'guard',
      because: failed.because,
      basis: failed.basis,
    }
  const { problems, fields } = checkForm(definition, transition, attempt)
  if (problems.length > 0) return { kind: 'fields', problems }
  return {
    kind: 'move',
    from: attempt.state,
    to: targetOf(transition, fields),
    effects: transition.effects,
    fields,
  }
}

/** Steps a role can take now, guards included; what the screen offers and the server decides again. */
export function openTransitions(definition: ProcedureDef, attempt: Omit<Attempt, 'transition' | 'fields'>): readonly TransitionDef[] {
  return definition.transitions.filter(
    (transition) =>
      transition.from.includes(attempt.state) && isOpenTo(transition, attempt.role) && firstFailed(transition, attempt.facts) === undefined,
  )
}

/** Of several recipients' states the one that has come least far: what an alert shows as its own state. */
export function leastAdvanced(definition: ProcedureDef, states: readonly string[]): string | undefined {
  const rank = (id: string) => definition.states.find((state) => state.id === id)?.rank ?? 0
  return [...states].sort((a, b) => rank(a) - rank(b))[0]
}

function isOpenTo(transition: TransitionDef, role: string | null): boolean {
  return role === null ? transition.on !== undefined : transition.by?.includes(role) === true
}

function firstFailed(transition: TransitionDef, facts: Facts): Guard | undefined {
  return transition.guards?.find((guard) => evaluate(guard.expr, facts) !== true)
}

function targetOf(transition: TransitionDef, fields: Readonly<Record<string, unknown>>): string {
  const { toBy } = transition
  return (toBy && toBy.states[String(fields[toBy.field])]) ?? transition.to
}

interface Checked {
  readonly problems: readonly Problem[]
  /** Only fields of the transition's form: anything else the caller sent is not taken. */
  readonly fields: Readonly<Record<string, unknown>>
}

function checkForm(definition: ProcedureDef, transition: TransitionDef, attempt: Attempt): Checked {
  const problems: Problem[] = []
  const fields: Record<string, unknown> = {}
  const form = transition.form ?? []
  for (const sent of Object.keys(attempt.fields))
    if (!form.some((entry) => entry.field === sent))
      problems.push({
        code: 'field.unknown',
        at: sent,
        message: 'This step has no such field.',
      })
  const facts: Facts = { ...attempt.facts, ...scalarsOf(attempt.fields) }
  for (const entry of form) {
    const field = definition.fields.find((each) => each.id === entry.field)
    if (field === undefined) continue
    const value = attempt.fields[field.id]
    const required = isRequired(entry, facts)
    if (value === undefined || value === null || value === '') {
      if (required)
        problems.push({
          code: 'field.missing',
          at: field.id,
          message: `${field.title} is needed for this step.`,
        })
      continue
    }
    const problem = checkField(field, value)
    if (problem === undefined) fields[field.id] = value
    else problems.push(problem)
  }
  return { problems, fields }
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/

function checkField(field: FieldDef, value: unknown): Problem | undefined {
  const wrong = (message: string): Problem => ({
    code: 'field.value',
    at: field.id,
    message: `${field.title}: ${message}`,
  })
  switch (field.type) {
    case 'text':
      return typeof value === 'string' && value.length <= (field.maxLength ?? 2000)
        ? undefined
        : wrong(`text of at most ${field.maxLength ?? 2000} signs.`)
    case 'code':
      return typeof value === 'string' && field.codes?.includes(value) === true ? undefined : wrong('not in the code list.')
    case 'instant':
      return typeof value === 'string' && INSTANT.test(value) ? undefined : wrong('not an instant.')
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? undefined : wrong('not a number of zero or more.')
    case 'yes-no':
      return typeof value === 'boolean' ? undefined : wrong('neither yes nor no.')
  }
}

function scalarsOf(fields: Readonly<Record<string, unknown>>): Facts {
  const facts: Record<string, string | number | boolean> = {}
  for (const [key, value] of Object.entries(fields))
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') facts[key] = value
  return facts
}
