/** Machines that deliver for a desk: only with a live token, only for its desk, within limits, and learning nothing of it. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenContext } from '#platform/http/case-context.ts'
import { CHANNEL_DOCUMENTS_A_DAY, type ChannelView } from '../contract/channels.ts'
import { deliver } from './channel-deliver.ts'
import { closeChannelRoute, listChannelsRoute, openChannelRoute, rotateChannelRoute } from './channel-routes.ts'
import { ANTWERP, GHENT, type IntakeStore, startIntakeStore } from './intake.fixture.ts'

let store: IntakeStore

beforeAll(async () => {
  store = await startIntakeStore()
})
afterAll(async () => await store.stop())

const FILE = "UNB+UNOC:3+S+R+260901:0600+M1'UNH+1+CODECO:D:95B:UN'BGM+36+R1'EQD+CN+CSQU3054383+22G1'UNT+4+1'UNZ+1+M1'"

interface Opened {
  readonly channel: string
  readonly token: string
}

const open = async (desk = ANTWERP) => await store.call<Opened>(openChannelRoute, { title: 'Terminal 1', days: 30 }, { desk })
const send = async (authorization: string | undefined, bytes = FILE) =>
  await deliver({ name: 'gate.edi' }, {
    services: store.services,
    clock: store.services.clock,
    remoteAddress: 'local',
    authorization,
    upload: [Buffer.from(bytes)],
  } as unknown as OpenContext)

const view = async (channel: string) =>
  (await store.call<{ items: ChannelView[] }>(listChannelsRoute, {})).items.find((each) => each.channel === channel)

describe('a channel', () => {
  it('delivers into the same reading as an upload, and its token is nowhere in the store', async () => {
    const { token, channel } = await open()
    const sent = await send(`Bearer ${token}`)
    await store.work()
    expect(sent).toEqual({ document: createHash('sha256').update(FILE).digest('hex'), size: FILE.length, known: false })
    expect(
      await store.rows(`select desk, way, state, containers, purpose from cargo.documents where document = '${sent.document}'`),
    ).toEqual([{ desk: ANTWERP, way: 'machine', state: 'read', containers: 1, purpose: 'customs-control' }])
    expect(await send(`bearer ${token}`)).toMatchObject({ known: true })
    const { items } = await store.call<{ items: object[] }>(listChannelsRoute, {})
    expect(items).toMatchObject([{ channel, state: 'open', openedBy: `o.${ANTWERP}`, usedAt: '2026-09-01T08:00:00.000Z' }])
    expect(JSON.stringify([items, await store.rows('select * from cargo.channels'), store.entries])).not.toContain(token)
  })

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer nothing',
    `Bearer bwc_${'A'.repeat(43)}`,
    `Basic bwc_${'A'.repeat(43)}`,
    `Bearer ${'x'.repeat(5000)}`,
  ])('takes no byte for %j', async (header) => {
    const before = store.stored.size
    await expect(send(header, `${FILE}other`)).rejects.toMatchObject({ status: 401, code: 'cargo.channel' })
    expect(store.stored.size).toBe(before)
    expect(store.entries.at(-1)).toMatchObject({ event: 'cargo.document-delivered', outcome: 'refused' })
  })

  it('closes at once and for good, for its own desk alone', async () => {
    const { token, channel } = await open()
    await expect(store.call(closeChannelRoute, { channel }, { desk: GHENT })).rejects.toMatchObject({ status: 404 })
    const closed = await store.call(closeChannelRoute, { channel })
    expect(await store.call(closeChannelRoute, { channel })).toEqual(closed)
    await expect(send(`Bearer ${token}`)).rejects.toMatchObject({ status: 401 })
    expect(await store.call(listChannelsRoute, {}, { desk: GHENT })).toEqual({ items: [] })
  })

  it('expires, and does not outlive its desk', async () => {
    const { token } = await open(GHENT)
    await send(`Bearer ${token}`)
    const gone = { ...store.services, directory: () => ({ orgs: [] }) } as unknown as OpenContext['services']
    const context = { services: gone, clock: gone.clock, remoteAddress: 'local', authorization: `Bearer ${token}`, upload: [] }
    await expect(deliver({ name: 'a' }, context as unknown as OpenContext)).rejects.toMatchObject({ status: 401 })
    store.advance(31 * 24 * 60)
    await expect(send(`Bearer ${token}`)).rejects.toMatchObject({ status: 401 })
  })

  it('delivers in a day what it may and no more, and goes on the next day', async () => {
    const { token, channel } = await open()
    await send(`Bearer ${token}`)
    await store.rows(`update cargo.channels set day_documents = ${CHANNEL_DOCUMENTS_A_DAY} where channel = '${channel}'`)
    await expect(send(`Bearer ${token}`)).rejects.toMatchObject({ status: 429, code: 'cargo.channel-limit' })
    store.advance(24 * 60)
    expect(await send(`Bearer ${token}`)).toMatchObject({ known: true })
  })

  it('is given another token, after which the one before it delivers nothing and is counted', async () => {
    const { token, channel } = await open()
    await send(`Bearer ${token}`)
    const next = await store.call<{ token: string; expiresAt: string }>(rotateChannelRoute, { channel, days: 60 })
    await expect(send(`Bearer ${token}`)).rejects.toMatchObject({ status: 401, code: 'cargo.channel' })
    expect(await send(`Bearer ${next.token}`)).toMatchObject({ known: true })
    expect(await view(channel)).toMatchObject({
      state: 'open',
      expiresAt: next.expiresAt,
      rotatedAt: store.services.clock.now().toISOString(),
      today: { documents: 2, bytes: 2 * FILE.length },
      refused: { count: 1, why: 'replaced' },
    })
    await expect(store.call(rotateChannelRoute, { channel, days: 60 }, { desk: GHENT })).rejects.toMatchObject({ status: 404 })
    await store.call(closeChannelRoute, { channel })
    await expect(store.call(rotateChannelRoute, { channel, days: 60 })).rejects.toMatchObject({ status: 409, code: 'cargo.channel-over' })
    await expect(send(`Bearer ${next.token}`)).rejects.toMatchObject({ status: 401 })
    expect(await view(channel)).toMatchObject({ refused: { count: 2, why: 'closed' } })
  })

  it('counts what it did not take, and why, and nothing for a token of nobody', async () => {
    const { token, channel } = await open()
    await expect(send(`Bearer ${token}`, '')).rejects.toMatchObject({ code: 'cargo.document-empty' })
    expect(await view(channel)).toMatchObject({ refused: { count: 1, why: 'empty' }, today: { documents: 0, bytes: 0 } })
    await send(`Bearer ${token}`)
    await store.rows(`update cargo.channels set day_documents = ${CHANNEL_DOCUMENTS_A_DAY} where channel = '${channel}'`)
    await expect(send(`Bearer ${token}`)).rejects.toMatchObject({ status: 429 })
    expect(await view(channel)).toMatchObject({ refused: { count: 2, why: 'limit' } })
    await send(`Bearer bwc_${'A'.repeat(43)}`).catch(() => undefined)
    expect(await view(channel)).toMatchObject({ refused: { count: 2 } })
    expect(JSON.stringify(await view(channel))).not.toContain('hash')
  })

  it('takes no empty document, and no desk opens channels without end', async () => {
    const { token } = await open(GHENT)
    await expect(send(`Bearer ${token}`, '')).rejects.toMatchObject({ code: 'cargo.document-empty' })
    const opening = async () => {
      for (let at = 0; at < 60; at++) await open(GHENT)
    }
    await expect(opening()).rejects.toMatchObject({ code: 'cargo.channels-many' })
  })
})
