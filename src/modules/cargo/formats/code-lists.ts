/**
 * Codes of the UN/EDIFACT directories that the projections understand, in the words of the model. A code that is not here is not an
 * error: the segment stays in the stored original.
 * Source: UN/EDIFACT code lists 3227, 9303, 3035, 8249, 8169, 1001 (D96A to D23A); use in messages as in the SMDG user guides.
 */
import type { EquipmentSighting, OrderPartyRole, PartyRole, PlaceRole, PortCall, SealIssuer, StatedCarriage, StatedTime } from '../model.ts'

/** Codes come from outside: a plain object would also answer to the names of its prototype. */
function codes<T>(list: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(list))
}

/** 3227. 6 and 12 are how BAPLIE 1.5 names loading and discharge; 8 names the inland end of the journey. */
export const PLACE_ROLES: ReadonlyMap<string, PlaceRole> = codes<PlaceRole>({
  '5': 'departure',
  '6': 'loading',
  '7': 'delivery',
  '8': 'delivery',
  '9': 'loading',
  '11': 'discharge',
  '12': 'discharge',
  '13': 'transhipment',
  '61': 'next-port',
  '65': 'final-discharge',
  '76': 'original-loading',
  '83': 'delivery',
  '88': 'receipt',
  '165': 'activity',
  '170': 'final-discharge',
})

/** 9303. */
export const SEAL_ISSUERS: ReadonlyMap<string, SealIssuer> = codes<SealIssuer>({
  AA: 'consolidator',
  AB: 'unknown',
  AC: 'quarantine',
  CA: 'carrier',
  CU: 'customs',
  SH: 'shipper',
  TO: 'terminal',
})

/** 3035; N1 is what older directories call the notify party. */
export const PARTY_ROLES: ReadonlyMap<string, PartyRole> = codes<PartyRole>({
  CZ: 'consignor',
  CN: 'consignee',
  NI: 'notify',
  N1: 'notify',
  FW: 'forwarder',
  CA: 'carrier',
  CF: 'container-operator',
  CB: 'customs-broker',
})

/** 3035 in orders and mass declarations. HI asks for the action, HA brings to the terminal, TR runs it; AM and SPC answer for a mass. */
export const ORDER_PARTY_ROLES: ReadonlyMap<string, OrderPartyRole> = new Map<string, OrderPartyRole>([
  ...PARTY_ROLES,
  ['HI', 'ordering-party'],
  ['HA', 'haulier'],
  ['TR', 'terminal'],
  ['MS', 'sender'],
  ['MR', 'recipient'],
  ['SPC', 'declarant'],
  ['AM', 'declarant'],
  ['WPA', 'weighing-party'],
])

/** 3227 in schedules and calls. */
export const CALL_ROLES: ReadonlyMap<string, PortCall['role']> = codes<PortCall['role']>({
  '5': 'departure',
  '8': 'arrival',
  '9': 'loading',
  '11': 'discharge',
  '13': 'transhipment',
  '60': 'arrival',
  '61': 'next-port',
  '76': 'original-loading',
  '92': 'call',
  '94': 'previous-port',
  '152': 'next-port',
  '153': 'call',
  '164': 'berth',
  '170': 'final-discharge',
})

/** 2005 of the times of a call. */
export const CALL_TIMES: ReadonlyMap<string, Pick<StatedTime, 'event' | 'basis'>> = codes<Pick<StatedTime, 'event' | 'basis'>>({
  '132': { event: 'arrival', basis: 'estimated' },
  '178': { event: 'arrival', basis: 'actual' },
  '232': { event: 'arrival', basis: 'scheduled' },
  '133': { event: 'departure', basis: 'estimated' },
  '136': { event: 'departure', basis: 'actual' },
  '186': { event: 'departure', basis: 'actual' },
  '189': { event: 'departure', basis: 'scheduled' },
  '180': { event: 'cargo-closing', basis: 'scheduled' },
})

/** 8051, as far as orders use it; everything between port and door that has no name of its own is inland. */
export const CARRIAGE_STAGES: ReadonlyMap<string, StatedCarriage['stage']> = codes<StatedCarriage['stage']>({
  '10': 'pre',
  '20': 'main',
  '30': 'on',
})

/** 8067. */
export const CARRIAGE_MODES: ReadonlyMap<string, NonNullable<StatedCarriage['mode']>> = codes<NonNullable<StatedCarriage['mode']>>({
  '1': 'sea',
  '2': 'rail',
  '3': 'road',
  '4': 'air',
  '8': 'inland-water',
})

/** 8249. */
export const EQUIPMENT_STATUS: ReadonlyMap<string, NonNullable<EquipmentSighting['status']>> = codes<
  NonNullable<EquipmentSighting['status']>
>({
  '2': 'export',
  '3': 'import',
  '4': 'remain-on-board',
  '5': 'shifter',
  '6': 'transhipment',
})

/** 8169: 7 is full with goods of several shippers, 8 full with one. */
export const FULLNESS: ReadonlyMap<string, NonNullable<EquipmentSighting['fullness']>> = codes<NonNullable<EquipmentSighting['fullness']>>({
  '4': 'empty',
  '5': 'full',
  '7': 'full',
  '8': 'full',
})

/** 1001 in COARRI and CODECO; 44, 46, 34 and 36 are the terminals' own use of the list. */
type ReportEvent = NonNullable<EquipmentSighting['event']>
export const REPORT_EVENTS: Readonly<Record<'COARRI' | 'CODECO', ReadonlyMap<string, ReportEvent>>> = {
  COARRI: codes<ReportEvent>({ '44': 'discharged', '98': 'discharged', '119': 'discharged', '46': 'loaded', '122': 'loaded' }),
  CODECO: codes<ReportEvent>({ '34': 'gate-in', '36': 'gate-out' }),
}

/** 8053 of equipment that carries no container number: break-bulk, chassis, trailers, pallets. */
export const NOT_CONTAINERS: ReadonlySet<string> = new Set(['BB', 'BPN', 'BPY', 'CH', 'EYP', 'PA', 'RG', 'RO', 'TE', 'TS', 'VE'])

/** 1153 of numbers by which cargo is given away: RE release, ATY release order. They are never taken over. */
export const RELEASE_REFERENCES: ReadonlySet<string> = new Set(['RE', 'ATY'])

/** 1153 of references that name a transport document. */
export const TRANSPORT_DOCUMENTS: ReadonlySet<string> = new Set(['BM', 'BH', 'MB', 'AAS'])

/** 6411 to kilograms; avoirdupois pound: 0.45359237 kg exactly. */
export const KILOGRAMS: ReadonlyMap<string, number> = codes({ KGM: 1, KG: 1, KGS: 1, TNE: 1000, GRM: 0.001, LBR: 0.45359237 })
