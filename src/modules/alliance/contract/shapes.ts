/** Wire shapes that several routes of the slice share. Invariant: no shape a partner can read has a field for a link other than its own. */
import { z } from 'zod'

export const partnerKinds = ['terminal', 'line', 'forwarder', 'haulier'] as const
export const partnerKind = z.enum(partnerKinds)
export type PartnerKind = z.infer<typeof partnerKind>

/** A container on a voyage at a port: what a release right is about. */
export const rightName = {
  container: z.string().min(4).max(20),
  /** Vessel and voyage as carrier and terminal write it. */
  voyage: z.string().min(1).max(40),
  /** UN/LOCODE of the port of discharge. */
  port: z.string().regex(/^[A-Z]{2}[A-Z0-9]{3}$/),
}

/** Opaque, made from container, voyage and keeper: the same for the same right, and nobody gains anything by knowing it. */
export const rightId = z.string().regex(/^[0-9a-f]{32}$/)
export const key = z.string().min(8).max(60)
export const cursor = z.string().max(300)

export const partyView = z.object({ desk: z.string(), name: z.string() })

/** Why the ledger refuses an act. Told to who acts; a party without a link of its own gets the common 404 instead. */
export const refusalReasons = [
  'not-holder',
  'already-passed',
  'already-ordered',
  'already-collected',
  'not-released',
  'already-released',
  'revoked',
  'not-ordered',
  'not-pre-notified',
  'wrong-vehicle-or-driver',
  'not-ready',
  'party-not-vetted',
  'same-party',
  'not-your-role',
] as const
export const refusalReason = z.enum(refusalReasons)

export const accepted = z.object({ right: rightId, accepted: z.literal(true) })
