/**
 * Steps that came before the case, or before the step that brought in the desk that took them: kept as they came, and taken once what they wait for is here.
 * Invariant: one of them that cannot be taken keeps neither the case nor another step from being taken; it stays where it is, and the log says why.
 */
import { sql } from 'kysely'
import type { AuditEntry } from '#platform/audit/audit-event.ts'
import type { IncomingMessage } from '#platform/link/message.ts'
import { isPassingFault } from '#platform/link/passing-fault.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { StepMessage } from './case-messages.ts'
import type { ProcedureTables } from './tables.ts'

export type SaidBy = Pick<IncomingMessage, 'from' | 'receivedAt'>

export interface StepFor {
  readonly data: StepMessage
  readonly org: string
  readonly desk: string
}

export async function keepEarly({ tx }: WorkContext, { from, receivedAt }: SaidBy, { data, org, desk }: StepFor): Promise<void> {
  await tx
    .withTables<ProcedureTables>()
    .insertInto('procedures.early_steps')
    .values({
      authority: org,
      reference: data.reference,
      desk,
      step: data.step.id,
      message: JSON.stringify({ from, receivedAt, data }),
      received_at: receivedAt,
      audience: [desk],
    })
    .onConflict((conflict) => conflict.columns(['authority', 'reference', 'desk', 'step']).doNothing())
    .execute()
}

/** `take` may find that a step still waits for something, and keep it again. */
export async function takeEarlySteps(
  work: WorkContext,
  at: { readonly org: string; readonly desk: string; readonly reference: string },
  take: (work: WorkContext, message: SaidBy, step: StepFor) => Promise<void>,
): Promise<void> {
  const { org, desk, reference } = at
  const early = await work.tx
    .withTables<ProcedureTables>()
    .deleteFrom('procedures.early_steps')
    .where('authority', '=', org)
    .where('reference', '=', reference)
    .where('desk', '=', desk)
    .returning('message')
    .execute()
  const kept = early.map(({ message }) => message as unknown as SaidBy & { readonly data: StepMessage })
  for (const { data, ...message } of kept.sort((a, b) => a.data.step.order - b.data.step.order)) {
    const refusal = await apart(work, async (own) => await take(own, message, { data, org, desk }))
    if (refusal === undefined) continue
    await keepEarly(work, message, { data, org, desk })
    await work.services.record(work.tx, {
      event: 'procedures.case-received',
      outcome: 'refused',
      facts: null,
      by: 'message:procedures.step',
      subjects: [
        { kind: 'desk', id: desk },
        { kind: 'desk', id: message.from.unit },
      ],
      detail: { procedure: data.procedure },
      reason: refusal,
    })
  }
}

/** Undefined when it went well, else why not: then nothing of it stays, neither in the log nor on a screen. */
async function apart({ tx, services }: WorkContext, act: (work: WorkContext) => Promise<void>): Promise<string | undefined> {
  const entries: AuditEntry[] = []
  const announced: (readonly [string, readonly string[]])[] = []
  await sql`savepoint early_step`.execute(tx)
  try {
    await act({
      tx,
      services: {
        ...services,
        record: async (_tx, entry) => void entries.push(entry),
        announce: async (_tx, topic, audience) => void announced.push([topic, audience]),
      },
    })
    await sql`release savepoint early_step`.execute(tx)
  } catch (error) {
    if (isPassingFault(error)) throw error
    await sql`rollback to savepoint early_step`.execute(tx)
    return error instanceof Error ? error.message : String(error)
  }
  for (const entry of entries) await services.record(tx, entry)
  for (const [topic, audience] of announced) await services.announce(tx, topic, audience)
  return undefined
}
