/** Rows of what a case has in documents, and how a desk's own view of the case is found. Names and meaning: `document-migration.ts`. */
import { sql } from 'kysely'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import type { CaseFold } from '#kernel/procedure/fold.ts'
import { needsManifest } from '#kernel/procedure/manifest.ts'
import { notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { Tx } from '#platform/store/database.ts'
import type { CaseFile } from '../contract.ts'
import { foldOf, rolesOf } from './case-fold.ts'
import { type CaseRow, caseRow, versionOf } from './case-row.ts'
import { ordersFiles } from './files-erased.ts'
import type { ProcedureTables } from './tables.ts'

export interface FileRow {
  readonly authority: string
  readonly case_id: string
  readonly file: string
  readonly name: string
  /** bigint comes as text. */
  readonly size: string
  readonly sha256: string
  readonly sha512: string
  readonly roles: string[]
  readonly personal: boolean
  readonly origin_org: string
  readonly origin_desk: string
  readonly received: string
  readonly stored: boolean
  readonly asked: boolean
  readonly at: Date
}

/** A case as one desk of this node holds it, with what is derived from it. */
export interface OwnCase {
  readonly row: CaseRow
  readonly fold: CaseFold
  readonly definition: ProcedureDef
  /** Roles that the desk fills now. */
  readonly roles: readonly string[]
}

/** Of a case that runs by its data alone; the common 404 for every other, and for one that is not visible. */
export async function ownCase(context: CaseContext, caseId: string): Promise<OwnCase> {
  const row = await caseRow(context.tx, { authority: context.facts.authority, caseId })
  if (row.base === null) throw notFound()
  context.about({ kind: 'case', id: row.case_id })
  return await derived(context, row)
}

/** The case a message is about, as the desk it is addressed to holds it; undefined when it is not here. */
export async function caseAt(
  work: WorkContext,
  at: { readonly org: string; readonly unit: string; readonly procedure: string; readonly reference: string },
): Promise<OwnCase | undefined> {
  const row = await work.tx
    .withTables<ProcedureTables>()
    .selectFrom('procedures.cases')
    .selectAll()
    .where('authority', '=', at.org)
    .where('definition', '=', at.procedure)
    .where('subject', '=', at.reference)
    .where('party', '=', at.unit)
    .executeTakeFirst()
  return row === undefined || row.base === null ? undefined : await derived(work, row)
}

async function derived({ tx, services }: Pick<WorkContext, 'tx' | 'services'>, row: CaseRow): Promise<OwnCase> {
  const fold = await foldOf(tx, services, row)
  return { row, fold, definition: versionOf(services, row.definition, fold.version).definition, roles: rolesOf(row, fold) }
}

export async function fileRows(tx: Tx, row: Pick<CaseRow, 'authority' | 'case_id'>): Promise<readonly FileRow[]> {
  const { rows } = await sql<FileRow>`select * from procedures.files where authority = ${row.authority} and case_id = ${row.case_id}
    order by at, file`.execute(tx)
  return rows
}

/** Those that this desk may know of: none of another desk once a step has ordered to erase them. */
export async function knownFiles(
  tx: Tx,
  { row, fold, definition }: Pick<OwnCase, 'row' | 'fold' | 'definition'>,
): Promise<readonly FileRow[]> {
  const rows = await fileRows(tx, row)
  return ordersFiles(definition, fold) ? rows.filter(({ origin_desk: desk }) => desk === row.party) : rows
}

export async function fileRow(tx: Tx, row: Pick<CaseRow, 'authority' | 'case_id'>, file: string): Promise<FileRow | undefined> {
  const { rows } = await sql<FileRow>`select * from procedures.files where authority = ${row.authority} and case_id = ${row.case_id}
    and file = ${file}`.execute(tx)
  return rows[0]
}

/** Where a file is noted that came before its case. */
export const earlyCase = (reference: string, desk: string) => `early ${reference} ${desk}`

/** Realm of private parties. */
const PRIVATE = 'partner'

/** The rule that fields are held to (`check-fields.ts`): personal data go to a private party only where a text orders it. */
export function mayHavePersonal({ roles, fields }: ProcedureDef, role: string): boolean {
  const isPrivate = roles[role]?.realms.every((realm) => realm === PRIVATE) === true
  return !isPrivate || fields.some(({ audience, partnerBasis }) => partnerBasis !== undefined && audience.includes(role))
}

/** A role that the desk no longer fills gives it nothing that is released later; what it was given stays, as with every step. */
export function fileView(file: FileRow): CaseFile {
  const size = Number(file.size)
  return {
    file: file.file,
    name: file.name,
    size,
    sha256: file.sha256,
    sha512: file.sha512,
    roles: file.roles,
    personal: file.personal,
    state: file.stored ? 'here' : needsManifest({ size, channel: 'system' }) ? 'by-manifest' : file.asked ? 'coming' : 'there',
    from: file.origin_desk,
    at: file.at.toISOString(),
  }
}
