/** Chains and signals as the customs desk of the port reads them: whole, checked against alteration, each reading an event of its own. */
import { sql } from 'kysely'
import { verifyChain } from '#kernel/release-right/chain.ts'
import { releaseDetectors } from '#kernel/release-right/detectors/index.ts'
import { customsAt, foldRight, partiesOf } from '#kernel/release-right/fold.ts'
import { ownLink } from '#kernel/release-right/own-link.ts'
import type { Signal } from '#kernel/signal/signal.ts'
import { notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { type AllianceSignal, type ChainRow, listAllianceSignals, listChains, showChain } from '../contract.ts'
import { eventView } from './chain-event-view.ts'
import { type EventRow, eventOf, lockChain } from './chain-store.ts'
import { partyView } from './keepers.ts'
import { inLedger } from './ledger-turn.ts'
import { noteReading } from './reading.ts'
import { type RightName, sha256 } from './right-name.ts'
import { accountScope, tokenMaker } from './tokens.ts'

const MOST_READS = 200

export interface StoredChain extends RightName {
  authority: string
  right_id: string
  keeper: string
  head: string
  events: number
  stage: ChainRow['stage']
  discharged: boolean
  cleared: boolean
  hold_until: Date | null
  holder: string | null
  haulier: string | null
  signals: string[]
  not_computable: { detector: string; missing: string[] }[]
  changed_at: Date
}

export const listChainsRoute = handle(listChains, async (input, context) => {
  const { facts, tx } = context
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'alliance.cursor' })
  const container = input.container === undefined ? null : `${input.container.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}%`
  const { rows } = await sql<StoredChain>`
    select authority, right_id, keeper, container, voyage, port, head, events, stage, discharged, cleared, hold_until, holder, haulier, signals, not_computable, changed_at
    from alliance.chains where authority = ${facts.authority} and keeper = ${facts.desk}
      and (${input.port ?? null}::text is null or port = ${input.port ?? null}) and (${input.stage ?? null}::text is null or stage = ${input.stage ?? null})
      and (${container}::text is null or container like ${container}) and (${input.signalled} = 'all' or signals <> '{}')
      and (${mark?.[0] ?? null}::timestamptz is null or (changed_at, right_id) < (${mark?.[0] ?? null}::timestamptz, ${mark?.[1] ?? null}::text))
    order by changed_at desc, right_id desc limit ${input.limit + 1}`.execute(tx)
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => rowView(context, row)),
    ...(rows.length > input.limit && last !== undefined ? { next: writeMark([last.changed_at.toISOString(), last.right_id]) } : {}),
  }
})

export const showChainRoute = handle(showChain, async (input, context) => {
  const { facts, tx, services, clock } = context
  const row = await storedChain(context, input.right)
  context.about({ kind: 'release-right', id: row.right_id })
  context.about({ kind: 'container', id: row.container })
  const { rows } = await sql<EventRow>`
    select hash, previous, at, by_desk, by_role, body from alliance.events where authority = ${row.authority} and right_id = ${row.right_id} order by seq`.execute(
    tx,
  )
  const events = rows.map(eventOf)
  const state = foldRight(events)
  const now = clock.now()
  const customs = customsAt(state, now.toISOString())
  const parties = partiesOf(state)
  const reads = events.filter(({ body, by }) => body.kind === 'read' && by.role !== 'customs').reverse()
  const { rows: signals } = await sql<SignalRow>`
    select right_id, signal, detector, version, event, container, voyage, port, body, raised_at from alliance.signals
    where authority = ${row.authority} and right_id = ${row.right_id} order by raised_at desc, signal`.execute(tx)
  const keeper = { authority: row.authority, desk: row.keeper }
  await inLedger(services, async (own) => {
    const chain = await lockChain({ tx: own }, keeper, row)
    // What was altered stays as it was found; the log has this reading all the same.
    if (chain.isBroken) return
    const tokens = await tokenMaker(own, services, { keeper, scope: accountScope(now) })
    await noteReading({ tx: own, services }, chain, { desk: facts.desk, role: 'customs', account: tokens.token('account', facts.officer) })
  })
  return {
    ...rowView(context, row),
    links: [...parties].sort().flatMap((desk) => {
      const link = ownLink(events, desk)
      if (link === undefined) return []
      const { from, to, givenAt, passedAt } = link
      return [
        {
          party: partyView(services, desk),
          as: link.as,
          ...(from === undefined ? {} : { from: partyView(services, from) }),
          ...(givenAt === undefined ? {} : { givenAt }),
          ...(to === undefined ? {} : { to: partyView(services, to) }),
          ...(passedAt === undefined ? {} : { passedAt }),
        },
      ]
    }),
    history: events.filter(({ body }) => body.kind !== 'read').map((event) => eventView(services, event)),
    reads: reads.slice(0, MOST_READS).map(({ at, by, body }) => ({
      at,
      by: partyView(services, by.desk),
      inChain: parties.has(by.desk),
      account: body.kind === 'read' ? body.account.slice(0, 8) : '',
    })),
    readsTotal: reads.length,
    ...(customs.hold === undefined ? {} : { hold: customs.hold }),
    ...(state.selectedSince === undefined ? {} : { selectedSince: state.selectedSince }),
    verification: verifyChain(events, { genesis: row.right_id, head: row.head, count: row.events }, sha256),
    signalDetails: signals.map(signalView),
    notComputable: row.not_computable,
    mayRevoke: state.collected === undefined && state.revoked === undefined && state.passings.length > 0,
    maySetCustoms: true,
  }
})

/** The chain in the store as the session may see it; the common 404 otherwise. */
export async function storedChain({ facts, tx }: CaseContext, right: string): Promise<StoredChain> {
  const { rows } = await sql<StoredChain>`
    select authority, right_id, keeper, container, voyage, port, head, events, stage, discharged, cleared, hold_until, holder, haulier, signals, not_computable, changed_at
    from alliance.chains where authority = ${facts.authority} and keeper = ${facts.desk} and right_id = ${right}`.execute(tx)
  const [row] = rows
  if (row === undefined) throw notFound()
  return row
}

interface SignalRow extends RightName {
  right_id: string
  signal: string
  detector: string
  version: string
  event: string
  body: Signal
  raised_at: Date
}

export const listAllianceSignalsRoute = handle(listAllianceSignals, async (input, context) => {
  const { facts, tx } = context
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'alliance.cursor' })
  const { rows } = await sql<SignalRow>`
    select right_id, signal, detector, version, event, container, voyage, port, body, raised_at from alliance.signals
    where authority = ${facts.authority} and keeper = ${facts.desk} and (${input.detector ?? null}::text is null or detector = ${input.detector ?? null})
      and (${mark?.[0] ?? null}::timestamptz is null or (raised_at, signal) < (${mark?.[0] ?? null}::timestamptz, ${mark?.[1] ?? null}::text))
    order by raised_at desc, signal desc limit ${input.limit + 1}`.execute(tx)
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    items: page.map(signalView),
    ...(rows.length > input.limit && last !== undefined ? { next: writeMark([last.raised_at.toISOString(), last.signal]) } : {}),
  }
})

function signalView(row: SignalRow): AllianceSignal {
  const detector = releaseDetectors.find(({ id }) => id === row.detector)
  return {
    signal: row.signal,
    detector: row.detector,
    version: row.version,
    title: detector?.title ?? row.detector,
    raisedAt: row.raised_at.toISOString(),
    right: row.right_id,
    container: row.container,
    voyage: row.voyage,
    port: row.port,
    explanation: row.body.explanation,
    facts: row.body.facts.map(({ name, value, at }) => ({ name, value, ...(at === undefined ? {} : { event: at.document }) })),
    innocentAlternatives: [...(detector?.innocentAlternatives ?? [])],
    knownLimits: detector?.knownLimits ?? '',
    legalBasis: detector?.legalBasis ?? '',
  }
}

function rowView({ services, clock }: CaseContext, row: StoredChain): ChainRow {
  const isHeld = row.hold_until !== null && row.hold_until.getTime() > clock.now().getTime()
  return {
    right: row.right_id,
    container: row.container,
    voyage: row.voyage,
    port: row.port,
    stage: row.stage,
    discharged: row.discharged,
    customs: isHeld ? 'hold' : row.cleared ? 'clear' : 'none',
    ...(row.holder === null ? {} : { holder: partyView(services, row.holder) }),
    ...(row.haulier === null ? {} : { haulier: partyView(services, row.haulier) }),
    events: row.events,
    signals: row.signals,
    changedAt: row.changed_at.toISOString(),
  }
}
