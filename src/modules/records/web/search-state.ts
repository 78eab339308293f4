/**
 * What is asked of the search. Filters stand in the address; the text does not, since it may be the name of a person: it lives in the state of the history
 * entry, so that going back and loading again find it, and no link, log or list of addresses holds it.
 */
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useAddress } from '#web/navigate.tsx'
import { presets } from '../contract.ts'

export const FILTERS = ['schema', 'country', 'topic', 'collection'] as const
export type Filter = (typeof FILTERS)[number]

export interface Asked {
  readonly q: string
  readonly filters: Readonly<Partial<Record<Filter, string>>>
  readonly preset: (typeof presets)[number]
}

export interface SearchState extends Asked {
  readonly isAsked: boolean
  readonly ask: (part: Partial<Asked>) => void
}

export function useSearchState(): SearchState {
  const address = useAddress()
  const navigate = useNavigate()
  const q = useLocation({
    select: ({ state }) => {
      const held: unknown = Reflect.get(state, 'q')
      return typeof held === 'string' ? held : ''
    },
  })
  const filters = Object.fromEntries(FILTERS.flatMap((name) => (address[name] === undefined ? [] : [[name, address[name]]])))
  const preset = presets.find((each) => each === address['preset']) ?? 'balanced'
  return {
    q,
    filters,
    preset,
    isAsked: q.trim() !== '' || Object.keys(filters).length > 0,
    ask: (part) => {
      const next = { q, filters, preset, ...part }
      void navigate({
        to: '/records',
        search: { ...next.filters, ...(next.preset === 'balanced' ? {} : { preset: next.preset }) },
        state: { q: next.q } as never,
        replace: true,
      })
    },
  }
}
