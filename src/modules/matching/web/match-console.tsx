/** The match console: asking, the quota, own queries with their hits; hits of others are answered on the page of the owner. */
import { useSessionQuery } from '#web/shell/session.ts'
import { MatchForm } from './match-form.tsx'
import { OpenNotices } from './notices.tsx'
import { Queries } from './queries.tsx'
import { Quota } from './quota.tsx'
import { t } from './text.ts'

export function MatchConsole() {
  const session = useSessionQuery()
  return (
    <>
      <h1>{t('match.title')}</h1>
      <p>{t('match.intro')}</p>
      <OpenNotices />
      <div className="columns">
        <section className="panel">
          <h2>{t('match.ask')}</h2>
          <MatchForm purpose={session.data?.purposes.find(({ id }) => id === session.data?.purpose)?.title ?? ''} />
        </section>
        <Quota />
      </div>
      <Queries />
    </>
  )
}
