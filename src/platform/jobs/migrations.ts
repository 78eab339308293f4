/** Requests for background work, written in the transaction that wants it: the outbox of the queue. */
import type { Migration } from '#platform/store/database.ts'
import { OFFICER_ROLE, WORKER_ROLE } from '#platform/store/row-security.ts'

export const jobMigrations: readonly Migration[] = [
  {
    id: '0001-requests',
    statements: [
      `grant usage on schema platform to ${OFFICER_ROLE}, ${WORKER_ROLE}`,
      `create table if not exists platform.job_requests (
        id bigint generated always as identity primary key, name text not null, data jsonb not null, key text, start_after timestamptz)`,
      // An officer's transaction may ask for work but not look at what others asked for.
      `grant insert on platform.job_requests to ${OFFICER_ROLE}, ${WORKER_ROLE}`,
    ],
  },
]
