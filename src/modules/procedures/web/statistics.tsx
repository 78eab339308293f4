/** Statistics of procedures for periods that have ended; the same for every role, small cells withheld. */

import { urlOf } from '#web/client.ts'
import { Select } from '#web/kit/fields.tsx'
import { Reading } from '#web/kit/states.tsx'
import { useAddress, useGo } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { exportStatistics, listStatistics, showStatistics } from '../contract.ts'
import { FiguresView } from './statistics-figures.tsx'
import { t } from './text.ts'

export function ProcedureStatisticsPage() {
  const address = useAddress()
  const go = useGo()
  const offered = useCall(listStatistics, {})
  const chosen = offered.data?.items.find(({ procedure }) => procedure === address['procedure'])
  const period = chosen?.periods.find((each) => each === address['period'])
  const set = (wanted: Readonly<Record<string, string>>) => go('/procedure-statistics', wanted)
  return (
    <>
      <h1>{t('figures.title')}</h1>
      <p>{t('figures.means')}</p>
      <Reading query={offered}>
        {({ items }) => (
          <div className="toolbar no-print">
            <Select
              label={t('figures.procedure')}
              value={chosen?.procedure ?? ''}
              onChange={(procedure) => set(procedure === '' ? {} : { procedure })}
              empty={t('figures.pick')}
              choices={items.map(({ procedure, title }) => ({ id: procedure, label: `${procedure} ${title}` }))}
            />
            <Select
              label={t('figures.period')}
              value={period ?? ''}
              onChange={(each) => set({ procedure: chosen?.procedure ?? '', ...(each === '' ? {} : { period: each }) })}
              empty={t('figures.pick')}
              choices={(chosen?.periods ?? []).map((id) => ({ id, label: id }))}
            />
          </div>
        )}
      </Reading>
      {chosen === undefined || period === undefined ? null : <Chosen procedure={chosen.procedure} period={period} />}
    </>
  )
}

function Chosen({ procedure, period }: { readonly procedure: string; readonly period: string }) {
  const query = useCall(showStatistics, { procedure, period })
  return (
    <>
      <p className="no-print">
        {(['csv', 'json'] as const).map((format) => (
          <span key={format}>
            <a href={urlOf(exportStatistics, { procedure, period, format }, false)} download>
              {t(`figures.${format}`)}
            </a>{' '}
          </span>
        ))}
      </p>
      <Reading query={query}>{(figures) => <FiguresView figures={figures} />}</Reading>
    </>
  )
}
