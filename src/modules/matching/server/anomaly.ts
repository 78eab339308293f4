/** Unusual asking is told to the data-protection officers of both ends, and to nobody who asks. */
import { messageType, type WorkContext } from '#platform/module/define-module.ts'
import type { Anomaly } from './quota.ts'
import type { ServedKey, ServedRow } from './serve-query.ts'
import { anomalyMessage, send } from './wire.ts'

const EVENT = 'matching.anomaly'

export async function reportAnomaly(
  work: WorkContext,
  { key, served, what }: { readonly key: ServedKey; readonly served: ServedRow; readonly what: Anomaly },
): Promise<void> {
  await work.services.record(work.tx, {
    event: EVENT,
    outcome: 'done',
    facts: null,
    by: 'job:matching.answer',
    subjects: [
      { kind: 'desk', id: served.requester_desk },
      { kind: 'match-query', id: key.query },
    ],
    detail: { what, class: key.class, purpose: served.purpose, case: served.case_ref },
  })
  const org = work.services.directory().orgs.find((each) => each.id === key.requesterOrg)
  const officer = org?.units.find((unit) => unit.services.includes('oversight'))
  if (officer === undefined) return
  await send(work, {
    from: { org: key.org, unit: served.desk },
    to: { org: key.requesterOrg, unit: officer.id },
    type: 'match.anomaly',
    purpose: served.purpose,
    context: key.query,
    data: { what, class: key.class, purpose: served.purpose, query: key.query },
  })
}

/** The log is what the data-protection officer of this end reads. */
export const anomalyReceived = messageType({
  type: 'match.anomaly',
  schema: anomalyMessage,
  receive: async (message, data, work) => {
    await work.services.record(work.tx, {
      event: EVENT,
      outcome: 'done',
      facts: null,
      by: 'message:match.anomaly',
      subjects: [
        { kind: 'desk', id: message.from.unit },
        { kind: 'match-query', id: data.query },
      ],
      detail: { what: data.what, class: data.class, purpose: data.purpose },
    })
  },
})
