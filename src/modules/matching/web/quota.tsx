/** What may still be asked today. */
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { showQuota } from '../contract.ts'
import { code, t } from './text.ts'

export function Quota() {
  const query = useCall(showQuota, {})
  return (
    <section className="panel">
      <Reading query={query}>
        {({ day, items }) => (
          <>
            <h2>{t('quota.title', { day })}</h2>
            {items.length === 0 ? (
              <Empty>{t('quota.none')}</Empty>
            ) : (
              <Scroll label={t('quota.title', { day })}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{t('quota.owner')}</th>
                      <th scope="col">{t('quota.index')}</th>
                      <th scope="col">{t('quota.left')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((item) => (
                      <tr key={`${item.owner} ${item.class}`}>
                        <th scope="row">{item.owner}</th>
                        <td>{code('index', item.class)}</td>
                        <td>
                          <meter value={Math.max(0, item.limit - item.used)} max={item.limit} aria-hidden="true" />{' '}
                          {t('quota.of', { left: Math.max(0, item.limit - item.used), limit: item.limit })}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Scroll>
            )}
            <p className="muted">{t('quota.means')}</p>
          </>
        )}
      </Reading>
    </section>
  )
}
