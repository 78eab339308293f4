/**
 * How long statements are kept, by whom they are about. Law asks for time limits and for a difference between categories of persons (Directive (EU) 2016/680 Arts 4(1)(e), 5 and 6;
 * Regulation (EU) 2016/794 Art 31 has reviews at the latest after three years); the days themselves are policy of the coalition.
 * Invariant: whoever states something may keep it shorter, never longer, than its category allows.
 */
import type { SubjectCategory } from './statement.ts'

export interface RetentionPeriod {
  /** Days until somebody looks whether it is still needed. */
  readonly reviewDays: number
  /** Days after which it goes, whether somebody looked or not. */
  readonly eraseDays: number
  readonly basis: string
  /** D: the period is policy; what the basis demands is that there be one. */
  readonly mark: 'D'
}

const period = (reviewDays: number, eraseDays: number): RetentionPeriod => ({
  reviewDays,
  eraseDays,
  basis: 'Directive (EU) 2016/680 Arts 5 and 6',
  mark: 'D',
})

export const RETENTION: Readonly<Record<SubjectCategory, RetentionPeriod>> = {
  suspect: period(365, 1095),
  convicted: period(1095, 1825),
  associate: period(365, 730),
  victim: period(180, 730),
  witness: period(180, 730),
  informant: period(180, 365),
  minor: period(180, 365),
  other: period(180, 730),
  thing: period(1095, 3650),
}

/** The days that hold: those asked for, within those of the category; a review is never after the end. */
export function retentionDays(category: SubjectCategory, asked: { readonly reviewDays: number; readonly retentionDays: number }) {
  const most = RETENTION[category]
  const eraseDays = Math.min(asked.retentionDays, most.eraseDays)
  return { reviewDays: Math.min(asked.reviewDays, most.reviewDays, eraseDays), eraseDays }
}
