/** A run over a file as it stands: what was asked for, what was found when it began, whether it is still wanted, and whether somebody else came between. */
import type { Selectable } from 'kysely'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { SeenIds } from './import-seen.ts'
import type { CollectionTable, ImportTable, RecordTables } from './tables.ts'
import type { InternedMarking, MarkingBody } from './write-fragments.ts'

export const RUN_IMPORT = 'records.run-import'

export interface RunAsked {
  readonly org: string
  readonly import: string
  readonly run: number
}

export interface Running extends RunAsked {
  readonly services: NodeServices
  readonly row: Selectable<ImportTable>
  readonly collection: Selectable<CollectionTable>
  readonly marking: InternedMarking & { readonly body: MarkingBody }
  /** Byte to which this run has read. Another number in the row says that another process took over. */
  readonly at: { byte: number }
  readonly seen: { ids: SeenIds | undefined }
}

/** Its row, locked, where it is. */
export async function wanted(tx: Tx, { org, import: id, run }: RunAsked): Promise<Selectable<ImportTable> | undefined> {
  return await tx
    .withTables<RecordTables>()
    .selectFrom('records.imports')
    .selectAll()
    .where('org', '=', org)
    .where('import', '=', id)
    .where('run', '=', run)
    .where('state', 'in', ['checking', 'importing'])
    .forUpdate()
    .executeTakeFirst()
}

/** Undoes a transaction that must not go on. One that was overtaken is begun anew, and sees what the other one wrote. */
export class OutOfTurn extends Error {
  readonly isOvertaken: boolean

  constructor(isOvertaken: boolean) {
    super(isOvertaken ? 'Somebody else wrote into the collection.' : 'The run is no longer wanted.')
    this.isOvertaken = isOvertaken
  }
}
