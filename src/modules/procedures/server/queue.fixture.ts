/** A procedure with a deadline of law, a reminder, an escalation, a clarification, an acknowledgement and a refusal; and handlers as a request calls them. */
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { AuditSubject } from '#platform/audit/audit-event.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { Route } from '#platform/http/route.ts'
import type { ProcedureBinding } from '#platform/module/define-module.ts'
import { ACTOR, AUTHORITY, type CaseStore, DESK, officerOf, requestOf } from './cases.fixture.ts'
import { openCase } from './open-case.ts'
import { transition } from './transition.ts'

export const NATIONAL = 'be.customs.national'
export const ZEEBRUGGE = 'be.customs.zeebrugge'
const law = { celex: '32023L0977', act: 'Directive (EU) 2023/977', art: 'Art 5(1)(c)', mark: 'V' } as const

const ASKED: ProcedureDef = {
  id: 'T-02',
  title: 'Question of law',
  version: '2026-11-01',
  basis: [law],
  realm: 'CUSTOMS',
  measures: [],
  roles: { desk: { title: 'Asked desk', realms: ['customs'] }, asker: { title: 'Asking desk', realms: ['customs'] } },
  initial: 'new',
  states: [
    { id: 'new', title: 'New', rank: 0, waitsFor: 'desk' },
    { id: 'received', title: 'Received', rank: 1, waitsFor: 'desk' },
    { id: 'clarify', title: 'Clarification asked', rank: 1, waitsFor: 'asker' },
    { id: 'answered', title: 'Answered', rank: 2, terminal: true },
    { id: 'refused', title: 'Refused', rank: 2, terminal: true },
  ],
  transitions: [
    { id: 'open', title: 'Take in', from: ['new'], to: 'received', by: ['desk'], effects: [{ kind: 'start-clock', clock: 'answer' }] },
    { id: 'ack', title: 'Acknowledge', from: ['received'], to: '@stay', by: ['desk'], effects: [] },
    { id: 'ask', title: 'Ask', from: ['received'], to: 'clarify', by: ['desk'], effects: [{ kind: 'suspend-clock', clock: 'answer' }] },
    { id: 'say', title: 'Say', from: ['clarify'], to: '@back', by: ['asker'], effects: [{ kind: 'resume-clock', clock: 'answer' }] },
    { id: 'answer', title: 'Answer', from: ['received'], to: 'answered', by: ['desk'], effects: [{ kind: 'stop-clock', clock: 'answer' }] },
    {
      id: 'refuse',
      title: 'Refuse',
      from: ['received'],
      to: 'refused',
      by: ['desk'],
      refuses: [],
      effects: [{ kind: 'stop-clock', clock: 'answer' }],
    },
  ],
  fields: [],
  clocks: [
    {
      id: 'answer',
      title: 'Answer',
      budget: { n: 48, unit: 'hour' },
      obligated: 'desk',
      kind: 'law',
      regime: 'EU-1182-71',
      basis: law,
      ladder: [{ rung: 'day', hoursBefore: 24, call: 'remind' }],
      onExpiry: 'escalate',
    },
  ],
  refusalGrounds: [
    { code: 'capacity', text: 'No capacity', basis: law },
    { code: 'scope', text: 'Out of scope', basis: law },
  ],
  retention: [],
  statistics: [{ id: 'all', meaning: 'All of it', smallCell: 5 }],
}

export const ASKED_BINDING: ProcedureBinding = { definition: ASKED, effects: {} }

export async function ask(store: CaseStore, part: Parameters<typeof requestOf>[0] & { readonly desk?: string } = {}) {
  const { desk = DESK, ...rest } = part
  return await store.as(
    desk,
    async (work) => await openCase(work, requestOf({ definition: 'T-02', party: desk, originator: desk, audience: [desk], ...rest })),
  )
}

export async function step(
  store: CaseStore,
  row: { readonly case_id: string },
  taken: { readonly transition: string; readonly desk?: string; readonly fields?: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { desk = DESK, transition: id, fields = {} } = taken
  await store.as(desk, async (work) => {
    const [{ revision } = { revision: 0 }] = await work.tx
      .withTables<{ 'procedures.cases': { case_id: string; revision: number } }>()
      .selectFrom('procedures.cases')
      .select('revision')
      .where('case_id', '=', row.case_id)
      .execute()
    const key = { authority: AUTHORITY, caseId: row.case_id }
    await transition(work, {
      ...key,
      transition: id,
      actor: { ...ACTOR, desk },
      facts: {},
      fields,
      version: revision,
      key: `${id}-${revision}`,
    })
  })
}

export interface Asked<T> {
  readonly answer: T
  readonly about: readonly AuditSubject[]
}

/** Calls a route as an officer's request does, inside one transaction. */
export async function call<T>(
  store: CaseStore,
  route: Route,
  by: { readonly facts?: SessionFacts; readonly input?: unknown } = {},
): Promise<Asked<T>> {
  const { facts = officerOf(DESK), input = {} } = by
  const about: AuditSubject[] = []
  const answer = await store.services.database.asOfficer(facts, async (tx) => {
    const context = { facts, tx, services: store.services, clock: store.services.clock, about: (each: AuditSubject) => about.push(each) }
    return route.spec.ok.parse(await route.run(route.spec.input.parse(input), context as unknown as CaseContext)) as T
  })
  return { answer, about }
}

export const colleague = (desk = DESK): SessionFacts => ({ ...officerOf(desk), officer: 'o2', officerName: 'Officer Two' })
export const supervisor = (desk = DESK): SessionFacts => ({ ...officerOf(desk), officer: 'o3', officerName: 'Head', roles: ['supervisor'] })
