/** Names of desks and authorities as the signed directory has them; an id that it does not name stands for itself. */
import { useCallback, useMemo } from 'react'
import { listDirectory } from '#modules/exchange/contract'
import { useCall } from './queries.ts'

const KEEP_MS = 300_000

export interface Desk {
  readonly id: string
  readonly name: string
  readonly authority: string
  readonly country: string
  readonly thirdCountry: boolean
  readonly kind: string
}

export function useDesks(): readonly Desk[] {
  return useCall(listDirectory, {}, { everyMs: KEEP_MS }).data?.units ?? []
}

export function useDeskName(): (id: string) => string {
  const desks = useDesks()
  const names = useMemo(() => new Map(desks.map(({ id, name }) => [id, name])), [desks])
  return useCallback((id) => names.get(id) ?? id, [names])
}
