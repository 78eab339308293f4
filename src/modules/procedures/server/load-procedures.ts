/**
 * The procedures of a node when it starts: those that slices bind code to, those shipped as files, and those of the node's owner in `<home>/procedures`.
 * Each wording is kept in the store under its id and version, so that a running case stays on its own when the file is gone; one version has one wording
 * for ever. A broken or changed file stops the node with file, place and reason.
 */
import { createHash } from 'node:crypto'
import path from 'node:path'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import type { ProcedureBinding } from '#platform/module/define-module.ts'
import { type ProcedureRegistry, procedureRegistry } from '#platform/module/procedure-registry.ts'
import type { Database } from '#platform/store/database.ts'
import { readDefinitions, SHIPPED_FOLDER } from './read-definition.ts'
import type { ProcedureTables } from './tables.ts'

export interface LoadProcedures {
  /** Folder of the node. */
  readonly folder: string
  readonly database: Database
  readonly bound: readonly ProcedureBinding[]
  readonly now: Date
}

/** Read once for all nodes of a process: the demonstration and the tests run several. */
let shipped: ReturnType<typeof readDefinitions> | undefined

interface Source {
  readonly file: string
  readonly definition: ProcedureDef
}

export function ownFolder(home: string): string {
  return path.join(home, 'procedures')
}

export async function loadProcedures({ folder, database, bound, now }: LoadProcedures): Promise<ProcedureRegistry> {
  shipped ??= readDefinitions(SHIPPED_FOLDER)
  const files = [...shipped, ...readDefinitions(ownFolder(folder))]
  const sources: Source[] = [...bound.map(({ definition }) => ({ file: `the slice of ${definition.id}`, definition })), ...files]
  const boundIds = new Map(bound.map((binding) => [binding.definition.id, binding]))
  const faults = [
    ...twice(sources),
    ...files
      .filter(({ definition }) => boundIds.has(definition.id))
      .map(({ file, definition }) => `${file}: ${definition.id} has steps that code carries out, and cannot come from a file.`),
  ]
  if (faults.length > 0) throw broken(faults)
  const kept = await keep(database, sources, now)
  const registry = procedureRegistry(kept.map((definition) => ({ definition, effects: boundIds.get(definition.id)?.effects ?? {} })))
  const lost = registry.list().flatMap(({ definition }) => spawnFaults(registry, definition))
  if (lost.length > 0) throw broken(lost)
  return registry
}

/** What a step opens must be there, be open to a desk, and have the fields that are copied into it. */
function spawnFaults(registry: ProcedureRegistry, definition: ProcedureDef): string[] {
  return definition.transitions.flatMap(({ id, effects }) =>
    effects.flatMap((effect) => {
      if (effect.kind !== 'spawn') return []
      const at = `${definition.id}, transitions.${id}`
      const target = registry.current(effect.procedure)?.definition
      if (target === undefined) return [`${at}: opens ${effect.procedure}, which is not there.`]
      if (target.opener === undefined) return [`${at}: opens ${effect.procedure}, which no desk can open.`]
      const missing = Object.keys(effect.copy).filter((field) => !target.fields.some((each) => each.id === field))
      return missing.map((field) => `${at}: copies into ${effect.procedure} the field ${field}, which it does not have.`)
    }),
  )
}

function broken(faults: readonly string[]): Error {
  return new Error(`The node does not start; its procedures are broken:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
}

function twice(sources: readonly Source[]): string[] {
  const seen = new Map<string, string>()
  return sources.flatMap(({ file, definition }) => {
    const key = `${definition.id} ${definition.version}`
    const first = seen.get(key)
    seen.set(key, file)
    return first === undefined ? [] : [`${file}: ${definition.id} of ${definition.version} stands already in ${first}.`]
  })
}

/** Stores what is new; answers every wording the node ever ran. */
async function keep(database: Database, sources: readonly Source[], now: Date): Promise<readonly ProcedureDef[]> {
  const wordings = sources.map((source) => ({ ...source, digest: digestOf(source.definition) }))
  return await database.asWorker('procedures.load', async (tx) => {
    const db = tx.withTables<ProcedureTables>()
    await db
      .insertInto('procedures.definitions')
      .values(
        wordings.map(({ definition, digest }) => ({
          id: definition.id,
          version: definition.version,
          digest,
          definition: JSON.stringify(definition),
          taken_in_at: now,
        })),
      )
      .onConflict((conflict) => conflict.columns(['id', 'version']).doNothing())
      .execute()
    const rows = await db.selectFrom('procedures.definitions').selectAll().execute()
    const stored = new Map(rows.map((row) => [`${row.id} ${row.version}`, row.digest]))
    const changed = wordings.filter(({ definition, digest }) => stored.get(`${definition.id} ${definition.version}`) !== digest)
    if (changed.length > 0)
      throw broken(
        changed.map(
          ({ file, definition }) =>
            `${file}: the wording of ${definition.id} of ${definition.version} was changed; cases may run on it. Give the new wording a new version.`,
        ),
      )
    return rows.map((row) => row.definition as unknown as ProcedureDef)
  })
}

/** Over what it says, not how the file is laid out. */
function digestOf(definition: ProcedureDef): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(definition)))
    .digest('hex')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
