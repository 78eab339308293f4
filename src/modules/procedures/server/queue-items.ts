/** Rows of the queue as a screen shows them: all their steps in one query, every clock derived now, and the step by which each could be acknowledged. */
import { type ProcedureDef, STAY, type TransitionDef } from '#kernel/procedure/definition.ts'
import { factsOfCase } from '#kernel/procedure/facts.ts'
import type { CaseFold } from '#kernel/procedure/fold.ts'
import { askedFields } from '#kernel/procedure/form.ts'
import { offeredTransitions } from '#kernel/procedure/machine.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { WorkItem } from '../contract.ts'
import { foldsOf, rolesOf } from './case-fold.ts'
import { type CaseRow, definitionOf } from './case-row.ts'
import { type DerivedClock, deriveClocks } from './clocks.ts'
import { desksOf } from './parties.ts'
import type { QueuedRow } from './queue-rows.ts'
import { nameOfDesk } from './write-notices.ts'

const MOST_NAMES = 3
/** Names under which procedures acknowledge: `ack`, `acknowledge`, `acknowledgeAnnexB` … */
const ACKNOWLEDGES = /^ack(?:nowledge)?(?![a-z])/

export async function itemsOf(work: WorkContext, rows: readonly QueuedRow[], now: Date): Promise<readonly WorkItem[]> {
  const folds = await foldsOf(work.tx, work.services, rows)
  return rows.flatMap((row) => {
    const fold = folds.get(row.case_id)
    return fold === undefined ? [] : [itemOf(work, { row, fold, now })]
  })
}

function itemOf(work: WorkContext, { row, fold, now }: { readonly row: QueuedRow; readonly fold: CaseFold; readonly now: Date }): WorkItem {
  const definition = definitionOf(work.services, row)
  const clocks = row.is_open ? deriveClocks(work.services, { row, fold, now }) : []
  const [next] = clocks.filter(({ isLive, due }) => isLive && Number.isFinite(due.safe)).sort((a, b) => a.due.safe - b.due.safe)
  const step = acknowledgingStep(definition, { row, fold, now })
  const state = definition.states.find(({ id }) => id === row.state)
  return {
    caseId: row.case_id,
    definition: row.definition,
    title: definition.title,
    subject: row.subject,
    label: row.label,
    party: row.party,
    partyName: withWhom(work, row, fold),
    role: row.role,
    roleTitle: definition.roles[row.role]?.title ?? row.role,
    state: row.state,
    stateTitle: state?.title ?? row.state,
    since: row.moved_at.toISOString(),
    version: row.revision,
    ...(next === undefined ? {} : { due: dueOfItem(next, now) }),
    isSuspended: clocks.some(({ due }) => due.state === 'suspended'),
    waitsFor: row.is_open ? (row.own_turn ? 'own' : 'others') : 'nobody',
    ...(step === undefined ? {} : { acknowledge: { transition: step.id, title: step.title } }),
    link: row.link,
  }
}

/** The other parties of a case that runs by its data alone; where a slice drives it, the desk whose leg it is. */
function withWhom({ services }: WorkContext, row: QueuedRow, fold: CaseFold): string {
  const others = row.base === null ? [] : desksOf(fold.parties).filter(({ desk }) => desk !== row.party)
  const named = (others.length === 0 ? [row.party] : others.map(({ desk }) => desk)).map((desk) => nameOfDesk(services, desk))
  return named.length <= MOST_NAMES ? named.join(', ') : `${named.slice(0, MOST_NAMES).join(', ')} +${named.length - MOST_NAMES}`
}

function dueOfItem({ id, definition, due }: DerivedClock, now: Date): NonNullable<WorkItem['due']> {
  const { title, kind, basis } = definition
  return {
    clock: id,
    label: title,
    safe: new Date(due.safe).toISOString(),
    legalLatest: new Date(due.legalLatest).toISOString(),
    kind,
    basis: `${basis.act} ${basis.art}`.trim(),
    mark: basis.mark,
    explain: due.explain,
    // Time that has to pass is no duty that somebody omits.
    missed: definition.isWaiting !== true && now.getTime() > due.safe,
    legallyMissed: kind === 'law' && due.state === 'missed',
  }
}

/**
 * The step that acknowledges a case: open to this row's roles now, and asking for nothing that must be filled. Facts that only a slice knows are unknown
 * here, so a guard over them bars the step: such a case is acknowledged on its own page.
 */
export function acknowledgingStep(
  definition: ProcedureDef,
  at: { readonly row: CaseRow; readonly fold: CaseFold; readonly now: Date },
): TransitionDef | undefined {
  const { row, fold, now } = at
  if (!row.is_open) return undefined
  const facts = factsOfCase(fold, {}, { now: now.getTime() })
  return rolesOf(row, fold)
    .flatMap((role) => offeredTransitions(definition, { state: fold.state, role, facts }))
    .filter(({ failed }) => failed === undefined)
    .map(({ transition }) => transition)
    .find(({ id, to, irreversible }) => {
      // What stays in its state can be taken again; once is enough.
      if (!ACKNOWLEDGES.test(id) || irreversible === true || (to === STAY && fold.done.includes(id))) return false
      return askedFields(definition, id, facts).every(({ isRequired }) => !isRequired)
    })
}
