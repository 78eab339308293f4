/** A table whose first column names the row and whose other columns are figures. */
import type { ReactNode } from 'react'
import { Scroll } from '#web/kit/scroll.tsx'

export interface FiguresTableProps {
  readonly label: string
  readonly heads: readonly string[]
  /** The first cell names the row, the others are figures. */
  readonly rows: readonly (readonly ReactNode[])[]
}

export function FiguresTable({ label, heads, rows }: FiguresTableProps) {
  return (
    <Scroll label={label}>
      <table>
        <caption>{label}</caption>
        <thead>
          <tr>
            {heads.map((head, at) => (
              <th key={head} scope="col" className={at === 0 ? '' : 'number'}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={`${at}`}>
              <th scope="row">{row[0]}</th>
              {row.slice(1).map((cell, index) => (
                <td key={heads[index + 1]} className="number">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
