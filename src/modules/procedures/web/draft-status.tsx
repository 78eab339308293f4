/** How the draft stands, told politely to a screen reader when it changes. */
import { showHour, showInstant } from '#web/time.ts'
import type { DraftState } from './draft-keeper.ts'
import { t } from './text.ts'

export function DraftStatusLine({ state, own }: { readonly state: DraftState; readonly own: string }) {
  return (
    <span className={state.status === 'failed' ? 'field-problem' : 'muted'} role="status">
      {said(state, own)}
    </span>
  )
}

function said({ status, savedAt, savedBy }: DraftState, own: string): string {
  // While somebody types the last word stays: a status that changes with each letter is noise.
  if (status === 'failed' || status === 'contested') return t(`draft.${status}`)
  if (savedAt === undefined) return status === 'untouched' ? t('draft.untouched') : t('draft.changed')
  return savedBy === undefined || savedBy === own
    ? t('draft.saved', { when: showHour(savedAt) })
    : t('draft.savedBy', { when: showInstant(savedAt), who: savedBy })
}
