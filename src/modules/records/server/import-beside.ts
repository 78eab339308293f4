/**
 * What the desk of a file states of its records beside what the collection holds of them, typed in by hand or in other collections: a restriction that stands on any of it
 * reaches what a newer file says. Directive (EU) 2016/680 Art 16(3).
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { Standing } from './import-standing.ts'
import type { InternedMarking } from './write-fragments.ts'
import { arrayOf } from './write-fragments-arrays.ts'

export type StatedBeside = Pick<Standing, 'fragment' | 'entity' | 'restricted'>

interface Asked {
  readonly org: string
  readonly desk: string
  readonly marking: Pick<InternedMarking, 'purpose'>
  readonly entities: readonly string[]
  /** Current ones that the collection holds. */
  readonly held: readonly Standing[]
}

/** Current fragments of these records that the desk stated, without those that are held. */
export async function statedBeside(tx: Tx, { org, desk, marking, entities, held }: Asked): Promise<readonly StatedBeside[]> {
  if (entities.length === 0) return []
  const known = arrayOf(held.map(({ fragment }) => fragment))
  const { rows } = await sql<StatedBeside>`select f.fragment, f.entity, f.restricted from records.fragments f
    join records.markings m on m.org = f.org and m.marking = f.marking
    where f.org = ${org} and f.entity = any(${arrayOf(entities)}::text[]) and f.recorded_to is null and f.purpose = ${marking.purpose}
      and m.origin_org = ${org} and m.origin_desk = ${desk} and f.fragment <> all(${known}::uuid[])`.execute(tx)
  return rows
}
