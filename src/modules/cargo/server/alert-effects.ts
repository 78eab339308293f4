/** What PR-01 asks the slice to do: tell the originator, keep the outcome, escalate. Each runs in the transition's transaction. */
import { sql } from 'kysely'
import type { z } from 'zod'
import { applyRemote, widenAudience } from '#modules/procedures'
import { findUnit } from '#platform/link/directory.ts'
import { messageType, type ProcedureBinding, type ProcedureEffectCall, type WorkContext } from '#platform/module/define-module.ts'
import { pr01 } from '../procedures/pr-01-cargo-alert.ts'
import { alertProgressMessage } from './alert-content.ts'
import { addressedHere, mayReport, noteHeard } from './reported-steps.ts'
import type { CargoTables } from './tables.ts'

const DAY = 86_400_000
const NEUTRAL = {
  handling: { H: ['H2' as const], tlp: 'AMBER' as const, pap: 'AMBER' as const, conditions: [] },
  evaluation: { source: 'A' as const, info: 1 },
}

export const alertBinding: ProcedureBinding = {
  definition: pr01,
  effects: {
    reportProgress: async (call, work) => {
      if (call.role === 'recipientDesk' && !call.mirrored) await report(call, work)
      await work.services.announce(work.tx, 'alerts', [call.party])
    },
    recordOutcome: async (call, work) => await keepOutcome(call, work),
    escalate: async (call, work) => await escalate(call, work),
    expired: async (call, work) => await work.services.announce(work.tx, 'alerts', [call.party]),
    remind: async (call, work) => await work.services.announce(work.tx, 'alerts', [call.party]),
  },
}

/** A receiving desk's step goes back to the originator: the outcome always reaches who sent the lead. */
async function report(call: ProcedureEffectCall, work: WorkContext): Promise<void> {
  const row = await work.tx
    .withTables<CargoTables>()
    .selectFrom('cargo.alerts')
    .select(['originator_desk', 'originator_authority'])
    .where('authority', '=', call.authority)
    .where('alert', '=', call.subject)
    .where('desk', '=', call.party)
    .executeTakeFirst()
  if (row === undefined) return
  const now = work.services.clock.now().getTime()
  await work.services.submit(work.tx, {
    from: { org: call.authority, unit: call.party },
    to: [{ org: row.originator_authority, unit: row.originator_desk }],
    kind: 'feedback',
    urgency: 'urgent',
    context: call.subject,
    expiresAt: new Date(now + 30 * DAY).toISOString(),
    purpose: 'customs-control',
    legalBasis: { act: 'Coalition policy', art: 'PR-01: the originator always gets the outcome' },
    ...NEUTRAL,
    personalData: { yes: false, categories: [] },
    retention: { reviewAt: new Date(now + 30 * DAY).toISOString(), deleteBy: new Date(now + 90 * DAY).toISOString() },
    body: {
      type: 'cargo.alert-progress',
      data: { alert: call.subject, transition: call.transition, at: call.at.toISOString(), fields: call.fields },
    },
  })
}

async function keepOutcome(call: ProcedureEffectCall, work: WorkContext): Promise<void> {
  const row = await work.tx
    .withTables<CargoTables>()
    .selectFrom('cargo.alerts')
    .select('reasons')
    .where('authority', '=', call.authority)
    .where('alert', '=', call.subject)
    .orderBy(sql`desk = ${call.party}`, 'desc')
    .executeTakeFirst()
  if (row === undefined) return
  // For whoever may see the leg of this desk: another recipient of the same alert is not among them.
  await sql`insert into cargo.outcomes (authority, alert, desk, kind, at, fields, reasons, audience)
    select ${call.authority}, ${call.subject}, ${call.party}, ${call.to}, ${call.at}::timestamptz, ${JSON.stringify(call.fields)}::jsonb, ${row.reasons}::text[], c.audience
    from procedures.cases c where c.authority = ${call.authority} and c.case_id = ${call.caseId}
    on conflict (authority, alert, desk) do nothing`.execute(work.tx)
}

/** Nobody acknowledged in time: the backup desk gets access on the receiving node; the originator's own clock tells the originator. */
async function escalate(call: ProcedureEffectCall, work: WorkContext): Promise<void> {
  const backup = findUnit(work.services.directory(), call.party)?.unit.backup
  if (call.role === 'recipientDesk' && backup !== undefined) {
    await widenAudience(work, { authority: call.authority, caseId: call.caseId, desk: backup })
    const widened = sql`audience = array_append(audience, ${backup}) where authority = ${call.authority} and alert = ${call.subject} and desk = ${call.party} and not audience @> array[${backup}]`
    await sql`update cargo.alerts set ${widened}`.execute(work.tx)
    await sql`update cargo.matches set ${widened}`.execute(work.tx)
    await work.services.announce(work.tx, 'alerts', [backup])
  }
  await work.services.announce(work.tx, 'alerts', [call.party])
}

/** On the originator's node: a recipient's step is mirrored into the case of that desk. Only that desk can report it, and only a step that is a recipient's. */
export const alertProgress = messageType({
  type: 'cargo.alert-progress',
  schema: alertProgressMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of addressedHere(work, message)) {
      const refused = await takeProgress(work, { data, org, unit, from: message.from.unit })
      await noteHeard(work, message, {
        event: 'cargo.alert-progress-received',
        about: { kind: 'alert', id: data.alert },
        desk: unit,
        detail: { transition: data.transition },
        refused,
      })
      if (refused === undefined) await work.services.announce(work.tx, 'alerts', [unit])
    }
  },
})

/** Answers why it changes nothing, if so. */
async function takeProgress(
  work: WorkContext,
  told: { readonly data: z.infer<typeof alertProgressMessage>; readonly org: string; readonly unit: string; readonly from: string },
): Promise<string | undefined> {
  const { data, org, unit, from } = told
  const issued = await work.tx
    .withTables<CargoTables>()
    .selectFrom('cargo.alerts')
    .select('alert')
    .where('authority', '=', org)
    .where('alert', '=', data.alert)
    .where('desk', '=', unit)
    .where('side', '=', 'issued')
    .executeTakeFirst()
  if (issued === undefined) return 'this desk issued no such alert'
  if (!mayReport(pr01, 'recipientDesk', data.transition)) return 'the step is not for the sender to take'
  const moved = await applyRemote(work, {
    authority: org,
    definition: 'PR-01',
    subject: data.alert,
    party: from,
    transition: data.transition,
    at: new Date(data.at),
    fields: data.fields,
  })
  return moved === undefined ? 'the sender has no part in the alert, or the step does not fit the state of its case' : undefined
}
