/** Takes steps of one case. A repeat after a broken line is the same act; after a conflict the page shows what the other person did. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { actKey, call, ProblemError } from '#web/client.ts'
import { type CaseOnScreen, takeStep } from '../contract.ts'
import type { StepOffer } from './step-offer.ts'

export interface Act {
  readonly step: StepOffer
  readonly fields: Readonly<Record<string, unknown>>
  /** Before the page goes on. */
  readonly onDone?: () => void
  readonly onRefused?: () => void
}

export interface TakeStep {
  run(act: Act): void
  reset(): void
  readonly error: unknown
  readonly isBusy: boolean
}

export function useTakeStep(view: Pick<CaseOnScreen, 'case' | 'version'>, onTaken: (step: StepOffer) => void): TakeStep {
  const cache = useQueryClient()
  const key = useRef({ of: '', key: '' })
  const move = useMutation({
    mutationFn: async ({ step, fields }: Act) => {
      const of = JSON.stringify([view.version, step.id, fields])
      if (key.current.of !== of) key.current = { of, key: actKey() }
      return await call(takeStep, { case: view.case, transition: step.id, fields, version: view.version, key: key.current.key })
    },
    onSuccess: (_moved, { step, onDone }) => {
      onDone?.()
      onTaken(step)
    },
    onError: (_error, { onRefused }) => onRefused?.(),
    onSettled: async (_moved, error) => {
      if (error === null || (error instanceof ProblemError && error.status === 409)) await cache.invalidateQueries()
    },
  })
  return {
    run: move.mutate,
    reset: move.reset,
    error: move.error,
    isBusy: move.isPending,
  }
}
