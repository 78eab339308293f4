/** Dated statements and relations of what is on the board, or of what is chosen: a lane for each record, and a table with all of it. */
import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { showTimeline } from '../contract.ts'
import type { GraphModel } from './graph-model.ts'
import { nameOf } from './graph-scene.ts'
import { LeftOut } from './left-out.tsx'
import { RecordLink } from './record-link.tsx'
import { t } from './text.ts'
import { TimelineLanes } from './timeline-lanes.tsx'
import { type Stretch, slid, stretchOf, wholeOf, zoomed } from './timeline-scale.ts'
import { isKind, type TimelineItem, whatText, whenText } from './timeline-text.ts'

const MOST_RECORDS = 2000
const ZOOM = 1.5
const SLIDE = 0.2

export function TimelineView({ graph }: { readonly graph: GraphModel }) {
  const { board, picked } = graph
  const isChosen = picked.nodes.length > 0
  const wanted = isChosen ? picked.nodes : [...board.nodes.keys()].sort()
  const { from, to } = board.view
  const query = useCall(
    showTimeline,
    { entities: wanted.slice(0, MOST_RECORDS), ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
    { enabled: wanted.length > 0 },
  )
  if (wanted.length === 0) return <Empty>{t('graph.empty')}</Empty>
  return (
    <section aria-label={t('time.label')}>
      {wanted.length > MOST_RECORDS ? (
        <p>{t('time.mostRecords', { most: MOST_RECORDS.toLocaleString('en-GB'), n: wanted.length.toLocaleString('en-GB') })}</p>
      ) : null}
      <Reading query={query}>
        {({ items, leftOut, sourcesLeftOut }) => {
          const shown = items.filter(({ prop }) => isInLayers(prop, board.view.layers))
          return (
            <>
              <p role="status">
                {t(isChosen ? 'time.chosenOf' : 'time.of', { n: shown.length, records: Math.min(wanted.length, MOST_RECORDS) })}{' '}
                {leftOut === 0 ? '' : t('time.leftOut', { n: leftOut.toLocaleString('en-GB') })}
              </p>
              <LeftOut leftOut={sourcesLeftOut} text="time.sourcesLeftOut" />
              {shown.length === 0 ? <Empty>{t('time.none')}</Empty> : <Shown graph={graph} items={shown} />}
            </>
          )
        }}
      </Reading>
    </section>
  )
}

function Shown({ graph, items }: { readonly graph: GraphModel; readonly items: readonly TimelineItem[] }) {
  const whole = useMemo(() => wholeOf(items.flatMap((item) => stretchOf(item.from, item.to) ?? [])), [items])
  const [asked, setAsked] = useState<Stretch | undefined>(undefined)
  const keys = useId()
  const shown = asked === undefined || whole === undefined ? whole : zoomed(asked, whole, 1)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (shown === undefined || whole === undefined || event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return
    const next = {
      '+': zoomed(shown, whole, ZOOM),
      '=': zoomed(shown, whole, ZOOM),
      '-': zoomed(shown, whole, 1 / ZOOM),
      '0': whole,
      ArrowLeft: slid(shown, whole, -SLIDE),
      ArrowRight: slid(shown, whole, SLIDE),
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    setAsked(next)
  }
  return (
    <>
      {shown === undefined ? null : <TimelineLanes items={items} shown={shown} onKeyDown={onKeyDown} describedBy={keys} />}
      <p id={keys} className="muted">
        {t('time.keys')}
      </p>
      <Table graph={graph} items={items} />
    </>
  )
}

function Table({ graph, items }: { readonly graph: GraphModel; readonly items: readonly TimelineItem[] }) {
  return (
    <Scroll label={t('time.table')}>
      <table>
        <caption>{t('time.table')}</caption>
        <thead>
          <tr>
            {(['when', 'who', 'what', 'with'] as const).map((head) => (
              <th key={head} scope="col">
                {t(`time.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- two entries may say the same
            <tr key={`${index} ${item.entity} ${item.prop}`}>
              <td>{whenText(item)}</td>
              <th scope="row">
                <RecordLink entity={item.entity} caption={item.caption} />
              </th>
              <td>{whatText(item)}</td>
              <td>
                {item.with.map((entity) => (
                  <span key={entity} className="detail">
                    <RecordLink entity={entity} caption={nameIn(graph, entity)} />
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function nameIn({ board }: GraphModel, entity: string): string {
  const node = board.nodes.get(entity)
  return node === undefined ? t('time.elsewhere') : nameOf(node)
}

function isInLayers(prop: string, layers: readonly string[]): boolean {
  return !isKind(prop) || layers.length === 0 || layers.includes(prop)
}
