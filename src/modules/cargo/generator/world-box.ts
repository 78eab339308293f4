/** One box of the generated world and the companies it travels for: plain values that `world.ts` makes honest and `world-faults.ts` makes lie. Every name is invented and begins with GEN, for generated. */
import type { SeededRandom } from '#kernel/stats/seeded-random.ts'
import { GOODS, type GoodsKind } from './catalogue.ts'

export interface WorldBox {
  container: string
  isoType: string
  isoTypeAtGateOut: string
  consignor: Trader
  consignee: Trader
  goods: GoodsKind
  description: string
  loading: string
  discharge: string
  via: string
  plannedDischarge: string
  receipt: string
  tareKg: number
  declaredKg: number
  declaredAtCustomsKg: number
  verifiedKg: number
  packages: number
  setTemperature: number | undefined
  sealAtLoading: string
  sealAtDischarge: string
  bill: string
  booking: string
  leadHours: number
  dwellHours: number
  powerGapHours: number
  amendedConsignee: Trader | undefined
  /** A gate elsewhere, while the ship is at sea. */
  clonedAt: string | undefined
}

export interface Trader {
  readonly name: string
  readonly address: string
}

export interface Shipper extends Trader {
  readonly goods: readonly GoodsKind[]
  readonly customers: readonly Trader[]
  readonly routes: readonly { readonly loading: string; readonly discharge: string }[]
  readonly receipts: readonly string[]
}

const CUSTOMERS = [
  'FRUIT IMPORT NV',
  'NOORDZEE FOODS BV',
  'CHOCOLATERIE GROS NV',
  'SEAFOOD HANDEL GMBH',
  'BLOEMEN VEILING BV',
  'HOLZ KONTOR GMBH',
  'CAFE DU PORT SARL',
  'TROPEN OBST GMBH',
]
const SHIPPERS = [
  'FRUTAS DEL LITORAL SA',
  'CAMARONERA ISLA NORTE SA',
  'CACAO CUENCA CIA LTDA',
  'CONSERVAS PACIFICO SA',
  'FLORES ALTURA SA',
  'MADERAS LIVIANAS CIA LTDA',
  'BANANERA RIO VERDE SA',
  'PITAHAYA AMAZONICA SAS',
  'EXTRACTOS ANDINOS SA',
  'MARISCOS GOLFO SA',
  'BANANO SELECTO SA',
  'COCOA ORIGIN SAS',
]
/** Two goods of each shipper, by their place in the catalogue. */
const TRADES: readonly (readonly [number, number])[] = [
  [0, 6],
  [1, 3],
  [2, 7],
  [3, 1],
  [4, 4],
  [5, 5],
  [0, 0],
  [6, 6],
  [7, 2],
  [1, 1],
  [0, 0],
  [2, 2],
]
const DISCHARGES = ['BEANR', 'NLRTM', 'DEHAM', 'ESVLC']
const RECEIPTS = ['ECUIO', 'ECCUE', 'ECMCH', 'ECMEC', 'ECESM', 'ECBHA']

export function trader(name: string, house: number): Trader {
  return { name: `GEN ${name}`, address: `Generated Street ${house}, ${1000 + house} Anytown` }
}

export function shippers(random: SeededRandom): readonly Shipper[] {
  const customers = CUSTOMERS.map((name, index) => trader(name, 100 + index))
  return SHIPPERS.map((name, index) => {
    const [first, second] = TRADES[index] ?? [0, 0]
    const discharges = [DISCHARGES[index % DISCHARGES.length] ?? 'BEANR', DISCHARGES[(index + 1) % DISCHARGES.length] ?? 'NLRTM']
    return {
      ...trader(name, 200 + index),
      goods: [GOODS[first], GOODS[second]].filter((each) => each !== undefined),
      customers: [customers[index % customers.length], customers[(index + 3) % customers.length]].filter((each) => each !== undefined),
      routes: discharges.map((discharge) => ({ loading: index % 5 === 4 ? 'PECLL' : 'ECGYE', discharge })),
      receipts: [RECEIPTS[index % RECEIPTS.length] ?? 'ECUIO', random.pick(RECEIPTS)],
    }
  })
}

export function honestBox(random: SeededRandom, from: Shipper, part: { readonly container: string; readonly number: number }): WorldBox {
  const goods = random.pick(from.goods)
  const route = random.pick(from.routes)
  const isReefer = goods.setTemperature !== undefined
  const tareKg = isReefer ? random.integer(4480, 4800) : random.integer(2150, 3900)
  const declaredKg = random.integer(...goods.grossKg)
  const seal = `GS${String(random.integer(0, 99_999_999)).padStart(8, '0')}`
  const isoType = isReefer ? '45R1' : random.pick(['22G1', '42G1'])
  return {
    container: part.container,
    isoType,
    isoTypeAtGateOut: isoType,
    consignor: from,
    consignee: random.pick(from.customers),
    goods,
    description: goods.description,
    loading: route.loading,
    discharge: route.discharge,
    via: random.chance(0.85) ? 'ESALG' : 'PABLB',
    plannedDischarge: route.discharge,
    receipt: random.pick(from.receipts),
    tareKg,
    declaredKg,
    declaredAtCustomsKg: declaredKg,
    verifiedKg: declaredKg + tareKg + random.integer(-90, 240),
    packages: random.integer(...goods.packages),
    setTemperature: goods.setTemperature,
    sealAtLoading: seal,
    sealAtDischarge: seal,
    bill: `GWBL${part.number}`,
    booking: `GWBK${part.number}`,
    leadHours: random.integer(96, 480),
    dwellHours: random.integer(12, 130),
    powerGapHours: random.integer(1, 5),
    amendedConsignee: undefined,
    clonedAt: undefined,
  }
}
