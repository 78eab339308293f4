/**
 * The register of partners. Each step is a row that is added: a file for the desk that vets, a standing that the partner reads too.
 * Invariants: the officer who invited never confirms, nor does the one who suspended lift it; renewing a vetting takes nothing away until it is confirmed.
 */
import { sql } from 'kysely'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { seenBy } from '#platform/link/directory-view.ts'
import {
  changePartner,
  invitePartner,
  listPartners,
  type PartnerFile,
  type PartnerStanding,
  showStanding,
  VETTING_YEARS,
} from '../contract.ts'
import { partyView } from './keepers.ts'
import { effectiveState, type StandingRow, standingsOf } from './standing.ts'

export interface VettingRow {
  desk: string
  version: number
  change: PartnerFile['changes'][number]['change']
  by_officer: string
  by_name: string
  at: Date
  reason: string
  kind: StandingRow['kind']
  criteria: PartnerStanding['criteria']
  basis: string
  evidence: string
  expires_at: Date
}

interface File {
  readonly rows: readonly VettingRow[]
  readonly last: VettingRow
  readonly standing: StandingRow
}

export const listPartnersRoute = handle(listPartners, async (input, context) => {
  const { facts, services, clock } = context
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'alliance.cursor' })
  const files = await filesOf(context)
  const items = [...files.values()]
    .map((file) => fileView(context, file))
    .filter((file) => (input.kind === undefined || file.kind === input.kind) && (input.state === undefined || file.state === input.state))
    .sort((a, b) => compare([a.expiresAt, a.desk], [b.expiresAt, b.desk]))
  const after = mark === undefined ? items : items.filter((file) => compare([file.expiresAt, file.desk], mark.map(String)) > 0)
  const page = after.slice(0, input.limit)
  const last = page.at(-1)
  const candidates = seenBy(services.directory(), facts.authority)
    .orgs.filter((org) => org.realm === 'partner')
    .flatMap((org) => org.units)
    .filter((unit) => {
      const file = files.get(unit.id)
      return file === undefined || effectiveState(file.standing, clock.now()) !== 'active'
    })
    .map((unit) => ({ desk: unit.id, name: unit.name }))
  return {
    items: page,
    candidates,
    ...(after.length > page.length && last !== undefined ? { next: writeMark([last.expiresAt, last.desk]) } : {}),
  }
})

export const invitePartnerRoute = handle(invitePartner, async (input, context) => {
  const { facts, tx, services, clock } = context
  const { rows: repeated } = await sql<{ desk: string; version: number }>`
    select desk, version from alliance.vettings where authority = ${facts.authority} and keeper = ${facts.desk} and key = ${input.key}`.execute(
    tx,
  )
  const file = (await filesOf(context, input.desk)).get(input.desk)
  if (repeated[0] !== undefined && file !== undefined)
    return { desk: repeated[0].desk, state: effectiveState(file.standing, clock.now()), version: file.last.version }
  await requireSealing(tx, clock.now())
  const found = findUnit(seenBy(services.directory(), facts.authority), input.desk)
  if (found?.org.realm !== 'partner') throw new AppError(422, 'alliance.partner-unknown', 'No such desk of the partner realm.')
  const expires = new Date(input.expiresAt)
  const latest = new Date(clock.now())
  latest.setUTCFullYear(latest.getUTCFullYear() + VETTING_YEARS)
  if (expires <= clock.now() || expires > latest)
    throw new AppError(422, 'alliance.expiry', `A vetting ends ahead, within ${VETTING_YEARS} years.`)
  const state = file === undefined ? undefined : effectiveState(file.standing, clock.now())
  if (state === 'suspended' || file?.last.change === 'invite') throw wrongState()
  context.about({ kind: 'desk', id: input.desk })
  const criteria = [...new Set(input.criteria)]
  const version = (file?.last.version ?? 0) + 1
  const { kind, basis, evidence, key, desk } = input
  await addChange(context, { desk, version, change: 'invite', reason: 'Invitation', kind, criteria, basis, evidence, expires, key })
  // While a vetting is in force its renewal changes nothing: not the kind, not the end.
  const kept = state === 'active' && file !== undefined ? file.standing : { kind, state: 'invited' as const, criteria, expires_at: expires }
  await addStanding(context, { desk, version, kind: kept.kind, state: kept.state, criteria: kept.criteria, expires: kept.expires_at })
  return { desk, state: kept.state, version }
})

export const changePartnerRoute = handle(changePartner, async (input, context) => {
  const { facts, tx, clock } = context
  const file = (await filesOf(context, input.desk)).get(input.desk)
  if (file === undefined) throw notFound()
  context.about({ kind: 'desk', id: input.desk })
  if (file.last.version !== input.version) throw conflict()
  if (!stepsOf(file, clock.now()).includes(input.change)) throw wrongState()
  const opens = input.change === 'confirm' || input.change === 'resume'
  if (opens && file.last.by_officer === facts.officer)
    throw new AppError(422, 'alliance.second-officer', 'Another officer must take this step.')
  // What takes access away never waits for the log.
  if (opens) await requireSealing(tx, clock.now())
  const version = input.version + 1
  const source =
    input.change === 'confirm'
      ? file.last
      : {
          ...file.last,
          kind: file.standing.kind,
          criteria: file.standing.criteria as VettingRow['criteria'],
          expires_at: file.standing.expires_at,
        }
  const { kind, criteria, basis, evidence, expires_at: expires } = source
  if (opens && expires <= clock.now()) throw wrongState()
  const state: StandingRow['state'] = input.change === 'suspend' ? 'suspended' : input.change === 'withdraw' ? 'withdrawn' : 'active'
  await addChange(context, {
    desk: input.desk,
    version,
    change: input.change,
    reason: input.reason,
    kind,
    criteria,
    basis,
    evidence,
    expires,
    key: null,
  })
  await addStanding(context, { desk: input.desk, version, kind, state, criteria, expires })
  await context.services.announce(tx, 'alliance-standing', [input.desk])
  return { desk: input.desk, state, version }
})

export const showStandingRoute = handle(showStanding, async (_input, context) => {
  const rows = await standingsOf(context.tx, context.facts.desk)
  return { items: rows.map((row) => standingView(context, row)) }
})

/** What may be done next, whoever does it. */
function stepsOf({ last, standing }: File, now: Date): PartnerFile['open'] {
  const state = effectiveState(standing, now)
  const confirm = last.change === 'invite' ? (['confirm'] as const) : []
  switch (state) {
    case 'active':
      return [...confirm, ...(last.change === 'invite' ? [] : (['invite'] as const)), 'suspend', 'withdraw']
    case 'invited':
      return [...confirm, 'withdraw']
    case 'suspended':
      return ['resume', 'withdraw']
    case 'expired':
      return last.change === 'invite' ? [...confirm, 'withdraw'] : ['invite', 'withdraw']
    case 'withdrawn':
      return ['invite']
  }
}

async function filesOf({ facts, tx }: CaseContext, desk?: string): Promise<ReadonlyMap<string, File>> {
  const only = desk ?? null
  const { rows } = await sql<VettingRow>`
    select desk, version, change, by_officer, by_name, at, reason, kind, criteria, basis, evidence, expires_at from alliance.vettings
    where authority = ${facts.authority} and keeper = ${facts.desk} and (${only}::text is null or desk = ${only}) order by desk, version`.execute(
    tx,
  )
  const { rows: standings } = await sql<StandingRow>`
    select distinct on (desk) authority, keeper, desk, version, kind, state, criteria, expires_at from alliance.standings
    where authority = ${facts.authority} and keeper = ${facts.desk} and (${only}::text is null or desk = ${only}) order by desk, version desc`.execute(
    tx,
  )
  const files = new Map<string, File>()
  for (const [id, own] of Map.groupBy(rows, (row) => row.desk)) {
    const last = own.at(-1)
    const standing = standings.find((row) => row.desk === id)
    if (last !== undefined && standing !== undefined) files.set(id, { rows: own, last, standing })
  }
  return files
}

interface Change {
  readonly desk: string
  readonly version: number
  readonly change: VettingRow['change']
  readonly reason: string
  readonly kind: StandingRow['kind']
  readonly criteria: readonly string[]
  readonly basis: string
  readonly evidence: string
  readonly expires: Date
  readonly key: string | null
}

async function addChange({ facts, tx, clock }: CaseContext, change: Change): Promise<void> {
  const { numAffectedRows } = await sql`
    insert into alliance.vettings (authority, keeper, desk, version, change, by_officer, by_name, at, reason, kind, criteria, basis, evidence, expires_at, key, audience)
    values (${facts.authority}, ${facts.desk}, ${change.desk}, ${change.version}, ${change.change}, ${facts.officer}, ${facts.officerName}, ${clock.now()}, ${change.reason}, ${change.kind},
      ${[...change.criteria]}, ${change.basis}, ${change.evidence}, ${change.expires}, ${change.key}, ${[facts.desk]}) on conflict do nothing`.execute(
    tx,
  )
  if (numAffectedRows !== 1n) throw conflict()
}

async function addStanding(
  { facts, tx, clock }: CaseContext,
  standing: Pick<Change, 'desk' | 'version' | 'kind' | 'criteria' | 'expires'> & { readonly state: StandingRow['state'] },
): Promise<void> {
  await sql`insert into alliance.standings (authority, keeper, desk, version, kind, state, criteria, expires_at, at, audience)
    values (${facts.authority}, ${facts.desk}, ${standing.desk}, ${standing.version}, ${standing.kind}, ${standing.state}, ${[...standing.criteria]}, ${standing.expires},
      ${clock.now()}, ${[facts.desk, standing.desk]})`.execute(tx)
}

function standingView({ services, clock }: CaseContext, row: StandingRow): PartnerStanding {
  return {
    ...partyView(services, row.desk),
    kind: row.kind,
    authority: partyView(services, row.keeper).name,
    state: effectiveState(row, clock.now()),
    expiresAt: row.expires_at.toISOString(),
    criteria: row.criteria as PartnerStanding['criteria'],
  }
}

function fileView(context: CaseContext, file: File): PartnerFile {
  const { rows, last, standing } = file
  const invited = rows.findLast(({ change }) => change === 'invite') ?? last
  const confirmed = rows.findLast(({ change }) => change === 'confirm')
  const isOwn = last.by_officer === context.facts.officer
  return {
    ...standingView(context, standing),
    basis: last.basis,
    evidence: last.evidence,
    invitedBy: invited.by_name,
    invitedAt: invited.at.toISOString(),
    ...(confirmed === undefined ? {} : { confirmedBy: confirmed.by_name, confirmedAt: confirmed.at.toISOString() }),
    changes: rows.map(({ change, by_name, at, reason }) => ({ change, by: by_name, at: at.toISOString(), reason })),
    version: last.version,
    open: stepsOf(file, context.clock.now()).filter((step) => !isOwn || (step !== 'confirm' && step !== 'resume')),
  }
}

const wrongState = () => new AppError(422, 'alliance.partner-state', 'The standing of the partner does not allow this step.')
const conflict = () => new AppError(409, 'alliance.conflict', 'Somebody changed it in the meantime; look again.')

function compare(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, index) => part !== b[index])
  return at === -1 ? 0 : (a[at] ?? '') < (b[at] ?? '') ? -1 : 1
}
