/** Columns of a board's two tables. From each row everything can be done that the drawing lets one do to it. */
import type { Column } from '#web/kit/data-grid.tsx'
import type { GraphEdge } from '../contract.ts'
import { hiding, showing } from './board-edit.ts'
import type { Board, BoardNode, Mark } from './board-state.ts'
import type { GraphModel } from './graph-model.ts'
import { nameOf } from './graph-scene.ts'
import { isInView, neighboursIn } from './graph-visible.ts'
import { kindText, schemaText } from './model-text.ts'
import { RecordLink } from './record-link.tsx'
import { t } from './text.ts'

export function nodeColumns({ board, picked, pick }: GraphModel): readonly Column<BoardNode>[] {
  const isPicked = new Set(picked.nodes)
  return [
    {
      id: 'pick',
      header: t('chosen.title'),
      width: '5.5rem',
      cell: (row) => (
        <input
          type="checkbox"
          aria-label={t('tables.pick', { name: nameOf(row) })}
          checked={isPicked.has(row.entity)}
          onChange={() => pick(row.entity, true)}
        />
      ),
    },
    { id: 'name', header: t('tables.name'), width: 'minmax(12rem, 1fr)', isSortable: true, cell: (row) => <bdi>{nameOf(row)}</bdi> },
    { id: 'kind', header: t('tables.kind'), width: '7.5rem', isSortable: true, cell: (row) => schemaText(row.schema) },
    {
      id: 'here',
      header: t('tables.here'),
      width: '8rem',
      isSortable: true,
      isNumber: true,
      cell: (row) => hereOf(board, row).toLocaleString('en-GB'),
    },
    {
      id: 'degree',
      header: t('tables.degree'),
      width: '5rem',
      isSortable: true,
      isNumber: true,
      cell: (row) => row.degree.toLocaleString('en-GB'),
    },
    {
      id: 'mark',
      header: t('tables.mark'),
      width: '6rem',
      isSortable: true,
      cell: (row) => (row.colour === undefined ? '' : t(`mark.${row.colour as Mark}`)),
    },
    { id: 'pinned', header: t('tables.pinned'), width: '6rem', isSortable: true, cell: (row) => (row.pinned ? t('tables.yes') : '') },
    { id: 'open', header: t('tables.open'), width: '5.5rem', cell: (row) => <OpenRecord entity={row.entity} name={nameOf(row)} /> },
  ]
}

export function edgeColumns({ board, act }: GraphModel): readonly Column<GraphEdge>[] {
  const name = (id: string): string => nameOf(board.nodes.get(id) ?? { caption: '' })
  const what = (row: GraphEdge): string => `${name(row.source)}, ${kindText(row.kind)}, ${name(row.target)}`
  return [
    {
      id: 'source',
      header: t('tables.source'),
      width: 'minmax(10rem, 1fr)',
      isSortable: true,
      cell: (row) => <bdi>{name(row.source)}</bdi>,
    },
    { id: 'relation', header: t('tables.relation'), width: '9rem', isSortable: true, cell: (row) => kindText(row.kind) },
    {
      id: 'target',
      header: t('tables.target'),
      width: 'minmax(10rem, 1fr)',
      isSortable: true,
      cell: (row) => <bdi>{name(row.target)}</bdi>,
    },
    { id: 'since', header: t('tables.since'), width: '8rem', isSortable: true, cell: (row) => row.from ?? '' },
    { id: 'until', header: t('tables.until'), width: '8rem', isSortable: true, cell: (row) => row.to ?? '' },
    {
      id: 'statements',
      header: t('tables.statements'),
      width: '7.5rem',
      isSortable: true,
      isNumber: true,
      cell: (row) => row.statements.toLocaleString('en-GB'),
    },
    {
      id: 'shown',
      header: t('tables.shown'),
      width: '14rem',
      cell: (row) => {
        const isHidden = board.hidden.has(row.edge)
        return (
          <>
            <button
              type="button"
              className="linklike"
              aria-label={t(isHidden ? 'tables.showOf' : 'tables.hideOf', { what: what(row) })}
              onClick={() => act((of) => (isHidden ? showing(of, [row.edge]) : hiding(of, [row.edge])))}
            >
              {t(isHidden ? 'tables.show' : 'tables.hide')}
            </button>{' '}
            {isHidden || isInView(row, board.view) ? '' : <span className="muted">{t('tables.outOfView')}</span>}
          </>
        )
      },
    },
  ]
}

function OpenRecord({ entity, name }: { readonly entity: string; readonly name: string }) {
  return (
    <span title={t('tables.openOf', { name })}>
      <RecordLink entity={entity} caption={t('tables.openShort')} />
    </span>
  )
}

const hereOf = (board: Board, { entity }: BoardNode): number =>
  new Set(
    neighboursIn(board.edges)
      .get(entity)
      ?.map((each) => each.entity),
  ).size
