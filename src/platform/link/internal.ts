/** Messages of the link itself: evidence that comes back, a gap to be filled, a newer directory. They are never evidenced themselves. */
import { sql } from 'kysely'
import { z } from 'zod'
import type { Tx } from '#platform/store/database.ts'
import { findUnit } from './directory.ts'
import type { LinkWorld } from './link-world.ts'
import type { Address } from './message.ts'
import type { Received } from './received.ts'
import { submit, WAKE_CHANNEL } from './submit.ts'
import { takeDirectory } from './take-directory.ts'

export const INTERNAL_KINDS: ReadonlySet<string> = new Set(['evidence', 'resend', 'directory'])
const DAY = 86_400_000

const evidenceBody = z.strictObject({ token: z.string().max(8192) })
const resendBody = z.strictObject({ from: z.number().int().min(1), to: z.number().int().min(1) })

export async function actInternal(tx: Tx, world: LinkWorld, received: Received): Promise<void> {
  const { kind } = received.outer
  if (kind === 'evidence') await takeBack(tx, world, received)
  else if (kind === 'resend') await resend(tx, received)
  else if (kind === 'directory') await takeDirectory(tx, world, received)
}

/** Evidence that came back as a message: stored beside the message it speaks of, when that is ours, went to this peer, and the digest agrees. */
async function takeBack(tx: Tx, world: LinkWorld, { outer, inner }: Received): Promise<void> {
  const { token } = evidenceBody.parse(inner.body.data)
  const peer = outer.from.org
  // Each organisation got an envelope of its own: its digest stands with what waited for it.
  const { rows } = await sql<{ digest: string | null; from_unit: string; org: string; to_units: string[]; context: string }>`
    select o.digest, m.from_unit, m.org, m.to_units, m.context from link.messages m
    join link.outbox o on o.from_org = m.org and o.id = m.id and o.to_org = ${peer}
    where m.id = ${outer.replyTo ?? ''} and m.direction = 'out' and m.org = any(${outer.to.map((to) => to.org)})`.execute(tx)
  const about = rows[0]
  if (about === undefined || about.digest === null) return
  const units = about.to_units.filter((unit) => findUnit(world.directory(), unit)?.org.id === peer)
  await world.takeEvidence(tx, [
    {
      org: about.org,
      token,
      context: about.context,
      audience: [about.from_unit],
      about: { id: outer.replyTo ?? '', digest: about.digest, peer, units },
    },
  ])
  await world.services().announce(tx, 'evidence', [about.from_unit])
}

/** The same bytes again: the peer knows what it has and takes what it lacks. */
async function resend(tx: Tx, { outer, inner }: Received): Promise<void> {
  const { from, to } = resendBody.parse(inner.body.data)
  await sql`
    with again as (
      update link.outbox set state = 'waiting' where from_org = any(${outer.to.map((each) => each.org)}) and to_org = ${outer.from.org} and seq between ${from} and ${to}
        and state = 'sent' and envelope is not null returning 1)
    select pg_notify(${WAKE_CHANNEL}, '') from again limit 1`.execute(tx)
}

/** Between the desks of the last message: the link speaks for the node, and the envelope needs a desk on both ends. */
export async function askAgain(
  tx: Tx,
  world: LinkWorld,
  gap: { readonly us: Address; readonly peer: Address; readonly from: number; readonly to: number },
): Promise<void> {
  const { us, peer, from, to } = gap
  await sendInternal(tx, world, { from: us, to: peer, kind: 'resend', data: { from, to } })
}

export interface InternalMessage {
  readonly from: Address
  readonly to: Address
  readonly kind: 'evidence' | 'resend' | 'directory'
  readonly context?: string
  readonly inReplyTo?: string
  readonly data: unknown
}

export async function sendInternal(tx: Tx, world: Pick<LinkWorld, 'clock'>, message: InternalMessage): Promise<void> {
  const now = world.clock.now().getTime()
  const inAYear = new Date(now + 365 * DAY).toISOString()
  const { from, to, kind, data } = message
  await submit(tx, world, {
    from,
    to: [to],
    kind,
    urgency: kind === 'evidence' ? 'routine' : 'immediate',
    context: message.context ?? 'link',
    ...(message.inReplyTo === undefined ? {} : { inReplyTo: message.inReplyTo }),
    expiresAt: new Date(now + 30 * DAY).toISOString(),
    purpose: 'evidence',
    legalBasis: { act: 'Coalition policy', art: 'delivery evidence' },
    handling: { H: [], tlp: 'AMBER', pap: 'CLEAR', conditions: [] },
    evaluation: { source: 'A', info: 1 },
    personalData: { yes: false, categories: [] },
    retention: { reviewAt: inAYear, deleteBy: inAYear },
    body: { type: `link.${kind}`, data },
  })
}
