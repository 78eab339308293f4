/** One piece of information with its evidence and one hit, so that a visitor finds both before doing anything. All of it is generated and says so. */
import { randomUUID } from 'node:crypto'
import { askPermission, createItem, listItems, showItem } from '#modules/exchange/contract'
import { ask, entitle, indexKey, rebuild, showQuery, showQuota } from '#modules/matching/contract'
import { eventually } from './eventually.ts'
import type { Cast } from './story.ts'

const CASE = 'GENERATED-1'
const TITLE = 'Generated example: one seal on two boxes'

/** Guayaquil tells Antwerp and Algeciras; Antwerp opens it and asks whether Italy may have it too. */
export async function seedInformation({ guayaquil, antwerp }: Cast): Promise<void> {
  const open = { H: [], tlp: 'GREEN' as const, pap: 'GREEN' as const, conditions: [] }
  const { item } = await guayaquil.call(createItem, {
    key: randomUUID(),
    draft: {
      title: TITLE,
      fields: [
        {
          id: 'what',
          label: 'What was seen',
          value: 'Two boxes of one voyage carry the same seal number. Generated for the demonstration.',
          handling: open,
        },
        {
          id: 'how',
          label: 'How it became known',
          value: 'A check of seals at the gate. Generated for the demonstration.',
          handling: { ...open, H: ['H1', 'H2'], tlp: 'AMBER', pap: 'AMBER' },
        },
      ],
      recipients: ['be.customs.antwerp', 'es.customs.algeciras'],
      urgency: 'urgent',
      evaluation: { source: 'B', info: 2 },
      legalBasis: { act: 'Coalition policy', art: 'information exchange' },
      personalData: { yes: false, categories: [] },
      case: CASE,
    },
  })
  await eventually(
    async () => (await antwerp.call(listItems, {})).items,
    (items) => items.some((each) => each.item === item),
  )
  await antwerp.call(showItem, { item })
  await antwerp.call(askPermission, {
    item,
    capability: 'disseminate',
    recipient: 'it.customs',
    reason: 'Generated example: the second box goes on to Genoa.',
    key: randomUUID(),
  })
}

/** Algeciras makes two generated records findable and lets Antwerp ask; Antwerp asks blindly and hits. The hit waits for an answer of Algeciras. */
export async function seedHit({ algeciras, antwerp }: Cast): Promise<void> {
  const box = { type: 'container', value: 'CSQU3054383' } as const
  const document = { type: 'document', value: 'XX1234567', with: 'ES' } as const
  await algeciras.call(indexKey, { record: 'GENERATED-7 (box)', key: box, policy: 'open', category: 'asset' })
  await algeciras.call(indexKey, { record: 'GENERATED-8 (person)', key: document, policy: 'owner-notified', category: 'suspect' })
  await algeciras.call(entitle, { desk: 'be.customs.antwerp' })
  await algeciras.call(rebuild, {})
  await eventually(
    async () => (await antwerp.call(showQuota, {})).items,
    (items) => items.length === 3,
  )
  const { query } = await antwerp.call(ask, { keys: [box, document], caseRef: CASE, key: randomUUID() })
  await eventually(
    async () => await antwerp.call(showQuery, { query }),
    ({ state }) => state === 'done',
  )
}
