/** To which desks an attachment of the own desk went, for a slice that wrote it. */
import { sql } from 'kysely'
import type { CaseContext } from '#platform/http/case-context.ts'
import { holdsPart, openContent } from './item-content.ts'
import { ownDesk, rowOf } from './item-rows.ts'

export interface Release {
  readonly item: string
  readonly desk: string
  readonly at: Date
}

/** Of pieces of information that still have their content; an erased one no longer says what was in it. */
export async function releasesOf(context: CaseContext, digests: readonly string[]): Promise<readonly Release[]> {
  if (digests.length === 0) return []
  const { tx, facts } = context
  const { rows } = await sql<{ item: string; holder_desk: string; released_at: Date; fields: string[]; sha256: string }>`
    select h.item, h.holder_desk, h.released_at, h.fields, a.sha256 from exchange.attachments a join exchange.holders h on h.org = a.org and h.desk = a.desk and h.item = a.item
    where a.org = ${facts.authority} and a.desk = ${facts.desk} and a.sha256 = any(${[...digests]}::text[]) order by h.released_at`.execute(
    tx,
  )
  const releases: Release[] = []
  for (const { item, holder_desk: desk, released_at: at, fields, sha256 } of rows) {
    const row = await rowOf(context, ownDesk(context, item))
    const content = row === undefined ? undefined : await openContent(context, row)
    if (content !== undefined && holdsPart(fields, content, sha256)) releases.push({ item, desk, at })
  }
  return releases
}
