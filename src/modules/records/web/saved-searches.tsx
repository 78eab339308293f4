/** Searches this desk keeps, with how much each found since it was last opened. Opening one asks it again and shows what is new. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '#web/client.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Problem } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { endSavedSearch, listSavedSearches, openSavedSearch } from '../contract.ts'
import { RecordLine } from './record-line.tsx'
import { FILTERS, type SearchState } from './search-state.ts'
import { t } from './text.ts'

export function SavedSearches({ state }: { readonly state: SearchState }) {
  const id = useId()
  const cache = useQueryClient()
  const list = useCall(listSavedSearches, {})
  const again = async (): Promise<void> => await cache.invalidateQueries({ queryKey: [listSavedSearches.id] })
  const open = useMutation({ mutationFn: async (search: string) => await call(openSavedSearch, { search }), onSuccess: again })
  const end = useMutation({ mutationFn: async (search: string) => await call(endSavedSearch, { search }), onSuccess: again })
  const items = list.data?.items ?? []
  if (items.length === 0) return <Problem error={list.error} />
  return (
    <section className="panel" aria-labelledby={id}>
      <h2 id={id}>{t('saved.title')}</h2>
      <ul className="plain">
        {items.map((item) => (
          <li key={item.search} className="saved">
            <button
              type="button"
              className="linklike"
              onClick={() => {
                open.mutate(item.search)
                state.ask({
                  q: item.q,
                  filters: Object.fromEntries(FILTERS.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]]))),
                })
              }}
            >
              {item.title}
            </button>{' '}
            {item.fresh === 0 ? null : <Badge tone="warn">{t('saved.fresh', { n: item.fresh })}</Badge>}{' '}
            <span className="muted">
              {item.lastRunAt === undefined ? t('saved.notYet') : t('saved.lastRun', { when: showInstant(item.lastRunAt) })}{' '}
              {t('saved.until', { when: showInstant(item.until) })}
            </span>{' '}
            <Button onPress={() => end.mutate(item.search)} label={t('saved.endOf', { title: item.title })}>
              {t('saved.end')}
            </Button>
          </li>
        ))}
      </ul>
      <Problem error={open.error ?? end.error} />
      {open.data === undefined ? null : (
        <div role="status">
          <h3>{t('saved.new')}</h3>
          {open.data.fresh.length === 0 ? (
            <p>{t('saved.nothingNew')}</p>
          ) : (
            <ul className="plain">
              {open.data.fresh.map((row) => (
                <li key={row.entity}>
                  <RecordLine row={row} />
                </li>
              ))}
            </ul>
          )}
          {open.data.more === 0 ? null : <p>{t('saved.more', { n: open.data.more })}</p>}
        </div>
      )}
    </section>
  )
}
