/**
 * What this desk holds in its records under the keys of a case: numbers exactly, names as written, folded the same way on both sides. Asked as the officer who looks,
 * so a record of another desk is not there. A name says "same name", never "same person".
 */

import { keysOf } from '#kernel/match/keys.ts'
import { prepareRecord } from '#kernel/match/record.ts'
import { type CaseKey, caseKeyOf } from '#kernel/match-key/case-keys.ts'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { CrossCheck, CrossLink } from '#platform/module/define-module.ts'
import type { Tx } from '#platform/store/database.ts'
import { canonicals } from './clusters.ts'
import { recordRows } from './record-rows.ts'
import { docsOf, fragmentsWithKeys, identifiersOf, namesOf } from './search-docs.ts'
import { numberForms } from './search-numbers.ts'
import { latinise } from './search-words.ts'
import { keyHash, visibleViews } from './views.ts'

/** A screen of links is no search. */
const MOST = 20
const NUMBERS: ReadonlySet<CaseKey['kind']> = new Set([
  'document-number',
  'phone',
  'e-mail',
  'container',
  'vessel',
  'account',
  'crypto-address',
  'company',
  'reference',
])

export const recordsCrossCheck: CrossCheck = async (keys, { tx, facts }) => {
  const views = await visibleViews(tx, facts.authority)
  const hashes = keys.flatMap((key) => views.flatMap((view) => hashesOf(view, key)))
  if (hashes.length === 0) return []
  const fragments = (await fragmentsWithKeys(tx, { org: facts.authority, views, filters: {} }, hashes)).slice(0, MOST * 10)
  return await linksOf(tx, facts, { fragments, keys })
}

function hashesOf(view: string, { kind, text }: CaseKey): readonly number[] {
  if (NUMBERS.has(kind)) return numberForms(text).map((form) => keyHash(view, 'number', form))
  if (kind !== 'person-name') return []
  const named = prepareRecord({ schema: 'Person', properties: { name: [text] } }, latinise)
  return keysOf(named).flatMap((key) => (key.kind === 'letters' ? [keyHash(view, key.kind, key.key)] : []))
}

async function linksOf(
  tx: Tx,
  facts: SessionFacts,
  { fragments, keys }: { readonly fragments: readonly string[]; readonly keys: readonly CaseKey[] },
): Promise<readonly CrossLink[]> {
  const org = facts.authority
  const docs = await docsOf(tx, org, fragments)
  const held = await heldKeys(tx, org, { fragments, keys })
  const canonical = await canonicals(
    tx,
    facts,
    docs.map(({ entity }) => entity),
  )
  const found = new Map<string, { at: Date; keys: Set<CaseKey> }>()
  for (const { fragment, entity, at } of docs) {
    const shared = held.get(fragment) ?? []
    if (shared.length === 0) continue
    const id = canonical.get(entity) ?? entity
    const link = found.get(id) ?? { at, keys: new Set<CaseKey>() }
    found.set(id, link)
    for (const key of shared) link.keys.add(key)
    if (at > link.at) link.at = at
  }
  const shown = [...found].sort(([, one], [, other]) => other.keys.size - one.keys.size).slice(0, MOST)
  const rows = await recordRows(
    tx,
    facts,
    shown.map(([entity]) => entity),
  )
  return shown.map(([entity, link]) => ({
    kind: 'record',
    label: rows.get(entity)?.caption ?? '',
    at: link.at,
    link: `/records/${entity}`,
    keys: [...link.keys],
  }))
}

/** Of the asked keys, those that a fragment really has: hashes only narrow. */
async function heldKeys(
  tx: Tx,
  org: string,
  { fragments, keys }: { readonly fragments: readonly string[]; readonly keys: readonly CaseKey[] },
): Promise<ReadonlyMap<string, readonly CaseKey[]>> {
  const asked = keys.map((key) => ({ key, forms: NUMBERS.has(key.kind) ? numberForms(key.text) : [] }))
  const held = new Map<string, CaseKey[]>()
  const add = (fragment: string, key: CaseKey) => held.set(fragment, [...(held.get(fragment) ?? []), key])
  for (const { fragment, identifiers } of await identifiersOf(tx, org, fragments)) {
    const forms = new Set(identifiers.flatMap(numberForms))
    for (const each of asked) if (each.forms.some((form) => forms.has(form))) add(fragment, each.key)
  }
  for (const { fragment, names } of await namesOf(tx, org, fragments)) {
    const folded = new Set(names.map((name) => caseKeyOf('person-name', name)?.text))
    for (const { key } of asked) if (key.kind === 'person-name' && folded.has(key.text)) add(fragment, key)
  }
  return held
}
