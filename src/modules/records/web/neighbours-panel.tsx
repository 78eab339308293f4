/** How many neighbours by kind, before any is drawn; and the way to the drawing. */
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showNeighbourCounts } from '../contract.ts'
import { kindText } from './model-text.ts'
import { t } from './text.ts'

export function NeighboursPanel({ entity }: { readonly entity: string }) {
  const query = useCall(showNeighbourCounts, { entity })
  return (
    <section className="panel" aria-labelledby="neighbours">
      <h2 id="neighbours">{t('neighbours.title')}</h2>
      <Reading query={query}>
        {({ total, kinds }) =>
          total === 0 ? (
            <Empty>{t('neighbours.none')}</Empty>
          ) : (
            <>
              <table>
                <caption>{t('neighbours.total', { n: total.toLocaleString('en-GB') })}</caption>
                <tbody>
                  {kinds.map(({ kind, direction, count }) => (
                    <tr key={`${kind} ${direction}`}>
                      <th scope="row">{kindText(kind)}</th>
                      <td>{t(`direction.${direction}`)}</td>
                      <td className="number">{count.toLocaleString('en-GB')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <p>
                <AppLink to="/records/graph" search={{ entities: entity }}>
                  {t('record.graph')}
                </AppLink>
              </p>
            </>
          )
        }
      </Reading>
    </section>
  )
}
