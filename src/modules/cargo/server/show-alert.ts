/** The alert as one desk may see it: released content, its legs of the procedure with clocks and evidence, signals, match, outcomes, port actions. */

import { type Selectable, sql } from 'kysely'
import type { Handling } from '#kernel/handling/handling.ts'
import { release } from '#kernel/handling/release.ts'
import { leastAdvanced } from '#kernel/procedure/machine.ts'
import { attestLater } from '#modules/exchange'
import { type CaseView, loadCases } from '#modules/procedures'
import { notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { seenBy } from '#platform/link/directory-view.ts'
import { type EvidenceRow, threadEvidence } from '#platform/link/evidence-store.ts'
import { type AlertDraft, alertState, type PartyView, showAlert } from '../contract.ts'
import { pr01 } from '../procedures/pr-01-cargo-alert.ts'
import { findPlace } from '../reference/places.ts'
import { isBestRow } from './alert-case.ts'
import { ALERT_FIELDS, handlingByField } from './alert-content.ts'
import { notCompared } from './match-alert.ts'
import { alertSignals } from './signals.ts'
import type { CargoTables, MatchTable } from './tables.ts'

export const showAlertRoute = handle(showAlert, async (input, context) => {
  const { facts, tx, services } = context
  const db = tx.withTables<CargoTables>()
  const row = await db
    .selectFrom('cargo.alerts as a')
    .selectAll()
    .where('authority', '=', facts.authority)
    .where('alert', '=', input.alert)
    .where(isBestRow(facts.desk))
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  context.demand('cargo.read', { kind: 'alert', id: row.alert, attributes: { authority: row.authority } })
  context.about({ kind: 'alert', id: row.alert })
  if (row.subject !== '') context.about({ kind: row.subject_kind, id: row.subject })
  const isOwn = row.side === 'issued'
  const released = release({
    item: {
      originatorDesk: row.originator_desk,
      audience: row.audience,
      handling: row.handling as Handling,
      recalled: !isOwn && row.notice !== null,
    },
    content: row.content as AlertDraft,
    fields: ALERT_FIELDS,
    fieldHandling: handlingByField(row.content as AlertDraft),
    viewer: { desk: facts.desk, realm: facts.realm, purpose: facts.purpose },
    channel: 'screen',
  })
  if (released.decision === 'withhold' && released.because !== 'recalled') throw notFound()
  const content = released.decision === 'release' ? released.view : {}
  const work = { tx, services }
  const cases = await loadCases(work, { authority: facts.authority, definition: 'PR-01', subject: row.alert })
  const evidence = await threadEvidence(tx, facts.authority, row.alert)
  if (row.notice === null) await noteReading(context, cases)
  const found = findUnit(services.directory(), row.originator_desk)
  const outcomes = await db
    .selectFrom('cargo.outcomes')
    .selectAll()
    .where('authority', '=', facts.authority)
    .where('alert', '=', row.alert)
    .orderBy('at')
    .execute()
  const matches = await db
    .selectFrom('cargo.matches')
    .selectAll()
    .where('authority', '=', facts.authority)
    .where('alert', '=', row.alert)
    .orderBy('checked_at', 'desc')
    .execute()
  const { signals, notComputable } = await alertSignals(tx, { authority: facts.authority, alert: row.alert })
  const parties = cases.map((each) => partyOf(each, context, evidence))
  return {
    alert: row.alert,
    side: row.side,
    state: alertState.parse(
      leastAdvanced(
        pr01,
        cases.map((each) => each.row.state),
      ) ?? 'issued',
    ),
    issuedAt: row.issued_at.toISOString(),
    originator: {
      desk: row.originator_desk,
      deskName: found?.unit.name ?? row.originator_desk,
      authority: row.originator_authority,
      country: found?.org.country ?? '',
    },
    content,
    ...(row.notice === null ? {} : { notice: row.notice }),
    places: (content.legs ?? []).map((leg) => placeOf(leg)),
    parties,
    signals,
    notComputable,
    ...(isOwn ? {} : localMatchOf(matches, content)),
    outcomes: outcomes.map((each) => ({ desk: each.desk, kind: each.kind, at: each.at.toISOString(), fields: each.fields })),
    portActions: await portActionsOf(context, row.alert),
    partners: isOwn || row.notice !== null ? [] : partnersOf(context),
    mayUpdate: isOwn && row.originator_desk === facts.desk && row.notice === null && cases.some((each) => each.open.includes('withdraw')),
    mayRecall: isOwn && row.originator_desk === facts.desk && row.notice === null && cases.some((each) => each.open.includes('recall')),
  }
})

function placeOf(leg: AlertDraft['legs'][number]) {
  const place = findPlace(leg.place)
  return {
    code: leg.place,
    name: place?.name ?? leg.place,
    country: leg.place.slice(0, 2),
    role: leg.role,
    ...(leg.eta === undefined ? {} : { eta: new Date(leg.eta).toISOString() }),
    ...(place?.latitude === undefined ? {} : { latitude: place.latitude }),
    ...(place?.longitude === undefined ? {} : { longitude: place.longitude }),
  }
}

/** One row for the own desk; after an escalation also that of the desk that stayed silent. */
function localMatchOf(matches: readonly Selectable<MatchTable>[], content: Partial<AlertDraft>) {
  const [latest] = matches
  if (latest === undefined) return {}
  return {
    localMatch: {
      checkedAt: latest.checked_at.toISOString(),
      compared: matches.reduce((sum, each) => sum + Number(each.compared), 0),
      hits: matches.flatMap((each) => each.hits),
      notCompared: [...notCompared(content)],
    },
  }
}

/** Steps a person can take here; the originator's own steps are offered by the update and recall dialogues instead. */
const DESK_STEPS = new Set(['ack', 'target', 'decline', 'control', 'recordOutcome', 'askAssistance', 'close'])

function partyOf(each: CaseView, context: CaseContext, evidence: readonly EvidenceRow[]): PartyView {
  const { row } = each
  const { eta, place, role } = row.anchors
  return {
    caseId: row.case_id,
    desk: row.party,
    deskName: findUnit(context.services.directory(), row.party)?.unit.name ?? row.party,
    role: role === 'responsible' ? 'responsible' : 'involved',
    place: place ?? '',
    ...(eta === undefined ? {} : { eta: new Date(eta).toISOString() }),
    state: alertState.parse(row.state),
    version: row.revision,
    clocks: [...each.clocks],
    evidence: evidence
      .filter((step) => step.unit === row.party)
      .map(({ kind, positive, at, issuer }) => ({ kind, positive, at: at.toISOString(), issuer })),
    history: each.history.map((move) => ({ ...move, fields: { ...move.fields } })),
    open: row.role === 'recipientDesk' ? each.open.filter((step) => DESK_STEPS.has(step)) : [],
    followed: each.followed.map(({ caseId, title, state, link }) => ({ caseId, title, state, link })),
  }
}

/** The first person of a desk to open a received alert: the originator gets the evidence of retrieval. Background work, after this answer. */
async function noteReading(context: CaseContext, cases: readonly CaseView[]): Promise<void> {
  const { facts } = context
  for (const { row } of cases) {
    const messageId = row.anchors['message']
    if (row.role !== 'recipientDesk' || row.party !== facts.desk || messageId === undefined) continue
    await attestLater(context, messageId, 'retrieval')
  }
}

async function portActionsOf(
  context: CaseContext,
  alert: string,
): Promise<{ action: string; kind: string; state: string; partner: string }[]> {
  const { rows } = await sql<{ action: string; kind: string; partner: string; state: string }>`
    select p.action, p.kind, p.partner, c.state from cargo.port_actions p join procedures.cases c on c.authority = p.authority and c.definition = 'PR-09' and c.subject = p.action
    where p.authority = ${context.facts.authority} and p.alert = ${alert} order by p.requested_at`.execute(context.tx)
  return rows
}

export function partnersOf(context: CaseContext): { desk: string; name: string; places: string[] }[] {
  const directory = seenBy(context.services.directory(), context.facts.authority)
  const own = findUnit(directory, context.facts.desk)?.unit.places ?? []
  return directory.orgs
    .filter((org) => org.realm === 'partner' && org.status === 'active')
    .flatMap((org) => org.units)
    .filter((unit) => unit.services.includes('cargo.port-action') && unit.places.some((place) => own.includes(place)))
    .map((unit) => ({ desk: unit.id, name: unit.name, places: [...unit.places] }))
}
