/** Taking back, arranging and finding, above the drawing. */
import { useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { useArranging } from './graph-arrange.ts'
import { LAYOUTS, type LayoutName } from './graph-layout.ts'
import type { GraphModel } from './graph-model.ts'
import { nameOf } from './graph-scene.ts'
import { t } from './text.ts'

export function GraphToolbar({ graph }: { readonly graph: GraphModel }) {
  const { past, future } = graph.history
  const [last, next] = [past.at(-1), future.at(-1)]
  return (
    <div className="toolbar">
      <Button
        isDisabled={last === undefined}
        onPress={graph.undo}
        {...(last === undefined ? {} : { label: t('graph.undoOf', { what: t(`change.${last.what}`) }) })}
      >
        {t('graph.undo')}
      </Button>
      <Button
        isDisabled={next === undefined}
        onPress={graph.redo}
        {...(next === undefined ? {} : { label: t('graph.redoOf', { what: t(`change.${next.what}`) }) })}
      >
        {t('graph.redo')}
      </Button>
      <Arrange graph={graph} />
      <Find graph={graph} />
    </div>
  )
}

function Arrange({ graph }: { readonly graph: GraphModel }) {
  const [layout, setLayout] = useState<LayoutName>('force')
  const { arrange, stop, share, error } = useArranging(graph)
  return (
    <>
      <Select
        label={t('graph.arrange')}
        value={layout}
        onChange={(value) => setLayout(LAYOUTS.find((each) => each === value) ?? 'force')}
        choices={LAYOUTS.map((id) => ({ id, label: t(`layout.${id}`) }))}
      />
      {share === undefined ? (
        <Button isDisabled={graph.board.nodes.size === 0} onPress={() => arrange(layout)}>
          {t('graph.arrange')}
        </Button>
      ) : (
        <>
          <progress value={share} max={1} aria-label={t('graph.arranging')} />
          <Button onPress={stop}>{t('graph.stop')}</Button>
        </>
      )}
      {error === undefined ? null : <span role="alert">{error}</span>}
    </>
  )
}

function Find({ graph }: { readonly graph: GraphModel }) {
  const [text, setText] = useState('')
  const wanted = text.trim().toLocaleLowerCase()
  const found =
    wanted === ''
      ? []
      : [...graph.board.nodes.values()].filter(
          (node) => nameOf(node).toLocaleLowerCase().includes(wanted) || node.entity.startsWith(wanted),
        )
  return (
    <form
      className="toolbar graph-find"
      onSubmit={(event) => {
        event.preventDefault()
        if (found.length > 0) graph.pickAll(found.map(({ entity }) => entity))
      }}
    >
      <TextField label={t('graph.find')} type="search" value={text} onChange={setText} />
      <Button type="submit" isDisabled={found.length === 0}>
        {t('graph.pickFound')}
      </Button>
      <span role="status">{wanted === '' ? '' : t('graph.found', { n: found.length.toLocaleString('en-GB') })}</span>
    </form>
  )
}
