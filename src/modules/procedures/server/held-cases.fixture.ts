/**
 * One case of a shipped procedure with the desks that have it, each with its own row on one store, and the letters between them. The case begins where the
 * test says; what leaves a desk waits here until it is delivered.
 */
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { baseOf, type CaseBase, type CaseFold, type Party } from '#kernel/procedure/fold.ts'
import type { Directory } from '#platform/link/directory.ts'
import type { OutgoingMessage } from '#platform/link/message.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { foldOf } from './case-fold.ts'
import type { CaseRow } from './case-row.ts'
import { type CaseStore, startCaseStore } from './cases.fixture.ts'
import { readDefinitions, SHIPPED_FOLDER } from './read-definition.ts'
import { caseReceived, stepReceived } from './receive.ts'
import { recordStep, refreshCase } from './record-step.ts'
import { sweepClocks } from './sweep.ts'

const orgOf = (role: string) => `be.${role.toLowerCase()}`
export const deskOf = (role: string) => `${orgOf(role)}.desk`

export interface HeldCases {
  readonly post: OutgoingMessage[]
  readonly services: NodeServices
  readonly store: CaseStore
  /** A new case, of which the others here speak: it stands like this with the desk of each of these roles; the first has brought in the others. */
  hold(roles: readonly string[], base: Partial<CaseBase>): Promise<void>
  /** What the desk of the role does, in its role or as the system. */
  take(role: string, transition: string, given?: { readonly fields?: Readonly<Record<string, unknown>> }): Promise<void>
  /** Takes out of the post what is on its way from one to the other, and lets the recipient act on it. */
  deliver(from: string, to: string): Promise<void>
  sweep(): Promise<void>
  look(role: string): Promise<{ readonly row: CaseRow; readonly fold: CaseFold }>
  /** Of the desk of a role: steps with a mark for what is void. */
  steps(role: string): Promise<readonly string[]>
}

export async function startHeldCases(id: string, change: (definition: ProcedureDef) => ProcedureDef = (same) => same): Promise<HeldCases> {
  const found = readDefinitions(SHIPPED_FOLDER).find(({ definition }) => definition.id === id)
  if (found === undefined) throw new Error(`No shipped procedure is ${id}.`)
  const definition = change(found.definition)
  const store = await startCaseStore([{ definition, effects: {} }])
  const post: OutgoingMessage[] = []
  const services: NodeServices = {
    ...store.services,
    directory: () => directoryOf(definition),
    authorities: Object.keys(definition.roles).map(orgOf),
    enqueue: async () => undefined,
    submit: async (_tx, message) => {
      post.push(structuredClone(message))
      return uuidv7()
    },
  }
  const inBackground = async <T>(act: (work: WorkContext) => Promise<T>): Promise<T> =>
    await services.database.asWorker('test', async (tx) => await act({ tx, services }))
  let reference = ''
  const rowOf = async ({ tx }: WorkContext, role: string): Promise<CaseRow> => {
    const { rows } = await sql<CaseRow>`select * from procedures.cases where party = ${deskOf(role)} and subject = ${reference}`.execute(tx)
    if (rows[0] === undefined) throw new Error(`${role} has no case.`)
    return rows[0]
  }
  const held: HeldCases = {
    post,
    services,
    store,
    hold: async (roles, base) => {
      post.length = 0
      reference = uuidv7()
      await inBackground(async (work) => {
        for (const role of roles) {
          const row = await insert(work, definition, { reference, roles, role, base })
          await refreshCase(work, row, await foldOf(work.tx, services, row))
        }
      })
    },
    take: async (role, transition, { fields = {} } = {}) =>
      await inBackground(async (work) => {
        const row = await rowOf(work, role)
        const desk = deskOf(role)
        const step = { transition, role, actor: null, desk, at: services.clock.now(), fields, mirrored: false }
        await recordStep(work, row, { step })
      }),
    deliver: async (from, to) => {
      const letter = post.find((each) => each.from.unit === deskOf(from) && each.to[0]?.unit === deskOf(to))
      if (letter === undefined) throw new Error(`Nothing is on its way from ${from} to ${to}.`)
      post.splice(post.indexOf(letter), 1)
      const at = services.clock.now().toISOString()
      await inBackground(async (work) => {
        const message = { ...letter, id: uuidv7(), createdAt: at, receivedAt: at }
        const type = letter.body.type === caseReceived.type ? caseReceived : stepReceived
        await type.receive(message, type.schema.parse(letter.body.data), work)
      })
    },
    sweep: async () => void (await sweepClocks(services)),
    look: async (role) =>
      await inBackground(async (work) => {
        const row = await rowOf(work, role)
        return { row, fold: await foldOf(work.tx, services, row) }
      }),
    steps: async (role) =>
      (await held.look(role)).fold.steps.map(({ transition, isVoid }) => (isVoid ? `${transition} (void)` : transition)),
  }
  return held
}

function directoryOf({ roles }: ProcedureDef): Directory {
  const orgs = Object.entries(roles).map(([role, { realms, kinds }]) => ({
    id: orgOf(role),
    kind: kinds?.[0] ?? 'police',
    realm: realms[0],
    status: 'active',
    country: 'BE',
    thirdCountry: false,
    units: [{ id: deskOf(role), name: role, services: ['procedures'], places: [], purposes: [], zone: 'Europe/Brussels', calendar: 'BE' }],
    nodes: [],
  }))
  return { orgs } as unknown as Directory
}

export function partyOf({ roles }: Pick<ProcedureDef, 'roles'>, role: string): Party {
  const { realms, kinds } = roles[role] ?? { realms: [] }
  const [kind = 'police', realm = ''] = [kinds?.[0], realms[0]]
  return { org: orgOf(role), desk: deskOf(role), country: 'BE', kind, realm, zone: 'Europe/Brussels', calendar: 'BE' }
}

async function insert(
  { tx, services }: WorkContext,
  definition: ProcedureDef,
  at: { readonly reference: string; readonly roles: readonly string[]; readonly role: string; readonly base: Partial<CaseBase> },
): Promise<CaseRow> {
  const parties = Object.fromEntries(at.roles.map((role) => [role, [partyOf(definition, role)]]))
  // Of a clock that is not for a role nothing came to it.
  const clocks = (at.base.clocks ?? [])
    .filter(({ clock }) => definition.clocks.find(({ id }) => id === clock)?.audience?.includes(at.role) !== false)
    .map((clock) => {
      const [obligated] = parties[definition.clocks.find(({ id }) => id === clock.clock)?.obligated ?? ''] ?? []
      return obligated === undefined ? clock : { ...clock, obligated }
    })
  const base = { ...baseOf(definition, parties), reached: at.roles.map(deskOf), ...at.base, clocks }
  const desk = deskOf(at.role)
  const now = services.clock.now()
  const { rows } =
    await sql<CaseRow>`insert into procedures.cases (authority, case_id, definition, definition_version, subject, label, link, party, role, originator, state,
      revision, anchors, zone, calendar, opened_at, moved_at, is_open, own_turn, base, parties, audience)
    values (${orgOf(at.role)}, ${uuidv7()}, ${definition.id}, ${definition.version}, ${at.reference}, '', '/cases', ${desk}, ${at.role}, ${deskOf(at.roles[0] ?? '')},
      ${base.state}, 0, '{}', 'Europe/Brussels', 'BE', ${now}, ${now}, true, false, ${JSON.stringify(base)}, ${JSON.stringify(parties)}, ${[desk]}::text[])
    returning *`.execute(tx)
  const [row] = rows
  if (row === undefined) throw new Error('The case was not written.')
  return row
}
