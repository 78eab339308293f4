/** Kinds of document that can contradict an itinerary. What is noticed here and what may be told to the originator are one list: a change that a desk sees can be told. */

/** State a box. */
export const BOX_MESSAGES = ['BAPLIE', 'MOVINS', 'COARRI'] as const
/** State the calls of a ship. */
export const SCHEDULE_MESSAGES = ['IFTSAI', 'CALINF'] as const
/** State an air waybill with its airports. */
export const WAYBILL_MESSAGES = ['FWB'] as const

export const ROUTE_MESSAGES = [...BOX_MESSAGES, ...SCHEDULE_MESSAGES, ...WAYBILL_MESSAGES] as const
export type RouteMessage = (typeof ROUTE_MESSAGES)[number]
