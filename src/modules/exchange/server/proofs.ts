/**
 * The originator's signed word for each part of a piece: what it says, how it is handled, for which purpose, until when. It travels with the part through
 * any chain of holders, so that whoever passes a part on can neither alter it nor loosen it: what a holder says of it counts for nothing.
 * Tokens lie inside the encrypted content, because a digest of a short text would tell it: they go when it goes.
 */
import { createHash } from 'node:crypto'
import type { Handling } from '#kernel/handling/handling.ts'
import { canonicalJson, type Json } from '#kernel/seal/canonical-json.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { Address } from '#platform/link/message.ts'
import type { Statement } from '#platform/link/statement.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { ItemAttachment, ItemField } from '../contract.ts'
import { handlingOf, holdsPart, type ItemContent } from './item-content.ts'
import type { HeldItem } from './item-rows.ts'

/** The head of a piece, which travels only with the whole of it. */
const HEAD = '*'
export const PART_TITLE = 'Part of an information'

type Part = ItemField | ItemAttachment
type Word = Extract<Statement, { says: 'part' }>
export type Proofs = Readonly<Record<string, string>>

/** What holds for every part of a piece alike. */
export interface Terms {
  readonly item: string
  readonly origin: Address
  readonly purpose: string
  readonly eraseAt: string
  readonly evaluation: ItemContent['evaluation']
  readonly legalBasis: ItemContent['legalBasis']
}

export type Parts = Pick<ItemContent, 'title' | 'fields' | 'attachments'>

const spelled = (value: unknown) => canonicalJson(value as Json)
const wireOf = ({ H, conditions, ...rest }: Handling) => ({ ...rest, H: [...H], conditions: [...conditions] })
const nameOf = (part: Part) => ('label' in part ? part.id : part.sha256)

/** Everything that can be stated of a piece: its parts, and its head when it has a title of its own. */
function statable({ title, fields, attachments }: Parts) {
  const parts = [...fields, ...attachments].map((part) => {
    const { handling, ...what } = part
    return { name: nameOf(part), what, handling: wireOf(handling) }
  })
  return title === PART_TITLE ? parts : [...parts, { name: HEAD, what: { title }, handling: wireOf(handlingOf({ fields, attachments })) }]
}

const digestOf = (what: unknown) => createHash('sha256').update(spelled(what)).digest('hex')

/** Made by the originator, for what it releases now. */
export async function proveParts(statements: NodeServices['statements'], terms: Terms, parts: Parts): Promise<readonly string[]> {
  return await Promise.all(
    statable(parts).map(async ({ name, what, handling }) => {
      return await statements.make({ says: 'part', ...terms, part: name, digest: digestOf(what), handling })
    }),
  )
}

/** The token for each part by its name, as far as there are any that say it as it is. */
export async function proofsAmong(
  statements: NodeServices['statements'],
  terms: Terms,
  given: Parts & { readonly tokens: readonly string[] },
): Promise<Proofs> {
  const words = new Map<string, { readonly word: Word; readonly token: string }>()
  for (const token of given.tokens) {
    const word = await statements.read(token)
    if (word.says !== 'part' || word.item !== terms.item || spelled(word.origin) !== spelled(terms.origin)) throw refusal()
    const held = words.get(word.part)
    if (held === undefined || held.word.at < word.at) words.set(word.part, { word, token })
  }
  const proofs = statable(given).flatMap(({ name, what, handling }) => {
    const said = words.get(name)
    return said !== undefined && isAsSaid(said.word, terms, { digest: digestOf(what), handling }) ? [[name, said.token] as const] : []
  })
  return Object.fromEntries(proofs)
}

/** The same, for all of them: throws when a part has no token, or comes otherwise than its originator said. */
export async function readProofs(...asked: Parameters<typeof proofsAmong>): Promise<Proofs> {
  const proofs = await proofsAmong(...asked)
  if (statable(asked[2]).some(({ name }) => proofs[name] === undefined)) throw refusal()
  return proofs
}

function isAsSaid(word: Word, terms: Terms, part: { readonly digest: string; readonly handling: Part['handling'] }): boolean {
  // The head binds as much as the parts it came with; with fewer parts it does not come at all.
  const { digest, handling, purpose, eraseAt, evaluation, legalBasis } = word
  const told = {
    digest: part.digest,
    handling: part.handling,
    purpose: terms.purpose,
    evaluation: terms.evaluation,
    legalBasis: terms.legalBasis,
  }
  return spelled({ digest, handling, purpose, evaluation, legalBasis }) === spelled(told) && terms.eraseAt <= eraseAt
}

const refusal = () => new AppError(403, 'exchange.withheld', 'A part comes otherwise than its originator said.')

/** Tokens of the parts that go to somebody, of those a holder has. */
export function tokensFor(proofs: Proofs, parts: Parts): readonly string[] {
  return statable(parts).flatMap(({ name }) => proofs[name] ?? [])
}

/** Parts that can be passed on: those with their originator's word. */
export function provable(content: ItemContent): ItemContent {
  const { proofs = {} } = content
  const has = (part: Part) => proofs[nameOf(part)] !== undefined
  const isWhole = proofs[HEAD] !== undefined && [...content.fields, ...content.attachments].every(has)
  return {
    ...content,
    title: isWhole ? content.title : PART_TITLE,
    fields: content.fields.filter(has),
    attachments: content.attachments.filter(has),
  }
}

/** What a line of the ledger holds of a piece, with its head where that is all of it. */
export function partsHeld(held: readonly string[], content: ItemContent): Parts {
  const fields = content.fields.filter((field) => holdsPart(held, content, field.id))
  const attachments = content.attachments.filter((attachment) => holdsPart(held, content, attachment.sha256))
  const isWhole = fields.length === content.fields.length && attachments.length === content.attachments.length
  return { title: isWhole ? content.title : PART_TITLE, fields, attachments }
}

/** Proofs that still say how each part is handled, after some of it changed: the head goes with any change. */
export function stillTrue(before: ItemContent, after: ItemContent): Proofs {
  const old = new Map([...before.fields, ...before.attachments].map((part) => [nameOf(part), spelled(part)]))
  const same = [...after.fields, ...after.attachments].filter((part) => old.get(nameOf(part)) === spelled(part)).map(nameOf)
  const names = same.length === old.size ? [...same, HEAD] : same
  return Object.fromEntries(names.flatMap((name) => (before.proofs?.[name] === undefined ? [] : [[name, before.proofs[name]]])))
}

/** The terms of something held or released, as its row and its content have them. */
export function termsOf(row: Pick<HeldItem, 'item' | 'origin_org' | 'origin_desk' | 'purpose' | 'erase_at'>, content: ItemContent): Terms {
  return {
    item: row.item,
    origin: { org: row.origin_org, unit: row.origin_desk },
    purpose: row.purpose,
    eraseAt: row.erase_at.toISOString(),
    evaluation: content.evaluation,
    legalBasis: content.legalBasis,
  }
}
