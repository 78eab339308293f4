/**
 * Judgements on pairs of records: same, not the same, unsure. Records that are the same, directly or through others, form a cluster; the records themselves
 * never change, so every judgement can be taken back.
 * Invariant: no cluster holds two records that were judged not the same. A judgement that would break it is refused and the refusal names what stands against it.
 * Because of it the clusters depend only on which judgements are in force, not on their order: revoking gives back exactly what was before.
 * After the resolver of nomenklatura (`resolver/resolver.py`): pairwise, transitive, revocable. Departs from it: `unsure` never joins and never blocks.
 */
import { createClusterState, type JudgementRefusal } from './cluster-state.ts'
import { canonicalOf } from './identity.ts'

export type Verdict = 'same' | 'not-same' | 'unsure'

export interface Judgement {
  readonly id: string
  readonly left: string
  readonly right: string
  readonly verdict: Verdict
}

export interface Clusters {
  /** Canonical id by record; a record that is in no judgement is its own cluster and not listed. */
  readonly clusters: ReadonlyMap<string, string>
  /** Judgements that had no effect because others stand against them. */
  readonly blocked: readonly { readonly judgement: Judgement; readonly by: Judgement }[]
}

interface Group {
  readonly members: string[]
  readonly apart: Judgement[]
}

/**
 * All clusters from scratch, whatever order the judgements come in: those that keep records apart hold first, then those that join, by their ids.
 * For judgements that a `ClusterState` has accepted nothing is blocked.
 */
export function resolveJudgements(judgements: Iterable<Judgement>): Clusters {
  const groups = new Map<string, Group>()
  const groupOf = (entity: string): Group => {
    const known = groups.get(entity)
    if (known !== undefined) return known
    const group = { members: [entity], apart: [] }
    groups.set(entity, group)
    return group
  }
  const joining: Judgement[] = []
  for (const judgement of judgements) {
    const ends = [groupOf(judgement.left), groupOf(judgement.right)]
    if (judgement.verdict === 'same') joining.push(judgement)
    else if (judgement.verdict === 'not-same') for (const group of ends) group.apart.push(judgement)
  }
  const blocked: { judgement: Judgement; by: Judgement }[] = []
  for (const judgement of joining.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const [left, right] = [groupOf(judgement.left), groupOf(judgement.right)]
    if (left === right) continue
    const [small, large] =
      left.members.length + left.apart.length < right.members.length + right.apart.length ? [left, right] : [right, left]
    const by = small.apart
      .filter((each) => groupOf(each.left) === large || groupOf(each.right) === large)
      .sort((a, b) => (a.id < b.id ? -1 : 1))[0]
    if (by !== undefined) {
      blocked.push({ judgement, by })
      continue
    }
    for (const member of small.members) {
      large.members.push(member)
      groups.set(member, large)
    }
    for (const each of small.apart) large.apart.push(each)
  }
  const clusters = new Map<string, string>()
  for (const group of new Set(groups.values())) {
    const canonical = canonicalOf(group.members)
    if (canonical !== undefined) for (const member of group.members) clusters.set(member, canonical)
  }
  return { clusters, blocked }
}

/** Canonical id by record, for judgements that were accepted one by one. */
export function clustersOf(judgements: Iterable<Judgement>): ReadonlyMap<string, string> {
  return resolveJudgements(judgements).clusters
}

export type JudgementDecision = { readonly kind: 'taken' } | { readonly kind: 'refused'; readonly refusal: JudgementRefusal }

/** Whether a judgement can stand beside those in force, of which only the ones in the two clusters concerned matter. */
export function decideJudgement(inForce: Iterable<Judgement>, asked: Judgement): JudgementDecision {
  const change = createClusterState(inForce).add(asked)
  return change.kind === 'refused' ? change : { kind: 'taken' }
}
