/** A procedure as data, in one version: a wording never changes, so it is read once. */
import type { UseQueryResult } from '@tanstack/react-query'
import { useQuery } from '@tanstack/react-query'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { call } from '#web/client.ts'
import { showProcedure } from '../contract.ts'

export function useDefinition(procedure: string, version: string): UseQueryResult<ProcedureDef> {
  return useQuery({
    queryKey: ['procedure', procedure, version],
    // The node read it against the schema of a definition before it ever ran; what is shown here is that very data.
    queryFn: async ({ signal }) => (await call(showProcedure, { procedure, version }, { signal })).definition as unknown as ProcedureDef,
    staleTime: Number.POSITIVE_INFINITY,
    meta: { isFixed: true },
  })
}
