/**
 * The procedure machine: decides whether a step is open to an actor, checks its form and guards, names the effects.
 * Pure: it moves nothing; the caller stores the step and carries the effects out in one transaction.
 */
import type { Problem } from '#kernel/result/problem.ts'
import type { Effect, Guard, LegalRef, ProcedureDef, TransitionDef } from './definition.ts'
import { REFUSAL_FIELDS } from './definition.ts'
import { evaluate, type Facts } from './expression.ts'
import { factsOfValue } from './facts.ts'
import { checkValue, type FormatChecks, isEmpty } from './field-value.ts'
import { isOpenTo, targetOf } from './fold.ts'
import { formOf, isRequired } from './form.ts'
import { openGrounds, refusalBar } from './refusal.ts'

export interface Attempt {
  readonly state: string
  /** States before it, for a step that goes back. */
  readonly before?: readonly string[]
  readonly transition: string
  /** Null for the system (a clock ran out, a message came). */
  readonly role: string | null
  readonly facts: Facts
  readonly fields: Readonly<Record<string, unknown>>
  readonly locked?: readonly string[]
  /** Instant of the attempt, for facts of the form's own dates. */
  readonly now?: number
  readonly formats?: FormatChecks
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
  if (transition === undefined) return { kind: 'refused', code: 'unknown', because: 'The procedure has no such step.' }
  if (!transition.from.includes(attempt.state))
    return { kind: 'refused', code: 'state', because: `Not possible in the state ${attempt.state}.` }
  if (!isOpenTo(transition, attempt.role)) return { kind: 'refused', code: 'role', because: 'This step belongs to another role.' }
  const facts: Facts = { ...attempt.facts, ...factsOfForm(attempt) }
  const failed =
    firstFailed(transition, facts) ?? refusalFailed(definition, transition, facts) ?? addresseeMissing(definition, transition, facts)
  if (failed !== undefined) return { kind: 'refused', code: 'guard', because: failed.because, basis: failed.basis }
  const { problems, fields } = checkForm(definition, transition, { ...attempt, facts })
  const late = extensionBar(definition, transition, { facts, fields })
  if (late !== undefined) return { kind: 'refused', code: 'guard', because: late.because, basis: late.basis }
  if (problems.length > 0) return { kind: 'fields', problems }
  const to = targetOf(transition, { state: attempt.state, before: attempt.before ?? [] }, fields)
  if (to === undefined) return { kind: 'refused', code: 'state', because: 'There is no state to go back to.' }
  return { kind: 'move', from: attempt.state, to, effects: transition.effects, fields }
}

/** Steps a role can take now, guards included; what the screen offers and the server decides again. */
export function openTransitions(definition: ProcedureDef, attempt: Omit<Attempt, 'transition' | 'fields'>): readonly TransitionDef[] {
  return offeredTransitions(definition, attempt)
    .filter(({ failed }) => failed === undefined)
    .map(({ transition }) => transition)
}

/** Steps of a role in this state, each with the guard that is in the way now. A guard that its form can still satisfy is known only when it is sent. */
export function offeredTransitions(
  definition: ProcedureDef,
  attempt: Omit<Attempt, 'transition' | 'fields'>,
): readonly { readonly transition: TransitionDef; readonly failed?: Guard }[] {
  return definition.transitions
    .filter((transition) => transition.from.includes(attempt.state) && isOpenTo(transition, attempt.role))
    .map((transition) => {
      const asked = new Set(formOf(definition, transition).map(({ field }) => field.id))
      const failed = transition.guards?.find(({ expr }) => evaluate(expr, attempt.facts) !== true && !mentions(expr, asked))
      return { transition, ...(failed === undefined ? {} : { failed }) }
    })
}

/** Of several recipients' states the one that has come least far: what an alert shows as its own state. */
export function leastAdvanced(definition: ProcedureDef, states: readonly string[]): string | undefined {
  const rank = (id: string) => definition.states.find((state) => state.id === id)?.rank ?? 0
  return [...states].sort((a, b) => rank(a) - rank(b))[0]
}

/** Everything wrong with a form as it stands: for a draft, and again when the step is taken. */
export function checkForm(
  definition: ProcedureDef,
  transition: TransitionDef,
  attempt: Pick<Attempt, 'facts' | 'fields' | 'formats' | 'locked'>,
): { readonly problems: readonly Problem[]; readonly fields: Readonly<Record<string, unknown>> } {
  const problems: Problem[] = []
  const fields: Record<string, unknown> = {}
  const form = formOf(definition, transition)
  for (const sent of Object.keys(attempt.fields))
    if (!form.some(({ field }) => field.id === sent))
      problems.push({ code: 'field.unknown', at: sent, message: 'This step has no such field.' })
  for (const entry of form) {
    const { field, shown } = entry
    const value = attempt.fields[field.id]
    const isShown = shown === undefined || evaluate(shown, attempt.facts) === true
    if (isEmpty(value)) {
      // What the step itself asks for, or what decides where the case goes, is said anew, whatever was said before.
      const isKnown = !entry.isOwn && transition.toBy?.field !== field.id && isStored(field.id, attempt.facts)
      if (isShown && isRequired(entry, attempt.facts) && !isKnown)
        problems.push({ code: 'field.missing', at: field.id, message: `${field.title} is needed for this step.` })
      // Sent empty: what was stored is cleared.
      if (field.id in attempt.fields && attempt.locked?.includes(field.id) !== true) fields[field.id] = null
      continue
    }
    if (attempt.locked?.includes(field.id) === true) {
      problems.push({ code: 'field.locked', at: field.id, message: `${field.title} can no longer be changed.` })
      continue
    }
    const found = checkValue(field, value, { formats: attempt.formats ?? {}, codeLists: definition.codeLists })
    if (found.length === 0) fields[field.id] = value
    problems.push(...found)
  }
  return { problems, fields }
}

function isStored(id: string, facts: Facts): boolean {
  return !isEmpty(facts[id]) || Number(facts[`${id}.count`] ?? 0) > 0
}

function firstFailed(transition: TransitionDef, facts: Facts): Guard | undefined {
  return transition.guards?.find((guard) => evaluate(guard.expr, facts) !== true)
}

function refusalFailed(definition: ProcedureDef, transition: TransitionDef, facts: Facts): Pick<Guard, 'because' | 'basis'> | undefined {
  const ground = openGrounds(definition, transition).find(({ code }) => code === facts[REFUSAL_FIELDS.ground])
  return ground === undefined ? undefined : refusalBar(definition, ground, facts)
}

/** A step that sends the case needs somebody to send it to. */
function addresseeMissing(definition: ProcedureDef, transition: TransitionDef, facts: Facts): Pick<Guard, 'because' | 'basis'> | undefined {
  const addressed = transition.effects.flatMap((effect) => (effect.kind === 'address' ? [effect.role] : []))
  const roles = transition.effects.flatMap((effect) => (effect.kind === 'send' ? effect.roles : []))
  const missing = roles.find(
    (role) => definition.roles[role]?.optional !== true && !addressed.includes(role) && facts[`party.${role}`] !== true,
  )
  const [basis] = definition.basis
  if (missing === undefined || basis === undefined) return undefined
  return { because: `Nobody fills the role it is sent to: ${definition.roles[missing]?.title ?? missing}.`, basis }
}

/** An extension beyond what the text allows. */
function extensionBar(
  definition: ProcedureDef,
  transition: TransitionDef,
  { facts, fields }: Pick<Attempt, 'facts' | 'fields'>,
): Pick<Guard, 'because' | 'basis'> | undefined {
  for (const effect of transition.effects) {
    if (effect.kind !== 'extend-clock') continue
    const clock = definition.clocks.find(({ id }) => id === effect.clock)
    if (clock?.extend === undefined) continue
    const { max, unit } = clock.extend
    const by = fields[effect.by]
    if (by !== undefined && !(Number.isInteger(by) && Number(by) >= 1))
      return { because: `${clock.title}: an extension is a whole number of one or more (${unit}).`, basis: clock.basis }
    if (Number(fields[effect.by] ?? 0) + Number(facts[`clock.${clock.id}.extended`] ?? 0) > max)
      return { because: `${clock.title}: all extensions together may add at most ${max} (${unit}).`, basis: clock.basis }
  }
  return undefined
}

function factsOfForm({ fields, now = 0 }: Attempt): Facts {
  return Object.assign({}, ...Object.entries(fields).map(([id, value]) => factsOfValue(id, value, now))) as Facts
}

function mentions(expr: Guard['expr'], fields: ReadonlySet<string>): boolean {
  if ('all' in expr) return expr.all.some((each) => mentions(each, fields))
  if ('any' in expr) return expr.any.some((each) => mentions(each, fields))
  if ('not' in expr) return mentions(expr.not, fields)
  const names = 'same' in expr ? [expr.fact, expr.same] : [expr.fact]
  return names.some((name) => fields.has(name) || fields.has(name.replace(/\.(?:count|inHours|inDays)$/, '')))
}
