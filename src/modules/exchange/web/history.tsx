/** What was said of a piece, by its originator and by its holders, and what it belongs with. */
import { useDeskName } from '#web/desks.ts'
import { Empty } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { showExact, showInstant } from '#web/time.ts'
import type { ItemView } from '../contract.ts'
import { code, t } from './text.ts'

export function History({ view }: { readonly view: ItemView }) {
  const name = useDeskName()
  const said = [
    ...view.statements.map((each) => ({
      key: `${each.says} ${each.at} ${each.about ?? ''}`,
      at: each.at,
      text: [code('says', each.says), each.about, each.reason === undefined ? undefined : code('recallReason', each.reason)]
        .filter(Boolean)
        .join(': '),
    })),
    ...view.feedback.map((each) => ({
      key: `${each.by} ${each.at}`,
      at: each.at,
      text: `${name(each.by)}: ${code('feedbackKind', each.kind)} ${each.note}`,
    })),
  ].sort((a, b) => a.at.localeCompare(b.at))
  return (
    <section className="panel">
      <h2>{t('item.history')}</h2>
      {said.length === 0 ? <Empty>{t('item.nothing')}</Empty> : null}
      <ol className="timeline">
        {said.map((each) => (
          <li key={each.key}>
            {each.text} <span className="muted">{showExact(each.at)}</span>
          </li>
        ))}
      </ol>
      <Linked view={view} />
      <AppLink to="/messages" search={{ context: view.row.item }}>
        {t('item.messages')}
      </AppLink>
    </section>
  )
}

function Linked({ view }: { readonly view: ItemView }) {
  return (
    <>
      {view.derivedFrom.length === 0 ? null : (
        <>
          <h3>{t('item.derivedFrom')}</h3>
          <ul>
            {view.derivedFrom.map((item) => (
              <li key={item}>
                <AppLink to={`/items/${item}`}>{view.thread.find((each) => each.item === item)?.title ?? item}</AppLink>
              </li>
            ))}
          </ul>
        </>
      )}
      {view.thread.length === 0 ? null : (
        <>
          <h3>{t('item.thread')}</h3>
          <ul>
            {view.thread.map((each) => (
              <li key={each.item}>
                <AppLink to={`/items/${each.item}`}>{each.title === '' ? t('item.gone') : each.title}</AppLink>{' '}
                {code('itemKind', each.kind)}, {showInstant(each.at)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
