/**
 * What a case of a procedure may do, written plainly from the words of a definition and without the machine or the fold: for any attempt the reasons why
 * it must be refused, and what a step that was taken leaves behind. The tests hold machine and fold against it.
 */
import type { Effect, ProcedureDef, TransitionDef } from '#kernel/procedure/definition.ts'
import type { Party } from '#kernel/procedure/fold.ts'
import { formOf } from '#kernel/procedure/form.ts'
import { holds, type Known, knownOf } from './procedure-facts.fixture.ts'
import { isAsked } from './procedure-forms.fixture.ts'

export interface ModelClock {
  readonly name: string
  readonly startedAt: number
  status: 'running' | 'suspended' | 'stopped'
  /** The step that stopped it. */
  stoppedBy?: string
  extended: number
}

export interface ModelCase {
  state: string
  /** States that were left, for the way back. */
  trail: string[]
  readonly values: Map<string, unknown>
  readonly done: Set<string>
  readonly took: Map<string, Set<string>>
  readonly locked: Set<string>
  readonly purged: Set<string>
  parties: Record<string, readonly Party[]>
  readonly clocks: ModelClock[]
}

export interface Attempted {
  readonly transition: string
  readonly role: string | null
  readonly officer: string
  readonly isSupervisor: boolean
  readonly fields: Readonly<Record<string, unknown>>
  /** Fields that were filled with what they do not take. */
  readonly wrong: readonly string[]
  readonly slice: Readonly<Record<string, unknown>>
  readonly now: number
}

export interface Reason {
  readonly code: 'unknown' | 'state' | 'role' | 'guard' | 'field'
  /** The sentence of a guard, or the id of a field. */
  readonly what: string
}

export function modelOf(definition: ProcedureDef, parties: Readonly<Record<string, readonly Party[]>>): ModelCase {
  return {
    state: definition.initial,
    trail: [],
    values: new Map(),
    done: new Set(),
    took: new Map(),
    locked: new Set(),
    purged: new Set(),
    parties: { ...parties },
    clocks: [],
  }
}

export function knownIn(model: ModelCase, by: Pick<Attempted, 'officer' | 'isSupervisor' | 'slice' | 'now'>): Known {
  const extended = new Map<string, number>()
  for (const { name, extended: n } of model.clocks) extended.set(name, n)
  return knownOf({
    state: model.state,
    values: model.values,
    done: model.done,
    took: model.took.get(by.officer) ?? new Set(),
    parties: model.parties,
    extended,
    isSupervisor: by.isSupervisor,
    slice: by.slice,
    now: by.now,
  })
}

/** Every reason against the attempt; none = it must be possible. Later ones are not looked for where the step is not open at all. */
export function reasonsAgainst(definition: ProcedureDef, model: ModelCase, attempt: Attempted): readonly Reason[] {
  const transition = definition.transitions.find(({ id }) => id === attempt.transition)
  if (transition === undefined) return [{ code: 'unknown', what: attempt.transition }]
  if (!transition.from.includes(model.state)) return [{ code: 'state', what: model.state }]
  const isOpen = attempt.role === null ? transition.on !== undefined : (transition.by ?? []).includes(attempt.role)
  if (!isOpen) return [{ code: 'role', what: String(attempt.role) }]
  if (attempt.role === null && isEndOfStopped(transition, model)) return [{ code: 'state', what: model.state }]
  const known = knownIn(model, attempt).with(attempt.fields)
  return [
    ...(transition.guards ?? []).flatMap(({ expr, because }): Reason[] =>
      holds(expr, known) === true ? [] : [{ code: 'guard', what: because }],
    ),
    ...againstNobody(definition, transition, model),
    ...againstGround(definition, transition, known),
    ...againstExtension(definition, transition, { model, attempt }),
    ...againstForm(definition, transition, { model, attempt, known }),
    ...(transition.to === '@back' && model.trail.length === 0 ? [{ code: 'state', what: model.state } as const] : []),
  ]
}

/** A case is sent to somebody: each role it goes to is filled, by now or by the step, unless it can do without. */
function againstNobody(definition: ProcedureDef, { effects }: TransitionDef, { parties }: ModelCase): Reason[] {
  return effects.flatMap((effect) => {
    const roles = effect.kind === 'send' ? effect.roles : []
    return roles.flatMap((role): Reason[] => {
      const isFilled = (parties[role] ?? []).length > 0 || effects.some((each) => each.kind === 'address' && each.role === role)
      const { title = role, optional = false } = definition.roles[role] ?? {}
      return isFilled || optional ? [] : [{ code: 'guard', what: `Nobody fills the role it is sent to: ${title}.` }]
    })
  })
}

function againstGround(definition: ProcedureDef, transition: TransitionDef, known: Known): Reason[] {
  if (transition.refuses === undefined) return []
  const chosen = definition.refusalGrounds.find(({ code }) => code === known.value('ground'))
  if (chosen === undefined || (transition.refuses.length > 0 && !transition.refuses.includes(chosen.code))) return []
  if (chosen.notFor !== undefined && holds(chosen.notFor, known) !== false)
    return [{ code: 'guard', what: 'This ground may not be used here.' }]
  const isConsulted = definition.transitions.some(({ id, consults }) => consults === true && known.value(`done.${id}`) === true)
  return chosen.consultFirst === true && !isConsulted ? [{ code: 'guard', what: 'This ground needs a consultation first.' }] : []
}

interface Trying {
  readonly model: ModelCase
  readonly attempt: Attempted
}

function againstExtension(definition: ProcedureDef, transition: TransitionDef, { model, attempt }: Trying): Reason[] {
  return transition.effects.flatMap((effect): Reason[] => {
    if (effect.kind !== 'extend-clock') return []
    const clock = definition.clocks.find(({ id }) => id === effect.clock)
    const asked = attempt.wrong.includes(effect.by) ? undefined : attempt.fields[effect.by]
    const before = model.clocks.findLast(({ name }) => name === effect.clock)?.extended ?? 0
    return clock?.extend !== undefined && typeof asked === 'number' && asked + before > clock.extend.max
      ? [{ code: 'guard', what: `${clock.title}: all extensions together may add at most ${clock.extend.max} (${clock.extend.unit}).` }]
      : []
  })
}

function againstForm(definition: ProcedureDef, transition: TransitionDef, at: Trying & { readonly known: Known }): Reason[] {
  const { model, attempt, known } = at
  const form = formOf(definition, transition)
  const isSent = (id: string) => !isBlank(attempt.fields[id])
  return [
    ...Object.keys(attempt.fields).filter((id) => !form.some(({ field }) => field.id === id)),
    ...form.filter((entry) => !isSent(entry.field.id) && isAsked(entry, known, transition)).map(({ field }) => field.id),
    ...form.map(({ field }) => field.id).filter((id) => isSent(id) && (model.locked.has(id) || attempt.wrong.includes(id))),
  ].map((what) => ({ code: 'field', what }))
}

export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function isEndOfStopped({ on }: TransitionDef, { clocks }: ModelCase): boolean {
  return clocks.findLast(({ name }) => on === `clock.${name}.expired`)?.status === 'stopped'
}

/** What the step leaves behind, for one that nothing speaks against. */
export function takeInModel(definition: ProcedureDef, model: ModelCase, attempt: Attempted): void {
  const transition = definition.transitions.find(({ id }) => id === attempt.transition)
  if (transition === undefined) throw new Error(`No step ${attempt.transition}.`)
  const left = model.state
  const decided = transition.toBy === undefined ? undefined : transition.toBy.states[String(attempt.fields[transition.toBy.field])]
  const to = decided ?? transition.to
  if (to === '@back') model.state = model.trail.pop() ?? model.state
  else if (to !== '@stay') {
    model.state = to
    if (to !== left) model.trail.push(left)
  }
  for (const [id, value] of Object.entries(attempt.fields))
    if (!model.locked.has(id) && !model.purged.has(id)) model.values.set(id, isBlank(value) ? null : value)
  model.done.add(transition.id)
  if (attempt.role !== null) model.took.set(attempt.officer, (model.took.get(attempt.officer) ?? new Set()).add(transition.id))
  for (const effect of transition.effects) carryOut(definition, model, { effect, attempt })
  if (definition.states.find(({ id }) => id === model.state)?.terminal === true)
    for (const clock of model.clocks) stop(clock, transition.id)
}

function stop(clock: ModelClock, by: string): void {
  if (clock.status === 'stopped') return
  clock.status = 'stopped'
  clock.stoppedBy = by
}

function carryOut(
  definition: ProcedureDef,
  model: ModelCase,
  { effect, attempt }: { readonly effect: Effect; readonly attempt: Attempted },
): void {
  if (effect.kind === 'lock') for (const id of effect.fields) model.locked.add(id)
  if (effect.kind === 'purge')
    for (const id of effect.fields) {
      model.purged.add(id)
      model.values.delete(id)
    }
  if (!('clock' in effect)) return
  const last = model.clocks.findLast(({ name }) => name === effect.clock)
  const live = last?.status === 'stopped' ? undefined : last
  if (effect.kind === 'start-clock') {
    const from = effect.from === undefined ? Number.NaN : Date.parse(String(model.values.get(effect.from)))
    if (live === undefined)
      model.clocks.push({ name: effect.clock, startedAt: Number.isNaN(from) ? attempt.now : from, status: 'running', extended: 0 })
    return
  }
  if (live === undefined) return
  if (effect.kind === 'stop-clock') stop(live, attempt.transition)
  if (effect.kind === 'suspend-clock') live.status = 'suspended'
  if (effect.kind === 'resume-clock') live.status = 'running'
  if (effect.kind === 'extend-clock') {
    const most = definition.clocks.find(({ id }) => id === effect.clock)?.extend?.max ?? 0
    const n = Number(attempt.fields[effect.by] ?? 0)
    live.extended += Math.min(Number.isNaN(n) ? 0 : n, most - live.extended)
  }
}
