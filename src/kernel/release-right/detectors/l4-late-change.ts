/** L4: another haulier or another driver, less than a day before the planned pick-up. */
import type { LedgerEvent } from '../event.ts'
import { CLEAR, COMMON, factOf, hoursBetween, type ReleaseDetector, type ReleaseEvidence, raise, thisEvent } from './evidence.ts'

export const lateChangeOfHaulier: ReleaseDetector = {
  ...COMMON,
  id: 'L4',
  title: 'Haulier or driver changed shortly before pick-up',
  parameters: { hours: 24 },
  inputs: ['pre-notifications', 'transport orders', 'planned time of pick-up', 'token of the driver'],
  knownLimits:
    'Knows the planned time that the haulier stated. A change that was planned from the start, or before the first pre-notification, is not seen.',
  innocentAlternatives: [
    'Illness, breakdown or working hours of the driver',
    'The haulier planned anew after a delay of the ship',
    'A subcontractor took over',
  ],
  evaluate(evidence, { hours = 24 }) {
    const { event, before, history } = evidence
    const notified = before.preNotification
    const { body } = event
    if (body.kind === 'pre-notified') {
      const earlier = latest(history)
      if (earlier?.event.body.kind !== 'pre-notified') return CLEAR
      if (earlier.event.by.desk !== event.by.desk) return changed(evidence, { what: 'haulier', plannedAt: body.plannedAt, earlier, hours })
      // Naming the driver that a message left open is no change, and leaving it open hides none.
      const named = latest(history, ({ body: each }) => each.kind === 'pre-notified' && each.driver !== undefined)
      if (named?.event.body.kind !== 'pre-notified' || body.driver === undefined || named.event.body.driver === body.driver) return CLEAR
      return changed(evidence, { what: 'driver', plannedAt: body.plannedAt, earlier: named, hours })
    }
    if (body.kind === 'transport-ordered' && notified !== undefined && before.order?.haulier !== body.haulier) {
      const earlier = latest(history)
      return earlier === undefined ? CLEAR : changed(evidence, { what: 'haulier', plannedAt: notified.plannedAt, earlier, hours })
    }
    return CLEAR
  },
}

interface Source {
  readonly event: LedgerEvent
  readonly index: number
}

/** The last pre-notification since the last release: an earlier release is another story. */
function latest(
  history: readonly LedgerEvent[],
  isMeant: (event: LedgerEvent) => boolean = ({ body }) => body.kind === 'pre-notified',
): Source | undefined {
  const index = history.findLastIndex((event) => event.body.kind === 'released' || isMeant(event))
  const event = history[index]
  return event === undefined || event.body.kind === 'released' ? undefined : { event, index }
}

function changed(
  evidence: ReleaseEvidence,
  {
    what,
    plannedAt,
    earlier,
    hours,
  }: { readonly what: string; readonly plannedAt: string; readonly earlier: Source; readonly hours: number },
) {
  const left = hoursBetween(evidence.event.at, plannedAt)
  if (left >= hours) return CLEAR
  return raise(
    `The ${what} for ${evidence.right.container} was changed ${Math.max(0, left)} h before the planned pick-up.`,
    factOf('changed', what, thisEvent(evidence)),
    factOf('changed at', evidence.event.at, thisEvent(evidence)),
    { name: 'planned pick-up', value: plannedAt },
    factOf('before it', earlier.event.by.desk, earlier),
  )
}
