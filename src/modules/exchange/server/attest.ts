/** Evidence of what a desk did with a message, given behind the request that did it: reading must not wait for a signature. */
import type { CaseContext } from '#platform/http/case-context.ts'
import type { Job } from '#platform/module/define-module.ts'

type Kind = 'retrieval' | 'actioned' | 'recalled'

export const attestJob: Job = {
  name: 'exchange.attest',
  meaning: 'Tells the sender of a message what a desk did with it: opened, acted on, recalled',
  timeoutSeconds: 60,
  retries: 5,
  run: async (data, services) =>
    await services.database.asWorker('exchange.attest', async (tx) => {
      const { messageId, org, unit, kind } = data as { messageId: string; org: string; unit: string; kind: Kind }
      await services.attest(tx, { messageId, org, unit, kind })
    }),
}

/** Once for each message, desk and kind. */
export async function attestLater(context: CaseContext, messageId: string, kind: Kind): Promise<void> {
  const { authority: org, desk: unit } = context.facts
  await context.services.enqueue(context.tx, {
    name: attestJob.name,
    data: { messageId, org, unit, kind },
    key: `${kind}:${messageId}:${unit}`,
  })
}
