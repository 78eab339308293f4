/** Calendar feeds of this officer: made, shown once, revoked. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Empty, Problem, Reading } from '#web/kit/states.tsx'
import { queryClient, useCall } from '#web/queries.ts'
import { useSessionQuery } from '#web/shell/session.ts'
import { showInstant } from '#web/time.ts'
import { listFeeds, makeFeed, revokeFeed } from '../contract.ts'
import { t } from './text.ts'

export function CalendarFeeds() {
  const session = useSessionQuery()
  return session.data?.permissions.includes('procedures.use-feed') === true ? <Feeds /> : null
}

function Feeds() {
  const feeds = useCall(listFeeds, {})
  const [address, setAddress] = useState('')
  const [error, setError] = useState<unknown>()
  const act = async (work: () => Promise<void>): Promise<void> => {
    setError(undefined)
    await work().catch(setError)
    await queryClient.invalidateQueries({ queryKey: [listFeeds.id] })
  }
  const make = async () => setAddress(`${location.origin}${(await call(makeFeed, {})).path}`)
  const revoke = async (feed: string) => {
    await call(revokeFeed, { feed })
    setAddress('')
  }
  return (
    <section className="panel">
      <h2>{t('feeds.title')}</h2>
      <p>{t('feeds.means')}</p>
      <Problem error={error} />
      <div role="status">
        {address === '' ? null : (
          <p>
            {t('feeds.address')} <code>{address}</code>
          </p>
        )}
      </div>
      <Reading query={feeds}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('feeds.none')}</Empty>
          ) : (
            <ul>
              {items.map(({ feed, madeAt, readAt }) => (
                <li key={feed}>
                  {t('feeds.made', { when: showInstant(madeAt) })},{' '}
                  {readAt === undefined ? t('feeds.neverRead') : t('feeds.readAt', { when: showInstant(readAt) })}{' '}
                  <Button
                    onPress={() => void act(async () => await revoke(feed))}
                    label={t('feeds.revokeOf', { when: showInstant(madeAt) })}
                  >
                    {t('feeds.revoke')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Reading>
      <Button onPress={() => void act(make)}>{t('feeds.make')}</Button>
    </section>
  )
}
