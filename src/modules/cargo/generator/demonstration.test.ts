import { describe, expect, it } from 'vitest'
import { collectMessages } from '../formats/collect-messages.ts'
import { readCargoFile } from '../formats/read-cargo-file.ts'
import { readBytes } from '../formats/reading.fixture.ts'
import { DEMONSTRATION_FAULTS, demonstrationVoyage, voyageTimes } from './demonstration.ts'
import { planStream } from './plan-stream.ts'

const departs = new Date('2026-09-01T12:00:00Z')
const { voyage, files } = demonstrationVoyage({ seed: 1, containers: 300, departs })
const bytesOf = (part: string): Uint8Array => files.find(({ name }) => name.includes(part))?.bytes ?? new Uint8Array(0)
const planted = (fault: keyof typeof DEMONSTRATION_FAULTS): string[] =>
  voyage.planted.filter((each) => each.fault === fault).map(({ container }) => container)

describe('the demonstration voyage', () => {
  it('is read without a warning but the planted digit', async () => {
    for (const { name, bytes } of files) {
      const { messages, warnings, summary } = await readBytes(bytes)
      expect(warnings, name).toEqual([])
      expect(summary.refused, name).toBeUndefined()
      const codes = new Set(messages.flatMap((message) => message.warnings.map(({ code }) => code)))
      expect(
        [...codes].filter((code) => code !== 'container-number.check-digit'),
        name,
      ).toEqual([])
    }
  })

  it('plants every fault and says where', () => {
    for (const [fault, count] of Object.entries(DEMONSTRATION_FAULTS))
      expect(planted(fault as keyof typeof DEMONSTRATION_FAULTS), fault).toHaveLength(count)
  })

  it('sends boxes from Guayaquil over Algeciras to Antwerp, and some elsewhere', async () => {
    const { messages } = await readBytes(bytesOf('stowage-plan'))
    const journeys = (messages[0]?.equipment ?? []).map(({ places }) => places.map(({ place }) => place.value).join(' '))
    expect(journeys.filter((journey) => journey === 'ECGYE BEANR ESALG BEANR').length).toBeGreaterThan(50)
    expect(new Set(journeys).size).toBeGreaterThan(4)
  })

  it('shows a swapped seal between loading and discharge, and nowhere else', async () => {
    const sealsIn = async (part: string): Promise<Map<string, string | undefined>> =>
      new Map(
        (await readBytes(bytesOf(part))).messages[0]?.equipment.map(({ container, seals }) => [container.value, seals[0]?.number.value]),
      )
    const loaded = await sealsIn('load-report')
    const discharged = await sealsIn('discharge-report')
    const differing = [...discharged]
      .filter(([container, seal]) => loaded.has(container) && loaded.get(container) !== seal)
      .map(([container]) => container)
    expect(differing.toSorted()).toEqual(planted('seal-swap').toSorted())
  })

  it('puts the clone through a gate elsewhere', async () => {
    const { messages } = await readBytes(bytesOf('gate-in-pamit'))
    expect(messages[0]?.equipment.map(({ container }) => container.value)).toEqual(planted('clone'))
    expect(messages[0]?.equipment[0]?.places.at(-1)?.place.value).toBe('PAMIT')
  })

  it('says in every file that it is generated', () => {
    for (const { bytes, name } of files) expect(new TextDecoder().decode(bytes), name).toContain('GENERATED')
  })

  it('writes times as EDIFACT does', () => {
    expect(voyageTimes(departs)).toMatchObject({ departs: '202609011200', transhipped: '202609101200', arrives: '202609161200' })
  })
})

describe('a plan piece by piece', () => {
  it('is one accepted message with as many distinct boxes as asked', async () => {
    const source = async function* (): AsyncGenerator<Uint8Array> {
      yield* planStream({ seed: 2, containers: 3000, directory: 'D13B', times: voyageTimes(departs) })
    }
    const { messages } = await collectMessages(readCargoFile(source()))
    expect(messages).toHaveLength(1)
    expect(messages[0]).toMatchObject({ outcome: 'accepted', containers: 3000, distinctContainers: 3000, badCheckDigit: 0 })
  })
})
