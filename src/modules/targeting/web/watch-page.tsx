/** One watch entry with its basis and its latest hits; ended before its last day only with a reason. */
import { useState } from 'react'
import type { z } from 'zod'
import { call } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showDate, showInstant } from '#web/time.ts'
import { endWatch, showWatch } from '../contract.ts'
import { byText } from './selection-page.tsx'
import { percent } from './shown-figures.tsx'
import { TargetingTabs, useMay } from './targeting-tabs.tsx'
import { t } from './text.ts'
import { WATCH_TONE } from './watches-page.tsx'

type View = z.output<(typeof showWatch)['ok']>
const HEADS = ['container', 'where', 'term', 'value', 'strength', 'at'] as const
const LEAST_REASON = 3

export function WatchPage() {
  const query = useCall(showWatch, { watch: useParam('watch') })
  return (
    <>
      <title>{t('watch.page')}</title>
      <Reading query={query} title={t('watch.page')}>
        {(view) => <Shown view={view} />}
      </Reading>
    </>
  )
}

function Shown({ view: { watch, hits } }: { readonly view: View }) {
  const [isEnding, setEnding] = useState(false)
  const [reason, setReason] = useState('')
  const mayWrite = useMay()('targeting.write-watches')
  const isOver = watch.state === 'ended' || watch.state === 'expired'
  return (
    <>
      <h1>{watch.title}</h1>
      <TargetingTabs current="/targeting/watches" />
      {mayWrite ? (
        <div className="actions">
          <AppLink className="button" to="/targeting/watches/new" search={{ renews: watch.watch }}>
            {t('watch.renew')}
          </AppLink>
          {isOver ? null : (
            <Button kind="danger" onPress={() => setEnding(true)}>
              {t('watch.end')}
            </Button>
          )}
        </div>
      ) : null}
      <section className="panel">
        <p>
          <Badge tone={WATCH_TONE[watch.state]}>{t(`watchState.${watch.state}`)}</Badge>
        </p>
        <dl className="facts">
          <dt>{t('watch.terms')}</dt>
          <dd>
            <ul className="plain">
              {watch.terms.map(({ kind, value }) => (
                <li key={`${kind} ${value}`}>
                  {t(`watchKind.${kind}`)} <bdi className="mono">{value}</bdi>
                </li>
              ))}
            </ul>
          </dd>
          <dt>{t('watch.days')}</dt>
          <dd>{t('rule.daysOf', { from: showDate(watch.validFrom), until: showDate(watch.validUntil) })}</dd>
          <dt>{t('watch.why')}</dt>
          <dd className="as-typed">{watch.why}</dd>
          <dt>{t('watch.basis')}</dt>
          <dd>
            {watch.legalBasis.act}, {watch.legalBasis.article}
          </dd>
          <dt>{t('watch.case')}</dt>
          <dd>{watch.case}</dd>
          <dt>{t('watch.entered')}</dt>
          <dd>{byText(watch.entered)}</dd>
          {watch.renews === undefined ? null : (
            <>
              <dt>{t('watch.renews')}</dt>
              <dd>
                <AppLink to={`/targeting/watches/${watch.renews}`}>{t('watch.earlier')}</AppLink>
              </dd>
            </>
          )}
          {watch.ended === undefined ? null : (
            <>
              <dt>{t('watch.ended')}</dt>
              <dd>{t('watch.endedBy', { by: byText(watch.ended), reason: watch.ended.reason })}</dd>
            </>
          )}
        </dl>
      </section>
      <h2>{t('watch.hits')}</h2>
      {hits.length === 0 ? <Empty>{t('watch.noHits')}</Empty> : <Hits hits={hits} />}
      {isEnding ? (
        <ActDialog
          title={t('watch.end')}
          isDangerous
          isReady={reason.trim().length >= LEAST_REASON}
          act={async () => await call(endWatch, { watch: watch.watch, reason: reason.trim() })}
          onClose={() => setEnding(false)}
        >
          <TextField label={t('watch.reason')} value={reason} onChange={setReason} isRequired isLong autoFocus maxLength={500} />
        </ActDialog>
      ) : null}
    </>
  )
}

function Hits({ hits }: { readonly hits: View['hits'] }) {
  return (
    <Scroll label={t('watch.hits')}>
      <table>
        <caption className="unseen">{t('watch.hits')}</caption>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col" className={head === 'strength' ? 'number' : ''}>
                {t(`watch.col.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hits.map((hit) => (
            <tr key={`${hit.arrival} ${hit.term.kind} ${hit.term.value} ${hit.field}`}>
              <th scope="row" className="mono">
                <AppLink to={`/targeting/arrivals/${hit.arrival}`}>{hit.container}</AppLink>
              </th>
              <td>
                {hit.port}, {showDate(hit.day)}
              </td>
              <td>
                {t(`watchKind.${hit.term.kind}`)} <bdi className="mono">{hit.term.value}</bdi>
              </td>
              <td>
                {hit.field}: <bdi className="mono">{hit.value}</bdi>
              </td>
              <td className="number">{percent(hit.strength)}</td>
              <td>{showInstant(hit.at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
