/** What comes for a case while other parties move it: whatever overtakes what, and whichever transactions are open at the same time, nothing is lost. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSeededRandom } from '#kernel/stats/seeded-random.ts'
import { ASKED, ASKER, type Crossing, GUARD, type Letter, STRANGER, startCrossing } from './crossing.fixture.ts'
import { eraseEarly } from './erase.ts'

const FORWARD = { forwardTo: GUARD, forwardReason: 'The harbour is theirs.' }
const WITHDRAW = { withdrawReason: 'Found elsewhere.' }

let world: Crossing
beforeAll(async () => {
  world = await startCrossing()
})
afterAll(async () => await world.stop())
beforeEach(() => {
  world.post.length = 0
})

const unit = ({ to }: Letter) => to[0]?.unit
const stepOf = ({ body }: Letter) => (body.data as { readonly step?: { readonly transition: string } }).step?.transition ?? 'case'
const letterOf = (from: string, to: string, step: string): Letter => {
  const found = world.post.find((each) => each.from.unit === from && unit(each) === to && stepOf(each) === step)
  if (found === undefined) throw new Error(`${from} has not told ${to} of ${step}.`)
  return found
}

/** Passed on and withdrawn: what the guard has to get from two desks, neither of which waits for the other, is on its way. */
async function crossed(): Promise<string> {
  const reference = await world.ask()
  await world.take({ desk: ASKED, reference }, 'forward', FORWARD)
  world.advance(0.01)
  await world.take({ desk: ASKER, reference }, 'withdraw', WITHDRAW)
  await world.deliver(letterOf(ASKED, ASKER, 'forward'))
  return reference
}

/** Starts the second while the first is taken in and not committed; it ends, or waits for the first. */
async function together(first: Letter, second: Letter): Promise<void> {
  let isOver = false
  let other: Promise<void> | undefined
  await world.deliver(first, async () => {
    other = world.deliver(second).finally(() => {
      isOver = true
    })
    while (!isOver && !(await somebodyWaits())) await sleep(5)
  })
  await other
}

async function somebodyWaits(): Promise<boolean> {
  const rows = await world.rows(
    'select 1 from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())',
  )
  return rows.length > 0
}

describe('a withdrawal and the case of the desk it was passed on to, taken in at the same time', () => {
  it('end as one withdrawn case when the withdrawal is first', async () => {
    const reference = await crossed()
    await together(letterOf(ASKER, GUARD, 'withdraw'), letterOf(ASKED, GUARD, 'case'))
    expect((await world.case(GUARD, reference))?.row.state).toBe('withdrawn')
    expect(await world.rows('select step from procedures.early_steps')).toEqual([])
  })

  it('end as one withdrawn case when the case is first', async () => {
    const reference = await crossed()
    await together(letterOf(ASKED, GUARD, 'case'), letterOf(ASKER, GUARD, 'withdraw'))
    expect((await world.case(GUARD, reference))?.row.state).toBe('withdrawn')
    expect(await world.rows('select step from procedures.early_steps')).toEqual([])
  })
})

describe('a withdrawal that comes to a contact point after it has passed the request on', () => {
  it('ends the request with whoever it was passed on to from there, by whatever number of desks', async () => {
    const reference = await world.ask()
    await world.take({ desk: ASKER, reference }, 'withdraw', WITHDRAW)
    const withdrawal = letterOf(ASKER, ASKED, 'withdraw')
    world.advance(0.01)
    for (const [from, to] of [
      [ASKED, STRANGER],
      [STRANGER, GUARD],
    ] as const) {
      await world.take({ desk: from, reference }, 'forward', { ...FORWARD, forwardTo: to })
      await world.deliver(letterOf(from, to, 'case'))
    }
    expect((await world.case(GUARD, reference))?.row).toMatchObject({ state: 'received', is_open: true })
    await world.deliver(withdrawal)
    await world.deliverAll()
    for (const desk of [ASKER, ASKED, STRANGER, GUARD])
      expect((await world.case(desk, reference))?.row, desk).toMatchObject({ state: 'withdrawn', is_open: false })
    // Brought in for nothing, it keeps nothing of the request.
    expect((await world.case(GUARD, reference))?.row.label).toBe('')
  })
})

describe('what comes before its case', () => {
  const lure = (letter: Letter): Letter => ({
    ...letter,
    from: { org: 'es.coast', unit: STRANGER },
    body: {
      ...letter.body,
      data: { ...(letter.body.data as object), step: { ...stepIn(letter), id: 'a-step-of-a-stranger', desk: STRANGER } },
    },
  })
  const stepIn = ({ body }: Letter) => (body.data as { readonly step: object }).step

  it('keeps the case from nobody when it may not be taken: the case comes, what else waited is taken, and the log says what was refused', async () => {
    const reference = await crossed()
    await world.deliver(lure(letterOf(ASKER, GUARD, 'withdraw')))
    await world.deliver(letterOf(ASKER, GUARD, 'withdraw'))
    await world.deliver(letterOf(ASKED, GUARD, 'case'))
    expect((await world.case(GUARD, reference))?.row.state).toBe('withdrawn')
    expect(await world.rows('select step from procedures.early_steps')).toEqual([{ step: 'a-step-of-a-stranger' }])
    expect(await world.rows("select reason from audit.events where event = 'procedures.case-received' and outcome = 'refused'")).toEqual([
      { reason: 'The desk that speaks does not fill the role it speaks in.' },
    ])
    world.advance(59 * 24)
    await eraseEarly(world.services)
    expect(await world.rows('select step from procedures.early_steps')).toHaveLength(1)
    world.advance(2 * 24)
    await eraseEarly(world.services)
    await eraseEarly(world.services)
    expect(await world.rows('select step from procedures.early_steps')).toEqual([])
    expect(await world.rows("select subject_ids, detail from audit.events where event = 'procedures.values-purged'")).toEqual([
      { subject_ids: [GUARD], detail: { early: 1 } },
    ])
  })

  it('waits for whoever names the desk it is of', async () => {
    const reference = await world.ask()
    await world.take({ desk: ASKED, reference }, 'ack', {})
    const template = letterOf(ASKED, ASKER, 'ack')
    const toAsked = (from: string, step: Readonly<Record<string, unknown>>): Letter => ({
      ...template,
      from: { org: from.slice(0, from.lastIndexOf('.')), unit: from },
      to: [template.from],
      body: {
        type: 'procedures.step',
        data: { reference, procedure: 'PR-02', step: { order: 9, at: Date.parse('2026-11-24T09:00:00Z'), ...step } },
      },
    })
    const [party] = ((await world.case(ASKED, reference))?.row.parties['requester'] ?? []).map((each) => ({ ...each, desk: STRANGER }))
    await world.deliver(toAsked(STRANGER, { id: `${reference}-copy`, order: 10, transition: 'copyReceived', role: null, fields: {} }))
    await world.deliver(
      toAsked(ASKER, {
        id: `${reference}-named`,
        transition: '@parties',
        role: 'requester',
        fields: { role: 'ownSpoc', parties: [party] },
      }),
    )
    expect((await world.case(ASKED, reference))?.steps).toEqual(['receive', 'ack', '@parties', 'copyReceived'])
    expect(await world.rows('select step from procedures.early_steps')).toEqual([])
  })
})

describe('a file of a case', () => {
  let files = 0
  const fileOf = (
    reference: string,
    between: { readonly from: string; readonly to: string; readonly roles: readonly string[] },
  ): Letter => {
    const about = letterOf(ASKED, ASKER, 'forward')
    const org = (desk: string) => desk.slice(0, desk.lastIndexOf('.'))
    files += 1
    const digests = { sha256: 'a'.repeat(64), sha512: 'b'.repeat(128) }
    const { from, to, roles } = between
    const at = '2026-11-24T08:00:00Z'
    return {
      ...about,
      from: { org: org(from), unit: from },
      to: [{ org: org(to), unit: to }],
      body: {
        type: 'procedures.file',
        data: {
          reference,
          procedure: 'PR-02',
          file: `file-${files}`,
          name: 'A photograph',
          size: 10,
          ...digests,
          roles,
          personal: false,
          at,
        },
      },
    }
  }
  const heldBy = async (desk: string, reference: string) => {
    const held = await world.case(desk, reference)
    return (await world.rows(`select file from procedures.files where case_id = '${held?.row.case_id}' and audience = array['${desk}']`))
      .length
  }
  const passedOn = async (): Promise<string> => {
    const reference = await world.ask()
    await world.take({ desk: ASKED, reference }, 'forward', FORWARD)
    return reference
  }

  it.each(['the file', 'the case'])('and the case itself, taken in at the same time, find each other: %s first', async (first) => {
    const reference = await passedOn()
    const pair = [fileOf(reference, { from: ASKER, to: GUARD, roles: ['requested'] }), letterOf(ASKED, GUARD, 'case')] as const
    if (first === 'the file') await together(...pair)
    else await together(pair[1], pair[0])
    expect(await heldBy(GUARD, reference)).toBe(1)
  })

  it('waits for the step that brings in the desk it is of', async () => {
    const reference = await passedOn()
    const forward = letterOf(ASKED, ASKER, 'forward')
    await world.deliver(letterOf(ASKED, GUARD, 'case'))
    await world.deliver(fileOf(reference, { from: GUARD, to: ASKER, roles: ['requester'] }))
    expect(await heldBy(ASKER, reference)).toBe(0)
    await world.deliver(forward)
    expect(await heldBy(ASKER, reference)).toBe(1)
  })
})

describe('a withdrawal, forwards, their receipts and what follows from them', () => {
  it.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'end as one withdrawn request on every desk, in whatever order they come (%i)',
    async (seed) => {
      const random = createSeededRandom(seed)
      const reference = await world.ask()
      const told: string[] = []
      const act = async (desk: string, step: string, fields: Readonly<Record<string, unknown>>): Promise<void> => {
        told.push(`${desk}: ${step} ${JSON.stringify(fields)}`)
        await world.take({ desk: desk, reference }, step, fields)
        // At one instant the ids decide.
        if (random.chance(0.5)) world.advance(0.01)
      }
      /** What one desk tells another comes in the order it was told, some of it twice; between two pairs there is no order. */
      const deliverOne = async (): Promise<void> => {
        const pair = (letter: Letter) => `${letter.from.unit} > ${unit(letter)}`
        const heads = world.post.filter((letter, at) => world.post.findIndex((each) => pair(each) === pair(letter)) === at)
        const letter = random.pick(heads)
        const rivals = heads.filter((each) => each !== letter && unit(each) === unit(letter))
        told.push(`${pair(letter)}: ${stepOf(letter)}`)
        if (random.chance(0.2)) await world.deliver({ ...letter })
        if (rivals.length === 0 || random.chance(0.5)) return await world.deliver(letter)
        const rival = random.pick(rivals)
        told.push(`at once ${pair(rival)}: ${stepOf(rival)}`)
        await together(letter, rival)
      }
      let isWithdrawn = false
      for (let turn = 0; turn < 12 && !isWithdrawn; turn++) {
        const desk = random.pick([ASKED, GUARD, STRANGER])
        const held = await world.case(desk, reference)
        if (held?.row.own_turn === true && held.row.state === 'received') {
          const others = [ASKED, GUARD, STRANGER].filter((each) => each !== desk)
          if (random.chance(0.8)) await act(desk, 'forward', { ...FORWARD, forwardTo: random.pick(others) })
          else await act(desk, 'triage', { crossCheckLooked: true, accessClass: 'direct' })
        }
        if (random.chance(0.2)) {
          isWithdrawn = true
          await act(ASKER, 'withdraw', WITHDRAW)
        }
        while (world.post.length > 0 && random.chance(0.5)) await deliverOne()
      }
      if (!isWithdrawn) await act(ASKER, 'withdraw', WITHDRAW)
      while (world.post.length > 0) await deliverOne()
      const asker = await world.case(ASKER, reference)
      for (const desk of [ASKER, ASKED, GUARD, STRANGER]) {
        const held = await world.case(desk, reference)
        told.push(JSON.stringify([desk, held?.row.state, held?.row.is_open, held?.desks, held?.steps]))
      }
      const about = told.join('\n')
      expect(asker?.row.state, about).toBe('withdrawn')
      for (const desk of [ASKED, GUARD, STRANGER]) {
        const held = await world.case(desk, reference)
        if (held === undefined) continue
        expect(held.row.is_open, about).toBe(false)
        if (asker?.desks.includes(desk) === true) expect(held.row, about).toMatchObject({ state: 'withdrawn', label: 'REF-1' })
      }
      expect(await world.rows('select step from procedures.early_steps'), about).toEqual([])
    },
  )
})
