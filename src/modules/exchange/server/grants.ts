/** Grants of an originator that a desk holds for one piece of information, with the tokens that prove them to the next. */
import type { Capability, Grant } from '#kernel/handling/capability.ts'
import type { Tx } from '#platform/store/database.ts'
import { type ItemKey, isItem } from './item-content.ts'
import type { ExchangeTables } from './tables.ts'

export interface HeldGrants {
  readonly grants: readonly Grant[]
  readonly tokens: readonly string[]
}

export async function grantsFor(work: { readonly tx: Tx }, key: ItemKey, origin: string): Promise<HeldGrants> {
  const rows = await work.tx
    .withTables<ExchangeTables>()
    .selectFrom('exchange.statements')
    .select(['body', 'token'])
    .where(isItem(key))
    .where('origin_org', '=', origin)
    .where('says', '=', 'grant')
    .execute()
  const held = rows.flatMap(({ body, token }) => (body.says === 'grant' ? [{ grant: asGrant(body), token }] : []))
  return { grants: held.map(({ grant }) => grant), tokens: held.map(({ token }) => token) }
}

export function asGrant(body: {
  readonly capability: Capability
  readonly holder: string
  readonly recipient?: string | undefined
  readonly until: string
}): Grant {
  const { capability, holder, recipient, until } = body
  return { capability, holder, until: Date.parse(until), ...(recipient === undefined ? {} : { recipient }) }
}
