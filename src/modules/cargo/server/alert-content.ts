/**
 * What an alert says, as it is stored and as it travels. The field list is the allow-list of the release function:
 * a field without an audience here leaves the node on no channel.
 */
import { z } from 'zod'
import { type Handling, joinAll } from '#kernel/handling/handling.ts'
import type { AlertDraft, HandledField, MarkableField } from '../contract.ts'
import { alertDraft } from '../contract.ts'

export type AlertContent = AlertDraft

/**
 * Audience classes per field. `recipient` = the desks derived from the itinerary; `originator` = the issuing desk.
 * No field has the class `partner`: a terminal learns of a container through PR-09, never through the alert.
 */
export const ALERT_FIELDS = {
  subject: ['originator', 'recipient'],
  bill: ['originator', 'recipient'],
  booking: ['originator', 'recipient'],
  seals: ['originator', 'recipient'],
  vesselName: ['originator', 'recipient'],
  vesselImo: ['originator', 'recipient'],
  voyage: ['originator', 'recipient'],
  goods: ['originator', 'recipient'],
  legs: ['originator', 'recipient'],
  reasons: ['originator', 'recipient'],
  narrative: ['originator', 'recipient'],
  requested: ['originator', 'recipient'],
  evaluation: ['originator', 'recipient'],
  handling: ['originator', 'recipient'],
  sources: ['originator', 'recipient'],
  fieldHandling: ['originator', 'recipient'],
  onlyFor: ['originator'],
  source: ['originator'],
} as const satisfies Record<keyof AlertContent, readonly ('originator' | 'recipient' | 'partner' | 'oversight')[]>

type FieldClasses = Readonly<Record<keyof AlertContent, readonly ('originator' | 'recipient' | 'partner' | 'oversight')[]>>

/** The field list for one desk: a release mark takes a field from desks that it does not name, and gives none. */
export function fieldsFor(desk: string, { onlyFor = {} }: Pick<AlertContent, 'onlyFor'>): FieldClasses {
  const kept = Object.entries(onlyFor).flatMap(([field, desks]) => (desks.includes(desk) ? [] : [[field, ['originator']]]))
  return { ...ALERT_FIELDS, ...Object.fromEntries(kept) } as FieldClasses
}

/** For the release function: the members with a handling of their own. */
export function handlingByField({ fieldHandling = {} }: Pick<AlertContent, 'fieldHandling'>): ReadonlyMap<keyof AlertContent, Handling> {
  return new Map(Object.entries(fieldHandling) as [HandledField, Handling][])
}

/** The handling of one member: its own, or that of the alert. */
export function handlingOf(
  { handling, fieldHandling = {} }: Pick<AlertContent, 'handling' | 'fieldHandling'>,
  field: HandledField,
): Handling {
  return fieldHandling[field] ?? handling
}

/** Of the whole as it is sent: as strict as every part. */
export function wholeHandling({ handling, fieldHandling = {} }: Pick<AlertContent, 'handling' | 'fieldHandling'>): Handling {
  return joinAll([handling, ...Object.values(fieldHandling)])
}

const recipientContent = alertDraft.omit({ source: true, onlyFor: true })

/** Body of `cargo.alert`: content released to one desk, and why that desk. One message a desk: no recipient learns of another. */
export const alertMessage = z.strictObject({
  alert: z.string().max(60),
  issuedAt: z.iso.datetime(),
  content: recipientContent,
  recipient: z.strictObject({
    role: z.enum(['responsible', 'involved']),
    place: z.string(),
    eta: z.iso.datetime(),
  }),
})
export type AlertMessage = z.infer<typeof alertMessage>

/** What one desk is sent: a member that is for other desks is absent. */
export type SentContent = Omit<AlertMessage['content'], MarkableField> & Partial<Pick<AlertMessage['content'], MarkableField>>

/** Body of `cargo.alert-update`: the new content for a desk that stays, after a change of the itinerary. */
export const alertUpdateMessage = alertMessage.extend({
  reason: z.string().max(300),
})

/** Body of `cargo.alert-withdrawn`: the desk loses access, because the routing changed or the alert was recalled. */
export const alertWithdrawnMessage = z.strictObject({
  alert: z.string().max(60),
  because: z.enum(['routing-changed', 'recalled']),
  reason: z.string().max(300).optional(),
})

/** Body of `cargo.alert-progress`: what a receiving desk reports to the originator. Officers' names stay at home. */
export const alertProgressMessage = z.strictObject({
  alert: z.string().max(60),
  transition: z.enum(['ack', 'target', 'decline', 'control', 'recordOutcome', 'close', 'expire']),
  at: z.iso.datetime(),
  fields: z.record(z.string().max(40), z.unknown()),
})

/** Body of `cargo.port-action`: the whole of what a partner learns. */
export const portActionMessage = z.strictObject({
  action: z.string().max(60),
  kind: z.enum(['hold', 'scan', 'reposition', 'preserve', 'notify-if-accessed']),
  container: z.string().max(20),
  until: z.iso.datetime(),
  legalBasisText: z.string().max(300),
  contact: z.string().max(200),
  requestedAt: z.iso.datetime(),
})

/** Body of `cargo.port-action-progress`, both ways: partner confirms or performs, authority releases. */
export const portActionProgressMessage = z.strictObject({
  action: z.string().max(60),
  transition: z.enum(['confirm', 'impossible', 'perform', 'release']),
  at: z.iso.datetime(),
  fields: z.record(z.string().max(40), z.unknown()),
})
