/**
 * What looks back follows from the set of documents that a desk holds: any order and any repetition ends in the same signals, and judging again only what a late
 * document woke ends where judging everything anew does.
 */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { generateWorld, type WorldDocument } from '../generator/world.ts'
import { containersOf, LOW } from './cut-documents.fixture.ts'
import { DeskInMemory } from './desk-in-memory.fixture.ts'
import { detectors, evaluateDossier } from './index.ts'
import type { Grown } from './learned.ts'
import { type OpenVerdict, openVerdicts } from './open-verdicts.ts'
import type { DetectorSettings } from './settings.ts'

const LOOKING_BACK = new Set(['P1', 'P2', 'P5', 'R1', 'R2', 'I1'])
const ids = new Set(detectors.filter(({ code }) => LOOKING_BACK.has(code)).map(({ id }) => id))
const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const NOW = new Date('2026-06-01T00:00:00Z')
const WEEK = 7 * 86_400_000
const settings: DetectorSettings = { byDetector: LOW }

/** Filings and plans of a world; where they come late, they were prepared when they were. */
function documentsOf(seed: number): readonly WorldDocument[] {
  const world = generateWorld({ seed, voyages: 9, boxesPerVoyage: 5, begins: new Date('2025-01-06T00:00:00Z'), each: 1 })
  return world.documents.filter(({ message }) => message !== 'CODECO').map((document) => ({ ...document, preparedAt: document.receivedAt }))
}

/** In another order, each received when its turn comes; some twice. */
const deliveries = fc
  .record({
    seed: fc.integer({ min: 1, max: 30 }),
    order: fc.array(fc.nat(), { minLength: 80, maxLength: 80 }),
    again: fc.array(fc.nat(79), { maxLength: 10 }),
  })
  .map(({ seed, order, again }) => {
    const documents = documentsOf(seed)
    const shuffled = documents
      .map((document, index) => ({ document, key: order[index % order.length] ?? 0 }))
      .sort((a, b) => a.key - b.key)
      .map(({ document }) => document)
    const repeated = again.flatMap((index) => shuffled[index % shuffled.length] ?? [])
    const came = [...shuffled, ...repeated].map((document, index) => ({ ...document, receivedAt: new Date(NOW.getTime() + index * WEEK) }))
    return { documents, came }
  })

function judge(desk: DeskInMemory, container: string): readonly string[] {
  const { signals, notComputable } = evaluateDossier(desk.dossier(container, NOW), settings, hash)
  return [
    ...signals.filter(({ detector }) => ids.has(detector.id)).map(({ id, detector }) => `${container} ${detector.id} ${id}`),
    ...notComputable
      .filter(({ detector }) => ids.has(detector))
      .map(({ detector, missing }) => `${container} ${detector} ${missing.join()}`),
  ].sort()
}

const everything = (desk: DeskInMemory, documents: readonly WorldDocument[]) =>
  [...new Set(documents.flatMap(containersOf))].sort().flatMap((container) => judge(desk, container))

function isWoken(desk: DeskInMemory, open: OpenVerdict, grown: readonly Grown[]): boolean {
  if (
    !grown.some(({ kind, key, day }) => kind === open.kind && key === open.key && (day < open.day || (open.inclusive && day === open.day)))
  )
    return false
  const { before, here } = desk.before(open)
  return open.wake === undefined || before + (open.inclusive ? here : 0) >= open.wake
}

it('signals that look back are the same whatever the order and repetition of the documents', () => {
  let signals = 0
  fc.assert(
    fc.property(deliveries, ({ documents, came }) => {
      const [inOrder, anyhow] = [new DeskInMemory(), new DeskInMemory()]
      for (const document of documents) inOrder.take(document)
      for (const document of came) anyhow.take(document)
      const expected = everything(inOrder, documents)
      signals += expected.filter((line) => /[0-9a-f]{64}$/.test(line)).length
      expect(everything(anyhow, documents)).toEqual(expected)
    }),
    { numRuns: 25, endOnFailure: true },
  )
  expect(signals).toBeGreaterThan(100)
})

it('judging again only what a late document woke ends where judging everything does', () => {
  let [again, all] = [0, 0]
  fc.assert(
    fc.property(deliveries, ({ documents, came }) => {
      const desk = new DeskInMemory()
      const standing = new Map<string, readonly string[]>()
      const open = new Map<string, readonly OpenVerdict[]>()
      for (const document of came) {
        const { grown, moved } = desk.take(document)
        const due = new Set(containersOf(document))
        const bills = new Set(moved)
        for (const [container, verdicts] of open) if (verdicts.some((each) => isWoken(desk, each, grown))) due.add(container)
        for (const { consignments } of documents)
          for (const { document: bill, containers } of consignments)
            if (bills.has(`bill ${bill.value}`)) for (const { number } of containers) if (standing.has(number.value)) due.add(number.value)
        for (const subject of moved) if (subject.startsWith('box ')) due.add(subject.slice(4))
        for (const container of due) {
          standing.set(container, judge(desk, container))
          open.set(container, openVerdicts(desk.dossier(container, NOW), settings))
        }
        again += due.size
        all += standing.size
      }
      expect([...standing].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, lines]) => lines)).toEqual(everything(desk, documents))
    }),
    { numRuns: 20, endOnFailure: true },
  )
  // Otherwise the test would hold for a function that looks at everything.
  expect(again).toBeLessThan(all * 0.9)
})
