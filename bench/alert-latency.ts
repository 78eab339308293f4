/** From the click on "issue" to the alert in the list of the receiving desk, over HTTPS between processes. The peer is one HTTPS request between two processes. */
import { setTimeout as sleep } from 'node:timers/promises'
import { chooseBox, draftFor, storyDocuments } from '../src/app/demo/story-documents.ts'
import { issueAlert, listAlerts } from '../src/modules/cargo/contract.ts'
import { benchCoalition, percentile } from './bench-coalition.ts'
import type { BenchRow } from './bench-row.ts'
import { startEcho } from './peer-echo.ts'

const ALERTS = 60

export async function benchAlertLatency(): Promise<BenchRow[]> {
  const coalition = await benchCoalition()
  const { guayaquil, antwerp } = coalition.cast
  const documents = storyDocuments(new Date())
  const draft = draftFor(documents, chooseBox(documents), new Date())
  const took: number[] = []
  try {
    await antwerp.call(listAlerts, {})
    for (let index = 0; index < ALERTS; index++) {
      const begun = performance.now()
      const { alert } = await guayaquil.call(issueAlert, { draft, key: `latency-${index}` })
      for (;;) {
        const { items } = await antwerp.call(listAlerts, { limit: 5 })
        if (items.some((item) => item.alert === alert)) break
        await sleep(5)
      }
      took.push(performance.now() - begun)
    }
  } finally {
    await coalition.stop()
  }
  const echo = await startEcho()
  const peer: number[] = []
  for (let index = 0; index < ALERTS; index++) {
    const begun = performance.now()
    await echo.post('{}')
    peer.push(performance.now() - begun)
  }
  await echo.stop()
  const ours = percentile(took, 0.95)
  const other = percentile(peer, 0.95)
  return [
    {
      name: 'alert issued → in the list of the receiving desk, p95',
      ours,
      peer: other,
      unit: 'ms',
      ratio: other / ours,
      target: '≤ 1,000 ms',
    },
  ]
}
