/** The owner's side of hit/no-hit: hits of others, what of this desk can be found and by whom, and the state of its part of the index. */

import { AppLink } from '#web/navigate.tsx'
import { useSessionQuery } from '#web/shell/session.ts'
import { Entries } from './entries.tsx'
import { IndexState } from './index-state.tsx'
import { Notices } from './notices.tsx'
import { Requesters } from './requesters.tsx'
import { t } from './text.ts'

export function IndexPage() {
  const session = useSessionQuery()
  const purpose = session.data?.purposes.find(({ id }) => id === session.data?.purpose)?.title ?? ''
  return (
    <>
      <h1>{t('index.title')}</h1>
      <p>
        {t('index.intro', { purpose })} <AppLink to="/matches">{t('index.toAsk')}</AppLink>
      </p>
      <Notices />
      <div className="columns">
        <IndexState />
        <Requesters />
      </div>
      <Entries />
    </>
  )
}
