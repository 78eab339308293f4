/** What lies in the store of a node, as text: every column of every table of the slices and of the link, boxed content opened with the node's own key. */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { TestCoalition } from '../../src/testing/coalition.ts'

const SCHEMAS = ['cargo', 'alliance', 'targeting', 'exchange', 'link', 'matching', 'procedures', 'records', 'audit']

async function tablesOf(tx: Tx): Promise<readonly { readonly name: string; readonly hasAudience: boolean }[]> {
  const { rows } = await sql<{ name: string; hasAudience: boolean }>`
    select t.table_schema || '.' || t.table_name as name, exists (select from information_schema.columns c
      where c.table_schema = t.table_schema and c.table_name = t.table_name and c.column_name = 'audience') as "hasAudience"
    from information_schema.tables t where t.table_schema = any(${SCHEMAS}::text[]) and t.table_type = 'BASE TABLE' order by 1`.execute(tx)
  return rows
}

/** Everything a node keeps. Audit is told apart: ids stand there by design. */
export async function storedAt(coalition: TestCoalition, node: string): Promise<string> {
  const { database, box } = coalition.node(node).services
  return await database.asWorker('test', async (tx) => {
    const texts: string[] = []
    for (const { name } of (await tablesOf(tx)).filter((table) => !table.name.startsWith('audit.')))
      for (const row of (await sql<{ text: string }>`select row_to_json(t)::text as text from ${sql.table(name)} t`.execute(tx)).rows)
        texts.push(row.text)
    const boxed = await sql<{ content: string; key: string }>`
      select i.content, k.key from exchange.items i join exchange.content_keys k using (org, desk, item) where i.content is not null`.execute(
      tx,
    )
    return [...texts, ...boxed.rows.map((row) => box.open(row))].join('\n')
  })
}

/** The log of a node, whole. */
export async function loggedAt(coalition: TestCoalition, node: string): Promise<string> {
  return await coalition.node(node).services.database.asWorker('test', async (tx) => {
    const { rows } = await sql<{ text: string }>`select row_to_json(e)::text as text from audit.events e order by id`.execute(tx)
    return rows.map((row) => row.text).join('\n')
  })
}

/** Moved by jobs of the clock, whoever asks what. */
const BY_THE_CLOCK = ['last_run_at', 'assessed_at']
const OF_THE_CLOCK = ['targeting.told']

/** What a desk holds, row by row: to see that nobody else changed it. */
export async function heldBy(coalition: TestCoalition, node: string, desk: string): Promise<string> {
  return await coalition.node(node).services.database.asWorker('test', async (tx) => {
    const texts: string[] = []
    for (const { name, hasAudience } of await tablesOf(tx)) {
      if (!hasAudience || name.startsWith('audit.') || name.startsWith('link.') || OF_THE_CLOCK.includes(name)) continue
      const { rows } = await sql<{ text: string }>`
        select (to_jsonb(t) - ${BY_THE_CLOCK}::text[])::text as text from ${sql.table(name)} t where audience @> array[${desk}]::text[] order by 1`.execute(
        tx,
      )
      texts.push(`${name}\n${rows.map((row) => row.text).join('\n')}`)
    }
    return texts.join('\n')
  })
}
