/** The directory as an authority may see it, and anchors of directories of other coalitions: who trusts them, since when, what they state. */
import { z } from 'zod'

const id = z.string().max(120)
const digest = z.string().length(64)

export const directoryKeyUses = ['node-sig', 'seal', 'enc', 'log'] as const
export const directoryAuthority = z.object({
  id,
  name: z.string(),
  kind: z.string(),
  country: z.string(),
  desks: z.array(z.object({ id, name: z.string(), places: z.array(z.string()), takesAlerts: z.boolean() })),
  nodes: z.array(
    z.object({
      id,
      keys: z.array(
        z.object({
          kid: z.string(),
          use: z.enum(directoryKeyUses),
          /** RFC 7638 thumbprint. */
          thumbprint: z.string(),
          from: z.iso.datetime(),
          until: z.iso.datetime(),
          revokedAt: z.iso.datetime().optional(),
          standing: z.enum(['in-force', 'not-yet', 'run-out', 'revoked']),
        }),
      ),
    }),
  ),
})
export type DirectoryAuthority = z.infer<typeof directoryAuthority>

export const showDirectory = {
  id: 'exchange.showDirectory',
  method: 'get',
  path: 'directory',
  summary: 'The signed directory: version, expiry, stewards, authorities with their desks and keys',
  permission: 'exchange.read',
  purposeRequired: false,
  audit: 'exchange.directory-read',
  input: z.strictObject({
    text: z.string().max(120).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  ok: z.object({
    coalition: z.string(),
    version: z.number(),
    issued: z.iso.datetime(),
    expires: z.iso.datetime(),
    /** Runs out within three days: the stewards are late. */
    isNearExpiry: z.boolean(),
    /** What two persons compare before another coalition trusts this one. */
    anchor: digest,
    threshold: z.number(),
    stewards: z.array(z.object({ kid: z.string(), thumbprint: z.string() })),
    items: z.array(directoryAuthority),
    next: z.string().optional(),
  }),
  errors: ['exchange.cursor'],
} as const

/** As `breakwater directory anchor` writes it; the server reads it with the same code. */
const anchorFile = z.record(z.string(), z.unknown())

export const anchorRow = z.object({
  anchor: id,
  coalition: z.string(),
  digest,
  threshold: z.number(),
  stewards: z.array(z.object({ kid: z.string(), thumbprint: z.string() })),
  reason: z.string(),
  state: z.enum(['proposed', 'confirmed', 'ended', 'run-out']),
  proposedBy: id,
  confirmedBy: id.optional(),
  at: z.iso.datetime(),
  until: z.iso.datetime(),
  /** This officer may be the second person. */
  mayConfirm: z.boolean(),
  directory: z
    .object({
      version: z.number(),
      expires: z.iso.datetime(),
      authorities: z.number(),
      /** Only what is in force is found. `collides`: it names something that is named here. */
      standing: z.enum(['in-force', 'run-out', 'collides']),
    })
    .optional(),
})
export type AnchorRow = z.infer<typeof anchorRow>

const common = { purposeRequired: true, errors: ['exchange.anchor-state'] } as const

export const listAnchors = {
  id: 'exchange.listAnchors',
  method: 'get',
  path: 'directory-anchors',
  summary: 'Anchors of directories of other coalitions that this authority proposed, confirmed or ended',
  permission: 'exchange.read',
  purposeRequired: true,
  audit: 'exchange.anchors-listed',
  input: z.strictObject({}),
  ok: z.object({ items: z.array(anchorRow) }),
  errors: [],
} as const

export const proposeAnchor = {
  id: 'exchange.proposeAnchor',
  method: 'post',
  path: 'directory-anchors',
  summary: 'The first of two persons proposes to trust the stewards of another coalition',
  permission: 'exchange.anchor',
  purposeRequired: true,
  audit: 'exchange.anchor-proposed',
  input: z.strictObject({ document: anchorFile, reason: z.string().min(3).max(400), until: z.iso.datetime(), key: z.uuid() }),
  ok: z.object({ anchor: id, digest }),
  errors: ['directory.anchor', 'exchange.anchor-own', 'exchange.anchor-until'],
} as const

export const confirmAnchor = {
  id: 'exchange.confirmAnchor',
  method: 'post',
  path: 'directory-anchors/:anchor/confirmation',
  summary: 'A second person confirms it, with the anchor as that person received it',
  permission: 'exchange.anchor',
  ...common,
  audit: 'exchange.anchor-confirmed',
  input: z.strictObject({ anchor: id, document: anchorFile }),
  ok: z.object({ anchor: id }),
  errors: ['directory.anchor', 'exchange.same-person', 'exchange.anchor-differs', 'exchange.anchor-state', 'exchange.anchor-exists'],
} as const

export const endAnchor = {
  id: 'exchange.endAnchor',
  method: 'post',
  path: 'directory-anchors/:anchor/end',
  summary: 'One person is enough to end the trust in a directory of another coalition',
  permission: 'exchange.anchor',
  ...common,
  audit: 'exchange.anchor-ended',
  input: z.strictObject({ anchor: id, reason: z.string().min(3).max(400) }),
  ok: z.object({ anchor: id }),
} as const

export const MOST_DIRECTORY_BYTES = 16 * 1024 * 1024

export const takePartnerDirectory = {
  id: 'exchange.takePartnerDirectory',
  method: 'post',
  path: 'directory-anchors/:anchor/directory',
  summary: 'Takes in the signed directory of a coalition whose anchor two persons confirmed',
  permission: 'exchange.anchor',
  purposeRequired: true,
  audit: 'exchange.partner-directory-taken',
  input: z.strictObject({ anchor: id }),
  upload: { maxBytes: MOST_DIRECTORY_BYTES },
  ok: z.object({ version: z.number(), expires: z.iso.datetime(), authorities: z.number() }),
  errors: [
    'exchange.anchor-state',
    'exchange.partner-collision',
    'directory.form',
    'directory.threshold',
    'directory.succession',
    'directory.coalition',
    'directory.rollback',
    'directory.fork',
    'directory.expired',
  ],
} as const

export const partnerDesk = z.object({
  coalition: z.string(),
  authority: id,
  authorityName: z.string(),
  country: z.string(),
  desk: id,
  name: z.string(),
  services: z.array(z.string()),
})
export type PartnerDesk = z.infer<typeof partnerDesk>

export const findPartnerDesks = {
  id: 'exchange.findPartnerDesks',
  method: 'get',
  path: 'partner-desks',
  summary: 'Desks that directories of other coalitions name, for knowing whom to turn to; nothing is sent to them',
  permission: 'exchange.read',
  purposeRequired: true,
  audit: 'exchange.partner-desks-read',
  input: z.strictObject({ text: z.string().max(120).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
  ok: z.object({ items: z.array(partnerDesk), hasMore: z.boolean() }),
  errors: [],
} as const

export const anchorErrors = {
  'directory.anchor': 'Not an anchor of a directory, or an ambiguous one',
  'directory.form': 'Not a signed directory',
  'directory.threshold': 'Too few of the trusted stewards signed it',
  'directory.succession': 'Its stewards are not those who are trusted',
  'directory.coalition': 'It is the directory of another coalition',
  'directory.rollback': 'It is older than the one that is held',
  'directory.fork': 'There are two directories of this version',
  'directory.expired': 'It has run out',
  'exchange.anchor-own': 'The anchor is that of the own coalition',
  'exchange.anchor-until': 'An anchor ends within 400 days, and not in the past',
  'exchange.anchor-differs': 'The second person brought another anchor than the first',
  'exchange.anchor-state': 'The anchor is not in a state for that',
  'exchange.anchor-exists': 'Another anchor for that coalition is confirmed: end it first',
  'exchange.partner-collision': 'The directory names an authority, desk, node or key that is named here already',
} as const

export const anchorEvents = {
  'exchange.directory-accepted': 'A newer directory of the own coalition was taken in',
  'exchange.directory-refused': 'A directory was refused: too few signatures, older than the one held, or another of the same version',
  'exchange.anchors-listed': 'The anchors of other coalitions were read',
  'exchange.anchor-proposed': 'Trust in the directory of another coalition was proposed',
  'exchange.anchor-confirmed': 'A second person confirmed trust in the directory of another coalition',
  'exchange.anchor-ended': 'Trust in the directory of another coalition was ended',
  'exchange.partner-directory-taken': 'The signed directory of another coalition was taken in',
  'exchange.partner-desks-read': 'Desks of other coalitions were looked up',
} as const
