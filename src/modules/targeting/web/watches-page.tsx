/** Watch entries of the own desk, those that end soonest first. */
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Select } from '#web/kit/fields.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { useCall, usePages } from '#web/queries.ts'
import { t as app } from '#web/text.ts'
import { showDate } from '#web/time.ts'
import { listWatches, type WatchRow, watchState } from '../contract.ts'
import { byText } from './selection-page.tsx'
import { count } from './shown-figures.tsx'
import { TargetingTabs, useMay } from './targeting-tabs.tsx'
import { t } from './text.ts'

export const WATCH_TONE: Readonly<Record<WatchRow['state'], Tone>> = {
  running: 'good',
  expired: 'neutral',
  ended: 'neutral',
  'not-yet': 'info',
}
const HEADS = ['title', 'state', 'terms', 'until', 'case', 'hits', 'entered'] as const
const SHOWN = 3

export function WatchesPage() {
  const address = useAddress()
  const go = useGo()
  const mayWrite = useMay()('targeting.write-watches')
  const state = watchState.options.find((each) => each === address['state'])
  const pages = usePages<WatchRow, typeof listWatches>(listWatches, { state })
  const endingSoon = useCall(listWatches, { limit: 1 }).data?.endingSoon ?? 0
  return (
    <>
      <title>{t('watches.page')}</title>
      <h1>{t('watches.title')}</h1>
      <TargetingTabs current="/targeting/watches" />
      <div className="toolbar">
        <Select
          label={t('watches.state')}
          value={state ?? ''}
          onChange={(value) => go('/targeting/watches', { state: value }, { replace: true })}
          empty={t('watches.any')}
          choices={watchState.options.map((id) => ({ id, label: t(`watchState.${id}`) }))}
        />
        {mayWrite ? (
          <AppLink className="button" to="/targeting/watches/new">
            {t('watches.new')}
          </AppLink>
        ) : null}
      </div>
      {endingSoon === 0 ? null : <p className="warnings">{t('watches.endingSoon', { n: endingSoon })}</p>}
      <Reading query={pages.query}>
        {() => (pages.rows.length === 0 ? <Empty>{t('watches.none')}</Empty> : <Rows rows={pages.rows} />)}
      </Reading>
      {pages.hasMore ? <Button onPress={pages.more}>{app('app.more')}</Button> : null}
    </>
  )
}

function Rows({ rows }: { readonly rows: readonly WatchRow[] }) {
  return (
    <Scroll label={t('watches.list')}>
      <table>
        <caption>{t('watches.list')}</caption>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col" className={head === 'hits' ? 'number' : ''}>
                {t(`watches.col.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.watch}>
              <th scope="row">
                <AppLink to={`/targeting/watches/${row.watch}`}>{row.title}</AppLink>
              </th>
              <td>
                <Badge tone={WATCH_TONE[row.state]}>{t(`watchState.${row.state}`)}</Badge>
              </td>
              <td>
                <ul className="plain">
                  {row.terms.slice(0, SHOWN).map(({ kind, value }) => (
                    <li key={`${kind} ${value}`}>
                      {t(`watchKind.${kind}`)} <bdi className="mono">{value}</bdi>
                    </li>
                  ))}
                  {row.terms.length > SHOWN ? <li>{t('watches.moreTerms', { n: row.terms.length - SHOWN })}</li> : null}
                </ul>
              </td>
              <td>{showDate(row.validUntil)}</td>
              <td>{row.case}</td>
              <td className="number">{count(row.hits)}</td>
              <td>{byText(row.entered)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
