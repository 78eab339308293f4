/** The ledger in the store: the way of a box, what each partner and the authority see, and that nothing altered stays unfound. */
import { describe, expect, it } from 'vitest'
import { CUSTOMS, FORWARDER, HAULIER, key, LINE, SECOND, sessionOf, TERMINAL, WRONG, ZEEBRUGGE } from './alliance.fixture.ts'
import { listAllianceSignalsRoute, listChainsRoute } from './chains.ts'
import { revokeByAuthorityRoute, setCustomsStateRoute } from './customs-acts.ts'
import { ledgerInStore, NOT_FOUND, TRUCK } from './ledger.fixture.ts'
import { findPartiesRoute, listRightsRoute, showRightRoute } from './own-links.ts'
import { releaseRightRoute, reportMoveRoute, revokeByLineRoute, transferRightRoute } from './partner-acts.ts'
import { changePartnerRoute, listPartnersRoute } from './partners.ts'

const ledger = ledgerInStore()
const { discharge, clear, release, transfer, order, notify, gate, out, see, chain } = ledger
const as = sessionOf

describe('the way of a box', () => {
  it('goes from the line to the gate, and the authority sees the whole of it intact', async () => {
    await discharge()
    await clear()
    const { right: id } = await release()
    await transfer(FORWARDER, SECOND)
    await order(SECOND)
    await notify()
    expect(await see(HAULIER)).toMatchObject({ as: 'haulier', state: 'pre-notified', from: { desk: SECOND }, ready: true })
    expect(await gate()).toEqual({ yes: true, holder: { desk: HAULIER, name: `Desk of ${HAULIER}` } })
    await out()
    const whole = await chain(id)
    expect(whole).toMatchObject({ stage: 'gated-out', customs: 'clear', verification: { intact: true }, readsTotal: 1 })
    expect(whole.history.map(({ kind }) => kind)).toEqual([
      'discharged',
      'customs',
      'released',
      'transferred',
      'transport-ordered',
      'pre-notified',
      'gate-matched',
      'gated-out',
    ])
    expect(whole.links.map(({ party, as: role }) => `${party.desk} ${role}`)).toEqual([
      `${FORWARDER} forwarder`,
      `${HAULIER} haulier`,
      `${TERMINAL} terminal`,
      `${SECOND} forwarder`,
      `${LINE} line`,
    ])
  })

  it('keeps no vehicle and no driver, only tokens that differ from voyage to voyage', async () => {
    const tokens: string[] = []
    for (const voyage of ['ONE 1', 'TWO 2']) {
      ledger.right = { ...ledger.right, voyage }
      await release()
      await order(FORWARDER)
      await notify()
      const [row] = await ledger.at.rows(
        `select body from alliance.events where body ->> 'kind' = 'pre-notified' order by at desc, seq desc limit 1`,
      )
      tokens.push(JSON.stringify(row?.['body']).replace(/.*"driver":"(\w+)".*/, '$1'))
      ledger.at.advance(1)
    }
    expect(new Set(tokens).size).toBe(2)
    const all =
      JSON.stringify(await ledger.at.rows('select * from alliance.events')) +
      JSON.stringify(await ledger.at.rows('select * from alliance.links'))
    expect(all).not.toMatch(/ABC.?123|4711/)
  })

  it('says no at the gate to another truck, another driver, an unready box and a box nobody knows, each time with nothing else', async () => {
    await discharge()
    await release()
    await order(FORWARDER)
    await notify()
    expect(await gate()).toEqual({ yes: false })
    await clear()
    expect(await gate({ ...TRUCK, vehicle: '9-XYZ-999' })).toEqual({ yes: false })
    expect(await gate({ ...TRUCK, driver: 'BRAVO-1' })).toEqual({ yes: false })
    expect(await gate()).toMatchObject({ yes: true })
    ledger.right = { ...ledger.right, container: 'XXXU9999999' }
    expect(await gate()).toEqual({ yes: false })
  })

  it('knows a container however it is written', async () => {
    await release()
    ledger.right = { ...ledger.right, container: ledger.right.container.toLowerCase().replace(/^(.{4})(.{6})/, '$1 $2-') }
    expect(await see(FORWARDER)).toMatchObject({ state: 'held' })
    await expect(ledger.at.call(showRightRoute, as(FORWARDER), { ...ledger.right, container: "X'; drop--" })).rejects.toMatchObject({
      code: 'alliance.name',
    })
  })

  it('gives a repeat the same answer and chains nothing twice', async () => {
    const same = { ...ledger.right, to: FORWARDER, key: key() }
    const first = await ledger.at.call<{ right: string }>(releaseRightRoute, as(LINE), same)
    expect(await ledger.at.call(releaseRightRoute, as(LINE), same)).toEqual(first)
    expect((await chain(first.right)).events).toBe(1)
    // Keys are per desk: another desk with the same key is not answered with ours.
    await expect(ledger.at.call(transferRightRoute, as(FORWARDER), { ...ledger.right, to: SECOND, key: same.key })).resolves.toMatchObject({
      accepted: true,
    })
    await expect(ledger.at.call(releaseRightRoute, as(LINE), { ...same, container: 'MSCU7777777' })).rejects.toMatchObject({
      code: 'alliance.conflict',
    })
  })

  it('lets one of two transfers at the same time win, and keeps the chain whole', async () => {
    const { right: id } = await release()
    const tries = await Promise.allSettled([transfer(FORWARDER, SECOND), transfer(FORWARDER, HAULIER), order(FORWARDER)])
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await chain(id)).verification.intact).toBe(true)
  })
})

it('answers each of many at once, or asks it to come again, chains every reading that was answered, and leaves room for others', async () => {
  const { right: id } = await release()
  const background = Array.from({ length: 4 }, async () => await ledger.at.rows('select 1'))
  const all = await Promise.allSettled(Array.from({ length: 40 }, async (_, clerk) => await see(FORWARDER, `clerk-${clerk}`)))
  await expect(Promise.all(background)).resolves.toHaveLength(4)
  const answered = all.filter(({ status }) => status === 'fulfilled').length
  expect(answered).toBeGreaterThan(0)
  for (const each of all) if (each.status === 'rejected') expect(each.reason).toMatchObject({ status: 429, code: 'rate-limited' })
  expect(await chain(id)).toMatchObject({ verification: { intact: true }, readsTotal: answered })
})

describe('what is refused', () => {
  it('answers a party without a link as if there were no container, whatever it tries', async () => {
    const { right: id } = await release()
    for (const exists of [true, false]) {
      if (!exists) ledger.right = { ...ledger.right, container: 'NONE0000001' }
      for (const attempt of [
        async () => await notify(WRONG),
        async () => await see(WRONG),
        async () => await transfer(WRONG, SECOND),
        async () => await order(WRONG, WRONG),
        async () => await ledger.at.call(revokeByLineRoute, as(WRONG), { ...ledger.right, key: key() }),
      ])
        await expect(attempt()).rejects.toMatchObject(NOT_FOUND)
    }
    await ledger.at.work()
    const whole = await chain(id)
    expect(whole.history.filter(({ refused }) => refused !== undefined).map(({ kind, by }) => `${kind} ${by.desk}`)).toEqual([
      `pre-notified ${WRONG}`,
      `transferred ${WRONG}`,
      `transport-ordered ${WRONG}`,
      `revoked ${WRONG}`,
    ])
    expect(await ledger.at.rows("select 1 from alliance.chains where container = 'NONE0000001'")).toEqual([])
  })

  it('tells a party of the chain the reason', async () => {
    await release()
    await transfer(FORWARDER, SECOND)
    await expect(transfer(FORWARDER, HAULIER)).rejects.toMatchObject({
      status: 422,
      code: 'alliance.refused',
      options: { problems: [{ code: 'already-passed' }] },
    })
    await expect(transfer(SECOND, 'nobody.desk')).rejects.toMatchObject({ options: { problems: [{ code: 'party-not-vetted' }] } })
    await expect(order(SECOND, FORWARDER)).rejects.toMatchObject({ options: { problems: [{ code: 'party-not-vetted' }] } })
  })

  it('tells a box to no second terminal and no second line', async () => {
    await discharge()
    const { right: id } = await release()
    expect((await chain(id)).holder).toMatchObject({ desk: FORWARDER })
    const other = { ...as(TERMINAL), desk: WRONG }
    await expect(
      ledger.at.call(reportMoveRoute, other, { ...ledger.right, move: 'discharged', at: ledger.at.now().toISOString(), key: key() }),
    ).rejects.toMatchObject(NOT_FOUND)
    await expect(
      ledger.at.call(reportMoveRoute, as(TERMINAL), {
        ...ledger.right,
        move: 'moved',
        at: new Date(ledger.at.now().getTime() + 3_600_000).toISOString(),
        key: key(),
      }),
    ).rejects.toMatchObject({
      code: 'alliance.time',
    })
  })
})

describe('signals', () => {
  it('L1 is there with the read, L2 with the refused haulier, for the desk of the port alone', async () => {
    const { right: id } = await release()
    await expect(see(WRONG, 'insider')).rejects.toMatchObject(NOT_FOUND)
    await expect(notify(WRONG)).rejects.toMatchObject(NOT_FOUND)
    await ledger.at.work()
    const whole = await chain(id)
    expect(whole.signals).toEqual(['L1', 'L2'])
    expect(whole.reads).toMatchObject([{ by: { desk: WRONG }, inChain: false }])
    expect(
      whole.signalDetails.every(({ innocentAlternatives, knownLimits }) => innocentAlternatives.length > 0 && knownLimits !== ''),
    ).toBe(true)
    const listed = await ledger.at.call<{ items: { right: string }[] }>(listAllianceSignalsRoute, as(CUSTOMS), {})
    expect(listed.items.filter((signal) => signal.right === id)).toHaveLength(2)
    expect(await ledger.at.call(listAllianceSignalsRoute, as(ZEEBRUGGE), {})).toEqual({ items: [] })
    await expect(chain(id, ZEEBRUGGE)).rejects.toMatchObject(NOT_FOUND)
    expect(await ledger.at.call(listChainsRoute, as(ZEEBRUGGE), {})).toEqual({ items: [] })
    await expect(ledger.at.call(listChainsRoute, as(FORWARDER), {})).rejects.toMatchObject(NOT_FOUND)
  })

  it('wake the desk and no partner: a partner hears when its own link changed', async () => {
    await release()
    ledger.at.announced.length = 0
    await expect(notify(WRONG)).rejects.toMatchObject(NOT_FOUND)
    await ledger.at.work()
    expect(ledger.at.announced).not.toEqual([])
    expect(ledger.at.announced.every(({ desks }) => desks.join() === CUSTOMS)).toBe(true)
    await transfer(FORWARDER, SECOND)
    expect(ledger.at.announced.filter(({ topic }) => topic === 'alliance-rights')).toEqual([
      { topic: 'alliance-rights', desks: [FORWARDER, SECOND] },
    ])
  })

  it('L7 and L6 are raised when a box that was chosen leaves uncleared', async () => {
    await discharge()
    const { right: id } = await release()
    await ledger.at.call(setCustomsStateRoute, as(CUSTOMS), { ...ledger.right, state: 'selected', key: key() })
    await out()
    expect((await chain(id)).signals).toEqual(['L6', 'L7'])
    await expect(notify(HAULIER)).rejects.toMatchObject(NOT_FOUND)
  })

  it('L8 compares an account with others of its role, and names none', async () => {
    const boxes = Array.from({ length: 8 }, (_, index) => `HLXU${String(2_000_000 + index)}`)
    for (const container of boxes) {
      ledger.right = { ...ledger.right, container }
      await release(SECOND)
    }
    for (let account = 0; account < 21; account += 1) await expect(see(FORWARDER, `clerk-${account}`)).rejects.toMatchObject(NOT_FOUND)
    let id = ''
    for (const container of boxes) {
      ledger.right = { ...ledger.right, container }
      await expect(see(FORWARDER, 'curious')).rejects.toMatchObject(NOT_FOUND)
      id = String((await ledger.at.rows(`select right_id from alliance.chains where container = '${container}'`))[0]?.['right_id'])
    }
    const rows = await ledger.at.rows("select right_id, body from alliance.signals where detector = 'L8'")
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain('curious')
    expect((await chain(id)).verification.intact).toBe(true)
  })
})

describe('customs', () => {
  it('holds until an instant, and the box is free by itself after it', async () => {
    await discharge()
    await clear()
    const { right: id } = await release()
    await order(FORWARDER)
    await notify()
    const until = new Date(ledger.at.now().getTime() + 3_600_000).toISOString()
    await ledger.at.call(setCustomsStateRoute, as(CUSTOMS), { ...ledger.right, state: 'hold', until, portAction: 'p-1', key: key() })
    expect(await chain(id)).toMatchObject({ customs: 'hold', hold: { until, portAction: 'p-1' } })
    expect(await see(HAULIER)).toMatchObject({ ready: false })
    expect(await gate()).toEqual({ yes: false })
    ledger.at.advance(61)
    expect(await chain(id)).toMatchObject({ customs: 'clear' })
    expect(await gate()).toMatchObject({ yes: true })
  })

  it('sets no hold without an end or beyond two weeks, and no end on a clearance', async () => {
    const until = (days: number) => new Date(ledger.at.now().getTime() + days * 86_400_000).toISOString()
    for (const wrong of [
      { state: 'hold' },
      { state: 'hold', until: until(-1) },
      { state: 'hold', until: until(15) },
      { state: 'clear', until: until(1) },
    ])
      await expect(ledger.at.call(setCustomsStateRoute, as(CUSTOMS), { ...ledger.right, ...wrong, key: key() })).rejects.toMatchObject({
        code: 'alliance.until',
      })
    await expect(
      ledger.at.call(setCustomsStateRoute, as(ZEEBRUGGE), { ...ledger.right, state: 'clear', key: key() }),
    ).rejects.toMatchObject({
      code: 'alliance.port',
    })
    await expect(
      ledger.at.call(setCustomsStateRoute, as(FORWARDER), { ...ledger.right, state: 'clear', key: key() }),
    ).rejects.toMatchObject(NOT_FOUND)
  })

  it('revokes on a power that no partner reads, and the haulier is refused with a signal', async () => {
    await release()
    await order(FORWARDER)
    const { right: id } = {
      right: String(
        (await ledger.at.rows(`select right_id from alliance.chains where container = '${ledger.right.container}'`))[0]?.['right_id'],
      ),
    }
    await ledger.at.call(revokeByAuthorityRoute, as(CUSTOMS), { right: id, by: 'court', legalBasisText: 'Order 12/2026', key: key() })
    await expect(
      ledger.at.call(revokeByAuthorityRoute, as(CUSTOMS), { right: id, by: 'customs', legalBasisText: 'Again', key: key() }),
    ).rejects.toMatchObject({ code: 'alliance.refused' })
    await expect(notify()).rejects.toMatchObject({ options: { problems: [{ code: 'revoked' }] } })
    expect((await chain(id)).signals).toContain('L2')
    expect(JSON.stringify([await see(FORWARDER), await see(HAULIER), await see(LINE)])).not.toMatch(/court|12\/2026/)
  })
})

describe('lists', () => {
  it('show a partner its own links, page by page, and to nobody else', async () => {
    const all: string[] = []
    let cursor: string | undefined
    do {
      const page = await ledger.at.call<{ items: { container: string; right: string }[]; next?: string }>(listRightsRoute, as(SECOND), {
        limit: 3,
        ...(cursor === undefined ? {} : { cursor }),
      })
      all.push(...page.items.map((item) => item.right))
      cursor = page.next
    } while (cursor !== undefined)
    const own = await ledger.at.rows(`select right_id from alliance.links where party = '${SECOND}'`)
    expect(all.toSorted()).toEqual(own.map((row) => String(row['right_id'])).toSorted())
    expect(await ledger.at.call(listRightsRoute, as(WRONG), {})).toEqual({ items: [] })
    await expect(ledger.at.call(listRightsRoute, as(SECOND), { cursor: 'x' })).rejects.toMatchObject({ code: 'alliance.cursor' })
  })

  it('find a vetted haulier by a word of its name', async () => {
    expect(await ledger.at.call(findPartiesRoute, as(FORWARDER), { kind: 'haulier', name: 'desk' })).toMatchObject({
      items: [{ desk: HAULIER }, { desk: WRONG }],
      more: false,
    })
    expect(await ledger.at.call(findPartiesRoute, as(FORWARDER), { kind: 'haulier', name: 'xyz' })).toEqual({ items: [], more: false })
  })
})

describe('vetting', () => {
  it('that is suspended shuts the door at once, and its rights can be passed to nobody', async () => {
    await release()
    const files = await ledger.at.call<{ items: { desk: string; version: number }[] }>(listPartnersRoute, as(CUSTOMS), {})
    const version = files.items.find(({ desk }) => desk === SECOND)?.version ?? 0
    await ledger.at.call(changePartnerRoute, as(CUSTOMS, 'first'), { desk: SECOND, change: 'suspend', reason: 'Open finding', version })
    await expect(ledger.at.call(listRightsRoute, as(SECOND), {})).rejects.toMatchObject({ status: 403, code: 'alliance.not-vetted' })
    await expect(see(SECOND)).rejects.toMatchObject({ code: 'alliance.not-vetted' })
    await expect(transfer(FORWARDER, SECOND)).rejects.toMatchObject({ options: { problems: [{ code: 'party-not-vetted' }] } })
    await ledger.at.call(changePartnerRoute, as(CUSTOMS, 'second'), {
      desk: SECOND,
      change: 'resume',
      reason: 'Finding closed',
      version: version + 1,
    })
    await expect(transfer(FORWARDER, SECOND)).resolves.toMatchObject({ accepted: true })
  })
})
