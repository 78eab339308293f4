/**
 * Whether something is new to a desk, and whether the desk has seen enough to say so. With a long record, new is what no earlier day named. With a first
 * large day and nothing before it, new is what stands in it once while the rest repeats itself.
 */
import type { DossierHistory } from './dossier.ts'
import { type DatedAsk, known } from './history-keys.ts'

export type Newness = 'new' | 'known' | 'too-thin'

export function newness(history: DossierHistory, asked: DatedAsk & { readonly needed: number }): Newness {
  const desk = known(history, { kind: 'desk', key: 'shipments', day: asked.day })
  const { before, here } = known(history, asked)
  if (before > 0) return 'known'
  if (desk.before >= asked.needed) return 'new'
  if (desk.before + desk.here < asked.needed) return 'too-thin'
  return here <= 1 ? 'new' : 'known'
}
