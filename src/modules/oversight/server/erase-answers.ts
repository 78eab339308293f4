/** The nightly job that erases what requests with a key were answered, each batch with its entry in the log. */
import { ANSWERS_KEPT, eraseAnswers } from '#platform/http/erase-answers.ts'
import type { Job, RetentionRule } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'

const ERASE_ANSWERS = 'oversight.erase-answers'
const BATCH = 500

export const answersRetention: RetentionRule = {
  table: 'platform.answers',
  category: 'answers to requests with a key',
  review: ANSWERS_KEPT,
  erase: ANSWERS_KEPT,
  from: 'at',
  basis: 'Policy: long enough for any repeat',
}

export const eraseAnswersJob: Job = {
  name: ERASE_ANSWERS,
  meaning: 'Erases what requests with a key were answered, once no repeat is to be expected any more',
  schedule: '50 3 * * *',
  timeoutSeconds: 3600,
  retries: 3,
  run: async (_data, services) => {
    for (let erased = BATCH; erased === BATCH; ) erased = await eraseBatch(services)
  },
}

async function eraseBatch(services: NodeServices): Promise<number> {
  return await services.database.asWorker(ERASE_ANSWERS, async (tx) => {
    const erased = await eraseAnswers(tx, { now: services.clock.now(), most: BATCH })
    if (erased > 0)
      await services.record(tx, {
        event: 'oversight.answers-erased',
        outcome: 'done',
        facts: null,
        by: `job:${ERASE_ANSWERS}`,
        subjects: [],
        detail: { answers: erased },
      })
    return erased
  })
}
