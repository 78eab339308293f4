/** Messages about port actions: the request on the partner's node, the steps on both. Runs in the inbox transaction: receipt and effect commit together. */
import type { z } from 'zod'
import { applyRemote, openCase } from '#modules/procedures'
import { findUnit } from '#platform/link/directory.ts'
import type { IncomingMessage } from '#platform/link/message.ts'
import { messageType, type WorkContext } from '#platform/module/define-module.ts'
import { pr09 } from '../procedures/pr-09-port-action.ts'
import { portActionMessage, portActionProgressMessage } from './alert-content.ts'
import { findAction } from './port-actions.ts'
import { addressedHere, mayFillRole, mayReport, noteHeard } from './reported-steps.ts'
import type { CargoTables } from './tables.ts'

export const portActionReceived = messageType({
  type: 'cargo.port-action',
  schema: portActionMessage,
  receive: async (message, data, work) => {
    const { tx, services } = work
    for (const { org, unit } of addressedHere(work, message)) {
      const found = findUnit(services.directory(), unit)
      if (found === undefined || !found.unit.services.includes('cargo.port-action')) throw new Error('This desk takes no port actions.')
      const heard = { event: 'cargo.port-action-received', about: { kind: 'port-action', id: data.action }, desk: unit } as const
      if (!mayFillRole(work, message.from.unit, { definition: pr09, role: 'authority' })) {
        await noteHeard(work, message, { ...heard, refused: 'the sender is no authority that may ask for a port action' })
        continue
      }
      const inserted = await tx
        .withTables<CargoTables>()
        .insertInto('cargo.port_actions')
        .values({
          authority: org,
          action: data.action,
          side: 'asked-of',
          alert: null,
          kind: data.kind,
          container: data.container,
          until: data.until,
          legal_basis_text: data.legalBasisText,
          contact: data.contact,
          requested_by: message.from.unit,
          partner: unit,
          requested_at: data.requestedAt,
          confirmed_at: null,
          key: null,
          audience: [unit],
        })
        .onConflict((conflict) => conflict.columns(['authority', 'action']).doNothing())
        .returning('action')
        .executeTakeFirst()
      // What was asked stays as it was first asked, whoever asks under its number again.
      if (inserted === undefined) {
        await noteHeard(work, message, { ...heard, refused: 'an action of this number is known already' })
        continue
      }
      await openCase(work, {
        definition: 'PR-09',
        authority: org,
        subject: data.action,
        label: data.container,
        link: `/port-actions/${data.action}`,
        party: unit,
        role: 'partner',
        originator: message.from.unit,
        zone: found.unit.zone,
        calendar: found.unit.calendar,
        anchors: { until: data.until },
        audience: [unit],
        opening: { transition: 'send', facts: null, actor: null, at: new Date(message.receivedAt) },
      })
      await noteHeard(work, message, heard)
      await services.announce(tx, 'port-actions', [unit])
    }
  },
})

/** The partner confirms, cannot or performs; the desk that asked releases. Neither speaks for the other. */
export const portActionProgress = messageType({
  type: 'cargo.port-action-progress',
  schema: portActionProgressMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of addressedHere(work, message)) {
      const refused = await takeStep(work, message, { data, org, unit })
      await noteHeard(work, message, {
        event: 'cargo.port-action-progress-received',
        about: { kind: 'port-action', id: data.action },
        desk: unit,
        detail: { transition: data.transition },
        refused,
      })
      if (refused === undefined) await work.services.announce(work.tx, 'port-actions', [unit])
    }
  },
})

/** Answers why it changes nothing, if so. */
async function takeStep(
  work: WorkContext,
  message: IncomingMessage,
  { data, org, unit }: { readonly data: z.infer<typeof portActionProgressMessage>; readonly org: string; readonly unit: string },
): Promise<string | undefined> {
  const row = await findAction(work, org, data.action)
  if (row === undefined) return 'no such action here'
  const [own, other, role] =
    row.side === 'asked' ? ([row.requested_by, row.partner, 'partner'] as const) : ([row.partner, row.requested_by, 'authority'] as const)
  if (unit !== own || message.from.unit !== other) return 'the sender is not the other desk of the action'
  if (!mayReport(pr09, role, data.transition)) return 'the step is not for the sender to take'
  const moved = await applyRemote(work, {
    authority: org,
    definition: 'PR-09',
    subject: data.action,
    party: row.partner,
    transition: data.transition,
    at: new Date(data.at),
    fields: data.fields,
  })
  return moved === undefined ? 'the step does not fit the state of the case' : undefined
}
