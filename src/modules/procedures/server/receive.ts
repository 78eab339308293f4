/**
 * Takes in what other parties tell of a case. The case comes once for each desk that is brought in; steps come one by one, in any order, and are folded
 * into their place. Nobody moves a case who has no part in it: the desk that speaks must fill the role it speaks in.
 */
import { uuidv7 } from 'uuidv7'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { type CaseBase, type CaseFold, NAME_PARTIES, type Party } from '#kernel/procedure/fold.ts'
import type { IncomingMessage } from '#platform/link/message.ts'
import { messageType, type WorkContext } from '#platform/module/define-module.ts'
import { addressedBy, couldFill, mayBeBroughtIn } from './brought-in.ts'
import { foldOf, rolesOf } from './case-fold.ts'
import { type CaseMessage, caseMessage, type StepMessage, stepMessage } from './case-messages.ts'
import { type CaseRow, caseRow, versionOf } from './case-row.ts'
import { takeTurn } from './case-turn.ts'
import { keysChanged } from './cross-check-index.ts'
import { keepEarly, type SaidBy, type StepFor, takeEarlySteps } from './early-steps.ts'
import { claimEarlyFiles } from './files.ts'
import { ordersFiles } from './files-erased.ts'
import { desksOf, isFor, partyOf, rolesOfDesk } from './parties.ts'
import { fieldsToStore, purgeLate } from './purge.ts'
import { recordStep, refreshCase } from './record-step.ts'
import type { ProcedureTables } from './tables.ts'
import { mendNewcomers, relayStep, tellOwnSteps } from './tell.ts'
import { moveBy } from './transition.ts'

export const caseReceived = messageType({
  type: 'procedures.case',
  schema: caseMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of message.to) {
      await takeTurn(work.tx, { org, desk: unit, reference: data.reference })
      await takeCase(work, message, { data, org, desk: unit })
    }
  },
})

export const stepReceived = messageType({
  type: 'procedures.step',
  schema: stepMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of message.to) {
      await takeTurn(work.tx, { org, desk: unit, reference: data.reference })
      await takeStep(work, message, { data, org, desk: unit })
    }
  },
})

async function takeCase(
  work: WorkContext,
  message: IncomingMessage,
  { data, org, desk }: { readonly data: CaseMessage; readonly org: string; readonly desk: string },
): Promise<void> {
  const held = await heldCase(work, { org, desk, procedure: data.procedure, reference: data.reference })
  if (held !== undefined) return await takeAgain(work, message, { held, data })
  const { definition } = versionOf(work.services, data.procedure, data.base.version)
  const base: CaseBase = { ...data.base, parties: ownParties(work, definition.roles, data.base.parties) }
  const [role] = rolesOfDesk(base.parties, desk)
  const own = desksOf(base.parties).find((party) => party.desk === desk)
  if (role === undefined || own === undefined) throw new Error('The case names this desk in no role.')
  const roles = rolesOfDesk(base.parties, desk)
  if (!mayBring(work, definition, { base, from: message.from.unit, roles }))
    throw new Error('Whoever sends a case takes part in it, or gave its own part to this desk.')
  const values = Object.fromEntries(Object.entries(base.values).filter(([id]) => isFor(definition, id, roles)))
  const state = definition.states.find(({ id }) => id === base.state)
  if (state === undefined) throw new Error('The case stands in a state that its procedure does not have.')
  const label = definition.label === undefined ? undefined : values[definition.label]
  const at = new Date(message.receivedAt)
  const caseId = uuidv7()
  await work.tx
    .withTables<ProcedureTables>()
    .insertInto('procedures.cases')
    .values({
      authority: org,
      case_id: caseId,
      definition: definition.id,
      definition_version: base.version,
      subject: data.reference,
      label: typeof label === 'string' ? label : '',
      link: `/cases/${caseId}`,
      party: desk,
      role,
      originator: message.from.unit,
      state: base.state,
      revision: 0,
      anchors: '{}',
      zone: own.zone,
      calendar: own.calendar,
      opened_at: at,
      moved_at: at,
      is_open: state.terminal !== true,
      own_turn: state.waitsFor !== undefined && roles.includes(state.waitsFor),
      due_at: null,
      base: JSON.stringify({ ...base, values, reached: [...new Set([...base.reached, desk, message.from.unit])] }),
      parties: JSON.stringify(base.parties),
      parent: null,
      closed_at: null,
      opening_key: null,
      audience: [desk],
    })
    .execute()
  await note(work, { caseId, procedure: definition.id, from: message.from.unit })
  const received = await caseRow(work.tx, { authority: org, caseId })
  await keysChanged(work, received, { before: {}, after: values })
  await claimEarlyFiles(work, received)
  await takeReceipts(work, definition, { authority: org, caseId, roles, at })
  await takeEarlySteps(work, { org, desk, reference: data.reference }, takeStep)
  await work.services.announce(work.tx, `case:${definition.id}`, [desk])
}

async function heldCase(
  work: WorkContext,
  at: { readonly org: string; readonly desk: string; readonly procedure: string; readonly reference: string },
): Promise<CaseRow | undefined> {
  return await work.tx
    .withTables<ProcedureTables>()
    .selectFrom('procedures.cases')
    .selectAll()
    .where('authority', '=', at.org)
    .where('definition', '=', at.procedure)
    .where('subject', '=', at.reference)
    .where('party', '=', at.desk)
    .forUpdate()
    .executeTakeFirst()
}

/**
 * The case again, for a desk that has it: from whoever brought it in, because steps crossed on the way; or from any party, when it had left and takes part
 * anew. What it did itself stays. An older picture than the one it has changes nothing.
 */
async function takeAgain(
  work: WorkContext,
  message: IncomingMessage,
  { held, data }: { readonly held: CaseRow; readonly data: CaseMessage },
): Promise<void> {
  if (held.base === null) throw new Error('A case that a slice drives is not brought in from outside.')
  const before = await foldOf(work.tx, work.services, held)
  const hadLeft = rolesOf(held, before).length === 0
  if (message.from.unit !== held.originator && !hadLeft) throw new Error('Only who brought this desk in gives it the case anew.')
  if (data.base.order < held.base.order) return
  const { definition } = versionOf(work.services, data.procedure, data.base.version)
  const parties = ownParties(work, definition.roles, data.base.parties)
  const roles = rolesOfDesk(parties, held.party)
  const values = Object.fromEntries(Object.entries(data.base.values).filter(([id]) => isFor(definition, id, roles)))
  const reached = [...new Set([...data.base.reached, ...(roles.length === 0 ? [] : [held.party]), message.from.unit])]
  const base: CaseBase = { ...data.base, parties, values, reached }
  await work.tx
    .withTables<ProcedureTables>()
    .updateTable('procedures.cases')
    .set({ base: JSON.stringify(base), originator: message.from.unit, ...(roles[0] === undefined ? {} : { role: roles[0] }) })
    .where('authority', '=', held.authority)
    .where('case_id', '=', held.case_id)
    .execute()
  // Whoever has no part keeps no name of what it was about either.
  const label = roles.length === 0 ? '' : held.label
  const row = { ...held, base, originator: message.from.unit, role: roles[0] ?? held.role, label }
  const after = await foldOf(work.tx, work.services, row)
  const written = await refreshCase(work, row, after)
  await keysChanged(work, written, { before: before.values, after: after.values })
  // Steps it came with may have ordered to erase what this desk holds.
  if (after.purged.length > 0 || ordersFiles(definition, after))
    await purgeLate(work, written, { fold: after, key: `base:${data.base.order}` })
  await note(work, { caseId: row.case_id, procedure: row.definition, from: message.from.unit })
  // Whom this desk has brought in itself, or told of its steps, has to hear of it as of a step that came late.
  const changed = { row: written, definition, before, after }
  await tellOwnSteps(work, changed)
  await mendNewcomers(work, changed)
  if (hadLeft && roles.length > 0)
    await takeReceipts(work, definition, { authority: row.authority, caseId: row.case_id, roles, at: new Date(message.receivedAt) })
  await takeEarlySteps(work, { org: row.authority, desk: row.party, reference: data.reference }, takeStep)
  await work.services.announce(work.tx, `case:${row.definition}`, row.audience)
}

/** The law counts from receipt: the system says when that was, and every party hears it. */
async function takeReceipts(
  work: WorkContext,
  definition: ProcedureDef,
  at: { readonly authority: string; readonly caseId: string; readonly roles: readonly string[]; readonly at: Date },
): Promise<void> {
  const { authority, caseId, roles } = at
  for (const transition of definition.transitions)
    for (const role of roles)
      if (transition.on === `received.${role}` && transition.from.includes((await caseRow(work.tx, { authority, caseId })).state))
        await moveBy(work, { authority, caseId, transition: transition.id, actor: null, facts: {}, fields: {}, at: at.at })
}

async function takeStep(work: WorkContext, message: SaidBy, { data, org, desk }: StepFor): Promise<void> {
  const row = await heldCase(work, { org, desk, procedure: data.procedure, reference: data.reference })
  if (row === undefined) return await keepEarly(work, message, { data, org, desk })
  if (row.base === null) throw new Error('A case that a slice drives takes no steps from outside.')
  if (await isNotYetKnown(work, row, { from: message.from.unit, step: data.step })) {
    const fold = await foldOf(work.tx, work.services, row)
    const kept = await fieldsToStore(work, row, { fold, id: data.step.id, fields: data.step.fields })
    return await keepEarly(work, message, { data: { ...data, step: { ...data.step, fields: kept } }, org, desk })
  }
  await requirePart(work, row, { from: message.from.unit, step: data.step })
  const { definition } = versionOf(work.services, row.definition, row.definition_version)
  const own = rolesOfDesk(row.parties, desk)
  const { id, order, at, transition, role, fields, desk: taker = message.from.unit } = data.step
  const kept =
    transition === NAME_PARTIES
      ? { role: fields['role'], parties: (fields['parties'] as readonly Party[]).map((told) => partyHere(work, definition.roles, told)) }
      : Object.fromEntries(
          Object.entries(fields)
            .filter(([field]) => isFor(definition, field, own))
            .map(([field, value]) => [field, field.endsWith('.party') ? partyHere(work, definition.roles, value as Party) : value]),
        )
  const recorded = await recordStep(work, row, {
    step: { id, order, at: new Date(at), transition, role, actor: null, desk: taker, fields: kept, mirrored: true },
  })
  if (recorded.step === undefined) return
  if (!recorded.step.isVoid)
    await relayStep(work, {
      row: recorded.row,
      definition,
      before: recorded.fold,
      after: recorded.fold,
      step: recorded.step,
      transition: definition.transitions.find((each) => each.id === transition),
      from: taker,
    })
  await note(work, { caseId: row.case_id, procedure: row.definition, from: message.from.unit })
  // Sent once more to a desk that has the case already, it is received once more.
  const sends = definition.transitions
    .find((each) => each.id === transition)
    ?.effects.flatMap((each) => (each.kind === 'send' ? each.roles : []))
  const roles = recorded.step.isVoid ? [] : own.filter((each) => sends?.includes(each))
  await takeReceipts(work, definition, { authority: org, caseId: row.case_id, roles, at: new Date(message.receivedAt) })
  if (transition !== NAME_PARTIES && addressedBy(definition, transition).length === 0) return
  await claimEarlyFiles(work, recorded.row)
  await takeEarlySteps(work, { org, desk, reference: data.reference }, takeStep)
}

/** The desk that speaks fills the role, or filled it before it was replaced; what the system does is said by a party. */
async function requirePart(
  work: WorkContext,
  row: CaseRow,
  said: { readonly from: string; readonly step: StepMessage['step'] },
): Promise<void> {
  const fold = await foldOf(work.tx, work.services, row)
  const { definition } = versionOf(work.services, row.definition, fold.version)
  const roles = new Set(
    [row.base?.parties ?? {}, fold.parties, ...addressedIn(definition, fold)].flatMap((parties) => rolesOfDesk(parties, said.from)),
  )
  const { role, transition } = said.step
  if (transition === NAME_PARTIES && role !== definition.opener) throw new Error('Only who opened the case names its parties.')
  const on = definition.transitions.find(({ id }) => id === transition)?.on
  const [kind, subject = ''] = (on ?? '').split('.')
  // A desk that cannot be heard is spoken for: by the one that brought this desk in, or by the party that brought in a role nobody else knows of.
  const taker = said.step.desk ?? said.from
  const isUnknown = (fold.parties[role ?? subject] ?? []).length === 0 && roles.size > 0
  if (taker !== said.from && !fold.reached.includes(taker) && (said.from === row.originator || isUnknown)) return
  if (role !== null && !roles.has(role)) throw new Error('The desk that speaks does not fill the role it speaks in.')
  if (role !== null) return
  const isOpener = roles.has(definition.opener ?? '')
  // The opener may count a clock that this party is not told of.
  const obligated =
    kind === 'clock' && (isOpener || fold.clocks.some(({ clock, obligated: by }) => clock === subject && by?.desk === said.from))
  if (!(kind === 'received' && roles.has(subject)) && !obligated) throw new Error('The system of this party has no such step.')
}

/** A case comes from one of its parties, or from the desk that gave its own role to this one and so has no part in it any more. */
function mayBring(
  work: WorkContext,
  definition: ProcedureDef,
  { base, from, roles }: { readonly base: CaseBase; readonly from: string; readonly roles: readonly string[] },
): boolean {
  if (rolesOfDesk(base.parties, from).length > 0) return true
  return definition.transitions.some(
    ({ id, by }) =>
      base.done.includes(id) &&
      addressedBy(definition, id).some(
        (role) => roles.includes(role) && by?.includes(role) === true && couldFill(work, definition, { role, desk: from }),
      ),
  )
}

/** The step may be of a desk that another step has brought in or named, whose message is still on its way: it waits for that one. */
async function isNotYetKnown(
  work: WorkContext,
  row: CaseRow,
  { from, step }: { readonly from: string; readonly step: StepMessage['step'] },
): Promise<boolean> {
  const fold = await foldOf(work.tx, work.services, row)
  const { definition } = versionOf(work.services, row.definition, fold.version)
  const known = [row.base?.parties ?? {}, fold.parties, ...addressedIn(definition, fold)]
  if ((step.desk ?? from) !== from || known.some((parties) => rolesOfDesk(parties, from).length > 0)) return false
  const role = step.role ?? definition.transitions.find(({ id }) => id === step.transition)?.on?.split('.')[1] ?? ''
  return mayBeBroughtIn(work, { definition, fold }, { role, desk: from })
}

/** Whom steps put into a role since the case came here. */
function addressedIn(definition: ProcedureDef, fold: CaseFold): Record<string, Party[]>[] {
  return fold.steps.flatMap(({ transition, fields }) =>
    (definition.transitions.find(({ id }) => id === transition)?.effects ?? []).flatMap((effect) => {
      const party = effect.kind === 'address' ? (fields[`${effect.field}.party`] as Party | undefined) : undefined
      return effect.kind === 'address' && party !== undefined ? [{ [effect.role]: [party] }] : []
    }),
  )
}

type Roles = Readonly<Record<string, Parameters<typeof partyOf>[1]>>

/** Parties as this node's own directory has them: nothing about a desk is believed because a message says it. */
function ownParties(work: WorkContext, roles: Roles, told: CaseBase['parties']): Record<string, readonly Party[]> {
  return Object.fromEntries(
    Object.entries(told).map(([role, parties]) => {
      const asked = roles[role]
      if (asked === undefined) throw new Error(`The procedure has no role ${role}.`)
      return [role, parties.map(({ desk }) => required(partyOf(work.services.directory(), asked, desk), desk))]
    }),
  )
}

function partyHere(work: WorkContext, roles: Roles, told: Party): Party {
  const found = Object.values(roles).flatMap((role) => partyOf(work.services.directory(), role, told.desk) ?? [])[0]
  return required(found, told.desk)
}

function required(party: Party | undefined, desk: string): Party {
  if (party === undefined) throw new Error(`The directory of this node has no desk ${desk} that fills this role.`)
  return party
}

async function note(work: WorkContext, at: { readonly caseId: string; readonly procedure: string; readonly from: string }): Promise<void> {
  await work.services.record(work.tx, {
    event: 'procedures.case-received',
    outcome: 'done',
    facts: null,
    by: 'message:procedures',
    subjects: [
      { kind: 'case', id: at.caseId },
      { kind: 'desk', id: at.from },
    ],
    detail: { procedure: at.procedure },
  })
}
