/**
 * Parts of a piece that a holder passes on later, under a grant that came later, to a desk that has the others from a holder too. Each bears its originator's own word, so whoever brings
 * it can add it; what is held already stays as it is. Invariant: nothing of a version that the originator has replaced since comes back.
 */
import { canonicalJson } from '#kernel/seal/canonical-json.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { ItemContent } from './item-content.ts'
import { PART_TITLE } from './proofs.ts'

type Part = ItemContent['fields'][number] | ItemContent['attachments'][number]

const nameOf = (part: Part): string => ('label' in part ? part.id : part.sha256)
const partsOf = ({ fields, attachments }: ItemContent): readonly Part[] => [...fields, ...attachments]
const spelled = (part: Part): string => canonicalJson(part)

/** Undefined where it brings nothing more. */
export async function widened(
  { services }: Pick<WorkContext, 'services'>,
  held: ItemContent,
  brought: ItemContent,
): Promise<ItemContent | undefined> {
  const saidAt = async ({ proofs = {} }: ItemContent, part: Part): Promise<string> => {
    const token = proofs[nameOf(part)]
    return token === undefined ? '' : (await services.statements.read(token)).at
  }
  const words = await Promise.all(partsOf(held).map(async (part) => await saidAt(held, part)))
  const oldest = words.reduce((least, each) => (each < least ? each : least), words[0] ?? '')
  const has = new Set(partsOf(held).map(nameOf))
  const added = new Set<string>()
  for (const part of partsOf(brought)) if (!has.has(nameOf(part)) && (await saidAt(brought, part)) >= oldest) added.add(nameOf(part))
  if (added.size === 0) return undefined
  const isAdded = (part: Part): boolean => added.has(nameOf(part))
  const fields = [...held.fields, ...brought.fields.filter(isAdded)]
  const attachments = [...held.attachments, ...brought.attachments.filter(isAdded)]
  // The head is for exactly the parts that it came with.
  const whole = new Set(partsOf(brought).map(spelled))
  const isWhole =
    brought.title !== PART_TITLE &&
    whole.size === fields.length + attachments.length &&
    [...fields, ...attachments].every((part) => whole.has(spelled(part)))
  return {
    ...held,
    title: isWhole ? brought.title : held.title,
    fields,
    attachments,
    personalData: {
      yes: held.personalData.yes || brought.personalData.yes,
      categories: [...new Set([...held.personalData.categories, ...brought.personalData.categories])],
    },
    proofs: isWhole
      ? brought.proofs
      : { ...Object.fromEntries(Object.entries(brought.proofs ?? {}).filter(([name]) => added.has(name))), ...held.proofs },
  }
}
