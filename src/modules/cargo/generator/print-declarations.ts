/** The declaration table of one customs office (`formats/declarations-csv.ts` reads it). */
import type { GeneratedBox } from './voyage.ts'

const HEADER = 'declaration,container,seals,bill_of_lading,consignor,consignee,notify,pol,pod,hs,description,gross_kg,packages,vgm_kg'

export function printDeclarations(boxes: readonly GeneratedBox[]): Uint8Array {
  const rows = boxes
    .filter(({ isFull }) => isFull)
    .map((box) => [
      box.declaration,
      box.container,
      box.sealAtLoading,
      box.bill,
      box.consignor,
      box.consignee,
      box.consignee,
      box.loading,
      box.reportedDischarge,
      box.goods.hs,
      box.goods.description,
      String(box.declaredKg),
      String(box.packages),
      String(box.verifiedKg),
    ])
  return new TextEncoder().encode([HEADER, ...rows.map((row) => row.map(cell).join(','))].join('\n').concat('\n'))
}

function cell(text: string): string {
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
