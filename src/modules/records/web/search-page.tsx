/** Search of the record graph: one field, what it found by how it was found, counts of what this desk may read. Nothing is listed before something is asked. */
import { useRef, useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Loading, Problem } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useCall, usePages } from '#web/queries.ts'
import { useSessionQuery } from '#web/shell/session.ts'
import { t as app } from '#web/text.ts'
import { type SearchAnswer, searchRecords } from '../contract.ts'
import { RecordsTabs } from './records-tabs.tsx'
import { SaveSearch } from './save-search.tsx'
import { SavedSearches } from './saved-searches.tsx'
import { SearchFacets } from './search-facets.tsx'
import { SearchField } from './search-field.tsx'
import { type Hit, SearchResults } from './search-results.tsx'
import { useSearchState } from './search-state.ts'
import { t } from './text.ts'

export function SearchPage() {
  const state = useSearchState()
  const input = { q: state.q.trim(), ...state.filters, preset: state.preset }
  const [isSaving, setSaving] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const results = useRef<HTMLOListElement>(null)
  const mayWrite = useSessionQuery().data?.permissions.includes('records.write') === true
  return (
    <>
      <title>{t('search.page')}</title>
      <h1>{t('search.title')}</h1>
      <RecordsTabs current="/records" />
      <SearchField field={field} state={state} onDown={() => results.current?.querySelector<HTMLElement>('a')?.focus()} />
      <div className="actions">
        <Button onPress={() => setSaving(true)} isDisabled={!state.isAsked}>
          {t('search.keep')}
        </Button>
        {mayWrite ? (
          <AppLink to="/records/new" className="button">
            {t('enter.title')}
          </AppLink>
        ) : null}
      </div>
      <SavedSearches state={state} />
      {state.isAsked ? <Found input={input} results={results} field={field} /> : <Overview />}
      {isSaving ? <SaveSearch asked={state} onClose={() => setSaving(false)} /> : null}
    </>
  )
}

interface FoundProps {
  readonly input: Readonly<Record<string, string>>
  readonly results: React.RefObject<HTMLOListElement | null>
  readonly field: React.RefObject<HTMLInputElement | null>
}

function Found({ input, results, field }: FoundProps) {
  const state = useSearchState()
  const pages = usePages<Hit, typeof searchRecords>(searchRecords, input)
  const first = (pages.query.data as { readonly pages: readonly SearchAnswer[] } | undefined)?.pages[0]
  return (
    <div className="found">
      {first === undefined ? null : <SearchFacets facets={first.facets} state={state} />}
      <div>
        {pages.query.error === null ? null : <Problem error={pages.query.error} onRetry={() => void pages.query.refetch()} />}
        {first === undefined ? (
          pages.query.error === null ? (
            <Loading />
          ) : null
        ) : (
          <>
            <p role="status">
              {t(first.total.total === 0 ? 'search.none' : first.total.isAtLeast ? 'search.atLeast' : 'search.total', {
                n: first.total.total.toLocaleString('en-GB'),
              })}
            </p>
            <SearchResults rows={pages.rows} list={results} onUp={() => field.current?.focus()} />
            {pages.hasMore ? <Button onPress={pages.more}>{app('app.more')}</Button> : null}
          </>
        )}
      </div>
    </div>
  )
}

/** Before anything is asked: what there is, by its kinds. */
function Overview() {
  const state = useSearchState()
  const { data, error } = useCall(searchRecords, { limit: 1 })
  if (data === undefined) return error === null ? <Loading /> : <Problem error={error} />
  return (
    <>
      <p role="status">
        {t(data.total.total === 0 ? 'search.nothing' : data.total.isAtLeast ? 'search.hasAtLeast' : 'search.has', {
          n: data.total.total.toLocaleString('en-GB'),
        })}
      </p>
      <SearchFacets facets={data.facets} state={state} isWide />
    </>
  )
}
