/** Figures of alerts by sender and receiver and by indicator, for a span of days. For the desks concerned, with the counts beside every rate; nothing here is public. */
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { alertFeedback } from '../contract/feedback.ts'
import { FeedbackTally, feedbackRows } from './feedback-rows.ts'

const DAY = 86_400_000
/** A year unless asked otherwise, and ten at most. */
const USUAL_DAYS = 365
const MOST_DAYS = 3660

export const alertFeedbackRoute = handle(alertFeedback, async (input, context) => {
  const { facts, tx, clock } = context
  // The last day counts whole.
  const until = input.until === undefined ? new Date(clock.now().getTime() + 1) : new Date(Date.parse(input.until) + DAY)
  const from = input.from === undefined ? new Date(until.getTime() - USUAL_DAYS * DAY) : new Date(input.from)
  if (from >= until || until.getTime() - from.getTime() > MOST_DAYS * DAY)
    throw new AppError(422, 'cargo.period', 'The first day lies before the last, at most ten years.')
  const tally = new FeedbackTally()
  for await (const row of feedbackRows(tx, { authority: facts.authority, from, until })) tally.add(row)
  return { from: from.toISOString(), until: until.toISOString(), ...named(context.services, tally) }
})

export function named(
  services: Pick<CaseContext['services'], 'directory'>,
  { pairs, indicators }: Pick<FeedbackTally, 'pairs' | 'indicators'>,
) {
  const directory = services.directory()
  const nameOf = (desk: string) => findUnit(directory, desk)?.unit.name ?? desk
  const withNames = <T extends { readonly sender: string; readonly receiver: string }>(row: T) => ({
    ...row,
    senderName: nameOf(row.sender),
    receiverName: nameOf(row.receiver),
  })
  return { pairs: pairs.map(withNames), indicators: indicators.map(withNames) }
}
