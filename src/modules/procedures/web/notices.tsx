/** What this desk was told of its cases, who has read it; and the deadlines in a calendar of one's own. */
import { call } from '#web/client.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { queryClient, usePages } from '#web/queries.ts'
import { t as app } from '#web/text.ts'
import { showInstant } from '#web/time.ts'
import { listCaseNotices, type Notice, readNotices } from '../contract.ts'
import { CalendarFeeds } from './notices-feeds.tsx'
import { t } from './text.ts'

const SHOWN = ['unread', 'all'] as const

export function NoticesPage() {
  const show = useAddress()['show'] === 'all' ? 'all' : 'unread'
  const go = useGo()
  const pages = usePages<Notice, typeof listCaseNotices>(listCaseNotices, { show })
  const unread = pages.rows.filter(({ isRead }) => !isRead)
  const markRead = async (notices: readonly Notice[]): Promise<void> => {
    await call(readNotices, { notices: notices.slice(0, 200).map(({ notice }) => notice) })
    await queryClient.invalidateQueries()
  }
  return (
    <>
      <h1>{t('notices.title')}</h1>
      <fieldset className="toolbar" aria-label={t('notices.show')}>
        {SHOWN.map((each) => (
          <Button
            key={each}
            kind={each === show ? 'primary' : 'plain'}
            onPress={() => go('/notices', each === 'all' ? { show: each } : {})}
          >
            {t(`notices.${each}`)}
          </Button>
        ))}
        {unread.length === 0 ? null : (
          <Button onPress={() => void markRead(unread)}>{t('notices.readAll', { n: Math.min(200, unread.length) })}</Button>
        )}
      </fieldset>
      <Reading query={pages.query}>
        {() =>
          pages.rows.length === 0 ? (
            <Empty>{t('notices.empty')}</Empty>
          ) : (
            <ul className="queue">
              {pages.rows.map((each) => (
                <Line key={each.notice} notice={each} onRead={() => void markRead([each])} />
              ))}
            </ul>
          )
        }
      </Reading>
      {pages.hasMore ? <Button onPress={pages.more}>{app('app.more')}</Button> : null}
      <CalendarFeeds />
    </>
  )
}

function Line({ notice, onRead }: { readonly notice: Notice; readonly onRead: () => void }) {
  const { label, link, procedure, title, at, isRead, readBy } = notice
  return (
    <li>
      <AppLink to={link === '' ? '/' : link}>
        <strong>{label === '' ? procedure : label}</strong>
      </AppLink>
      <span>
        {said(notice)} {notice.clock === undefined ? null : <Badge>{app(`clock.${notice.clock.kind}`)}</Badge>}
        <br />
        <span className="muted">
          {procedure} {title}, {showInstant(at)}
          {readBy.length === 0 ? null : `, ${t('notices.readBy', { names: readBy.map(({ name }) => name).join(', ') })}`}
        </span>
      </span>
      {isRead ? null : <Button onPress={onRead}>{t('notices.read')}</Button>}
    </li>
  )
}

function said({ topic, clock, step, text }: Notice): string {
  const at = { clock: clock?.label ?? '', when: clock === undefined ? '' : showInstant(clock.due), step: step ?? '' }
  return topic === 'told' ? (text ?? at.step) : t(`notices.${topic}`, at)
}
