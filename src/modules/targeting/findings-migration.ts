/** Findings of outcomes that were corrected since: until now they stayed, and were counted for their place and route. */
import type { Migration } from '#platform/store/database.ts'
import { WORKER_ROLE } from '#platform/store/row-security.ts'

export const findingsMigration: Migration = {
  id: '0005-findings',
  statements: [
    `set local role ${WORKER_ROLE}`,
    `delete from cargo.findings f using targeting.arrivals a where a.authority = f.authority and a.desk = f.desk and f.source = 'targeting ' || a.arrival
      and a.outcome is distinct from 'found'`,
    'reset role',
  ],
}
