/** Evidence in the store, and what a screen reads of it. */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { EVIDENCE_KINDS, type Evidence, type EvidenceKind } from './evidence.ts'

export interface NewEvidence {
  readonly org: string
  readonly evidence: Evidence
  readonly token: string
  readonly context: string
  readonly audience: readonly string[]
}

/** Keeps the first of each (message, desk, kind, polarity): a repeat changes nothing. */
export async function storeEvidence(tx: Tx, stored: readonly NewEvidence[]): Promise<void> {
  if (stored.length === 0) return
  const rows = stored.map(({ org, evidence, token, context, audience }) => ({
    org,
    id: evidence.message,
    unit: evidence.to.unit,
    kind: evidence.kind,
    positive: evidence.positive,
    at: evidence.at,
    issuer: evidence.issuer,
    code: evidence.code ?? null,
    token,
    context,
    audience,
  }))
  await sql`insert into link.evidence (org, id, unit, kind, positive, at, issuer, code, token, context, audience)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(org text, id text, unit text, kind text, positive boolean, at timestamptz, issuer text, code text, token text,
      context text, audience text[]) on conflict do nothing`.execute(tx)
}

export interface EvidenceRow {
  readonly id: string
  readonly unit: string
  readonly kind: EvidenceKind
  readonly positive: boolean
  readonly at: Date
  readonly issuer: string
  readonly code: string | null
}

/** Evidence of a thread that the viewer's desk may see, oldest first. */
export async function threadEvidence(tx: Tx, org: string, context: string): Promise<readonly EvidenceRow[]> {
  const { rows } = await sql<EvidenceRow>`
    select id, unit, kind, positive, at, issuer, code from link.evidence where org = ${org} and context = ${context}
    order by at, array_position(${[...EVIDENCE_KINDS]}::text[], kind), id`.execute(tx)
  return rows
}
