import { Badge, type Tone } from '#web/kit/badge.tsx'
import type { ImportView } from '../contract.ts'
import { code, t } from './text.ts'

const TONE: Readonly<Record<ImportView['state'], Tone>> = {
  uploaded: 'neutral',
  checking: 'info',
  checked: 'info',
  importing: 'info',
  done: 'good',
  refused: 'bad',
  cancelled: 'warn',
}

/** Where a file stands, in a word and while it runs as a bar. */
export function ImportState({ view }: { readonly view: Pick<ImportView, 'state' | 'progress' | 'refused' | 'name'> }) {
  const isRunning = view.state === 'checking' || view.state === 'importing'
  return (
    <>
      <Badge tone={TONE[view.state]}>{t(`importState.${view.state}`)}</Badge>{' '}
      {isRunning ? (
        <progress className="run" value={view.progress} max={1} aria-label={t('import.progressOf', { name: view.name })} />
      ) : null}
      {view.refused === undefined ? null : <span>{code('importRefused', view.refused)}</span>}
    </>
  )
}
