/** The drawing. It takes the focus: arrows go along relations, and what the mouse does keys do. Where nothing can be drawn it says so; the tables hold everything. */
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { useGo } from '#web/navigate.tsx'
import { moving, pinning, removing } from './board-edit.ts'
import { type BoardCanvas, type CanvasAsked, openCanvas } from './canvas.ts'
import { onLookChange, readLook } from './canvas-look.ts'
import { useExpanding } from './graph-expand.ts'
import type { GraphModel } from './graph-model.ts'
import { nameOf } from './graph-scene.ts'
import { alongArrow, firstOf, isArrow } from './graph-steer.ts'
import { neighboursIn } from './graph-visible.ts'
import { schemaText } from './model-text.ts'
import { t } from './text.ts'

const NEIGHBOURS = 25
const PAN = 60
const NUDGE = 10
const ZOOM = 1.25

export function GraphStage({ graph }: { readonly graph: GraphModel }) {
  const { board, picked } = graph
  const box = useRef<HTMLDivElement>(null)
  const [canvas, setCanvas] = useState<BoardCanvas | undefined>(undefined)
  const [state, setState] = useState<'opening' | 'webgl' | 'plain' | 'none'>('opening')
  const keys = useId()
  /** The next arrow adds to what is chosen. */
  const isKeeping = useRef(false)
  const go = useGo()
  const { expand } = useExpanding(graph)
  const begin = useEffectEvent((asked: CanvasAsked) => openCanvas(asked, board.edges.size))
  const pick = useEffectEvent(graph.pick)
  const pickEdge = useEffectEvent(graph.pickEdge)
  const act = useEffectEvent(graph.act)
  const open = useEffectEvent((entity: string) => go(`/records/${entity}`))

  useEffect(() => {
    const asked = { isOver: false }
    let opened: BoardCanvas | undefined
    const element = box.current
    if (element === null) return
    const events = {
      onPick: (entity: string | undefined, isAdding: boolean) => pick(entity, isAdding),
      onPickEdge: (edge: string) => pickEdge(edge),
      onMove: (spots: Parameters<typeof moving>[1]) => act((of) => moving(of, spots)),
      onOpen: (entity: string) => open(entity),
    }
    void begin({ box: element, look: readLook(), events }).then((made) => {
      if (asked.isOver) {
        made?.close()
        return
      }
      opened = made
      setCanvas(made)
      setState(made?.kind ?? 'none')
    })
    const leave = onLookChange(() => opened?.recolour(readLook()))
    return () => {
      asked.isOver = true
      leave()
      opened?.close()
      setCanvas(undefined)
    }
  }, [])
  useEffect(() => {
    canvas?.draw(board, picked)
  }, [canvas, board, picked])
  const { past, future } = graph.history
  const latest = future.length === 0 ? past.at(-1) : undefined
  const arranged = latest?.what === 'arranged' ? latest : undefined
  useEffect(() => {
    // A new arrangement is as large as it likes.
    if (arranged !== undefined) canvas?.fit()
  }, [canvas, arranged])
  const last = picked.nodes.at(-1)
  useEffect(() => {
    if (last !== undefined) canvas?.reveal(last)
  }, [canvas, last])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || !steer(event)) return
    event.preventDefault()
  }
  /** Whether the key was for the drawing. */
  const steer = (event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey) return false
    const { key } = event
    if (isArrow(key)) {
      const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] as [number, number]
      if (event.shiftKey) canvas?.pan(-dx * PAN, -dy * PAN)
      else if (event.altKey) nudge(dx * NUDGE, -dy * NUDGE)
      else {
        const next = last === undefined ? firstOf(board) : alongArrow(board, last, key)
        if (next !== undefined) {
          graph.pick(next, isKeeping.current && !picked.nodes.includes(next))
          isKeeping.current = false
          graph.say(announced(graph, next))
        }
      }
      return true
    }
    if (key === '+' || key === '=') canvas?.zoom(ZOOM)
    else if (key === '-') canvas?.zoom(1 / ZOOM)
    else if (key === '0') canvas?.fit()
    else if (key === 'Escape') graph.pick(undefined)
    else if (last === undefined) return false
    else if (key === 'Enter') go(`/records/${last}`)
    else if (key === 'e') expand({ entity: last, most: NEIGHBOURS })
    else if (key === 'p') graph.act((of) => pinning(of, picked.nodes, of.nodes.get(last)?.pinned !== true))
    else if (key === 'Delete' || key === 'Backspace') graph.act((of) => removing(of, picked.nodes))
    else if (key === ' ') {
      isKeeping.current = true
      graph.say(t('graph.keeping'))
    } else return false
    return true
  }
  const nudge = (dx: number, dy: number): void =>
    graph.act((of) =>
      moving(
        of,
        new Map(
          picked.nodes.flatMap((id) => {
            const node = of.nodes.get(id)
            return node === undefined ? [] : [[id, { x: node.x + dx, y: node.y + dy }]]
          }),
        ),
        { joins: `nudge ${picked.nodes.join(' ')}` },
      ),
    )

  return (
    <>
      {state === 'none' ? <p role="alert">{t('graph.none')}</p> : null}
      {state === 'plain' ? <p>{t('graph.plain')}</p> : null}
      {state === 'opening' ? <p role="status">{t('graph.opening')}</p> : null}
      {board.nodes.size === 0 ? <p className="empty">{t('graph.empty')}</p> : null}
      <div
        className="graph-stage"
        role="application"
        aria-label={t('graph.stage')}
        aria-describedby={keys}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application takes the keys it describes
        tabIndex={0}
        hidden={state === 'none'}
        data-canvas={state}
        onKeyDown={onKeyDown}
      >
        <div ref={box} className="graph-box" aria-hidden="true" />
      </div>
      <div className="actions">
        {(
          [
            ['nearer', () => canvas?.zoom(ZOOM)],
            ['farther', () => canvas?.zoom(1 / ZOOM)],
            ['fit', () => canvas?.fit()],
          ] as const
        ).map(([name, press]) => (
          <button key={name} type="button" className="button" disabled={canvas === undefined} onClick={press}>
            {t(`graph.${name}`)}
          </button>
        ))}
      </div>
      <details>
        <summary>{t('graph.keysTitle')}</summary>
        <p id={keys}>{t('graph.keys')}</p>
      </details>
    </>
  )
}

function announced({ board }: GraphModel, entity: string): string {
  const node = board.nodes.get(entity)
  if (node === undefined) return ''
  const n = neighboursIn(board.edges).get(entity)?.length ?? 0
  return t('chosen.announced', { name: nameOf(node), schema: schemaText(node.schema), n })
}
