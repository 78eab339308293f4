/**
 * Decisions of one selection. What is decided stands in the row at once and is sent meanwhile; a refusal takes it back and says of which consignment. The node's
 * answer replaces it when the last one on its way has come.
 */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { actKey, call } from '#web/client.ts'
import { type ArrivalRow, decide, listPortDays, listQueue, showArrival, showSelection, undoDecision } from '../contract.ts'
import type { SaidDecision } from './decision-text.ts'

export type OnItsWay = SaidDecision | 'undone'

export interface Deciding {
  readonly onItsWay: ReadonlyMap<string, OnItsWay>
  readonly failure: { readonly container: string; readonly error: unknown } | undefined
  readonly last: { readonly container: string; readonly said: OnItsWay } | undefined
  readonly say: (row: ArrivalRow, said: OnItsWay) => void
}

const READ_AGAIN = [listQueue.id, listPortDays.id, showSelection.id, showArrival.id]
const DECIDING = ['targeting.deciding']

export function useDecide(selection: string | undefined): Deciding {
  const cache = useQueryClient()
  const [onItsWay, setOnItsWay] = useState<ReadonlyMap<string, OnItsWay>>(new Map())
  const [failure, setFailure] = useState<Deciding['failure']>(undefined)
  const [last, setLast] = useState<Deciding['last']>(undefined)
  /** How many decisions there were. */
  const decided = useRef(0)
  const send = useMutation({
    mutationKey: DECIDING,
    mutationFn: async ({ row, said }: { readonly row: ArrivalRow; readonly said: OnItsWay }) => {
      if (selection === undefined) return
      if (said === 'undone') await call(undoDecision, { selection, arrivals: [row.arrival] })
      else await call(decide, { selection, decisions: [{ ...said, arrival: row.arrival } as never], key: actKey() })
    },
    onMutate: ({ row, said }) => {
      decided.current += 1
      setFailure(undefined)
      setLast({ container: row.container, said })
      setOnItsWay((held) => new Map(held).set(row.arrival, said))
    },
    onError: (error, { row }) => {
      setFailure({ container: row.container, error })
      setLast(undefined)
      setOnItsWay((held) => new Map([...held].filter(([arrival]) => arrival !== row.arrival)))
    },
    onSettled: async () => {
      // One reading for many presses: the last to come back does it.
      const isLast = () => cache.isMutating({ mutationKey: DECIDING }) <= 1
      let before = -1
      // One that came and went while this was reading left the next reading to it.
      while (isLast() && before !== decided.current) {
        before = decided.current
        await Promise.all(READ_AGAIN.map(async (id) => await cache.invalidateQueries({ queryKey: [id] })))
      }
      if (isLast()) setOnItsWay(new Map())
    },
  })
  return { onItsWay, failure, last, say: (row, said) => send.mutate({ row, said }) }
}
