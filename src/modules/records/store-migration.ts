/**
 * Statements and what is derived from them. A fragment is never changed, only ended; search documents and edges are derived from current fragments alone,
 * go in the transaction that ends theirs, and can be thrown away and built again.
 * A view is a purpose and the desks that may read: every index that is searched by content begins with the view or has it hashed into each of its keys, so
 * that a search never touches, and never takes longer for, rows of a view that is not the reader's. A view is of one organisation, and so is a record, so that
 * no index of the large tables names the organisation in front: each comparison in it would begin with what is the same throughout.
 */
import type { Migration } from '#platform/store/database.ts'
import { openSchema, protect } from '#platform/store/row-security.ts'
import { searchFunctions } from './search-functions.ts'
import { storeUpkeep } from './store-upkeep.ts'

export const storeMigration: Migration = {
  id: '0001-store',
  statements: [
    ...openSchema('records'),
    // Distinct markings with their readers: `view` names purpose and audience, `marking` all of it.
    `create table if not exists records.markings (
      org text not null, marking text not null, view text not null, origin_org text not null, origin_desk text not null, body jsonb not null, purpose text not null, audience text[] not null,
      primary key (org, marking))`,
    ...protect({ table: 'records.markings', officer: 'select-insert', purpose: 'of-row' }),
    // `writer`: the file that wrote last; another one's records are looked up before anything is added to them.
    `create table if not exists records.collections (
      org text not null, desk text not null, collection uuid not null, title text not null, kind text not null, marking text not null, readers text[] not null default '{}',
      review_days int not null, retention_days int not null, item text, sha256 text, state text not null default 'open', writer uuid, at timestamptz not null, purpose text not null, audience text[] not null,
      primary key (org, collection))`,
    'create index if not exists collections_at on records.collections (org, at desc, collection)',
    'create index if not exists collections_item on records.collections (org, item) where item is not null',
    ...protect({ table: 'records.collections', officer: 'select-insert-update', purpose: 'of-row' }),
    // How many records a collection has in each view.
    `create table if not exists records.collection_sizes (
      org text not null, collection uuid not null, view text not null, records bigint not null, purpose text not null, audience text[] not null, primary key (org, collection, view))`,
    ...protect({ table: 'records.collection_sizes', officer: 'select-insert-update', purpose: 'of-row', index: false }),
    // `vals`: array of [property, value, pointer, from, to, lang, said], trailing nulls left out; null once erased. `context`: what the source said beside its values.
    `create table if not exists records.fragments (
      org text not null, fragment uuid not null, entity text not null, schema text not null, collection uuid not null, external_id text not null, import uuid, line int, vals jsonb, context jsonb,
      marking text not null, recorded_from timestamptz not null, recorded_to timestamptz, end_reason text, end_by text, end_note text, supersedes uuid,
      review_at timestamptz not null, erase_at timestamptz not null, review_note text, restricted boolean not null default false, purpose text not null, audience text[] not null,
      primary key (fragment, org))`,
    'create index if not exists fragments_entity on records.fragments (entity)',
    'create index if not exists fragments_collection on records.fragments (collection, fragment)',
    'create index if not exists fragments_erase on records.fragments (erase_at) where vals is not null',
    'create index if not exists fragments_review on records.fragments (review_at, fragment) where recorded_to is null',
    ...protect({ table: 'records.fragments', officer: 'select-insert-update', purpose: 'of-row', index: false }),
    // One for each current fragment of a schema that is no edge. `keys`: hashes of (view, kind, key). `words`: lexemes that begin with seven signs of the view.
    // Keys and words go into the trees many at a time, which costs a third: they wait in a list, of a few pages at most, and are filed before their transaction ends, since
    // the list is read by every search, whosever rows wait.
    // By record or collection they are found through its fragments. What every search looks at stands in front: a row is taken apart only as far as it is read.
    `create table if not exists records.search_docs (
      fragment uuid not null, view text not null, org text not null, entity text not null, schema text not null, collection uuid not null, at timestamptz not null, caption text not null,
      names text[] not null, countries text[] not null default '{}', topics text[] not null default '{}', identifiers text[] not null default '{}', keys int[] not null, words tsvector not null,
      purpose text not null, audience text[] not null, primary key (fragment, org))`,
    'create index if not exists search_docs_keys on records.search_docs using gin (keys) with (gin_pending_list_limit = 512)',
    'create index if not exists search_docs_words on records.search_docs using gin (words) with (gin_pending_list_limit = 512)',
    'create index if not exists search_docs_view on records.search_docs (view, schema, fragment)',
    'create index if not exists search_docs_at on records.search_docs (view, at, fragment)',
    ...protect({ table: 'records.search_docs', officer: 'select-insert-delete', purpose: 'of-row', index: false }),
    // Keys that at least so many fragments of a view have, as a sample of the view showed: what is too large to lead anywhere is not read to find that out. A key of a
    // fragment that ends is taken out, so that the list never says more than the view does.
    `create table if not exists records.large_keys (
      org text not null, view text not null, hash int not null, at_least int not null, purpose text not null, audience text[] not null, primary key (hash, view, org))`,
    ...protect({ table: 'records.large_keys', officer: 'select-insert-delete', purpose: 'of-row', index: false }),
    // `kind`: schema of an edge record, or `Schema.property` of a link. Both directions are found by their own index.
    `create table if not exists records.edges (
      org text not null, fragment uuid not null, ordinal int not null, entity text, kind text not null, src text not null, dst text not null, valid_from text, valid_to text, collection uuid not null,
      view text not null, purpose text not null, audience text[] not null, primary key (fragment, ordinal, org))`,
    'create index if not exists edges_src on records.edges (view, src)',
    'create index if not exists edges_dst on records.edges (view, dst)',
    ...protect({ table: 'records.edges', officer: 'select-insert-delete', purpose: 'of-row', index: false }),
    // A view grows by every fragment and shrinks by every end: what a cached graph was built from is known by this number.
    `create table if not exists records.view_states (
      org text not null, view text not null, version bigint not null, purpose text not null, audience text[] not null, primary key (org, view))`,
    ...protect({ table: 'records.view_states', officer: 'select-insert-update', purpose: 'of-row' }),
    ...searchFunctions,
    ...storeUpkeep,
  ],
}
