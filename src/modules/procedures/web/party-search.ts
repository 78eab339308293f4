/** Desks for a field or a role of a procedure: those that may fill the role; where a field leads to no role, any desk of the directory. */
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { call } from '#web/client.ts'
import { findInDirectory } from '#web/kit/procedure-form/desk-search.ts'
import type { FormSetting, FoundDesks } from '#web/kit/procedure-form/form-setting.ts'
import { findParties } from '../contract.ts'

export interface PartySearch {
  readonly procedure: string
  readonly role: string
  readonly text: string
}

export async function findDesksOfRole(search: PartySearch, signal: AbortSignal): Promise<FoundDesks> {
  const { items, hasMore } = await call(findParties, search, { signal })
  return { options: items.map(({ desk, name, country }) => ({ id: desk, label: `${name} (${country})` })), hasMore }
}

export function findPartyDesks(definition: ProcedureDef): FormSetting['findDesks'] {
  const roles = new Map(
    definition.transitions
      .flatMap(({ effects }) => effects)
      .flatMap((effect) => (effect.kind === 'address' ? [[effect.field, effect.role] as const] : [])),
  )
  return async (field, text, signal) => {
    const role = roles.get(field.id)
    return role === undefined
      ? await findInDirectory(field, text, signal)
      : await findDesksOfRole({ procedure: definition.id, role, text }, signal)
  }
}
