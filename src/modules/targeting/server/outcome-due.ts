/** When the outcome of a taken consignment is owed: three working days from the end of the day of its selection, by the calendar and zone of the desk. Policy of the coalition. */

import { startOfDay } from '#kernel/procedure/civil-time.ts'
import { type ClockTerms, dueOf } from '#kernel/procedure/clock.ts'
import { zoneRules } from '#platform/clock/zone-rules.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { type DeskScope, dayNumber, unitOf } from './desk.ts'

const TERMS: ClockTerms = {
  budget: { n: 3, unit: 'workingDay' },
  kind: 'policy',
  regime: 'policy',
  basis: { act: 'Coalition policy', art: 'targeting, outcome of a control', mark: 'D' },
}

export interface OutcomeDue {
  readonly at: Date
  readonly basis: string
}

/** From the day of arrival, or from now where that lies in the past: nobody is late before having taken it. */
export function outcomeDue(services: Pick<NodeServices, 'directory' | 'calendars' | 'clock'>, scope: DeskScope, day: string): OutcomeDue {
  const unit = unitOf(services, scope)
  const zone = unit?.zone ?? 'UTC'
  const now = services.clock.now().getTime()
  const startedAt = Math.max(now, startOfDay(dayNumber(day), zone, zoneRules))
  const world = { rules: zoneRules, calendar: services.calendars.calendar(unit?.calendar ?? ''), now }
  const due = dueOf(TERMS, { startedAt, zone, ledger: [] }, world)
  return { at: new Date(due.safe), basis: due.explain }
}
