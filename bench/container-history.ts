/** Figures of container history: how many dossiers are built and judged by every indicator in a second, on one core, without the store. The rate of intake with the store: `bench/intake.ts`. */
import { createHash } from 'node:crypto'
import { DeskInMemory } from '../src/modules/cargo/detectors/desk-in-memory.fixture.ts'
import { evaluateDossier } from '../src/modules/cargo/detectors/index.ts'
import { openVerdicts } from '../src/modules/cargo/detectors/open-verdicts.ts'
import { AS_SHIPPED } from '../src/modules/cargo/detectors/settings.ts'
import { generateWorld } from '../src/modules/cargo/generator/world.ts'
import type { BenchRow } from './bench-row.ts'

export async function benchContainerHistory(): Promise<BenchRow[]> {
  const world = generateWorld({ seed: 3, voyages: 20, boxesPerVoyage: 60, begins: new Date('2025-01-06T00:00:00Z'), each: 4 })
  const desk = new DeskInMemory()
  for (const document of world.documents) desk.take(document)
  const hash = (text: string) => createHash('sha256').update(text).digest('hex')
  const containers = [...world.watched]
  const now = new Date('2026-01-01T00:00:00Z')
  const round = () => {
    for (const container of containers) {
      const dossier = desk.dossier(container, now)
      evaluateDossier(dossier, AS_SHIPPED, hash)
      openVerdicts(dossier, AS_SHIPPED)
    }
  }
  round()
  const begun = performance.now()
  for (let count = 0; count < 5; count++) round()
  const row: BenchRow = {
    name: 'dossiers of ten reports each, built and judged by every indicator',
    ours: (5 * containers.length * 1000) / (performance.now() - begun),
    unit: 'containers/s',
    target: '≥ 300',
  }
  return await Promise.resolve([row])
}
