/** PR-24: Directive (EU) 2016/680 Arts 35–39, each branch of the gate both ways. */
import { describe, expect, it } from 'vitest'
import { type DriveOptions, drive, shipped, whyNot } from './drive.fixture.ts'

const definition = shipped('pr-24-third-country-transfer')
const asked = {
  reference: 'T-1',
  country: 'EC',
  recipient: 'Policía Nacional del Ecuador',
  recipientKind: 'authority',
  purpose: 'Arrest of the exporter',
  offence: 'serious',
  data: 'Name and telephone of the exporter',
  fromMemberState: false,
  onward: false,
  necessary: true,
  transferBasis: 'instrument',
  basisReference: 'Agreement of 2025',
}
const record = {
  transferredAt: '2026-11-27T10:00:00Z',
  receivingAuthority: 'PNE',
  recordReasons: 'Arrest planned',
  dataTransferred: 'Name, telephone',
}
const absent: DriveOptions = { absent: ['origin', 'supervisory'] }
const withOrigin: DriveOptions = {
  absent: ['supervisory'],
  parties: { origin: { country: 'NL', calendar: 'NL', zone: 'Europe/Amsterdam' } },
}
const gate = (form: Readonly<Record<string, unknown>>) =>
  whyNot(drive(definition, absent).take('transferring', 'checkGate', { ...asked, ...form }))

function passed(form: Readonly<Record<string, unknown>> = {}) {
  const one = drive(definition, absent)
  expect(whyNot(one.take('transferring', 'checkGate', { ...asked, ...form }))).toBe('')
  return one
}
function requested(options: DriveOptions = withOrigin) {
  const one = drive(definition, options)
  expect(whyNot(one.take('transferring', 'needAuthorisation', { ...asked, fromMemberState: true }))).toBe('')
  expect(whyNot(one.take('transferring', 'requestAuthorisation', {}, { at: '2026-11-26T09:00:00Z' }))).toBe('')
  one.take(null, 'receive', {}, { at: '2026-11-26T09:05:00Z' })
  return one
}
const clock = (one: ReturnType<typeof requested>, id: string) => one.clocks().find((each) => each.id === id)

describe('gate of Article 35(1)', () => {
  it('passes with a necessary transfer to a competent authority on a basis of its own', () => {
    expect(gate({})).toBe('')
    expect(gate({ transferBasis: 'adequacy', basisReference: 'Decision (EU) 2021/1773' })).toBe('')
    expect(gate({ transferBasis: 'assessment', assessment: 'Assurances of 3 March' })).toBe('')
  })
  it('(a) the transfer must be necessary', () => expect(gate({ necessary: false })).toContain('35(1)(a)'))
  it('(b) the recipient is a competent authority, or all five conditions of Article 39 hold', () => {
    const private39 = {
      recipientKind: 'other',
      strictlyNecessary: true,
      noRightsOverride: true,
      authorityIneffective: true,
      authorityInformed: true,
      purposeTold: true,
      privateLaw: 'Law of 2019 Art 99',
    }
    expect(gate({ recipientKind: 'other' })).toContain('39(1)')
    for (const id of ['strictlyNecessary', 'noRightsOverride', 'authorityIneffective', 'authorityInformed', 'purposeTold'])
      expect(gate({ ...private39, [id]: false })).toContain('39(1)')
    expect(gate({ ...private39, privateLaw: '' })).toBe('privateLaw field.missing')
    expect(gate(private39)).toBe('')
  })
  it('(c) data of another Member State go the way of its authorisation, and only they', () => {
    expect(gate({ fromMemberState: true })).toContain('35(1)(c)')
    expect(whyNot(drive(definition, withOrigin).take('transferring', 'needAuthorisation', asked))).toContain('no authorisation is needed')
  })
  it('(d) a basis names its decision, instrument, assessment or reasons', () => {
    expect(gate({ basisReference: '' })).toBe('basisReference field.missing')
    expect(gate({ transferBasis: 'assessment' })).toBe('assessment field.missing')
    expect(gate({ transferBasis: 'vital-interests', noBetterBasis: true })).toBe('justification38 field.missing')
  })
  it('a derogation of Article 38 is the last resort, and for (d) and (e) the rights of the person are weighed', () => {
    const derogation = { transferBasis: 'individual-case', noBetterBasis: true, noOverride: true, justification38: 'Hostage' }
    expect(gate({ ...derogation, noBetterBasis: false })).toContain('Art 38(1)')
    expect(gate({ ...derogation, noOverride: false })).toContain('Art 38(2)')
    expect(gate(derogation)).toBe('')
    expect(gate({ ...derogation, transferBasis: 'legal-claim', noOverride: false })).toContain('Art 38(2)')
    expect(gate({ transferBasis: 'public-security', noBetterBasis: true, justification38: 'Bomb' })).toBe('')
  })
})

describe('authorisation of the state of origin', () => {
  it('is asked of an authority of another Member State', () => {
    for (const options of [absent, { absent: ['supervisory'] }]) {
      const one = drive(definition, options)
      one.take('transferring', 'needAuthorisation', { ...asked, fromMemberState: true })
      expect(whyNot(one.take('transferring', 'requestAuthorisation'))).toContain('other Member State')
    }
  })
  it('nothing is transferred before it; its clock runs from receipt in the calendar of the state of origin', () => {
    const one = requested()
    expect(whyNot(one.take('transferring', 'transfer', record))).toContain('Not possible')
    expect(clock(one, 'originAnswer')).toMatchObject({ safe: '2026-12-03T23:00:00.000Z', kind: 'policy' })
    one.take('origin', 'requestInfo', { question: 'Death penalty?' }, { at: '2026-11-27T09:00:00Z' })
    one.take('transferring', 'provideInfo', { explanation: 'Excluded' }, { at: '2026-11-28T09:00:00Z' })
    expect(clock(one, 'originAnswer')?.due.suspendedMs).toBe(24 * 3_600_000)
    one.take('origin', 'authorise', { originReference: 'NL-9' })
    expect(one.take('transferring', 'transfer', record).kind).toBe('move')
    expect(clock(one, 'originAnswer')?.due.state).toBe('met')
  })
  it('can be denied with a ground, and asked again when something has changed', () => {
    const one = requested()
    one.take('origin', 'refuse', { ground: 'protection-level', reasons: 'No assurance' })
    expect(whyNot(one.take('transferring', 'transfer', record))).toContain('Not possible')
    one.take('transferring', 'reopen', { reopenReason: 'Assurance received' })
    expect(one.state()).toBe('requestedFromOrigin')
    expect(clock(one, 'originAnswer')?.due.state).toBe('met')
    expect(clock(one, 'originAnswer#2')?.due.state).toBe('running')
    one.take('origin', 'refuse', { ground: 'protection-level', reasons: 'Still no assurance' })
    one.take('transferring', 'close')
    one.take('transferring', 'reopen', { reopenReason: 'A second assurance' })
    one.take('origin', 'authorise', { originReference: 'NL-10' })
    one.take('transferring', 'transfer', record)
    expect(one.state()).toBe('transferred')
  })
  it('that was given up leaves the clock of the state of origin without a verdict', () => {
    const one = requested()
    one.take('transferring', 'withdraw', { withdrawReason: 'No longer needed' })
    expect(one.state()).toBe('withdrawn')
    expect(one.clocks('2027-06-01T00:00:00Z').filter(({ due }) => due.state !== 'stopped')).toEqual([])
  })
  it('is dispensed with only for an immediate and serious threat that leaves no time, and the state of origin is told', () => {
    const urgent = { immediateThreat: true, notInTime: true, threat: 'Attack announced', ...record }
    const one = requested()
    expect(whyNot(one.take('transferring', 'transferUrgently', { ...urgent, immediateThreat: false }))).toContain('35(2)')
    expect(whyNot(one.take('transferring', 'transferUrgently', { ...urgent, notInTime: false }))).toContain('ask for it')
    const alone = drive(definition, absent)
    alone.take('transferring', 'needAuthorisation', { ...asked, fromMemberState: true })
    expect(whyNot(alone.take('transferring', 'transferUrgently', urgent))).toContain('informed without delay')
    expect(one.take('transferring', 'transferUrgently', urgent).kind).toBe('move')
    const effects = definition.transitions.find(({ id }) => id === 'transferUrgently')?.effects
    expect(effects).toContainEqual({ kind: 'send', roles: ['origin'] })
    expect(one.take(null, 'originTold').kind).toBe('move')
  })
})

describe('documentation', () => {
  it('holds date and time, receiving authority, reasons and data, and cannot be changed afterwards', () => {
    expect(whyNot(passed().take('transferring', 'transfer', {}))).toBe(
      'transferredAt field.missing, receivingAuthority field.missing, recordReasons field.missing, dataTransferred field.missing',
    )
    const one = passed()
    one.take('transferring', 'transfer', record)
    expect(one.fold().locked).toEqual(Object.keys(record))
  })
  it('the supervisory authority is informed of transfers on an own assessment before it is complete', () => {
    const plain = passed()
    plain.take('transferring', 'transfer', record)
    expect(plain.take('transferring', 'document').kind).toBe('move')
    const own = passed({ transferBasis: 'assessment', assessment: 'Assurances' })
    own.take('transferring', 'transfer', record)
    expect(whyNot(own.take('transferring', 'document'))).toContain('37(2)')
    own.take('transferring', 'informSupervisory', { supervisoryDesk: 'be.dpa.desk' })
    expect(own.take('transferring', 'document').kind).toBe('move')
    own.take('transferring', 'close')
    expect(own.state()).toBe('closed')
  })
})

describe('onward transfer', () => {
  const factors = { onwardSeriousness: 'Serious', onwardPurpose: 'Same case', onwardProtection: 'Agreement' }
  it('is authorised on all factors, and returns to where the case was', () => {
    const one = passed()
    one.take('transferring', 'transfer', record)
    one.take('transferring', 'noteOnward', { onwardTo: 'PE' })
    expect(whyNot(one.take('transferring', 'authoriseOnward', { ...factors, onwardProtection: '' }))).toContain('35(1)(e)')
    expect(one.take('transferring', 'authoriseOnward', factors).kind).toBe('move')
    expect(one.state()).toBe('transferred')
  })
  it('of data of another Member State waits for that state; it can be refused', () => {
    const one = requested()
    one.take('transferring', 'transferUrgently', { immediateThreat: true, notInTime: true, threat: 'Attack', ...record })
    one.take('transferring', 'noteOnward', { onwardTo: 'PE' })
    expect(whyNot(one.take('transferring', 'authoriseOnward', factors))).toContain('it decides first')
    one.take('origin', 'authoriseAfterwards', { originReference: 'NL-10' })
    expect(one.take('transferring', 'authoriseOnward', factors).kind).toBe('move')
    one.take('transferring', 'noteOnward', { onwardTo: 'CO' })
    expect(whyNot(one.take('transferring', 'refuseOnward', { ground: 'national-law', reasons: 'x' }))).toBe('ground field.value')
    expect(one.take('transferring', 'refuseOnward', { ground: 'onward-protection', reasons: 'x' }).kind).toBe('move')
  })
})
