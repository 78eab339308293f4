/**
 * What a partner reads: its own links. The list comes from rows that are its own; one right is read in the ledger, and that reading is an event, whoever
 * reads and whether there was something to see.
 */
import { sql } from 'kysely'
import { type OwnLink, ownLink, readyFor } from '#kernel/release-right/own-link.ts'
import { notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { findParties, type LinkView, listRights, showRight } from '../contract.ts'
import { brokenChain, hasLink, lockChain } from './chain-store.ts'
import { keeperOf, partyView } from './keepers.ts'
import { inLedger } from './ledger-turn.ts'
import { noteReachLater } from './reach.ts'
import { noteReading } from './reading.ts'
import { plainName, type RightName, rightIdOf } from './right-name.ts'
import { isInForce, requireVetted, requireVettedAnywhere, standingsOf } from './standing.ts'
import { accountScope, tokenMaker } from './tokens.ts'

interface LinkRow extends RightName {
  right_id: string
  link: OwnLink
  given_at: Date
}

export const listRightsRoute = handle(listRights, async (input, context) => {
  const { facts, tx } = context
  const inForce = await requireVettedAnywhere(context)
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'alliance.cursor' })
  const keepers = inForce.map(({ authority }) => authority)
  const { rows } = await sql<LinkRow>`
    select right_id, container, voyage, port, link, given_at from alliance.links
    where party = ${facts.desk} and authority = any(${keepers}::text[])
      and (${input.open} = 'all' or is_open = (${input.open} = 'yes'))
      and (${input.container ?? null}::text is null or container like ${likeOf(input.container ?? '')})
      and (${mark?.[0] ?? null}::timestamptz is null or (given_at, right_id) < (${mark?.[0] ?? null}::timestamptz, ${mark?.[1] ?? null}::text))
    order by given_at desc, right_id desc limit ${input.limit + 1}`.execute(tx)
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => viewOf(context, row, { right: row.right_id, link: row.link })),
    ...(rows.length > input.limit && last !== undefined ? { next: writeMark([last.given_at.toISOString(), last.right_id]) } : {}),
  }
})

export const showRightRoute = handle(showRight, async (input, context) => {
  const { facts, services, clock } = context
  const name = plainName(input)
  const keeper = keeperOf(services, name.port)
  const role = await requireVetted(context, keeper)
  const now = clock.now()
  const right = rightIdOf(keeper, name)
  const { link, ready } = await inLedger(services, async (tx) => {
    const work = { tx, services }
    const tokens = await tokenMaker(tx, services, { keeper, scope: accountScope(now) })
    const by = { desk: facts.desk, role, account: tokens.token('account', facts.officer) }
    if (!(await hasLink(tx, keeper, { party: facts.desk, right }))) {
      const { account, ...reader } = by
      await noteReachLater(work, { keeper, name }, { by: reader, tried: { kind: 'read', account } })
      return { link: undefined, ready: undefined }
    }
    const chain = await lockChain(work, keeper, name)
    const own = ownLink(chain.events, facts.desk)
    if (chain.isBroken && own !== undefined) throw brokenChain()
    if (!chain.isBroken) await noteReading(work, chain, by)
    return { link: own, ready: own === undefined ? undefined : readyFor(own, chain.state, now.toISOString()) }
  })
  context.about({ kind: 'release-right', id: right })
  if (link === undefined) throw notFound()
  return { ...viewOf(context, name, { right, link }), ...(ready === undefined ? {} : { ready }) }
})

export const findPartiesRoute = handle(findParties, async (input, context) => {
  const inForce = await requireVettedAnywhere(context)
  const { services, clock } = context
  const most = 20
  const found = await inLedger(services, async (tx) => {
    const { rows } = await sql<{ desk: string }>`
      select distinct desk from alliance.standings where authority = any(${inForce.map(({ authority }) => authority)}::text[]) and kind = ${input.kind} order by desk`.execute(
      tx,
    )
    const wanted = input.name.toLowerCase()
    const parties = []
    for (const { desk } of rows) {
      const party = partyView(services, desk)
      if (
        desk === context.facts.desk ||
        !party.name
          .toLowerCase()
          .split(/[^\p{L}\p{N}]+/u)
          .some((word) => word.startsWith(wanted))
      )
        continue
      const isVetted = (await standingsOf(tx, desk)).some(
        (row) =>
          row.kind === input.kind &&
          isInForce(row, clock.now()) &&
          inForce.some((own) => own.authority === row.authority && own.keeper === row.keeper),
      )
      if (isVetted) parties.push(party)
      if (parties.length > most) break
    }
    return parties
  })
  return { items: found.slice(0, most), more: found.length > most }
})

function viewOf(
  { services }: CaseContext,
  { container, voyage, port }: RightName,
  { right, link }: { readonly right: string; readonly link: OwnLink },
): LinkView {
  return {
    right,
    container,
    voyage,
    port,
    as: link.as,
    state: link.state,
    ...(link.from === undefined ? {} : { from: partyView(services, link.from) }),
    ...(link.givenAt === undefined ? {} : { givenAt: link.givenAt }),
    ...(link.to === undefined ? {} : { to: partyView(services, link.to) }),
    ...(link.passedAt === undefined ? {} : { passedAt: link.passedAt }),
    ...(link.plannedAt === undefined ? {} : { plannedAt: link.plannedAt }),
    open: [...link.open],
  }
}

/** The beginning of a container number. */
function likeOf(text: string): string {
  return `${text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}%`
}
