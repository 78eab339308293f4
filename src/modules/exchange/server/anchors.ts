/**
 * Trust in the stewards of another coalition: off until two officers of an authority have each brought the same anchor, ended by one, and never without end.
 * What is trusted is compared by digest, so neither of them types or reads a key.
 */
import { uuidv7 } from 'uuidv7'
import { AppError } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { thumbprint } from '#platform/link/partner-directory.ts'
import { anchorDigest, readAnchor } from '#platform/link/stewardship.ts'
import { type AnchorRow, confirmAnchor, endAnchor, listAnchors, proposeAnchor } from '../contract.ts'
import { type AnchorTables, desksOf, loaded, stateOf, wrongState } from './anchor-rows.ts'
import { partnersOf } from './partner-directories.ts'

const LONGEST_MS = 400 * 86_400_000

export const proposeAnchorRoute = handle(proposeAnchor, async ({ document, reason, until, key }, context) => {
  const { facts, tx, clock, services } = context
  const db = tx.withTables<AnchorTables>()
  const repeated = await db
    .selectFrom('exchange.anchors')
    .select(['anchor', 'digest'])
    .where('org', '=', facts.authority)
    .where('proposed_desk', '=', facts.desk)
    .where('key', '=', key)
    .executeTakeFirst()
  if (repeated !== undefined) return repeated
  const anchor = readAnchor(document)
  if (anchor.coalition === services.directory().coalition)
    throw new AppError(422, 'exchange.anchor-own', 'The anchor is that of the own coalition.')
  const now = clock.now().getTime()
  if (Date.parse(until) <= now || Date.parse(until) > now + LONGEST_MS)
    throw new AppError(422, 'exchange.anchor-until', 'An anchor ends within 400 days, and not in the past.')
  const row = { anchor: uuidv7(), digest: anchorDigest(anchor.coalition, anchor) }
  await db
    .insertInto('exchange.anchors')
    .values({
      ...row,
      org: facts.authority,
      coalition: anchor.coalition,
      document: JSON.stringify(anchor),
      reason,
      state: 'proposed',
      proposed_by: facts.officer,
      proposed_desk: facts.desk,
      confirmed_by: null,
      confirmed_desk: null,
      ended_reason: null,
      key,
      at: clock.now(),
      until,
      audience: desksOf(context),
    })
    .execute()
  context.about({ kind: 'anchor', id: row.anchor })
  return row
})

export const confirmAnchorRoute = handle(confirmAnchor, async ({ anchor: id, document }, context) => {
  const { facts, tx, clock } = context
  const row = await loaded(context, id)
  context.about({ kind: 'anchor', id })
  if (stateOf(row, clock.now()) !== 'proposed') throw wrongState()
  if (row.proposed_by === facts.officer) throw new AppError(409, 'exchange.same-person', 'The second person must be another one.')
  const brought = readAnchor(document)
  if (anchorDigest(brought.coalition, brought) !== row.digest)
    throw new AppError(
      409,
      'exchange.anchor-differs',
      'The anchor is not the one that was proposed: ask the other coalition which one is theirs.',
    )
  const db = tx.withTables<AnchorTables>()
  const sameCoalition = db
    .updateTable('exchange.anchors')
    .where('org', '=', facts.authority)
    .where('coalition', '=', row.coalition)
    .where('state', '=', 'confirmed')
  // One that ran out ends here; one in force must be ended by a person first.
  await sameCoalition.where('until', '<=', clock.now()).set({ state: 'ended', ended_reason: 'run out' }).execute()
  const other = await db
    .selectFrom('exchange.anchors')
    .select('anchor')
    .where('org', '=', facts.authority)
    .where('coalition', '=', row.coalition)
    .where('state', '=', 'confirmed')
    .executeTakeFirst()
  if (other !== undefined) throw exists()
  await db
    .updateTable('exchange.anchors')
    .set({ state: 'confirmed', confirmed_by: facts.officer, confirmed_desk: facts.desk })
    .where('org', '=', facts.authority)
    .where('anchor', '=', id)
    .execute()
    .catch((error: unknown) => {
      throw isTaken(error) ? exists() : error
    })
  return { anchor: id }
})

const exists = () => new AppError(409, 'exchange.anchor-exists', 'Another anchor for that coalition is confirmed: end it first.')

/** Another one was confirmed in this moment. */
const isTaken = (error: unknown) => error instanceof Error && 'code' in error && error.code === '23505'

export const endAnchorRoute = handle(endAnchor, async ({ anchor: id, reason }, context) => {
  const { facts, tx } = context
  const row = await loaded(context, id)
  context.about({ kind: 'anchor', id })
  if (row.state === 'ended') throw wrongState()
  await tx
    .withTables<AnchorTables>()
    .updateTable('exchange.anchors')
    .set({ state: 'ended', ended_reason: reason })
    .where('org', '=', facts.authority)
    .where('anchor', '=', id)
    .execute()
  return { anchor: id }
})

export const listAnchorsRoute = handle(listAnchors, async (_input, context) => {
  const { facts, tx, clock } = context
  const rows = await tx
    .withTables<AnchorTables>()
    .selectFrom('exchange.anchors')
    .selectAll()
    .where('org', '=', facts.authority)
    .orderBy('at', 'desc')
    .orderBy('anchor')
    .limit(200)
    .execute()
  const partners = await partnersOf(
    context,
    rows.filter((row) => stateOf(row, clock.now()) === 'confirmed'),
  )
  const mayAnchor = context.services.permissionsOf(facts).includes('exchange.anchor')
  return {
    items: rows.map((row): AnchorRow => {
      const state = stateOf(row, clock.now())
      const partner = partners.find(({ anchor }) => anchor === row.anchor)
      return {
        anchor: row.anchor,
        coalition: row.coalition,
        digest: row.digest,
        threshold: row.document.threshold,
        stewards: row.document.stewards.map(({ kid, jwk }) => ({ kid, thumbprint: thumbprint(jwk) })),
        reason: row.reason,
        state,
        proposedBy: row.proposed_desk,
        ...(row.confirmed_desk === null ? {} : { confirmedBy: row.confirmed_desk }),
        at: row.at.toISOString(),
        until: row.until.toISOString(),
        mayConfirm: state === 'proposed' && mayAnchor && row.proposed_by !== facts.officer,
        ...(partner === undefined
          ? {}
          : {
              directory: {
                version: partner.directory.version,
                expires: new Date(partner.directory.expires).toISOString(),
                authorities: partner.directory.orgs.length,
                standing: partner.standing,
              },
            }),
      }
    }),
  }
})
