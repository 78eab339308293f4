/** What a partner reads of its own vetting; open also when the vetting has ended. */
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { showStanding } from '../contract.ts'
import { PortalTabs } from './portal-tabs.tsx'
import { code, t } from './text.ts'

export const PARTNER_TONE: Readonly<Record<string, Tone>> = {
  invited: 'info',
  active: 'good',
  suspended: 'bad',
  withdrawn: 'bad',
  expired: 'bad',
}

export function StandingPage() {
  const query = useCall(showStanding, {})
  return (
    <>
      <h1>{t('standing.title')}</h1>
      <PortalTabs current="/standing" />
      <p className="muted">{t('standing.intro')}</p>
      <Reading query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('standing.none')}</Empty>
          ) : (
            items.map((item) => (
              <section className="panel" key={`${item.authority} ${item.kind}`}>
                <h2>{item.authority}</h2>
                <p>
                  <Badge tone={PARTNER_TONE[item.state] ?? 'neutral'}>{code('partnerState', item.state)}</Badge>{' '}
                  {t('standing.as', { kind: code('partnerKind', item.kind) })}.{' '}
                  {t(item.state === 'expired' ? 'standing.ended' : 'standing.ends', { when: showInstant(item.expiresAt) })}
                </p>
                <h3>{t('standing.criteria')}</h3>
                <ul>
                  {item.criteria.map((each) => (
                    <li key={each}>{code('criterion', each)}</li>
                  ))}
                </ul>
              </section>
            ))
          )
        }
      </Reading>
    </>
  )
}
