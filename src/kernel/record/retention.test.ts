import { expect, it } from 'vitest'
import { RETENTION, retentionDays } from './retention.ts'
import { SUBJECT_CATEGORIES } from './statement.ts'

it.each(SUBJECT_CATEGORIES)('keeps %s no longer than its category allows, and reviews before the end', (category) => {
  const { reviewDays, eraseDays } = RETENTION[category]
  expect(reviewDays).toBeLessThanOrEqual(eraseDays)
  expect(retentionDays(category, { reviewDays: 9999, retentionDays: 9999 })).toEqual({ reviewDays, eraseDays })
  expect(retentionDays(category, { reviewDays: 30, retentionDays: 20 })).toEqual({ reviewDays: 20, eraseDays: 20 })
})

it('keeps minors, informants, victims and witnesses shorter than suspects', () => {
  for (const category of ['minor', 'informant', 'victim', 'witness'] as const) {
    expect(RETENTION[category].eraseDays).toBeLessThan(RETENTION.suspect.eraseDays)
    expect(RETENTION[category].reviewDays).toBeLessThan(RETENTION.suspect.reviewDays)
  }
})
