import { Badge, type Tone } from '#web/kit/badge.tsx'
import type { CrossrefView } from '../contract.ts'
import { t } from './text.ts'

const TONE: Readonly<Record<CrossrefView['state'], Tone>> = {
  waiting: 'neutral',
  running: 'info',
  done: 'good',
  cancelled: 'warn',
  failed: 'bad',
}

/** How far a cross-reference is, in a word and while it runs as a bar. */
export function CrossrefState({ crossref }: { readonly crossref: Pick<CrossrefView, 'state' | 'progress' | 'failed'> }) {
  return (
    <>
      <Badge tone={TONE[crossref.state]}>{t(`crossrefState.${crossref.state}`)}</Badge>{' '}
      {crossref.state === 'running' ? (
        <progress className="run" value={crossref.progress} max={1} aria-label={t('crossrefs.progress')} />
      ) : null}
      {crossref.failed === undefined ? null : <span>{crossref.failed}</span>}
    </>
  )
}
