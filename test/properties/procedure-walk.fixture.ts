/** Cases of any procedure driven at random, by the machine and the fold on one side and the model on the other. */

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { dueOf } from '#kernel/procedure/clock.ts'
import type { ProcedureDef, TransitionDef } from '#kernel/procedure/definition.ts'
import { factsOfCase } from '#kernel/procedure/facts.ts'
import { baseOf, type CaseFold, foldCase, type Party, type TakenStep } from '#kernel/procedure/fold.ts'
import { formOf } from '#kernel/procedure/form.ts'
import { type Decision, decideTransition } from '#kernel/procedure/machine.ts'
import { createSeededRandom, type SeededRandom } from '#kernel/stats/seeded-random.ts'
import { holidayCalendar } from '#platform/clock/holiday-calendar.ts'
import { zoneRules } from '#platform/clock/zone-rules.ts'
import { modules } from '../../src/app/modules.ts'
import { formats } from '../../src/modules/procedures/server/formats.ts'
import { parseDefinition, SHIPPED_FOLDER } from '../../src/modules/procedures/server/read-definition.ts'
import { holds } from './procedure-facts.fixture.ts'
import { type FormWorld, leavesOf, rightForm, wrongValue } from './procedure-forms.fixture.ts'
import { type Attempted, knownIn, type ModelCase, modelOf, takeInModel } from './procedure-model.fixture.ts'

const HOUR = 3_600_000
const START = Date.parse('2026-11-26T09:00:00Z')
const OFFICERS = ['officer.one', 'officer.two', 'officer.three']

/** Those that slices carry out and those that are files. A file that cannot be read is named with its faults, and disturbs no other. */
export function everyProcedure(): { readonly procedures: readonly ProcedureDef[]; readonly faults: readonly string[] } {
  const bound = modules.flatMap(({ procedures }) => procedures.map(({ definition }) => definition))
  const files = readdirSync(SHIPPED_FOLDER).filter((name) => /\.ya?ml$/.test(name))
  const read = files.map((name) => ({ name, ...parseDefinition(readFileSync(path.join(SHIPPED_FOLDER, name), 'utf8')) }))
  return {
    procedures: [...bound, ...read.flatMap((each) => (each.ok ? [each.definition] : []))].sort((a, b) => (a.id < b.id ? -1 : 1)),
    faults: read.flatMap((each) => (each.ok ? [] : each.problems.map(({ at, message }) => `${each.name}:${at}: ${message}`))),
  }
}

/** Which of the ways to go wrong an attempt goes. */
export const MANNERS = ['right', 'missing', 'wrong', 'unknown', 'empty', 'cleared', 'foreign-role', 'other-step', 'no-such-step'] as const
export type Manner = (typeof MANNERS)[number]

export class Walk {
  readonly definition: ProcedureDef
  readonly parties: Readonly<Record<string, readonly Party[]>>
  model: ModelCase
  taken: TakenStep[] = []
  fold: CaseFold
  now = START
  private readonly leaves
  private reach: { readonly length: number; readonly now: number; readonly steps: readonly TransitionDef[] } | undefined

  constructor(definition: ProcedureDef, random: SeededRandom) {
    this.definition = definition
    this.leaves = leavesOf([
      definition.transitions,
      definition.refusalGrounds,
      definition.fields.map(({ required, shown }) => ({ required, shown })),
    ])
    this.parties = partiesOf(definition, random)
    this.model = modelOf(definition, this.parties)
    this.fold = foldCase(() => definition, baseOf(definition, this.parties), [])
  }

  copy(): Walk {
    return Object.assign(Object.create(Walk.prototype) as Walk, this, { model: structuredClone(this.model), taken: [...this.taken] })
  }

  /** What was done on the way and who takes part opens steps later: cases that differ in it are told apart. */
  key(): string {
    const asked = [...new Set(this.leaves.map(({ fact }) => fact))].filter(
      (fact) => fact.startsWith('done.') && this.model.done.has(fact.slice(5)),
    )
    return [this.fold.state, ...asked, ...Object.keys(this.parties)].join(' ')
  }

  /** Whether a condition asks for a step that this case has not seen. */
  asksFor(step: string): boolean {
    return !this.model.done.has(step) && this.leaves.some(({ fact }) => fact === `done.${step}`)
  }

  /** Until a case is sent, other desks can be named for its roles. */
  nameParties(random: SeededRandom): void {
    const { opener = '' } = this.definition
    const own = this.fold.parties[opener]
    const parties = { ...partiesOf(this.definition, random, own?.[0]?.country), ...(own === undefined ? {} : { [opener]: own }) }
    this.fold = { ...this.fold, parties }
    this.model.parties = parties
    this.reach = undefined
  }

  get isClosed(): boolean {
    return this.definition.states.find(({ id }) => id === this.fold.state)?.terminal === true
  }

  /** Steps that name this state and somebody who fills the case. */
  here(): readonly TransitionDef[] {
    return this.definition.transitions.filter(({ from }) => from.includes(this.fold.state))
  }

  /** Steps of this state that somebody fills the role for, and whose conditions hold as far as no form of theirs decides them. */
  inReach(): readonly TransitionDef[] {
    if (this.reach?.length !== this.taken.length || this.reach.now !== this.now) {
      const known = knownIn(this.model, { officer: 'officer.new', isSupervisor: true, slice: {}, now: this.now })
      const steps = this.here().filter((step) => {
        const asked = new Set(formOf(this.definition, step).map(({ field }) => field.id))
        const isFilled = step.on !== undefined || step.by?.some((role) => (this.fold.parties[role] ?? []).length > 0) === true
        const isSaid = (fact: string) => asked.has(fact.split('.')[0] ?? '') || this.isOfSlice(fact)
        const isOpen = (leaf: ReturnType<typeof leavesOf>[number]) => isSaid(leaf.fact) || ('same' in leaf && isSaid(leaf.same))
        return isFilled && (step.guards ?? []).every(({ expr }) => holds(expr, known) === true || leavesOf(expr).some(isOpen))
      })
      this.reach = { length: this.taken.length, now: this.now, steps }
    }
    return this.reach.steps
  }

  /** A fact that a slice states: no field, nothing of the case. */
  private isOfSlice(fact: string): boolean {
    return !/^(?:done|took|party|clock|actor|state)\b/.test(fact) && !this.definition.fields.some(({ id }) => id === fact.split('.')[0])
  }

  attempt(manner: Manner, random: SeededRandom, wanted?: TransitionDef): Attempted {
    const here = this.here()
    const transition =
      wanted ?? (manner === 'other-step' || here.length === 0 ? random.pick(this.definition.transitions) : random.pick(here))
    const roles = Object.keys(this.definition.roles)
    const isSystem = transition.by === undefined || (transition.on !== undefined && random.chance(0.2))
    const filled = (transition.by ?? []).filter((each) => (this.fold.parties[each] ?? []).length > 0)
    const own = isSystem ? null : random.pick(filled.length > 0 ? filled : transition.by)
    const role = manner === 'foreign-role' ? random.pick([null, ...roles, 'nobody']) : own
    const by = { officer: random.pick(OFFICERS), isSupervisor: random.chance(0.5), slice: {}, now: this.now }
    const form = formOf(this.definition, transition).map(({ field }) => field)
    const { fields, slice } = rightForm(this.world(random, by), transition)
    const wrong: string[] = []
    if (manner === 'missing' && Object.keys(fields).length > 0) delete fields[random.pick(Object.keys(fields))]
    if (manner === 'empty') for (const id of Object.keys(fields)) delete fields[id]
    if (manner === 'cleared') for (const { id } of form) if (random.chance(0.4)) fields[id] = random.pick([null, ''])
    if (manner === 'unknown') fields[random.pick(['noSuchField', ...this.definition.fields.map(({ id }) => id)])] = 'text'
    if (manner === 'wrong' && form.length > 0) {
      const field = random.pick(form)
      fields[field.id] = wrongValue(field, random)
      wrong.push(field.id)
    }
    const asked = manner === 'unknown' ? new Set(form.map(({ id }) => id)) : undefined
    // The field that was put in by name may happen to be one of the form, and then text is right or wrong for it by chance.
    if (asked !== undefined) for (const [id, value] of Object.entries(fields)) if (value === 'text' && asked.has(id)) delete fields[id]
    return {
      ...by,
      role,
      transition: manner === 'no-such-step' ? 'noSuchStep' : transition.id,
      fields,
      wrong,
      slice: random.chance(0.9) ? slice : {},
    }
  }

  decide(attempt: Attempted): Decision {
    const { transition, role, fields, slice, officer, isSupervisor, now } = attempt
    // A clock that has stopped rings no more: no node takes its end.
    if (role === null && this.hasStopped(transition)) return { kind: 'refused', code: 'state', because: 'The clock has stopped.' }
    return decideTransition(this.definition, {
      state: this.fold.state,
      before: this.fold.before,
      transition,
      role,
      facts: { ...factsOfCase(this.fold, {}, { now, actor: { officer, isSupervisor } }), ...(slice as Record<string, boolean>) },
      fields,
      locked: this.fold.locked,
      now,
      formats,
    })
  }

  private hasStopped(transition: string): boolean {
    const on = this.definition.transitions.find(({ id }) => id === transition)?.on
    const run = this.fold.clocks.findLast(({ clock }) => on === `clock.${clock}.expired`)
    return run?.ledger.some(({ kind }) => kind === 'stop') === true
  }

  /** Takes a step that was decided, in the case and in the model. */
  take(attempt: Attempted, decision: Extract<Decision, { kind: 'move' }>): void {
    const step: TakenStep = {
      id: `step-${String(this.taken.length).padStart(4, '0')}`,
      order: this.fold.order + 1,
      at: this.now,
      transition: attempt.transition,
      role: attempt.role,
      fields: { ...decision.fields, ...this.addressed(attempt.transition, decision.fields) },
      ...(attempt.role === null ? {} : { officer: attempt.officer }),
    }
    this.taken.push(step)
    const { steps, ...base } = this.fold
    const next = foldCase(() => this.definition, base, [step])
    this.fold = { ...next, steps: [...steps, ...next.steps] }
    takeInModel(this.definition, this.model, attempt)
    this.model.parties = this.fold.parties
  }

  /** The party behind a desk that the step names for a role, as the node records it beside the form. */
  private addressed(transition: string, fields: Readonly<Record<string, unknown>>): Record<string, Party> {
    const effects = this.definition.transitions.find(({ id }) => id === transition)?.effects ?? []
    return Object.fromEntries(
      effects.flatMap((effect) => {
        const desk = effect.kind === 'address' ? fields[effect.field] : undefined
        if (effect.kind !== 'address' || typeof desk !== 'string') return []
        const { realms = [], kinds = [] } = this.definition.roles[effect.role] ?? {}
        const where = { country: 'BE', zone: 'Europe/Brussels', calendar: 'BE' }
        return [[`${effect.field}.party`, { org: desk, desk, kind: kinds[0] ?? 'police', realm: realms[0] ?? '', ...where }]]
      }),
    )
  }

  /** Every clock as of now, in order of starting. */
  clocks() {
    return this.fold.clocks.map((started) => {
      const clock = this.definition.clocks.find(({ id }) => id === started.clock)
      if (clock === undefined) throw new Error(`No clock ${started.clock}.`)
      const { zone = 'Europe/Brussels', calendar = 'BE' } = started.obligated ?? {}
      const anchor =
        clock.atMost === undefined ? Number.NaN : Date.parse(String(this.fold.values[clock.atMost.anchor] ?? '2027-01-10T00:00:00Z'))
      const due = dueOf(
        clock,
        { startedAt: started.startedAt, zone, ledger: started.ledger, ...(Number.isNaN(anchor) ? {} : { anchor }) },
        { rules: zoneRules, calendar: holidayCalendar(calendar), now: this.now },
      )
      return { started, clock, due, stoppedAt: started.ledger.find(({ kind }) => kind === 'stop')?.at }
    })
  }

  /** Lets time pass: a little, some days, rarely a year, or until just after the next clock runs out. Answers the step that clock sets off, where it fits. */
  pass(random: SeededRandom): TransitionDef | undefined {
    const how = random.integer(0, 3)
    if (how < 3) {
      this.now += [0, HOUR, random.integer(1, random.chance(0.2) ? 400 : 40) * 24 * HOUR][how] ?? 0
      return undefined
    }
    const live = this.clocks().filter(
      ({ due, stoppedAt }) => stoppedAt === undefined && due.state !== 'suspended' && Number.isFinite(due.safe),
    )
    const next = live.sort((a, b) => a.due.safe - b.due.safe)[0]
    if (next === undefined) return undefined
    this.now = Math.max(this.now, next.due.legalLatest + 1)
    const step = this.definition.transitions.find(({ id }) => id === next.clock.onExpiry)
    return step?.from.includes(this.fold.state) === true ? step : undefined
  }

  private world(random: SeededRandom, by: Pick<Attempted, 'officer' | 'isSupervisor' | 'slice' | 'now'>): FormWorld {
    return { definition: this.definition, random, now: this.now, known: knownIn(this.model, by), leaves: this.leaves }
  }
}

/** Desks for the roles, with the kinds, realms and countries that the conditions of the procedure distinguish. */
export function partiesOf(definition: ProcedureDef, random: SeededRandom, at?: string): Record<string, readonly Party[]> {
  const asked = (about: string) =>
    leavesOf(definition.transitions).flatMap((leaf) =>
      leaf.fact.startsWith('party.') && leaf.fact.endsWith(`.${about}`)
        ? 'is' in leaf
          ? [String(leaf.is)]
          : 'in' in leaf
            ? leaf.in.map(String)
            : []
        : [],
    )
  const countries = ['BE', 'ES', 'NL', ...asked('country')]
  // Parties of one state and of several are both common.
  const [home, abroad] = [at ?? random.pick(countries), random.pick(countries)]
  return Object.fromEntries(
    Object.entries(definition.roles).flatMap(([role, { realms, kinds, many, optional }]) => {
      if (optional === true && random.chance(0.25)) return []
      const count = many === true ? random.integer(1, 3) : 1
      const party = (n: number): Party => ({
        org: `${role}.${n}`,
        desk: `${role}.${n}.desk`,
        country: random.pick([home, abroad, random.pick(countries)]),
        kind: random.pick(kinds ?? ['police', 'customs', ...asked('kind')]),
        realm: random.pick(realms),
        ...random.pick([
          { zone: 'Europe/Brussels', calendar: 'BE' },
          { zone: 'Europe/Madrid', calendar: 'ES' },
        ]),
      })
      return [[role, Array.from({ length: count }, (_, n) => party(n))]]
    }),
  )
}

/**
 * Drives cases towards what was not yet reached: from the start, and again from states that were come to before and still have steps nobody took. The same
 * definition always gives the same cases.
 */
export function explore(definition: ProcedureDef, rounds: number): Explored {
  const reached: Explored = { steps: new Set(), states: new Set([definition.initial]), started: new Set(), met: new Set(), stuck: [] }
  const ends = new Set(definition.states.filter(({ terminal }) => terminal === true).map(({ id }) => id))
  const kept = new Map<string, Walk[]>()
  const left = new Set<string>()
  for (let round = 1; round <= rounds && !isWhole(definition, reached); round++) {
    const random = createSeededRandom(round)
    const all = [...kept.values()]
    const open = all.map((walks) => walks.filter((walk) => wantedOf(walk, reached).length > 0)).filter(({ length }) => length > 0)
    // Where something new is within reach; else from somewhere on the way; else from the start.
    const from =
      open.length > 0 && random.chance(0.7)
        ? random.pick(random.pick(open))
        : all.length > 0 && random.chance(0.6)
          ? random.pick(random.pick(all))
          : undefined
    const walk = from?.copy() ?? new Walk(definition, random)
    for (let n = 0; n < 30; n++) {
      const expired = random.chance(0.25) ? walk.pass(random) : undefined
      const here = walk.inReach()
      if (here.length === 0) break
      const fresh = wantedOf(walk, reached)
      const onward = here.filter(({ to }) => !ends.has(to))
      const useful = onward.filter(({ id }) => walk.asksFor(id))
      const first =
        [fresh, useful, onward, here].filter((steps, at) => steps.length > 0 && (at === 3 || random.chance([0.6, 0.4, 0.9][at] ?? 0)))[0] ??
        here
      const wanted = expired ?? random.pick(first)
      const attempt = walk.attempt('right', random, wanted)
      const decision = walk.decide(attempt)
      if (decision.kind !== 'move') continue
      walk.take(attempt, decision)
      note(walk, { reached, kept, random })
    }
    if (!walk.isClosed && !left.has(walk.key()) && !canLeave(walk.copy(), random)) reached.stuck.push(walk)
    left.add(walk.key())
  }
  return reached
}

/** Steps of this state that nobody took yet, that lead to where nobody was, or that stop a clock which was never met. */
function wantedOf(walk: Walk, { steps, states, met }: Explored): readonly TransitionDef[] {
  const live = walk.fold.clocks.filter(({ ledger }) => !ledger.some(({ kind }) => kind === 'stop')).map(({ clock }) => clock)
  return walk
    .inReach()
    .filter(
      ({ id, toBy, effects }) =>
        !steps.has(id) ||
        Object.values(toBy?.states ?? {}).some((state) => !states.has(state)) ||
        effects.some(
          (each) =>
            each.kind === 'stop-clock' && !met.has(each.clock) && live.includes(each.clock) && meets(walk.definition, each.clock, id),
        ),
    )
}

/** Whether the duty of the clock is done by this step. */
function meets({ clocks }: ProcedureDef, clock: string, step: string): boolean {
  return clocks.find(({ id }) => id === clock)?.metBy?.includes(step) !== false
}

const MOST_KEPT = 3

function note(
  walk: Walk,
  { reached, kept, random }: { readonly reached: Explored; readonly kept: Map<string, Walk[]>; readonly random: SeededRandom },
): void {
  const { state } = walk.fold
  reached.steps.add(walk.taken.at(-1)?.transition ?? '')
  reached.states.add(state)
  for (const { clock, due } of walk.clocks()) {
    reached.started.add(clock.id)
    if (due.state === 'met') reached.met.add(clock.id)
  }
  const key = walk.key()
  const own = kept.get(key) ?? []
  if (own.length < MOST_KEPT) own.push(walk.copy())
  else if (random.chance(0.2)) own[random.integer(0, MOST_KEPT - 1)] = walk.copy()
  kept.set(key, own)
}

export interface Explored {
  readonly steps: Set<string>
  readonly states: Set<string>
  readonly started: Set<string>
  readonly met: Set<string>
  /** Cases that persons alone could not bring out of their state. */
  readonly stuck: Walk[]
}

function isWhole(definition: ProcedureDef, { steps, states, met }: Explored): boolean {
  return (
    definition.transitions.every(({ id }) => steps.has(id)) &&
    definition.states.every(({ id }) => states.has(id)) &&
    definition.clocks.every(({ id }) => met.has(id))
  )
}

/** Whether persons alone can bring the case out of its state; steps that stay in it may prepare that. */
export function canLeave(walk: Walk, random: SeededRandom): boolean {
  const from = walk.fold.state
  const isSent = walk.taken.some(({ transition }) =>
    walk.definition.transitions.some(({ id, effects }) => id === transition && effects.some(({ kind }) => kind === 'send')),
  )
  for (let tries = 0; tries < 400; tries++) {
    if (!isSent && tries % 2 === 1) walk.nameParties(random)
    const steps = walk.inReach().filter(({ by, to }) => by !== undefined && (to !== '@stay' || tries % 4 === 0))
    if (steps.length === 0) continue
    const wanted = random.pick(steps)
    // There is always a colleague who had no part in it.
    const officer = random.pick([...OFFICERS, 'officer.new'])
    const attempt = {
      ...walk.attempt('right', random, wanted),
      officer,
      role: random.pick((wanted.by ?? []).filter((each) => (walk.fold.parties[each] ?? []).length > 0)),
    }
    const decision = walk.decide(attempt)
    if (decision.kind !== 'move') continue
    walk.take(attempt, decision)
    if (walk.fold.state !== from) return true
  }
  return false
}
