/**
 * Clusters kept up to date as judgements come and go, touching only the clusters that a judgement concerns.
 * Invariant: after any sequence it equals `resolveJudgements` of the judgements in force. Cost of joining: the smaller cluster. Of revoking: the smaller of the two parts,
 * and the whole cluster only when the canonical record leaves it. No recursion, so chains of any length are fine.
 */
import { canonicalOf } from './identity.ts'
import type { Judgement } from './judgements.ts'

export type JudgementChange =
  /** Two clusters became one; `canonical` stands for both from now on, `gone` for none. */
  | { readonly kind: 'joined'; readonly canonical: string; readonly gone: string; readonly moved: readonly string[] }
  /** One cluster became two; `moved` are the records that no longer belong to the rest. */
  | { readonly kind: 'split'; readonly rest: string; readonly apart: string; readonly moved: readonly string[] }
  /** In force, or out of force, without any cluster changing. */
  | { readonly kind: 'recorded' }
  | { readonly kind: 'refused'; readonly refusal: JudgementRefusal }

export type JudgementRefusal =
  | { readonly code: 'one-record' | 'id-in-force' | 'not-in-force' }
  /** The two clusters were judged not the same: by this judgement. */
  | { readonly code: 'kept-apart'; readonly by: Judgement }
  /** The two are one already, through these judgements, in order from the one to the other. */
  | { readonly code: 'joined-already'; readonly by: readonly Judgement[] }

export interface ClusterState {
  add(judgement: Judgement): JudgementChange
  revoke(id: string): JudgementChange
  /** Canonical id of the cluster; of a record in no judgement its own. */
  clusterOf(entity: string): string
  membersOf(entity: string): ReadonlySet<string>
  /** The judgement that keeps two clusters apart, when there is one. */
  keptApartBy(left: string, right: string): Judgement | undefined
  /** Judgements in force that name the record. */
  judgementsOn(entity: string): readonly Judgement[]
  /** Of all records named in a judgement that is or was in force. */
  clusters(): ReadonlyMap<string, string>
}

interface Cluster {
  canonical: string
  readonly members: Set<string>
  /** Judgements that keep a member apart from some other cluster. */
  readonly apart: Set<Judgement>
}

export function createClusterState(judgements: Iterable<Judgement> = []): ClusterState {
  const state = new Clustering()
  for (const judgement of judgements) state.add(judgement)
  return state
}

class Clustering implements ClusterState {
  private readonly inForce = new Map<string, Judgement>()
  private readonly byEntity = new Map<string, Set<Judgement>>()
  private readonly ofEntity = new Map<string, Cluster>()

  add(judgement: Judgement): JudgementChange {
    const { id, left, right, verdict } = judgement
    if (left === right) return refused({ code: 'one-record' })
    if (this.inForce.has(id)) return refused({ code: 'id-in-force' })
    const [first, second] = [this.cluster(left), this.cluster(right)]
    if (verdict === 'not-same' && first === second) return refused({ code: 'joined-already', by: this.path(left, right) })
    if (verdict === 'same' && first !== second) {
      const by = this.between(first, second)
      if (by !== undefined) return refused({ code: 'kept-apart', by })
    }
    this.inForce.set(id, judgement)
    for (const end of [left, right]) this.judgements(end).add(judgement)
    if (verdict === 'not-same') for (const cluster of [first, second]) cluster.apart.add(judgement)
    return verdict === 'same' && first !== second ? this.join(first, second) : { kind: 'recorded' }
  }

  revoke(id: string): JudgementChange {
    const judgement = this.inForce.get(id)
    if (judgement === undefined) return refused({ code: 'not-in-force' })
    const { left, right, verdict } = judgement
    this.inForce.delete(id)
    for (const end of [left, right]) this.judgements(end).delete(judgement)
    if (verdict === 'not-same') for (const end of [left, right]) this.cluster(end).apart.delete(judgement)
    const part = verdict === 'same' ? this.partApart(left, right) : undefined
    return part === undefined ? { kind: 'recorded' } : this.split(part)
  }

  clusterOf(entity: string): string {
    return this.ofEntity.get(entity)?.canonical ?? entity
  }

  membersOf(entity: string): ReadonlySet<string> {
    return this.ofEntity.get(entity)?.members ?? new Set([entity])
  }

  keptApartBy(left: string, right: string): Judgement | undefined {
    const [first, second] = [this.ofEntity.get(left), this.ofEntity.get(right)]
    return first === undefined || second === undefined || first === second ? undefined : this.between(first, second)
  }

  judgementsOn(entity: string): readonly Judgement[] {
    return [...(this.byEntity.get(entity) ?? [])]
  }

  clusters(): ReadonlyMap<string, string> {
    return new Map([...this.ofEntity].map(([entity, { canonical }]) => [entity, canonical] as const))
  }

  private cluster(entity: string): Cluster {
    const known = this.ofEntity.get(entity)
    if (known !== undefined) return known
    const cluster: Cluster = { canonical: entity, members: new Set([entity]), apart: new Set() }
    this.ofEntity.set(entity, cluster)
    return cluster
  }

  private judgements(entity: string): Set<Judgement> {
    const known = this.byEntity.get(entity)
    if (known !== undefined) return known
    const judgements = new Set<Judgement>()
    this.byEntity.set(entity, judgements)
    return judgements
  }

  /** The judgement with the least id that keeps two clusters apart, so that the answer does not hang on the order. */
  private between(first: Cluster, second: Cluster): Judgement | undefined {
    const [few, other] = first.apart.size <= second.apart.size ? [first, second] : [second, first]
    let least: Judgement | undefined
    for (const judgement of few.apart) if (other.apart.has(judgement) && (least === undefined || judgement.id < least.id)) least = judgement
    return least
  }

  private join(first: Cluster, second: Cluster): JudgementChange {
    const [small, large] = first.members.size < second.members.size ? [first, second] : [second, first]
    const canonicals = [small.canonical, large.canonical].sort() as [string, string]
    for (const member of small.members) {
      large.members.add(member)
      this.ofEntity.set(member, large)
    }
    for (const judgement of small.apart) large.apart.add(judgement)
    large.canonical = canonicals[0]
    return { kind: 'joined', canonical: canonicals[0], gone: canonicals[1], moved: [...small.members] }
  }

  private split(part: ReadonlySet<string>): JudgementChange {
    const [any] = part
    const rest = this.cluster(any as string)
    const apart: Cluster = { canonical: canonicalOf([...part]) as string, members: new Set(part), apart: new Set() }
    for (const member of part) {
      rest.members.delete(member)
      this.ofEntity.set(member, apart)
      // Nothing within the old cluster was kept apart, so each of these concerns one of its two parts only.
      for (const judgement of this.judgements(member)) if (rest.apart.delete(judgement)) apart.apart.add(judgement)
    }
    if (part.has(rest.canonical)) rest.canonical = canonicalOf([...rest.members]) as string
    return { kind: 'split', rest: rest.canonical, apart: apart.canonical, moved: [...part] }
  }

  /** Searches from both ends in turn; the side that ends first, without meeting the other, is the part that has come off. */
  private partApart(left: string, right: string): ReadonlySet<string> | undefined {
    const sides = [left, right].map((end) => ({ seen: new Set([end]), open: this.neighbours(end), waiting: [] as string[] })) as [
      Side,
      Side,
    ]
    for (let turn = 0; ; turn = 1 - turn) {
      const [side, other] = turn === 0 ? sides : ([sides[1], sides[0]] as const)
      const step = side.open.next()
      if (step.done === true) {
        const next = side.waiting.pop()
        if (next === undefined) return side.seen
        side.open = this.neighbours(next)
        continue
      }
      if (other.seen.has(step.value)) return undefined
      if (side.seen.has(step.value)) continue
      side.seen.add(step.value)
      side.waiting.push(step.value)
    }
  }

  private *neighbours(entity: string): Generator<string, void> {
    for (const { left, right, verdict } of this.judgements(entity)) if (verdict === 'same') yield left === entity ? right : left
  }

  /** Shortest chain of joining judgements between two records of one cluster. */
  private path(from: string, to: string): readonly Judgement[] {
    const reachedBy = new Map<string, Judgement | undefined>([[from, undefined]])
    for (const [entity] of reachedBy) {
      if (entity === to) break
      for (const judgement of this.judgements(entity)) {
        const next = judgement.left === entity ? judgement.right : judgement.left
        if (judgement.verdict === 'same' && !reachedBy.has(next)) reachedBy.set(next, judgement)
      }
    }
    const path: Judgement[] = []
    let at = to
    for (let by = reachedBy.get(at); by !== undefined; by = reachedBy.get(at)) {
      path.push(by)
      at = by.left === at ? by.right : by.left
    }
    return path.reverse()
  }
}

interface Side {
  readonly seen: Set<string>
  open: Generator<string, void>
  readonly waiting: string[]
}

function refused(refusal: JudgementRefusal): JudgementChange {
  return { kind: 'refused', refusal }
}
