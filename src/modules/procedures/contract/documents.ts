/**
 * Wire shapes and routes of what a case has in documents: certificates for one role, files, signatures made outside, transmission manifests.
 * Invariant: a certificate or file is on the wire only for a desk whose roles stand in its audience; which roles it is for, likewise.
 */
import { z } from 'zod'
import type { Certificate } from '#kernel/procedure/certificate.ts'
import { legalRef } from './cases.ts'

const caseId = z.string().max(60)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const sha512 = z.string().regex(/^[0-9a-f]{128}$/)
const fileName = z
  .string()
  .min(1)
  .max(200)
  // oxlint-disable-next-line no-control-regex -- a file name with control signs, or with a folder in it, is no name
  .regex(/^[^\u0000-\u001f\u007f/\\]+$/)

/** One file of a case, at most. What is larger than 25 600 KB stays where it is and goes to others with a manifest. */
export const MOST_FILE_BYTES = 512 * 1024 * 1024

const certificateField: z.ZodType = z.lazy(() =>
  z.object({
    id: z.string(),
    path: z.string().describe('Stable address of the value: section, field, number of the entry, part'),
    title: z.string(),
    type: z.string(),
    state: z.enum(['given', 'empty', 'erased']),
    value: z.json().optional(),
    text: z.array(z.string()).optional().describe('What the codes mean, in the words of the pinned version'),
    entries: z.array(z.array(certificateField)).optional(),
    basis: legalRef.optional(),
  }),
)

const certificateShape = z.object({
  format: z.literal('breakwater-certificate/1'),
  procedure: z.object({ id: z.string(), version: z.string(), title: z.string(), basis: z.array(legalRef) }),
  case: z.string().describe('The reference that is the same on every node of the case'),
  order: z.number().describe('Number of the last step that it takes in'),
  role: z.string(),
  form: z.string().optional(),
  sections: z.array(z.object({ id: z.string(), title: z.string(), fields: z.array(certificateField) })),
}) as unknown as z.ZodType<Certificate>

const certificateInput = z.strictObject({
  case: caseId,
  role: z.string().max(60).describe('For whom it is made'),
  form: z.string().max(60).optional().describe('A step with a form; absent for the case as a whole'),
  order: z.coerce.number().int().min(0).optional().describe('As of this step; absent for the case as it stands'),
})

export const showCertificate = {
  id: 'procedures.showCertificate',
  method: 'get',
  path: 'cases/:case/certificate',
  summary: 'The case as a document for one role, with the titles and code lists of the version it is pinned to',
  permission: 'procedures.read-case',
  purposeRequired: true,
  audit: 'procedures.certificate-read',
  input: certificateInput,
  ok: z.object({
    certificate: certificateShape,
    sha256: sha256.describe('Of the exported bytes: what a signature is compared with'),
    roleTitle: z.string(),
    formTitle: z.string().optional(),
    complete: z.boolean().describe('False when the role may see fields that this desk may not: they are missing here'),
    desks: z.record(z.string(), z.string()).describe('Names of desks that occur in it'),
    demonstration: z.boolean(),
  }),
  errors: [],
} as const

export const exportCertificate = {
  id: 'procedures.exportCertificate',
  method: 'get',
  path: 'cases/:case/certificate-export',
  summary: 'The same document as canonical JSON (RFC 8785): byte for byte what is signed outside and compared afterwards',
  permission: 'procedures.read-case',
  purposeRequired: true,
  audit: 'procedures.certificate-exported',
  input: certificateInput,
  ok: z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() }),
  errors: [],
  download: true,
} as const

export const caseFile = z.object({
  file: z.string(),
  name: z.string(),
  size: z.number(),
  sha256,
  sha512,
  roles: z.array(z.string()).describe('Whom it is released to'),
  personal: z.boolean(),
  state: z
    .enum(['here', 'there', 'coming', 'by-manifest'])
    .describe('Whether the bytes lie on this node, can be asked for, or come with a manifest'),
  from: z.string().describe('Desk that added it'),
  at: z.iso.datetime(),
})
export type CaseFile = z.infer<typeof caseFile>

export const SIGNATURE_KINDS = ['qualified-signature', 'qualified-seal'] as const

export const signatureView = z.object({
  signature: z.string(),
  kind: z.enum(SIGNATURE_KINDS),
  signer: z.string(),
  signedAt: z.iso.datetime(),
  role: z.string(),
  form: z.string().optional(),
  order: z.number(),
  digest: sha256.describe('Of the certificate that was signed'),
  found: z.enum(['bytes', 'digest', 'stated']).describe('The evidence holds the certificate, holds its digest, or only the person says so'),
  name: z.string(),
  size: z.number(),
  sha256: sha256.describe('Of the evidence itself'),
  by: z.string(),
  at: z.iso.datetime(),
})
export type SignatureRow = z.infer<typeof signatureView>

const manifestParty = z.strictObject({ desk: z.string().max(120), name: z.string().max(200), country: z.string().length(2) })
export const MEANS = ['secure-link', 'postal', 'courier', 'by-hand', 'other'] as const

const manifestFile = z.strictObject({ name: fileName, size: z.number().int().min(0), digests: z.strictObject({ 'SHA-512': sha512 }) })

export const manifestShape = z.strictObject({
  format: z.literal('breakwater-manifest/1'),
  sender: manifestParty.extend({ zone: z.string().max(60) }),
  recipient: manifestParty,
  orders: z
    .array(z.strictObject({ reference: z.string().min(1).max(200), procedure: z.string().max(60), title: z.string().max(200) }))
    .min(1)
    .max(20),
  means: z.strictObject({ kind: z.enum(MEANS), record: z.string().min(1).max(2000) }),
  at: z.iso.datetime(),
  accessibleUntil: z.iso.datetime().optional(),
  extension: z.strictObject({ requestedBy: z.string().min(1).max(200), requestedAt: z.iso.datetime(), until: z.iso.datetime() }).optional(),
  files: z.array(manifestFile).min(1).max(500),
  remarks: z.string().max(2000).optional(),
})

export const manifestView = z.object({ manifest: z.string(), from: z.string(), at: z.iso.datetime(), body: manifestShape })
export type ManifestRow = z.infer<typeof manifestView>

export const listDocuments = {
  id: 'procedures.listDocuments',
  method: 'get',
  path: 'cases/:case/documents',
  summary: 'What a case has in documents, as far as it is for this desk: forms, files, signatures, manifests',
  permission: 'procedures.read-case',
  purposeRequired: true,
  audit: 'procedures.documents-listed',
  input: z.strictObject({ case: caseId }),
  ok: z.object({
    /** Roles a certificate can be made for, and forms there are. */
    roles: z.array(z.object({ id: z.string(), title: z.string(), isOwn: z.boolean(), mayHavePersonal: z.boolean() })),
    forms: z.array(z.object({ id: z.string(), title: z.string(), official: z.string().optional(), roles: z.array(z.string()) })),
    /** Points of the case that a certificate can show, the latest first. */
    points: z.array(z.object({ order: z.number(), title: z.string(), at: z.iso.datetime() })),
    recipients: z.array(z.object({ desk: z.string(), name: z.string() })).describe('Parties that a manifest can be for'),
    reference: z.string(),
    files: z.array(caseFile),
    signatures: z.array(signatureView),
    manifests: z.array(manifestView),
  }),
  errors: [],
} as const
export type CaseDocuments = z.infer<(typeof listDocuments)['ok']>

export const uploadFile = {
  id: 'procedures.uploadFile',
  method: 'post',
  path: 'cases/:case/files',
  summary: 'Add a file to a case and release it to the roles that are named; parties that have the case learn of it',
  permission: 'procedures.take-step',
  purposeRequired: true,
  audit: 'procedures.file-added',
  input: z.strictObject({
    case: caseId,
    name: fileName,
    roles: z.string().max(400).default('').describe('Roles beside the own ones, with commas between'),
    personal: z.enum(['yes', 'no']).describe('Whether it holds personal data'),
  }),
  ok: z.object({ file: z.string(), sha256, sha512, size: z.number() }),
  errors: ['procedures.file-roles', 'procedures.file-size', 'procedures.refused'],
  upload: { maxBytes: MOST_FILE_BYTES },
} as const

export const fetchFile = {
  id: 'procedures.fetchFile',
  method: 'post',
  path: 'cases/:case/file-fetches',
  summary: 'Ask the desk that added a file for its bytes',
  permission: 'procedures.take-step',
  purposeRequired: true,
  audit: 'procedures.file-asked',
  input: z.strictObject({ case: caseId, file: z.string().max(60) }),
  ok: z.object({ state: z.enum(['here', 'coming']) }),
  errors: ['procedures.file-size'],
} as const

export const readFile = {
  id: 'procedures.readFile',
  method: 'get',
  path: 'cases/:case/file-pieces',
  summary: 'A piece of the bytes of a file or of signature evidence of a case',
  permission: 'procedures.read-case',
  purposeRequired: true,
  audit: 'procedures.file-read',
  input: z.strictObject({ case: caseId, file: z.string().max(60), start: z.coerce.number().int().min(0).default(0) }),
  /** Base64; `next` is absent after the last piece. */
  ok: z.object({ name: z.string(), size: z.number(), bytes: z.string(), next: z.number().optional() }),
  errors: [],
} as const

export const uploadSignature = {
  id: 'procedures.uploadSignature',
  method: 'post',
  path: 'cases/:case/signatures',
  summary: 'Keep the evidence of a signature or seal made outside; refused unless it is over the certificate exactly as exported',
  permission: 'procedures.take-step',
  purposeRequired: true,
  audit: 'procedures.signature-added',
  input: z.strictObject({
    case: caseId,
    name: fileName,
    role: z.string().max(60),
    form: z.string().max(60).optional(),
    order: z.coerce.number().int().min(0),
    kind: z.enum(SIGNATURE_KINDS),
    signer: z.string().min(1).max(200),
    signedAt: z.iso.datetime(),
    digest: sha256.describe('SHA-256 of what was signed'),
  }),
  ok: z.object({ signature: z.string(), found: z.enum(['bytes', 'digest', 'stated']) }),
  errors: ['procedures.digest', 'procedures.file-size'],
  upload: { maxBytes: 25 * 1024 * 1024 },
} as const

export const makeManifest = {
  id: 'procedures.makeManifest',
  method: 'post',
  path: 'cases/:case/manifests',
  summary: 'Record what was sent outside the system, and send the manifest of it to its recipient',
  permission: 'procedures.take-step',
  purposeRequired: true,
  audit: 'procedures.manifest-made',
  input: z.strictObject({
    case: caseId,
    recipient: z.string().max(120).describe('Desk of a party of the case'),
    orders: manifestShape.shape.orders.optional().describe('Absent: this case'),
    means: manifestShape.shape.means,
    at: z.iso.datetime().describe('When it was sent or made available'),
    availableDays: z.number().int().min(1).max(1000).optional().describe('Calendar days for which it can be fetched'),
    extension: manifestShape.shape.extension,
    files: z.array(z.string().max(60)).max(500).default([]).describe('Files of the case'),
    others: z.array(manifestFile).max(500).default([]).describe('Files that never came into the case, with their own digests'),
    remarks: manifestShape.shape.remarks,
  }),
  ok: z.object({ manifest: z.string() }),
  errors: ['procedures.manifest', 'procedures.party'],
} as const

export const exportManifest = {
  id: 'procedures.exportManifest',
  method: 'get',
  path: 'cases/:case/manifests/:manifest',
  summary: 'A manifest as a file, to be checked beside the evidence on any machine',
  permission: 'procedures.read-case',
  purposeRequired: true,
  audit: 'procedures.manifest-exported',
  input: z.strictObject({ case: caseId, manifest: z.string().max(60) }),
  ok: z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() }),
  errors: [],
  download: true,
} as const
