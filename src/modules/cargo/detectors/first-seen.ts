/**
 * Whether something is new to a desk, and whether the desk has seen enough to say so. With a long record, new is what no earlier document named. With a first
 * large document and nothing before it, new is what stands in it once while the rest repeats itself.
 */
import type { DossierHistory } from './dossier.ts'
import { known, type MarkedKind } from './history-keys.ts'

export type Newness = 'new' | 'known' | 'too-thin'

export function newness(
  history: DossierHistory,
  asked: { readonly kind: MarkedKind; readonly key: string; readonly needed: number },
): Newness {
  const desk = known(history, 'desk', 'shipments')
  const { before, here } = known(history, asked.kind, asked.key)
  if (before > 0) return 'known'
  if (desk.before >= asked.needed) return 'new'
  if (desk.before + desk.here < asked.needed) return 'too-thin'
  return here <= 1 ? 'new' : 'known'
}
