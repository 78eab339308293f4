import { describe, expect, it } from 'vitest'
import { readBytes } from '../formats/reading.fixture.ts'
import { demonstrationVoyage } from './demonstration.ts'
import { CALL_PORT, callOf, callsOfSisters, SISTERS } from './demonstration-port.ts'

const calls = callsOfSisters({ seed: 21, today: '2026-09-16' })
const ofPlan = async (call: { readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[] }) =>
  await readBytes(call.files.find(({ name }) => name.includes('stowage-plan'))?.bytes ?? new Uint8Array(0))

describe('calls at the port', () => {
  it('are read without a warning', async () => {
    for (const { name, bytes } of calls.flatMap(({ files }) => files)) {
      const { messages, warnings, summary } = await readBytes(bytes)
      expect([...warnings, ...messages.flatMap((message) => message.warnings)], name).toEqual([])
      expect(summary.refused, name).toBeUndefined()
    }
  })

  it('state when each ship reaches the port, on its day', async () => {
    for (const [at, call] of calls.entries()) {
      const { messages } = await ofPlan(call)
      const [{ voyage }] = messages as [(typeof messages)[number]]
      expect(voyage.places.find(({ role }) => role === 'next-port')?.place.value).toBe(CALL_PORT)
      const day = new Date(Date.parse('2026-09-16T12:00:00Z') + (SISTERS[at]?.days ?? 0) * 86_400_000).toISOString().slice(0, 10)
      expect(voyage.arrivesAt?.value).toBe(`${day.replaceAll('-', '')}1200`)
      expect(voyage.vesselName?.value).toBe(SISTERS[at]?.vessel.name)
    }
  })

  it('share no box, bill, booking, declaration, voyage or ship', () => {
    for (const of of ['container', 'bill', 'booking', 'declaration'] as const) {
      const all = calls.flatMap(({ voyage }) => voyage.boxes.map((box) => box[of]))
      expect(new Set(all).size, of).toBe(all.length)
    }
    expect(new Set(calls.map(({ voyage }) => voyage.number)).size).toBe(calls.length)
    expect(new Set(calls.map(({ voyage }) => voyage.vessel.imo)).size).toBe(calls.length)
  })

  it('carry nothing that left the ship before, and both for the port and beyond', async () => {
    for (const call of [
      ...calls,
      callOf(demonstrationVoyage({ seed: 7, containers: 400, departs: new Date('2026-09-01T12:00:00Z') }).voyage),
    ]) {
      const { messages } = await ofPlan(call)
      const discharges = new Set(
        messages[0]?.equipment.map(({ places }) => places.findLast(({ role }) => role === 'discharge')?.place.value),
      )
      expect(discharges.has('ESALG')).toBe(false)
      expect(discharges.has(CALL_PORT)).toBe(true)
      expect(discharges.size).toBeGreaterThan(1)
    }
  })

  it('are the same on every machine, and others with another seed', () => {
    expect(callsOfSisters({ seed: 21, today: '2026-09-16' })).toEqual(calls)
    expect(callsOfSisters({ seed: 22, today: '2026-09-16' })[0]?.voyage.boxes).not.toEqual(calls[0]?.voyage.boxes)
  })
})
