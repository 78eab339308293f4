/** One document: its messages, its warnings with their place, and the way to what it states. */
import { Badge } from '#web/kit/badge.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Reading } from '#web/kit/states.tsx'
import { AppLink, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { type DocumentRow, showDocument } from '../contract.ts'
import { DocumentAnswers } from './document-answers.tsx'
import { t as ofIntake } from './intake-text.ts'
import { SourceLink } from './source-link.tsx'
import { code, t } from './text.ts'

export function DocumentPage() {
  const query = useCall(showDocument, { document: useParam('document') })
  return (
    <Reading query={query}>
      {({ document, messages, warnings, warningsLeftOut }) => (
        <>
          <h1>{t('document.title', { name: document.name })}</h1>
          <p>
            <Badge>{code('document', document.state)}</Badge> {document.generated ? <Badge>{t('intake.generated')}</Badge> : null}{' '}
            {t('document.size', { n: document.size })} <span className="mono muted">{document.document}</span>
          </p>
          {document.refused === undefined ? null : (
            <p className="problem">
              {document.refused.text} <code>{document.refused.at}</code> <code>{document.refused.code}</code>
            </p>
          )}
          <p>
            <AppLink to="/containers" search={{ document: document.document }}>
              {t('document.containers')}
            </AppLink>{' '}
            <AppLink to="/consignments" search={{ document: document.document }}>
              {t('document.consignments')}
            </AppLink>{' '}
            {isTable(document) ? (
              <AppLink to={`/documents/${document.document}/mapping`}>
                {ofIntake(document.refused?.code === NO_MAPPING ? 'map.open' : 'map.again')}
              </AppLink>
            ) : null}
          </p>
          <DocumentAnswers document={document} />
          <section className="panel">
            <Scroll label={t('document.messages')}>
              <table>
                <caption>{t('document.messages')}</caption>
                <thead>
                  <tr>
                    {(['type', 'directory', 'reference', 'segments', 'outcome'] as const).map((head) => (
                      <th key={head} scope="col">
                        {t(`document.${head}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {messages.map((message) => (
                    <tr key={message.ordinal}>
                      <th scope="row">{message.type}</th>
                      <td>{message.directory}</td>
                      <td className="mono">{message.reference}</td>
                      <td className="number">{message.segments}</td>
                      <td>{code('outcomeOf', message.outcome)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          </section>
          <section className="panel">
            <Scroll label={t('document.warningsLabel')}>
              <table>
                <caption>{t('document.warnings', { n: document.warnings })}</caption>
                <thead>
                  <tr>
                    {(['at', 'text', 'code'] as const).map((head) => (
                      <th key={head} scope="col">
                        {t(`document.${head}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {warnings.map((warning) => (
                    <tr key={`${warning.message} ${warning.code} ${warning.at} ${warning.text}`}>
                      <td className="mono">
                        {warning.at} <WarningSource at={warning.at} document={document.document} />
                      </td>
                      <td>{warning.text}</td>
                      <td className="mono">{warning.code}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
            {warningsLeftOut === 0 ? null : <p>{t('document.leftOut', { n: warningsLeftOut })}</p>}
          </section>
        </>
      )}
    </Reading>
  )
}

/** A table whose columns nobody has named yet. */
const NO_MAPPING = 'csv.no-mapping'

function isTable({ kind, refused }: DocumentRow): boolean {
  return kind === 'declarations' || refused?.code === NO_MAPPING
}

/** A warning says where it stands in words; where it names the byte, the byte is shown. */
function WarningSource({ at, document }: { readonly at: string; readonly document: string }) {
  const byte = /byte (\d+)/.exec(at)?.[1]
  if (byte === undefined) return null
  const segment = Number(/segment (\d+)/.exec(at)?.[1] ?? 0)
  const start = Number(byte)
  return <SourceLink at={{ document, segment, element: 0, component: 0, start, end: start + 1 }} label={at} />
}
