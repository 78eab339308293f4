/**
 * One line of a file, carried out as its sender itself could: codes become desks, the voyage a right, and each act goes the way of every release message,
 * with the same refusals. Worker transactions only.
 * Invariants: nothing is done under the name of another than the sender; no number of a document is kept in clear, since it may be one that opens a gate.
 */
import type { EventParty } from '#kernel/release-right/event.ts'
import { findUnit } from '#platform/link/directory.ts'
import { type FileLine, type ReleaseMessage, releaseMessage } from '../contract.ts'
import type { LedgerWork } from './chain-store.ts'
import { deskOfCode, noteUnknown, type StatedCode } from './code-lookup.ts'
import { type Keeper, keeperOf } from './keepers.ts'
import { noteReachLater } from './reach.ts'
import { rightOfLine } from './right-of-line.ts'
import { vettedRole } from './standing.ts'
import type { LineFault, StatedAct, StatedLine } from './stated-lines.ts'
import type { Place } from './take-act.ts'
import { actOf, takeMessage, withTokens } from './take-message.ts'
import { boxScope, tokenMaker } from './tokens.ts'

export interface Outcome {
  readonly outcome: FileLine['outcome']
  readonly because?: LineFault
  /** Where and under which name it went to the ledger. */
  readonly keeper?: string
  readonly reference?: string
}

interface Sender {
  readonly desk: string
  /** The desk whose channel the file came by: no other ledger is open to it. */
  readonly keeper: string | null
}

type AskedAct = Extract<StatedLine['asked'], { outcome: 'act' }>
const quarantined = (because: LineFault): Outcome => ({ outcome: 'quarantined', because })

export async function carryOut(work: LedgerWork, sender: Sender, { container = '', asked }: StatedLine): Promise<Outcome> {
  if (asked.outcome !== 'act') return asked
  const { tx, services } = work
  const now = services.clock.now()
  const port = asked.port ?? onlyPlaceOf(work, sender.desk)
  if (port === undefined) return quarantined('no-port')
  const keeper = keeperOf(services, port)
  if (sender.keeper !== null && sender.keeper !== keeper.desk) return quarantined('port')
  const role = await vettedRole(tx, keeper, { desk: sender.desk, now })
  if (role === undefined) return { outcome: 'refused', because: 'not-found' }
  const means = async (code: StatedCode): Promise<string | undefined> => {
    const desk = await deskOfCode(tx, keeper, { code, now })
    if (desk === undefined) await noteUnknown(tx, keeper, { code, sender: sender.desk, now })
    return desk
  }
  for (const actor of asked.actors) if ((await means(actor)) !== sender.desk) return quarantined('code')
  const meant = await rightOfLine(work, keeper, { container, port, voyage: asked.voyage, sender: sender.desk, role })
  if ('fault' in meant) return quarantined(meant.fault)
  const name = meant.name ?? { ...meant.box, voyage: UNSTATED }
  const tokens = await tokenMaker(tx, services, { keeper, scope: boxScope(name) })
  const reference = tokens.token('reference', asked.reference)
  const after = await restsOn(asked, {
    means,
    named: (text) => tokens.token('reference', text),
    mayWait: hasOwnVoyage(asked) || meant.name !== undefined,
  })
  if (after === 'code') return quarantined('code')
  const messages: ReleaseMessage[] = []
  for (const [index, act] of asked.acts.entries()) {
    const body = await bodyOf(act, { work, keeper, sender: sender.desk, means })
    if (typeof body === 'string') return quarantined(body)
    const head = { ...name, reference: index === 0 ? reference : `${reference} ${index}`, at: now.toISOString() }
    const before = index === 0 ? after : { reference: messages[index - 1]?.reference ?? reference }
    const read = releaseMessage.safeParse({ ...head, ...body, ...(before === undefined ? {} : { after: before }) })
    if (!read.success) return quarantined('form')
    messages.push(read.data)
  }
  if (meant.name === undefined) return await refuseWithoutVoyage(work, { keeper, name, messages, by: { desk: sender.desk, role } })
  const stated = meant.stated === undefined ? {} : { stated: meant.stated }
  return await takeAll(work, { keeper, name: meant.name, messages, asked, sender: sender.desk, ...stated })
}

/** In the place of a voyage nobody named. */
const UNSTATED = '-'

/** No part in any right to the box: refused alike whether there is one or not, and nothing is kept, so that it can be sent again once there is a part. */
async function refuseWithoutVoyage(
  work: LedgerWork,
  { keeper, name, messages, by }: Place & { readonly messages: readonly ReleaseMessage[]; readonly by: EventParty },
): Promise<Outcome> {
  const [first] = messages
  const tried = first === undefined ? undefined : actOf(await withTokens(work, { keeper, name }, first))
  const { container, port } = name
  if (tried !== undefined) await noteReachLater(work, { keeper, name: { container, port } }, { by, tried })
  return { outcome: 'refused', because: 'not-found' }
}

/** A voyage that the message states makes a right to wait in, whether there is one or not. */
const hasOwnVoyage = (asked: AskedAct): boolean => asked.voyage.number !== undefined

async function takeAll(
  work: LedgerWork,
  {
    keeper,
    name,
    messages,
    asked,
    sender,
    stated,
  }: Place & {
    readonly stated?: string
    readonly messages: readonly ReleaseMessage[]
    readonly asked: AskedAct
    readonly sender: string
  },
): Promise<Outcome> {
  let told: Outcome = quarantined('form')
  for (const message of messages) {
    const { outcome, because } = await takeMessage(work, { keeper, name, message, sender, ...(stated === undefined ? {} : { stated }) })
    // Which codes the table has is not told by who of them is vetted.
    const shown = because === 'party-not-vetted' ? 'code' : because
    told = { outcome, keeper: keeper.desk, reference: message.reference, ...(shown === undefined ? {} : { because: shown }) }
    // What a change takes back first may never have been given; any other refusal ends it.
    if (outcome === 'refused' && because !== 'not-released') break
  }
  const [first] = messages
  if (asked.hasForeignCode && told.outcome === 'accepted' && first !== undefined)
    await takeMessage(work, {
      keeper,
      name,
      sender,
      message: {
        ...name,
        kind: 'foreign-code',
        reference: `${first.reference} code`,
        at: first.at,
        system: 'release order',
        event: 'exists',
      },
    })
  return told
}

interface Meaning {
  readonly work: LedgerWork
  readonly keeper: Keeper
  readonly sender: string
  readonly means: (code: StatedCode) => Promise<string | undefined>
}

type Body = Readonly<Record<string, unknown>> & { readonly kind: ReleaseMessage['kind'] }

async function bodyOf(act: StatedAct, { work, keeper, sender, means }: Meaning): Promise<Body | LineFault> {
  switch (act.kind) {
    case 'released': {
      const to = await means(act.to)
      return to === undefined ? 'code' : { kind: 'released', to }
    }
    case 'revoked':
      return { kind: 'revoked' }
    case 'transport-ordered':
    case 'pre-notified': {
      const haulier = act.haulier === undefined ? sender : await means(act.haulier)
      if (haulier === undefined) return 'code'
      if (act.kind === 'transport-ordered' && haulier !== sender) return { kind: 'transport-ordered', haulier }
      if (act.vehicle === undefined) return 'no-vehicle'
      if (act.plannedAt === undefined) return 'no-time'
      return { kind: 'pre-notified', vehicle: act.vehicle, plannedAt: act.plannedAt.toISOString() }
    }
    case 'discharged': {
      // A report of a discharge stands without its line; one that is known binds the release to it.
      const line = act.operator === undefined ? undefined : await means(act.operator)
      const role = line === undefined ? undefined : await vettedRole(work.tx, keeper, { desk: line, now: work.services.clock.now() })
      return { kind: 'discharged', at: act.at.toISOString(), ...(role === 'line' ? { line } : {}) }
    }
    case 'gated-out':
      return { kind: 'gated-out', at: act.at.toISOString() }
  }
}

async function restsOn(
  { after }: AskedAct,
  { means, named, mayWait }: { readonly means: Meaning['means']; readonly named: (text: string) => string; readonly mayWait: boolean },
): Promise<{ readonly sender?: string; readonly reference: string } | 'code' | undefined> {
  // Where only a right of others was found, waiting would tell that there is one.
  if (after === undefined || !mayWait) return undefined
  if (after.by === undefined) return { reference: named(after.reference) }
  const sender = await means(after.by)
  return sender === undefined ? 'code' : { sender, reference: named(after.reference) }
}

/** The one port that the directory knows a terminal for. */
function onlyPlaceOf({ services }: LedgerWork, desk: string): string | undefined {
  const places = findUnit(services.directory(), desk)?.unit.places ?? []
  return places.length === 1 ? places[0] : undefined
}
