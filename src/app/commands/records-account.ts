/**
 * An officer's account at a running node, for commands that read records: they go through the same policies, purposes and log as the web application.
 * The password stands in the environment, never on the command line, where other users of the machine would see it.
 */
import { type Client, signedInClient } from '../client.ts'

export const ACCOUNT_OPTIONS = {
  url: { type: 'string' },
  account: { type: 'string' },
  desk: { type: 'string' },
  purpose: { type: 'string' },
} as const

export interface AccountNamed {
  readonly url?: string | undefined
  readonly account?: string | undefined
  readonly desk?: string | undefined
  readonly purpose?: string | undefined
}

export const PASSWORD_SETTING = 'BREAKWATER_PASSWORD'
const LOCAL = 'http://127.0.0.1:8701'

/** Undefined when a part is missing. */
export async function openAccount({ url = LOCAL, account, desk, purpose }: AccountNamed): Promise<Client | undefined> {
  const password = process.env[PASSWORD_SETTING]
  if (account === undefined || desk === undefined || purpose === undefined || password === undefined) return undefined
  return await signedInClient({ url, account, password, desk, purpose })
}
