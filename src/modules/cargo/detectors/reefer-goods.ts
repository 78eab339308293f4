/** Refrigerated boxes, and the temperatures at which goods that need cooling travel. */
import type { Stated } from '../model.ts'
import type { DossierSighting } from './dossier.ts'
import type { JourneyView } from './journey-view.ts'

/** Carriage temperatures in °C by HS heading, wide on purpose: outside them the goods spoil. Source: common carriers' reefer guides, from practice; policy. */
const CARRIAGE: Readonly<Record<string, readonly [number, number]>> = {
  '0803': [12, 15],
  '0804': [4, 14],
  '0805': [2, 15],
  '0806': [-1, 2],
  '0807': [2, 14],
  '0808': [-1, 5],
  '0810': [-1, 10],
  '0302': [-2, 4],
  '0303': [-30, -15],
  '0306': [-30, -15],
  '0201': [-2, 4],
  '0202': [-30, -15],
  '0207': [-30, 4],
  '0603': [0, 12],
}
/** ISO 6346 size and type codes of thermal boxes: R and H in the third place. */
const THERMAL = /^..[RH]/i

export function reeferOf({ sightings }: JourneyView): DossierSighting | undefined {
  return sightings.findLast(({ sighting }) => THERMAL.test(sighting.isoType?.value ?? ''))
}

export interface CooledGoods {
  readonly code: Stated
  readonly heading: string
  readonly range: readonly [low: number, high: number]
}

export function cooledGoodsOf({ sightings, consignments }: JourneyView): CooledGoods | undefined {
  const codes = [...consignments.flatMap(({ statement }) => statement.hsCodes), ...sightings.flatMap(({ sighting }) => sighting.hsCodes)]
  for (const code of codes) {
    const heading = code.value.replace(/\D/g, '').slice(0, 4)
    const range = CARRIAGE[heading]
    if (range !== undefined) return { code, heading, range }
  }
  return undefined
}

export function temperatureOf({ sightings }: JourneyView): Stated<number> | undefined {
  return sightings.findLast(({ sighting }) => sighting.setTemperature !== undefined)?.sighting.setTemperature
}
