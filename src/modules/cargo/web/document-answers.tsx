/** What to tell the sender of a document: the answers that were made, or, where there is none, the words. */
import { Reading } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { type DocumentRow, listAnswers } from '../contract.ts'
import { AnswerTable } from './answer-table.tsx'
import { t } from './intake-text.ts'

/** Of one document; more stand on the page of answers. */
const SHOWN = 200

export function DocumentAnswers({ document }: { readonly document: DocumentRow }) {
  const isOver = document.state === 'read' || document.state === 'refused'
  const query = useCall(listAnswers, { document: document.document, limit: SHOWN })
  return (
    <section className="panel" aria-labelledby="tell">
      <h2 id="tell">{t('tell.title')}</h2>
      {isOver ? (
        <Reading query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Words document={document} />
            ) : (
              <AnswerTable rows={items} label={t('tell.answers', { n: items.length })} hasDocument={false} />
            )
          }
        </Reading>
      ) : (
        <p>{t('tell.waits')}</p>
      )}
    </section>
  )
}

function Words({ document }: { readonly document: DocumentRow }) {
  const { name, receivedAt, refused, warnings, document: hash } = document
  if (refused === undefined && warnings === 0) return <p>{t('tell.fine')}</p>
  const known = { name, received: showInstant(receivedAt), hash }
  return (
    <>
      <p>{t('tell.none')}</p>
      <p>{t('tell.words')}</p>
      <blockquote>
        {refused === undefined
          ? t('tell.warned', { ...known, n: warnings })
          : t('tell.refused', { ...known, text: refused.text, at: refused.at, code: refused.code })}
      </blockquote>
    </>
  )
}
