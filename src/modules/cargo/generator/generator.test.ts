import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readInterchanges } from '#kernel/edifact/control-reading.fixture.ts'
import { parseContainerNumber } from '#kernel/identifiers/container-number.ts'
import { parseImoNumber } from '#kernel/identifiers/imo-number.ts'
import { readBytes } from '../formats/reading.fixture.ts'
import type { CargoMessage } from '../model.ts'
import { VESSEL } from './catalogue.ts'
import { voyageTimes } from './demonstration.ts'
import { FAULTS, type Fault } from './plant.ts'
import { BAPLIE_DIRECTORIES, printBaplie } from './print-baplie.ts'
import { printCuscar, printIftmcs } from './print-consignments.ts'
import { printDeclarations } from './print-declarations.ts'
import { type PrintedMessage, printInterchange } from './print-interchange.ts'
import { printReport } from './print-reports.ts'
import { type GeneratedBox, type GeneratedVoyage, generateVoyage } from './voyage.ts'

const times = voyageTimes(new Date('2026-09-01T12:00:00Z'))
const voyages = fc
  .record({ seed: fc.nat(), containers: fc.integer({ min: 1, max: 30 }) })
  .map((options): GeneratedVoyage => generateVoyage({ ...options, times }))

/** One printed message, read back without any warning. */
async function readBack(message: PrintedMessage): Promise<CargoMessage> {
  const bytes = printInterchange({ sender: 'GENERATED', recipient: 'TEST', prepared: times.prepared, reference: '1' }, [message])
  const { messages, warnings, summary } = await readBytes(bytes)
  expect([...warnings, ...(messages[0]?.warnings ?? [])]).toEqual([])
  expect(summary).toMatchObject({ outcomes: { accepted: 1, warned: 0, quarantined: 0 } })
  return messages[0] as CargoMessage
}

const placesOf = (places: CargoMessage['voyage']['places']): Record<string, string> =>
  Object.fromEntries(places.map(({ role, place }) => [role, place.value]))

function expectedPlaces(box: GeneratedBox, discharge: string): Record<string, string> {
  const through: Record<string, string> = box.transhipment === undefined ? {} : { transhipment: box.transhipment }
  return { loading: box.loading, discharge, delivery: box.delivery, ...through }
}

describe('what is printed', () => {
  const printed = (voyage: GeneratedVoyage, directory: (typeof BAPLIE_DIRECTORIES)[number]) =>
    printInterchange({ sender: 'GENERATED', recipient: 'TEST', prepared: times.prepared, reference: '1' }, [
      printBaplie(voyage, directory, '1'),
    ])
  const withReefer = generateVoyage({ seed: 3, containers: 40, times })

  it.each(BAPLIE_DIRECTORIES)('keeps to the table of BAPLIE %s', (directory) => {
    expect(withReefer.boxes.some(({ setTemperature }) => setTemperature !== undefined)).toBe(true)
    fc.assert(
      fc.property(voyages, (voyage) => {
        expect(readInterchanges(printed(voyage, directory)).faults).toEqual([])
      }),
    )
    expect(readInterchanges(printed(withReefer, directory)).faults).toEqual([])
  })

  it('would be reported if the temperature stood before the places', () => {
    const text = new TextDecoder().decode(printed(withReefer, 'D13B'))
    const moved = text.replace(/((?:LOC\+(?:9|11|13|83)\+[^']*'\s*)+)(TMP\+2\+[^']*'\s*)/, '$2$1')
    expect(moved).not.toBe(text)
    const { faults } = readInterchanges(new TextEncoder().encode(moved))
    // A place behind the temperature can only open another stowage location, and the one before is cut short.
    expect(faults).toContainEqual(expect.objectContaining({ code: 'segment.missing', tag: 'CNT' }))
  })
})

describe('write, read, equal', () => {
  it.each(BAPLIE_DIRECTORIES)('BAPLIE %s', async (directory) => {
    await fc.assert(
      fc.asyncProperty(voyages, async (voyage) => {
        const message = await readBack(printBaplie(voyage, directory, '1'))
        expect(message).toMatchObject({
          type: 'BAPLIE',
          directory,
          voyage: { voyageNumber: { value: voyage.number }, vesselName: { value: VESSEL.name } },
        })
        const read = new Map(message.equipment.map((sighting) => [sighting.container.value, sighting]))
        expect(read.size).toBe(voyage.boxes.length)
        for (const box of voyage.boxes) {
          const sighting = read.get(box.container)
          expect(sighting).toMatchObject({
            isoType: { value: box.isoType },
            stowage: { value: box.stowage },
            fullness: box.isFull ? 'full' : 'empty',
            operator: { value: box.operator },
            goods: box.isFull ? [{ value: box.goods.description }] : [],
          })
          expect(sighting?.weights.map(({ kilograms }) => kilograms.value)).toEqual([box.verifiedKg])
          expect(sighting?.setTemperature?.value).toBe(box.setTemperature)
          expect(placesOf(sighting?.places ?? [])).toEqual(expectedPlaces(box, box.discharge))
        }
      }),
      { numRuns: 15 },
    )
  })

  it.each(['D95B', 'D03B'] as const)('CUSCAR %s', async (directory) => {
    await fc.assert(
      fc.asyncProperty(voyages, async (voyage) => {
        const full = voyage.boxes.filter(({ isFull }) => isFull)
        fc.pre(full.length > 0)
        const message = await readBack(printCuscar(voyage, directory, { reference: '1' }))
        expect(message).toMatchObject({ type: 'CUSCAR', directory, voyage: { vesselImo: { value: VESSEL.imo } } })
        expect(message.consignments).toHaveLength(full.length)
        for (const [index, box] of full.entries()) {
          const statement = message.consignments[index]
          expect(statement).toMatchObject({
            document: { value: box.bill },
            goods: [{ value: box.goods.description }],
            hsCodes: [{ value: box.goods.hs }],
            packages: { value: box.packages },
            weights: [{ kind: 'goods-gross', kilograms: { value: box.declaredKg } }],
            containers: [{ number: { value: box.container }, seals: [{ number: { value: box.sealAtLoading }, issuer: 'carrier' }] }],
            parties: [
              { role: 'consignor', name: { value: box.consignor } },
              { role: 'consignee', name: { value: box.consignee } },
            ],
          })
          expect(placesOf(statement?.places ?? [])).toEqual(expectedPlaces(box, box.reportedDischarge))
        }
      }),
      { numRuns: 15 },
    )
  })

  it('IFTMCS', async () => {
    await fc.assert(
      fc.asyncProperty(voyages, async (voyage) => {
        const box = voyage.boxes.find(({ isFull }) => isFull)
        fc.pre(box !== undefined)
        const message = await readBack(printIftmcs(voyage, box, '1'))
        expect(message.consignments).toHaveLength(1)
        expect(message.consignments[0]).toMatchObject({
          document: { value: box?.bill },
          hsCodes: [{ value: box?.goods.hs }],
          containers: [{ number: { value: box?.container }, seals: [{ number: { value: box?.sealAtLoading } }] }],
        })
        expect(message.consignments[0]?.parties.map(({ role }) => role)).toEqual(['consignor', 'consignee', 'notify'])
        expect(message.equipment[0]?.setTemperature?.value).toBe(box?.setTemperature)
      }),
      { numRuns: 15 },
    )
  })

  it.each(['loaded', 'discharged', 'gate-in', 'gate-out'] as const)('report: %s', async (event) => {
    await fc.assert(
      fc.asyncProperty(voyages, async (voyage) => {
        const message = await readBack(printReport(voyage, voyage.boxes, { event, place: 'ECGYE', at: times.loaded, reference: '1' }))
        expect(message.type).toBe(event.startsWith('gate') ? 'CODECO' : 'COARRI')
        for (const [index, box] of voyage.boxes.entries()) {
          const sighting = message.equipment[index]
          expect(sighting).toMatchObject({ container: { value: box.container }, event, happenedAt: { value: times.loaded } })
          expect(sighting?.seals.map(({ number }) => number.value)).toEqual(box.isFull ? [box.sealAtLoading] : [])
          expect(placesOf(sighting?.places ?? [])).toEqual({ loading: box.loading, discharge: box.discharge, activity: 'ECGYE' })
        }
      }),
      { numRuns: 10 },
    )
  })

  it('declarations', async () => {
    await fc.assert(
      fc.asyncProperty(voyages, async (voyage) => {
        const full = voyage.boxes.filter(({ isFull }) => isFull)
        fc.pre(full.length > 0)
        const { messages } = await readBytes(printDeclarations(voyage.boxes))
        expect(messages[0]?.warnings).toEqual([])
        expect(messages[0]?.consignments.map(({ document, containers }) => [document.value, containers[0]?.number.value])).toEqual(
          full.map(({ bill, container }) => [bill, container]),
        )
      }),
      { numRuns: 15 },
    )
  })
})

describe('the generated voyage', () => {
  it('is the same for the same seed, and another for another', () => {
    const make = (seed: number): GeneratedVoyage => generateVoyage({ seed, containers: 50, times, faults: { 'seal-swap': 2 } })
    expect(make(3)).toEqual(make(3))
    expect(make(3).boxes).not.toEqual(make(4).boxes)
  })

  it('has valid numbers for boxes and ship, and no box twice', () => {
    const { boxes, vessel } = generateVoyage({ seed: 9, containers: 3000, times })
    expect(boxes.every(({ container }) => parseContainerNumber(container).ok)).toBe(true)
    expect(new Set(boxes.map(({ container }) => container)).size).toBe(3000)
    expect(new Set(boxes.map(({ stowage }) => stowage)).size).toBe(3000)
    expect(parseImoNumber(vessel.imo).ok).toBe(true)
  })

  it.each(FAULTS)('plants %s where it says', (fault: Fault) => {
    const honest = generateVoyage({ seed: 21, containers: 300, times })
    const { boxes, planted } = generateVoyage({ seed: 21, containers: 300, times, faults: { [fault]: 3 } })
    expect(planted).toHaveLength(3)
    const named = new Set(planted.map(({ container }) => container))
    const changed = boxes.filter((box, index) => JSON.stringify(box) !== JSON.stringify(honest.boxes[index]))
    // Clones and late changes are told by documents of their own.
    const expected = fault === 'clone' || fault === 'late-change' ? [] : [...named].sort()
    expect(changed.map(({ container }) => container).sort()).toEqual(expected)
    if (fault === 'wrong-digit') expect(changed.some(({ container }) => parseContainerNumber(container).ok)).toBe(false)
  })
})
