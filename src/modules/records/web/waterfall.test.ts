/** What the waterfall says: each reason that the comparison may give has its words. */
import { expect, it } from 'vitest'
import { STEP_CODES } from '#kernel/match/record-score.ts'
import { messages } from './matches.messages.en.ts'

it.each(STEP_CODES)('%s is said in words', (code) => {
  expect(Object.keys(messages)).toContain(`record.step.${code}`)
})
