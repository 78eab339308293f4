/** What was found, best first. Arrows go from one to the next, Enter opens; each says by what it was found. */
import type { KeyboardEvent, RefObject } from 'react'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import type { SearchAnswer } from '../contract.ts'
import { RecordLine } from './record-line.tsx'
import { t } from './text.ts'

export type Hit = SearchAnswer['items'][number]

const BY_TONE: Readonly<Record<Hit['by'], Tone>> = { identifier: 'good', name: 'info', text: 'neutral', filter: 'neutral' }

export interface SearchResultsProps {
  readonly rows: readonly Hit[]
  readonly list: RefObject<HTMLOListElement | null>
  /** From the first one up. */
  readonly onUp: () => void
}

export function SearchResults({ rows, list, onUp }: SearchResultsProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    const links = [...(list.current?.querySelectorAll<HTMLElement>('a[data-hit]') ?? [])]
    const at = links.findIndex((link) => link === document.activeElement)
    if (at === -1) return
    event.preventDefault()
    if (at + step < 0) onUp()
    else links[at + step]?.focus()
  }
  return (
    <ol className="hits plain" ref={list} onKeyDown={onKeyDown} aria-label={t('search.results')}>
      {rows.map((row) => (
        <li key={row.entity} className="panel">
          <RecordLine row={row} isHit />
          {row.by === 'filter' ? null : (
            <p>
              <Badge tone={BY_TONE[row.by]}>{t(`by.${row.by}`)}</Badge>{' '}
              {row.matched === undefined ? null : <span className="matched">{row.matched}</span>}{' '}
              {row.score === undefined ? null : <span className="muted">{t('search.score', { score: row.score.toFixed(2) })}</span>}
            </p>
          )}
        </li>
      ))}
    </ol>
  )
}
