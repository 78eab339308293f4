/**
 * What a graph is built from: the views that a reader sees, each with its version, and the judgements of the reader's desk. The name of a state is the same
 * for the same content, so it is what a cached graph is found by and what an answer names; nothing that is not the reader's is in it.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { DeskFacts } from './clusters.ts'

export interface GraphState {
  /** 64 hexadecimal digits. */
  readonly name: string
  /** The same without the judgements: relations read once serve until a statement changes. */
  readonly edgesName: string
  readonly views: readonly string[]
  /** Without judgements nothing needs to be collapsed. */
  readonly hasJudgements: boolean
  /** Read by a transaction that has written nothing: one that has may be undone, and its numbers given to other content. Only then is anything kept. */
  readonly isSettled: boolean
}

export async function graphStateOf(tx: Tx, facts: DeskFacts): Promise<GraphState> {
  const { rows } = await sql<{ view: string; version: string }>`select view, version::text as version from records.view_states
    where org = ${facts.authority} order by view collate "C"`.execute(tx)
  const judged = await sql<{ version: string | null; is_settled: boolean }>`select (select version::text from records.judgement_states
      where org = ${facts.authority} and desk = ${facts.desk} and purpose = ${facts.purpose}) as version, pg_current_xact_id_if_assigned() is null as is_settled`.execute(
    tx,
  )
  const { version = null, is_settled: isSettled = false } = judged.rows[0] ?? {}
  const edgesName = digest([facts.authority, facts.desk, facts.purpose ?? '', ...rows.map((each) => `${each.view} ${each.version}`)])
  return {
    edgesName,
    name: digest([edgesName, version ?? '']),
    views: rows.map((each) => each.view),
    hasJudgements: version !== null,
    isSettled,
  }
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
