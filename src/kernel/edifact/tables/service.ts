/**
 * The service message CONTRL and the segments of it, and segments of user messages that the D23A table lacks or states narrower than
 * older directories do. Written by hand, in the notations of `group-structure.ts` and `group-elements.ts`.
 * Source: ISO 9735-4 (CONTRL); UN/EDIFACT directories D96A to D08A for the rest, V unless marked.
 */
export const SERVICE_MESSAGES: Readonly<Record<string, string>> = {
  CONTRL: 'UCI! 999999(UCM! 999(UCS! UCD99)) 999999(UCF! 999999(UCM! 999(UCS! UCD99)))',
}

export const SERVICE_SEGMENTS: Readonly<Record<string, string>> = {
  UCD: '3! (n3!,n3,n6)!',
  UCF: '14! (35!,4) (35!,4) 3! 3 3 (n3!,n3,n6) 14 n6',
  UCI: '14! (35!,4,35,35)! (35!,4,35,35)! 3! 3 3 (n3!,n3,n6) 14 n6',
  UCM: '14 (6!,3!,3!,3!,6,6,6) 3! 3 3 (n3!,n3,n6) 35 (35!,3)x99 14 n6',
  UCS: 'n6! 3',
  UNS: 'a1!',
}

/** Each allows what any directory from D96A to D23A allows. */
export const WIDER_SEGMENTS: Readonly<Record<string, string>> = {
  /** The point of error had a numeric item until D08A. */
  ERP: '(3,35,n6) (3,10,3)',
  /** Until D01B; GEI took its place. */
  GIS: '(3!,17,3,17)!',
  /** The D23A table that ours is made from lost the last two components of the measurement details (M). */
  MEA: '3! (3,3,17,70) (8,18,n18,n18,n2) 3',
  /** As MEA: the ten lines of marks are lost there (M). */
  PCI: '3 (35!,35,35,35,35,35,35,35,35,35) 3 (3!,17,3)',
  /** The fourth component was a reference of 35 before it was a version of 9. */
  RFF: '(3!,70,6,35,6)!',
}
