/**
 * A request between three desks on one store, and the letters on their way between them: the requester asks, the contact point passes it on, the guard gets
 * it. What leaves a desk waits here until it is delivered, so that a test decides the order, and which transactions are open at the same time.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { baseOf } from '#kernel/procedure/fold.ts'
import type { Directory } from '#platform/link/directory.ts'
import type { IncomingMessage, OutgoingMessage } from '#platform/link/message.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { foldOf } from './case-fold.ts'
import type { CaseRow } from './case-row.ts'
import { type CaseStore, startCaseStore } from './cases.fixture.ts'
import { fileReceived } from './files.ts'
import { desksOf, partyOf } from './parties.ts'
import { parseDefinition, SHIPPED_FOLDER } from './read-definition.ts'
import { caseReceived, stepReceived } from './receive.ts'
import { transition } from './transition.ts'

export const ASKER = 'be.spoc.desk'
export const ASKED = 'es.spoc.desk'
export const GUARD = 'es.guard.desk'
/** Could have been asked, and was not. */
export const STRANGER = 'es.coast.desk'
const DESKS = [ASKER, ASKED, GUARD, STRANGER]
const orgOf = (desk: string) => desk.slice(0, desk.lastIndexOf('.'))

const DIRECTORY = {
  orgs: DESKS.map((desk) => ({
    id: orgOf(desk),
    kind: 'spoc',
    realm: 'law-enforcement',
    status: 'active',
    country: desk.slice(0, 2).toUpperCase(),
    thirdCountry: false,
    units: [{ id: desk, name: desk, services: ['procedures'], places: [], purposes: [], zone: 'UTC', calendar: 'BE' }],
    nodes: [],
  })),
} as unknown as Directory

const REQUEST = {
  reference: 'REF-1',
  informationRequested: 'Who rented the warehouse',
  purpose: 'investigation',
  facts: 'Cocaine was found.',
  offence: 'drug-trafficking',
  offenceStatute: 'Act of 1921, Art 2bis',
  necessity: true,
  availability: 'It stands there.',
  urgency: 'none',
  language: 'en',
}

export type Letter = OutgoingMessage

export interface Crossing {
  /** On their way, the oldest first. */
  readonly post: Letter[]
  readonly services: NodeServices
  /** The asked desk has received a new request; nothing is on its way. Answers the reference. */
  ask(): Promise<string>
  take(
    at: { readonly desk: string; readonly reference: string },
    transition: string,
    fields: Readonly<Record<string, unknown>>,
  ): Promise<void>
  /** Takes a letter out of the post and lets its recipient act on it, in a transaction of its own. */
  deliver(letter: Letter, meanwhile?: () => Promise<void>): Promise<void>
  deliverAll(): Promise<void>
  case(
    desk: string,
    reference: string,
  ): Promise<{ readonly row: CaseRow; readonly steps: readonly string[]; readonly desks: readonly string[] } | undefined>
  rows: CaseStore['rows']
  advance(hours: number): void
  stop(): Promise<void>
}

export async function startCrossing(): Promise<Crossing> {
  const read = parseDefinition(readFileSync(path.join(SHIPPED_FOLDER, 'pr-02-information-request.yaml'), 'utf8'))
  if (!read.ok) throw new Error('The shipped procedure cannot be read.')
  const { definition } = read
  const store = await startCaseStore([{ definition, effects: {} }])
  const post: Letter[] = []
  const services: NodeServices = {
    ...store.services,
    directory: () => DIRECTORY,
    authorities: DESKS.map(orgOf),
    enqueue: async () => undefined,
    submit: async (_tx, message) => {
      // What leaves is read from its text on the other side.
      post.push(JSON.parse(JSON.stringify(message)) as Letter)
      return uuidv7()
    },
  }
  const inBackground = async <T>(work: (context: WorkContext) => Promise<T>): Promise<T> =>
    await services.database.asWorker('test', async (tx) => await work({ tx, services }))
  const rowOf = async ({ tx }: WorkContext, desk: string, reference: string): Promise<CaseRow | undefined> =>
    (await sql<CaseRow>`select * from procedures.cases where party = ${desk} and subject = ${reference}`.execute(tx)).rows[0]
  const taken = (letter: Letter): IncomingMessage => ({
    ...letter,
    id: uuidv7(),
    createdAt: services.clock.now().toISOString(),
    receivedAt: services.clock.now().toISOString(),
  })
  const crossing: Crossing = {
    post,
    services,
    ask: async () => {
      const reference = uuidv7()
      await inBackground(async (work) => await insertDraft(work, definition, reference))
      await crossing.take({ desk: ASKER, reference }, 'send', REQUEST)
      await crossing.deliverAll()
      return reference
    },
    take: async ({ desk, reference }, step, fields) =>
      await inBackground(async (work) => {
        const row = await rowOf(work, desk, reference)
        const to = fields['forwardTo']
        const role = definition.roles['requested']
        if (row === undefined || role === undefined) throw new Error(`${desk} has no such case.`)
        await transition(work, {
          authority: row.authority,
          caseId: row.case_id,
          transition: step,
          actor: { officer: `officer.${desk}`, officerName: 'Officer', desk },
          facts: {},
          fields,
          ...(typeof to === 'string' ? { added: { 'forwardTo.party': partyOf(DIRECTORY, role, to) } } : {}),
          version: row.revision,
          key: uuidv7(),
        })
      }),
    deliver: async (letter, meanwhile) => {
      if (post.includes(letter)) post.splice(post.indexOf(letter), 1)
      await inBackground(async (work) => {
        const type = [caseReceived, stepReceived, fileReceived].find((each) => each.type === letter.body.type)
        if (type === undefined) throw new Error(`Nobody takes ${letter.body.type}.`)
        await type.receive(taken(letter), type.schema.parse(letter.body.data), work)
        await meanwhile?.()
      })
    },
    deliverAll: async () => {
      for (let next = post[0]; next !== undefined; next = post[0]) await crossing.deliver(next)
    },
    case: async (desk, reference) =>
      await inBackground(async (work) => {
        const row = await rowOf(work, desk, reference)
        if (row === undefined) return undefined
        const fold = await foldOf(work.tx, services, row)
        const steps = fold.steps.map(({ transition: step, isVoid }) => (isVoid ? `${step} (overtaken)` : step))
        return { row, steps, desks: desksOf(fold.parties).map((party) => party.desk) }
      }),
    rows: store.rows,
    advance: store.advance,
    stop: store.stop,
  }
  return crossing
}

/** A draft of the requester, with the contact point named. */
async function insertDraft({ tx, services }: WorkContext, definition: ProcedureDef, reference: string): Promise<void> {
  const [asker, asked] = [
    ['requester', ASKER],
    ['requested', ASKED],
  ].map(([role = '', desk = '']) => {
    const fills = definition.roles[role]
    const party = fills === undefined ? undefined : partyOf(DIRECTORY, fills, desk)
    return party === undefined ? [] : [party]
  })
  const parties = { requester: asker ?? [], requested: asked ?? [] }
  const now = services.clock.now()
  const id = uuidv7()
  await sql`insert into procedures.cases (authority, case_id, definition, definition_version, subject, label, link, party, role, originator, state, revision, anchors, zone, calendar,
      opened_at, moved_at, is_open, own_turn, base, parties, audience)
    values (${orgOf(ASKER)}, ${id}, ${definition.id}, ${definition.version}, ${reference}, '', ${`/cases/${id}`}, ${ASKER}, 'requester', ${ASKER}, ${definition.initial}, 0, '{}', 'UTC', 'BE',
      ${now}, ${now}, true, true, ${JSON.stringify({ ...baseOf(definition, parties), reached: [ASKER] })}, ${JSON.stringify(parties)}, ${[ASKER]}::text[])`.execute(
    tx,
  )
}
