/**
 * Warnings about contents that a sender is told of by APERAK, each with a code of at most eight signs. Warnings about syntax go into CONTRL;
 * what is only odd is told to nobody. Which warning is worth an answer is policy of ours.
 */
export const APPLICATION_FAULTS: ReadonlyMap<string, string> = new Map([
  ['container-number.check-digit', 'CNTRDIG'],
  ['container-number.format', 'CNTRFORM'],
  ['equipment.no-number', 'CNTRNONE'],
  ['value.not-a-number', 'NOTNUM'],
  ['weight.unit', 'UNIT'],
  ['message.equipment-count', 'CNTRCNT'],
  ['message.unknown-type', 'MSGTYPE'],
  ['status.no-code', 'STATUS'],
  ['verified-mass.none', 'NOVGM'],
  ['order.too-many', 'TOOMANY'],
])

export function applicationCode(warning: string): string {
  return APPLICATION_FAULTS.get(warning) ?? 'OTHER'
}
