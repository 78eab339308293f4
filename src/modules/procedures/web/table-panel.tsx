/** A titled table that scrolls by itself where it is wider than the page. */
import type { ReactNode } from 'react'
import { Scroll } from '#web/kit/scroll.tsx'

export interface TablePanelProps {
  readonly title: string
  readonly head: readonly string[]
  readonly children: ReactNode
}

export function TablePanel({ title, head, children }: TablePanelProps) {
  return (
    <div className="panel">
      <h2>{title}</h2>
      <Scroll label={title}>
        <table>
          <thead>
            <tr>
              {head.map((each) => (
                <th key={each} scope="col">
                  {each}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </Scroll>
    </div>
  )
}
