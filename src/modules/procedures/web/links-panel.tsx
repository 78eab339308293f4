/** What this desk holds already that shares a value with the case, and what is still to be done in it. A link is a question for the officer. */
import { Badge } from '#web/kit/badge.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { type CaseLink, type RecordLink, showLinks } from '../contract.ts'
import { FollowUps } from './links-follow-ups.tsx'
import { code, t } from './text.ts'

export function LinksPanel({ caseId }: { readonly caseId: string }) {
  const query = useCall(showLinks, { case: caseId })
  return (
    <section className="panel" aria-labelledby="case-links">
      <h2 id="case-links">{t('links.title')}</h2>
      <Reading query={query}>
        {({ compared, cases, records, hasMore, followUps }) => (
          <>
            <p className="muted">{compared === 0 ? t('links.nothingToCompare') : t('links.compared', { n: compared })}</p>
            {compared > 0 && cases.length + records.length === 0 ? <Empty>{t('links.noneFound')}</Empty> : null}
            <ul className="stacked plain">
              {cases.map((each) => (
                <OneCase key={each.case} link={each} />
              ))}
              {records.map((each) => (
                <OneRecord key={`${each.link} ${each.label}`} record={each} />
              ))}
            </ul>
            {hasMore ? <p>{t('links.more')}</p> : null}
            <FollowUps caseId={caseId} followUps={followUps} />
          </>
        )}
      </Reading>
    </section>
  )
}

function OneCase({ link }: { readonly link: CaseLink }) {
  return (
    <li>
      <AppLink to={link.link}>
        {link.procedure} {link.label === '' ? link.title : link.label}
      </AppLink>{' '}
      <Badge>{link.stateTitle}</Badge> <span className="muted">{t('links.since', { when: showInstant(link.since) })}</span>
      <Shared on={link.on} />
    </li>
  )
}

function OneRecord({ record }: { readonly record: RecordLink }) {
  return (
    <li>
      <AppLink to={record.link}>
        {code('recordKind', record.kind)} {record.label}
      </AppLink>{' '}
      <span className="muted">{t('links.since', { when: showInstant(record.at) })}</span>
      <Shared on={record.on} />
    </li>
  )
}

function Shared({ on }: { readonly on: CaseLink['on'] }) {
  return (
    <>
      <br />
      {on.map(({ kind, field }) => t('links.on', { kind: code('linkKind', kind), field })).join('; ')}
    </>
  )
}
