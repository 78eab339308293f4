/**
 * NAD: a party with its role, and its name as the sender laid it out.
 * Source: NAD C082, C058 and C080 in D95B to D23A. Contacts (CTA, COM) name persons and are not read.
 */
import type { Segment } from '#kernel/edifact/segment.ts'
import type { Stated } from '../model.ts'
import type { MessageContext } from './message-context.ts'
import { joinStated } from './stated-join.ts'

interface ReadParty<Role> {
  readonly role: Role
  readonly name: Stated
  readonly identifier?: Stated
  readonly identifierList?: string
}

/**
 * Where the party is: C059 with place, region and postal code behind it, or what stands behind the name where the sender laid out name and address together.
 * A country alone is no address.
 */
export function readAddress(context: MessageContext, segment: Segment): Stated | undefined {
  const street = context.statedLines(segment, 5)
  if (street !== undefined) return joinStated([street, ...[6, 7, 8].map((element) => context.statedLines(segment, element))])
  return context.statedLines(segment, 3, context.stated(segment, 4) === undefined ? 2 : 1)
}

/** Undefined for roles that are not read, and for a party without any name. */
export function readParty<Role>(context: MessageContext, segment: Segment, roles: ReadonlyMap<string, Role>): ReadParty<Role> | undefined {
  const role = roles.get(segment.text(1))
  if (role === undefined) return undefined
  const identifier = context.stated(segment, 2)
  // C080 holds a structured name, C058 name and address as the sender laid them out.
  const name = context.statedLines(segment, 4) ?? context.stated(segment, 3) ?? identifier
  if (name === undefined) return undefined
  if (identifier === undefined) return { role, name }
  const list = `${segment.text(2, 2)}:${segment.text(2, 3)}`
  return list === ':' ? { role, name, identifier } : { role, name, identifier, identifierList: list }
}
