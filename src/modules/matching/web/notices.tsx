/** Hits of others on records of this desk: a person says whether it is the same. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '#web/client.ts'
import { useDeskName } from '#web/desks.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Problem, Reading } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
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

/** On the console: one line that leads to the hits waiting for an answer. */
export function OpenNotices() {
  const open = (useCall(listNotices, {}).data?.items ?? []).filter(({ state }) => state === 'open').length
  return open === 0 ? null : (
    <p>
      <Badge tone="warn">{t('notice.open', { n: open })}</Badge> <AppLink to="/matches/index">{t('notice.toAnswer')}</AppLink>
    </p>
  )
}

function NoticeTable({ items }: { readonly items: readonly NoticeRow[] }) {
  const cache = useQueryClient()
  const name = useDeskName()
  const answer = useMutation({
    mutationFn: async (given: { readonly notice: string; readonly decision: 'confirmed' | 'rejected' }) => await call(confirmNotice, given),
    onSuccess: async () => await cache.invalidateQueries(),
  })
  return (
    <>
      <p className="muted">{t('notice.means')}</p>
      <Problem error={answer.error} />
      <Scroll label={t('notice.title')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('notice.record')}</th>
              <th scope="col">{t('match.state')}</th>
              <th scope="col">{t('notice.requester')}</th>
              <th scope="col">{t('match.case')}</th>
              <th scope="col">{t('match.mode')}</th>
              <th scope="col">{t('notice.at')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ notice, record, requester, caseRef, mode, at, state }) => (
              <tr key={`${notice} ${record}`}>
                <th scope="row">{record}</th>
                <td>
                  {state === 'open' ? (
                    <>
                      <Button
                        kind="primary"
                        label={t('notice.confirmOf', { record })}
                        onPress={() => answer.mutate({ notice, decision: 'confirmed' })}
                      >
                        {t('notice.confirm')}
                      </Button>{' '}
                      <Button label={t('notice.rejectOf', { record })} onPress={() => answer.mutate({ notice, decision: 'rejected' })}>
                        {t('notice.reject')}
                      </Button>
                    </>
                  ) : (
                    code('hitState', state)
                  )}
                </td>
                <td>{name(requester)}</td>
                <td>{caseRef}</td>
                <td>{code('mode', mode)}</td>
                <td>{showInstant(at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}
