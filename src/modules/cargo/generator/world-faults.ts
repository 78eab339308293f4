/**
 * Faults of the generated world, one for each indicator, and what an attentive officer would see in each: the indicators that are right to speak of the box. Beside
 * them innocent oddities, of which no indicator is right to speak: they are what makes a figure of precision worth reading.
 */

import type { SeededRandom } from '#kernel/stats/seeded-random.ts'
import { GOODS, type GoodsKind } from './catalogue.ts'
import { withWrongDigit } from './container-numbers.ts'
import { type Shipper, trader, type WorldBox } from './world-box.ts'

/** What a fault may look at beside the box. `taken`: what was planted already, so that nothing new is planted twice: the second time it is not new. */
export interface Planting {
  readonly random: SeededRandom
  readonly shippers: readonly Shipper[]
  readonly number: number
  readonly taken: Set<string>
}

export interface WorldFault {
  readonly name: string
  /** Codes of the indicators that are right about the box. */
  readonly indicators: readonly string[]
  readonly needs?: (box: WorldBox, world: Planting) => boolean
  readonly plant: (box: WorldBox, world: Planting) => void
}

const PORTS = ['BEANR', 'NLRTM', 'DEHAM', 'ESVLC', 'ITGOA', 'FRLEH']

/** A port that the shipper of the box neither uses nor was planted to use. */
function freshPort(box: WorldBox, { shippers, taken }: Planting): string | undefined {
  const own = shippers.find(({ name }) => name === box.consignor.name)?.routes.map(({ discharge }) => discharge) ?? PORTS
  return PORTS.find((port) => !own.includes(port) && !taken.has(`${box.consignor.name} ${port}`))
}

/** Goods without cooling, of a chapter that the shipper neither has nor was planted to have. */
function freshGoods(box: WorldBox, { shippers, taken }: Planting): GoodsKind | undefined {
  const own = shippers.find(({ name }) => name === box.consignor.name)?.goods.map(({ hs }) => hs.slice(0, 2))
  if (own === undefined) return undefined
  return GOODS.find(
    ({ hs, setTemperature }) => setTemperature === undefined && !own.includes(hs.slice(0, 2)) && !taken.has(`${box.consignor.name} ${hs}`),
  )
}

const isReefer = ({ goods }: WorldBox) => goods.setTemperature !== undefined
const isBanana = ({ goods }: WorldBox) => goods.hs === '080390'

export const WORLD_FAULTS: readonly WorldFault[] = [
  { name: 'wrong digit', indicators: ['I1'], plant: (box) => void (box.container = withWrongDigit(box.container)) },
  { name: 'other box under the number', indicators: ['I2'], plant: (box) => void (box.isoTypeAtGateOut = isReefer(box) ? '42G1' : '45R1') },
  { name: 'weight gap', indicators: ['I3'], plant: (box, { random }) => void (box.verifiedKg += random.integer(1700, 3500)) },
  { name: 'clone', indicators: ['I4'], plant: (box) => void (box.clonedAt = 'PAMIT') },
  { name: 'seal swapped', indicators: ['I5'], plant: (box) => void (box.sealAtDischarge = `GX${box.sealAtLoading.slice(2)}`) },
  {
    name: 'planned to another port',
    indicators: ['I6'],
    plant: (box) => void (box.plannedDischarge = box.discharge === 'NLRTM' ? 'BEANR' : 'NLRTM'),
  },
  { name: 'lighter at customs', indicators: ['I7'], plant: (box) => void (box.declaredAtCustomsKg = Math.round(box.declaredKg * 0.88)) },
  { name: 'vague description', indicators: ['I8'], plant: (box) => void (box.description = 'GENERAL CARGO') },
  {
    name: 'description of other goods',
    indicators: ['I8'],
    plant: (box) => void (box.description = (box.goods.hs.startsWith('08') ? GOODS[3] : GOODS[0])?.description ?? ''),
  },
  {
    name: 'new shipper',
    indicators: ['P1'],
    plant: (box, { number }) =>
      void (box.consignor = trader(`EXPORTADORA NUEVA ${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number % 26] ?? ''}${number} SAS`, 5000 + number)),
  },
  {
    name: 'goods new for the shipper',
    indicators: ['P2'],
    needs: (box, world) => !isReefer(box) && freshGoods(box, world) !== undefined,
    plant: (box, world) => {
      box.goods = freshGoods(box, world) ?? box.goods
      box.description = box.goods.description
      world.taken.add(`${box.consignor.name} ${box.goods.hs}`)
    },
  },
  { name: 'to order', indicators: ['P3'], plant: (box) => void (box.consignee = { ...box.consignee, name: 'TO ORDER' }) },
  {
    name: 'address of another shipper',
    indicators: ['P4', 'P1'],
    plant: (box, { shippers, number }) =>
      void (box.consignor = { name: `GEN COMERCIAL PUERTA ${number} SA`, address: shippers[number % shippers.length]?.address ?? '' }),
  },
  {
    name: 'change of consignee after loading',
    indicators: ['P6', 'I7', 'P1'],
    plant: (box) => void (box.amendedConsignee = trader('LOGISTICA TERCERA BV', 4000)),
  },
  {
    name: 'route new for the shipper',
    indicators: ['R1'],
    needs: (box, world) => freshPort(box, world) !== undefined,
    plant: (box, world) => {
      box.discharge = box.plannedDischarge = freshPort(box, world) ?? box.discharge
      world.taken.add(`${box.consignor.name} ${box.discharge}`)
    },
  },
  { name: 'transhipped where the lane is not', indicators: ['R2'], plant: (box) => void (box.via = 'MAPTM') },
  { name: 'booked at the last moment', indicators: ['R3'], plant: (box, { random }) => void (box.leadHours = random.integer(62, 70)) },
  { name: 'around the world', indicators: ['R4', 'R2'], plant: (box) => void (box.via = 'SGSIN') },
  { name: 'returned', indicators: ['R5'], plant: (box) => void (box.description = `${box.description} - RETURNED GOODS`) },
  { name: 'left lying', indicators: ['R6'], plant: (box, { random }) => void (box.dwellHours = random.integer(400, 700)) },
  { name: 'stuffed where something was found', indicators: ['R7'], plant: (box) => void (box.receipt = 'ECSNC') },
  { name: 'wrong temperature', indicators: ['F1'], needs: isBanana, plant: (box) => void (box.setTemperature = -18) },
  { name: 'unit switched off', indicators: ['F2'], needs: isBanana, plant: (box) => void (box.setTemperature = undefined) },
  {
    name: 'gap in the power',
    indicators: ['F3'],
    needs: isReefer,
    plant: (box, { random }) => void (box.powerGapHours = random.integer(14, 40)),
  },
  {
    name: 'light fruit',
    indicators: ['F4'],
    needs: (box) => isBanana(box) && (box.discharge === 'BEANR' || box.discharge === 'DEHAM'),
    plant: (box, { random }) => {
      box.declaredKg = box.declaredAtCustomsKg = random.integer(15_000, 17_000)
      box.verifiedKg = box.declaredKg + box.tareKg + random.integer(0, 150)
    },
  },
]

/** What happens to honest boxes: no indicator is right to speak of these. */
export const INNOCENT: readonly WorldFault[] = [
  { name: 'wet packing', indicators: [], plant: (box, { random }) => void (box.verifiedKg += random.integer(300, 620)) },
  {
    name: 'new customer',
    indicators: [],
    plant: (box, { number }) => void (box.consignee = trader(`IMPORT HAUS ${number} GMBH`, 6000 + number)),
  },
  { name: 'groupage text', indicators: [], plant: (box) => void (box.description = 'CONSOLIDATED CARGO') },
  { name: 'second hub', indicators: [], plant: (box) => void (box.via = 'PTSIE') },
  { name: 'seal mistyped', indicators: [], plant: (box) => void (box.sealAtDischarge = `${box.sealAtLoading.slice(0, -1)}X`) },
  { name: 'holiday in the port', indicators: [], plant: (box, { random }) => void (box.dwellHours = random.integer(140, 200)) },
]
