/**
 * What other desks say about alerts and port actions. A signature proves who speaks, not that the speaker may say it: a step is taken over only from the desk that fills
 * a role to which the definition gives it. Everything that is said goes to the log, what was refused with the reason; the sender is told of neither.
 */
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { isOpenTo } from '#kernel/procedure/fold.ts'
import { findUnit } from '#platform/link/directory.ts'
import type { Address, IncomingMessage } from '#platform/link/message.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { auditEvents } from '../contract.ts'

/** A message may be addressed to desks of other nodes as well: what it does there is theirs. */
export function addressedHere({ services }: WorkContext, message: IncomingMessage): readonly Address[] {
  return message.to.filter(({ org }) => services.authorities.includes(org))
}

/** A step of the system (a clock that ran out) is nobody's to report: each side has clocks of its own. */
export function mayReport(definition: ProcedureDef, role: string, transition: string): boolean {
  const step = definition.transitions.find(({ id }) => id === transition)
  return step !== undefined && isOpenTo(step, role)
}

/** By the realms that the definition gives the role: what a desk may ask of another depends on what its authority is. */
export function mayFillRole(
  { services }: WorkContext,
  desk: string,
  { definition, role }: { readonly definition: ProcedureDef; readonly role: string },
): boolean {
  const realm = findUnit(services.directory(), desk)?.org.realm
  return realm !== undefined && definition.roles[role]?.realms.includes(realm) === true
}

export interface Heard {
  readonly event: keyof typeof auditEvents
  readonly about: { readonly kind: 'alert' | 'port-action'; readonly id: string }
  /** The addressed desk. */
  readonly desk: string
  readonly detail?: Readonly<Record<string, string>>
  /** Why it changes nothing; absent where it was taken over. */
  readonly refused?: string | undefined
}

export async function noteHeard({ tx, services }: WorkContext, message: IncomingMessage, heard: Heard): Promise<void> {
  await services.record(tx, {
    event: heard.event,
    outcome: heard.refused === undefined ? 'done' : 'refused',
    facts: null,
    by: `message:${message.body.type}`,
    subjects: [heard.about, { kind: 'desk', id: heard.desk }, { kind: 'message', id: message.id }],
    ...(heard.detail === undefined ? {} : { detail: heard.detail }),
    ...(heard.refused === undefined ? {} : { reason: heard.refused }),
  })
}
