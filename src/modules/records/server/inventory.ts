/**
 * Everything this node holds on one record, as far as the asking desk sees it: the basis of an answer to a data subject (Directive (EU) 2016/680 Arts 14 to 17). To it belongs what other records
 * say of it. What other slices hold is found by the numbers and names of the record, each slice deciding what it shows.
 * Invariant: what is cut is counted in the answer.
 */
import { sql } from 'kysely'
import { type CaseKey, type CrossCheckKind, caseKeyOf } from '#kernel/match-key/case-keys.ts'
import { propertyOf } from '#kernel/record/model.ts'
import type { PropertyType } from '#kernel/record/schema.ts'
import { releasesOf } from '#modules/exchange'
import { notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { showInventory } from '../contract.ts'
import { clusterOf } from './clusters.ts'
import { namingOf } from './inventory-naming.ts'
import { statementViews } from './read-fragments.ts'
import type { ReadableFragment } from './read-fragments-readable.ts'
import { fragmentsInRoom } from './read-fragments-room.ts'
import { isVisible } from './record-visible.ts'

const MOST_KEYS = 100
const MOST_FRAGMENTS = 20_000

export const showInventoryRoute = handle(showInventory, async ({ entity }, context) => {
  const { tx, facts, services } = context
  if (!(await isVisible(tx, facts.authority, entity))) throw notFound()
  const members = await clusterOf(tx, facts, entity)
  const asked = { entities: members, history: true, known: members, mostRead: MOST_FRAGMENTS }
  const { fragments, leftOut } = await fragmentsInRoom(tx, facts, asked)
  const known = keysIn(fragments)
  const keys = known.slice(0, MOST_KEYS)
  const elsewhere = []
  for (const look of services.crossChecks)
    for (const { kind, label, at, link, keys: shared } of await look(keys, { tx, facts }))
      if (!members.some((each) => link === `/records/${each}`))
        elsewhere.push({ kind, label, at: at.toISOString(), link, keys: shared.map((key) => key.kind) })
  const naming = await namingOf(tx, facts, members)
  context.about({ kind: 'record', id: entity })
  return {
    members,
    statements: [...(await statementViews(tx, facts, fragments, { history: true }))],
    statementsLeftOut: leftOut,
    naming: naming.entries,
    namingLeftOut: naming.leftOut,
    elsewhere,
    keysLeftOut: known.length - keys.length,
    ...(await countsOf(context, members)),
    passedOn: await passedOn(context, members),
  }
})

const KIND_OF: Readonly<Partial<Record<PropertyType, CrossCheckKind>>> = {
  name: 'person-name',
  phone: 'phone',
  email: 'e-mail',
  iban: 'account',
}
const KIND_OF_IDENTIFIER: Readonly<Record<string, CrossCheckKind>> = {
  imoNumber: 'vessel',
  mmsi: 'vessel',
  containerNumber: 'container',
  publicKey: 'crypto-address',
  registrationNumber: 'company',
  passportNumber: 'document-number',
  idNumber: 'document-number',
}

function keysIn(fragments: readonly ReadableFragment[]): readonly CaseKey[] {
  const keys = new Map<string, CaseKey>()
  for (const { schema, values } of fragments)
    for (const [prop, value] of values) {
      const type = propertyOf(schema, prop)?.type
      const kind =
        KIND_OF_IDENTIFIER[prop] ?? (type === undefined ? undefined : KIND_OF[type]) ?? (type === 'identifier' ? 'reference' : undefined)
      const key = kind === undefined ? undefined : caseKeyOf(kind, value)
      if (key !== undefined) keys.set(`${key.kind} ${key.text}`, key)
    }
  return [...keys.values()]
}

async function countsOf({ tx, facts, clock }: CaseContext, members: readonly string[]) {
  const among = sql`${[...members]}::text[]`
  const { rows } = await sql<{ judgements: number; boards: number; holds: number }>`select
    (select count(*)::int from records.judgements where org = ${facts.authority} and (left_entity = any(${among}) or right_entity = any(${among}))) as judgements,
    (select count(*)::int from records.boards where org = ${facts.authority} and entities && ${among}) as boards,
    (select count(distinct hold)::int from records.holds where org = ${facts.authority} and entity = any(${among}) and lifted_at is null and until > ${clock.now()}) as holds`.execute(
    tx,
  )
  return rows[0] ?? { judgements: 0, boards: 0, holds: 0 }
}

async function passedOn(context: CaseContext, members: readonly string[]) {
  const { tx, facts } = context
  const { rows } = await sql<{
    sha256: string
  }>`select distinct sha256 from records.passed_on where org = ${facts.authority} and desk = ${facts.desk} and entity = any(${[...members]}::text[])`.execute(
    tx,
  )
  const releases = await releasesOf(
    context,
    rows.map(({ sha256 }) => sha256),
  )
  return releases.map(({ item, desk, at }) => ({ item, desk, at: at.toISOString() }))
}
