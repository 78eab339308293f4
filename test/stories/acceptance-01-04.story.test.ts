/** The acceptance scenarios S01 to S04 of measure 1, against four real nodes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  exportAlerts,
  hitRates,
  issueAlert,
  listAlerts,
  listConsignments,
  listEquipment,
  listPortActions,
  previewAlert,
  recallAlert,
  showAlert,
  showContainer,
  updateAlert,
} from '#modules/cargo/contract'
import { listMessages } from '#modules/exchange/contract'
import { listWork } from '#modules/procedures/contract'
import { CallRefused, type Client } from '../../src/app/client.ts'
import { move } from '../../src/app/demo/story.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { actKey, box, draftOf, issueAndWait } from './draft.ts'

let coalition: TestCoalition
beforeAll(async () => {
  coalition = await startCoalition()
})
afterAll(async () => await coalition.stop())

async function refusal(act: () => Promise<unknown>): Promise<CallRefused> {
  const error = await act().then(
    () => undefined,
    (caught: unknown) => caught,
  )
  expect(error).toBeInstanceOf(CallRefused)
  return error as CallRefused
}

describe('S01: the right digit', () => {
  it('refuses MSCU6639871 and shows the right digit', async () => {
    const guayaquil = await coalition.client('guayaquil')
    const refused = await refusal(
      async () => await guayaquil.call(issueAlert, { draft: draftOf(coalition, { subject: box('MSCU6639871') }), key: actKey() }),
    )
    expect(refused).toMatchObject({ status: 422, code: 'cargo.alert-invalid', body: { suggestions: { 'subject.number': 'MSCU6639870' } } })
  })

  it.each(['MSCU6639870', 'CSQU3054383'])('accepts %s', async (container) => {
    const guayaquil = await coalition.client('guayaquil')
    const { recipients } = await guayaquil.call(issueAlert, { draft: draftOf(coalition, { subject: box(container) }), key: actKey() })
    expect(recipients).toHaveLength(2)
  })

  it('takes a wrong digit that the officer has seen on the box, records that, and raises it as a signal', async () => {
    const guayaquil = await coalition.client('guayaquil')
    const antwerp = await coalition.client('antwerp')
    const alert = await issueAndWait(coalition, draftOf(coalition, { subject: { ...box('MSCU6639871'), asStated: true } }), {
      from: guayaquil,
      seenBy: [antwerp],
    })
    const view = await coalition.eventually(
      async () => await antwerp.call(showAlert, { alert }),
      (each) => each.signals.length > 0,
    )
    expect(view.content.subject?.asStated).toBe(true)
    expect(view.signals[0]?.detector.id).toBe('cargo.identity')
  })

  it('issues nothing twice under the same key', async () => {
    const guayaquil = await coalition.client('guayaquil')
    const key = actKey()
    const first = await guayaquil.call(issueAlert, { draft: draftOf(coalition), key })
    const second = await guayaquil.call(issueAlert, { draft: draftOf(coalition), key })
    expect(second.alert).toBe(first.alert)
  })
})

describe('S02: only the desks of the itinerary', () => {
  it('reaches the Spanish and the Belgian desk, the first entry being responsible', async () => {
    const guayaquil = await coalition.client('guayaquil')
    const { recipients, gate } = await guayaquil.call(previewAlert, draftOf(coalition))
    expect(recipients.map(({ desk, role }) => [desk, role])).toEqual([
      ['es.customs.algeciras', 'responsible'],
      ['be.customs.antwerp', 'involved'],
    ])
    expect(gate.decision).toBe('pass')
  })

  it('cannot be found in Genoa by any search, count, autocomplete or export, nor by another desk of the same node', async () => {
    const container = 'CSQU3054383'
    const [guayaquil, antwerp, algeciras] = [
      await coalition.client('guayaquil'),
      await coalition.client('antwerp'),
      await coalition.client('algeciras'),
    ]
    const alert = await issueAndWait(coalition, draftOf(coalition, { subject: box(container), bill: 'ONLYHERE01' }), {
      from: guayaquil,
      seenBy: [antwerp, algeciras],
    })
    for (const account of ['genoa', 'zeebrugge', 'belgium', 'spain']) {
      const outsider = await coalition.client(account)
      for (const input of [{}, { text: container }, { text: 'ONLYHERE01' }, { text: container.slice(0, 4) }, { state: 'issued' as const }])
        expect(await outsider.call(listAlerts, input)).toEqual({ items: [], counts: {} })
      const csv = await outsider.raw(exportAlerts, {})
      expect(csv.text.trim().split('\r\n')).toHaveLength(1)
      expect((await outsider.call(listEquipment, { container })).items).toEqual([])
      expect((await outsider.call(listConsignments, { bill: 'ONLYHERE01' })).items).toEqual([])
      expect((await outsider.call(listMessages, { context: alert })).items).toEqual([])
      expect((await outsider.call(listPortActions, {})).items).toEqual([])
      expect((await outsider.call(listWork, {})).counts).toEqual({ open: 0, overdue: 0, suspended: 0, waiting: 0, ceiling: 1000 })
      expect(await outsider.raw(showContainer, { container })).toEqual(await outsider.raw(showContainer, { container }))
      const page = await outsider.call(showContainer, { container })
      expect([page.alerts, page.sightings, page.signals]).toEqual([[], [], []])
      const hidden = await outsider.raw(showAlert, { alert })
      const never = await outsider.raw(showAlert, { alert: '01a00000-0000-7000-8000-000000000000' })
      expect(hidden).toEqual(never)
      expect(hidden.status).toBe(404)
    }
  })

  it('follows a changed itinerary: Genoa comes in, Antwerp loses the content and keeps the fact', async () => {
    const [guayaquil, antwerp, genoa] = [
      await coalition.client('guayaquil'),
      await coalition.client('antwerp'),
      await coalition.client('genoa'),
    ]
    const draft = draftOf(coalition)
    const alert = await issueAndWait(coalition, draft, { from: guayaquil, seenBy: [antwerp] })
    const changed = await guayaquil.call(updateAlert, {
      alert,
      legs: [...draft.legs.slice(0, 2), { role: 'discharge', place: 'ITGOA', eta: draft.legs[2]?.eta }],
      reason: 'Rebooked to Genoa',
      key: actKey(),
    })
    expect(changed).toMatchObject({ added: ['it.customs.genoa'], dropped: ['be.customs.antwerp'] })
    const arrived = await coalition.eventually(
      async () => await genoa.call(listAlerts, {}),
      ({ items }) => items.some((item) => item.alert === alert),
    )
    expect(arrived.items.find((item) => item.alert === alert)?.originator).toBe('ec.pcu.guayaquil')
    const gone = await coalition.eventually(
      async () => await antwerp.call(showAlert, { alert }),
      (view) => view.notice !== undefined,
    )
    expect(gone.content).toEqual({})
    expect(JSON.stringify(gone)).not.toContain('MSCU6639870')
  })

  it('is taken back everywhere by a recall', async () => {
    const [guayaquil, antwerp, algeciras] = [
      await coalition.client('guayaquil'),
      await coalition.client('antwerp'),
      await coalition.client('algeciras'),
    ]
    const alert = await issueAndWait(coalition, draftOf(coalition), { from: guayaquil, seenBy: [antwerp, algeciras] })
    expect(await guayaquil.call(recallAlert, { alert, reason: 'Source withdrew', key: actKey() })).toEqual({ recalled: 2 })
    for (const desk of [antwerp, algeciras]) {
      const view = await coalition.eventually(
        async () => await desk.call(showAlert, { alert }),
        (each) => each.notice !== undefined,
      )
      expect([view.notice, view.state, view.content]).toEqual(['recalled', 'recalled', {}])
    }
  })

  it('is not sent where the foreign authority behind it has not agreed', async () => {
    const guayaquil = await coalition.client('guayaquil')
    const draft = draftOf(coalition, { source: { origin: 'foreign-authority', personalData: true, originatorAgreed: false } })
    expect(await refusal(async () => await guayaquil.call(issueAlert, { draft, key: actKey() }))).toMatchObject({
      code: 'cargo.alert-gate',
    })
  })
})

describe('S03 and S04: time runs, and every end is told', () => {
  it('records who acknowledged and when', async () => {
    const [guayaquil, antwerp] = [await coalition.client('guayaquil'), await coalition.client('antwerp')]
    const alert = await issueAndWait(coalition, draftOf(coalition), { from: guayaquil, seenBy: [antwerp] })
    await move(antwerp, alert, { transition: 'ack' })
    const own = (await antwerp.call(showAlert, { alert })).parties[0]
    expect(own?.history.at(-1)).toMatchObject({ transition: 'ack', to: 'acknowledged', by: 'Targeting officer Antwerp' })
    const told = await coalition.eventually(
      async () => (await guayaquil.call(showAlert, { alert })).parties.find((party) => party.desk === 'be.customs.antwerp'),
      (party) => party?.state === 'acknowledged',
    )
    expect(told?.history.at(-1)?.at).toBe(own?.history.at(-1)?.at)
  })

  it('escalates to the backup desk when nobody acknowledges 24 h before arrival, and the originator sees it', async () => {
    const people = async () =>
      await Promise.all(['guayaquil', 'antwerp', 'belgium'].map(async (account) => await coalition.client(account)))
    let [guayaquil, antwerp, belgium] = (await people()) as [Client, Client, Client]
    const eta = new Date(coalition.clock.now().getTime() + 26 * 3_600_000).toISOString()
    const draft = draftOf(coalition, {
      legs: [
        { role: 'loading', place: 'ECGYE' },
        { role: 'discharge', place: 'BEANR', eta },
      ],
    })
    const alert = await issueAndWait(coalition, draft, { from: guayaquil, seenBy: [antwerp] })
    const due = (await antwerp.call(showAlert, { alert })).parties[0]?.clocks.find((clock) => clock.id === 'ack')
    // Four hours would end after the day before arrival: the earlier instant holds.
    expect(Date.parse(due?.safe ?? '')).toBe(Date.parse(eta) - 24 * 3_600_000)
    await coalition.sweep()
    expect((await belgium.raw(showAlert, { alert })).status).toBe(404)
    coalition.clock.advance(2.1)
    ;[guayaquil, antwerp, belgium] = (await people()) as [Client, Client, Client]
    await coalition.sweep()
    const backup = await belgium.call(showAlert, { alert })
    expect(backup.content.subject?.number).toBe('MSCU6639870')
    expect((await belgium.call(listWork, { show: 'overdue' })).items.some((item) => item.subject === alert)).toBe(true)
    const seen = (await guayaquil.call(showAlert, { alert })).parties[0]
    expect(seen?.clocks.find((clock) => clock.id === 'ack')?.state).toBe('missed')
    expect((await guayaquil.call(listWork, { show: 'overdue' })).items.some((item) => item.subject === alert)).toBe(true)
    await coalition.sweep()
    await move(belgium, alert, { transition: 'ack' })
    expect((await antwerp.call(showAlert, { alert })).parties[0]?.state).toBe('acknowledged')
  })

  it('leaves "not controlled: capacity" out of the denominator, says so, and shows it to the originator', async () => {
    const [guayaquil, antwerp] = [await coalition.client('guayaquil'), await coalition.client('antwerp')]
    const outcomes = ['positive', 'negative', 'negative', 'negative', 'positive', 'notControlled', 'notControlled'] as const
    for (const outcome of outcomes) {
      const alert = await issueAndWait(coalition, draftOf(coalition, { reasons: ['reefer-anomaly'] }), {
        from: guayaquil,
        seenBy: [antwerp],
      })
      await move(antwerp, alert, { transition: 'ack' })
      if (outcome === 'notControlled') await move(antwerp, alert, { transition: 'decline', declineCode: 'capacity' })
      else {
        await move(antwerp, alert, { transition: 'target' })
        await move(antwerp, alert, {
          transition: 'control',
          controlKind: 'scan',
          controlPlace: 'Scanner',
          controlledAt: coalition.clock.now().toISOString(),
        })
      }
      const found = {
        positive: { foundKind: 'cocaine', foundPlace: 'near-doors' },
        negative: {},
        notControlled: { notControlledReason: 'capacity' },
      }
      await move(antwerp, alert, { transition: 'recordOutcome', outcome, ...found[outcome] })
      const view = await coalition.eventually(
        async () => await guayaquil.call(showAlert, { alert }),
        (each) => each.outcomes.length === 1,
      )
      expect(view.outcomes[0]).toMatchObject({ desk: 'be.customs.antwerp', kind: outcome, fields: found[outcome] })
    }
    for (const client of [guayaquil, antwerp]) {
      const answer = await client.call(hitRates, {})
      expect(answer.denominator).toContain('not controlled are left out')
      const row = answer.rows.find((each) => each.reason === 'reefer-anomaly')
      expect(row).toMatchObject({ controlled: 5, positive: 2, notControlled: 2, rate: 0.4, suppressed: false })
      expect(row?.low).toBeLessThan(0.4)
      expect(row?.high).toBeGreaterThan(0.4)
      // Fewer than five: the cell is suppressed, whatever it holds.
      expect(answer.rows.filter((each) => each.suppressed).every((each) => each.controlled === undefined)).toBe(true)
    }
  })
})
