/** Rows of the slice as Kysely types; what each column holds is said where its table is made. */
import type { Generated, JSONColumnType } from 'kysely'

/** [property, value, pointer, from, to, lang, said]: trailing members are left out. `said`: how the source names the record that a reference means. */
export type StoredValue = readonly [
  prop: string,
  value: string,
  pointer?: string | null,
  from?: string | null,
  to?: string | null,
  lang?: string | null,
  said?: string | null,
]

interface Shared {
  org: string
  purpose: string
  audience: string[]
}
interface OfDesk extends Shared {
  desk: string
}

export interface MarkingTable extends Shared {
  marking: string
  view: string
  origin_org: string
  origin_desk: string
  body: JSONColumnType<object>
}
export interface CollectionTable extends OfDesk {
  collection: string
  title: string
  kind: string
  marking: string
  readers: string[]
  review_days: number
  retention_days: number
  item: string | null
  sha256: string | null
  state: string
  writer: Generated<string | null>
  at: Date
}
export interface CollectionSizeTable extends Shared {
  collection: string
  view: string
  records: string
}
export interface ImportTable extends OfDesk {
  import: string
  collection: string
  name: string
  format: string
  sha256: string
  size: string | number
  state: string
  dry_run: boolean
  mapping: JSONColumnType<Record<string, unknown>> | null
  bytes_read: string | number
  /** Lines of the file until there, empty ones and those within cells as well. */
  physical_lines: number
  lines: number
  accepted: number
  warned: number
  quarantined: number
  entities: number
  statements: number
  problems: number
  refused: string | null
  run: number
  officer: string
  officer_name: string
  at: Date
  finished_at: Date | null
  file: Generated<string | null>
}
export interface ImportKeyTable extends Shared {
  import: string
  key: string
}
export interface ImportProblemTable extends Shared {
  import: string
  run: number
  ordinal: number
  line: number
  place: string
  code: string
  severity: string
  text: string
  raw: string | null
}
export interface MappingTable extends OfDesk {
  mapping: string
  title: string
  headers: string[]
  definition: JSONColumnType<Record<string, unknown>>
  at: Date
}
export interface FragmentTable extends Shared {
  fragment: string
  entity: string
  schema: string
  collection: string
  external_id: string
  import: string | null
  line: number | null
  vals: JSONColumnType<StoredValue[]> | null
  context: JSONColumnType<Record<string, unknown>> | null
  marking: string
  recorded_from: Date
  recorded_to: Date | null
  end_reason: string | null
  end_by: string | null
  end_note: string | null
  supersedes: string | null
  review_at: Date
  erase_at: Date
  review_note: string | null
  restricted: boolean
  digest: Generated<number | null>
  run: Generated<number | null>
  brief: Generated<JSONColumnType<StoredValue[]> | null>
}
export interface SearchDocTable extends Shared {
  fragment: string
  entity: string
  schema: string
  collection: string
  view: string
  caption: string
  names: string[]
  countries: string[]
  topics: string[]
  identifiers: string[]
  keys: number[]
  words: string
  at: Date
}
export interface LargeKeyTable extends Shared {
  view: string
  hash: number
  at_least: number
}
export interface EdgeTable extends Shared {
  fragment: string
  ordinal: number
  entity: string | null
  kind: string
  src: string
  dst: string
  valid_from: string | null
  valid_to: string | null
  collection: string
  view: string
}
export interface NamedInTable extends Shared {
  entity: string
  fragment: string
  view: string
}
export interface ViewStateTable extends Shared {
  view: string
  version: string
}
export interface JudgementTable extends OfDesk {
  judgement: string
  left_entity: string
  right_entity: string
  verdict: string
  reason: string
  evidence: string[]
  score: number | null
  officer: string
  officer_name: string
  at: Date
  revoked_at: Date | null
  revoked_by: string | null
  revoke_reason: string | null
}
export interface MemberTable extends OfDesk {
  entity: string
  cluster: string
}

export interface HoldTable extends OfDesk {
  hold: string
  entity: string
  case_ref: string
  reason: string
  officer: string
  at: Date
  until: Date
  lifted_at: Date | null
  lift_reason: string | null
}

export interface BoardTable extends OfDesk {
  board: string
  revision: number
  title: string
  case_ref: string | null
  layout: JSONColumnType<object>
  entities: string[]
  readers: string[]
  officer: string
  officer_name: string
  at: Date
}

export interface JudgementStateTable extends OfDesk {
  version: string
}

// oxlint-disable-next-line typescript/consistent-type-definitions -- Kysely wants a type with an index signature, which only an alias has
export type RecordTables = {
  'records.holds': HoldTable
  'records.boards': BoardTable
  'records.markings': MarkingTable
  'records.collections': CollectionTable
  'records.collection_sizes': CollectionSizeTable
  'records.imports': ImportTable
  'records.import_keys': ImportKeyTable
  'records.import_problems': ImportProblemTable
  'records.mappings': MappingTable
  'records.fragments': FragmentTable
  'records.search_docs': SearchDocTable
  'records.edges': EdgeTable
  'records.named_in': NamedInTable
  'records.large_keys': LargeKeyTable
  'records.view_states': ViewStateTable
  'records.judgements': JudgementTable
  'records.members': MemberTable
  'records.judgement_states': JudgementStateTable
}
