/**
 * What generated voyages are made of. Every company, ship and owner prefix here is invented, and says so where a reader can see it.
 * Goods carry their HS subheading, usual load and, when cooled, the usual set temperature in degrees Celsius.
 */
export interface GoodsKind {
  readonly hs: string
  readonly description: string
  readonly packages: readonly [number, number]
  readonly grossKg: readonly [number, number]
  readonly setTemperature?: number
}

export const GOODS: readonly GoodsKind[] = [
  {
    hs: '080390',
    description: 'FRESH BANANAS CAVENDISH IN CARTONS',
    packages: [1060, 1080],
    grossKg: [19900, 21400],
    setTemperature: 13.3,
  },
  { hs: '030617', description: 'FROZEN SHRIMP HEADLESS SHELL-ON', packages: [900, 1300], grossKg: [18500, 24800], setTemperature: -20 },
  { hs: '180100', description: 'COCOA BEANS WHOLE RAW IN JUTE BAGS', packages: [340, 390], grossKg: [23800, 25600] },
  { hs: '160414', description: 'PREPARED TUNA IN CANS', packages: [1700, 2100], grossKg: [20100, 24900] },
  { hs: '060311', description: 'FRESH CUT ROSES', packages: [700, 950], grossKg: [8200, 11400], setTemperature: 1 },
  { hs: '440722', description: 'SAWN BALSA WOOD KILN DRIED', packages: [40, 64], grossKg: [7800, 12300] },
  { hs: '081090', description: 'FRESH PITAHAYA IN CARTONS', packages: [1400, 1700], grossKg: [9900, 14800], setTemperature: 8 },
  { hs: '210111', description: 'COFFEE EXTRACT SPRAY DRIED IN DRUMS', packages: [180, 260], grossKg: [12500, 17900] },
]

export const CONSIGNORS: readonly string[] = [
  'GENERATED FRUTAS DEL LITORAL SA',
  'GENERATED CAMARONERA ISLA NORTE SA',
  'GENERATED CACAO DE LA CUENCA CIA LTDA',
  'GENERATED CONSERVAS DEL PACIFICO SA',
  'GENERATED FLORES DE ALTURA SA',
  'GENERATED MADERAS LIVIANAS CIA LTDA',
]

export const CONSIGNEES: readonly string[] = [
  'GENERATED FRUIT IMPORT NV',
  'GENERATED NOORDZEE FOODS BV',
  'GENERATED CHOCOLATERIE GROS NV',
  'GENERATED SEAFOOD TRADING GMBH',
  'GENERATED BLOEMEN HANDEL BV',
]

/** Used by faults only: nobody saw it before. */
export const NEW_CONSIGNOR = 'GENERATED EXPORTADORA NUEVA RUTA SAS'
export const OTHER_CONSIGNEE = 'GENERATED LOGISTICS SERVICES BV'

/** Three letters of the owner and U; none of them stands in the liner list of the time of writing. */
export const OWNER_PREFIXES: readonly string[] = ['QGNU', 'QDMU', 'XQTU', 'XGEU', 'QEXU']
export const OPERATORS: readonly string[] = ['GNA', 'GNB', 'GNC']

export const VESSEL = { name: 'GENERATED ANDES', imo: '9999010', callSign: 'GEN01' } as const
export const LABEL = 'GENERATED DATA - NO REAL VOYAGE'
