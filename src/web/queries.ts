/** Reading through the query cache: one entry for each route and input; announcements of the node make what they name stale. */
import { QueryClient, type UseInfiniteQueryResult, type UseQueryResult, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { z } from 'zod'
import { type CallSpec, call, ProblemError } from './client.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && error instanceof ProblemError && error.status === 0,
      refetchOnWindowFocus: true,
    },
  },
})

export function useCall<Spec extends CallSpec>(
  spec: Spec,
  input: z.input<Spec['input']>,
  options: { readonly enabled?: boolean; readonly everyMs?: number } = {},
): UseQueryResult<z.output<Spec['ok']>> {
  return useQuery({
    queryKey: [spec.id, input],
    queryFn: async ({ signal }) => await call(spec, input, { signal }),
    enabled: options.enabled ?? true,
    refetchInterval: options.everyMs ?? false,
    placeholderData: (previous) => previous,
  })
}

interface Paged {
  readonly items: readonly unknown[]
  readonly next?: string | undefined
}

export interface Pages<Row> {
  readonly rows: readonly Row[]
  readonly hasMore: boolean
  readonly more: () => void
  readonly query: UseInfiniteQueryResult
}

/** Keyset pages, one after the other, as one list. */
export function usePages<Row, Spec extends CallSpec>(spec: Spec, input: Readonly<Record<string, unknown>>): Pages<Row> {
  const query = useInfiniteQuery({
    queryKey: [spec.id, 'pages', input],
    queryFn: async ({ pageParam, signal }) =>
      (await call(spec, { ...input, ...(pageParam === '' ? {} : { cursor: pageParam }) } as z.input<Spec['input']>, { signal })) as Paged,
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })
  const rows = useMemo(() => (query.data?.pages.flatMap((page) => page.items) ?? []) as Row[], [query.data])
  return {
    rows,
    hasMore: query.hasNextPage,
    more: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
    },
    query,
  }
}
