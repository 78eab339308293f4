/** Collections of records, and what comes into them: files of FollowTheMoney lines or of rows with a mapping, and what an officer types. */
import { z } from 'zod'
import {
  desk,
  entityId,
  id,
  key,
  MOST_VALUE,
  markingDraft,
  markingView,
  partialDate,
  problemRow,
  propertyName,
  schemaName,
} from './shapes.ts'

export const importFormats = ['ftm', 'csv'] as const
export const importStates = ['uploaded', 'checking', 'checked', 'importing', 'done', 'refused', 'cancelled'] as const

/** A mapping as data: `src/kernel/record/csv-mapping.ts` says what may stand in it and checks it. */
export const mappingWire = z.record(z.string().max(60), z.unknown())

export const importView = z.object({
  import: id,
  collection: id,
  name: z.string(),
  format: z.enum(importFormats),
  state: z.enum(importStates),
  /** A dry run checks and keeps nothing but its report. */
  dryRun: z.boolean(),
  progress: z.number().min(0).max(1),
  /** In = accepted + warned + quarantined: lines or rows. */
  totals: z.object({
    in: z.number().int(),
    accepted: z.number().int(),
    warned: z.number().int(),
    quarantined: z.number().int(),
    entities: z.number().int(),
    statements: z.number().int(),
  }),
  problems: z.number().int(),
  refused: z.string().optional(),
  /** While its bytes are there: until when. Without them it cannot be run. */
  keptUntil: z.iso.datetime().optional(),
  at: z.iso.datetime(),
  by: z.string(),
})
export type ImportView = z.infer<typeof importView>

export const collectionView = z.object({
  collection: id,
  title: z.string(),
  kind: z.enum(['import', 'entry', 'received']),
  desk: z.string(),
  marking: markingView,
  readers: z.array(desk),
  records: z.number().int(),
  at: z.iso.datetime(),
})
export type CollectionView = z.infer<typeof collectionView>

export const createCollection = {
  id: 'records.createCollection',
  method: 'post',
  path: 'collections',
  summary: 'Open a collection: its marking is that of everything that comes into it; a statement that says stricter is put aside',
  permission: 'records.write',
  purposeRequired: true,
  audit: 'records.collection-created',
  input: z.strictObject({ title: z.string().min(3).max(120), marking: markingDraft, key }),
  ok: z.object({ collection: id }),
  errors: ['records.readers'],
} as const

export const listCollections = {
  id: 'records.listCollections',
  method: 'get',
  path: 'collections',
  summary: 'Collections this desk may read',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.collections-listed',
  input: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(100), cursor: z.string().max(300).optional() }),
  ok: z.object({ items: z.array(collectionView), next: z.string().optional() }),
  errors: ['records.cursor'],
} as const

/** For rows: headers, the first rows, and a mapping that may fit, or one of the own desk that was used for these headers. */
const tableOf = {
  headers: z.array(z.string()).optional(),
  sample: z.array(z.array(z.string())).optional(),
  suggested: mappingWire.optional(),
  mapping: id.optional(),
}

export const uploadImport = {
  id: 'records.uploadImport',
  method: 'post',
  path: 'collections/:collection/imports',
  summary:
    'Bring a file into a collection of the own desk; it is kept as it came until it is read in, and looked at before anything is read into the collection',
  permission: 'records.write',
  purposeRequired: true,
  audit: 'records.import-uploaded',
  input: z.strictObject({ collection: id, name: z.string().min(1).max(200), format: z.enum(importFormats) }),
  ok: z.object({ import: id, ...tableOf }),
  errors: ['records.file-empty', 'records.file-format', 'records.import-state'],
  upload: { maxBytes: 4 * 1024 * 1024 * 1024 },
} as const

export const startImport = {
  id: 'records.startImport',
  method: 'post',
  path: 'imports/:import/runs',
  summary: 'Check a file (dry run) or read it in; goes on where it stopped',
  permission: 'records.write',
  purposeRequired: true,
  audit: 'records.import-started',
  input: z.strictObject({
    import: id,
    dryRun: z.boolean(),
    mapping: mappingWire.optional(),
    saveMappingAs: z.string().min(3).max(80).optional(),
  }),
  ok: z.object({ state: z.enum(importStates) }),
  errors: ['records.mapping', 'records.import-state', 'records.file-gone'],
} as const

export const cancelImport = {
  id: 'records.cancelImport',
  method: 'post',
  path: 'imports/:import/cancellations',
  summary: 'Stop a run; what was read in already stays and is said',
  permission: 'records.write',
  purposeRequired: true,
  audit: 'records.import-cancelled',
  input: z.strictObject({ import: id }),
  ok: z.object({ state: z.enum(importStates) }),
  errors: ['records.import-state'],
} as const

export const listImports = {
  id: 'records.listImports',
  method: 'get',
  path: 'imports',
  summary: 'Files brought in by this desk',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.imports-listed',
  input: z.strictObject({
    collection: id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(300).optional(),
  }),
  ok: z.object({ items: z.array(importView), next: z.string().optional() }),
  errors: ['records.cursor'],
} as const

export const showImport = {
  id: 'records.showImport',
  method: 'get',
  path: 'imports/:import',
  summary: 'One file: how far it is, and what could not be taken as it stood, each with its line',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.import-read',
  input: z.strictObject({ import: id, from: z.coerce.number().int().min(0).default(0) }),
  /** The table too, so that mapping goes on after the page was left. */
  ok: importView.extend({ problemRows: z.array(problemRow), problemsLeftOut: z.number().int(), ...tableOf }),
  errors: [],
} as const

export const exportImportReport = {
  id: 'records.exportImportReport',
  method: 'get',
  path: 'imports/:import/report',
  summary: 'Every problem of a file as CSV',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.import-report-exported',
  input: z.strictObject({ import: id }),
  ok: z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() }),
  errors: [],
  download: true,
} as const

export const listMappings = {
  id: 'records.listMappings',
  method: 'get',
  path: 'mappings',
  summary: 'Mappings this desk saved',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.mappings-listed',
  input: z.strictObject({}),
  ok: z.object({
    items: z.array(
      z.object({ mapping: id, title: z.string(), headers: z.array(z.string()), definition: mappingWire, at: z.iso.datetime() }),
    ),
  }),
  errors: [],
} as const

export const exportCollection = {
  id: 'records.exportCollection',
  method: 'get',
  path: 'collections/:collection/export',
  summary:
    'Records of a collection as FollowTheMoney lines or CSV, as far as they are for this desk; the last line says whether more follows',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.collection-exported',
  input: z.strictObject({
    collection: id,
    format: z.enum(['ftm', 'statements', 'csv']),
    schema: schemaName.optional(),
    after: z.string().max(300).optional(),
  }),
  ok: z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() }),
  errors: ['records.cursor'],
  download: true,
} as const

export const enterRecord = {
  id: 'records.enterRecord',
  method: 'post',
  path: 'records',
  summary: 'Write a record by hand, or add statements to one that the desk may read',
  permission: 'records.write',
  purposeRequired: true,
  audit: 'records.record-entered',
  input: z.strictObject({
    entity: entityId.optional(),
    schema: schemaName,
    values: z
      .array(
        z.strictObject({
          prop: propertyName,
          value: z.string().min(1).max(MOST_VALUE),
          from: partialDate.optional(),
          to: partialDate.optional(),
        }),
      )
      .min(1)
      .max(500),
    marking: markingDraft,
    key,
  }),
  ok: z.object({ entity: entityId, fragment: id, problems: z.array(problemRow) }),
  errors: ['records.values', 'records.readers', 'records.schema'],
} as const
