/** What a desk sees of the index it shares with its authority: its own keys, the desks it lets ask, and what of both the current epoch holds. */
import { sql } from 'kysely'
import { MATCH_KEY_CLASSES } from '#kernel/match-key/match-key.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { type EntryRow, listEntries, listRequesters, type RequesterRow, showIndex } from '../contract.ts'

interface Entry {
  readonly entry: string
  readonly record: string
  readonly type: EntryRow['type']
  readonly class: EntryRow['class']
  readonly policy: EntryRow['policy']
  readonly category: EntryRow['category']
  readonly content: string
  readonly content_key: string
  readonly indexed_at: Date
  readonly built_at: Date | null
}

export const listEntriesRoute = handle(listEntries, async (input, context) => {
  const { facts, tx, services } = context
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'matching.cursor' })
  const { rows } =
    await sql<Entry>`select entry, record, type, class, policy, category, content, content_key, indexed_at, built_at from matching.entries
    where org = ${facts.authority} and desk = ${facts.desk} and purpose = ${facts.purpose} and state = 'indexed' and (${input.record ?? null}::text is null or record = ${input.record ?? null})
      and (${mark?.[0] ?? null}::timestamptz is null or (indexed_at, entry::text) < (${mark?.[0] ?? null}::timestamptz, ${mark?.[1] ?? ''}))
    order by indexed_at desc, entry::text desc limit ${input.limit + 1}`.execute(tx)
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => ({
      entry: row.entry,
      record: row.record,
      type: row.type,
      key: services.box.open({ content: row.content, key: row.content_key }).split('|').slice(2).join(' '),
      class: row.class,
      policy: row.policy,
      category: row.category,
      indexedAt: row.indexed_at.toISOString(),
      ...(row.built_at === null ? {} : { builtAt: row.built_at.toISOString() }),
    })),
    ...(rows.length > input.limit && last !== undefined ? { next: writeMark([last.indexed_at.toISOString(), last.entry]) } : {}),
  }
})

export const listRequestersRoute = handle(listRequesters, async (_input, context) => {
  const { facts, tx } = context
  const { rows } = await sql<{
    requester_desk: string
    quota: number
    ground: NonNullable<RequesterRow['ground']> | null
    at: Date
    sent_at: Date | null
  }>`select requester_desk, quota, ground, at, sent_at from matching.requesters
    where org = ${facts.authority} and desk = ${facts.desk} and purpose = ${facts.purpose} order by (quota = 0), requester_desk`.execute(tx)
  return {
    items: rows.map(({ requester_desk, quota, ground, at, sent_at }) => ({
      desk: requester_desk,
      quota,
      at: at.toISOString(),
      ...(ground === null ? {} : { ground }),
      ...(sent_at === null ? {} : { sentAt: sent_at.toISOString() }),
    })),
  }
})

export const showIndexRoute = handle(showIndex, async (_input, context) => {
  const { facts, tx } = context
  const { rows } = await sql<{ class: EntryRow['class']; keys: number; waiting: number; built_at: Date | null }>`
    select class, count(*) filter (where state = 'indexed')::int as keys, max(built_at) as built_at,
      count(*) filter (where (state = 'indexed' and policy <> 'excluded' and built_at is null) or (state = 'removed' and built_at is not null))::int as waiting
    from matching.entries where org = ${facts.authority} and desk = ${facts.desk} and purpose = ${facts.purpose} group by class`.execute(tx)
  return {
    items: MATCH_KEY_CLASSES.map((name) => {
      const own = rows.find((row) => row.class === name)
      return {
        class: name,
        keys: own?.keys ?? 0,
        waiting: own?.waiting ?? 0,
        ...(own?.built_at ? { builtAt: own.built_at.toISOString() } : {}),
      }
    }),
  }
})
