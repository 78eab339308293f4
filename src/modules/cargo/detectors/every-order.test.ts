/**
 * What every indicator says follows from the set of statements that a desk holds: the same messages in any order, cut into any files, repeated in the same or in
 * another file, end in the same signals with the same explanations and numbers, once every box was judged again. What compares with a distribution is among them.
 */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { generateWorld, type WorldDocument } from '../generator/world.ts'
import { containersOf, cut, LOW, renamed } from './cut-documents.fixture.ts'
import { DeskInMemory } from './desk-in-memory.fixture.ts'
import { detectors, evaluateDossier } from './index.ts'
import type { DetectorSettings } from './settings.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const NOW = new Date('2025-06-01T00:00:00Z')
const FOUND = new Date('2025-02-10T00:00:00Z')
const settings: DetectorSettings = { byDetector: LOW }

interface Delivered {
  readonly documents: readonly WorldDocument[]
  readonly findings: readonly { readonly container: string; readonly at: Date }[]
  readonly came: readonly WorldDocument[]
}

/** Worlds that are delivered. */
const SEEDS = 30

function generated(seed: number): { readonly documents: readonly WorldDocument[]; readonly findings: Delivered['findings'] } {
  const world = generateWorld({ seed, voyages: 9, boxesPerVoyage: 6, begins: new Date('2025-01-06T00:00:00Z'), each: 1 })
  const documents = world.documents.map((document) => ({ ...document, preparedAt: document.receivedAt }))
  const findings = documents
    .flatMap(({ consignments }) => consignments)
    .slice(0, 12)
    .flatMap(({ containers }) => containers.map(({ number }) => ({ container: number.value, at: FOUND })))
  return { documents, findings: [...world.findings, ...findings] }
}

const deliveries = fc
  .record({
    seed: fc.integer({ min: 1, max: SEEDS }),
    cuts: fc.array(fc.nat(30), { minLength: 90, maxLength: 90 }),
    order: fc.array(fc.nat(), { minLength: 200, maxLength: 200 }),
    again: fc.array(fc.nat(199), { maxLength: 10 }),
    copied: fc.array(fc.nat(199), { maxLength: 10 }),
  })
  .map(({ seed, cuts, order, again, copied }): Delivered => {
    const { documents, findings } = generated(seed)
    const files = documents.flatMap((document, index) => cut(document, cuts[index % cuts.length] ?? 0))
    const copies = copied.flatMap((index) => {
      const file = files[index % files.length]
      return file === undefined ? [] : [renamed(file, `${file.id} again`)]
    })
    const shuffled = [...files, ...copies]
      .map((document, index) => ({ document, key: order[index % order.length] ?? 0 }))
      .sort((a, b) => a.key - b.key)
      .map(({ document }) => document)
    const repeated = again.flatMap((index) => shuffled[index % shuffled.length] ?? [])
    const came = [...shuffled, ...repeated].map((document, index) => ({
      ...document,
      receivedAt: new Date(NOW.getTime() + index * 3_600_000),
    }))
    return { documents, findings, came }
  })

/** Judged with each document that names the box, and all of them once more at the end. */
function standing(came: readonly WorldDocument[], findings: Delivered['findings']): readonly string[] {
  const desk = new DeskInMemory()
  for (const { container, at } of findings) desk.find(container, at)
  for (const document of came) {
    desk.take(document)
    for (const container of containersOf(document)) desk.measure(desk.dossier(container, NOW))
  }
  return [...new Set(came.flatMap(containersOf))].sort().flatMap((container) => {
    const { signals, notComputable } = evaluateDossier(desk.dossier(container, NOW), settings, hash)
    return [
      ...signals.map(({ detector, explanation, facts }) =>
        JSON.stringify([container, detector.id, explanation, facts.map(({ name, value }) => [name, value])]),
      ),
      ...notComputable.map(({ detector, missing }) => JSON.stringify([container, detector, missing])),
    ]
  })
}

it('signals of every indicator are the same whatever the order, the cutting and the repetition of the documents', () => {
  fc.assert(
    fc.property(deliveries, ({ documents, findings, came }) => {
      expect(standing(came, findings)).toEqual(standing(documents, findings))
    }),
    { numRuns: 15, endOnFailure: true },
  )
})

it('every indicator speaks in these worlds: none is the same because it never says anything', () => {
  const silent = new Set(detectors.map(({ id }) => id))
  for (let seed = 1; seed <= SEEDS && silent.size > 0; seed++) {
    const { documents, findings } = generated(seed)
    for (const line of standing(documents, findings)) {
      const [, detector, said] = JSON.parse(line) as [string, string, string | string[]]
      if (typeof said === 'string') silent.delete(detector)
    }
  }
  expect([...silent]).toEqual([])
})
