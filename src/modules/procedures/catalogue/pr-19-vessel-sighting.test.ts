/** PR-19: one look at a vessel, erased after thirty days when of no interest; MAOC-N through a partner state; boarding with the flag state's word. */
import { describe, expect, it } from 'vitest'
import { isFor } from '../server/parties.ts'
import { type DriveOptions, drive } from './drive.fixture.ts'
import { fieldsFor, shipped } from './shipped.fixture.ts'

const definition = shipped('pr-19-vessel-sighting.yaml')
const formats = { imo: () => undefined }
const sighting = {
  sightingNumber: 'S-12',
  seenAt: '2026-11-26T06:00:00Z',
  latitude: 36.1,
  longitude: -6.9,
  course: 350,
  speedKn: 38,
  lengthM: 9,
  engines: 3,
  hull: 'rigidInflatable',
  photo: 'IMG-77',
  reliability: 'A',
  accuracy: '1',
  exempt: 'none',
}
const enrichment = { register: 'Portuguese register', ruleState: 'ES', rule: 'needsAuthorisation' }
const request = {
  makingAuthority: 'Coast guard',
  investigating: 'Public prosecutor',
  description: 'Nine metre rigid inflatable',
  marks: 'PT-1234',
  locationNow: '36.1 N 6.9 W',
  outsideTerritorialSea: true,
  confirmNationality: true,
  offences: 'Illicit traffic',
  grounds: 'Transfer at sea seen',
  actions: ['board', 'search'],
  assurance: true,
}

function ofInterest(parties: DriveOptions['parties'] = {}, register: Readonly<Record<string, unknown>> = {}) {
  const run = drive(definition, { formats, parties: parties ?? {} })
  expect(run.take('observer', 'record', sighting, { at: '2026-11-26T07:00:00Z' })).toMatchObject({ kind: 'move', to: 'sighted' })
  expect(run.take('observer', 'enrich', { ...enrichment, ...register })).toMatchObject({ to: 'enriched' })
  expect(run.take('observer', 'markOfInterest', { interest: 'No authorisation known.' })).toMatchObject({ to: 'ofInterest' })
  return run
}

describe('MAOC-N', () => {
  it.each(['BE', 'DE'])('is reached from %s only through a partner state, and the answer names them', (country) => {
    const run = ofInterest({ observer: { country }, partnerState: { country: 'ES' } })
    expect(run.take('observer', 'referAsPartner')).toMatchObject({
      code: 'guard',
      because: expect.stringContaining('Spain, France, Ireland'),
    })
    expect(run.take('observer', 'sendToPartner')).toMatchObject({ to: 'withPartner' })
    expect(run.take('observer', 'referToMaoc')).toMatchObject({ code: 'role' })
    expect(run.take('partnerState', 'referToMaoc', { referral: 'M-1' })).toMatchObject({
      to: 'referred',
      effects: [{ kind: 'send', roles: ['maoc'] }],
    })
  })

  it('is not reached through a state that is no partner', () => {
    const run = ofInterest({ observer: { country: 'BE' }, partnerState: { country: 'DE' } })
    expect(run.take('observer', 'sendToPartner')).toMatchObject({
      code: 'guard',
      because: expect.stringContaining('Belgium and Germany are no partners'),
    })
  })

  it('is reached directly by a partner', () => {
    expect(ofInterest({ observer: { country: 'PT' } }).take('observer', 'referAsPartner')).toMatchObject({ to: 'referred' })
  })

  it('is reached by no other step', () => {
    const sending = definition.transitions.filter(({ effects }) =>
      effects.some((effect) => effect.kind === 'send' && effect.roles.includes('maoc')),
    )
    expect(sending.map(({ id }) => id)).toEqual(['referToMaoc', 'referAsPartner'])
    for (const { guards } of sending) expect(guards?.length).toBeGreaterThan(0)
  })

  it('through the United Kingdom gets personal data only with an authorisation of the transfer', () => {
    const parties = { observer: { country: 'BE' }, partnerState: { country: 'GB' } }
    expect(ofInterest(parties).take('observer', 'sendToPartner')).toMatchObject({ to: 'withPartner' })
    const withOwner = ofInterest(parties, { owner: 'Anna Example' })
    expect(withOwner.take('observer', 'sendToPartner')).toMatchObject({ code: 'guard', basis: { art: 'Art 35' } })
    expect(withOwner.take('observer', 'sendToPartner', { transfer: 'PR-24 / 3' })).toMatchObject({ to: 'withPartner' })
  })
})

describe('a sighting of no interest', () => {
  it('is erased after thirty days, with what would tell the vessel or its owner', () => {
    const run = drive(definition, { formats })
    run.take('observer', 'record', sighting, { at: '2026-11-26T07:00:00Z' })
    run.take('observer', 'enrich', { ...enrichment, owner: 'Anna Example', registration: 'PT-1234' })
    run.take('observer', 'markOfNoInterest')
    expect(run.clocks().find(({ id }) => id === 'erase')).toMatchObject({ kind: 'policy', safe: '2026-12-26T23:00:00.000Z' })
    expect(run.take(null, 'eraseNoInterest', {}, { at: '2026-12-26T23:00:01Z' })).toMatchObject({ to: 'erased' })
    const { values } = run.fold()
    for (const id of ['owner', 'registration', 'vesselName', 'seenAt', 'latitude', 'longitude', 'photo']) expect(values[id]).toBeUndefined()
  })

  it('is looked at again before it is erased, and then the clock stops', () => {
    const run = drive(definition, { formats })
    run.take('observer', 'record', sighting, { at: '2026-11-26T07:00:00Z' })
    run.take('observer', 'markOfNoInterest')
    expect(run.take('observer', 'reconsider', { note: 'Seen again.' })).toMatchObject({ to: 'enriched' })
    expect(run.clocks('2027-06-01T00:00:00Z').find(({ id }) => id === 'erase')?.due.state).toBe('stopped')
  })

  it('is kept for thirty days and no more in the retention too', () => {
    expect(definition.retention[0]).toMatchObject({ review: 'P30D', erase: 'P30D' })
  })
})

describe('the flag state', () => {
  const asked = (changed: Readonly<Record<string, unknown>> = {}, flag: string = 'PT') => {
    const run = ofInterest({ flagState: { country: flag, calendar: 'PT', zone: 'Europe/Lisbon' } })
    return { run, decision: run.take('observer', 'requestFlag', { ...request, ...changed }, { at: '2026-11-26T08:00:00Z' }) }
  }

  it.each(['makingAuthority', 'investigating', 'description', 'marks', 'locationNow', 'offences', 'grounds', 'actions'])(
    'is told %s (Article 21)',
    (field) => {
      expect(asked({ [field]: '' }).decision).toMatchObject({ kind: 'fields', problems: [{ code: 'field.missing', at: field }] })
    },
  )

  it('is asked for waters outside the territorial sea, with the assurance of the same treatment', () => {
    expect(asked({ outsideTerritorialSea: false }).decision).toMatchObject({ code: 'guard', basis: { art: 'Art 6' } })
    expect(asked({ assurance: false }).decision).toMatchObject({ code: 'guard', basis: { art: 'Art 21(d)' } })
    expect(asked().decision).toMatchObject({ to: 'flagRequested' })
  })

  it('of a third country gets suspicion and grounds with an authorisation of the transfer', () => {
    expect(asked({}, 'PA').decision).toMatchObject({ code: 'guard', basis: { art: 'Art 35' } })
    expect(asked({ transfer: 'PR-24 / 4' }, 'PA').decision).toMatchObject({ to: 'flagRequested' })
    expect(asked({}, 'NO').decision).toMatchObject({ to: 'flagRequested' })
  })

  it('has four hours from receipt by policy, and its silence is no authorisation', () => {
    const { run } = asked()
    run.take(null, 'arrive', {}, { at: '2026-11-26T08:30:00Z' })
    expect(run.clocks().find(({ id }) => id === 'flagReply')).toMatchObject({ kind: 'policy', safe: '2026-11-26T12:30:00.000Z' })
    expect(definition.clocks.find(({ id }) => id === 'flagReply')?.basis.mark).toBe('M')
    expect(run.take(null, 'flagSilent', {}, { at: '2026-11-26T12:30:01Z' })).toMatchObject({ to: 'flagRequested' })
    expect(run.take('observer', 'recordOutcome', { result: 'found', resultText: 'x', boarded: true, evidenceSummary: 'x' })).toMatchObject({
      code: 'state',
    })
    expect(run.take('observer', 'authoriseAction', { nationality: true, authorised: ['board'] })).toMatchObject({ code: 'role' })
    expect(run.take('observer', 'recordAuthorisation', { nationality: true, authorised: ['board'], answerReference: 'x' })).toMatchObject({
      code: 'guard',
    })
  })

  it('asked by another channel answers by it, and its answer is recorded with its reference', () => {
    const { run } = asked()
    const sent = { receivedAt: '2026-11-26T08:10:00Z', channelReference: 'fax 3' }
    expect(run.take('observer', 'recordSending', sent, { at: '2026-11-26T08:20:00Z' })).toMatchObject({ kind: 'move' })
    expect(run.clocks().find(({ id }) => id === 'flagReply')?.safe).toBe('2026-11-26T12:10:00.000Z')
    const answer = { nationality: true, authorised: ['board'] }
    expect(run.take('observer', 'recordAuthorisation', answer)).toMatchObject({ problems: [{ at: 'answerReference' }] })
    expect(run.take('observer', 'recordAuthorisation', { ...answer, answerReference: 'fax 4' })).toMatchObject({ to: 'flagAuthorised' })
  })

  it('authorises only what flies its flag', () => {
    const { run } = asked()
    expect(run.take('flagState', 'authoriseAction', { nationality: false, authorised: ['board'] })).toMatchObject({
      code: 'guard',
      basis: { art: 'Art 17(3)' },
    })
    expect(run.take('flagState', 'refuse', { nationality: false, ground: 'nationality', reasons: 'Not in our register.' })).toMatchObject({
      to: 'flagRefused',
    })
  })
})

describe('the outcome', () => {
  const boarding = { result: 'found', resultText: '800 kg', boarded: true, evidenceSummary: 'Packages' }

  it('of boarding a foreign vessel needs the authorisation, and a summary of the evidence for the flag state', () => {
    expect(ofInterest().take('observer', 'recordOutcome', boarding)).toMatchObject({ code: 'guard', basis: { art: 'Art 6' } })
    const run = ofInterest({ flagState: { country: 'PT' } })
    run.take('observer', 'requestFlag', request)
    run.take('flagState', 'authoriseAction', { nationality: true, authorised: ['board', 'search'] })
    const { evidenceSummary: _, ...without } = boarding
    expect(run.take('observer', 'recordOutcome', without)).toMatchObject({ problems: [{ at: 'evidenceSummary' }] })
    expect(run.take('observer', 'recordOutcome', boarding)).toMatchObject({ to: 'outcome' })
    expect(run.take('observer', 'close')).toMatchObject({ to: 'closed' })
    // An authorisation of the first time is none for the second.
    run.take('observer', 'reopen', { note: 'Seen again.' })
    expect(run.clocks().at(-1)).toMatchObject({ id: 'takeUp', kind: 'policy', due: { state: 'running' } })
    expect(run.take('observer', 'recordOutcome', boarding)).toMatchObject({ code: 'guard' })
  })

  it('without boarding is recorded from a referral, with a reason when nothing was controlled', () => {
    const run = ofInterest({ observer: { country: 'PT' } })
    run.take('observer', 'referAsPartner')
    run.take('maoc', 'giveFeedback', { feedback: 'Known.' })
    expect(run.take('observer', 'recordOutcome', { result: 'notControlled', boarded: false })).toMatchObject({
      problems: [{ at: 'resultText' }],
    })
    expect(run.take('observer', 'recordOutcome', { result: 'nothingFound', boarded: false })).toMatchObject({ to: 'outcome' })
  })
})

it('warns, and does not stop, when the work of the vessel explains it', () => {
  expect(definition.transitions.find(({ id }) => id === 'markOfInterest')?.warnings?.[0]?.expr).toEqual({ fact: 'exempt', is: 'none' })
})

it('shows the flag state no photograph, grade or interest, and MAOC-N no request to the flag state', () => {
  expect(
    fieldsFor(definition, 'flagState').filter((id) =>
      ['photo', 'reliability', 'accuracy', 'interest', 'publicAis', 'ruleText'].includes(id),
    ),
  ).toEqual([])
  expect(fieldsFor(definition, 'maoc').filter((id) => ['offences', 'grounds', 'assurance', 'evidenceSummary'].includes(id))).toEqual([])
  expect(isFor(definition, 'reasons', ['maoc'])).toBe(false)
  expect(isFor(definition, 'reasons', ['coastalState'])).toBe(true)
})

describe('side paths', () => {
  it('refers to a coastal state of a third country without data of persons, or with an authorisation', () => {
    const parties = { coastalState: { country: 'MA' } }
    expect(ofInterest(parties).take('observer', 'referToCoastal')).toMatchObject({ to: 'referred' })
    const named = ofInterest(parties, { owner: 'Anna Example' })
    expect(named.take('observer', 'referToCoastal')).toMatchObject({ code: 'guard', basis: { art: 'Art 35' } })
    expect(named.take('observer', 'referToCoastal', { transfer: 'PR-24 / 5' })).toMatchObject({ to: 'referred' })
    expect(ofInterest({ coastalState: { country: 'ES' } }, { owner: 'Anna Example' }).take('observer', 'referToCoastal')).toMatchObject({
      to: 'referred',
    })
  })

  it('comes back from a partner state that does not refer it, or is taken back', () => {
    const run = ofInterest({ partnerState: { country: 'ES' } })
    run.take('observer', 'sendToPartner')
    expect(run.take('partnerState', 'partnerDeclines', { note: 'A fishing boat.' })).toMatchObject({ to: 'ofInterest' })
    run.take('observer', 'sendToPartner')
    expect(run.take('observer', 'takeBack', { note: 'Seen in port.' })).toMatchObject({ to: 'ofInterest' })
  })

  it('asks the flag state back and forth, passes on, records a refusal by another channel, and withdraws', () => {
    const run = ofInterest({ flagState: { country: 'PT', calendar: 'PT', zone: 'Europe/Lisbon' } })
    run.take('observer', 'requestFlag', request, { at: '2026-11-26T08:00:00Z' })
    run.take(null, 'arrive', {}, { at: '2026-11-26T08:30:00Z' })
    run.take('flagState', 'ackFlag')
    run.take('flagState', 'requestInfo', { question: 'Hull number?' })
    run.take('observer', 'provideInfo', { answer: 'PT-1234' })
    run.take('flagState', 'forwardFlag', { newFlagDesk: 'pt.navy.desk' }, { at: '2026-11-26T09:00:00Z' })
    run.take(null, 'arrive', {}, { at: '2026-11-26T09:10:00Z' })
    expect(run.clocks().filter(({ id }) => id.startsWith('flagReply'))).toMatchObject([{ safe: '2026-11-26T12:30:00.000Z' }])
    run.take('observer', 'recordSending', { receivedAt: '2026-11-26T08:10:00Z', channelReference: 'fax 3' })
    expect(run.take('observer', 'recordRefusal', { ground: 'nationality', reasons: 'Not ours.', answerReference: 'fax 4' })).toMatchObject({
      to: 'flagRefused',
    })
    const other = ofInterest({ flagState: { country: 'PT' } })
    other.take('observer', 'requestFlag', request)
    expect(other.take('observer', 'withdrawRequest', { note: 'Contact lost.' })).toMatchObject({ to: 'ofInterest' })
    expect(other.take('observer', 'withdraw', { note: 'Contact lost.' })).toMatchObject({ to: 'withdrawn' })
    const ended = other.clocks('2027-06-01T00:00:00Z').filter(({ id }) => id !== 'assess')
    expect(ended.filter(({ due }) => due.state !== 'stopped')).toEqual([])
  })

  it('erases at once what the observer finds of no interest', () => {
    const run = drive(definition, { formats })
    run.take('observer', 'record', sighting, { at: '2026-11-26T07:00:00Z' })
    run.take('observer', 'markOfNoInterest')
    expect(run.take('observer', 'eraseNow')).toMatchObject({ to: 'erased' })
    expect(run.fold().values['photo']).toBeUndefined()
  })
})
