/**
 * What a desk holds already that shares a value with a case: own cases by the index, records of other slices by their contracts. Worked out when it is looked
 * at, in the transaction of the officer who looks, so that row-level security decides; nothing is computed for anybody else or kept.
 */
import { sql } from 'kysely'
import { type CrossKey, crossKeysOf } from '#kernel/procedure/cross-keys.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { type CaseLink, type RecordLink, showLinks } from '../contract.ts'
import { versionOf } from './case-row.ts'
import { followUpsOf } from './cross-check-follow-ups.ts'
import { digestOf } from './cross-check-index.ts'
import { type OwnCase, ownCase } from './files-row.ts'
import { valuesFor } from './parties.ts'

const MOST_CASES = 50
/** Of one key: a number that stands in every case links nothing. */
const MOST_PER_KEY = 100
const MOST_KEYS = 300

export const showLinksRoute = handle(showLinks, async (input, context) => {
  const own = await ownCase(context, input.case)
  const { row, fold, definition, roles } = own
  const keys = crossKeysOf(definition, valuesFor(definition, fold.values, roles)).slice(0, MOST_KEYS)
  const cases = await linkedCases(context, own, keys)
  return {
    compared: keys.length,
    cases: cases.slice(0, MOST_CASES),
    hasMore: cases.length > MOST_CASES,
    records: await linkedRecords(context, own, keys),
    followUps: await followUpsOf(context, { authority: row.authority, caseId: row.case_id }),
  }
})

interface FoundCase {
  readonly case_id: string
  readonly definition: string
  readonly definition_version: string
  readonly label: string
  readonly state: string
  readonly is_open: boolean
  readonly moved_at: Date
  readonly link: string
  readonly keys: Buffer[]
}

/** The most in common first. Only rows of the desk that looks are read: what other desks hold makes no answer slower. */
async function linkedCases(context: CaseContext, { row, definition }: OwnCase, keys: readonly CrossKey[]): Promise<readonly CaseLink[]> {
  if (keys.length === 0) return []
  const named = new Map(keys.map((key) => [digestOf(key).toString('hex'), key]))
  const { rows } = await sql<FoundCase>`
    with hits as materialized (
      select found.case_id, array_agg(distinct found.key) as keys
      from unnest(${[...named.keys()]}::text[]) as asked(key)
      cross join lateral (
        select k.case_id, k.key from procedures.cross_keys k
        where k.authority = ${row.authority} and k.desk = ${context.facts.desk} and k.key = decode(asked.key, 'hex') and k.case_id <> ${row.case_id}
        order by k.case_id desc limit ${MOST_PER_KEY}) as found
      group by found.case_id)
    select c.case_id, c.definition, c.definition_version, c.label, c.state, c.is_open, c.moved_at, c.link, hits.keys
    from hits join procedures.cases c on c.authority = ${row.authority} and c.case_id = hits.case_id
    where c.subject <> ${row.subject} and c.link <> ''
    order by array_length(hits.keys, 1) desc, c.moved_at desc, c.case_id limit ${MOST_CASES + 1}`.execute(context.tx)
  return rows.map((found) => {
    const { definition: other } = versionOf(context.services, found.definition, found.definition_version)
    return {
      case: found.case_id,
      procedure: other.id,
      title: other.title,
      label: found.label,
      stateTitle: other.states.find(({ id }) => id === found.state)?.title ?? found.state,
      isOpen: found.is_open,
      since: found.moved_at.toISOString(),
      link: found.link,
      on: sharedIn(
        definition.fields,
        found.keys.flatMap((key) => named.get(key.toString('hex')) ?? []),
      ),
    }
  })
}

async function linkedRecords(context: CaseContext, { definition }: OwnCase, keys: readonly CrossKey[]): Promise<RecordLink[]> {
  if (keys.length === 0) return []
  const { tx, facts, services } = context
  const found: RecordLink[] = []
  for (const look of services.crossChecks)
    for (const { kind, label, at, link, keys: held } of await look(keys, { tx, facts }))
      found.push({
        kind,
        label,
        at: at.toISOString(),
        link,
        on: sharedIn(
          definition.fields,
          keys.filter((key) => held.some((each) => each.kind === key.kind && each.text === key.text)),
        ),
      })
  return found
}

function sharedIn(fields: readonly { readonly id: string; readonly title: string }[], keys: readonly CrossKey[]): CaseLink['on'] {
  const titles = new Map(fields.map(({ id, title }) => [id, title]))
  const all = keys.map(({ kind, field }) => ({ kind, field: titles.get(field) ?? field }))
  return all.filter((each, index) => all.findIndex(({ kind, field }) => kind === each.kind && field === each.field) === index)
}
