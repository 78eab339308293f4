/** A board, kept or new: drawn, in tables and in time, with all that can be done to it. */
import { useState } from 'react'
import { ProblemError } from '#web/client.ts'
import { Empty, Loading, Problem } from '#web/kit/states.tsx'
import { useAddress, useGo } from '#web/navigate.tsx'
import { t as app } from '#web/text.ts'
import { GraphBoard } from './graph-board.tsx'
import { useOpening } from './graph-open.ts'
import { RecordsTabs } from './records-tabs.tsx'
import { t } from './text.ts'

export function GraphPage() {
  const { board, entities = '' } = useAddress()
  const go = useGo()
  // What was kept from here is already open: its new address opens nothing.
  const [keptHere, setKeptHere] = useState<string | undefined>(undefined)
  const [source, setSource] = useState({ board, entities })
  if ((source.board !== board || source.entities !== entities) && (board === undefined || board !== keptHere)) {
    setSource({ board, entities })
    setKeptHere(undefined)
  }
  const { opened, error, retry } = useOpening(source)
  return (
    <>
      <title>{t('graph.page')}</title>
      {opened === undefined ? (
        <>
          <h1>{t('boards.title')}</h1>
          <RecordsTabs current="/records/boards" />
          {error === undefined ? <Loading /> : <Failed error={error} onRetry={retry} />}
        </>
      ) : (
        <GraphBoard
          opened={opened}
          onKept={(id) => {
            setKeptHere(id)
            go('/records/graph', { board: id }, { replace: true })
          }}
          onReload={retry}
        />
      )}
    </>
  )
}

function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  return error instanceof ProblemError && error.status === 404 ? (
    <Empty>{app('app.notFound')}</Empty>
  ) : (
    <Problem error={error} onRetry={onRetry} />
  )
}
