/** Releasing a piece of information: whom it is for, what each will see, the gate, four eyes; then one message a desk, in the officer's transaction. */
import { uuidv7 } from 'uuidv7'
import { isAsStrict } from '#kernel/handling/handling.ts'
import { purposesOf } from '#kernel/handling/purpose.ts'
import { decideTransfer, type GateDecision } from '#kernel/handling/transfer.ts'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { once } from '#platform/http/answer-once.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { type DirectoryOrg, type DirectoryUnit, findUnit } from '#platform/link/directory.ts'
import { seenBy } from '#platform/link/directory-view.ts'
import { approveItem, createItem, type ItemDraft, previewItem, type ReleaseScreen } from '../contract.ts'
import { handlingOf, type ItemContent, type ItemKey, type ItemView, isItem, openContent, storeContent, viewOf } from './item-content.ts'
import { type HeldItem, itemRowOf, ownDesk } from './item-rows.ts'
import { giveToItem, hasTakenIn } from './own-bytes.ts'
import { sendItem } from './send-item.ts'
import { lockSources, sourcesLet, sourcesOf } from './sources.ts'
import type { ExchangeTables } from './tables.ts'

const DAY = 86_400_000
const IRREPLACEABLE = 'A second person must release it'

interface Recipient {
  readonly org: DirectoryOrg
  readonly unit: DirectoryUnit
  readonly view: ItemView | undefined
  readonly gate: GateDecision
}

interface Plan {
  readonly content: ItemContent
  readonly recipients: readonly Recipient[]
  readonly problems: ReleaseScreen['problems']
  readonly fourEyes: readonly string[]
}

type Aim = Pick<ItemDraft, 'recipients' | 'groups' | 'transfer'>

export const previewItemRoute = handle(previewItem, async (draft, context) => await screenOf(context, await planOf(context, draft), draft))

export const createItemRoute = handle(createItem, async ({ draft, key }, context) => {
  const { facts, tx, clock } = context
  const db = tx.withTables<ExchangeTables>()
  const repeated = await db
    .selectFrom('exchange.items')
    .select(['item', 'state'])
    .where('org', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where('key', '=', key)
    .executeTakeFirst()
  if (repeated !== undefined) return repeated
  await lockSources(context, draft.derivedFrom)
  const plan = await planOf(context, draft)
  requireReleasable(plan)
  const item = uuidv7()
  const at = clock.now()
  const state = plan.fourEyes.length > 0 ? ('awaiting-release' as const) : ('released' as const)
  const itemKey = ownDesk(context, item)
  const answered = draft.answers === undefined ? undefined : await itemRowOf(context, draft.answers)
  const { recipients, groups, transfer } = draft
  context.about({ kind: 'item', id: item })
  await db
    .insertInto('exchange.items')
    .values({
      ...itemKey,
      side: 'own',
      kind: draft.kind,
      state,
      origin_org: facts.authority,
      origin_desk: facts.desk,
      purpose: facts.purpose ?? '',
      case_ref: draft.case ?? null,
      answers: draft.answers ?? null,
      urgency: draft.urgency,
      tlp: handlingOf(plan.content).tlp,
      content: await storeContent(context, itemKey, plan.content),
      draft: state === 'released' ? null : JSON.stringify({ recipients, groups, ...(transfer === undefined ? {} : { transfer }) }),
      derived_from: draft.derivedFrom,
      recipients: plan.recipients.map(({ unit }) => unit.id),
      message: answered?.message ?? null,
      used_ref: null,
      written_by: facts.officer,
      key,
      at,
      erase_at: new Date(at.getTime() + draft.retentionDays * DAY),
      audience: [facts.desk],
    })
    .execute()
  // In one order for everybody: two pieces with the same files do not wait for each other.
  for (const attachment of draft.attachments.toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1))) {
    await giveToItem(context, attachment)
    await db
      .insertInto('exchange.attachments')
      .values({
        ...itemKey,
        sha256: attachment.sha256,
        size: attachment.size,
        received: attachment.size,
        stored: true,
        audience: [facts.desk],
      })
      .execute()
  }
  if (state === 'released') await releaseTo(context, itemKey, { plan, aim: draft })
  return { item, state }
})

export const approveItemRoute = handle(
  approveItem,
  async (input, context) => await once(context, { route: approveItem.id, key: input.key }, async () => await decideRelease(context, input)),
)

async function decideRelease(
  context: CaseContext,
  { item, decision }: { readonly item: string; readonly decision: 'release' | 'send-back' },
): Promise<{ readonly state: 'released' | 'sent-back' }> {
  const key = ownDesk(context, item)
  // What it was made from does not change; all else may until it is locked: another second person may have decided, and a source been recalled.
  await lockSources(context, (await itemRowOf(context, item))?.derived_from ?? [], item)
  const row = await itemRowOf(context, item)
  if (row === undefined || row.side !== 'own' || row.state !== 'awaiting-release' || row.draft === null)
    throw new AppError(409, 'exchange.state', 'Nothing of that id waits for a second person.')
  if (row.written_by === context.facts.officer)
    throw new AppError(403, 'exchange.same-person', 'Whoever wrote it cannot be the second person.')
  const content = await openContent(context, row)
  if (content === undefined) throw new AppError(409, 'exchange.state', 'Its content is gone.')
  const state = decision === 'release' ? ('released' as const) : ('sent-back' as const)
  context.about({ kind: 'item', id: item })
  if (state === 'released') {
    // Groups are expanded now, not when it was written: the screen that the second person read is the one that counts.
    const aim = row.draft
    const plan = await planOf(context, { ...content, ...aim, kind: row.kind, derivedFrom: row.derived_from })
    requireReleasable(plan)
    await releaseTo(context, key, { plan, aim })
  }
  await context.tx.withTables<ExchangeTables>().updateTable('exchange.items').set({ state, draft: null }).where(isItem(key)).execute()
  return { state }
}

/** What waits for a second person, as the release screen shows it to that person. */
export async function waitingScreen(context: CaseContext, row: HeldItem, content: ItemContent): Promise<ReleaseScreen | undefined> {
  if (row.draft === null) return undefined
  const draft = { ...content, ...row.draft, kind: row.kind, derivedFrom: row.derived_from }
  return await screenOf(context, await planOf(context, draft), row.case_ref === null ? {} : { case: row.case_ref })
}

type Planned = Omit<ItemContent, 'title'> &
  Aim &
  Pick<ItemDraft, 'title' | 'derivedFrom'> & { readonly kind: string; readonly answers?: string | undefined }

async function planOf(context: CaseContext, draft: Planned): Promise<Plan> {
  const { title, fields, attachments, evaluation, legalBasis, personalData } = draft
  const content: ItemContent = { title, fields, attachments, evaluation, legalBasis, personalData }
  const problems: ReleaseScreen['problems'] = []
  const problem = (code: string, at: string, message: string) => problems.push({ code, at, message })
  const sources = await boundBy(context, draft, problem)
  const desks = expand(context, draft, problem)
  const names = new Set(fields.map((field) => field.id))
  if (names.size < fields.length) problem('double', 'fields', 'Two fields have the same name.')
  if (new Set(attachments.map(({ sha256 }) => sha256)).size < attachments.length)
    problem('double', 'attachments', 'The same file is attached twice.')
  if (draft.kind === 'response' && draft.answers === undefined) problem('answers', 'answers', 'A response names what it answers.')
  for (const attachment of attachments)
    if (!(await hasTakenIn(context, attachment)))
      problem('not-held', 'attachments', `The bytes of ${attachment.name} are not here: not taken in, or not used in time.`)
  const recipients = desks.map(({ org, unit }): Recipient => {
    const view = viewOf({
      content,
      item: { originatorDesk: context.facts.desk, audience: [context.facts.desk, unit.id], recalled: false },
      viewer: { desk: unit.id, realm: org.realm, purpose: context.facts.purpose },
      channel: 'push',
    })
    const gate = decideTransfer({
      direction: 'outbound',
      thirdCountry: org.thirdCountry,
      purpose: context.facts.purpose,
      hasHandling: true,
      personalData: personalData.yes,
      recipientCompetent: org.realm === 'law-enforcement' || org.realm === 'customs',
      origin: sources.isForeign ? 'foreign-authority' : 'own-control',
      originatorAgreed: sources.mayPass(org.id),
      ...(draft.transfer === undefined ? {} : { ground: draft.transfer.ground }),
    })
    return { org, unit, view, gate }
  })
  for (const { org, unit } of desks)
    if (!purposesOf(org.realm).some(({ id }) => id === context.facts.purpose))
      problem('purpose', 'recipients', `${unit.name} does not work for this purpose and could not read it.`)
  if (recipients.length === 0) problem('recipients', 'recipients', 'Nobody is named.')
  for (const { unit, view } of recipients)
    if (view === undefined) problem('withheld', 'recipients', `The handling lets ${unit.name} see nothing of it.`)
  return { content, recipients, problems, fourEyes: fourEyesOf(context, content, recipients) }
}

/** Groups become desks here and now; who joins later gets nothing. */
function expand(
  context: CaseContext,
  draft: Aim,
  problem: (code: string, at: string, message: string) => void,
): readonly { readonly org: DirectoryOrg; readonly unit: DirectoryUnit }[] {
  const directory = seenBy(context.services.directory(), context.facts.authority)
  const ids = new Set(draft.recipients)
  for (const id of draft.groups) {
    const group = directory.groups?.find((each) => each.id === id)
    if (group === undefined) problem('group', 'groups', `There is no group ${id}.`)
    for (const unit of group?.units ?? []) ids.add(unit)
  }
  ids.delete(context.facts.desk)
  return [...ids].flatMap((id) => {
    const found = findUnit(directory, id)
    if (found === undefined) {
      problem('recipient', 'recipients', `There is no desk ${id}.`)
      return []
    }
    return [found]
  })
}

/** What it is derived from must be held, must allow deriving, and binds: derived information takes the strictest of its sources. */
async function boundBy(context: CaseContext, draft: Planned, problem: (code: string, at: string, message: string) => void) {
  const sources = await sourcesOf(context, draft.derivedFrom)
  for (const id of sources.missing) problem('not-held', 'derivedFrom', `This desk holds no ${id}.`)
  for (const { handling, title } of sources.found)
    for (const field of draft.fields)
      if (!isAsStrict(field.handling, handling))
        problem('derive', `fields.${field.id}`, `The handling is looser than that of ${title}, which it is derived from.`)
  for (const source of sources.found)
    if (!sourcesLet(context, { ...sources, found: [source] }, { capability: 'derive' }))
      problem('derive', 'derivedFrom', `The originator of ${source.title} does not allow deriving from it.`)
  return {
    isForeign: sources.found.some(({ grants }) => grants !== undefined),
    mayPass: (org: string) => sourcesLet(context, sources, { capability: 'disseminate', recipient: org }),
  }
}

function fourEyesOf(context: CaseContext, content: ItemContent, recipients: readonly Recipient[]): readonly string[] {
  const reasons: string[] = []
  if (content.personalData.yes && recipients.some(({ org }) => org.country !== context.facts.country))
    reasons.push(`${IRREPLACEABLE}: personal data cross a border (coalition policy).`)
  if (handlingOf(content).H.includes('H3')) reasons.push(`${IRREPLACEABLE}: it carries conditions (H3, coalition policy).`)
  return reasons
}

function requireReleasable(plan: Plan): void {
  if (plan.problems.length > 0)
    throw new AppError(422, 'exchange.item-invalid', 'The information cannot be released as it stands.', { problems: plan.problems })
  const refused = plan.recipients.find(({ gate }) => gate.decision === 'refuse')
  if (refused !== undefined)
    throw new AppError(422, 'exchange.gate', `${refused.unit.name}: ${refused.gate.because}`, { extra: { basis: refused.gate.basis } })
}

async function releaseTo(context: CaseContext, key: ItemKey, released: { readonly plan: Plan; readonly aim: Aim }): Promise<void> {
  const { plan, aim } = released
  await requireSealing(context.tx, context.clock.now())
  for (const { org, unit, view } of plan.recipients) {
    if (view === undefined) continue
    context.about({ kind: 'desk', id: unit.id })
    await sendItem(context, { key, content: plan.content, view, to: { org: org.id, unit: unit.id }, grants: [], origin: undefined })
    if (org.thirdCountry && plan.content.personalData.yes && aim.transfer !== undefined)
      await context.tx
        .withTables<ExchangeTables>()
        .insertInto('exchange.transfers')
        .values({
          ...key,
          recipient: unit.id,
          country: org.country,
          ground: aim.transfer.ground,
          justification: aim.transfer.justification,
          fields: [...view.sees],
          officer: context.facts.officer,
          at: context.clock.now(),
          audience: [context.facts.desk],
        })
        .execute()
  }
}

async function screenOf(context: CaseContext, plan: Plan, draft: { readonly case?: string | undefined }): Promise<ReleaseScreen> {
  const named = new Set(plan.recipients.map(({ unit }) => unit.id))
  const asking =
    draft.case === undefined
      ? []
      : await context.tx
          .withTables<ExchangeTables>()
          .selectFrom('exchange.subscriptions')
          .select('peer_desk')
          .where('org', '=', context.facts.authority)
          .where('direction', '=', 'in')
          .where('case_ref', '=', draft.case)
          .where('ended', '=', false)
          .execute()
  const { H, conditions, ...rest } = handlingOf(plan.content)
  return {
    recipients: plan.recipients.map(({ org, unit, view, gate }) => ({
      desk: unit.id,
      name: unit.name,
      authority: org.id,
      country: org.country,
      sees: [...(view?.sees ?? [])],
      withheld: [...(view?.withheld ?? [])],
      obligations: [...(view?.obligations ?? [])],
      gate: { decision: gate.decision, because: gate.because, basis: gate.basis },
    })),
    subscribed: asking.map((each) => each.peer_desk).filter((desk) => !named.has(desk)),
    handling: { ...rest, H: [...H], conditions: [...conditions] },
    fourEyes: [...plan.fourEyes],
    problems: plan.problems,
  }
}
