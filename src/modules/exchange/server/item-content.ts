/** Content of a piece of information: boxed under its own key, opened for whoever may see it, erased by destroying the key. */
import { sql } from 'kysely'
import { joinAll, OPEN } from '#kernel/handling/handling.ts'
import type { FieldAudience, Releasable, Released, ReleaseRequest, Viewer } from '#kernel/handling/release.ts'
import { release } from '#kernel/handling/release.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { ItemAttachment, ItemField } from '../contract.ts'
import type { ExchangeTables } from './tables.ts'

export interface ItemContent {
  readonly title: string
  readonly fields: readonly ItemField[]
  readonly attachments: readonly ItemAttachment[]
  readonly evaluation: { readonly source: 'A' | 'B' | 'C' | 'X'; readonly info: number }
  readonly legalBasis: { readonly act: string; readonly art: string }
  readonly personalData: { readonly yes: boolean; readonly categories: readonly string[] }
  /** Of something received: its originator's word for each part (`proofs.ts`). */
  readonly proofs?: Readonly<Record<string, string>> | undefined
}

export interface ItemKey {
  readonly org: string
  readonly desk: string
  readonly item: string
}

/** Rows about one piece at one desk, in every table of the slice. */
export const isItem = ({ org, desk, item }: ItemKey) => sql<boolean>`org = ${org} and desk = ${desk} and item = ${item}`

/** The handling of the whole: the strictest of its parts. */
export function handlingOf(content: Pick<ItemContent, 'fields' | 'attachments'>) {
  const parts = [...content.fields, ...content.attachments]
  return parts.length === 0 ? OPEN : joinAll(parts.map((part) => part.handling))
}

export async function storeContent(work: WorkContext, key: ItemKey, content: ItemContent): Promise<string> {
  const boxed = work.services.box.seal(JSON.stringify(content))
  await work.tx
    .withTables<ExchangeTables>()
    .insertInto('exchange.content_keys')
    .values({ ...key, key: boxed.key, audience: [key.desk] })
    .onConflict((conflict) => conflict.columns(['org', 'desk', 'item']).doUpdateSet({ key: boxed.key }))
    .execute()
  return boxed.content
}

/**
 * Undefined once the key is gone. Whoever marks the piece anew boxes it under a new key: content and key are read in one statement, so that they are of the same
 * moment. That of the row may be older.
 */
export async function openContent(
  work: WorkContext,
  { org, desk, item, content }: ItemKey & { readonly content: string | null },
): Promise<ItemContent | undefined> {
  if (content === null) return undefined
  const held = await work.tx
    .withTables<ExchangeTables>()
    .selectFrom('exchange.items as i')
    .innerJoin('exchange.content_keys as k', (join) =>
      join.onRef('k.org', '=', 'i.org').onRef('k.desk', '=', 'i.desk').onRef('k.item', '=', 'i.item'),
    )
    .select(['k.key', 'i.content'])
    .where('i.org', '=', org)
    .where('i.desk', '=', desk)
    .where('i.item', '=', item)
    .executeTakeFirst()
  if (held === undefined || held.content === null) return undefined
  return JSON.parse(work.services.box.open({ key: held.key, content: held.content })) as ItemContent
}

/** Background work only: destroys the key, then everything that was readable beside it. */
export async function eraseContent(work: WorkContext, { org, desk, item }: ItemKey): Promise<void> {
  for (const table of ['exchange.content_keys', 'exchange.attachments', 'exchange.attachment_parts'])
    await sql`delete from ${sql.table(table)} where org = ${org} and desk = ${desk} and item = ${item}`.execute(work.tx)
  await sql`update exchange.items set content = null, draft = null, case_ref = null where org = ${org} and desk = ${desk} and item = ${item}`.execute(
    work.tx,
  )
}

export interface ItemAsk {
  readonly content: ItemContent
  readonly item: Omit<Releasable, 'handling'>
  readonly viewer: Viewer
  readonly channel: ReleaseRequest<object>['channel']
  readonly onward?: ReleaseRequest<object>['onward']
}

type Parts = Record<string, ItemField | ItemAttachment>

export interface ItemView {
  readonly fields: readonly ItemField[]
  readonly attachments: readonly ItemAttachment[]
  /** Labels of fields and names of attachments. */
  readonly sees: readonly string[]
  readonly withheld: readonly string[]
  readonly obligations: readonly string[]
}

/** The release function over the fields and attachments of one piece; undefined when nothing is released. */
export function viewOf({ content, item, viewer, channel, onward }: ItemAsk): ItemView | undefined {
  const parts: Parts = Object.fromEntries([
    ...content.fields.map((field) => [`field ${field.id}`, field] as const),
    ...content.attachments.map((attachment) => [`attachment ${attachment.sha256}`, attachment] as const),
  ])
  const everyone: FieldAudience<Parts> = Object.fromEntries(
    Object.keys(parts).map((id) => [id, ['originator', 'recipient', 'partner'] as const]),
  )
  const released: Released<Parts> = release({
    item: { ...item, handling: handlingOf(content) },
    content: parts,
    fields: everyone,
    fieldHandling: new Map(Object.entries(parts).map(([id, part]) => [id, part.handling])),
    viewer,
    channel,
    ...(onward === undefined ? {} : { onward }),
  })
  if (released.decision === 'withhold') return undefined
  const shown = new Set(Object.keys(released.view))
  const name = (id: string) => {
    const part = parts[id]
    return part === undefined ? id : 'label' in part ? part.label : part.name
  }
  return {
    fields: content.fields.filter((field) => shown.has(`field ${field.id}`)),
    attachments: content.attachments.filter((attachment) => shown.has(`attachment ${attachment.sha256}`)),
    sees: Object.keys(parts)
      .filter((id) => shown.has(id))
      .map(name),
    withheld: released.withheld.map(name),
    obligations: released.obligations,
  }
}

/** Whether a line of the ledger names a part: by its label or name as the own desk released it, by its id as a holder told it. */
export function holdsPart(fields: readonly string[], content: ItemContent, part: string | undefined): boolean {
  const field = content.fields.find((each) => each.id === part)
  const attachment = content.attachments.find((each) => each.sha256 === part)
  return [part, field?.label, attachment?.name].some((name) => name !== undefined && fields.includes(name))
}
