/** Checks of the clocks of a definition: each ends, obliges somebody, names its basis, is started and can be met; law only where the text was read. */
import type { Problem } from '#kernel/result/problem.ts'
import type { Budget, ClockDef, ProcedureDef } from './definition.ts'

/** What the engine does by itself when a rung is reached or a clock runs out. */
export const BUILT_IN_CALLS: readonly string[] = ['remind', 'escalate']

/** Working days are walked one by one: a budget has an end. */
const MOST_DAYS = 3660
const DAYS = { hour: 1 / 24, calendarDay: 1, workingDay: 2, week: 7, month: 31 } as const

function inDays({ n, unit }: Budget): number {
  return n * DAYS[unit]
}

export function checkClocks(definition: ProcedureDef): Problem[] {
  return definition.clocks.flatMap((clock) => checkClock(definition, clock))
}

function checkClock(definition: ProcedureDef, clock: ClockDef): Problem[] {
  const problems: Problem[] = []
  const add = (code: string, message: string) => problems.push({ code, at: `clocks.${clock.id}`, message })
  if (definition.clocks.filter(({ id }) => id === clock.id).length > 1) add('clock.twice', 'Occurs twice.')
  if (definition.roles[clock.obligated] === undefined) add('clock.role', 'Obliges an unknown role.')
  if (clock.audience?.includes(clock.obligated) === false) add('clock.audience', 'Obliges a role that may not know of it.')
  for (const role of clock.audience ?? []) if (definition.roles[role] === undefined) add('clock.role', `Is for an unknown role: ${role}.`)
  if (clock.basis.act === '') add('clock.basis', 'Has no basis.')
  if (clock.kind === 'law' && clock.basis.mark !== 'V') add('clock.unverified', 'Is shown as law, but its text was not checked.')
  if (clock.kind === 'policy' && clock.regime !== 'policy') add('clock.regime', 'A policy clock follows no legal regime.')
  if (clock.kind === 'law' && clock.regime === 'policy') add('clock.regime', 'A clock of law follows a legal regime.')
  if (clock.budget === undefined && clock.atMost === undefined) add('clock.end', 'Never ends.')
  if (clock.budget !== undefined && !(Number.isInteger(clock.budget.n) && clock.budget.n > 0)) add('clock.budget', 'Has no whole budget.')
  if (clock.budget !== undefined && inDays(clock.budget) > MOST_DAYS) add('clock.budget', 'Is longer than ten years.')
  if (clock.extend !== undefined && inDays({ n: clock.extend.max, unit: clock.extend.unit }) > MOST_DAYS)
    add('clock.extend', 'May be extended by more than ten years.')
  if (new Set(clock.ladder.map(({ rung }) => rung)).size !== clock.ladder.length || clock.ladder.some(({ rung }) => rung === 'expired'))
    add('clock.rung', 'Two rungs of one name, or one named expired.')
  const uses = definition.transitions
    .flatMap(({ effects }) => effects)
    .flatMap((each) => ('clock' in each && each.clock === clock.id ? [each.kind] : []))
  for (const verb of ['start-clock', 'stop-clock'] as const) if (!uses.includes(verb)) add('clock.unused', `No step does ${verb}.`)
  for (const step of [...(clock.metBy ?? []), ...(clock.voidedBy ?? [])])
    if (
      !definition.transitions.some(
        ({ id, effects }) => id === step && effects.some((each) => each.kind === 'stop-clock' && each.clock === clock.id),
      )
    )
      add('clock.met', `Is met or voided by ${step}, which does not stop it.`)
  if (uses.includes('suspend-clock') !== uses.includes('resume-clock'))
    add('clock.suspended', 'Can be suspended and not resumed, or the reverse.')
  return problems
}
