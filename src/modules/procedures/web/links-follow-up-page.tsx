/** Every open follow-up of this desk, by what is due next: also of cases that were answered, and stand in no queue any more. */
import { Badge } from '#web/kit/badge.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { listFollowUps } from '../contract.ts'
import { t } from './text.ts'

export function FollowUpPage() {
  const query = useCall(listFollowUps, {})
  return (
    <>
      <h1>{t('followUps.title')}</h1>
      <Reading query={query}>
        {({ items, hasMore }) => (
          <>
            {items.length === 0 ? <Empty>{t('followUps.none')}</Empty> : null}
            <ul className="queue">
              {items.map((each) => (
                <li key={each.followUp}>
                  <AppLink to={`/cases/${each.case}`}>
                    <strong>{each.label === '' ? each.procedure : each.label}</strong>
                  </AppLink>
                  <span>
                    {each.note}
                    <br />
                    <span className="muted">
                      {each.procedure}, {t('followUps.by', { who: each.openedBy })}
                    </span>
                  </span>
                  <Badge tone={each.isOverdue ? 'bad' : 'neutral'}>
                    {t(each.isOverdue ? 'followUps.overdue' : 'followUps.due', { when: showInstant(each.due) })}
                  </Badge>
                </li>
              ))}
            </ul>
            {hasMore ? <p>{t('followUps.more')}</p> : null}
          </>
        )}
      </Reading>
    </>
  )
}
