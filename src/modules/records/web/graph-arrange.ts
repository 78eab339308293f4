/** Runs a layout beside the page: how far it is, stopped when somebody says so, and one change of the board when it is done. */
import { useEffect, useRef, useState } from 'react'
import { moving } from './board-edit.ts'
import { type LayoutName, layoutInput, spotsOf } from './graph-layout.ts'
import type { LayoutReply, LayoutRequest } from './graph-layout.worker.ts'
import type { GraphModel } from './graph-model.ts'

export interface Arranging {
  readonly arrange: (layout: LayoutName) => void
  readonly stop: () => void
  /** From 0 to 1 while it goes on. */
  readonly share: number | undefined
  readonly error: string | undefined
}

export function useArranging({ board, picked, act }: GraphModel): Arranging {
  const worker = useRef<Worker | undefined>(undefined)
  const [share, setShare] = useState<number | undefined>(undefined)
  const [error, setError] = useState<string | undefined>(undefined)
  const stop = (): void => {
    worker.current?.terminate()
    worker.current = undefined
    setShare(undefined)
  }
  useEffect(() => () => worker.current?.terminate(), [])
  const arrange = (layout: LayoutName): void => {
    stop()
    setError(undefined)
    setShare(0)
    const { ids, ...input } = layoutInput(board, picked.nodes)
    const made = new Worker(new URL('./graph-layout.worker.ts', import.meta.url), { type: 'module' })
    worker.current = made
    made.addEventListener('message', ({ data }: MessageEvent<LayoutReply>) => {
      if ('share' in data) {
        setShare(data.share)
        return
      }
      stop()
      act((of) => moving(of, spotsOf(ids, data.places), { isLayout: true }))
    })
    made.addEventListener('error', (event) => {
      stop()
      setError(event.message)
    })
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    made.postMessage({ layout, input } satisfies LayoutRequest)
  }
  return { arrange, stop, share, error }
}
