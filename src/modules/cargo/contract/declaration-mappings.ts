/** Routes for tables whose columns have other names: propose a mapping, try it, save it, read by it. */
import { z } from 'zod'
import { intakeProblem } from './intake.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** Columns of a table of declarations, by the names the slice gives them. */
export const DECLARATION_COLUMNS = [
  'declaration',
  'container',
  'seals',
  'bill_of_lading',
  'booking',
  'consignor',
  'consignee',
  'notify',
  'pol',
  'pod',
  'delivery',
  'hs',
  'description',
  'gross_kg',
  'packages',
  'vgm_kg',
  'consignor_address',
  'consignee_address',
  'freight',
  'customs_value',
  'currency',
] as const
export type DeclarationColumn = (typeof DECLARATION_COLUMNS)[number]

/** How the columns are called in one desk's files: column of ours, header of the file as it stands there. `inTonnes`: weights of the file. */
export const declarationMapping = z.strictObject({
  delimiter: z.enum([',', ';', '\t', '|']),
  columns: z.partialRecord(z.enum(DECLARATION_COLUMNS), z.string().min(1).max(120)),
  inTonnes: z.boolean().optional(),
})
export type DeclarationMapping = z.infer<typeof declarationMapping>

export const savedMapping = z.object({
  mapping: z.string(),
  version: z.number().int(),
  title: z.string(),
  headers: z.array(z.string()).describe('Columns of the tables that it is for'),
  definition: declarationMapping,
  at: z.iso.datetime(),
  savedBy: z.string(),
  /** The next table with these headers is read by this one. */
  isUsed: z.boolean(),
})
export type SavedMapping = z.infer<typeof savedMapping>

export const listDeclarationMappings = {
  id: 'cargo.listDeclarationMappings',
  method: 'get',
  path: 'cargo/declaration-mappings',
  summary: 'Mappings of columns that this desk saved, every version, newest first',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.mappings-listed',
  input: z.strictObject({}),
  ok: z.object({ items: z.array(savedMapping) }),
  errors: [],
} as const

export const proposeDeclarationMapping = {
  id: 'cargo.proposeDeclarationMapping',
  method: 'get',
  path: 'cargo/documents/:document/mapping',
  summary: 'Headers of a table, and the mapping that this desk saved for them or one that may fit',
  permission: 'cargo.intake',
  purposeRequired: true,
  audit: 'cargo.mapping-proposed',
  input: z.strictObject({ document: sha256 }),
  ok: z.object({
    headers: z.array(z.string()),
    proposed: declarationMapping,
    saved: z.object({ title: z.string(), version: z.number().int() }).optional().describe('The saved mapping that is proposed'),
  }),
  errors: ['cargo.no-table'],
} as const

export const tryDeclarationMapping = {
  id: 'cargo.tryDeclarationMapping',
  method: 'post',
  path: 'cargo/documents/:document/mapping-trials',
  summary: 'What a table would become under a mapping: counts, first problems, first consignments; nothing is kept',
  permission: 'cargo.intake',
  purposeRequired: true,
  audit: 'cargo.mapping-tried',
  input: z.strictObject({ document: sha256, mapping: declarationMapping }),
  ok: z.object({
    isWhole: z.boolean().describe('False when only the beginning was tried'),
    rows: z.number(),
    consignments: z.number(),
    containers: z.number(),
    warnings: z.number(),
    problems: z.array(intakeProblem),
    sample: z.array(
      z.object({
        document: z.string(),
        consignor: z.string().optional(),
        consignee: z.string().optional(),
        loading: z.string().optional(),
        discharge: z.string().optional(),
        goods: z.string(),
        containers: z.array(z.string()),
        grossKilograms: z.number().optional(),
      }),
    ),
    refused: intakeProblem.optional(),
  }),
  errors: ['cargo.no-table', 'cargo.mapping'],
} as const

export const readWithMapping = {
  id: 'cargo.readWithMapping',
  method: 'post',
  path: 'cargo/documents/:document/readings',
  summary: 'Read a table by a mapping in the background, and keep the mapping for the next one with the same headers',
  permission: 'cargo.intake',
  purposeRequired: true,
  audit: 'cargo.document-mapped',
  input: z.strictObject({ document: sha256, mapping: declarationMapping, saveAs: z.string().trim().min(3).max(80).optional() }),
  ok: z.object({ document: sha256 }),
  errors: ['cargo.no-table', 'cargo.mapping', 'cargo.document-state'],
} as const
