/** Which kinds of relations are shown and in which days: kept with the board, asked of the node when more is added. */
import { useId } from 'react'
import { Button } from '#web/kit/button.tsx'
import { DayField } from '#web/kit/day-field.tsx'
import { Checkbox } from '#web/kit/fields.tsx'
import { showing, viewing } from './board-edit.ts'
import type { GraphModel } from './graph-model.ts'
import { daysOn, kindsOn } from './graph-visible.ts'
import { kindText } from './model-text.ts'
import { t } from './text.ts'

const DAY = 86_400_000
const IS_DAY = /^\d{4}-\d\d-\d\d$/

export function GraphLayers({ graph }: { readonly graph: GraphModel }) {
  const { board, act } = graph
  const kinds = kindsOn(board)
  return (
    <section className="panel" aria-labelledby="layers">
      <h2 id="layers">{t('layers.title')}</h2>
      {kinds.length === 0 ? <p>{t('layers.none')}</p> : <Kinds graph={graph} kinds={kinds} />}
      <Window graph={graph} />
      {board.hidden.size === 0 ? null : (
        <div className="actions">
          <span>{t('layers.hidden', { n: board.hidden.size })}</span>
          <Button onPress={() => act((of) => showing(of))}>{t('layers.show')}</Button>
        </div>
      )}
    </section>
  )
}

function Kinds({ graph, kinds }: { readonly graph: GraphModel; readonly kinds: ReturnType<typeof kindsOn> }) {
  const { layers } = graph.board.view
  const all = kinds.map(({ kind }) => kind)
  const isOn = (kind: string): boolean => layers.length === 0 || layers.includes(kind)
  const set = (kind: string, on: boolean): void => {
    const next = on ? [...all.filter(isOn), kind] : all.filter((each) => isOn(each) && each !== kind)
    // With none left there would be nothing to see, and none at all means every kind.
    if (next.length > 0) graph.act((board) => viewing(board, { layers: next.length === all.length ? [] : next }))
  }
  return (
    <fieldset className="field group">
      <legend>{t('layers.kinds')}</legend>
      {kinds.map(({ kind, count }) => (
        <Checkbox
          key={kind}
          label={t('layers.count', { kind: kindText(kind), n: count.toLocaleString('en-GB') })}
          isSelected={isOn(kind)}
          onChange={(on) => set(kind, on)}
        />
      ))}
      {layers.length === 0 ? null : <Button onPress={() => graph.act((board) => viewing(board, { layers: [] }))}>{t('layers.all')}</Button>}
    </fieldset>
  )
}

function Window({ graph }: { readonly graph: GraphModel }) {
  const { board, act } = graph
  const days = daysOn(board)
  const { from, to } = board.view
  if (days === undefined && from === undefined && to === undefined) return null
  const [first, last] = [dayNumber(days?.first ?? from ?? to ?? ''), dayNumber(days?.last ?? to ?? from ?? '')]
  const at = (end: 'from' | 'to', day: string | undefined): void =>
    act((of) => {
      const next = day !== undefined && IS_DAY.test(day) ? day : undefined
      // The window never ends before it begins: the other end goes along.
      const other = end === 'from' ? of.view.to : of.view.from
      const isCrossed = next !== undefined && other !== undefined && (end === 'from' ? next > other : next < other)
      return viewing(of, { [end]: next, ...(isCrossed ? { [end === 'from' ? 'to' : 'from']: next } : {}) }, `window ${end}`)
    })
  return (
    <>
      <div className="graph-window">
        <DayField label={t('layers.from')} value={from ?? ''} onChange={(day) => at('from', day)} />
        <Slide label={t('layers.fromSlide')} first={first} last={last} value={from ?? dayText(first)} onChange={(day) => at('from', day)} />
        <DayField label={t('layers.to')} value={to ?? ''} onChange={(day) => at('to', day)} />
        <Slide label={t('layers.toSlide')} first={first} last={last} value={to ?? dayText(last)} onChange={(day) => at('to', day)} />
      </div>
      <p className="muted">{t('layers.undated')}</p>
      {from === undefined && to === undefined ? null : (
        <Button onPress={() => act((of) => viewing(of, { from: undefined, to: undefined }))}>{t('layers.always')}</Button>
      )}
    </>
  )
}

interface SlideProps {
  readonly label: string
  readonly first: number
  readonly last: number
  readonly value: string
  readonly onChange: (day: string) => void
}

function Slide({ label, first, last, value, onChange }: SlideProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={first}
        max={last}
        value={dayNumber(value)}
        aria-valuetext={value}
        onChange={(event) => onChange(dayText(Number(event.target.value)))}
      />
    </div>
  )
}

function dayNumber(day: string): number {
  const ms = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(ms) ? 0 : Math.round(ms / DAY)
}

function dayText(number: number): string {
  return new Date(number * DAY).toISOString().slice(0, 10)
}
