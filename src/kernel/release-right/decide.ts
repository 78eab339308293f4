/**
 * Whether the ledger takes an act. Only the holder transfers, to exactly one next party; only the ordered haulier pre-notifies; only the terminal that
 * has the box opens the gate, and no code exists that somebody could hold in its place.
 */
import type { Act, EventParty, Refusal } from './event.ts'
import { holderOf, isReady, type RightState } from './fold.ts'

/** Undefined: taken. `now` matters for holds, which end by themselves. */
export function refusalOf(
  state: RightState,
  attempt: { readonly by: EventParty; readonly act: Act; readonly now: string },
): Refusal | undefined {
  const { by, act, now } = attempt
  if (state.collected !== undefined) return 'already-collected'
  switch (act.kind) {
    case 'released':
      if (by.role !== 'line' || (state.line !== undefined && state.line !== by.desk)) return 'not-your-role'
      if (act.to === by.desk) return 'same-party'
      if (state.revoked !== undefined) return state.revoked.mayReleaseAnew ? undefined : 'revoked'
      return state.passings.length > 0 ? 'already-released' : undefined
    case 'transferred':
      if (act.to === by.desk) return 'same-party'
      return refusalToPass(state, by)
    case 'transport-ordered': {
      const { order: _replaced, ...withoutOrder } = state
      const barred = refusalToPass(withoutOrder, by)
      if (barred !== undefined) return barred
      // Nothing is ordered from another once the truck was let in.
      return state.matchedAt === undefined ? undefined : 'already-ordered'
    }
    case 'pre-notified':
      if (state.revoked !== undefined) return 'revoked'
      return state.order?.haulier === by.desk ? undefined : 'not-ordered'
    case 'gate-matched':
      if (by.role !== 'terminal' || state.terminal !== by.desk) return 'not-your-role'
      if (state.revoked !== undefined) return 'revoked'
      if (state.preNotification === undefined) return 'not-pre-notified'
      if (state.preNotification.vehicle !== act.vehicle || state.preNotification.driver !== act.driver) return 'wrong-vehicle-or-driver'
      return isReady(state, now) ? undefined : 'not-ready'
    case 'gated-out':
      return by.role === 'terminal' && (state.terminal === undefined || state.terminal === by.desk) ? undefined : 'not-your-role'
    case 'revoked':
      return refusalToRevoke(state, by, act.power)
  }
}

function refusalToPass(state: RightState, by: EventParty): Refusal | undefined {
  if (state.passings.length === 0) return 'not-released'
  if (state.revoked !== undefined) return 'revoked'
  if (holderOf(state) !== by.desk) return state.passings.some(({ from }) => from === by.desk) ? 'already-passed' : 'not-holder'
  return state.order === undefined ? undefined : 'already-ordered'
}

function refusalToRevoke(state: RightState, by: EventParty, power: 'line' | 'customs' | 'court'): Refusal | undefined {
  if (power === 'line' ? by.role !== 'line' || state.line !== by.desk : by.role !== 'customs') return 'not-your-role'
  // The line may take back what customs already took: its answer must not tell that customs did.
  if (state.revoked !== undefined) return power === 'line' && state.revoked.power !== 'line' ? undefined : 'revoked'
  return state.passings.length === 0 ? 'not-released' : undefined
}
