/** Checks of a definition when it is loaded: a procedure with a dead end, a silent clock or a field without audience does not start. */

import type { Problem } from '#kernel/result/problem.ts'
import type { ProcedureDef } from './definition.ts'
import { factsOf } from './expression.ts'

export function checkDefinition(definition: ProcedureDef): readonly Problem[] {
  return [...checkStates(definition), ...checkTransitions(definition), ...checkClocks(definition), ...checkFields(definition)]
}

function checkStates(definition: ProcedureDef): Problem[] {
  const problems: Problem[] = []
  const ids = definition.states.map((state) => state.id)
  if (new Set(ids).size !== ids.length) problems.push(problem('state.twice', 'states', 'A state id occurs twice.'))
  if (!ids.includes(definition.initial))
    problems.push(problem('state.initial', definition.initial, 'The initial state is not among the states.'))
  const reached = new Set([definition.initial])
  for (let grew = true; grew; ) {
    grew = false
    for (const transition of definition.transitions)
      if (transition.from.some((from) => reached.has(from)))
        for (const target of targetsOf(transition))
          if (!reached.has(target)) {
            reached.add(target)
            grew = true
          }
  }
  for (const state of definition.states) {
    if (!reached.has(state.id)) problems.push(problem('state.unreachable', state.id, 'No sequence of steps reaches this state.'))
    const open = definition.transitions.filter((transition) => transition.from.includes(state.id))
    if (state.terminal === true && open.length > 0) problems.push(problem('state.terminal', state.id, 'A terminal state has a way out.'))
    if (state.terminal !== true && !open.some((transition) => transition.by !== undefined))
      problems.push(problem('state.dead', state.id, 'No person can move the case out of this state.'))
  }
  return problems
}

function checkTransitions(definition: ProcedureDef): Problem[] {
  const problems: Problem[] = []
  const states = new Set(definition.states.map((state) => state.id))
  const clocks = new Set(definition.clocks.map((clock) => clock.id))
  for (const transition of definition.transitions) {
    const at = transition.id
    for (const state of [...transition.from, ...targetsOf(transition)])
      if (!states.has(state)) problems.push(problem('transition.state', at, `Names the unknown state ${state}.`))
    if (transition.by === undefined && transition.on === undefined)
      problems.push(problem('transition.actor', at, 'Names neither a role nor an event.'))
    for (const role of transition.by ?? [])
      if (definition.roles[role] === undefined) problems.push(problem('transition.role', at, `Names the unknown role ${role}.`))
    for (const entry of transition.form ?? [])
      if (!definition.fields.some((field) => field.id === entry.field))
        problems.push(problem('transition.field', at, `Asks for the unknown field ${entry.field}.`))
      else
        for (const fact of factsOf({ all: [entry.required, entry.shown].filter((each) => typeof each === 'object') }))
          if (!(transition.form ?? []).some((each) => each.field === fact))
            problems.push(problem('transition.field', at, `Makes ${entry.field} depend on ${fact}, which the step does not ask for.`))
    for (const effect of transition.effects)
      if (effect.kind !== 'call' && !clocks.has(effect.clock))
        problems.push(problem('transition.clock', at, `Moves the unknown clock ${effect.clock}.`))
  }
  return problems
}

function checkClocks(definition: ProcedureDef): Problem[] {
  const problems: Problem[] = []
  for (const clock of definition.clocks) {
    const at = clock.id
    if (definition.roles[clock.obligated] === undefined) problems.push(problem('clock.role', at, 'Obliges an unknown role.'))
    if (clock.basis.act === '') problems.push(problem('clock.basis', at, 'Has no basis.'))
    if (clock.kind === 'law' && clock.basis.mark !== 'V')
      problems.push(problem('clock.unverified', at, 'Is shown as law, but its text was not checked.'))
    if (clock.kind === 'policy' && clock.regime !== 'policy')
      problems.push(problem('clock.regime', at, 'A policy clock follows no legal regime.'))
    if (clock.budget === undefined && clock.atMost === undefined) problems.push(problem('clock.end', at, 'Never ends.'))
    const uses = definition.transitions
      .flatMap((transition) => transition.effects)
      .filter((effect) => effect.kind !== 'call' && effect.clock === clock.id)
    for (const verb of ['start-clock', 'stop-clock'] as const)
      if (!uses.some((effect) => effect.kind === verb)) problems.push(problem('clock.unused', at, `No step does ${verb}.`))
  }
  return problems
}

function checkFields(definition: ProcedureDef): Problem[] {
  const problems: Problem[] = []
  for (const field of definition.fields) {
    if (field.audience.length === 0) problems.push(problem('field.audience', field.id, 'Nobody may see it.'))
    if (field.type === 'code' && (field.codes ?? []).length === 0)
      problems.push(problem('field.codes', field.id, 'A code field without codes.'))
  }
  for (const ground of definition.refusalGrounds)
    if (ground.basis.act === '') problems.push(problem('ground.basis', ground.code, 'Has no basis.'))
  return problems
}

function targetsOf(transition: ProcedureDef['transitions'][number]): readonly string[] {
  return transition.toBy === undefined ? [transition.to] : Object.values(transition.toBy.states)
}

function problem(code: string, at: string, message: string): Problem {
  return { code, at, message }
}
