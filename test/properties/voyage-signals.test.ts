/** The generated voyage with its planted faults, read by a real node: each fault is found by the detector made for it, and little else is raised. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listDocuments, showContainer, uploadDocument } from '#modules/cargo/contract'
import type { Client } from '../../src/app/client.ts'
import { storyDocuments } from '../../src/app/demo/story-documents.ts'
import type { Fault } from '../../src/modules/cargo/generator/plant.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'

const FINDER: Readonly<Record<Fault, string>> = {
  'wrong-digit': 'cargo.identity',
  clone: 'cargo.clone',
  'seal-swap': 'cargo.seal-change',
  'seal-reuse': 'cargo.seal-change',
  'seal-placeholder': 'cargo.seal-change',
  'weight-gap': 'cargo.weight-mismatch',
  'itinerary-mismatch': 'cargo.itinerary-mismatch',
  'vague-description': 'cargo.description',
  'first-time-party': 'cargo.first-time-party',
  'late-change': 'cargo.late-change',
  'reefer-setting': 'cargo.reefer-setting',
  'new-route': 'cargo.new-route',
}

let coalition: TestCoalition
let desk: Client
const { voyage, files } = storyDocuments(new Date('2026-11-24T12:00:00Z'))

beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['be-antwerp'] })
  desk = await coalition.client('antwerp')
  for (const file of files) {
    await desk.upload(uploadDocument, { name: file.name }, file.bytes)
    await coalition.eventually(
      async () => (await desk.call(listDocuments, {})).items,
      (items) => items.every((item) => item.state === 'read'),
    )
  }
})
afterAll(async () => await coalition.stop())

it.each(voyage.planted.map(({ fault, container }) => [fault, container] as const))('%s on %s is found', async (fault, container) => {
  const page = await coalition.eventually(
    async () => await desk.call(showContainer, { container }),
    ({ signals }) => signals.some((signal) => signal.detector.id === FINDER[fault]),
  )
  expect(page.signals.map((signal) => signal.detector.id)).toContain(FINDER[fault])
})

it('raises little on boxes without a fault', async () => {
  const { database } = coalition.node('be-antwerp').services
  const rows = await coalition.eventually(
    async () =>
      await database.asWorker('test', async (tx) => {
        const text = `select (select count(distinct container) from cargo.equipment) <= (select count(*) from cargo.evaluations) as done, (select json_agg(json_build_object('c', subject, 'd', detector)) from cargo.signals) as found`
        return (await tx.executeQuery({ sql: text, parameters: [], query: { kind: 'RawNode' } } as never)).rows[0] as {
          done: boolean
          found: { c: string; d: string }[]
        }
      }),
    ({ done }) => done,
  )
  const planted = new Set(voyage.planted.map(({ container }) => container))
  // The box whose seal was used twice did nothing but lend its number.
  const innocent = rows.found.filter(({ c, d }) => !planted.has(c) && d !== 'cargo.seal-change')
  expect(innocent.length / voyage.boxes.length).toBeLessThan(0.05)
})
