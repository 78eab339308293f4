/**
 * One case on several nodes: whatever order its messages come in, late, twice or crossing, when all have come every node folds the same case: the same
 * state, the same steps void, the same clocks at the same instants, the same value of each field that two of them may see. And none ever holds a value
 * that is not for it. Desks are brought in while nothing else is under way.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { targetsOf } from '#kernel/procedure/check-definition.ts'
import type { ProcedureDef, TransitionDef } from '#kernel/procedure/definition.ts'
import type { CaseFold, Party, TakenStep } from '#kernel/procedure/fold.ts'
import { formOf } from '#kernel/procedure/form.ts'
import { createSeededRandom, type SeededRandom } from '#kernel/stats/seeded-random.ts'
import { isFor, rolesOfDesk } from '../../src/modules/procedures/server/parties.ts'
import { CaseNode, type Letter, type World } from './procedure-network.fixture.ts'
import { everyProcedure, partiesOf } from './procedure-walk.fixture.ts'

const HOUR = 3_600_000
const SEED = 20_261_126
const CASES = 25
const PROCEDURES = everyProcedure().procedures.filter(({ opener }) => opener !== undefined)

describe.each(PROCEDURES.map((definition) => [definition.id, definition] as const))('%s', (_id, definition) => {
  it('lets every party follow: what decides the next state is for everyone who learns of the step', () => {
    expect(partings(definition)).toEqual([])
  })

  it('is the same case on every node when all messages have come, and nobody holds what is not for them', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (seed) => {
        const random = createSeededRandom(seed)
        const net = new Network(definition, random)
        net.driveInOrder(random.integer(4, 20), random)
        net.driveCrossing(random.integer(4, 20), random)
        net.expectOneCase()
      }),
      { seed: SEED, numRuns: CASES },
    )
  })
})

/** Steps whose form decides the state by a field that not everyone may see who learns of the step. */
function partings(definition: ProcedureDef): readonly string[] {
  const shared = sharedStates(definition)
  return definition.transitions.flatMap(({ id, from, by = [], told, toBy }) => {
    const learn = [...(told ?? Object.keys(definition.roles)), ...by]
    const audience = definition.fields.find((field) => field.id === toBy?.field)?.audience
    const isHidden = audience !== undefined && learn.some((role) => !audience.includes(role))
    return isHidden && from.some((state) => shared.has(state)) ? [`${id}: ${toBy?.field}`] : []
  })
}

/** States in which others than the opener may have the case: those that follow from a step which sends it. */
function sharedStates(definition: ProcedureDef): ReadonlySet<string> {
  const shared = new Set<string>()
  for (let size = -1; size !== shared.size; ) {
    size = shared.size
    for (const step of definition.transitions)
      for (const from of step.from)
        if (shared.has(from) || step.effects.some(({ kind }) => kind === 'send'))
          for (const target of targetsOf(definition, step, from)) shared.add(target)
  }
  return shared
}

class Network {
  private readonly definition: ProcedureDef
  private readonly world: World
  private readonly nodes: ReadonlyMap<string, CaseNode>
  private readonly opener: CaseNode
  private post: Letter[] = []

  constructor(definition: ProcedureDef, random: SeededRandom) {
    this.definition = definition
    const parties = partiesOf(definition, random)
    const directory = new Map(Object.values(parties).flatMap((list) => list.map((party) => [party.desk, party] as const)))
    // Desks that a case may be forwarded to.
    for (const [role, [first]] of Object.entries(parties))
      for (const n of [7, 8, 9])
        if (first !== undefined) directory.set(`${role}.${n}.desk`, { ...first, org: `${role}.${n}`, desk: `${role}.${n}.desk` })
    this.world = { definition, directory, had: new Set(), now: Date.parse('2026-11-26T09:00:00Z') }
    this.nodes = new Map([...directory.keys()].map((desk) => [desk, new CaseNode(desk, this.world)]))
    const own = parties[definition.opener ?? '']?.[0]?.desk ?? ''
    this.opener = this.node(own)
    this.opener.open(parties)
  }

  /** All messages of a step come, in any order, before the next is taken: desks are brought in, quietly or before all, the case is forwarded. */
  driveInOrder(steps: number, random: SeededRandom): void {
    for (let n = 0; n < steps; n++) {
      this.step(random, () => true)
      while (this.post.length > 0) this.deliver(random.integer(0, this.post.length - 1))
    }
  }

  /** Steps are taken while others are on their way; messages come in any order, some twice. Nobody new is brought in. */
  driveCrossing(steps: number, random: SeededRandom): void {
    for (let n = 0; n < steps; n++) {
      this.step(random, ({ effects }) => !effects.some(({ kind }) => kind === 'address' || kind === 'send'))
      while (this.post.length > 0 && random.chance(0.4)) this.deliver(random.integer(0, this.post.length - 1), random.chance(0.2))
    }
    while (this.post.length > 0) this.deliver(random.integer(0, this.post.length - 1))
  }

  expectOneCase(): void {
    // Whoever handed the case on has no more part in it.
    const first = [this.opener, ...this.nodes.values()].find((node) => node.roles().length > 0) ?? this.opener
    const fold = this.foldOf(first)
    for (const node of this.nodes.values()) {
      const theirs = node.fold()
      if (theirs === undefined) continue
      this.expectOwnValues(node, theirs)
      if (node !== first && rolesOfDesk(fold.parties, node.desk).length > 0) this.expectSame({ first, fold }, { node, theirs })
    }
  }

  private step(random: SeededRandom, allowed: (step: TransitionDef) => boolean): void {
    this.world.now += random.integer(0, 30) * HOUR
    const ends = new Set(this.definition.states.flatMap(({ id, terminal }) => (terminal === true ? [id] : [])))
    const node = random.pick([...this.nodes.values()].filter((each) => each.base !== undefined && each.roles().length > 0))
    const offered = node.offered().filter(allowed)
    const onward = offered.filter(({ to }) => !ends.has(to))
    const from = onward.length > 0 && random.chance(0.9) ? onward : offered
    if (from.length > 0) this.post.push(...node.take(random.pick(from), random))
  }

  private deliver(at: number, again = false): void {
    const [letter] = again ? this.post.slice(at, at + 1) : this.post.splice(at, 1)
    if (letter !== undefined) this.post.push(...this.node(letter.to).receive(letter))
  }

  private expectSame(
    { first, fold }: { readonly first: CaseNode; readonly fold: CaseFold },
    { node, theirs }: { readonly node: CaseNode; readonly theirs: CaseFold },
  ): void {
    const about = `${node.desk} beside ${first.desk}: ${fold.steps.map((step) => `${step.role}:${step.transition}${step.isVoid ? ' (void)' : ''}`).join(' ')}`
    expect(theirs.state, about).toBe(fold.state)
    expect(theirs.before, about).toEqual(fold.before)
    const knows = (step: TakenStep) => this.learnsOf(step, node, fold)
    const own = new Map(theirs.steps.map((step) => [step.id, step]))
    for (const step of fold.steps.filter(knows)) {
      if (own.has(step.id)) expect([step.transition, own.get(step.id)?.isVoid], about).toEqual([step.transition, step.isVoid])
      else expect(theirs.seen, about).toContain(step.id)
    }
    expect(this.clocksOf(theirs), about).toEqual(this.clocksOf(fold))
    for (const [id, value] of Object.entries(this.sharedValues(fold, [first, node])))
      expect([id, theirs.values[id] ?? null], about).toEqual([id, value ?? null])
  }

  /** Not what only others are told, and not what a fellow of one role did who is not known. */
  private learnsOf({ transition, role }: TakenStep, node: CaseNode, fold: CaseFold): boolean {
    const step = this.definition.transitions.find(({ id }) => id === transition)
    const roles = rolesOfDesk(fold.parties, node.desk)
    const by = role ?? step?.on?.replace(/^received\./, '') ?? ''
    const isFellow = this.definition.roles[by]?.many === true && roles.includes(by)
    return !isFellow && (step?.told === undefined || step.told.some((each) => roles.includes(each)))
  }

  /** Clocks that every party counts: not those that a step moves of which only some are told. */
  private clocksOf({ clocks }: CaseFold): unknown {
    const partial = new Set(
      this.partSteps().flatMap(({ effects }) => effects.flatMap((effect) => ('clock' in effect ? [effect.clock] : []))),
    )
    const forSome = new Set(this.definition.clocks.filter(({ audience }) => audience !== undefined).map(({ id }) => id))
    return clocks
      .filter(({ clock }) => !partial.has(clock) && !forSome.has(clock))
      .map(({ id, startedAt, ledger }) => ({ id, startedAt, ledger }))
  }

  private sharedValues(fold: CaseFold, nodes: readonly CaseNode[]): Record<string, unknown> {
    const partial = new Set(this.partSteps().flatMap((step) => formOf(this.definition, step).map(({ field }) => field.id)))
    const seats = nodes.map(({ desk }) => rolesOfDesk(fold.parties, desk))
    return Object.fromEntries(
      this.definition.fields
        .filter(({ id, audience }) => !partial.has(id) && seats.every((roles) => roles.some((role) => audience.includes(role))))
        .map(({ id }) => [id, fold.values[id]]),
    )
  }

  /** Steps of which not every party learns. */
  private partSteps(): readonly TransitionDef[] {
    return this.definition.transitions.filter(
      ({ told, by }) => told !== undefined || by?.some((role) => this.definition.roles[role]?.many === true) === true,
    )
  }

  private expectOwnValues(node: CaseNode, fold: CaseFold): void {
    const had = [node.base?.parties ?? {}, fold.parties, ...fold.steps.flatMap(({ fields }) => addressedTo(this.definition, fields))]
    const roles = [...new Set(had.flatMap((parties) => rolesOfDesk(parties, node.desk)))]
    const told = fold.steps.filter(({ id }) => !id.startsWith(`${node.desk}:`))
    const held = [...told.map(({ fields }) => fields), node.base?.values ?? {}].flatMap((values) => Object.keys(values))
    expect(held.filter((id) => !isFor(this.definition, id, roles))).toEqual([])
  }

  private node(desk: string): CaseNode {
    const found = this.nodes.get(desk)
    if (found === undefined) throw new Error(`No desk ${desk}.`)
    return found
  }

  private foldOf(node: CaseNode): CaseFold {
    const fold = node.fold()
    if (fold === undefined) throw new Error(`${node.desk} has no case.`)
    return fold
  }
}

function addressedTo(definition: ProcedureDef, fields: Readonly<Record<string, unknown>>): Record<string, readonly Party[]>[] {
  return definition.transitions.flatMap(({ effects }) =>
    effects.flatMap((effect) => {
      const party = effect.kind === 'address' ? (fields[`${effect.field}.party`] as Party | undefined) : undefined
      return effect.kind === 'address' && party !== undefined ? [{ [effect.role]: [party] }] : []
    }),
  )
}

const basis = { act: 'Policy', art: '1', mark: 'D' } as const
const SMALL: ProcedureDef = {
  id: 'T-02',
  title: 'Request with a withdrawal and an answer that may cross',
  version: '2026-11-01',
  basis: [basis],
  realm: 'LED',
  measures: [],
  roles: {
    asker: { title: 'Asker', realms: ['customs'] },
    answerer: { title: 'Answerer', realms: ['customs'] },
    copied: { title: 'Copied', realms: ['customs'] },
  },
  opener: 'asker',
  initial: 'draft',
  states: [
    { id: 'draft', title: 'Draft', rank: 0 },
    { id: 'sent', title: 'Sent', rank: 1 },
    { id: 'answered', title: 'Answered', rank: 2, terminal: true },
    { id: 'withdrawn', title: 'Withdrawn', rank: 2, terminal: true },
  ],
  transitions: [
    {
      id: 'send',
      title: 'Send',
      from: ['draft'],
      to: 'sent',
      by: ['asker'],
      effects: [
        { kind: 'send', roles: ['answerer', 'copied'] },
        { kind: 'start-clock', clock: 'answer' },
      ],
    },
    {
      id: 'withdraw',
      title: 'Withdraw',
      from: ['sent'],
      to: 'withdrawn',
      by: ['asker'],
      form: [{ field: 'why', required: true }],
      effects: [],
    },
    {
      id: 'answer',
      title: 'Answer',
      from: ['sent'],
      to: 'answered',
      by: ['answerer'],
      form: [{ field: 'text', required: true }],
      effects: [],
    },
  ],
  fields: [
    { id: 'why', title: 'Why', type: 'text', audience: ['asker', 'answerer', 'copied'] },
    { id: 'text', title: 'Answer', type: 'text', audience: ['asker', 'answerer'] },
  ],
  clocks: [
    {
      id: 'answer',
      title: 'Answer',
      budget: { n: 8, unit: 'hour' },
      obligated: 'answerer',
      kind: 'policy',
      regime: 'policy',
      basis,
      ladder: [],
      onExpiry: 'remind',
    },
  ],
  refusalGrounds: [],
  retention: [],
  statistics: [],
}

describe('two steps that cross', () => {
  const step = (id: string) => SMALL.transitions.find((each) => each.id === id) as TransitionDef
  const orders = [
    ['withdraw first', [0, HOUR], 'withdrawn'],
    ['answer first', [HOUR, 0], 'answered'],
    ['both at one instant, so that the ids decide', [0, 0], 'answered'],
  ] as const
  const arrivals = permutations([0, 1, 2, 3])

  it.each(orders)(
    '%s: the earlier wins on all three nodes, the other is void on all three, and the copied desk never sees the answer',
    (_title, delays, winner) => {
      const results = arrivals.map((arrival) => {
        const random = createSeededRandom(1)
        const parties = partiesOf(SMALL, random)
        const directory = new Map(Object.values(parties).flatMap((list) => list.map((party) => [party.desk, party] as const)))
        const world: World = { definition: SMALL, directory, had: new Set(), now: Date.parse('2026-11-26T09:00:00Z') }
        const [asker, answerer, copied] = Object.keys(parties).map((role) => new CaseNode(`${role}.0.desk`, world)) as [
          CaseNode,
          CaseNode,
          CaseNode,
        ]
        const nodes = [asker, answerer, copied]
        const deliver = (letter: Letter) => nodes.find(({ desk }) => desk === letter.to)?.receive(letter)
        asker.open(parties)
        asker.take(step('send'), random).forEach(deliver)
        const start = world.now
        world.now = start + delays[0]
        const withdrawn = asker.take(step('withdraw'), random)
        world.now = start + delays[1]
        const post = [...withdrawn, ...answerer.take(step('answer'), random)]
        expect(post).toHaveLength(4)
        for (const at of arrival) deliver(post[at] as Letter)
        for (const at of arrival) deliver(post[at] as Letter)
        expect(copied.steps.flatMap(({ fields }) => Object.keys(fields))).not.toContain('text')
        return nodes.map((node) => {
          const fold = node.fold()
          return {
            state: fold?.state,
            clocks: fold?.clocks,
            steps: fold?.steps.filter(({ transition }) => transition !== 'send').map(({ id, isVoid }) => `${id} ${isVoid}`),
          }
        })
      })
      const [expected] = results[0] ?? []
      expect(expected?.state).toBe(winner)
      expect(expected?.steps?.map((each) => each.endsWith('true'))).toEqual([false, true])
      for (const nodes of results) for (const node of nodes) expect(node).toEqual(expected)
    },
  )
})

function permutations<T>(list: readonly T[]): readonly (readonly T[])[] {
  if (list.length < 2) return [list]
  return list.flatMap((first, at) => permutations(list.toSpliced(at, 1)).map((rest) => [first, ...rest]))
}
