/** One record: every statement that is for this desk with where it comes from, what may be the same, what was judged, what is around it. */

import { Badge } from '#web/kit/badge.tsx'
import { Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { type RecordView, showRecord } from '../contract.ts'
import { DuplicatesPanel } from './duplicates-panel.tsx'
import { schemaText } from './model-text.ts'
import { NeighboursPanel } from './neighbours-panel.tsx'
import { RecordJudgements } from './record-judgements.tsx'
import { RecordLine } from './record-line.tsx'
import { RecordStatements } from './record-statements.tsx'
import { RecordTimes } from './record-times.tsx'
import { RecordsTabs } from './records-tabs.tsx'
import { RightsPanel } from './rights-panel.tsx'
import { t } from './text.ts'

export function RecordPage() {
  const entity = useParam('entity')
  const { known, valid, history } = useAddress()
  const knownAt = known === undefined ? undefined : endOfDay(known)
  const query = useCall(showRecord, {
    entity,
    history: history === 'yes' ? 'yes' : 'no',
    ...(knownAt === undefined ? {} : { knownAt }),
    ...(valid === undefined ? {} : { validAt: valid }),
  })
  return (
    <>
      <title>{t('record.page', { entity })}</title>
      <Reading query={query} title={t('record.title')}>
        {(record) => <Shown key={record.entity} record={record} isPast={knownAt !== undefined} />}
      </Reading>
      {/* Nothing was known on that day: another day is one step away. */}
      {query.isError && (known !== undefined || valid !== undefined) ? <RecordTimes /> : null}
    </>
  )
}

function Shown({ record, isPast }: { readonly record: RecordView; readonly isPast: boolean }) {
  const { entity, schema, caption, members, restricted, hold, mayWrite } = record
  return (
    <>
      <h1>
        <bdi>{caption === '' ? t('record.unnamed') : caption}</bdi>
      </h1>
      <RecordsTabs current={undefined} />
      <p>
        <Badge tone="info">{schemaText(schema)}</Badge>{' '}
        {members.length > 1 ? <Badge>{t('record.merged', { n: members.length })}</Badge> : null}{' '}
        {restricted ? <Badge tone="warn">{t('record.restricted')}</Badge> : null}{' '}
        {hold.length > 0 ? <Badge tone="warn">{t('record.held')}</Badge> : null} <span className="mono muted">{entity}</span>
      </p>
      <div className="actions">
        {mayWrite ? (
          <AppLink to="/records/new" search={{ entity }} className="button">
            {t('enter.add')}
          </AppLink>
        ) : null}
        <AppLink to="/records/graph" search={{ entities: entity }} className="button">
          {t('record.graph')}
        </AppLink>
      </div>
      <RecordTimes />
      <div className="record">
        <RecordStatements record={record} isPast={isPast} />
        <div>
          {members.length > 1 ? <Members members={members} isPast={isPast} /> : null}
          <DuplicatesPanel entity={entity} />
          <RecordJudgements entity={entity} />
          <NeighboursPanel entity={entity} />
          {isPast ? null : <RightsPanel record={record} />}
        </div>
      </div>
    </>
  )
}

function Members({ members, isPast }: Pick<RecordView, 'members'> & { readonly isPast: boolean }) {
  return (
    <section className="panel" aria-labelledby="members">
      <h2 id="members">{t('record.members')}</h2>
      <p className="muted">{t(isPast ? 'record.membersThen' : 'record.membersWhy')}</p>
      <ul className="plain">
        {members.map((row) => (
          <li key={row.entity}>
            <RecordLine row={row} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Last instant of the day in the officer's own zone: what was recorded on the day counts. */
function endOfDay(day: string): string | undefined {
  const ms = Date.parse(`${day}T23:59:59.999`)
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}
