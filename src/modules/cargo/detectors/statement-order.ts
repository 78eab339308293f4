/** An order of statements that name no time to tell them apart: by what they say, and only then by where they stand, which is another when a file is cut or repeated. */
import type { FactPointer } from '#kernel/signal/signal.ts'
import type { ConsignmentStatement, EquipmentSighting } from '../model.ts'

export function compareStatements<T extends ConsignmentStatement | EquipmentSighting>(a: T, b: T): number {
  return compare(contentOf(a), contentOf(b)) || compare(pointerOf(a), pointerOf(b))
}

export function saysTheSame<T extends ConsignmentStatement | EquipmentSighting>(a: T | undefined, b: T): boolean {
  return a !== undefined && contentOf(a) === contentOf(b)
}

function contentOf(statement: ConsignmentStatement | EquipmentSighting): string {
  return JSON.stringify(statement, (key, value: unknown) => (key === 'at' ? undefined : value))
}

function pointerOf(statement: ConsignmentStatement | EquipmentSighting): string {
  const { document, start }: FactPointer = 'document' in statement ? statement.document.at : statement.container.at
  return `${document}${String(start).padStart(12, '0')}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
