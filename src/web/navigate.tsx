/** Links and moves by path. Pages come from the slices, so paths are texts here and not a closed set. */
import { Link as RouterLink, useBlocker, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'

export type Search = Readonly<Record<string, string | undefined>>

export interface AppLinkProps {
  readonly to: string
  readonly search?: Search
  readonly children: ReactNode
  readonly className?: string
  readonly isCurrent?: boolean
}

export function AppLink({ to, search, children, className, isCurrent = false }: AppLinkProps) {
  return (
    <RouterLink
      to={to}
      search={(search ?? {}) as never}
      {...(className === undefined ? {} : { className })}
      // What is current is decided by whoever draws the list, not by the router's own rule of prefixes.
      activeOptions={{ exact: true }}
      activeProps={{ 'aria-current': undefined }}
      {...(isCurrent ? { 'aria-current': 'page' } : {})}
    >
      {children}
    </RouterLink>
  )
}

export function useGo(): (to: string, search?: Search, options?: { readonly replace?: boolean }) => void {
  const navigate = useNavigate()
  return (to, search = {}, options = {}) => void navigate({ to: to, search: search as never, replace: options.replace ?? false })
}

/** What the address says, as texts; the pages read their own fields and ignore the rest. */
export function useAddress(): Search {
  return useSearch({ strict: false }) as Search
}

export function useParam(name: string): string {
  return (useParams({ strict: false }) as Record<string, string | undefined>)[name] ?? ''
}

export interface Leaving {
  readonly leave: () => void
  readonly stay: () => void
}

/** Asks before the address changes: present while somebody has to choose. `mustAsk` may do its work first. */
export function useLeaving(mustAsk: () => Promise<boolean>): Leaving | undefined {
  const blocker = useBlocker({ shouldBlockFn: mustAsk, enableBeforeUnload: false, withResolver: true })
  return blocker.status === 'blocked' ? { leave: blocker.proceed, stay: blocker.reset } : undefined
}
