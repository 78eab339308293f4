/** Checks of a definition when it is loaded: a procedure with a dead end, a silent clock or a field without audience does not start. `at` is the path. */

import type { Problem } from '#kernel/result/problem.ts'
import { checkClocks } from './check-clocks.ts'
import { checkFields, checkGrounds } from './check-fields.ts'
import { BACK, COPY_ANCHOR, COPY_SUBJECT, type Effect, type ProcedureDef, REFUSAL_FIELDS, STAY, type TransitionDef } from './definition.ts'
import { type Expr, factsOf } from './expression.ts'
import { codesOf } from './field-value.ts'
import { formOf } from './form.ts'

export function checkDefinition(definition: ProcedureDef): readonly Problem[] {
  return [
    ...checkHead(definition),
    ...checkStates(definition),
    ...definition.transitions.flatMap((transition) => checkTransition(definition, transition)),
    ...checkClocks(definition),
    ...checkFields(definition),
    ...checkGrounds(definition),
  ]
}

function checkHead(definition: ProcedureDef): Problem[] {
  const problems: Problem[] = []
  if (definition.basis.length === 0) problems.push(problem('basis', 'basis', 'Names no basis.'))
  if (definition.measures.some((each) => !Number.isInteger(each) || each < 1 || each > 21))
    problems.push(problem('measures', 'measures', 'Names a measure that does not exist.'))
  for (const [role, { realms }] of Object.entries(definition.roles))
    if (realms.length === 0) problems.push(problem('role.realm', `roles.${role}`, 'No desk can fill it.'))
  if (definition.opener !== undefined && definition.roles[definition.opener] === undefined)
    problems.push(problem('role.opener', 'opener', 'Names an unknown role.'))
  const label = definition.fields.find(({ id }) => id === definition.label)
  if (definition.label !== undefined && (label === undefined || label.personal === true))
    problems.push(problem('label', 'label', 'A list may name a case only by a field without personal data.'))
  return problems
}

/** Where a step can lead from a state. `@back` leads to any state from which the side state can be entered. */
export function targetsOf(definition: ProcedureDef, transition: TransitionDef, from: string): readonly string[] {
  const targets = transition.toBy === undefined ? [transition.to] : [transition.to, ...Object.values(transition.toBy.states)]
  return targets.flatMap((to) => {
    if (to === STAY) return [from]
    if (to === BACK)
      return definition.transitions.filter((each) => each.to === from).flatMap((each) => each.from.filter((state) => state !== from))
    return definition.states.some(({ id }) => id === to) ? [to] : []
  })
}

function checkStates(definition: ProcedureDef): Problem[] {
  const problems: Problem[] = []
  const ids = definition.states.map((state) => state.id)
  if (new Set(ids).size !== ids.length) problems.push(problem('state.twice', 'states', 'A state id occurs twice.'))
  if (!ids.includes(definition.initial))
    problems.push(problem('state.initial', `states.${definition.initial}`, 'The initial state is not among the states.'))
  const reached = new Set([definition.initial])
  for (let size = 0; size !== reached.size; ) {
    size = reached.size
    for (const transition of definition.transitions)
      for (const from of transition.from)
        if (reached.has(from)) for (const target of targetsOf(definition, transition, from)) reached.add(target)
  }
  for (const state of definition.states) {
    const at = `states.${state.id}`
    if (!reached.has(state.id)) problems.push(problem('state.unreachable', at, 'No sequence of steps reaches this state.'))
    const open = definition.transitions.filter((transition) => transition.from.includes(state.id))
    if (state.terminal === true && open.some((each) => each.to !== STAY && each.reopens !== true))
      problems.push(problem('state.terminal', at, 'A terminal state has a way out that does not say that it reopens.'))
    if (state.terminal !== true && !open.some((each) => each.by !== undefined && each.to !== STAY))
      problems.push(problem('state.dead', at, 'No person can move the case out of this state.'))
    if (state.waitsFor !== undefined && definition.roles[state.waitsFor] === undefined)
      problems.push(problem('state.role', at, `Waits for the unknown role ${state.waitsFor}.`))
  }
  return problems
}

function checkTransition(definition: ProcedureDef, transition: TransitionDef): Problem[] {
  const problems: Problem[] = []
  const at = `transitions.${transition.id}`
  const add = (code: string, message: string) => problems.push(problem(code, at, message))
  const states = new Set(definition.states.map((state) => state.id))
  if (definition.transitions.filter(({ id }) => id === transition.id).length > 1) add('transition.twice', 'Occurs twice.')
  const named = [...transition.from, transition.to, ...Object.values(transition.toBy?.states ?? {})]
  for (const state of named)
    if (!states.has(state) && state !== STAY && state !== BACK && !(state === transition.to && transition.toBy !== undefined))
      add('transition.state', `Names the unknown state ${state}.`)
  if (transition.by === undefined && transition.on === undefined) add('transition.actor', 'Names neither a role nor an event.')
  for (const role of [...(transition.by ?? []), ...(transition.told ?? []), ...(transition.refusalAudience ?? [])])
    if (definition.roles[role] === undefined) add('transition.role', `Names the unknown role ${role}.`)
  if (transition.told !== undefined && transition.to !== STAY) add('transition.told', 'Moves the case, and so must be told to every party.')
  for (const role of transition.by ?? [])
    if (definition.roles[role]?.many === true && transition.to !== STAY)
      add('transition.many', `The desks of ${role} do not know of each other, so none of them may move the case.`)
  if (transition.on !== undefined && !isKnownEvent(definition, transition.on))
    add('transition.event', `Waits for the unknown event ${transition.on}.`)
  problems.push(...checkStepForm(definition, transition, at))
  for (const effect of transition.effects) problems.push(...checkEffect(definition, { transition, effect, at }))
  for (const guard of [...(transition.guards ?? []), ...(transition.warnings ?? [])])
    if (guard.basis.act === '') add('guard.basis', `The condition «${guard.because}» has no basis.`)
  return problems
}

function isKnownEvent(definition: ProcedureDef, on: string): boolean {
  const [kind, name = ''] = on.split('.')
  if (kind === 'message') return true
  if (kind === 'received') return definition.roles[name] !== undefined
  return kind === 'clock' && on.endsWith('.expired') && definition.clocks.some(({ id }) => id === name)
}

function checkStepForm(definition: ProcedureDef, transition: TransitionDef, at: string): Problem[] {
  const problems: Problem[] = []
  const known = new Set<string>([...definition.fields.map(({ id }) => id), ...Object.values(REFUSAL_FIELDS)])
  for (const entry of transition.form ?? [])
    if ('section' in entry) {
      if (!definition.fields.some(({ section }) => section === entry.section))
        problems.push(problem('transition.section', at, `Asks for the unknown section ${entry.section}.`))
    } else if (!known.has(entry.field)) problems.push(problem('transition.field', at, `Asks for the unknown field ${entry.field}.`))
  const form = formOf(definition, transition)
  const ids = form.map(({ field }) => field.id)
  if (new Set(ids).size !== ids.length) problems.push(problem('transition.field-twice', at, 'Asks for a field twice.'))
  const conditions = form.flatMap(({ required, shown }) => [required, shown]).filter((each): each is Expr => typeof each === 'object')
  for (const fact of conditions.flatMap(factsOf))
    if (!known.has(fact.split('.')[0] ?? '') && !/^(?:done|took|party|actor|state)\b/.test(fact))
      problems.push(problem('transition.field', at, `Depends on ${fact}, which is neither a field nor a fact of the case.`))
  if (transition.toBy !== undefined && !ids.includes(transition.toBy.field))
    problems.push(problem('transition.field', at, `Is decided by ${transition.toBy.field}, which it does not ask for.`))
  problems.push(...checkDecider(definition, transition, { at, form }))
  for (const code of transition.refuses ?? [])
    if (!definition.refusalGrounds.some((ground) => ground.code === code))
      problems.push(problem('transition.ground', at, `Offers the unknown ground ${code}.`))
  return problems
}

/** A step whose form decides the state leads to a state whatever is answered, or needs an answer that does. */
function checkDecider(
  definition: ProcedureDef,
  { to, toBy }: TransitionDef,
  { at, form }: { readonly at: string; readonly form: ReturnType<typeof formOf> },
): Problem[] {
  const decider = form.find(({ field }) => field.id === toBy?.field)
  if (toBy === undefined || decider === undefined || definition.states.some(({ id }) => id === to)) return []
  const lost = codesOf(decider.field, definition).filter((code) => toBy.states[code] === undefined)
  return [
    ...(decider.required === true ? [] : [problem('transition.decider', at, `Leads nowhere when ${toBy.field} is not answered.`)]),
    ...lost.map((code) => problem('transition.decider', at, `Leads nowhere when ${toBy.field} is ${code}.`)),
  ]
}

function checkEffect(
  definition: ProcedureDef,
  { transition, effect, at }: { readonly transition: TransitionDef; readonly effect: Effect; readonly at: string },
): Problem[] {
  const unknown = (what: string): Problem[] => [problem('effect', at, `Names the unknown ${what}.`)]
  const field = (id: string) => definition.fields.find((each) => each.id === id)
  switch (effect.kind) {
    case 'start-clock':
    case 'stop-clock':
    case 'suspend-clock':
    case 'resume-clock':
    case 'extend-clock': {
      const clock = definition.clocks.find(({ id }) => id === effect.clock)
      if (clock === undefined) return [problem('transition.clock', at, `Moves the unknown clock ${effect.clock}.`)]
      if (effect.kind === 'start-clock' && effect.from !== undefined && field(effect.from)?.type !== 'instant')
        return unknown(`instant ${effect.from}`)
      if (effect.kind === 'extend-clock' && (clock.extend === undefined || field(effect.by)?.type !== 'number'))
        return [problem('transition.clock', at, `Extends ${effect.clock}, which cannot be extended, or by something that is no number.`)]
      return []
    }
    case 'notify':
    case 'send':
      return effect.roles.flatMap((role) => (definition.roles[role] === undefined ? unknown(`role ${role}`) : []))
    case 'address':
      if (definition.roles[effect.role] === undefined) return unknown(`role ${effect.role}`)
      return field(effect.field)?.type === 'desk' ? [] : unknown(`desk field ${effect.field}`)
    case 'purge':
    case 'lock': {
      const missing = effect.fields.filter((id) => field(id) === undefined)
      if (missing.length > 0) return unknown(`field ${missing[0]}`)
      return effect.kind === 'purge' && transition.irreversible !== true
        ? [problem('effect.irreversible', at, 'Erases, and must say that it is irreversible.')]
        : []
    }
    case 'spawn': {
      const missing = Object.values(effect.copy).filter(
        (id) => id !== COPY_SUBJECT && !id.startsWith(COPY_ANCHOR) && field(id) === undefined,
      )
      return missing.length > 0 ? unknown(`field ${missing[0]}`) : []
    }
    case 'call':
      return []
  }
}

export function problem(code: string, at: string, message: string): Problem {
  return { code, at, message }
}
