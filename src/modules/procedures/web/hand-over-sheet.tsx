/** The sheet itself, on the screen and on paper. */
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { showInstant } from '#web/time.ts'
import type { Sheet, WorkItem } from '../contract.ts'
import { t } from './text.ts'

export function SheetView({ sheet }: { readonly sheet: Sheet }) {
  const { desk, at, since, hours } = sheet
  return (
    <section className="panel">
      <h2>{t('shift.sheet', { desk: desk.name })}</h2>
      <p>{t('shift.as', { at: showInstant(at), since: showInstant(since) })}</p>
      <Group title={t('shift.overdue')} group={sheet.overdue} />
      <Group title={t('shift.due', { hours })} group={sheet.due} />
      <Group title={t('shift.open')} group={sheet.open} />
      <Group title={t('shift.suspended')} group={sheet.suspended} />
      <Group title={t('shift.waiting')} group={sheet.waiting} />
      <Happened happened={sheet.happened} />
    </section>
  )
}

function Group({ title, group }: { readonly title: string; readonly group: Sheet['open'] }) {
  return (
    <>
      <h3>{title}</h3>
      {group.items.length === 0 ? (
        <Empty>{t('shift.none')}</Empty>
      ) : (
        <Scroll label={title}>
          <table>
            <thead>
              <tr>
                {(['case', 'state', 'end'] as const).map((head) => (
                  <th key={head} scope="col">
                    {t(`shift.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {group.items.map((item) => (
                <CaseRow key={item.caseId} item={item} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {group.hasMore ? <p className="muted">{t('shift.more')}</p> : null}
    </>
  )
}

function CaseRow({ item }: { readonly item: WorkItem }) {
  const { label, link, definition, title, stateTitle: state, since, due } = item
  return (
    <tr>
      <th scope="row">
        <AppLink to={link === '' ? '/' : link}>{label === '' ? t('queue.withdrawn') : label}</AppLink>
        <br />
        <span className="muted">
          {definition} {title}
        </span>
      </th>
      <td>{t('queue.since', { state, when: showInstant(since) })}</td>
      <td>
        {due === undefined ? (
          t('queue.noClock')
        ) : (
          <>
            {due.label}: {showInstant(due.safe)} ({t(`queue.${due.kind}`)}
            {due.mark === 'M' ? `, ${t('queue.notVerified')}` : ''})
          </>
        )}
      </td>
    </tr>
  )
}

function Happened({ happened }: { readonly happened: Sheet['happened'] }) {
  return (
    <>
      <h3>{t('shift.happened')}</h3>
      {happened.items.length === 0 ? (
        <Empty>{t('shift.none')}</Empty>
      ) : (
        <Scroll label={t('shift.happened')}>
          <table>
            <thead>
              <tr>
                {(['when', 'case', 'step', 'by'] as const).map((head) => (
                  <th key={head} scope="col">
                    {t(`shift.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {happened.items.map((each, index) => (
                // biome-ignore lint: a list that only ever grows at its end
                <tr key={`${each.case} ${index}`}>
                  <td>{showInstant(each.at)}</td>
                  <th scope="row">
                    <AppLink to={each.link === '' ? '/' : each.link}>{each.label === '' ? each.procedure : each.label}</AppLink>
                  </th>
                  <td>{each.step}</td>
                  <td>{each.by === '' ? t('shift.system') : each.by}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {happened.hasMore ? <p className="muted">{t('shift.more')}</p> : null}
    </>
  )
}
