/**
 * What the parts of an order mean: which kind it is, what it does to an earlier one, its times and its carriage.
 * Source: code lists 1001, 1225, 2005, 8051, 8067 (D96A to D23A); 43 and 45 are what terminals write in COPRAR, from memory.
 */
import type { Segment } from '#kernel/edifact/segment.ts'
import type { EquipmentOrder, EquipmentSighting, StatedCarriage } from '../model.ts'
import { CARRIAGE_MODES, CARRIAGE_STAGES } from './code-lists.ts'
import type { Draft, MessageContext } from './message-context.ts'

export type OrderMessage = 'COREOR' | 'COPARN' | 'COPINO' | 'COPRAR'

/** 1225. */
export const ORDER_FUNCTIONS: ReadonlyMap<string, EquipmentOrder['function']> = new Map<string, EquipmentOrder['function']>([
  ['1', 'cancel'],
  ['3', 'cancel'],
  ['4', 'change'],
  ['5', 'replace'],
  ['9', 'new'],
  ['40', 'cancel'],
])

/** 2005: 36 and 400 end a validity, 194 and 392 begin it; the rest is when it shall happen. */
export const ORDER_TIMES: ReadonlyMap<string, 'plannedAt' | 'validFrom' | 'validUntil'> = new Map<
  string,
  'plannedAt' | 'validFrom' | 'validUntil'
>([
  ['7', 'plannedAt'],
  ['200', 'plannedAt'],
  ['201', 'plannedAt'],
  ['234', 'plannedAt'],
  ['235', 'plannedAt'],
  ['395', 'plannedAt'],
  ['194', 'validFrom'],
  ['392', 'validFrom'],
  ['36', 'validUntil'],
  ['206', 'validUntil'],
  ['400', 'validUntil'],
])

const NAMES: Readonly<Record<OrderMessage, ReadonlyMap<string, EquipmentOrder['kind']>>> = {
  COREOR: new Map<string, EquipmentOrder['kind']>([['126', 'acceptance']]),
  COPARN: new Map<string, EquipmentOrder['kind']>([
    ['126', 'acceptance'],
    ['129', 'release'],
    ['335', 'announcement'],
    ['340', 'transport'],
  ]),
  COPINO: new Map(),
  COPRAR: new Map<string, EquipmentOrder['kind']>([
    ['43', 'discharge'],
    ['45', 'loading'],
    ['118', 'discharge'],
    ['121', 'loading'],
  ]),
}

export function orderKind(
  type: OrderMessage,
  stated: { readonly name: string; readonly status: EquipmentSighting['status']; readonly isDischargeCall: boolean },
): EquipmentOrder['kind'] {
  const named = NAMES[type].get(stated.name)
  if (named !== undefined) return named
  if (type === 'COREOR') return 'release'
  if (type === 'COPINO') return 'pre-notification'
  if (type === 'COPARN') return 'announcement'
  // COPRAR without a name that is known: the status of the box says it, else the port of the call.
  if (stated.status === 'import') return 'discharge'
  if (stated.status === 'export') return 'loading'
  return stated.isDischargeCall ? 'discharge' : 'loading'
}

export function readCarriage(context: MessageContext, segment: Segment): StatedCarriage {
  const carriage: Draft<StatedCarriage> = { stage: CARRIAGE_STAGES.get(segment.text(1)) ?? 'inland' }
  const mode = segment.text(3)
  if (mode !== '') carriage.mode = CARRIAGE_MODES.get(mode) ?? 'other'
  const journey = context.stated(segment, 2)
  const carrier = context.stated(segment, 5) ?? context.stated(segment, 5, 4)
  const vehicle = context.stated(segment, 8) ?? context.stated(segment, 8, 4)
  if (journey !== undefined) carriage.journey = journey
  if (carrier !== undefined) carriage.carrier = carrier
  if (vehicle !== undefined) carriage.vehicle = vehicle
  return carriage
}
