/** Pairs that a cross-reference found, strongest first, seen from either side. It proposes; what is the same, a person says. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Checkbox, Select } from '#web/kit/fields.tsx'
import { Loading, Problem } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo, useParam } from '#web/navigate.tsx'
import { useCall, usePages } from '#web/queries.ts'
import { t as app } from '#web/text.ts'
import { cancelCrossref, showCrossref } from '../contract.ts'
import { CrossrefPairs, type Pair, type ShownCrossref } from './crossref-pairs.tsx'
import { CrossrefState } from './crossref-state.tsx'
import { crossrefText } from './crossrefs-page.tsx'
import { RecordsTabs } from './records-tabs.tsx'
import { t } from './text.ts'

const RUNNING_MS = 1500
const SCORES = ['0', '0.5', '0.6', '0.7', '0.8', '0.9', '0.95', '0.99'] as const

export function CrossrefPage() {
  const crossref = useParam('crossref')
  const { entity, judged, least = '0', side = 'left' } = useAddress()
  const go = useGo()
  const input = { crossref, entity, judged: judged === 'all' ? 'all' : 'open', atLeast: least }
  const pages = usePages<Pair, typeof showCrossref>(showCrossref, input)
  const shown = (pages.query.data as { readonly pages: readonly ShownCrossref[] } | undefined)?.pages[0]
  const set = (part: Readonly<Record<string, string>>): void =>
    go(`/records/cross-references/${crossref}`, { entity, judged, least, side, ...part }, { replace: true })
  return (
    <>
      <title>{t('crossrefs.page')}</title>
      <h1>{shown === undefined ? t('crossref.title') : crossrefText(shown)}</h1>
      <RecordsTabs current="/records/cross-references" />
      <Problem error={pages.query.error} onRetry={() => void pages.query.refetch()} />
      {shown === undefined ? (
        pages.query.error === null ? (
          <Loading />
        ) : null
      ) : (
        <>
          <Head shown={shown} />
          <fieldset className="toolbar" aria-label={t('crossref.narrow')}>
            <Select
              label={t('crossref.atLeast')}
              value={SCORES.find((each) => each === least) ?? '0'}
              onChange={(value) => set({ least: value })}
              choices={SCORES.map((id) => ({ id, label: id === '0' ? t('crossref.any') : id }))}
            />
            <Select
              label={t('crossref.side')}
              value={side === 'right' ? 'right' : 'left'}
              onChange={(value) => set({ side: value })}
              choices={[
                { id: 'left', label: shown.left.title },
                { id: 'right', label: shown.right?.title ?? t('crossrefs.everything') },
              ]}
            />
            <Checkbox label={t('crossref.judgedToo')} isSelected={judged === 'all'} onChange={(on) => set({ judged: on ? 'all' : '' })} />
            {entity === undefined ? null : <Button onPress={() => set({ entity: '' })}>{t('crossref.allRecords')}</Button>}
          </fieldset>
          <p role="status">
            {t(shown.total.isAtLeast ? 'crossref.foundAtLeast' : 'crossref.found', { n: shown.total.total.toLocaleString('en-GB') })}
          </p>
          <CrossrefPairs pairs={pages.rows} isFlipped={side === 'right'} preset={shown.preset} onOnly={(only) => set({ entity: only })} />
          {pages.hasMore ? <Button onPress={pages.more}>{app('app.more')}</Button> : null}
          <Dropped dropped={shown.dropped} count={shown.blocksDropped} />
        </>
      )}
    </>
  )
}

/** Looks by itself while it runs; when it ends, the pairs are read again. */
function Head({ shown: first }: { readonly shown: ShownCrossref }) {
  const cache = useQueryClient()
  const watched = useCall(
    showCrossref,
    { crossref: first.crossref, limit: 1 },
    isUnderWay(first) ? { everyMs: RUNNING_MS } : { enabled: false },
  )
  const shown = isUnderWay(first) ? (watched.data ?? first) : first
  const hasEnded = isUnderWay(first) && !isUnderWay(shown)
  useEffect(() => {
    if (hasEnded) void cache.invalidateQueries({ queryKey: [showCrossref.id] })
  }, [hasEnded, cache])
  const cancel = useMutation({
    mutationFn: async () => await call(cancelCrossref, { crossref: shown.crossref }),
    onSuccess: async () => await cache.invalidateQueries(),
  })
  return (
    <>
      <p>
        <CrossrefState crossref={shown} /> {t('crossref.compared', { n: shown.compared.toLocaleString('en-GB') })}{' '}
        {t(`preset.${shown.preset}`)}
      </p>
      {isUnderWay(shown) ? (
        <div className="actions">
          <Button kind="danger" onPress={() => cancel.mutate()} isDisabled={cancel.isPending}>
            {t('crossref.cancel')}
          </Button>
        </div>
      ) : null}
      <Problem error={cancel.error} />
      <p>
        <AppLink to="/records/cross-references">{t('crossref.back')}</AppLink>
      </p>
    </>
  )
}

function isUnderWay({ state }: Pick<ShownCrossref, 'state'>): boolean {
  return state === 'waiting' || state === 'running'
}

/** Nobody takes silence for absence: what was too common to compare is named. */
function Dropped({ dropped, count }: { readonly dropped: ShownCrossref['dropped']; readonly count: number }) {
  const [isOpen, setOpen] = useState(false)
  if (count === 0) return null
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('crossref.dropped', { n: count.toLocaleString('en-GB') })}</summary>
      <p>{t('crossref.droppedWhy')}</p>
      <ul>
        {dropped.map((each) => (
          <li key={`${each.kind} ${each.key}`}>
            {each.kind}: <bdi className="mono">{each.key}</bdi> {t('crossref.size', { n: each.size.toLocaleString('en-GB') })}
          </li>
        ))}
      </ul>
      {dropped.length < count ? <p>{t('crossref.droppedMore', { n: (count - dropped.length).toLocaleString('en-GB') })}</p> : null}
    </details>
  )
}
