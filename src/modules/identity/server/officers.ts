/** Accounts of officers: creating them and checking a password in the same time whether the account exists or not. */
import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { sql } from 'kysely'
import type { Role } from '#platform/access/session-facts.ts'
import type { NodeServices } from '#platform/module/services.ts'

export interface NewOfficer {
  readonly account: string
  readonly officer: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly desks: readonly string[]
  readonly password: string
  readonly demonstration: boolean
}

export interface Officer {
  readonly officer: string
  readonly name: string
  readonly roles: Role[]
  readonly desks: string[]
  readonly demonstration: boolean
}

/** argon2id, 19 MiB, two passes, one lane: the least that OWASP advises. */
const ARGON = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

let decoy: Promise<string> | undefined

/** False when the account exists. Who may do this is whoever administers the machine of the node: there is no route for it. */
export async function addOfficer(services: Pick<NodeServices, 'database' | 'clock' | 'record'>, officer: NewOfficer): Promise<boolean> {
  const passwordHash = await hash(officer.password, ARGON)
  return await services.database.asWorker('identity.add-officer', async (tx) => {
    const { numAffectedRows } = await sql`
      insert into identity.officers (account, officer, name, password_hash, roles, desks, demonstration, created_at)
      values (${officer.account}, ${officer.officer}, ${officer.name}, ${passwordHash}, ${[...officer.roles]}, ${[...officer.desks]}, ${officer.demonstration}, ${services.clock.now()})
      on conflict (account) do nothing`.execute(tx)
    const wasAdded = numAffectedRows === 1n
    await services.record(tx, {
      event: 'identity.officer-added',
      outcome: wasAdded ? 'done' : 'refused',
      facts: null,
      by: 'command:officer add',
      subjects: [{ kind: 'officer', id: officer.officer }, ...officer.desks.map((id) => ({ kind: 'desk', id }))],
      ...(wasAdded ? {} : { reason: 'account exists' }),
    })
    return wasAdded
  })
}

/** The officer, or undefined; an unknown account costs the same work as a wrong password. */
export async function checkPassword(services: NodeServices, account: string, password: string): Promise<Officer | undefined> {
  const row = await services.database.asWorker('identity.sign-in', async (tx) => {
    const { rows } = await sql<Officer & { password_hash: string }>`
      select officer, name, roles, desks, demonstration, password_hash from identity.officers where account = ${account}`.execute(tx)
    return rows[0]
  })
  decoy ??= hash(randomBytes(16), ARGON)
  const isRight = await verify(row?.password_hash ?? (await decoy), password)
  if (row === undefined || !isRight) return undefined
  const { officer, name, roles, desks, demonstration } = row
  return { officer, name, roles, desks, demonstration }
}
