/** Outcomes on their way to the node: each stands in its row at once, and a refusal takes it back and says of which consignment. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { actKey, call } from '#web/client.ts'
import { listOutcomes, listPortDays, type OutcomeRow, recordOutcome } from '../contract.ts'
import type { SaidOutcome } from './outcome-text.ts'

const RECORDING = ['targeting.recording']

export interface Recording {
  readonly onItsWay: ReadonlyMap<string, SaidOutcome>
  readonly last: { readonly container: string; readonly said: SaidOutcome } | undefined
  readonly failure: { readonly container: string; readonly error: unknown } | undefined
  readonly say: (row: OutcomeRow, said: SaidOutcome) => void
}

export function useRecord(): Recording {
  const cache = useQueryClient()
  const [onItsWay, setOnItsWay] = useState<ReadonlyMap<string, SaidOutcome>>(new Map())
  const [last, setLast] = useState<{ readonly container: string; readonly said: SaidOutcome } | undefined>(undefined)
  const [failure, setFailure] = useState<{ readonly container: string; readonly error: unknown } | undefined>(undefined)
  const send = useMutation({
    mutationKey: RECORDING,
    mutationFn: async ({ row, said }: { readonly row: OutcomeRow; readonly said: SaidOutcome }) =>
      await call(recordOutcome, { outcomes: [{ ...said, arrival: row.arrival }], key: actKey() }),
    onMutate: ({ row, said }) => {
      setFailure(undefined)
      setLast({ container: row.container, said })
      setOnItsWay((held) => new Map(held).set(row.arrival, said))
    },
    onError: (error, { row }) => {
      setLast(undefined)
      setFailure({ container: row.container, error })
      setOnItsWay((held) => new Map([...held].filter(([arrival]) => arrival !== row.arrival)))
    },
    onSettled: async () => {
      if (cache.isMutating({ mutationKey: RECORDING }) > 1) return
      await Promise.all([listOutcomes.id, listPortDays.id].map(async (id) => await cache.invalidateQueries({ queryKey: [id] })))
      if (cache.isMutating({ mutationKey: RECORDING }) <= 1) setOnItsWay(new Map())
    },
  })
  return { onItsWay, last, failure, say: (row: OutcomeRow, said: SaidOutcome) => send.mutate({ row, said }) }
}
