/** What stories about cases have in common: opening, taking a step as the person sees the case, waiting until the other side has it. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type CaseOnScreen, listCaseNotices, type Notice, openCase, showCase, takeStep } from '#modules/procedures/contract'
import type { Client } from '../../src/app/client.ts'
import { PURPOSE_OF } from '../../src/testing/authorities.ts'
import type { TestCoalition } from '../../src/testing/coalition.ts'

type Fields = Readonly<Record<string, unknown>>

export interface CaseDesk {
  /** Opens a case and answers its id here. */
  open(procedure: string, parties: Readonly<Record<string, readonly string[]>>, parent?: string): Promise<string>
  look(id: string): Promise<CaseOnScreen>
  /** Takes a step on the case as it is now; answers it as it is then. */
  take(id: string, transition: string, fields?: Fields): Promise<CaseOnScreen>
  /** The case of this desk with that reference, once it came and stands where it is expected. */
  arrived(reference: string, holds?: (seen: CaseOnScreen) => boolean): Promise<CaseOnScreen>
  /** What the desk is told of the case without asking. */
  notices(id: string, topic: Notice['topic']): Promise<readonly Notice[]>
  readonly client: Client
}

export async function caseDesk(
  coalition: TestCoalition,
  at: { readonly node: string; readonly desk: string; readonly account?: string; readonly purpose?: string },
): Promise<CaseDesk> {
  const { node, desk } = at
  const account = at.account ?? desk
  const purpose = at.purpose ?? PURPOSE_OF[desk] ?? 'criminal-investigation'
  const client: Client = await coalition.client(account, purpose)
  const current = async () => await coalition.client(account, purpose)
  const look = async (id: string) => await (await current()).call(showCase, { case: id })
  const held = async (reference: string): Promise<string | undefined> =>
    await coalition.node(node).services.database.asWorker('test', async (tx) => {
      const { rows } = await sql<{
        id: string
      }>`select case_id as id from procedures.cases where party = ${desk} and subject = ${reference}`.execute(tx)
      return rows[0]?.id
    })
  return {
    client,
    open: async (procedure, parties, parent) =>
      (
        await (
          await current()
        ).call(openCase, {
          procedure,
          parties: Object.fromEntries(Object.entries(parties).map(([role, desks]) => [role, [...desks]])),
          values: {},
          key: randomUUID(),
          ...(parent === undefined ? {} : { parent }),
        })
      ).case,
    look,
    take: async (id, transition, fields = {}) => {
      const { version } = await look(id)
      const step = { case: id, transition, fields, version, key: randomUUID() }
      // After a jump of the clock the log has to catch up first.
      await coalition.eventually(
        async () =>
          await (await current()).call(takeStep, step).catch((error: unknown) => {
            if (!String(error).includes('audit.backlog')) throw error
          }),
        (taken) => taken !== undefined,
      )
      return await look(id)
    },
    arrived: async (reference, holds = () => true) => {
      const found = await coalition.eventually(
        async () => {
          const id = await held(reference)
          return id === undefined ? undefined : await look(id)
        },
        (seen) => seen !== undefined && holds(seen),
      )
      if (found === undefined) throw new Error('The case did not arrive.')
      return found
    },
    notices: async (id, topic) => {
      const { items } = await (await current()).call(listCaseNotices, { show: 'all', limit: 200 })
      return items.filter((notice) => notice.case === id && notice.topic === topic)
    },
  }
}

/** Clocks as every party must see them. */
export const instants = (seen: CaseOnScreen) => seen.clocks.map(({ id, safe, legalLatest, state }) => ({ id, safe, legalLatest, state }))

/** The end of a day some days after an instant, where the clock is: counted with the calendar of the runtime, not with that of the kernel. */
export function endOfDay(from: string, days: number, zone: string): string {
  const day = new Date(`${new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date(from))}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + days + 1)
  const there = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  const midnight = Array.from({ length: 27 }, (_, hour) => new Date(day.getTime() + (hour - 14) * 3_600_000)).find(
    (instant) => there.format(instant) === `${day.toISOString().slice(0, 10)} 00:00:00`,
  )
  return midnight?.toISOString() ?? ''
}

/** What a refused step says. */
export async function refusal(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt
  } catch (error) {
    return `${String(error)} ${JSON.stringify(error)}`
  }
  throw new Error('The step was taken.')
}
