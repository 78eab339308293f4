/**
 * Statements: what somebody said of a record, one value at a time. Statements that came together from one source under one marking lie together in a
 * fragment; a record is the union of its fragments, and each reader has the fragments that are for that reader.
 * Invariants: a fragment is never changed. A correction, recall or erasure ends it (`recordedTo`) and, for a correction, another one takes its place;
 * what was known on a day is what was recorded on that day. Shape after the statements of FollowTheMoney 4 and nomenklatura (entity, property, value, dataset, first and last seen).
 */
import type { Evaluation } from '../handling/evaluation.ts'
import type { Handling } from '../handling/handling.ts'

/** Who a value may be about: Directive (EU) 2016/680 Art 6, minors and informants apart; `thing` where it is about no person. */
export const SUBJECT_CATEGORIES = [
  'suspect',
  'convicted',
  'victim',
  'witness',
  'informant',
  'associate',
  'minor',
  'other',
  'thing',
] as const
export type SubjectCategory = (typeof SUBJECT_CATEGORIES)[number]

/** What all statements of a fragment share. */
export interface Marking {
  /** Authority and desk whose information it is; never this node's merely because it holds a copy. */
  readonly origin: { readonly org: string; readonly desk: string }
  readonly evaluation: Evaluation
  readonly handling: Handling
  readonly purpose: string
  readonly legalBasis: { readonly act: string; readonly art: string }
  readonly category: SubjectCategory
  /** Instants, ISO 8601 in UTC. */
  readonly reviewAt: string
  readonly eraseAt: string
}

/** One value of one property, with its place in the source and the time for which it is said to hold. */
export interface StatedValue {
  readonly prop: string
  readonly value: string
  /** Within the source: `line 12 column name`, `statement 4`; absent when typed in. */
  readonly pointer?: string
  /** Valid time as FtM dates (YYYY, YYYY-MM, YYYY-MM-DD …); absent = unbounded. */
  readonly from?: string
  readonly to?: string
  /** BCP 47 or ISO 639 code of the value, when the source says it. */
  readonly lang?: string
}

/** Why a fragment ended. */
export type EndReason = 'corrected' | 'recalled' | 'erased' | 'withdrawn' | 'superseded'

export interface Fragment {
  /** Time-ordered, unique on its node. */
  readonly id: string
  /** Record it speaks of: the same wherever the record travels. */
  readonly entity: string
  readonly schema: string
  readonly values: readonly StatedValue[]
  readonly source: {
    readonly collection: string
    /** Id that the source itself uses. */
    readonly externalId: string
    readonly import?: string
    /** Counted from 1. */
    readonly line?: number
  }
  readonly marking: Marking
  readonly recordedFrom: string
  readonly recordedTo?: string
  readonly ended?: { readonly reason: EndReason; readonly by: string; readonly note?: string }
  /** The fragment it takes the place of. */
  readonly supersedes?: string
}
