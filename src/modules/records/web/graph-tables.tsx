/** The same board as tables: every record and every relation, sorted as one wants, chosen here as on the drawing. */
import { useMemo, useState } from 'react'
import { DataGrid } from '#web/kit/data-grid.tsx'
import { useGo } from '#web/navigate.tsx'
import { edgeColumns, nodeColumns } from './graph-columns.tsx'
import type { GraphModel } from './graph-model.ts'
import { type SortBy, sortedEdges, sortedNodes } from './graph-sort.ts'
import { t } from './text.ts'

export function GraphTables({ graph }: { readonly graph: GraphModel }) {
  const [part, setPart] = useState<'nodes' | 'edges'>('nodes')
  const { board } = graph
  return (
    <section aria-labelledby="tables">
      <h2 id="tables">{t('tables.title')}</h2>
      <div className="actions">
        {(['nodes', 'edges'] as const).map((each) => (
          <button key={each} type="button" className="button" aria-pressed={part === each} onClick={() => setPart(each)}>
            {t(`tables.${each}`, { n: board[each].size.toLocaleString('en-GB') })}
          </button>
        ))}
      </div>
      {part === 'nodes' ? <Nodes graph={graph} /> : <Edges graph={graph} />}
    </section>
  )
}

const nothing = (): void => undefined

function useSort(first: string) {
  const [sort, setSort] = useState<SortBy>({ by: first, order: 'asc' })
  return {
    sort,
    onSort: (by: string) => setSort((held) => ({ by, order: held.by === by && held.order === 'asc' ? 'desc' : 'asc' })),
  }
}

function Nodes({ graph }: { readonly graph: GraphModel }) {
  const { board } = graph
  const { sort, onSort } = useSort('name')
  const go = useGo()
  const rows = useMemo(() => sortedNodes(board, sort), [board, sort])
  return (
    <DataGrid
      label={t('tables.nodes', { n: rows.length })}
      columns={nodeColumns(graph)}
      rows={rows}
      keyOf={(row) => row.entity}
      hasMore={false}
      onMore={nothing}
      onOpen={(row) => go(`/records/${row.entity}`)}
      sort={sort}
      onSort={onSort}
      height="40vh"
    />
  )
}

function Edges({ graph }: { readonly graph: GraphModel }) {
  const { board } = graph
  const { sort, onSort } = useSort('source')
  const rows = useMemo(() => sortedEdges(board, sort), [board, sort])
  return (
    <DataGrid
      label={t('tables.edges', { n: rows.length })}
      columns={edgeColumns(graph)}
      rows={rows}
      keyOf={(row) => row.edge}
      hasMore={false}
      onMore={nothing}
      onOpen={(row) => graph.pickEdge(row.edge)}
      sort={sort}
      onSort={onSort}
      height="40vh"
    />
  )
}
