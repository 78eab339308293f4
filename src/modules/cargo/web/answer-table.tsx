/** Answers as rows: to whom each goes, what it says, and whether somebody has sent it. */
import { Badge } from '#web/kit/badge.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { AppLink } from '#web/navigate.tsx'
import { showInstant } from '#web/time.ts'
import type { AnswerRow } from '../contract.ts'
import { code, t } from './intake-text.ts'

export interface AnswerTableProps {
  readonly rows: readonly AnswerRow[]
  readonly label: string
  /** False on the page of the document itself. */
  readonly hasDocument: boolean
}

export function answerAddress({ document, ordinal }: Pick<AnswerRow, 'document' | 'ordinal'>): string {
  return `/documents/${document}/answers/${ordinal}`
}

export function AnswerTable({ rows, label, hasDocument }: AnswerTableProps) {
  const heads = ['answer', 'partner', 'verdict', 'faults', 'state', ...(hasDocument ? (['document', 'made'] as const) : [])] as const
  return (
    <Scroll label={label}>
      <table>
        <caption>{label}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className={head === 'faults' ? 'number' : ''}>
                {t(`answers.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.document} ${row.ordinal}`}>
              <th scope="row">
                <AppLink to={answerAddress(row)}>{t('answer.name', { kind: row.kind, reference: row.reference })}</AppLink>
              </th>
              <td>
                <bdi>{row.partner}</bdi>
              </td>
              <td>
                <Verdict row={row} />
              </td>
              <td className="number">{row.faults}</td>
              <td>
                {row.sent === undefined ? t('answerState.unsent') : t('answer.sentBy', { by: row.sent.by, at: showInstant(row.sent.at) })}
              </td>
              {hasDocument ? (
                <>
                  <td>
                    <AppLink to={`/documents/${row.document}`}>{row.documentName}</AppLink>
                  </td>
                  <td>{showInstant(row.madeAt)}</td>
                </>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

export function Verdict({ row }: { readonly row: AnswerRow }) {
  return <Badge tone={row.verdict === 'accepted' ? 'good' : 'bad'}>{code('answerVerdict', row.verdict)}</Badge>
}
