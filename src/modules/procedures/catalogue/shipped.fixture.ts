/** One shipped procedure by its file, and who may see which of its fields. A broken file of another procedure does not disturb. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { parseDefinition, SHIPPED_FOLDER } from '../server/read-definition.ts'

export function shipped(file: string): ProcedureDef {
  const read = parseDefinition(readFileSync(path.join(SHIPPED_FOLDER, file), 'utf8'))
  if (read.ok) return read.definition
  throw new Error(read.problems.map(({ at, message }) => `${file}:${at}: ${message}`).join('\n'))
}

export function fieldsFor(definition: ProcedureDef, role: string): readonly string[] {
  return definition.fields.filter(({ audience }) => audience.includes(role)).map(({ id }) => id)
}

/** Steps that the system may take: no person stands behind them. */
export function systemSteps(definition: ProcedureDef): readonly string[] {
  return definition.transitions.filter(({ by }) => by === undefined).map(({ id }) => id)
}
