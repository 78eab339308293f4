/** Headers, first rows and suggested mapping of a file as its upload answered, for as long as the page lives: they hold personal data and are stored nowhere else. */
import type { z } from 'zod'
import type { uploadImport } from '../contract.ts'

type Table = Omit<z.output<(typeof uploadImport)['ok']>, 'import'>

const MOST = 20
const tables = new Map<string, Table>()

export function keepTable({ import: id, ...table }: z.output<(typeof uploadImport)['ok']>): void {
  tables.set(id, table)
  const [oldest] = tables.keys()
  if (tables.size > MOST && oldest !== undefined) tables.delete(oldest)
}

export function keptTable(id: string): Table | undefined {
  return tables.get(id)
}
