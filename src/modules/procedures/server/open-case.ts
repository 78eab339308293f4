/** Opens a case for a slice: pins the definition's version, takes the opening step, starts its clocks. */
import { uuidv7 } from 'uuidv7'
import type { Facts } from '#kernel/procedure/expression.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import { type Actor, type CaseRow, caseRow, currentOf } from './case-row.ts'
import type { ProcedureTables } from './tables.ts'
import { mirrorStep, moveBy } from './transition.ts'

export interface OpenCase {
  readonly definition: string
  /** Authority on this node that holds the case. */
  readonly authority: string
  /** Record the case is about, for example the alert. */
  readonly subject: string
  /** What a queue may show of it. */
  readonly label: string
  readonly link: string
  /** Desk whose leg this is; its zone and calendar count. */
  readonly party: string
  /** Role of our side. */
  readonly role: string
  readonly originator: string
  readonly zone: string
  readonly calendar: string
  readonly anchors: Readonly<Record<string, string>>
  readonly audience: readonly string[]
  /** First step out of the initial state. `facts` null = it was taken on another node already: guards were checked there. */
  readonly opening: {
    readonly transition: string
    readonly facts: Facts | null
    readonly actor: Actor | null
    readonly at?: Date
  }
}

/** Answers the case; opening the same (definition, subject, party) again answers the case that is there. */
export async function openCase(work: WorkContext, open: OpenCase): Promise<CaseRow> {
  const { definition } = currentOf(work.services, open.definition)
  const at = open.opening.at ?? work.services.clock.now()
  const caseId = uuidv7()
  const made = await work.tx
    .withTables<ProcedureTables>()
    .insertInto('procedures.cases')
    .values({
      authority: open.authority,
      case_id: caseId,
      definition: definition.id,
      definition_version: definition.version,
      subject: open.subject,
      label: open.label,
      link: open.link,
      party: open.party,
      role: open.role,
      originator: open.originator,
      state: definition.initial,
      revision: 0,
      anchors: JSON.stringify(open.anchors),
      zone: open.zone,
      calendar: open.calendar,
      opened_at: at,
      moved_at: at,
      is_open: true,
      own_turn: false,
      due_at: null,
      base: null,
      parties: '{}',
      parent: null,
      closed_at: null,
      opening_key: null,
      audience: [...open.audience],
    })
    .onConflict((conflict) => conflict.columns(['authority', 'definition', 'subject', 'party']).doNothing())
    .returning('case_id')
    .executeTakeFirst()
  if (made === undefined) {
    const there = await work.tx
      .withTables<ProcedureTables>()
      .selectFrom('procedures.cases')
      .selectAll()
      .where('authority', '=', open.authority)
      .where('definition', '=', open.definition)
      .where('subject', '=', open.subject)
      .where('party', '=', open.party)
      .executeTakeFirst()
    if (there === undefined) throw new AppError(409, 'procedures.conflict', 'The case exists but is not visible here.')
    return there
  }
  const { transition, facts, actor } = open.opening
  const key = { authority: open.authority, caseId }
  if (facts === null) await mirrorStep(work, await caseRow(work.tx, key), { transition, at, fields: {} })
  else await moveBy(work, { ...key, transition, actor, facts, fields: {}, at })
  return await caseRow(work.tx, key)
}
