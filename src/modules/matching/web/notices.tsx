/** Hits of others on records of this desk: a person says whether it is the same. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Problem, Reading } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { confirmNotice, listNotices, type NoticeRow } from '../contract.ts'
import { code, t } from './text.ts'

export function Notices() {
  const query = useCall(listNotices, {})
  return (
    <section className="panel">
      <h2>{t('notice.title')}</h2>
      <Reading query={query}>
        {({ items }) => (items.length === 0 ? <Empty>{t('notice.none')}</Empty> : <NoticeTable items={items} />)}
      </Reading>
    </section>
  )
}

function NoticeTable({ items }: { readonly items: readonly NoticeRow[] }) {
  const cache = useQueryClient()
  const answer = useMutation({
    mutationFn: async (given: { readonly notice: string; readonly decision: 'confirmed' | 'rejected' }) => await call(confirmNotice, given),
    onSuccess: async () => await cache.invalidateQueries(),
  })
  return (
    <>
      <Problem error={answer.error} />
      <Scroll label={t('notice.title')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('notice.record')}</th>
              <th scope="col">{t('notice.requester')}</th>
              <th scope="col">{t('match.case')}</th>
              <th scope="col">{t('notice.at')}</th>
              <th scope="col">{t('match.state')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ notice, record, requester, caseRef, at, state }) => (
              <tr key={`${notice} ${record}`}>
                <th scope="row">{record}</th>
                <td>{requester}</td>
                <td>{caseRef}</td>
                <td>{showInstant(at)}</td>
                <td>
                  {state === 'open' ? (
                    <>
                      <Button onPress={() => answer.mutate({ notice, decision: 'confirmed' })}>{t('notice.confirm')}</Button>{' '}
                      <Button onPress={() => answer.mutate({ notice, decision: 'rejected' })}>{t('notice.reject')}</Button>
                    </>
                  ) : (
                    code('hitState', state)
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}
