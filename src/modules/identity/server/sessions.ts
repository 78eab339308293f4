/** Sessions: an opaque random token in a cookie, its hash in the store, an absolute end and an idle end. */
import { createHash, randomBytes } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Role, SessionFacts } from '#platform/access/session-facts.ts'
import { findUnit } from '#platform/link/directory.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Officer } from './officers.ts'

export interface SessionLimits {
  readonly sessionMinutes: number
  readonly idleMinutes: number
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

export async function openSession(services: NodeServices, officer: Officer): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const now = services.clock.now()
  await services.database.asWorker('identity.open-session', async (tx) => {
    await sql`insert into identity.sessions (token_hash, officer, desk, purpose, case_id, created_at, seen_at)
      values (${hashOf(token)}, ${officer.officer}, ${officer.desks[0] ?? ''}, null, null, ${now}, ${now})`.execute(tx)
  })
  return token
}

export async function closeSession(services: NodeServices, token: string): Promise<void> {
  await services.database.asWorker('identity.close-session', async (tx) => {
    await sql`delete from identity.sessions where token_hash = ${hashOf(token)}`.execute(tx)
  })
}

export async function chooseSessionFacts(
  services: NodeServices,
  choice: {
    readonly officer: string
    readonly desk: string
    readonly purpose: string
    readonly caseId: string | null
    readonly token: string
  },
): Promise<void> {
  await services.database.asWorker('identity.choose-facts', async (tx) => {
    await sql`update identity.sessions set desk = ${choice.desk}, purpose = ${choice.purpose}, case_id = ${choice.caseId}
      where token_hash = ${hashOf(choice.token)} and officer = ${choice.officer}`.execute(tx)
  })
}

/**
 * Facts of a live session; ends it when its time is over or its desk is no longer in the directory. An account belongs to one authority, which this
 * node serves: when the directory gives one of its desks to another, it acts for neither until somebody decides.
 */
export async function resolveSession(services: NodeServices, token: string, limits: SessionLimits): Promise<SessionFacts | null> {
  const now = services.clock.now()
  return await factsBehind(
    services,
    token,
    sql`update identity.sessions s set seen_at = ${now} from identity.officers o where ${isLive(token, now, limits)} returning ${ACTING}`,
  )
}

/** The same without using the session: who only listens does not keep it from ending. */
export async function lookAtSession(services: NodeServices, token: string, limits: SessionLimits): Promise<SessionFacts | null> {
  const live = isLive(token, services.clock.now(), limits)
  return await factsBehind(services, token, sql`select ${ACTING} from identity.sessions s, identity.officers o where ${live}`)
}

const ACTING = sql`o.officer, o.name, o.roles, o.desks, s.desk, s.purpose, s.case_id`

function isLive(token: string, now: Date, { sessionMinutes, idleMinutes }: SessionLimits): RawBuilder<unknown> {
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
  return sql`s.token_hash = ${hashOf(token)} and o.officer = s.officer and s.created_at > ${ago(sessionMinutes)} and s.seen_at > ${ago(idleMinutes)}`
}

async function factsBehind(services: NodeServices, token: string, read: RawBuilder<unknown>): Promise<SessionFacts | null> {
  if (token.length > 100) return null
  const row = await services.database.asWorker('identity.resolve-session', async (tx) => {
    const { rows } = await read.execute(tx)
    return rows[0] as ActingRow | undefined
  })
  return row === undefined ? null : factsOf(services, row)
}

/** Facts of an officer who is not signed in, for what acts on the officer's behalf; null when the account is gone or may no longer act for the desk. */
export async function actingFacts(
  services: NodeServices,
  wanted: { readonly officer: string; readonly desk: string; readonly purpose: string },
): Promise<SessionFacts | null> {
  const row = await services.database.asWorker('identity.acting-facts', async (tx) => {
    const { rows } = await sql<Omit<ActingRow, 'desk' | 'purpose' | 'case_id'>>`
      select officer, name, roles, desks from identity.officers where officer = ${wanted.officer}`.execute(tx)
    return rows[0]
  })
  const { desk, purpose } = wanted
  return row === undefined ? null : factsOf(services, { ...row, desk, purpose, case_id: null })
}

interface ActingRow {
  readonly officer: string
  readonly name: string
  readonly roles: Role[]
  readonly desks: string[]
  readonly desk: string
  readonly purpose: string | null
  readonly case_id: string | null
}

function factsOf(services: NodeServices, row: ActingRow): SessionFacts | null {
  if (!row.desks.includes(row.desk)) return null
  const directory = services.directory()
  const found = findUnit(directory, row.desk)
  if (found === undefined || !services.authorities.includes(found.org.id)) return null
  if (row.desks.some((desk) => (findUnit(directory, desk)?.org.id ?? found.org.id) !== found.org.id)) return null
  const { org, unit } = found
  const isOversight = unit.services.includes('oversight')
  return {
    officer: row.officer,
    officerName: row.name,
    roles: row.roles,
    desk: row.desk,
    authority: org.id,
    authorityKind: isOversight ? 'data-protection' : org.kind,
    country: org.country,
    realm: isOversight ? 'oversight' : org.realm,
    purpose: row.purpose,
    caseId: row.case_id,
  }
}
