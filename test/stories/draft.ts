/** A valid alert from Guayaquil over Algeciras to Antwerp, to be changed by a test where it matters. */
import { randomUUID } from 'node:crypto'
import { type AlertDraftInput, issueAlert, listAlerts } from '#modules/cargo/contract'
import type { Client } from '../../src/app/client.ts'
import type { TestCoalition } from '../../src/testing/coalition.ts'

export const HOUR = 3_600_000

/** A container as what an alert is about. */
export const box = (number: string) => ({ kind: 'container' as const, number })

export function draftOf(coalition: TestCoalition, part: Partial<AlertDraftInput> = {}): AlertDraftInput {
  const eta = (hours: number) => new Date(coalition.clock.now().getTime() + hours * HOUR).toISOString()
  return {
    subject: box('MSCU6639870'),
    bill: 'TESTBL0001',
    legs: [
      { role: 'loading', place: 'ECGYE' },
      { role: 'transhipment', place: 'ESALG', eta: eta(216) },
      { role: 'discharge', place: 'BEANR', eta: eta(360) },
    ],
    reasons: ['seal-anomaly'],
    narrative: 'Seal looks glued.',
    requested: 'physical-control',
    evaluation: { source: 'B', info: 2 },
    handling: { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] },
    source: { origin: 'own-control' },
    ...part,
  }
}

export const actKey = () => `test-${randomUUID()}`

/** Issues and waits until each of the given people sees it. */
export async function issueAndWait(
  coalition: TestCoalition,
  draft: AlertDraftInput,
  { from, seenBy }: { readonly from: Client; readonly seenBy: readonly Client[] },
): Promise<string> {
  const { alert } = await from.call(issueAlert, { draft, key: actKey() })
  for (const client of seenBy)
    await coalition.eventually(
      async () => (await client.call(listAlerts, { limit: 200 })).items,
      (items) => items.some((item) => item.alert === alert),
    )
  return alert
}
