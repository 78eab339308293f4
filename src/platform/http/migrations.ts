/** Answers that were given to requests with a key, for their repeats. */
import type { Migration } from '#platform/store/database.ts'
import { openSchema, protect } from '#platform/store/row-security.ts'

export const httpMigrations: readonly Migration[] = [
  {
    id: '0001-answers',
    statements: [
      ...openSchema('platform'),
      // The key of a request is one of its desk, purpose and route. Ids, counts and codes only.
      `create table if not exists platform.answers (
        authority text not null, desk text not null, purpose text not null, route text not null, key text not null, answer jsonb, at timestamptz not null, audience text[] not null,
        primary key (authority, desk, purpose, route, key))`,
      'create index if not exists answers_at on platform.answers (at)',
      ...protect({ table: 'platform.answers', officer: 'select-insert-update', purpose: 'of-row', index: false }),
    ],
  },
]
