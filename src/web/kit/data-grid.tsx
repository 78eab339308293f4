/**
 * A table of any length: only the rows in sight are in the page, the next keyset page is asked for before the end is reached.
 * One row holds the focus (roving); sorting and filtering are the node's work, so the grid only says what is wanted.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { t } from '../text.ts'

export interface Column<Row> {
  readonly id: string
  readonly header: string
  /** As in CSS grid, with its least width in rem: `8rem`, `minmax(14rem, 1fr)`. */
  readonly width: string
  readonly cell: (row: Row) => ReactNode
  readonly isSortable?: boolean
  readonly isNumber?: boolean
}

export interface DataGridProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  readonly hasMore: boolean
  readonly onMore: () => void
  readonly onOpen?: (row: Row) => void
  readonly sort?: { readonly by: string; readonly order: 'asc' | 'desc' }
  readonly onSort?: (by: string) => void
  readonly total?: number | undefined
  readonly height?: string
}

const ROW_HEIGHT = 26
const AHEAD = 30
const PAGE = 15

export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, columns, rows, keyOf, hasMore, onMore, onOpen, sort, onSort, total, height = '60vh' } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const moved = useRef(false)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  })
  const seen = virtual.getVirtualItems()
  const last = seen.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last >= rows.length - AHEAD) onMore()
  }, [hasMore, last, rows.length, onMore])
  useEffect(() => {
    if (!moved.current) return
    scroller.current?.querySelector<HTMLElement>(`[data-row="${active}"]`)?.focus()
  }, [active, seen])
  const template = columns.map((column) => column.width).join(' ')
  // Every row is a grid of its own: one width for all keeps the columns in line.
  const minWidth = `${columns.reduce((sum, column) => sum + Number(/([\d.]+)rem/.exec(column.width)?.[1] ?? 0), 0)}rem`
  const go = (index: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, index))
    moved.current = true
    virtual.scrollToIndex(next)
    setActive(next)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + PAGE,
      PageUp: active - PAGE,
      Home: 0,
      End: rows.length - 1,
    }
    const next = steps[event.key]
    if (next !== undefined) {
      event.preventDefault()
      go(next)
    }
    const row = rows[active]
    if (
      event.key === 'Enter' &&
      onOpen !== undefined &&
      row !== undefined &&
      event.target instanceof HTMLElement &&
      event.target.dataset['row'] !== undefined
    ) {
      event.preventDefault()
      onOpen(row)
    }
  }
  return (
    <div className="grid-frame">
      <div
        className="grid"
        role="grid"
        aria-label={label}
        aria-rowcount={total ?? (hasMore ? -1 : rows.length + 1)}
        ref={scroller}
        {...(rows.length === 0 ? { tabIndex: 0 } : {})}
        style={{ maxHeight: height }}
        onKeyDown={onKeyDown}
      >
        <div role="rowgroup" className="grid-head">
          <div role="row" className="grid-row" style={{ gridTemplateColumns: template, minWidth }} aria-rowindex={1}>
            {columns.map((column) => (
              <div
                role="columnheader"
                key={column.id}
                className={column.isNumber === true ? 'number' : ''}
                aria-sort={sort?.by === column.id ? (sort.order === 'asc' ? 'ascending' : 'descending') : undefined}
              >
                {column.isSortable === true && onSort !== undefined ? (
                  <button
                    type="button"
                    className="sort"
                    aria-label={t('grid.sort', { column: column.header })}
                    onClick={() => onSort(column.id)}
                  >
                    {column.header}
                    <span aria-hidden="true">{sort?.by === column.id ? (sort.order === 'asc' ? ' ▲' : ' ▼') : ''}</span>
                  </button>
                ) : (
                  column.header
                )}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="grid-body" style={{ height: virtual.getTotalSize(), minWidth }}>
          {seen.map((item) => {
            const row = rows[item.index]
            if (row === undefined) return null
            return (
              <div
                role="row"
                key={keyOf(row)}
                data-row={item.index}
                className="grid-row"
                aria-rowindex={item.index + 2}
                tabIndex={item.index === active ? 0 : -1}
                style={{ gridTemplateColumns: template, transform: `translateY(${item.start}px)`, height: ROW_HEIGHT }}
                onFocus={() => setActive(item.index)}
                onDoubleClick={() => onOpen?.(row)}
              >
                {columns.map((column) => (
                  <div role="gridcell" key={column.id} className={column.isNumber === true ? 'number' : ''}>
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            )
          })}
        </div>
      </div>
      <p className="grid-foot" role="status">
        {rows.length === 0
          ? t('grid.empty')
          : total !== undefined && hasMore
            ? `${t('app.first', { n: rows.length })} (${t('grid.rows', { n: total })})`
            : t(hasMore ? 'app.first' : 'app.all', { n: rows.length })}
      </p>
    </div>
  )
}
