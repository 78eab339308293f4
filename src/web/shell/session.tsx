/** Who is at the desk: the session as every page may read it. */

import { createContext, useContext } from 'react'
import { type WhoAmI, whoAmI } from '#modules/identity/contract'
import { useCall } from '../queries.ts'

export const SessionContext = createContext<WhoAmI | null>(null)

export function useSession(): WhoAmI {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('This part of the application needs a session.')
  return session
}

export function useSessionQuery() {
  return useCall(whoAmI, {})
}
