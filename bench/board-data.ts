/** Records written into the store of a running node, as an officer's desk states them: for boards too large or too particular to be brought in by a file. */
import { uuidv7 } from 'uuidv7'
import { OPEN } from '#kernel/handling/handling.ts'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { Database } from '#platform/store/database.ts'
import { entityOf, type StatedRecord } from '../src/modules/records/server/graph.fixture.ts'
import { markingOf, writeFragments } from '../src/modules/records/server/write-fragments.ts'

/** The targeting officer of the coalition's Antwerp node, under the purpose that sessions begin with. */
export const ANTWERP: SessionFacts = {
  officer: 'be-antwerp.antwerp',
  officerName: 'Targeting officer Antwerp',
  roles: ['officer'],
  desk: 'be.customs.antwerp',
  authority: 'be.customs',
  authorityKind: 'customs',
  country: 'BE',
  realm: 'customs',
  purpose: 'customs-control',
  caseId: null,
}

const BATCH = 10_000

export async function stateRecords(database: Database, facts: SessionFacts, records: readonly StatedRecord[]): Promise<void> {
  const [collection, at] = [uuidv7(), new Date()]
  for (let start = 0; start < records.length; start += BATCH)
    await database.asOfficer(facts, async (tx) => {
      const marking = await markingOf(tx, facts.authority, {
        body: {
          origin: { org: facts.authority, desk: facts.desk },
          evaluation: { source: 'B', info: 2 },
          handling: OPEN,
          purpose: facts.purpose ?? '',
          legalBasis: { act: 'General Customs Act', art: 'Art 1' },
          category: 'thing',
        },
        audience: [facts.desk],
      })
      await writeFragments(
        tx,
        facts.authority,
        records.slice(start, start + BATCH).map(({ id, schema, values }) => ({
          fragment: uuidv7(),
          entity: entityOf(id),
          schema,
          collection,
          externalId: id,
          values: Object.entries(values).flatMap(([prop, value]) =>
            (typeof value === 'string' ? [value] : value).map((each) => [prop, each] as const),
          ),
          marking,
          recordedFrom: at,
          reviewAt: new Date(at.getTime() + 365 * 86_400_000),
          eraseAt: new Date(at.getTime() + 1095 * 86_400_000),
        })),
      )
    })
}
