/** What a visitor finds at the port of Antwerp beyond the first story: the targeting desk and the alliance. Arrivals are made by schedule, so this takes minutes, while the nodes are in use. */
import { isoDay, localDay } from '#kernel/procedure/civil-time.ts'
import { zoneRules } from '#platform/clock/zone-rules.ts'
import { CALL_PORT, type PortCallOfShip } from '../../modules/cargo/generator/demonstration-port.ts'
import type { Client } from '../client.ts'
import type { Waiting } from './eventually.ts'
import { type BoxOfVoyage, seedAlliance } from './seed-alliance.ts'
import { seedTargeting } from './seed-targeting.ts'
import { storyDocuments } from './story-documents.ts'
import { brussels } from './world.ts'

interface PortSeed {
  readonly person: (account: string) => Client
  /** Somebody without a session. */
  readonly anybody: Client
  readonly now: () => Date
  readonly eventually: Waiting
  readonly withinMinutes: Waiting
}

export async function seedPort({ person, anybody, now, eventually, withinMinutes }: PortSeed): Promise<void> {
  const desk = { antwerp: person('antwerp'), lead: person('antwerp-lead') }
  const today = isoDay(localDay(now().getTime(), brussels.zone, zoneRules))
  const calls = await seedTargeting(desk, { today, coming: storyDocuments(now()).voyage, withinMinutes })
  const [collected] = boxesOf(calls, -2)
  const [onItsWay, wanted] = boxesOf(calls, 0)
  if (collected === undefined || onItsWay === undefined || wanted === undefined) throw new Error('No ship called.')
  await seedAlliance({ ...desk, partner: person, anybody }, { now, collected, onItsWay, wanted, eventually })
}

/** Full boxes for the port of the ship that called on that day. */
function boxesOf(calls: readonly PortCallOfShip[], days: number): readonly BoxOfVoyage[] {
  return calls
    .filter((call) => call.days === days)
    .flatMap(({ voyage: { vessel, number, boxes } }) =>
      boxes
        .filter(({ discharge, isFull }) => discharge === CALL_PORT && isFull)
        .map(({ container }) => ({ container, voyage: `${vessel.imo} ${vessel.name} ${number}` })),
    )
}
