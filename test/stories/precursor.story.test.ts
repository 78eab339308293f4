/**
 * The notification of an export of drug precursors under Regulation (EC) No 111/2005, over nodes (S15): fifteen working days across Easter, counted by the
 * country of destination, end on the same day on both sides; its silence authorises nothing, a person does. Names of companies leave the Union only through
 * the gate for third countries.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AUTHORITIES } from '../../src/testing/authorities.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { type CaseDesk, caseDesk, instants, refusal } from './case.ts'

const DAY = 24
/** Friday, nine in the morning at Guayaquil, three in the afternoon at Antwerp. */
const FRIDAY = '2027-03-05T14:00:00Z'
/** Good Friday (26 March) is off in Ecuador and a working day in Belgium; there Easter Monday (29 March) is off. */
const END_GUAYAQUIL = '2027-03-30T05:00:00.000Z'
const END_ANTWERP = '2027-03-26T23:00:00.000Z'

let coalition: TestCoalition
let office: CaseDesk
let head: CaseDesk
let destination: CaseDesk
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['be-antwerp', 'ec-guayaquil'], also: AUTHORITIES, at: FRIDAY })
  const chemicals = { node: 'be-antwerp', desk: 'be.chemicals.precursors' }
  office = await caseDesk(coalition, chemicals)
  head = await caseDesk(coalition, { ...chemicals, account: 'be.chemicals.precursors.lead' })
  destination = await caseDesk(coalition, { node: 'ec-guayaquil', desk: 'ec.ports.facilities' })
})
afterAll(async () => await coalition.stop())

const FILE = {
  reference: 'BE-2027-0012',
  destinationCountry: 'EC',
  countryListed: true,
  exporterName: 'Chemie Antwerpen NV',
  exporterAddress: 'Scheldelaan 1, Antwerpen',
  importerName: 'Quimica del Guayas SA',
  importerAddress: 'Calle 1, Guayaquil',
  consigneeName: 'Pinturas Pacifico SA',
  consigneeAddress: 'Calle 2, Duran',
  categories: ['category2'],
  substances: [{ name: 'Acetic anhydride', cas: '108-24-7' }],
  amounts: [{ name: 'Acetic anhydride', quantity: '20 drums', weightKg: 4000 }],
  dispatchOn: '2027-05-10',
  transportMethod: 'sea',
  customsOffice: 'BE101000 Antwerpen',
  means: 'MSC Example',
  itinerary: 'Antwerpen to Guayaquil',
  art17: false,
  licence: 'BE-REG-17',
}
const clockOf = (seen: Awaited<ReturnType<CaseDesk['look']>>, id: string) => seen.clocks.find((clock) => clock.id === id)

describe('a precursor notification (S15)', () => {
  it('is due fifteen working days later by the calendar of the destination, on the same day on both sides; silence authorises nothing, a person does', async () => {
    const id = await office.open('PR-18', { destination: ['ec.ports.facilities'] })
    await office.take(id, 'declareComplete', FILE)
    expect(await refusal(office.take(id, 'proceedWithout'))).toContain('Art 11(1)')
    expect(await refusal(office.take(id, 'notify', { secrecyAsked: false }))).toContain('Art 11(2), second subparagraph')
    const { reference } = await office.take(id, 'notify', { secrecyAsked: true })
    const theirs = await destination.arrived(reference, ({ clocks }) => clocks.length > 1)
    const ours = await office.arrived(reference, (seen) => clockOf(seen, 'destinationReply') !== undefined)
    const received = theirs.history.find(({ transition }) => transition === 'arrive')?.at ?? ''
    expect(received.slice(0, 10)).toBe('2027-03-05')
    expect(theirs).toMatchObject({ state: 'sentToDestination', role: 'destination', ownTurn: true })
    expect(theirs.values).toMatchObject({ consigneeName: FILE.consigneeName, licence: FILE.licence, secrecyAsked: true })
    expect(JSON.stringify(theirs)).not.toContain('countryListed')
    expect(instants(theirs)).toEqual(instants(ours))
    for (const seen of [theirs, ours]) {
      expect(clockOf(seen, 'destinationReply')).toMatchObject({
        kind: 'law',
        state: 'running',
        safe: END_GUAYAQUIL,
        legalLatest: END_GUAYAQUIL,
        basis: { art: 'Art 11(1), second subparagraph', mark: 'V' },
      })
      expect(clockOf(seen, 'destinationReply')?.explain).toContain('Art 11(1)')
      // The same fifteen days in the calendar of the authority of export are others.
      expect(clockOf(seen, 'decision')).toMatchObject({ safe: END_ANTWERP, basis: { art: 'Art 13(2)', mark: 'V' } })
    }

    // Easter Monday at Antwerp, the last day at Guayaquil: nobody authorises before it is over.
    coalition.clock.advance(24 * DAY)
    await coalition.sweep()
    expect(await office.look(id)).toMatchObject({ state: 'sentToDestination' })
    expect(clockOf(await office.look(id), 'destinationReply')?.state).toBe('running')
    expect((await destination.notices(theirs.case, 'clock')).map(({ clock }) => clock?.label)).toEqual([
      'Reply of the country of destination',
    ])
    const authorise = { authorisationNumber: 'EXP-2027-1', noSuspicion: true }
    expect(await refusal(office.take(id, 'authorise', authorise))).toContain('Not possible in the state sentToDestination')

    // An hour and a half after its last day has ended there: for an hour an answer given in time may still come.
    coalition.clock.advance(16.5)
    await coalition.sweep()
    const silent = await office.arrived(reference, ({ state }) => state === 'silentExpired')
    expect(silent).toMatchObject({ stateTitle: 'No reply: may be authorised', ownTurn: true, isOpen: true })
    expect(await destination.look(theirs.case)).toMatchObject({ state: 'silentExpired', ownTurn: false })
    expect(silent.history.at(-1)).toMatchObject({ transition: 'silence', to: 'silentExpired' })
    expect(silent.history.at(-1)?.role).toBeUndefined()
    expect(instants(silent)).toEqual(instants(await destination.look(theirs.case)))
    expect((await office.notices(id, 'told')).map(({ text }) => text)).toEqual([
      'No advice came from the destination. The export may be authorised; somebody must decide.',
    ])
    expect(await destination.notices(theirs.case, 'told')).toEqual([])

    // However long nobody acts, nothing is authorised.
    coalition.clock.advance(20 * DAY)
    await coalition.sweep()
    expect(await office.look(id)).toMatchObject({ state: 'silentExpired' })
    expect(await refusal(destination.take(theirs.case, 'authorise', authorise))).toContain('another role')
    expect(await refusal(office.take(id, 'authorise', { ...authorise, noSuspicion: false }))).toContain('Art 15(d)')
    await head.take(id, 'authorise', authorise)
    const authorised = await destination.arrived(reference, ({ state }) => state === 'authorised')
    expect(authorised.values['authorisationNumber']).toBe('EXP-2027-1')
    expect(JSON.stringify(authorised)).not.toContain('noSuspicion')
    expect((await office.look(id)).history.at(-1)).toMatchObject({
      transition: 'authorise',
      role: 'exportAuthority',
      by: 'Head of be.chemicals.precursors',
    })
    expect(instants(authorised)).toEqual(instants(await office.look(id)))
  })
  it('is received again when the file is refused, taken up again and notified once more: a new period, and no word of the reasons', async () => {
    const id = await office.open('PR-18', { destination: ['ec.ports.facilities'] })
    await office.take(id, 'declareComplete', { ...FILE, reference: 'BE-2027-0013' })
    const { reference } = await office.take(id, 'notify', { secrecyAsked: true })
    const theirs = await destination.arrived(reference, (seen) => clockOf(seen, 'destinationReply') !== undefined)
    await office.arrived(reference, (seen) => clockOf(seen, 'destinationReply') !== undefined)
    await head.take(id, 'refuse', { ground: 'd', reasons: 'SUSPICION-OF-DIVERSION' })
    const refused = await destination.arrived(reference, ({ state }) => state === 'refused')
    expect(JSON.stringify(refused)).not.toContain('SUSPICION')
    expect(clockOf(refused, 'destinationReply')?.state).toBe('stopped')
    coalition.clock.advance(2 * DAY)
    await office.take(id, 'reopen', { closingNote: 'The operator gave another consignee.' })
    await office.take(id, 'notify', { secrecyAsked: true })
    const again = await destination.arrived(reference, (seen) => clockOf(seen, 'destinationReply#2') !== undefined)
    const ours = await office.arrived(reference, (seen) => clockOf(seen, 'destinationReply#2') !== undefined)
    expect(clockOf(again, 'destinationReply#2')).toMatchObject({ kind: 'law', state: 'running' })
    expect(clockOf(again, 'decideAgain')).toMatchObject({ kind: 'policy', state: 'running' })
    expect(instants(again)).toEqual(instants(ours))
    const receipts = again.history.filter(({ transition, overtaken }) => transition === 'arrive' && !overtaken)
    expect(receipts).toHaveLength(2)
    expect(await destination.look(theirs.case)).toMatchObject({ state: 'sentToDestination', ownTurn: true })
  })
})
