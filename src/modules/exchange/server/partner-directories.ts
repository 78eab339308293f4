/** Directories of coalitions whose anchor is confirmed: taken in by the stewards' signatures, and found by name. Nothing is ever sent to what they name. */
import { createHash } from 'node:crypto'
import type { ColumnType, Selectable } from 'kysely'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import type { Directory } from '#platform/link/directory.ts'
import { verifyDirectory } from '#platform/link/directory-store.ts'
import { seenBy } from '#platform/link/directory-view.ts'
import { collides, verifyPartner } from '#platform/link/partner-directory.ts'
import { type AnchorRow, findPartnerDesks, type PartnerDesk, takePartnerDirectory } from '../contract.ts'
import { type AnchorTables, desksOf, type HeldAnchor, loaded, stateOf, wrongState } from './anchor-rows.ts'

type Instant = ColumnType<Date, Date | string, Date | string>

interface PartnerTable {
  org: string
  /** Of the anchor. */
  digest: string
  coalition: string
  version: number
  token: string
  expires: Instant
  taken_at: Instant
  taken_by: string
  audience: string[]
}
type PartnerTables = AnchorTables & { 'exchange.partner_directories': PartnerTable }

export interface Partner {
  readonly anchor: string
  readonly directory: Directory
  readonly standing: NonNullable<AnchorRow['directory']>['standing']
}

export const takePartnerDirectoryRoute = handle(takePartnerDirectory, async ({ anchor: id }, context) => {
  const { facts, tx, clock, upload } = context
  if (upload === undefined) throw notFound()
  const row = await loaded(context, id)
  context.about({ kind: 'anchor', id })
  if (stateOf(row, clock.now()) !== 'confirmed') throw wrongState()
  const db = tx.withTables<PartnerTables>()
  const held = await db
    .selectFrom('exchange.partner_directories')
    .select('token')
    .where('org', '=', facts.authority)
    .where('digest', '=', row.digest)
    .executeTakeFirst()
  const token = await textOf(upload)
  const directory = await verifyPartner(token, { anchor: row.document, held: held?.token, now: clock.now() })
  const others = (await partnersOf(context, await confirmed(context))).filter(({ anchor }) => anchor !== id)
  if (collides(directory, [visible(context), ...others.map((each) => each.directory)]))
    throw new AppError(409, 'exchange.partner-collision', 'The directory names an authority, desk, node or key that is named here already.')
  const taken = { version: directory.version, token, expires: directory.expires, taken_at: clock.now(), taken_by: facts.officer }
  await db
    .insertInto('exchange.partner_directories')
    .values({ ...taken, org: facts.authority, digest: row.digest, coalition: row.coalition, audience: desksOf(context) })
    .onConflict((conflict) => conflict.columns(['org', 'digest']).doUpdateSet(taken))
    .execute()
  return { version: directory.version, expires: new Date(directory.expires).toISOString(), authorities: directory.orgs.length }
})

export const findPartnerDesksRoute = handle(findPartnerDesks, async ({ text = '', limit }, context) => {
  const wanted = text.toLowerCase()
  const partners = await partnersOf(context, await confirmed(context))
  const found = partners
    .filter(({ standing }) => standing === 'in-force')
    .flatMap(({ directory }) => desksIn(directory))
    .filter(({ authority, authorityName, country, desk, name }) =>
      [authority, authorityName, country, desk, name].some((each) => each.toLowerCase().includes(wanted)),
    )
    .toSorted((a, b) => (a.desk < b.desk ? -1 : 1))
  return { items: found.slice(0, limit), hasMore: found.length > limit }
})

/** Members that their directory shows to everybody, and their desks but for those of supervision. */
function desksIn({ coalition, orgs }: Directory): readonly PartnerDesk[] {
  return orgs
    .filter((org) => org.status === 'active' && org.visibleTo === undefined)
    .flatMap((org) =>
      org.units
        .filter((unit) => !unit.services.includes('oversight'))
        .map((unit) => ({
          coalition,
          authority: org.id,
          authorityName: org.name,
          country: org.country,
          desk: unit.id,
          name: unit.name,
          services: [...unit.services],
        })),
    )
}

async function confirmed({ facts, tx, clock }: CaseContext): Promise<readonly HeldAnchor[]> {
  return await tx
    .withTables<AnchorTables>()
    .selectFrom('exchange.anchors')
    .selectAll()
    .where('org', '=', facts.authority)
    .where('state', '=', 'confirmed')
    .where('until', '>', clock.now())
    .orderBy('anchor')
    .execute()
}

/** What is held under these anchors, and whether it may be used now: not when it ran out, nor when a name of it is named here since. */
export async function partnersOf(context: CaseContext, anchors: readonly HeldAnchor[]): Promise<readonly Partner[]> {
  if (anchors.length === 0) return []
  const { facts, tx, clock } = context
  const rows = await tx
    .withTables<PartnerTables>()
    .selectFrom('exchange.partner_directories')
    .selectAll()
    .where('org', '=', facts.authority)
    .where('digest', 'in', [...new Set(anchors.map(({ digest }) => digest))])
    .execute()
  const held: { readonly anchor: string; readonly directory: Directory }[] = []
  for (const anchor of anchors) {
    const row = rows.find(({ digest }) => digest === anchor.digest)
    if (row !== undefined) held.push({ anchor: anchor.anchor, directory: await verified(row, anchor) })
  }
  const own = visible(context)
  return held.map(({ anchor, directory }) => {
    const others = held.filter((each) => each.anchor !== anchor).map((each) => each.directory)
    if (clock.now().getTime() >= Date.parse(directory.expires)) return { anchor, directory, standing: 'run-out' }
    return { anchor, directory, standing: collides(directory, [own, ...others]) ? 'collides' : 'in-force' }
  })
}

const MOST_KEPT = 16
const kept = new Map<string, Promise<Directory>>()

/** Verified again when this process first reads it: a row in the store is no signature. */
async function verified({ token }: Selectable<PartnerTable>, { document, digest }: HeldAnchor): Promise<Directory> {
  const key = `${digest} ${createHash('sha256').update(token).digest('hex')}`
  let directory = kept.get(key)
  if (directory === undefined) {
    if (kept.size >= MOST_KEPT) kept.clear()
    directory = verifyDirectory(token, document, undefined)
    kept.set(key, directory)
  }
  return await directory
}

const visibleOnce = new WeakMap<Directory, Directory>()

/** Members it may see, and those it could see that are suspended or gone: their names are never used again. */
function visible({ services, facts }: CaseContext): Directory {
  const directory = services.directory()
  const seen = seenBy(directory, facts.authority)
  const there = visibleOnce.get(seen)
  if (there !== undefined) return there
  const former = directory.orgs.filter((org) => org.status !== 'active' && org.visibleTo === undefined)
  const all = { ...seen, orgs: [...seen.orgs, ...former] }
  visibleOnce.set(seen, all)
  return all
}

async function textOf(upload: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of upload) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}
