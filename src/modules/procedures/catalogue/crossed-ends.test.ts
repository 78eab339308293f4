/** What one party does in time while the node of another sees the clock run out: in every shipped procedure the end has no effect then. */
import { describe, expect, it } from 'vitest'
import { clockEndedBy, countedAt } from '#kernel/procedure/clock-end.ts'
import type { ProcedureDef, TransitionDef } from '#kernel/procedure/definition.ts'
import { baseOf, foldCase, type Party, targetOf } from '#kernel/procedure/fold.ts'
import { readDefinitions, SHIPPED_FOLDER } from '../server/read-definition.ts'

const HOUR = 3_600_000
const AT = Date.parse('2027-01-04T09:00:00Z')
const partyOf = (role: string): Party => ({
  org: role,
  desk: `${role}.desk`,
  country: 'BE',
  kind: 'police',
  realm: 'customs',
  zone: 'Europe/Brussels',
  calendar: 'BE',
})

interface Crossing {
  readonly definition: ProcedureDef
  readonly state: string
  readonly clock: string
  readonly end: TransitionDef
  readonly inTime: TransitionDef
}

/** Every step of a person that touches a clock whose end moves the case, from every state after which that end still fits. */
const crossings = readDefinitions(SHIPPED_FOLDER).flatMap(({ definition }): readonly Crossing[] =>
  definition.transitions.flatMap((end) => {
    const clock = clockEndedBy(end)
    if (clock === undefined) return []
    return definition.transitions.flatMap((inTime) => {
      const touches = inTime.effects.some((effect) => effect.kind !== 'start-clock' && 'clock' in effect && effect.clock === clock)
      if (inTime.by === undefined || !touches) return []
      return inTime.from
        .filter((state) => end.from.includes(state) && end.from.includes(targetOf(inTime, { state, before: [] }, {}) ?? ''))
        .map((state) => ({ definition, state, clock, end, inTime }))
    })
  }),
)

function foldOf({ definition, state, clock, end, inTime }: Crossing) {
  const parties = Object.fromEntries(Object.keys(definition.roles).map((role) => [role, [partyOf(role)]]))
  const clocks = [{ id: clock, clock, startedAt: AT, ledger: [] }]
  const base = { ...baseOf(definition, parties), state, order: 9, clocks }
  const fields = Object.fromEntries(inTime.effects.flatMap((effect) => (effect.kind === 'extend-clock' ? [[effect.by, 1]] : [])))
  return foldCase(() => definition, base, [
    { id: 'in-time', order: 10, at: AT + HOUR, transition: inTime.id, role: inTime.by?.[0] ?? '', fields },
    { id: 'end', order: 10, at: AT + 2 * HOUR, transition: end.id, role: null, fields: countedAt(end, clocks) },
  ])
}

describe('the end of a clock that another party met, moved or stopped in time', () => {
  it('is there to be crossed in the procedures whose law hangs on it', () => {
    const found = crossings.map(({ definition, end, inTime }) => `${definition.id} ${inTime.id} ${end.id}`)
    expect(found).toEqual(
      expect.arrayContaining([
        'PR-07.epoc validateExPost validationLapses',
        'PR-08.epoc-pr validateExPost validationLapses',
        'PR-08.epoc-pr extend lapse',
        'PR-14 confirmCritical criticalOverdue',
        'PR-17 placeOnAgenda tenDaysOver',
        'PR-20 instruct mayProceed',
      ]),
    )
  })

  it.each(crossings.map((each) => [`${each.definition.id}: ${each.inTime.id} in ${each.state} before ${each.end.id}`, each] as const))(
    '%s',
    (_name, crossing) => {
      const fold = foldOf(crossing)
      expect(fold.steps.map(({ isVoid }) => isVoid)).toEqual([false, true])
      expect(fold.purged).toEqual([])
    },
  )
})
