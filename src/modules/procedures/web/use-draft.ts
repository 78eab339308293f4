/** The draft of a step under a person's hands: kept on leaving a field, on leaving the page, and a little after the last letter. */
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { call, ProblemError } from '#web/client.ts'
import { type Leaving, useLeaving } from '#web/navigate.tsx'
import { saveDraft, showDraft } from '../contract.ts'
import { type DraftKeeper, type DraftShape, type DraftState, keepDraft, type StoredDraft } from './draft-keeper.ts'
import { keptDrafts } from './kept-drafts.ts'

const drafts = keptDrafts()

export interface DraftOf extends DraftShape {
  readonly caseId: string
  readonly transition: string
  /** As the node had it when the form was opened, and whenever it was read again. */
  readonly stored: StoredDraft
}

export function useDraft({ caseId, transition, stored, sent, held }: DraftOf): {
  readonly state: DraftState
  readonly keeper: DraftKeeper
  /** Somebody is about to leave what could not be kept. */
  readonly leaving: Leaving | undefined
} {
  const draft = `${caseId} ${transition}`
  const [keeper] = useState(() =>
    drafts.of(draft, () =>
      keepDraft(stored, {
        save: async (fields, revision, isLast) => await call(saveDraft, { case: caseId, transition, fields, revision }, { isLast }),
        read: async () => await call(showDraft, { case: caseId, transition }),
        isConflict: (error) => error instanceof ProblemError && error.code === 'procedures.conflict',
      }),
    ),
  )
  const state = useSyncExternalStore(keeper.subscribe, keeper.state)
  useEffect(() => keeper.shape({ sent, held }), [keeper, sent, held])
  useEffect(() => keeper.see(stored), [keeper, stored])
  useEffect(() => drafts.show(draft, keeper), [draft, keeper])
  useEffect(() => {
    const hide = (): void => {
      if (document.visibilityState === 'hidden') void keeper.flush(true)
    }
    const leave = (event: BeforeUnloadEvent): void => {
      void keeper.flush(true)
      if (isAtRisk(keeper)) event.preventDefault()
    }
    document.addEventListener('visibilitychange', hide)
    window.addEventListener('beforeunload', leave)
    return () => {
      document.removeEventListener('visibilitychange', hide)
      window.removeEventListener('beforeunload', leave)
    }
  }, [keeper])
  const leaving = useLeaving(
    useCallback(async () => {
      await keeper.flush()
      return isAtRisk(keeper)
    }, [keeper]),
  )
  return { state, keeper, leaving }
}

/** Something typed is nowhere but here. */
function isAtRisk(keeper: DraftKeeper): boolean {
  return ['failed', 'contested'].includes(keeper.state().status)
}
