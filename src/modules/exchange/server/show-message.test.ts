/** What a desk reads of its messages: what is evidenced, what is still waited for, and which request an answer answers. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startCoalition, type TestCoalition } from '#testing/coalition.ts'
import type { Client } from '../../../app/client.ts'
import { createItem, type ItemDraft, listItems, listMessages, type MessageRow, showItem, showMessage } from '../contract.ts'

let coalition: TestCoalition
let guayaquil: Client
let antwerp: Client

const draft = (part: Partial<ItemDraft>) => ({
  title: 'Which box was it?',
  fields: [
    { id: 'what', label: 'What', value: 'A blue one', handling: { H: [], tlp: 'GREEN' as const, pap: 'CLEAR' as const, conditions: [] } },
  ],
  evaluation: { source: 'B' as const, info: 2 },
  legalBasis: { act: 'Coalition policy', art: 'information exchange' },
  personalData: { yes: false, categories: [] },
  ...part,
})
const outbox = async (standing?: 'waiting' | 'failed' | 'delivered') =>
  (await guayaquil.call(listMessages, { direction: 'out', standing })).items
const sentOf = async (client: Client, context: string): Promise<MessageRow> => {
  const { items } = await coalition.eventually(
    async () => await client.call(listMessages, { context }),
    (seen) => seen.items.some(({ type }) => type === 'exchange.item'),
  )
  return items.find(({ type }) => type === 'exchange.item') as MessageRow
}

beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'be-antwerp'] })
  guayaquil = await coalition.client('guayaquil')
  antwerp = await coalition.client('antwerp')
})
afterAll(async () => await coalition.stop())

it('names the request an answer answers, and its digest, at both ends', async () => {
  const asked = await guayaquil.call(createItem, {
    key: randomUUID(),
    draft: draft({ kind: 'request', recipients: ['be.customs.antwerp'] }),
  })
  await coalition.eventually(
    async () => (await antwerp.call(listItems, {})).items,
    (items) => items.length === 1,
  )
  await antwerp.call(showItem, { item: asked.item })
  const answer = await antwerp.call(createItem, {
    key: randomUUID(),
    draft: draft({ kind: 'response', answers: asked.item, recipients: ['ec.pcu.guayaquil'] }),
  })
  const request = await guayaquil.call(showMessage, { message: (await sentOf(guayaquil, asked.item)).id })
  expect(request.answers).toBeUndefined()
  expect(request.digest).toMatch(/^[0-9a-f]{64}$/)
  for (const end of [guayaquil, antwerp]) {
    const view = await end.call(showMessage, { message: (await sentOf(end, answer.item)).id })
    expect(view.answers).toEqual({ message: request.message.id, digest: request.digest })
  }
})

it('tells until when evidence is waited for, by urgency, and nothing of the kind for what was received', async () => {
  const [message] = await outbox()
  const { terms } = await guayaquil.call(showMessage, { message: message?.id ?? '' })
  const hours = terms.map(({ kind, by }) => `${kind} ${(Date.parse(by) - Date.parse(message?.createdAt ?? '')) / 3_600_000}`)
  expect(hours).toEqual(['relay 24', 'retrieval 48'])
  const [received] = (await guayaquil.call(listMessages, { direction: 'in' })).items
  expect((await guayaquil.call(showMessage, { message: received?.id ?? '' })).terms).toEqual([])
})

it('finds what was delivered, what failed because its recipient has no node, and what waits because that node is down', async () => {
  const contexts = async (standing: 'waiting' | 'failed' | 'delivered') => (await outbox(standing)).map(({ context }) => context)
  const send = async (desk: string) => (await guayaquil.call(createItem, { key: randomUUID(), draft: draft({ recipients: [desk] }) })).item
  const delivered = await coalition.eventually(
    async () => await outbox('delivered'),
    (items) => items[0]?.reached.opened === 1,
  )
  const unsealable = await send('it.customs.genoa')
  await coalition.eventually(
    async () => await contexts('failed'),
    (items) => items.length > 0,
  )
  await coalition.node('be-antwerp').stop()
  const late = await send('be.customs.antwerp')
  expect(await contexts('failed')).toEqual([unsealable])
  expect(await outbox('waiting')).toMatchObject([{ context: late, reached: { desks: 1, delivered: 0, opened: 0, failed: 0 } }])
  expect(await contexts('delivered')).toEqual(delivered.map(({ context }) => context))
})
