/** A titled table that scrolls by itself where it is wider than the page. */
import { type ReactNode, useId } from 'react'
import { Scroll } from '#web/kit/scroll.tsx'

export interface TablePanelProps {
  readonly title: string
  readonly head: readonly string[]
  readonly children: ReactNode
}

export function TablePanel({ title, head, children }: TablePanelProps) {
  const id = useId()
  return (
    <section className="panel" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
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
    </section>
  )
}
