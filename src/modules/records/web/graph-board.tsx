/** A board that is open: drawing or timeline, what is chosen, layers, notes and tables, all of one model. */

import { useState } from 'react'
import { Badge } from '#web/kit/badge.tsx'
import { MOST_NODES } from '../contract.ts'
import { BoardActions } from './board-actions.tsx'
import { hasUnkept } from './board-history.ts'
import type { Kept } from './board-save.tsx'
import { GraphAdd } from './graph-add.tsx'
import { GraphChosen } from './graph-chosen.tsx'
import { GraphLayers } from './graph-layer-panel.tsx'
import { GraphLegend } from './graph-legend.tsx'
import { type GraphModel, useGraphModel } from './graph-model.ts'
import { GraphNotes } from './graph-notes.tsx'
import type { OpenedBoard } from './graph-open.ts'
import { GraphStage } from './graph-stage.tsx'
import { GraphTables } from './graph-tables.tsx'
import { GraphToolbar } from './graph-toolbar.tsx'
import { shownEdges } from './graph-visible.ts'
import { RecordsTabs } from './records-tabs.tsx'
import { t } from './text.ts'
import { TimelineView } from './timeline-view.tsx'

export interface GraphBoardProps {
  readonly opened: OpenedBoard
  readonly onKept: (board: string) => void
  readonly onReload: () => void
}

export function GraphBoard({ opened, onKept, onReload }: GraphBoardProps) {
  const graph = useGraphModel(opened.board)
  const [kept, setKept] = useState<Kept | undefined>(opened.kept)
  const [view, setView] = useState<'drawing' | 'timeline'>('drawing')
  const { board, history } = graph
  return (
    <>
      <h1>
        <bdi>{kept?.title ?? t('graph.title')}</bdi>
      </h1>
      <RecordsTabs current="/records/boards" />
      <p>
        {kept === undefined ? null : <Badge>{t('board.revision', { n: kept.revision })}</Badge>}{' '}
        {hasUnkept(history) || kept === undefined ? <Badge tone="warn">{t('graph.unkept')}</Badge> : null}{' '}
        <span data-counts={`${board.nodes.size} ${shownEdges(board).length}`}>
          {t('graph.counts', {
            nodes: board.nodes.size.toLocaleString('en-GB'),
            edges: shownEdges(board).length.toLocaleString('en-GB'),
            all: board.edges.size.toLocaleString('en-GB'),
          })}
        </span>
      </p>
      <LeftOut opened={opened} graph={graph} />
      <BoardActions
        graph={graph}
        kept={kept}
        onReload={onReload}
        onKept={(next) => {
          setKept(next)
          graph.kept()
          graph.say(t('board.saved', { n: next.revision }))
          if (next.board !== kept?.board) onKept(next.board)
        }}
      />
      <GraphToolbar graph={graph} />
      <fieldset className="actions graph-views" aria-label={t('graph.view')}>
        {(['drawing', 'timeline'] as const).map((each) => (
          <button key={each} type="button" className="button" aria-pressed={view === each} onClick={() => setView(each)}>
            {t(`graph.${each}`)}
          </button>
        ))}
      </fieldset>
      <p role="status" className="graph-said">
        {graph.said}
      </p>
      <div className="graph">
        <div>
          {view === 'drawing' ? <GraphStage graph={graph} /> : <TimelineView graph={graph} />}
          <GraphTables graph={graph} />
        </div>
        <div>
          <GraphChosen graph={graph} />
          <GraphLayers graph={graph} />
          <GraphNotes graph={graph} />
          <GraphAdd graph={graph} />
          <GraphLegend />
        </div>
      </div>
    </>
  )
}

/** What is not on the board though it might be thought to be. */
function LeftOut({ opened, graph }: { readonly opened: OpenedBoard; readonly graph: GraphModel }) {
  const number = (n: number): string => n.toLocaleString('en-GB')
  return (
    <>
      {opened.tooMany === 0 ? null : <p>{t('graph.tooMany', { n: number(MOST_NODES + opened.tooMany), most: number(MOST_NODES) })}</p>}
      {opened.edgesLeftOut === 0 ? null : <p>{t('graph.edgesLeftOut', { n: number(opened.edgesLeftOut) })}</p>}
      {opened.lost === 0 ? null : <p>{t('graph.lost', { n: number(opened.lost) })}</p>}
      {graph.history.forgotten === 0 ? null : <p>{t('graph.forgotten', { n: number(graph.history.forgotten) })}</p>}
    </>
  )
}
