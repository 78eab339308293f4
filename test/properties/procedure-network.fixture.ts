/**
 * One case on several nodes, in memory: each desk folds what it holds, decides by the machine on that alone, and tells the others by what its role may
 * know, as `tell.ts` and `receive.ts` do it. Between them lies a network that delays, repeats and reorders.
 */
import type { ProcedureDef, TransitionDef } from '#kernel/procedure/definition.ts'
import { factsOfCase } from '#kernel/procedure/facts.ts'
import { baseOf, type CaseBase, type CaseFold, foldCase, type Party, type TakenStep } from '#kernel/procedure/fold.ts'
import { decideTransition } from '#kernel/procedure/machine.ts'
import { statedBy } from '#kernel/procedure/stated.ts'
import type { SeededRandom } from '#kernel/stats/seeded-random.ts'
import { formats } from '../../src/modules/procedures/server/formats.ts'
import {
  clocksFor,
  desksOf,
  doneFor,
  isFor,
  isTold,
  partiesFor,
  rolesOfDesk,
  valuesFor,
} from '../../src/modules/procedures/server/parties.ts'
import { knownOf } from './procedure-facts.fixture.ts'
import { leavesOf, rightForm } from './procedure-forms.fixture.ts'

export type Letter = { readonly from: string; readonly to: string } & (
  | { readonly type: 'case'; readonly base: CaseBase }
  | { readonly type: 'step'; readonly step: TakenStep }
)

export interface World {
  readonly definition: ProcedureDef
  /** Every desk there is, by its id. */
  readonly directory: ReadonlyMap<string, Party>
  /** Desks that ever had the case. */
  readonly had: Set<string>
  now: number
}

/** Letters that a node would not take: the desk that speaks has no part in the case, or the case names this one in no role. */
export class NotTaken extends Error {}

export class CaseNode {
  readonly desk: string
  private readonly world: World
  private readonly leaves
  private early: Extract<Letter, { type: 'step' }>[] = []
  private count = 0
  base: CaseBase | undefined
  steps: TakenStep[] = []

  constructor(desk: string, world: World) {
    this.desk = desk
    this.world = world
    this.leaves = leavesOf(world.definition.transitions)
  }

  open(parties: Readonly<Record<string, readonly Party[]>>): void {
    this.base = { ...baseOf(this.world.definition, parties), reached: [this.desk] }
    this.world.had.add(this.desk)
  }

  fold(): CaseFold | undefined {
    return this.base === undefined ? undefined : foldCase(() => this.world.definition, this.base, this.steps)
  }

  roles(fold = this.fold()): readonly string[] {
    return fold === undefined ? [] : rolesOfDesk(fold.parties, this.desk)
  }

  /** Steps that a person of this desk could be offered. */
  offered(): readonly TransitionDef[] {
    const fold = this.fold()
    const roles = this.roles(fold)
    return this.world.definition.transitions.filter(
      ({ from, by }) => fold !== undefined && from.includes(fold.state) && by?.some((role) => roles.includes(role)) === true,
    )
  }

  /** Tries a step with a form that ought to fit; answers what it has to tell. */
  take(
    transition: TransitionDef,
    random: SeededRandom,
    role = transition.by?.find((each) => this.roles().includes(each)) ?? null,
  ): readonly Letter[] {
    const before = this.fold()
    if (before === undefined) return []
    const { definition, now } = this.world
    const { fields, slice } = rightForm({ definition, random, now, leaves: this.leaves, known: knownHere(before, now) }, transition)
    for (const effect of transition.effects) {
      const fresh = effect.kind === 'address' ? this.candidates(effect.role) : []
      if (effect.kind === 'address' && transition.form !== undefined && fresh.length > 0) fields[effect.field] = random.pick(fresh)
    }
    const decision = decideTransition(definition, {
      state: before.state,
      before: before.before,
      transition: transition.id,
      role,
      facts: { ...factsOfCase(before, {}, { now }), ...slice },
      fields,
      locked: before.locked,
      now,
      formats,
    })
    if (decision.kind !== 'move') return []
    const added = Object.fromEntries(
      transition.effects.flatMap((effect) =>
        effect.kind === 'address' && typeof decision.fields[effect.field] === 'string'
          ? [[`${effect.field}.party`, this.world.directory.get(String(decision.fields[effect.field]))]]
          : [],
      ),
    )
    this.count += 1
    const step: TakenStep = {
      id: `${this.desk}:${this.count}`,
      order: before.order + 1,
      at: now,
      transition: transition.id,
      role,
      desk: this.desk,
      fields: { ...decision.fields, ...added, ...statedBy(transition, { ...before.values, ...decision.fields }) },
    }
    return this.record(before, step, transition)
  }

  receive(letter: Letter): readonly Letter[] {
    if (letter.type === 'case') return this.receiveCase(letter)
    const before = this.fold()
    if (before === undefined || this.isNotYetKnown(before, letter)) {
      this.early.push(letter)
      return []
    }
    if (before.seen.includes(letter.step.id)) return []
    this.requirePart(before, letter)
    const { definition } = this.world
    const roles = rolesOfDesk(before.parties, this.desk)
    const fields = Object.fromEntries(Object.entries(letter.step.fields).filter(([id]) => isFor(definition, id, roles)))
    this.steps.push({ ...letter.step, fields })
    const after = this.fold() ?? before
    const isVoid = after.steps.find(({ id }) => id === letter.step.id)?.isVoid === true
    const relayed = isVoid ? [] : relayOf(definition, { own: this.desk, after, step: { ...letter.step, fields } })
    return isAddress(definition, letter.step) ? [...relayed, ...this.retake()] : relayed
  }

  private retake(): readonly Letter[] {
    const early = this.early
    this.early = []
    return early.flatMap((each) => this.receive(each))
  }

  private receiveCase(letter: Extract<Letter, { type: 'case' }>): readonly Letter[] {
    if (this.base !== undefined) return []
    const roles = rolesOfDesk(letter.base.parties, this.desk)
    if (roles.length === 0) throw new NotTaken('The case names this desk in no role.')
    const values = Object.fromEntries(Object.entries(letter.base.values).filter(([id]) => isFor(this.world.definition, id, roles)))
    this.base = { ...letter.base, values, reached: [...new Set([...letter.base.reached, this.desk, letter.from])] }
    this.world.had.add(this.desk)
    const told: Letter[] = []
    for (const transition of this.world.definition.transitions)
      for (const role of roles) {
        const fold = this.fold()
        if (fold === undefined || transition.on !== `received.${role}` || !transition.from.includes(fold.state)) continue
        this.count += 1
        const id = `${this.desk}:${this.count}`
        told.push(
          ...this.record(
            fold,
            {
              id,
              order: fold.order + 1,
              at: this.world.now,
              transition: transition.id,
              role: null,
              desk: this.desk,
              fields: statedBy(transition, fold.values),
            },
            transition,
          ),
        )
      }
    return [...told, ...this.retake()]
  }

  private record(before: CaseFold, step: TakenStep, transition: TransitionDef): readonly Letter[] {
    this.steps.push(step)
    const after = this.fold() ?? before
    return lettersOf(this.world.definition, { from: this.desk, before, after, step, transition })
  }

  /** The desk that speaks was brought in by a step that has not come yet. */
  private isNotYetKnown(fold: CaseFold, { from, step }: Extract<Letter, { type: 'step' }>): boolean {
    return step.desk === from && this.rolesEver(fold, from).length === 0
  }

  private rolesEver(fold: CaseFold, desk: string): readonly string[] {
    const addressed = fold.steps.flatMap(({ transition, fields }) =>
      (this.world.definition.transitions.find(({ id }) => id === transition)?.effects ?? []).flatMap((effect) => {
        const party = effect.kind === 'address' ? (fields[`${effect.field}.party`] as Party | undefined) : undefined
        return effect.kind === 'address' && party?.desk === desk ? [effect.role] : []
      }),
    )
    return [...rolesOfDesk(this.base?.parties ?? {}, desk), ...rolesOfDesk(fold.parties, desk), ...addressed]
  }

  private requirePart(fold: CaseFold, { from, step }: Extract<Letter, { type: 'step' }>): void {
    const roles = this.rolesEver(fold, from)
    const isSpokenFor = step.desk !== from && roles.length > 0
    const isOwn = step.role === null ? roles.length > 0 : roles.includes(step.role)
    if (!isOwn && !isSpokenFor) throw new NotTaken(`${from} speaks as ${step.role} and has no part in the case.`)
  }

  /** Desks that could fill a role and had no part in the case so far. */
  private candidates(role: string): readonly string[] {
    return [...this.world.directory.keys()].filter((desk) => desk.startsWith(`${role}.`) && !this.world.had.has(desk))
  }
}

/** What one node tells the others of a step: the case to whom it brings in, the step to who has it; to each what its roles may know. */
function lettersOf(
  definition: ProcedureDef,
  at: {
    readonly from: string
    readonly before: CaseFold
    readonly after: CaseFold
    readonly step: TakenStep
    readonly transition: TransitionDef
  },
): readonly Letter[] {
  const { from, before, after, step, transition } = at
  const others = desksOf(after.parties).filter(({ desk }) => desk !== from)
  const gone = desksOf(before.parties).filter(({ desk }) => desk !== from && !others.some((each) => each.desk === desk))
  return [...others, ...gone].flatMap((party): readonly Letter[] => {
    const to = party.desk
    if (!after.reached.includes(to)) return []
    const roles = rolesOfDesk(gone.includes(party) ? before.parties : after.parties, to)
    if (!before.reached.includes(to)) {
      const { steps: _steps, ...fold } = after
      const parties = partiesFor(definition, fold.parties, to)
      const told = desksOf(parties).filter(({ desk }) => isTold(transition, rolesOfDesk(parties, desk)))
      const reached = new Set([...told.map(({ desk }) => desk), to, from])
      const base: CaseBase = {
        ...fold,
        parties,
        values: valuesFor(definition, fold.values, roles),
        reached: fold.reached.filter((each) => reached.has(each)),
        done: doneFor(definition, fold.done, roles),
        seen: fold.seen.filter((id) => !after.steps.some((each) => each.id === id && !isTold(stepOf(definition, each), roles))),
        clocks: clocksFor(definition, fold, to),
      }
      return [{ from, to, type: 'case', base }]
    }
    if (!isTold(transition, roles)) return []
    return [{ from, to, type: 'step', step: { ...step, fields: valuesFor(definition, step.fields, roles) } }]
  })
}

function stepOf(definition: ProcedureDef, { transition }: TakenStep): TransitionDef | undefined {
  return definition.transitions.find(({ id }) => id === transition)
}

function isAddress(definition: ProcedureDef, step: TakenStep): boolean {
  return stepOf(definition, step)?.effects.some(({ kind }) => kind === 'address') === true
}

/** Passes a step on between a desk that this one brought in without telling everybody, and those who do not know of it. */
function relayOf(
  definition: ProcedureDef,
  { own, after, step }: { readonly own: string; readonly after: CaseFold; readonly step: TakenStep },
): readonly Letter[] {
  const quiet = after.steps.flatMap((each) => {
    const transition = stepOf(definition, each)
    if (each.isVoid || each.desk !== own || transition?.told === undefined) return []
    return transition.effects.flatMap((effect) => (effect.kind === 'send' ? effect.roles : []))
  })
  const hidden = new Set(quiet.flatMap((role) => (after.parties[role] ?? []).map(({ desk }) => desk)))
  return desksOf(after.parties).flatMap(({ desk }): readonly Letter[] => {
    const roles = rolesOfDesk(after.parties, desk)
    if (desk === own || desk === step.desk || !after.reached.includes(desk)) return []
    if (!(hidden.has(desk) || hidden.has(step.desk ?? '')) || !isTold(stepOf(definition, step), roles)) return []
    return [{ from: own, to: desk, type: 'step', step: { ...step, fields: valuesFor(definition, step.fields, roles) } }]
  })
}

function knownHere(fold: CaseFold, now: number) {
  return knownOf({
    state: fold.state,
    values: new Map(Object.entries(fold.values)),
    done: new Set(fold.done),
    took: new Set(),
    parties: fold.parties,
    extended: new Map(),
    isSupervisor: false,
    slice: {},
    now,
  })
}
