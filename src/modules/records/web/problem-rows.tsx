/** What could not be taken as it stood: each with its line, its place, and what stood there. */
import { Badge } from '#web/kit/badge.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import type { ProblemRow } from '../contract.ts'
import { t } from './text.ts'

const HEADS = ['line', 'at', 'severity', 'text', 'raw'] as const

export function ProblemRows({ rows, label }: { readonly rows: readonly ProblemRow[]; readonly label: string }) {
  return (
    <Scroll label={label}>
      <table>
        <caption>{label}</caption>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col" className={head === 'line' ? 'number' : ''}>
                {t(`problems.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint: the same line may have the same problem twice
            <tr key={`${row.line} ${row.at} ${row.code} ${index}`}>
              <td className="number">{row.line.toLocaleString('en-GB')}</td>
              <td className="mono">{row.at}</td>
              <td>
                <Badge tone={row.severity === 'warning' ? 'warn' : 'bad'}>{t(`problems.${row.severity}`)}</Badge>
              </td>
              <td>
                {row.text} <span className="mono muted">{row.code}</span>
              </td>
              <td>
                <bdi className="mono raw">{row.raw ?? ''}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
