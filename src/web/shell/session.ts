import { whoAmI } from '#modules/identity/contract'
import { useCall } from '../queries.ts'

/** Who is at the desk; 401 while nobody is. */
export function useSessionQuery() {
  return useCall(whoAmI, {})
}
