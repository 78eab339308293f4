/**
 * Mail about notices to the mailbox of a desk. It says which procedure, whether law or policy, when it is due, and where to look: nothing of a case, nobody's
 * name, no label. Whoever reads it over the wire learns what the volume of mail tells already.
 */

import { sql } from 'kysely'
import type { Mail } from '#platform/mail/mailer.ts'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'

const LISTED = 20

interface Told {
  readonly notice: string
  readonly link: string
  readonly definition: string
  readonly topic: string
  readonly clock_kind: 'law' | 'policy' | null
  readonly due_at: Date | null
}

export const mailJob: Job = {
  name: 'procedures.mail-notices',
  meaning: 'Sends mail about notices to the mailbox of a desk',
  timeoutSeconds: 60,
  retries: 12,
  run: async (data, services) => {
    const { desk, first, last } = data as { readonly desk: string; readonly first: string; readonly last: string }
    const to = services.mail.boxesOf(desk)
    if (to.length === 0) return
    const told = await services.database.asWorker('procedures.mail-notices', async (tx) => {
      const { rows } = await sql<Told>`select n.notice, c.link, c.definition, n.topic, n.clock_kind, n.due_at from procedures.notices n
        join procedures.cases c on c.authority = n.authority and c.case_id = n.case_id
        where n.authority = any(${[...services.authorities]}) and n.notice between ${first} and ${last} and n.desk = ${desk} order by n.due_at nulls last, n.notice`.execute(
        tx,
      )
      return rows
    })
    if (told.length === 0) return
    await services.mail.send(mailOf(told, { to, origin: services.webOrigin }))
    await services.database.asWorker('procedures.mail-notices', async (tx) => await noteMail(services, tx, { desk, count: told.length }))
  },
}

async function noteMail(
  services: NodeServices,
  tx: Parameters<NodeServices['record']>[0],
  { desk, count }: { readonly desk: string; readonly count: number },
): Promise<void> {
  await services.record(tx, {
    event: 'procedures.notices-mailed',
    outcome: 'done',
    facts: null,
    by: 'job:procedures.mail-notices',
    subjects: [{ kind: 'desk', id: desk }],
    detail: { notices: count },
  })
}

export function mailOf(told: readonly Told[], { to, origin }: { readonly to: readonly string[]; readonly origin: string }): Mail {
  const [first] = told
  const lines = told.slice(0, LISTED).map((each) => lineOf(each, origin))
  const more = told.length - lines.length
  return {
    to,
    subject: told.length === 1 && first !== undefined ? `Breakwater: ${first.definition}` : `Breakwater: ${told.length} notices`,
    text: [...lines, ...(more > 0 ? [`and ${more} more: ${origin}/notices`] : [])].join('\n'),
  }
}

function lineOf({ definition, clock_kind: kind, due_at: due, link }: Told, origin: string): string {
  const when = due === null ? '' : `, ${kind === 'law' ? 'deadline of law' : 'deadline of policy'}, due ${due.toISOString()}`
  return `${definition}${when}: ${origin}${link}`
}
