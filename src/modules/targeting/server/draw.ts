/**
 * The draw of a selection: a function of the candidates as they stood, the parameters and the seed. What is kept of it is enough to repeat it on any machine, and its
 * digest tells whether what was kept is what was drawn from. Candidates are ids, scores, novelty and whether they are certain: nothing of what they carry.
 */
import { createHash } from 'node:crypto'
import { type Candidate, planSelection, type Stratum } from '#kernel/risk/selection.ts'
import type { SelectionParams } from '#kernel/risk/selection-sizes.ts'

/** Id, score, novelty, certain by watch entry, alert or rule, hits without selection. */
export type KeptCandidate = readonly [id: string, score: number, novelty: number, isMandatory: 0 | 1, hitsWithoutSelection: number]
/** Id, stratum, probability. */
export type KeptDraw = readonly [id: string, stratum: Stratum, pi: number]

interface Draw {
  readonly drawn: readonly KeptDraw[]
  readonly certain: number
  readonly random: number
}

export function digestOf(candidates: readonly KeptCandidate[]): string {
  const sorted = candidates.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex')
}

export function drawFrom(candidates: readonly KeptCandidate[], params: SelectionParams, seed: number): Draw {
  const { selected, sizes } = planSelection(candidates.map(toCandidate), params, seed)
  return { drawn: selected.map(({ id, stratum, pi }) => [id, stratum, pi] as const), certain: sizes.certain, random: sizes.random }
}

function toCandidate([id, score, novelty, isMandatory, hitsWithoutSelection]: KeptCandidate): Candidate {
  return { id, score, novelty, isMandatory: isMandatory === 1, hitsWithoutSelection }
}

interface Difference {
  readonly arrival: string
  readonly kept?: string
  readonly repeated?: string
}

/** What the repeated draw gives otherwise, by consignment. */
export function differencesOf(kept: readonly KeptDraw[], repeated: readonly KeptDraw[]): readonly Difference[] {
  const words = ([, stratum, pi]: KeptDraw): string => `${stratum} ${pi}`
  const [before, after] = [kept, repeated].map((list) => new Map(list.map((each) => [each[0], words(each)])))
  const ids = [...new Set([...kept, ...repeated].map(([id]) => id))]
  return ids.flatMap((id) => {
    const [one, other] = [before?.get(id), after?.get(id)]
    return one === other
      ? []
      : [{ arrival: id, ...(one === undefined ? {} : { kept: one }), ...(other === undefined ? {} : { repeated: other }) }]
  })
}
