/** What an owner makes findable, and for whom. The category gate stands before the index: no cryptography mends an entry that may not exist. */
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { decideTransfer } from '#kernel/handling/transfer.ts'
import { evaluatedText, type MatchKey, saysMinor } from '#kernel/match-key/match-key.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { seenBy } from '#platform/link/directory-view.ts'
import { entitle, INDEXED_CATEGORIES, indexKey, rebuild, removeEntry, type SubjectCategory } from '../contract.ts'
import { parseKeys } from './parse-keys.ts'

/** Fails closed: what is not surely permitted is refused. Assets are not persons, and persons are no assets. */
export function isPermitted(key: MatchKey, category: SubjectCategory, today: string): boolean {
  if (!INDEXED_CATEGORIES.includes(category) || saysMinor(key, today)) return false
  return (category === 'asset') === (key.class === 'asset')
}

export const indexKeyRoute = handle(indexKey, async (input, context) => {
  const { facts, tx, clock, services } = context
  const [key] = parseKeys([input.key])
  if (key === undefined) throw notFound()
  const now = clock.now()
  if (!isPermitted(key, input.category, now.toISOString().slice(0, 10)))
    throw new AppError(422, 'matching.category', 'Persons of this category are in no index; assets and persons never share one.')
  const entry = uuidv7()
  const boxed = services.box.seal(evaluatedText(key))
  await sql`insert into matching.entries (org, desk, entry, record, type, class, policy, category, purpose, state, content, content_key, indexed_at, changed_at, audience)
    values (${facts.authority}, ${facts.desk}, ${entry}, ${input.record}, ${key.type}, ${key.class}, ${input.policy}, ${input.category}, ${facts.purpose}, 'indexed',
      ${boxed.content}, ${boxed.key}, ${now}, ${now}, ${[facts.desk]})`.execute(tx)
  context.about({ kind: 'index-entry', id: entry })
  return { entry }
})

export const removeEntryRoute = handle(removeEntry, async ({ entry }, context) => {
  const { facts, tx, clock } = context
  const { rows } = await sql`update matching.entries set state = 'removed', content = null, content_key = null, changed_at = ${clock.now()}
    where org = ${facts.authority} and desk = ${facts.desk} and entry = ${entry} and state = 'indexed' returning entry`.execute(tx)
  if (rows.length === 0) throw notFound()
  context.about({ kind: 'index-entry', id: entry })
  return { removed: true as const }
})

export const entitleRoute = handle(entitle, async (input, context) => {
  const { facts, tx, clock, services } = context
  const found = findUnit(seenBy(services.directory(), facts.authority), input.desk)
  if (found === undefined || found.org.id === facts.authority || !['customs', 'law-enforcement'].includes(found.org.realm))
    throw new AppError(422, 'matching.requester', 'No such desk of another authority.')
  const gate = decideTransfer({
    direction: 'outbound',
    thirdCountry: found.org.thirdCountry,
    purpose: facts.purpose,
    hasHandling: true,
    personalData: true,
    origin: 'own',
    originatorAgreed: true,
    ...(input.ground === undefined ? {} : { ground: input.ground }),
  })
  if (gate.decision === 'refuse') throw new AppError(422, 'matching.gate', gate.because)
  await sql`insert into matching.requesters (org, desk, requester_org, requester_desk, purpose, quota, ground, at, audience)
    values (${facts.authority}, ${facts.desk}, ${found.org.id}, ${input.desk}, ${facts.purpose}, ${input.quota}, ${input.ground ?? null}, ${clock.now()}, ${[facts.desk]})
    on conflict (org, desk, requester_desk, purpose) do update set quota = excluded.quota, ground = excluded.ground, at = excluded.at`.execute(
    tx,
  )
  context.about({ kind: 'desk', id: input.desk })
  return { desk: input.desk, quota: input.quota }
})

export const rebuildRoute = handle(rebuild, async (_input, context) => {
  const { facts, tx, services } = context
  const purpose = facts.purpose ?? ''
  await services.enqueue(tx, {
    name: 'matching.rebuild',
    data: { org: facts.authority, purpose },
    key: `rebuild:${facts.authority}:${purpose}`,
  })
  return { accepted: true as const }
})
