/** Issuing an alert: checks, gate, recipients, one case and one message for each desk, all in the officer's transaction. */
import { uuidv7 } from 'uuidv7'
import type { z } from 'zod'
import type { Handling } from '#kernel/handling/handling.ts'
import { release } from '#kernel/handling/release.ts'
import { decideTransfer, type GateDecision } from '#kernel/handling/transfer.ts'
import { openCase } from '#modules/procedures'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { seenBy } from '#platform/link/directory-view.ts'
import { type AlertDraft, type AlertRecipient, issueAlert, previewAlert, subjectText } from '../contract.ts'
import { findPlace } from '../reference/places.ts'
import { type AlertMessage, type alertMessage, fieldsFor, handlingByField, type SentContent, wholeHandling } from './alert-content.ts'
import { plainNumber } from './alert-subject.ts'
import { keepView } from './alert-views.ts'
import { checkDraft } from './check-draft.ts'
import { deriveRecipients, futurePorts } from './recipients.ts'
import { checkRoutesOf } from './reroute-check.ts'
import type { CargoTables } from './tables.ts'

const DAY = 86_400_000

export const previewAlertRoute = handle(previewAlert, async (draft, context) => {
  const { problems, warnings } = checkDraft(draft, { now: context.clock.now(), knowsPlace: (code) => findPlace(code) !== undefined })
  const { recipients, uncovered } = derive(draft.legs, context)
  const { decision, because, basis } = gateOf(draft, context)
  return {
    problems: [...problems],
    warnings: [...warnings],
    recipients: [...recipients],
    uncovered: [...uncovered],
    gate: { decision, because, basis },
    whoSeesWhat: whoSeesWhat(recipients, context.facts.desk, draft),
  }
})

export const issueAlertRoute = handle(issueAlert, async ({ draft, key }, context) => {
  const { facts, tx, clock } = context
  const repeated = await tx
    .withTables<CargoTables>()
    .selectFrom('cargo.alerts')
    .select(['alert', 'content'])
    .where('authority', '=', facts.authority)
    .where('originator_desk', '=', facts.desk)
    .where('key', '=', key)
    .executeTakeFirst()
  if (repeated !== undefined)
    return { alert: repeated.alert, recipients: [...derive((repeated.content as AlertDraft).legs, context).recipients] }
  await requireSealing(tx, clock.now())
  const { problems } = checkDraft(draft, { now: clock.now(), knowsPlace: (code) => findPlace(code) !== undefined })
  if (problems.length > 0)
    throw new AppError(422, 'cargo.alert-invalid', 'The alert cannot be issued as it stands.', {
      problems: problems.map(({ code, at, message }) => ({ code, at, message })),
      extra: {
        suggestions: Object.fromEntries(problems.flatMap((each) => (each.suggestion === undefined ? [] : [[each.at, each.suggestion]]))),
      },
    })
  const gate = gateOf(draft, context)
  if (gate.decision === 'refuse') throw new AppError(422, 'cargo.alert-gate', gate.because, { extra: { basis: gate.basis } })
  const { recipients } = derive(draft.legs, context)
  if (recipients.length === 0) throw new AppError(422, 'cargo.alert-no-recipient', 'No desk of the coalition answers for a port ahead.')
  const content: AlertDraft = {
    ...draft,
    subject: { ...draft.subject, number: plainNumber(draft.subject.number) },
    legs: draft.legs.map((leg) => ({ ...leg, place: leg.place.toUpperCase() })),
  }
  const alert = uuidv7()
  context.about({ kind: 'alert', id: alert })
  context.about({ kind: content.subject.kind, id: content.subject.number })
  for (const recipient of recipients) context.about({ kind: 'desk', id: recipient.desk })
  const issuedAt = clock.now()
  const next = futurePorts(content.legs, issuedAt)[0]
  await tx
    .withTables<CargoTables>()
    .insertInto('cargo.alerts')
    .values({
      authority: facts.authority,
      alert,
      desk: facts.desk,
      side: 'issued',
      subject_kind: content.subject.kind,
      subject: content.subject.number,
      bill: content.bill ?? null,
      originator_desk: facts.desk,
      originator_authority: facts.authority,
      content: JSON.stringify(content),
      handling: JSON.stringify(wholeHandling(content)),
      reasons: content.reasons,
      next_port: next?.place ?? null,
      eta: next?.eta ?? null,
      issued_at: issuedAt,
      notice: null,
      key,
      audience: [facts.desk],
    })
    .execute()
  for (const recipient of recipients) await addressDesk(context, { alert, content, recipient, issuedAt })
  // The originator's own view of the box: marks in its table, signals on the alert and changed routes, from what its desk holds.
  await context.services.enqueue(context.tx, {
    name: 'cargo.raise-signals',
    data: { authority: facts.authority, alert },
    key: `signals:${facts.authority}:${alert}`,
  })
  await checkRoutesOf(context, { authority: facts.authority, alert })
  return { alert, recipients: [...recipients] }
})

export interface Addressed {
  readonly alert: string
  readonly content: AlertDraft
  readonly recipient: AlertRecipient
  readonly issuedAt: Date
}

/** Opens the originator's case for one desk and sends that desk its own message: no recipient learns of another. */
export async function addressDesk(context: CaseContext, addressed: Addressed): Promise<void> {
  const { facts, tx, services, clock } = context
  const { alert, content, recipient, issuedAt } = addressed
  const unit = findUnit(services.directory(), recipient.desk)?.unit
  await openCase(
    { tx, services },
    {
      definition: 'PR-01',
      authority: facts.authority,
      subject: alert,
      label: subjectText(content.subject),
      link: `/alerts/${alert}`,
      party: recipient.desk,
      role: 'originator',
      originator: facts.desk,
      zone: unit?.zone ?? 'UTC',
      calendar: unit?.calendar ?? recipient.country,
      anchors: { eta: recipient.eta, place: recipient.place, role: recipient.role },
      audience: [facts.desk],
      opening: {
        transition: 'issue',
        facts: { identifiersValid: true, futurePorts: futurePorts(content.legs, clock.now()).length, gatePassed: true },
        actor: { officer: facts.officer, officerName: facts.officerName, desk: facts.desk },
      },
    },
  )
  const view = releasedTo(context, content, recipient)
  await keepView(context, { alert, recipient: recipient.desk, view, because: 'issued' })
  await services.submit(tx, {
    ...envelopeOf(context, { alert, content, recipient, handling: wholeHandling(view) }),
    kind: 'push',
    body: {
      type: 'cargo.alert',
      data: {
        alert,
        issuedAt: issuedAt.toISOString(),
        content: view,
        recipient: pick(recipient),
      } satisfies z.input<typeof alertMessage>,
    },
  })
}

export function pick({ role, place, eta }: AlertRecipient): AlertMessage['recipient'] {
  return { role, place, eta }
}

/** What leaves is what the release function gives for the channel, a message unless it is a file: the same function that draws the recipient's screen. */
export function releasedTo(context: Pick<CaseContext, 'facts' | 'services'>, content: AlertDraft, recipient: ReleasedTo): SentContent {
  const originatorDesk = context.facts.desk
  const realm = findUnit(context.services.directory(), recipient.desk)?.org.realm
  const released = release({
    item: { originatorDesk, audience: [originatorDesk, recipient.desk], handling: content.handling, recalled: false },
    content,
    fields: fieldsFor(recipient.desk, content),
    fieldHandling: handlingByField(content),
    viewer: { desk: recipient.desk, realm: realm ?? '', purpose: context.facts.purpose },
    channel: recipient.channel ?? 'push',
  })
  if (released.decision === 'withhold')
    throw new AppError(422, 'cargo.alert-gate', 'The handling does not allow this desk to receive the alert.')
  return withOwnHandling(released.view as SentContent)
}

interface ReleasedTo extends Pick<AlertRecipient, 'desk'> {
  readonly channel?: 'push' | 'export'
}

/** A handling goes with its member: of a member that stays behind not even that it is handled. */
function withOwnHandling({ fieldHandling, ...view }: SentContent): SentContent {
  const own = Object.entries(fieldHandling ?? {}).filter(([field]) => Object.hasOwn(view, field))
  return own.length === 0 ? view : { ...view, fieldHandling: Object.fromEntries(own) }
}

/** Routing, purpose and retention common to all messages of the originator about an alert. */
export function envelopeOf(
  context: CaseContext,
  about: {
    readonly alert: string
    readonly content: AlertDraft
    readonly recipient: Pick<AlertRecipient, 'desk' | 'authority' | 'eta'>
    /** Of what this desk gets; a word about the alert alone is handled as the alert. */
    readonly handling?: Handling
  },
) {
  const { facts, clock } = context
  const now = clock.now().getTime()
  const { content, recipient, alert } = about
  const eta = Date.parse(recipient.eta)
  return {
    from: { org: facts.authority, unit: facts.desk },
    to: [{ org: recipient.authority, unit: recipient.desk }],
    urgency: eta - now < 2 * DAY ? ('immediate' as const) : ('urgent' as const),
    context: alert,
    expiresAt: new Date(Math.max(eta, now) + 10 * DAY).toISOString(),
    purpose: facts.purpose ?? '',
    legalBasis: { act: 'National customs and police law of the originator', art: 'PR-01' },
    handling: about.handling ?? content.handling,
    evaluation: content.evaluation,
    personalData: { yes: content.source.personalData, categories: [] },
    retention: { reviewAt: new Date(now + 30 * DAY).toISOString(), deleteBy: new Date(now + 90 * DAY).toISOString() },
  }
}

export function derive(legs: AlertDraft['legs'], context: CaseContext): ReturnType<typeof deriveRecipients> {
  return deriveRecipients(legs, context.facts.desk, {
    directory: seenBy(context.services.directory(), context.facts.authority),
    now: context.clock.now(),
  })
}

function gateOf(draft: AlertDraft, context: CaseContext): GateDecision {
  const org = findUnit(context.services.directory(), context.facts.desk)?.org
  return decideTransfer({
    direction: org?.thirdCountry === true ? 'inbound' : 'outbound',
    thirdCountry: org?.thirdCountry === true,
    purpose: context.facts.purpose,
    hasHandling: draft.handling.H.length > 0 || draft.handling.tlp !== 'CLEAR',
    personalData: draft.source.personalData,
    origin: draft.source.origin,
    originatorAgreed: draft.source.originatorAgreed,
  })
}

function whoSeesWhat(recipients: readonly AlertRecipient[], desk: string, draft: AlertDraft): { audience: string; fields: string[] }[] {
  const fieldsOf = (of: string, audience: 'originator' | 'recipient') =>
    Object.entries(fieldsFor(of, draft)).flatMap(([field, classes]) => (classes.includes(audience) ? [field] : []))
  return [
    { audience: desk, fields: fieldsOf(desk, 'originator') },
    ...recipients.map((recipient) => ({ audience: recipient.desk, fields: fieldsOf(recipient.desk, 'recipient') })),
    { audience: 'terminal', fields: [] },
  ]
}
