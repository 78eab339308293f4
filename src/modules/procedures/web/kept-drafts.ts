/**
 * One keeper for each draft of this page: a form that is opened again while what was typed before is not saved yet goes on from there.
 * Invariant: of one draft no two keepers save, and a keeper goes once its form is closed and nothing of it waits.
 */
import type { DraftKeeper } from './draft-keeper.ts'

interface KeptDrafts {
  /** The keeper of this draft that still has something to save, else a new one. */
  of(draft: string, open: () => DraftKeeper): DraftKeeper
  /** A form shows it; what is given back closes the form and saves what waits. */
  show(draft: string, keeper: DraftKeeper): () => void
}

export function keptDrafts(): KeptDrafts {
  const kept = new Map<string, DraftKeeper>()
  const shown = new Set<DraftKeeper>()
  const drop = (draft: string, keeper: DraftKeeper): void => {
    if (kept.get(draft) === keeper && !shown.has(keeper) && !isWaiting(keeper)) kept.delete(draft)
  }
  return {
    of: (draft, open) => kept.get(draft) ?? open(),
    show: (draft, keeper) => {
      kept.set(draft, keeper)
      shown.add(keeper)
      return () => {
        shown.delete(keeper)
        // What could not be saved is tried again, and the keeper goes when it was.
        const leave = keeper.subscribe(() => {
          drop(draft, keeper)
          if (kept.get(draft) !== keeper || shown.has(keeper)) leave()
        })
        void keeper.flush()
        drop(draft, keeper)
      }
    },
  }
}

/** Something typed is not with the node. */
function isWaiting(keeper: DraftKeeper): boolean {
  return !keeper.isOver() && !['untouched', 'saved'].includes(keeper.state().status)
}
