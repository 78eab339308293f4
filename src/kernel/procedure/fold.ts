/**
 * A case is its steps; everything else is derived from them here: state, values, parties, clocks. Every node of a case folds the same steps in the same
 * order and so sees the same case. The order is causal: each step carries a number higher than all its author had seen; steps taken at the same time on two
 * nodes are ordered by instant, then by id. A step that does not fit where it falls is void: kept, shown as overtaken, without effect; so is the end of a
 * clock that was stopped or moved before it (`clock-end.ts`).
 * Source of the ordering: L. Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System" (1978).
 */
import type { LedgerEvent } from './clock.ts'
import { isEndOvertaken } from './clock-end.ts'
import { BACK, type Effect, type ProcedureDef, STAY, type TransitionDef } from './definition.ts'
import { instantFrom } from './instant.ts'
import { extensionOf, isStated, startOf } from './stated.ts'

export interface Party {
  readonly org: string
  readonly desk: string
  readonly country: string
  readonly kind: string
  readonly realm: string
  readonly zone: string
  readonly calendar: string
}

export interface TakenStep {
  readonly id: string
  /** Higher than that of every step its author knew. */
  readonly order: number
  readonly at: number
  readonly transition: string
  /** Null for the system. */
  readonly role: string | null
  /** Absent for the system and for steps of another node. */
  readonly officer?: string
  readonly desk?: string
  readonly fields: Readonly<Record<string, unknown>>
}

export interface FoldedStep extends TakenStep {
  readonly from: string
  readonly to: string
  readonly isVoid: boolean
}

export interface StartedClock {
  /** `answer`, and `answer#2` when it was started again after it had stopped. */
  readonly id: string
  readonly clock: string
  readonly startedAt: number
  readonly ledger: readonly LedgerEvent[]
  /** Who is obliged: decides zone and calendar. Absent where only a slice knows its parties. */
  readonly obligated?: Party
}

export interface CaseFold {
  readonly version: string
  readonly state: string
  /** States in which the case was before, innermost last: where `@back` returns to. */
  readonly before: readonly string[]
  readonly order: number
  readonly values: Readonly<Record<string, unknown>>
  readonly parties: Readonly<Record<string, readonly Party[]>>
  readonly clocks: readonly StartedClock[]
  readonly done: readonly string[]
  readonly locked: readonly string[]
  readonly purged: readonly string[]
  /** Desks that have the case: whom a step is told. */
  readonly reached: readonly string[]
  /** Ids of the steps that are in it. */
  readonly seen: readonly string[]
  readonly steps: readonly FoldedStep[]
}

/** A side state returns to where it was entered from; nobody goes back further than this. */
const DEEPEST_BACK = 100

/** What a case begins with: for whoever opens it the initial state, for whoever receives it the fold of its sender as released to it. */
export type CaseBase = Omit<CaseFold, 'steps'>

export function baseOf(definition: ProcedureDef, parties: CaseBase['parties'] = {}): CaseBase {
  return {
    version: definition.version,
    state: definition.initial,
    before: [],
    order: 0,
    values: {},
    parties,
    clocks: [],
    done: [],
    locked: [],
    purged: [],
    reached: [],
    seen: [],
  }
}

/** Moves a running case to another version of its procedure; `fields.version` names it. */
export const MIGRATE = '@migrate'
/** Names who fills a role that nobody has yet: `fields.role`, `fields.parties`. */
export const NAME_PARTIES = '@parties'

export function foldCase(versions: (version: string) => ProcedureDef, base: CaseBase, taken: readonly TakenStep[]): CaseFold {
  let fold: CaseFold = { ...base, steps: [] }
  for (const step of taken.filter(({ id }) => !base.seen.includes(id)).sort(inOrder)) fold = folded(versions, fold, step)
  return fold
}

function folded(versions: (version: string) => ProcedureDef, fold: CaseFold, step: TakenStep): CaseFold {
  if (step.transition === MIGRATE) return migrated(versions, fold, step)
  return step.transition === NAME_PARTIES ? named(fold, step) : next(versions(fold.version), fold, step)
}

export function inOrder(a: TakenStep, b: TakenStep): number {
  return a.order - b.order || a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** Where a step leads from a state; undefined when it does not fit there. */
export function targetOf(
  transition: TransitionDef,
  from: { readonly state: string; readonly before: readonly string[] },
  fields: Readonly<Record<string, unknown>>,
): string | undefined {
  if (!transition.from.includes(from.state)) return undefined
  const to = (transition.toBy && transition.toBy.states[String(fields[transition.toBy.field])]) ?? transition.to
  if (to === STAY) return from.state
  return to === BACK ? from.before.at(-1) : to
}

function next(definition: ProcedureDef, fold: CaseFold, step: TakenStep): CaseFold {
  const transition = definition.transitions.find((each) => each.id === step.transition)
  const to = transition === undefined ? undefined : targetOf(transition, fold, step.fields)
  const order = Math.max(fold.order, step.order)
  if (transition === undefined || to === undefined || !isOpenTo(transition, step.role) || isEndOvertaken(transition, step, fold.clocks))
    return voided(fold, step)
  const moved: CaseFold = {
    ...fold,
    order,
    seen: [...fold.seen, step.id],
    state: to,
    before:
      transition.to === BACK
        ? fold.before.slice(0, -1)
        : to === fold.state
          ? fold.before
          : [...fold.before, fold.state].slice(-DEEPEST_BACK),
    values: { ...fold.values, ...settable(fold, step.fields) },
    done: fold.done.includes(step.transition) ? fold.done : [...fold.done, step.transition],
    steps: [...fold.steps, { ...step, from: fold.state, to, isVoid: false }],
  }
  const effected = transition.effects.reduce((each, effect) => withEffect(each, effect, { definition, step }), moved)
  return definition.states.find(({ id }) => id === to)?.terminal === true ? closed(effected, step) : effected
}

/** A step that crossed with a lock or an erasure changes nothing of what is locked and brings nothing back. */
function settable({ locked, purged }: CaseFold, fields: TakenStep['fields']): TakenStep['fields'] {
  return Object.fromEntries(Object.entries(fields).filter(([id]) => !locked.includes(id) && !purged.includes(id) && !isStated(id)))
}

/** A closed case has no clock that runs on. */
function closed(fold: CaseFold, step: TakenStep): CaseFold {
  const stop = (id: string, each: CaseFold) => withEvent(each, id, { kind: 'stop', at: step.at, reason: step.transition })
  return [...new Set(fold.clocks.map(({ clock }) => clock))].reduce((each, id) => stop(id, each), fold)
}

function named(fold: CaseFold, step: TakenStep): CaseFold {
  const role = String(step.fields['role'])
  // A role whose desk has the case is addressed anew by a step of the procedure only.
  if ((fold.parties[role] ?? []).some(({ desk }) => fold.reached.includes(desk))) return voided(fold, step)
  const { state } = fold
  return {
    ...fold,
    order: Math.max(fold.order, step.order),
    seen: [...fold.seen, step.id],
    parties: { ...fold.parties, [role]: step.fields['parties'] as readonly Party[] },
    steps: [...fold.steps, { ...step, from: state, to: state, isVoid: false }],
  }
}

function voided(fold: CaseFold, step: TakenStep): CaseFold {
  const { state } = fold
  return {
    ...fold,
    order: Math.max(fold.order, step.order),
    seen: [...fold.seen, step.id],
    steps: [...fold.steps, { ...step, from: state, to: state, isVoid: true }],
  }
}

/** The system may take a step that names an event, whoever else may take it. */
export function isOpenTo(transition: TransitionDef, role: string | null): boolean {
  return role === null ? transition.on !== undefined : transition.by?.includes(role) === true
}

interface Context {
  readonly definition: ProcedureDef
  readonly step: TakenStep
}

function withEffect(fold: CaseFold, effect: Effect, { definition, step }: Context): CaseFold {
  switch (effect.kind) {
    case 'start-clock':
      return { ...fold, clocks: started(fold, effect, { definition, step }) }
    case 'stop-clock':
      return withEvent(fold, effect.clock, { kind: 'stop', at: step.at, reason: step.transition })
    case 'suspend-clock':
      return withEvent(fold, effect.clock, { kind: 'suspend', at: step.at, reason: step.transition })
    case 'resume-clock':
      return withEvent(fold, effect.clock, { kind: 'resume', at: step.at, reason: step.transition })
    case 'extend-clock': {
      const most = definition.clocks.find((each) => each.id === effect.clock)?.extend
      if (most === undefined) return fold
      const n = Math.min(
        Number(step.fields[extensionOf(effect.clock)] ?? step.fields[effect.by]),
        most.max - extendedBy(fold, effect.clock),
      )
      return n > 0
        ? withEvent(fold, effect.clock, { kind: 'extend', at: step.at, by: { n, unit: most.unit }, reason: step.transition })
        : fold
    }
    case 'purge':
      return {
        ...fold,
        values: Object.fromEntries(Object.entries(fold.values).filter(([id]) => !effect.fields.includes(id))),
        purged: [...new Set([...fold.purged, ...effect.fields])],
      }
    case 'lock':
      return { ...fold, locked: [...new Set([...fold.locked, ...effect.fields])] }
    case 'address': {
      const party = step.fields[`${effect.field}.party`] as Party | undefined
      if (party === undefined) return fold
      return { ...fold, parties: { ...fold.parties, [effect.role]: [party] }, clocks: handedOn(fold, effect.role, { definition, party }) }
    }
    case 'send': {
      const desks = effect.roles.flatMap((role) => (fold.parties[role] ?? []).map(({ desk }) => desk))
      return { ...fold, reached: [...new Set([...fold.reached, ...desks])] }
    }
    case 'notify':
    case 'spawn':
    case 'call':
      return fold
  }
}

/** Whoever takes a role over takes over what runs against it: no clock is left with a desk that has no more part in the case. */
function handedOn(
  fold: CaseFold,
  role: string,
  { definition, party }: { readonly definition: ProcedureDef; readonly party: Party },
): readonly StartedClock[] {
  const obliged = definition.clocks.filter(({ obligated }) => obligated === role).map(({ id }) => id)
  return fold.clocks.map((each) =>
    obliged.includes(each.clock) && !each.ledger.some(({ kind }) => kind === 'stop') ? { ...each, obligated: party } : each,
  )
}

/** What the running instance of a clock was extended by so far, in the unit of its extensions. */
export function extendedBy(fold: Pick<CaseFold, 'clocks'>, clock: string): number {
  const running = fold.clocks.findLast((each) => each.clock === clock)
  return (running?.ledger ?? []).reduce((sum, event) => (event.kind === 'extend' ? sum + event.by.n : sum), 0)
}

function started(fold: CaseFold, effect: Extract<Effect, { kind: 'start-clock' }>, { definition, step }: Context): readonly StartedClock[] {
  const own = fold.clocks.filter((each) => each.clock === effect.clock)
  const last = own.at(-1)
  if (last !== undefined && !last.ledger.some((event) => event.kind === 'stop')) return fold.clocks
  const role = definition.clocks.find((each) => each.id === effect.clock)?.obligated ?? ''
  const obligated = fold.parties[role]?.[0]
  const stated = effect.from === undefined ? undefined : (step.fields[startOf(effect.clock)] ?? fold.values[effect.from])
  const from = typeof stated === 'string' ? instantFrom(stated) : undefined
  return [
    ...fold.clocks,
    {
      id: own.length === 0 ? effect.clock : `${effect.clock}#${own.length + 1}`,
      clock: effect.clock,
      startedAt: from ?? step.at,
      ledger: [],
      ...(obligated === undefined ? {} : { obligated }),
    },
  ]
}

/** To the instance that runs; a clock that never ran, or has stopped, takes no event. */
function withEvent(fold: CaseFold, clock: string, event: LedgerEvent): CaseFold {
  const last = fold.clocks.findLastIndex((each) => each.clock === clock)
  const running = fold.clocks[last]
  if (running === undefined || running.ledger.some((each) => each.kind === 'stop')) return fold
  return { ...fold, clocks: fold.clocks.with(last, { ...running, ledger: [...running.ledger, event] }) }
}

function migrated(versions: (version: string) => ProcedureDef, fold: CaseFold, step: TakenStep): CaseFold {
  const version = String(step.fields['version'])
  const rule = versions(version).migratesFrom?.find((each) => each.version === fold.version)
  if (rule === undefined) return voided(fold, step)
  const order = Math.max(fold.order, step.order)
  const of = (state: string) => rule.states[state] ?? state
  const to = of(fold.state)
  return {
    ...fold,
    order,
    seen: [...fold.seen, step.id],
    version,
    state: to,
    before: fold.before.map(of),
    steps: [...fold.steps, { ...step, from: fold.state, to, isVoid: false }],
  }
}
