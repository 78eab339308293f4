/** What is chosen on the board, and all that can be done with it. */
import { useState } from 'react'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Checkbox, Select } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import type { GraphEdge } from '../contract.ts'
import { hiding, marking, pinning, removing, showing } from './board-edit.ts'
import { type BoardNode, MARKS } from './board-state.ts'
import { useCommon, usePaths } from './graph-expand.ts'
import type { GraphModel } from './graph-model.ts'
import { GraphNeighbours } from './graph-neighbours.tsx'
import { nameOf } from './graph-scene.ts'
import { kindText, schemaText } from './model-text.ts'
import { RecordLink } from './record-link.tsx'
import { t } from './text.ts'

const MOST_NAMED = 12

export function GraphChosen({ graph }: { readonly graph: GraphModel }) {
  const { board, picked } = graph
  const nodes = picked.nodes.flatMap((id) => board.nodes.get(id) ?? [])
  const edge = picked.edge === undefined ? undefined : board.edges.get(picked.edge)
  const [one, two] = nodes
  return (
    <section className="panel" aria-labelledby="chosen">
      <h2 id="chosen">{t('chosen.title')}</h2>
      {nodes.length === 0 && edge === undefined ? <p>{t('chosen.none')}</p> : null}
      {edge === undefined ? null : <ChosenEdge graph={graph} edge={edge} />}
      {nodes.length > 1 ? <p>{t('chosen.many', { n: nodes.length.toLocaleString('en-GB') })}</p> : null}
      <ul className="plain">
        {nodes.slice(0, MOST_NAMED).map((node) => (
          <li key={node.entity}>
            <RecordLink entity={node.entity} caption={node.caption} /> <Badge tone="info">{schemaText(node.schema)}</Badge>{' '}
            {node.merged > 1 ? <Badge>{t('record.merged', { n: node.merged })}</Badge> : null}
          </li>
        ))}
      </ul>
      {nodes.length === 0 ? null : <Acts graph={graph} nodes={nodes} />}
      {one !== undefined && nodes.length === 1 ? <GraphNeighbours key={one.entity} graph={graph} entity={one.entity} /> : null}
      {one !== undefined && two !== undefined && nodes.length === 2 ? <Between graph={graph} left={one.entity} right={two.entity} /> : null}
    </section>
  )
}

function Acts({ graph, nodes }: { readonly graph: GraphModel; readonly nodes: readonly BoardNode[] }) {
  const ids = nodes.map(({ entity }) => entity)
  const isPinned = nodes.every(({ pinned }) => pinned)
  const colour = nodes.every((node) => node.colour === nodes[0]?.colour) ? (nodes[0]?.colour ?? '') : ''
  return (
    <>
      <div className="actions">
        <Button onPress={() => graph.act((board) => pinning(board, ids, !isPinned))}>{t(isPinned ? 'chosen.unpin' : 'chosen.pin')}</Button>
        <Button onPress={() => graph.act((board) => removing(board, ids))}>{t('chosen.remove')}</Button>
        <Button onPress={() => graph.pick(undefined)}>{t('chosen.clear')}</Button>
      </div>
      <Select
        label={t('chosen.mark')}
        value={colour}
        empty={t('mark.none')}
        onChange={(value) => graph.act((board) => marking(board, ids, value === '' ? undefined : value))}
        choices={MARKS.map((id) => ({ id, label: t(`mark.${id}`) }))}
      />
    </>
  )
}

function ChosenEdge({ graph, edge }: { readonly graph: GraphModel; readonly edge: GraphEdge }) {
  const { board } = graph
  const name = (id: string): string => nameOf(board.nodes.get(id) ?? { caption: '' })
  const isHidden = board.hidden.has(edge.edge)
  return (
    <>
      <p>
        <bdi>{name(edge.source)}</bdi> {edge.directed ? '→' : '–'} <bdi>{name(edge.target)}</bdi>
      </p>
      <p>
        <Badge tone="info">{kindText(edge.kind)}</Badge> {[edge.from, edge.to].filter((each) => each !== undefined).join(' – ')}{' '}
        {t('chosen.statements', { n: edge.statements })}
      </p>
      <div className="actions">
        <Button onPress={() => graph.act((of) => (isHidden ? showing(of, [edge.edge]) : hiding(of, [edge.edge])))}>
          {t(isHidden ? 'chosen.edgeShow' : 'chosen.edgeHide')}
        </Button>
        {edge.entity === undefined ? null : <RecordLink entity={edge.entity} caption={t('chosen.edgeRecord')} />}
      </div>
    </>
  )
}

function Between({ graph, left, right }: { readonly graph: GraphModel; readonly left: string; readonly right: string }) {
  const [inTime, setInTime] = useState(false)
  const paths = usePaths(graph)
  const common = useCommon(graph)
  return (
    <>
      <h3>{t('chosen.between')}</h3>
      <Checkbox label={t('chosen.inTime')} isSelected={inTime} onChange={setInTime} />
      <div className="actions">
        <Button isDisabled={paths.isPending} onPress={() => paths.mutate({ left, right, inTime })}>
          {t('chosen.paths')}
        </Button>
        <Button isDisabled={common.isPending} onPress={() => common.mutate({ left, right })}>
          {t('chosen.common')}
        </Button>
      </div>
      <Problem error={paths.error ?? common.error} />
    </>
  )
}
