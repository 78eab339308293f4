/** Figures of alerts by sender and receiver, and by indicator where there is one; a rate never without its counts. */

import { Scroll } from '#web/kit/scroll.tsx'
import type { FeedbackFigures } from '../contract/feedback.ts'
import type { ReasonCode } from '../contract.ts'
import { reasonCodes } from '../contract.ts'
import { t } from './alert-text.ts'

export interface FeedbackRow extends FeedbackFigures {
  readonly sender: string
  readonly senderName: string
  readonly receiver: string
  readonly receiverName: string
  readonly reason?: ReasonCode
}

const COUNTS = ['sent', 'withdrawn', 'inTime', 'checked', 'found', 'notChecked'] as const
const percent = (share: number) => `${(share * 100).toFixed(0)} %`

export function FeedbackTable({ title, rows }: { readonly title: string; readonly rows: readonly FeedbackRow[] }) {
  const hasReasons = rows.some(({ reason }) => reason !== undefined)
  return (
    <Scroll label={title}>
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('feedback.sender')}</th>
            <th scope="col">{t('feedback.receiver')}</th>
            {hasReasons ? <th scope="col">{t('feedback.reason')}</th> : null}
            {[...COUNTS, 'rate' as const].map((head) => (
              <th key={head} scope="col" className="number">
                {t(`feedback.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.sender} ${row.receiver} ${row.reason ?? ''}`}>
              <th scope="row">{row.senderName}</th>
              <td>{row.receiverName}</td>
              {row.reason === undefined ? null : <td>{reasonCodes[row.reason]}</td>}
              {COUNTS.map((head) => (
                <td key={head} className="number">
                  {row[head]}
                </td>
              ))}
              <td className="number">
                {row.rate === undefined
                  ? t('feedback.none')
                  : `${percent(row.rate.share)} (${percent(row.rate.low)} – ${percent(row.rate.high)})`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
