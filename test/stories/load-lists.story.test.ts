/** The story on the two real load lists beside the repository (Buenaventura, Callao). They carry no licence, so the product ships a generated voyage instead. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listDocuments, listEquipment, showAlert, showContainer, showSource, uploadDocument } from '#modules/cargo/contract'
import { move } from '../../src/app/demo/story.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { box, draftOf, issueAndWait } from './draft.ts'

const FOLDER = path.resolve(import.meta.dirname, '../../../shared/data/cargo/edifact/MDiakhate12+edi-parser')
const LISTS = [
  { file: 'ACSA1_call_09_COBUN_LoadList.edi.gz', containers: 805, loading: 'COBUN' },
  { file: 'ACSA1_call_11_PECLL_LoadList.edi.gz', containers: 158, loading: 'PECLL' },
]

let coalition: TestCoalition
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'es-algeciras', 'be-antwerp'] })
})
afterAll(async () => await coalition.stop())

it.skipIf(!existsSync(FOLDER)).each(LISTS)('runs on $file', async ({ file, containers, loading }) => {
  const bytes = readFileSync(path.join(FOLDER, file))
  const [guayaquil, antwerp] = [await coalition.client('guayaquil'), await coalition.client('antwerp')]
  const { document } = await guayaquil
    .call(listDocuments, {})
    .then(async () => await guayaquil.upload(uploadDocument, { name: file }, bytes))
  const row = await coalition.eventually(
    async () => (await guayaquil.call(listDocuments, {})).items.find((item) => item.document === document),
    (item) => item?.state === 'read',
  )
  expect(row).toMatchObject({ containers, messages: { accepted: 1, warned: 0, quarantined: 0 }, types: ['BAPLIE'], generated: false })
  const { items, total } = await guayaquil.call(listEquipment, { document, fullness: 'full', limit: 500 })
  expect(total ?? items.length).toBeGreaterThan(0)
  const chosen = items.find((item) => item.loading === loading && item.flags.length === 0)
  const page = await guayaquil.call(showContainer, { container: chosen?.container ?? '' })
  expect(page.valid).toBe(true)
  const line = page.sightings[0]?.lines.find((each) => each.label === 'container')
  const source = await guayaquil.call(showSource, { document, start: line?.at?.start ?? 0, end: line?.at?.end ?? 0 })
  // The pointer leads to the bytes of the file as it was sent, packed or not.
  expect(source.text).toBe(chosen?.container)
  expect(gunzipSync(bytes).toString('latin1')).toContain(source.text)
  const alert = await issueAndWait(coalition, draftOf(coalition, { subject: box(chosen?.container ?? ''), seals: page.prefill.seals }), {
    from: guayaquil,
    seenBy: [antwerp],
  })
  await move(antwerp, alert, { transition: 'ack' })
  await move(antwerp, alert, { transition: 'decline', declineCode: 'notArriving' })
  await move(antwerp, alert, { transition: 'recordOutcome', outcome: 'notControlled', notControlledReason: 'notFound' })
  const view = await coalition.eventually(
    async () => await guayaquil.call(showAlert, { alert }),
    (each) => each.outcomes.length === 1,
  )
  expect(view.outcomes[0]).toMatchObject({ kind: 'notControlled', fields: { notControlledReason: 'notFound' } })
})
