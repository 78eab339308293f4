/** One case of the queue: what it is, whose turn, since when, its next end, and whether it can be acknowledged from here. */
import { Badge } from '#web/kit/badge.tsx'
import { ClockChip } from '#web/kit/clock-chip.tsx'
import { Checkbox } from '#web/kit/fields.tsx'
import { AppLink } from '#web/navigate.tsx'
import { showInstant } from '#web/time.ts'
import type { WorkItem } from '../contract.ts'
import type { Selection } from './queue-acknowledge.tsx'
import { t } from './text.ts'

export function QueueItem({ item, selection }: { readonly item: WorkItem; readonly selection: Selection }) {
  const label = item.label === '' ? t('queue.withdrawn') : item.label
  return (
    <li>
      <span>
        <AppLink to={item.link === '' ? '/' : item.link}>
          <strong>{label}</strong>
        </AppLink>
        {item.acknowledge === undefined ? null : (
          <Checkbox
            label={<span className="unseen">{t('queue.select', { label })}</span>}
            isSelected={selection.has(item.caseId)}
            onChange={() => selection.toggle(item.caseId)}
          />
        )}
      </span>
      <span>
        {item.definition} {item.title}
        <br />
        <span className="muted">
          {t('queue.with', { party: item.partyName })}, {item.roleTitle},{' '}
          {t('queue.since', { state: item.stateTitle, when: showInstant(item.since) })}
        </span>{' '}
        {item.isSuspended ? <Badge tone="info">{t('queue.isSuspended')}</Badge> : null}
        {item.due?.legallyMissed === true ? <Badge tone="bad">{t('queue.legallyMissed')}</Badge> : null}
        {item.due?.mark === 'M' ? <Badge tone="warn">{t('queue.notVerified')}</Badge> : null}
      </span>
      {item.due === undefined ? <span className="muted">{t('queue.noClock')}</span> : <ClockChip clock={item.due} />}
    </li>
  )
}
