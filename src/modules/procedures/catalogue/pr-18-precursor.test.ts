/** PR-18: fifteen working days in the calendar of the destination, silence that authorises nothing, six months of validity, the four grounds of Article 15. */
import { describe, expect, it } from 'vitest'
import { formOf } from '#kernel/procedure/form.ts'
import { isClockFor, isFor, isTold } from '../server/parties.ts'
import { type DriveOptions, drive } from './drive.fixture.ts'
import { shipped, systemSteps } from './shipped.fixture.ts'

const definition = shipped('pr-18-precursor.yaml')
const formats = { cas: (text: string) => (text === '108-24-7' ? undefined : 'not a CAS number.') }
const colombia: DriveOptions['parties'] = { destination: { country: 'CO', calendar: 'CO', zone: 'America/Bogota', kind: 'ministry' } }
const file = {
  reference: 'BE-2027-0012',
  destinationCountry: 'CO',
  countryListed: true,
  exporterName: 'Chemie Antwerpen NV',
  exporterAddress: 'Scheldelaan 1, Antwerpen',
  importerName: 'Quimica del Norte SA',
  importerAddress: 'Calle 1, Barranquilla',
  consigneeName: 'Pinturas Caribe SA',
  consigneeAddress: 'Calle 2, Barranquilla',
  categories: ['category2'],
  substances: [{ name: 'Acetic anhydride', cas: '108-24-7' }],
  amounts: [{ name: 'Acetic anhydride', quantity: '20 drums', weightKg: 4000 }],
  dispatchOn: '2027-05-10',
  transportMethod: 'sea',
  customsOffice: 'BE101000 Antwerpen',
  means: 'MSC Example',
  itinerary: 'Antwerpen to Barranquilla',
  art17: false,
  licence: 'BE-REG-17',
}
const authorisation = { authorisationNumber: 'EXP-1', noSuspicion: true }
const withoutListing = Object.fromEntries(Object.entries(file).filter(([id]) => id !== 'countryListed'))

function complete(changed: Readonly<Record<string, unknown>> = {}, parties: DriveOptions['parties'] = colombia) {
  const run = drive(definition, { parties: parties ?? {}, formats })
  expect(run.take('exportAuthority', 'declareComplete', { ...file, ...changed }, { at: '2027-03-15T08:00:00Z' })).toMatchObject({
    kind: 'move',
  })
  return run
}
function notified(changed: Readonly<Record<string, unknown>> = {}) {
  const run = complete(changed)
  expect(run.take('exportAuthority', 'notify', { secrecyAsked: true })).toMatchObject({ kind: 'move', to: 'sentToDestination' })
  run.take(null, 'arrive', {}, { at: '2027-03-15T14:00:00Z' })
  return run
}

describe('the period of the destination', () => {
  it('counts fifteen working days across Easter in the calendar of the destination', () => {
    // Colombia 2027: Saint Joseph on Monday 22 March, Maundy Thursday 25 and Good Friday 26 March are off; Easter Monday is not.
    expect(
      notified()
        .clocks()
        .find(({ id }) => id === 'destinationReply'),
    ).toMatchObject({
      kind: 'law',
      safe: '2027-04-09T05:00:00.000Z',
      legalLatest: '2027-04-09T05:00:00.000Z',
    })
  })

  it('counts another Easter where the destination keeps another', () => {
    const run = complete(
      { destinationCountry: 'RS' },
      { destination: { country: 'RS', calendar: 'RS', zone: 'Europe/Belgrade', kind: 'ministry' } },
    )
    run.take('exportAuthority', 'notify', { secrecyAsked: true }, { at: '2027-04-13T06:00:00Z' })
    run.take(null, 'arrive', {}, { at: '2027-04-14T08:00:00Z' })
    // Orthodox Good Friday 30 April and Easter Monday 3 May 2027 are off.
    expect(run.clocks().find(({ id }) => id === 'destinationReply')?.safe).toBe('2027-05-07T22:00:00.000Z')
  })

  it('runs from the receipt that the official channel shows when the notification went by PEN Online', () => {
    const run = complete()
    const sent = { secrecyAsked: true, penReference: 'PEN-77', notifiedAt: '2027-03-15T14:00:00Z' }
    expect(run.take('exportAuthority', 'notifyElsewhere', sent, { at: '2027-03-15T13:00:00Z' })).toMatchObject({ code: 'guard' })
    expect(run.take('exportAuthority', 'notifyElsewhere', sent, { at: '2027-03-16T09:00:00Z' })).toMatchObject({ kind: 'move' })
    expect(run.clocks().find(({ id }) => id === 'destinationReply')?.safe).toBe('2027-04-09T05:00:00.000Z')
  })

  it('keeps the first receipt when the notification is passed on', () => {
    const run = notified()
    run.take('destination', 'forward', { newDestination: 'co.minjusticia.desk' }, { at: '2027-03-18T14:00:00Z' })
    run.take(null, 'arrive', {}, { at: '2027-03-18T15:00:00Z' })
    expect(run.clocks().filter(({ id }) => id.startsWith('destinationReply'))).toMatchObject([{ safe: '2027-04-09T05:00:00.000Z' }])
  })
})

describe('silence', () => {
  it('ends in "may be authorised" and in nothing more; a person decides', () => {
    const run = notified()
    expect(run.take(null, 'silence', {}, { at: '2027-04-09T05:00:00Z' })).toMatchObject({ kind: 'move', to: 'silentExpired' })
    expect(run.take(null, 'authorise', authorisation)).toMatchObject({ kind: 'refused', code: 'role' })
    expect(run.state()).toBe('silentExpired')
    expect(run.take('exportAuthority', 'authorise', authorisation)).toMatchObject({ kind: 'move', to: 'authorised' })
  })

  it('of a destination notified by PEN Online is recorded by the authority, never before three weeks', () => {
    const run = complete()
    run.take('exportAuthority', 'notifyElsewhere', { secrecyAsked: true, penReference: 'PEN-77', notifiedAt: '2027-03-15T07:00:00Z' })
    expect(run.take('exportAuthority', 'recordSilence', { periodOver: true }, { at: '2027-04-02T09:00:00Z' })).toMatchObject({
      code: 'guard',
    })
    expect(run.take('exportAuthority', 'recordSilence', { periodOver: false }, { at: '2027-04-09T09:00:00Z' })).toMatchObject({
      code: 'guard',
    })
    expect(run.take('exportAuthority', 'recordSilence', { periodOver: true })).toMatchObject({ to: 'silentExpired' })
    expect(notified().take('exportAuthority', 'recordSilence', { periodOver: true }, { at: '2027-04-09T09:00:00Z' })).toMatchObject({
      code: 'guard',
    })
  })

  it('gives the system no step that authorises', () => {
    const grants = definition.transitions.filter(({ to }) => to === 'authorised').map(({ id }) => id)
    expect(grants).toEqual(['authorise', 'resume'])
    expect(systemSteps(definition).filter((id) => grants.includes(id))).toEqual([])
  })

  it('does not open the authorisation before the period is over', () => {
    expect(notified().take('exportAuthority', 'authorise', authorisation)).toMatchObject({ kind: 'refused', code: 'state' })
  })

  it('is not what the authority of export hears by another channel: it records the reply with its reference', () => {
    const run = notified()
    expect(run.take('exportAuthority', 'replyNoObjection')).toMatchObject({ code: 'role' })
    const reply = { replyChannel: 'penOnline', replyText: 'No objection.' }
    expect(run.take('exportAuthority', 'recordNoObjection', reply)).toMatchObject({ problems: [{ at: 'replyReference' }] })
    expect(run.take('exportAuthority', 'recordNoObjection', { ...reply, replyReference: 'PEN-77' })).toMatchObject({ to: 'noObjection' })
    expect(run.take('exportAuthority', 'recordObjection', { ...reply, replyReference: 'PEN-78' })).toMatchObject({ to: 'objection' })
  })

  it('still hears the destination after the period, until the decision', () => {
    const run = notified()
    run.take(null, 'silence', {}, { at: '2027-04-09T05:00:00Z' })
    expect(run.take('destination', 'replyObjection', { replyText: 'Unknown consignee.' })).toMatchObject({
      to: 'objection',
    })
    expect(run.take('exportAuthority', 'authorise', authorisation)).toMatchObject({ code: 'state' })
    expect(run.take('exportAuthority', 'refuse', { ground: 'd', reasons: 'The consignee does not exist.' })).toMatchObject({
      to: 'refused',
    })
    expect(run.clocks().every(({ due }) => due.state !== 'running')).toBe(true)
  })
})

describe('who must be notified', () => {
  it('refuses to go on without notification for Category 1 and for a listed country, with the article', () => {
    const first = complete({ categories: ['category1', 'category2'] })
    expect(first.take('exportAuthority', 'proceedWithout')).toMatchObject({ code: 'guard', basis: { art: 'Art 11(1)' } })
    expect(complete().take('exportAuthority', 'proceedWithout')).toMatchObject({
      code: 'guard',
      because: expect.stringContaining('listed country'),
    })
  })

  it('goes on for Category 2 to a country that is not listed, and still decides', () => {
    const run = complete({ countryListed: false })
    expect(run.take('exportAuthority', 'proceedWithout')).toMatchObject({ to: 'notNeeded' })
    expect(run.take('exportAuthority', 'noAuthorisationNeeded')).toMatchObject({
      code: 'guard',
      basis: { art: 'Art 12(1), third subparagraph' },
    })
    expect(run.take('exportAuthority', 'authorise', authorisation)).toMatchObject({ to: 'authorised' })
  })

  it('needs no authorisation for Category 3 alone where no notification is required', () => {
    const run = complete({ categories: ['category3'], countryListed: false })
    run.take('exportAuthority', 'proceedWithout')
    expect(run.take('exportAuthority', 'noAuthorisationNeeded')).toMatchObject({ to: 'closed' })
  })

  it('asks no licence of Category 4 and one of every other', () => {
    const { licence: _, ...without } = withoutListing as typeof file
    const run = drive(definition, { parties: colombia, formats })
    expect(run.take('exportAuthority', 'declareComplete', { ...without, categories: ['category1'] })).toMatchObject({
      kind: 'fields',
      problems: [{ code: 'field.missing', at: 'licence' }],
    })
    expect(run.take('exportAuthority', 'declareComplete', { ...without, categories: ['category4'] })).toMatchObject({ kind: 'move' })
  })

  it('addresses an authority of the country in the file and asks it for confidentiality', () => {
    const elsewhere = complete({ destinationCountry: 'PE' })
    expect(elsewhere.take('exportAuthority', 'notify', { secrecyAsked: true })).toMatchObject({
      code: 'guard',
      because: expect.stringContaining('country of destination'),
    })
    expect(complete().take('exportAuthority', 'notify', { secrecyAsked: false })).toMatchObject({
      code: 'guard',
      basis: { art: 'Art 11(2), second subparagraph' },
    })
  })
})

describe('the decision', () => {
  it('is due fifteen working days after the file is complete, in the calendar of the authority', () => {
    // Belgium 2027: Easter Monday 29 March is off.
    expect(
      complete()
        .clocks()
        .find(({ id }) => id === 'decision'),
    ).toMatchObject({ kind: 'law', safe: '2027-04-06T22:00:00.000Z' })
  })

  it('waits while an enquiry under Article 17 runs, and only then', () => {
    const run = complete({ art17: true, importAuthorisation: 'CO-IMP-1', importCopy: 'import.pdf' })
    expect(complete().take('exportAuthority', 'enquire', { enquiry: 'Genuine?' })).toMatchObject({
      code: 'guard',
      basis: { art: 'Art 13(2)' },
    })
    run.take('exportAuthority', 'enquire', { enquiry: 'Genuine?' }, { at: '2027-03-16T08:00:00Z' })
    expect(run.clocks()[0]?.due.state).toBe('suspended')
    run.take('exportAuthority', 'enquiryAnswered', { importAuthentic: true }, { at: '2027-03-18T08:00:00Z' })
    expect(run.clocks()[0]).toMatchObject({ due: { state: 'running' }, safe: '2027-04-08T22:00:00.000Z' })
  })

  it('needs an authentic import authorisation in the cases of Article 17', () => {
    const run = notified({ art17: true, importAuthorisation: 'CO-IMP-1', importCopy: 'import.pdf' })
    run.take('destination', 'replyNoObjection')
    expect(run.take('exportAuthority', 'authorise', { ...authorisation, importAuthentic: false })).toMatchObject({
      code: 'guard',
      basis: { art: 'Art 17' },
    })
    expect(run.take('exportAuthority', 'authorise', { ...authorisation, importAuthentic: true })).toMatchObject({ to: 'authorised' })
  })

  it('states what is to be supplied at the exit when itinerary or means are not known', () => {
    const run = notified({ itinerary: '', means: '' })
    run.take('destination', 'replyNoObjection')
    expect(run.take('exportAuthority', 'authorise', authorisation)).toMatchObject({ code: 'guard', basis: { art: 'Art 14(1)' } })
    expect(run.take('exportAuthority', 'authorise', { ...authorisation, exitNote: true })).toMatchObject({ to: 'authorised' })
    expect(run.take('exitCustoms', 'recordExit', { exitAt: '2027-03-15T13:00:00Z' })).toMatchObject({ kind: 'fields' })
  })

  it('may use ground (c) only in the cases of Article 17', () => {
    const refusal = { ground: 'c', reasons: 'The destination did not authorise the import.' }
    expect(complete().take('exportAuthority', 'refuse', refusal)).toMatchObject({ code: 'guard', basis: { art: 'Art 15(c)' } })
    const run = complete({ art17: true, importAuthorisation: 'CO-IMP-1', importCopy: 'import.pdf' })
    expect(run.take('exportAuthority', 'refuse', refusal)).toMatchObject({ to: 'refused' })
  })

  it('does not authorise with grounds for suspicion', () => {
    const run = notified()
    run.take('destination', 'replyNoObjection')
    expect(run.take('exportAuthority', 'authorise', { ...authorisation, noSuspicion: false })).toMatchObject({
      code: 'guard',
      basis: { art: 'Art 15(d)' },
    })
  })

  it('starts a period of policy when a refused file is taken up again, and keeps its reasons to itself', () => {
    const run = complete()
    run.take('exportAuthority', 'refuse', { ground: 'a', reasons: 'No entry point.' })
    for (const role of ['destination', 'exitCustoms']) expect(isFor(definition, 'reasons', [role])).toBe(false)
    run.take('exportAuthority', 'appealNoted', { appealReference: 'RvS 1' })
    run.take('exportAuthority', 'reopen', { closingNote: 'The court annulled the refusal.' })
    expect(run.clocks().map(({ id, due }) => [id, due.state])).toEqual([
      ['decision', 'met'],
      ['decideAgain', 'running'],
    ])
  })
})

describe('the authorisation', () => {
  function authorised(fields: Readonly<Record<string, unknown>> = {}) {
    const run = notified()
    run.take('destination', 'replyNoObjection', {}, { at: '2027-03-17T14:00:00Z' })
    expect(run.take('exportAuthority', 'authorise', { ...authorisation, ...fields }, { at: '2027-03-31T08:00:00Z' })).toMatchObject({
      kind: 'move',
    })
    return run
  }
  const validity = (run: ReturnType<typeof authorised>) => run.clocks().find(({ id }) => id === 'validity')

  it('is valid for six months, to the last day of a shorter month', () => {
    expect(validity(authorised())).toMatchObject({ kind: 'law', safe: '2027-09-30T22:00:00.000Z' })
  })

  it('is valid for less when it says so, and never for more', () => {
    expect(validity(authorised({ validUntil: '2027-06-30T22:00:00Z' }))?.safe).toBe('2027-06-30T22:00:00.000Z')
    const run = notified()
    run.take('destination', 'replyNoObjection')
    expect(run.take('exportAuthority', 'authorise', { ...authorisation, validUntil: '2028-01-31T22:00:00Z' })).toMatchObject({
      code: 'guard',
      basis: { art: 'Art 18' },
    })
  })

  it('is extended under exceptional circumstances and lapses unused', () => {
    const run = authorised()
    run.take('exportAuthority', 'extendValidity', { extendMonths: 1, extendReason: 'Strike in the port.' }, { at: '2027-09-20T08:00:00Z' })
    expect(validity(run)?.safe).toBe('2027-10-31T23:00:00.000Z')
    expect(run.take(null, 'lapse', {}, { at: '2027-11-02T00:00:00Z' })).toMatchObject({ to: 'lapsed' })
    expect(run.take('exportAuthority', 'close')).toMatchObject({ to: 'closed' })
  })

  it('is extended from the last day that it states, and to no other end than everybody counts who has the clock', () => {
    const run = authorised({ validUntil: '2027-06-30T22:00:00Z' })
    expect(
      run.take(
        'exportAuthority',
        'extendValidity',
        { extendMonths: 3, extendReason: 'Strike in the port.' },
        { at: '2027-06-20T08:00:00Z' },
      ),
    ).toMatchObject({ kind: 'move' })
    // The thirtieth of September: what was stated and three months, less than the nine months from the issue.
    expect(validity(run)?.safe).toBe('2027-09-30T22:00:00.000Z')
    expect(run.clocks('2027-07-02T00:00:00Z').find(({ id }) => id === 'validity')?.due.state).toBe('running')
    run.take('exportAuthority', 'extendValidity', { extendMonths: 1, extendReason: 'It goes on.' }, { at: '2027-09-20T08:00:00Z' })
    expect(validity(run)?.safe).toBe('2027-10-30T22:00:00.000Z')
    const extend = definition.transitions.find(({ id }) => id === 'extendValidity')
    if (extend === undefined) throw new Error('No step extends the validity.')
    for (const role of Object.keys(definition.roles).filter((each) => isClockFor(definition, 'validity', [each])))
      expect([role, isTold(extend, [role]), isFor(definition, 'extendMonths', [role])]).toEqual([role, true, true])
    // Nothing but the months says where the end is: no last day is typed that they could contradict.
    expect(formOf(definition, extend).map(({ field }) => field.id)).toEqual(['extendMonths', 'extendReason'])
  })

  it('is suspended and the shipment stopped, then revoked or given free again', () => {
    const run = authorised()
    const stop = run.take('exportAuthority', 'suspend', { stopReason: 'The consignee was dissolved.' }, { at: '2027-04-01T10:00:00Z' })
    expect(stop).toMatchObject({
      effects: expect.arrayContaining([{ kind: 'notify', roles: ['exitCustoms'], text: expect.stringContaining('Stop') }]),
    })
    expect(run.clocks().find(({ id }) => id === 'stopShipment')).toMatchObject({ kind: 'policy', safe: '2027-04-01T11:00:00.000Z' })
    expect(run.take('exitCustoms', 'recordExit', { exitAt: '2027-04-01T09:00:00Z', exitPoint: 'Antwerpen' })).toMatchObject({
      code: 'state',
    })
    run.take('exitCustoms', 'confirmStop', { stopDone: 'Held at quay 730.' }, { at: '2027-04-01T10:30:00Z' })
    expect(run.clocks().find(({ id }) => id === 'stopShipment')?.due.state).toBe('met')
    expect(run.take('exportAuthority', 'revoke', { stopReason: 'Confirmed.' })).toMatchObject({ to: 'revoked' })
  })

  it('comes to its end when the goods have left', () => {
    const run = authorised()
    const exit = { exitAt: '2027-05-12T06:00:00Z', exitPoint: 'Antwerpen' }
    expect(run.take('exitCustoms', 'recordExit', exit, { at: '2027-05-12T05:00:00Z' })).toMatchObject({
      code: 'guard',
      basis: { art: 'Art 14(2)' },
    })
    expect(run.take('exitCustoms', 'recordExit', exit, { at: '2027-05-12T07:00:00Z' })).toMatchObject({ to: 'shipped' })
    expect(validity(run)?.due.state).toBe('met')
    expect(run.take('exportAuthority', 'close')).toMatchObject({ to: 'closed' })
  })
})

it('keeps suspicion, enquiries and appeals with the authority of export', () => {
  const own = ['stopReason', 'enquiry', 'importAuthentic', 'noSuspicion', 'resumeReason', 'appealReference', 'missing']
  for (const field of definition.fields.filter(({ id }) => own.includes(id))) expect(field.audience).toEqual(['exportAuthority'])
})

describe('side paths', () => {
  it('a question of the destination does not stop its period', () => {
    const run = notified()
    run.take('destination', 'requestInfo', { question: 'Which consignee?' }, { at: '2027-03-16T14:00:00Z' })
    run.take('exportAuthority', 'provideInfo', { answer: 'Pinturas Caribe.' }, { at: '2027-03-18T14:00:00Z' })
    expect(run.clocks().find(({ id }) => id === 'destinationReply')).toMatchObject({
      due: { suspendedMs: 0 },
      safe: '2027-04-09T05:00:00.000Z',
    })
  })

  it('a file that is not complete starts no period', () => {
    const run = drive(definition, { parties: colombia, formats })
    expect(run.take('exportAuthority', 'askOperator', { missing: 'Itinerary' })).toMatchObject({ to: 'notified' })
    expect(run.clocks()).toEqual([])
  })

  it('advice after the authorisation reaches the authority, which may suspend', () => {
    const run = notified()
    run.take('destination', 'replyNoObjection')
    run.take('exportAuthority', 'authorise', authorisation)
    expect(run.take('destination', 'lateAdvice', { replyText: 'The consignee is a front.' })).toMatchObject({ to: 'authorised' })
    const heard = { replyChannel: 'penOnline', replyReference: 'PEN-9', replyText: 'The consignee is a front.' }
    expect(run.take('exportAuthority', 'recordLateAdvice', heard)).toMatchObject({ to: 'authorised' })
    expect(run.take('exportAuthority', 'suspend', { stopReason: 'Advice of the destination.' })).toMatchObject({ to: 'suspended' })
  })

  it('the operator may withdraw, and no period runs on', () => {
    const run = notified()
    expect(run.take('exportAuthority', 'withdraw', { closingNote: 'Order cancelled.' })).toMatchObject({ to: 'withdrawn' })
    expect(run.clocks().some(({ due }) => due.state === 'running')).toBe(false)
  })
})
