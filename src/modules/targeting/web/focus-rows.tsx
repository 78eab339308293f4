/** Rows of which one holds the focus and is marked; what is done with it is decided by whoever listens to the keys. */
import type { ReactNode } from 'react'

export interface RowColumn<Row> {
  readonly id: string
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  readonly isNumber?: boolean
}

export interface FocusRowsProps<Row> {
  readonly label: string
  /** The first one names the row. */
  readonly columns: readonly RowColumn<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  readonly at: number
  readonly onFocus: (at: number) => void
}

export function FocusRows<Row>({ label, columns, rows, keyOf, at, onFocus }: FocusRowsProps<Row>) {
  return (
    <div role="grid" className="rows" aria-label={label}>
      <div role="rowgroup" className="rows-head">
        <div role="row" tabIndex={-1}>
          {columns.map(({ id, header, isNumber = false }) => (
            <div key={id} role="columnheader" className={isNumber ? 'number' : ''}>
              {header}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="rows-body">
        {rows.map((row, index) => (
          <div
            role="row"
            key={keyOf(row)}
            data-row={index}
            tabIndex={index === at ? 0 : -1}
            aria-selected={index === at}
            onFocus={() => onFocus(index)}
          >
            {columns.map(({ id, cell, isNumber = false }, column) => (
              <div key={id} role={column === 0 ? 'rowheader' : 'gridcell'} className={isNumber ? 'number' : ''}>
                {cell(row)}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
