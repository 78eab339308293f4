/** The same messages in other files: cut in two, and sent again, each file with pointers into itself. */
import { createHash } from 'node:crypto'
import type { WorldDocument } from '../generator/world.ts'

export function cut(document: WorldDocument, at: number): readonly WorldDocument[] {
  const cutAt = at % (document.equipment.length + document.consignments.length + 1)
  const parts = [
    { equipment: document.equipment.slice(0, cutAt), consignments: document.consignments.slice(0, cutAt) },
    { equipment: document.equipment.slice(cutAt), consignments: document.consignments.slice(cutAt) },
  ]
  return parts.map((part, index) => renamed({ ...document, ...part }, `${document.id} ${index} of ${cutAt}`))
}

export function renamed(document: WorldDocument, name: string): WorldDocument {
  const id = createHash('sha256').update(name).digest('hex')
  const text = JSON.stringify({ equipment: document.equipment, consignments: document.consignments }).replaceAll(document.id, id)
  return { ...document, ...(JSON.parse(text) as Pick<WorldDocument, 'equipment' | 'consignments'>), id }
}

export function containersOf({ equipment, consignments }: WorldDocument): readonly string[] {
  return [
    ...new Set([
      ...equipment.map(({ container }) => container.value),
      ...consignments.flatMap(({ containers }) => containers.map(({ number }) => number.value)),
    ]),
  ]
}

const setTo = (parameters: Readonly<Record<string, number>>) => ({ enabled: true, parameters })

/** Thresholds that a small world crosses, each of them. */
export const LOW = new Map([
  ['cargo.first-time-party', setTo({ needed: 9, neededOfPair: 3 })],
  ['cargo.new-goods', setTo({ needed: 4 })],
  ['cargo.new-route', setTo({ needed: 12, neededOfCompany: 8 })],
  ['cargo.unusual-transhipment', setTo({ needed: 5, share: 0.2 })],
  ['cargo.dormant-party', setTo({ months: 0.4 })],
  ['cargo.identity', setTo({ neededBoxes: 20 })],
  ['cargo.weight-mismatch', setTo({ kilograms: 100, share: 0, neededResiduals: 3 })],
  ['cargo.description', setTo({ neededOfHeading: 5, neededOfWord: 3, share: 0.2 })],
  ['cargo.short-lead-time', setTo({ needed: 3, share: 0.6 })],
  ['cargo.dwell', setTo({ needed: 5, share: 0.4 })],
  ['cargo.light-fruit', setTo({ needed: 2, share: 0.8, findings: 1 })],
])
