import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createClusterState } from './cluster-state.ts'
import { clustersOf, decideJudgement, type Judgement, resolveJudgements, type Verdict } from './judgements.ts'

const judge = (id: string, left: string, verdict: Verdict, right: string): Judgement => ({ id, left, right, verdict })
const SAME_AB = judge('j1', 'a', 'same', 'b')
const SAME_BC = judge('j2', 'b', 'same', 'c')
const APART_CD = judge('j3', 'c', 'not-same', 'd')

describe('clusters', () => {
  it('join through others, and the least id stands for all', () => {
    const state = createClusterState()
    expect(state.add(SAME_BC)).toEqual({ kind: 'joined', canonical: 'b', gone: 'c', moved: ['c'] })
    expect(state.add(SAME_AB)).toMatchObject({ kind: 'joined', canonical: 'a', gone: 'b' })
    expect(state.clusterOf('c')).toBe('a')
    expect([...state.membersOf('b')].sort()).toEqual(['a', 'b', 'c'])
    expect(state.clusterOf('z')).toBe('z')
  })

  it('are given back as they were by revoking', () => {
    const state = createClusterState([SAME_AB, SAME_BC])
    expect(state.revoke('j1')).toEqual({ kind: 'split', rest: 'b', apart: 'a', moved: ['a'] })
    expect([...state.membersOf('c')].sort()).toEqual(['b', 'c'])
    expect(state.add(SAME_AB)).toMatchObject({ kind: 'joined', canonical: 'a' })
  })

  it('hold together while a second judgement says the same, and through a circle', () => {
    const state = createClusterState([SAME_AB, SAME_BC, judge('j4', 'b', 'same', 'a'), judge('j5', 'c', 'same', 'a')])
    expect(state.revoke('j1')).toEqual({ kind: 'recorded' })
    expect(state.revoke('j4')).toEqual({ kind: 'recorded' })
    expect(state.revoke('j5')).toMatchObject({ kind: 'split', moved: ['a'] })
  })

  it('are never joined when a judgement keeps them apart, and the refusal names it', () => {
    const state = createClusterState([SAME_AB, SAME_BC, APART_CD, judge('j4', 'd', 'same', 'e')])
    const wanted = judge('j5', 'e', 'same', 'a')
    expect(state.add(wanted)).toEqual({ kind: 'refused', refusal: { code: 'kept-apart', by: APART_CD } })
    expect(state.keptApartBy('b', 'e')).toEqual(APART_CD)
    expect(state.judgementsOn('e')).toHaveLength(1)
    expect(state.revoke('j3')).toEqual({ kind: 'recorded' })
    expect(state.keptApartBy('b', 'e')).toBeUndefined()
    expect(state.add(wanted)).toMatchObject({ kind: 'joined', canonical: 'a', gone: 'd' })
  })

  it('cannot be declared apart within; the refusal shows how they came together', () => {
    const state = createClusterState([SAME_AB, SAME_BC])
    expect(state.add(judge('j6', 'a', 'not-same', 'c'))).toEqual({
      kind: 'refused',
      refusal: { code: 'joined-already', by: [SAME_AB, SAME_BC] },
    })
    state.revoke('j2')
    expect(state.add(judge('j6', 'a', 'not-same', 'c'))).toEqual({ kind: 'recorded' })
    expect(state.add(SAME_BC)).toMatchObject({ kind: 'refused', refusal: { code: 'kept-apart', by: { id: 'j6' } } })
  })

  it('take what keeps a part apart along with that part', () => {
    const state = createClusterState([SAME_AB, SAME_BC, APART_CD])
    state.revoke('j1')
    expect(state.keptApartBy('a', 'd')).toBeUndefined()
    expect(state.keptApartBy('b', 'd')).toEqual(APART_CD)
  })

  it('are not touched by doubt, by a record and itself, by an id twice, or by revoking what is not in force', () => {
    const state = createClusterState([SAME_AB])
    expect(state.add(judge('j7', 'b', 'unsure', 'c'))).toEqual({ kind: 'recorded' })
    expect(state.clusterOf('c')).toBe('c')
    expect(state.add(judge('j8', 'a', 'same', 'a'))).toEqual({ kind: 'refused', refusal: { code: 'one-record' } })
    expect(state.add(judge('j1', 'x', 'same', 'y'))).toEqual({ kind: 'refused', refusal: { code: 'id-in-force' } })
    expect(state.revoke('j9')).toEqual({ kind: 'refused', refusal: { code: 'not-in-force' } })
    expect(state.revoke('j7')).toEqual({ kind: 'recorded' })
  })

  it('are not needed as a whole to decide one judgement', () => {
    expect(decideJudgement([SAME_AB, APART_CD], SAME_BC)).toEqual({ kind: 'taken' })
    expect(decideJudgement([SAME_AB, judge('j6', 'a', 'not-same', 'c')], SAME_BC)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'kept-apart' },
    })
  })

  it('of a long chain join and split without filling the stack', () => {
    const id = (index: number) => `r${String(index).padStart(6, '0')}`
    const chain = Array.from({ length: 100_000 }, (_, index) => judge(`j${index}`, id(index), 'same', id(index + 1)))
    const state = createClusterState(chain)
    expect(state.membersOf(id(0)).size).toBe(100_001)
    expect(state.revoke('j49999')).toMatchObject({ kind: 'split' })
    expect(state.clusterOf(id(60_000))).toBe(id(50_000))
    expect(clustersOf(chain).get(id(100_000))).toBe(id(0))
  })
})

const ENTITIES = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const entity = fc.constantFrom(...ENTITIES)
const verdict = fc.constantFrom<Verdict>('same', 'same', 'not-same', 'unsure')
type Act = { readonly kind: 'add'; readonly judgement: Judgement } | { readonly kind: 'revoke'; readonly id: string }
const id = fc.nat({ max: 14 }).map((number) => `j${String(number).padStart(2, '0')}`)
const judgement = fc.record({ id, left: entity, right: entity, verdict })
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: judgement.map((each) => ({ kind: 'add' as const, judgement: each })) },
  { weight: 1, arbitrary: id.map((each) => ({ kind: 'revoke' as const, id: each })) },
)

/** The slow and obvious way: spread over joining judgements until nothing changes. */
function obviousCluster(inForce: readonly Judgement[], start: string): ReadonlySet<string> {
  const cluster = new Set([start])
  for (let before = 0; before !== cluster.size; ) {
    before = cluster.size
    for (const { left, right, verdict: said } of inForce)
      if (said === 'same' && (cluster.has(left) || cluster.has(right))) cluster.add(left).add(right)
  }
  return cluster
}

it('equals recomputation after every step of any sequence of judgements and revocations', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const state = createClusterState()
      let inForce: readonly Judgement[] = []
      for (const each of acts) {
        if (each.kind === 'revoke') {
          const isKnown = inForce.some((known) => known.id === each.id)
          expect(state.revoke(each.id).kind === 'refused').toBe(!isKnown)
          inForce = inForce.filter((known) => known.id !== each.id)
        } else {
          const { left, right, verdict: said } = each.judgement
          const [first, second] = [obviousCluster(inForce, left), obviousCluster(inForce, right)]
          const isBlocked =
            left === right ||
            inForce.some((known) => known.id === each.judgement.id) ||
            (said === 'not-same' && first.has(right)) ||
            (said === 'same' &&
              inForce.some(
                (known) =>
                  known.verdict === 'not-same' &&
                  ((first.has(known.left) && second.has(known.right)) || (first.has(known.right) && second.has(known.left))),
              ))
          expect(state.add(each.judgement).kind === 'refused').toBe(isBlocked)
          if (!isBlocked) inForce = [...inForce, each.judgement]
        }
        const scratch = resolveJudgements(inForce)
        expect(scratch.blocked).toEqual([])
        for (const name of ENTITIES) {
          const obvious = obviousCluster(inForce, name)
          expect([...state.membersOf(name)].sort()).toEqual([...obvious].sort())
          expect(state.clusterOf(name)).toBe([...obvious].sort()[0])
          expect(scratch.clusters.get(name) ?? name).toBe([...obvious].sort()[0])
        }
      }
    }),
    { numRuns: 1500 },
  )
})

it('depends on which judgements are in force, not on their order', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (acts, order) => {
      const state = createClusterState()
      const inForce = new Map<string, Judgement>()
      for (const each of acts) {
        if (each.kind === 'revoke') inForce.delete(each.id)
        const change = each.kind === 'revoke' ? state.revoke(each.id) : state.add(each.judgement)
        if (each.kind === 'add' && change.kind !== 'refused') inForce.set(each.judgement.id, each.judgement)
      }
      const shuffled = [...inForce.values()].map((each) => [order.next().value as number, each] as const).sort(([a], [b]) => a - b)
      const again = createClusterState()
      for (const [, each] of shuffled) expect(again.add(each).kind).not.toBe('refused')
      for (const name of ENTITIES) {
        expect(again.clusterOf(name)).toBe(state.clusterOf(name))
        for (const other of ENTITIES) expect(again.keptApartBy(name, other)).toEqual(state.keptApartBy(name, other))
      }
    }),
    { numRuns: 1000 },
  )
})

it('lets judgements that contradict each other keep records apart, in whatever order they are read', () => {
  fc.assert(
    fc.property(fc.uniqueArray(judgement, { maxLength: 14, selector: (each) => each.id }), fc.infiniteStream(fc.nat()), (all, order) => {
      const { clusters, blocked } = resolveJudgements(all)
      for (const { left, right, verdict: said } of all)
        if (said === 'not-same' && left !== right) expect(clusters.get(left)).not.toBe(clusters.get(right))
      const shuffled = [...all].map((each) => [order.next().value as number, each] as const).sort(([a], [b]) => a - b)
      const again = resolveJudgements(shuffled.map(([, each]) => each))
      expect(again.clusters).toEqual(clusters)
      expect(again.blocked).toEqual(blocked)
    }),
    { numRuns: 1000 },
  )
})
