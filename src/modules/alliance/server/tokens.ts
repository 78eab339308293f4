/**
 * Tokens of vehicles, drivers, accounts and references of messages: keyed hashes under a salt that is drawn for one voyage (for accounts one quarter, for
 * references one box), kept encrypted and destroyed after it. The same vehicle has another token on another voyage, and none can be turned back once the salt is gone.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { Keeper } from './keepers.ts'
import type { RightName } from './right-name.ts'

export const voyageScope = ({ port, voyage }: RightName): string => `voyage ${port} ${voyage}`

/** References of messages: one scope for a box whatever its voyage is called, so that which right was found for a message does not show in its name. */
export const boxScope = ({ port, container }: Pick<RightName, 'port' | 'container'>): string => `box ${port} ${container}`

export function accountScope(now: Date): string {
  return `accounts ${now.getUTCFullYear()}-Q${Math.floor(now.getUTCMonth() / 3) + 1}`
}

export interface TokenMaker {
  token(kind: 'vehicle' | 'driver' | 'account' | 'reference' | 'message', text: string): string
}

/** Worker transactions only: no session reads a salt. That of a box counts from its last message: a box that comes again must not lose it half-way. */
export async function tokenMaker(
  tx: Tx,
  services: Pick<NodeServices, 'box' | 'clock'>,
  { keeper, scope }: { readonly keeper: Keeper; readonly scope: string },
): Promise<TokenMaker> {
  const { authority, desk } = keeper
  const fresh = services.box.seal(randomBytes(32).toString('base64'))
  await sql`insert into alliance.salts (authority, keeper, scope, key, content, made_at, audience)
    values (${authority}, ${desk}, ${scope}, ${fresh.key}, ${fresh.content}, ${services.clock.now()}, '{}')
    on conflict (authority, keeper, scope) do update set made_at = excluded.made_at where salts.scope like 'box %'`.execute(tx)
  const { rows } = await sql<{ key: string; content: string }>`
    select key, content from alliance.salts where authority = ${authority} and keeper = ${desk} and scope = ${scope}`.execute(tx)
  const [stored] = rows
  if (stored === undefined) throw new Error('The salt that was just made is gone.')
  const salt = Buffer.from(services.box.open(stored), 'base64')
  return {
    token: (kind, text) =>
      createHmac('sha256', salt)
        .update(
          `${kind}\n${text
            .normalize('NFKC')
            .toUpperCase()
            .replaceAll(/[^\p{L}\p{N}]/gu, '')}`,
        )
        .digest('hex')
        .slice(0, 32),
  }
}
