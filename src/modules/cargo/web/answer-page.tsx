/** One answer: what it tells the sender in words, the file, and that it was sent. */
import { useState } from 'react'
import { call, urlOf } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Button } from '#web/kit/button.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Reading } from '#web/kit/states.tsx'
import { AppLink, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { useSessionQuery } from '#web/shell/session.ts'
import { showInstant } from '#web/time.ts'
import { type AnswerFinding, type AnswerFindings, type AnswerRow, explainAnswer, noteAnswerSent, showAnswer } from '../contract.ts'
import { Verdict } from './answer-table.tsx'
import { t } from './intake-text.ts'
import { SourceLink } from './source-link.tsx'

export function AnswerPage() {
  const [document, ordinal] = [useParam('document'), useParam('ordinal')]
  const query = useCall(explainAnswer, { document, ordinal })
  return (
    <Reading query={query} title={t('answers.title')}>
      {({ answer, findings, text }) => (
        <>
          <h1>{t('answer.title', { kind: answer.kind, partner: answer.partner })}</h1>
          <p>
            <Verdict row={answer} /> {t('answer.of', { reference: answer.reference })}{' '}
            <AppLink to={`/documents/${answer.document}`}>{answer.documentName}</AppLink>, {showInstant(answer.madeAt)}
          </p>
          <Sending answer={answer} />
          <Findings document={document} findings={findings} />
          <section className="panel">
            <h2>{t('answer.text')}</h2>
            {/* One segment a line, for the eye; the file has what the sender's reader wants. */}
            {/* biome-ignore lint: a region that scrolls must be reachable by keyboard */}
            <pre className="source mono" tabIndex={0}>
              {text.replaceAll(/(?<!\?)'/g, "'\n")}
            </pre>
          </section>
        </>
      )}
    </Reading>
  )
}

function Sending({ answer }: { readonly answer: AnswerRow }) {
  const [isOpen, setOpen] = useState(false)
  const { document, ordinal, partner, sent } = answer
  const mayNote = useSessionQuery().data?.permissions.includes('cargo.intake') === true
  return (
    <>
      <p role="status">{sent === undefined ? t('answer.notSent') : t('answer.sentBy', { by: sent.by, at: showInstant(sent.at) })}</p>
      <div className="actions">
        <a className="button primary" href={urlOf(showAnswer, { document, ordinal }, false)} download>
          {t('answer.download')}
        </a>
        {mayNote && sent === undefined ? <Button onPress={() => setOpen(true)}>{t('answer.note')}</Button> : null}
      </div>
      {isOpen ? (
        <ActDialog
          title={t('answer.note')}
          isReady
          act={async () => await call(noteAnswerSent, { document, ordinal })}
          onClose={() => setOpen(false)}
        >
          <p>{t('answer.noteWhat', { partner })}</p>
        </ActDialog>
      ) : null}
    </>
  )
}

function Findings({ document, findings }: { readonly document: string; readonly findings: AnswerFindings }) {
  const { told, toldLeftOut, untold, untoldLeftOut, notes } = findings
  return (
    <>
      <section className="panel">
        <h2>{t('answer.told')}</h2>
        {told.length === 0 ? <p>{t('answer.nothingTold')}</p> : <Rows rows={told} document={document} label={t('answer.told')} />}
        {toldLeftOut === 0 ? null : <p>{t('answer.leftOut', { n: toldLeftOut })}</p>}
      </section>
      {untold.length === 0 && notes.length === 0 ? null : (
        <section className="panel">
          <h2>{t('answer.untold')}</h2>
          <p>{t('answer.untoldWhy')}</p>
          <ul>
            {notes.map(({ text, messages }) => (
              <li key={text}>{t('answer.note.messages', { text, n: messages })}</li>
            ))}
          </ul>
          {untold.length === 0 ? null : <Rows rows={untold} document={document} label={t('answer.untold')} />}
          {untoldLeftOut === 0 ? null : <p>{t('answer.leftOut', { n: untoldLeftOut })}</p>}
        </section>
      )}
    </>
  )
}

interface RowsProps {
  readonly rows: readonly AnswerFinding[]
  readonly document: string
  readonly label: string
}

function Rows({ rows, document, label }: RowsProps) {
  return (
    <Scroll label={label}>
      <table>
        <thead>
          <tr>
            {(['what', 'at', 'code'] as const).map((head) => (
              <th key={head} scope="col">
                {t(`answer.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, text, code, byte }) => (
            <tr key={`${at} ${code} ${text}`}>
              <th scope="row">{text}</th>
              <td className="mono">
                {at}{' '}
                {byte === undefined ? null : (
                  <SourceLink at={{ document, segment: positionOf(at), element: 0, component: 0, start: byte, end: byte + 3 }} label={at} />
                )}
              </td>
              <td className="mono">{code}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function positionOf(at: string): number {
  return Number(/position (\d+)/.exec(at)?.[1] ?? 0)
}
