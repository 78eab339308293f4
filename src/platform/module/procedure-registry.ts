/** The procedures of a node by id and version: what a new case runs on, and every wording that a running case is still pinned to. */
import type { ProcedureBinding } from './define-module.ts'

export interface ProcedureRegistry {
  /** The wording in force. */
  current(id: string): ProcedureBinding | undefined
  of(id: string, version: string): ProcedureBinding | undefined
  /** Versions of one procedure, the newest first. */
  versions(id: string): readonly string[]
  /** All procedures in the wording in force, by id. */
  list(): readonly ProcedureBinding[]
}

/** `bindings` may hold several versions of one procedure; the newest is the one in force. */
export function procedureRegistry(bindings: readonly ProcedureBinding[]): ProcedureRegistry {
  const byId = new Map<string, Map<string, ProcedureBinding>>()
  for (const binding of bindings) {
    const { id, version } = binding.definition
    const versions = byId.get(id) ?? new Map<string, ProcedureBinding>()
    byId.set(id, versions.set(version, binding))
  }
  const versions = (id: string): readonly string[] => [...(byId.get(id)?.keys() ?? [])].sort().reverse()
  const of = (id: string, version: string) => byId.get(id)?.get(version)
  const current = (id: string) => of(id, versions(id)[0] ?? '')
  return {
    current,
    of,
    versions,
    list: () => [...byId.keys()].sort().flatMap((id) => current(id) ?? []),
  }
}
