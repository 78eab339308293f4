/**
 * Every procedure against a model: whatever anybody tries, in whatever order, the machine allows what the words of the definition allow and nothing else,
 * refuses with its reason, and the case that follows is the one the model expects. And no duty of a procedure is out of reach: every step can be taken,
 * every clock can be started and met, and from every state a person finds a way on.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClockDef } from '#kernel/procedure/definition.ts'
import { baseOf, foldCase } from '#kernel/procedure/fold.ts'
import { createSeededRandom } from '#kernel/stats/seeded-random.ts'
import { isBlank, type ModelClock, reasonsAgainst } from './procedure-model.fixture.ts'
import { everyProcedure, explore, MANNERS, Walk } from './procedure-walk.fixture.ts'

const { procedures: PROCEDURES, faults } = everyProcedure()
const SEED = 20_261_126
/** Cases for each procedure, attempts for each case. */
const CASES = 25
const ATTEMPTS = 40
/** The search through a large procedure takes its time on a busy machine. */
const SEARCH_MS = 300_000

const attempts = fc.array(
  fc.record({
    seed: fc.nat(1_000_000),
    manner: fc.oneof({ weight: 12, arbitrary: fc.constant('right' as const) }, { weight: 9, arbitrary: fc.constantFrom(...MANNERS) }),
    passes: fc.integer({ min: 0, max: 4 }),
    repeats: fc.integer({ min: 0, max: 9 }),
  }),
  { minLength: ATTEMPTS / 2, maxLength: ATTEMPTS },
)

it('reads every procedure', () => {
  expect(faults).toEqual([])
  expect(PROCEDURES.length).toBeGreaterThan(10)
})

describe.each(PROCEDURES.map((definition) => [definition.id, definition] as const))('%s', (_id, definition) => {
  it('allows what its words allow, refuses the rest with a reason, and loses no clock, whatever is tried', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), attempts, (seed, tried) => {
        const walk = new Walk(definition, createSeededRandom(seed))
        for (const { seed: own, manner, passes, repeats } of tried) {
          const random = createSeededRandom(own)
          const expired = passes === 0 ? walk.pass(random) : undefined
          const attempt = walk.attempt(manner, random, expired)
          tryOnce(walk, expired === undefined ? attempt : { ...attempt, role: null })
          if (repeats === 0) tryOnce(walk, attempt)
        }
        expectWhole(walk)
      }),
      { seed: SEED, numRuns: CASES },
    )
  })

  it(
    'has no step that cannot be taken, no clock that cannot be met, no state without a way out for a person',
    () => {
      const { steps, states, met, stuck } = explore(definition, 1500)
      expect({
        neverTaken: definition.transitions.map(({ id }) => id).filter((id) => !steps.has(id)),
        neverReached: definition.states.map(({ id }) => id).filter((id) => !states.has(id)),
        neverMet: definition.clocks.map(({ id }) => id).filter((id) => !met.has(id)),
        withoutWayOut: [...new Set(stuck.map(({ fold }) => fold.state))],
      }).toEqual({ neverTaken: [], neverReached: [], neverMet: [], withoutWayOut: [] })
    },
    SEARCH_MS,
  )
})

function tryOnce(walk: Walk, attempt: ReturnType<Walk['attempt']>): void {
  const { definition, model } = walk
  const reasons = reasonsAgainst(definition, model, attempt)
  const before = structuredClone(walk.fold)
  const decision = walk.decide(attempt)
  const about = `${attempt.transition} by ${attempt.role} in ${model.state}: ${JSON.stringify(reasons)}; ${JSON.stringify(decision)}`
  expect(decision.kind === 'move', about).toBe(reasons.length === 0)
  if (decision.kind === 'move') {
    const lockedBefore = before.locked.map((id) => [id, before.values[id]] as const)
    walk.take(attempt, decision)
    expect(decision.to).toBe(walk.fold.state)
    for (const [id, value] of lockedBefore) expect([id, walk.fold.values[id]]).toEqual([id, value])
    expectAgreement(walk)
    return
  }
  expect(walk.fold).toEqual(before)
  if (decision.kind === 'fields') {
    const named = decision.problems.map(({ at }) => at.split('.')[0] ?? '')
    expect(sorted(named), about).toEqual(sorted(reasons.map(({ what }) => what)))
    expect(decision.problems.every(({ message }) => message !== '')).toBe(true)
    return
  }
  // A guard may stumble over a value that its field would not have taken.
  const isBlurred = attempt.wrong.length > 0 && decision.code === 'guard'
  if (!isBlurred)
    expect(
      reasons.map(({ code }) => code),
      about,
    ).toContain(decision.code)
  if (decision.code !== 'guard') return expect(decision.because).not.toBe('')
  if (!isBlurred) expect(reasons.map(({ what }) => what)).toContain(decision.because)
  expect(decision.basis?.act ?? '').not.toBe('')
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort()
}

/** The case is the one the model expects: state, values, what is locked and gone, and every clock. */
function expectAgreement({ definition, fold, model, now }: Walk): void {
  expect(definition.states.map(({ id }) => id)).toContain(fold.state)
  expect(fold.state).toBe(model.state)
  expect(fold.before).toEqual(model.trail)
  const kept = (values: Iterable<[string, unknown]>) =>
    Object.fromEntries([...values].filter(([id, value]) => !isBlank(value) && !id.endsWith('.party')))
  expect(kept(Object.entries(fold.values))).toEqual(kept(model.values))
  expect(new Set(fold.locked)).toEqual(model.locked)
  expect(new Set(fold.purged)).toEqual(model.purged)
  for (const id of fold.purged) expect(fold.values).not.toHaveProperty([id])
  expect(fold.clocks.map(({ clock, startedAt, ledger }) => ({ clock, startedAt, status: statusOf(ledger) }))).toEqual(
    model.clocks.map(({ name, startedAt, status }) => ({ clock: name, startedAt, status })),
  )
  expect(now).toBeGreaterThan(0)
}

function statusOf(ledger: readonly { readonly kind: string }[]): string {
  if (ledger.some(({ kind }) => kind === 'stop')) return 'stopped'
  return ledger.findLast(({ kind }) => kind === 'suspend' || kind === 'resume')?.kind === 'suspend' ? 'suspended' : 'running'
}

/** What may be said of a clock: a duty is met only by a step that does it, and in time; any other end in time is no verdict, and after it hides no omission; time that has to pass is never missed. */
function verdicts(
  { metBy, voidedBy, isWaiting, onExpiry }: ClockDef,
  { status, stoppedBy = '' }: Partial<ModelClock> = {},
  inTime: boolean,
): readonly string[] {
  const late = isWaiting === true ? 'met' : 'missed'
  if (status === 'suspended') return ['suspended', late]
  if (status !== 'stopped') return ['running', late]
  if (stoppedBy === onExpiry) return [late]
  if (voidedBy?.includes(stoppedBy) === true) return ['stopped']
  if (metBy !== undefined && !metBy.includes(stoppedBy) && (inTime || isWaiting === true)) return ['stopped']
  if (metBy !== undefined && !metBy.includes(stoppedBy)) return ['missed']
  return [inTime ? 'met' : late]
}

/** At the end of a case: folding all its steps at once gives the same, and every clock is accounted for. */
function expectWhole(walk: Walk): void {
  const { definition, fold, taken, parties, model } = walk
  expect(foldCase(() => definition, baseOf(definition, parties), [...taken].reverse())).toEqual(fold)
  const clocks = walk.clocks()
  expect(clocks.length).toBe(model.clocks.length)
  for (const [n, { clock, due, stoppedAt }] of clocks.entries()) {
    expect(verdicts(clock, model.clocks[n], (stoppedAt ?? Number.NaN) <= due.legalLatest)).toContain(due.state)
    expect(due.safe).toBeLessThanOrEqual(due.legalLatest)
  }
  if (walk.isClosed) expect(model.clocks.map(({ status }) => status).filter((status) => status !== 'stopped')).toEqual([])
}
