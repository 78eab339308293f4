/** PR-12: a joint investigation team from the link between cases to its evaluation, with the guards of Framework Decision 2002/465/JHA and Regulation (EU) 2023/969. */
import { describe, expect, it } from 'vitest'
import { formats } from '../server/formats.ts'
import { type DriveOptions, drive, shipped, whyNot } from './drive.fixture.ts'

const definition = shipped('pr-12-joint-investigation-team')

const link = {
  fileReference: 'AN-2026-J4',
  linkSummary: 'The same route through two ports, the same method',
  offences: ['narcotic-drugs', 'criminal-organisation'],
  statesConcerned: [
    { state: 'NL', authority: 'Prosecutor Rotterdam', hasProceedings: true },
    { state: 'ES', authority: 'Anti-drugs prosecutor', hasProceedings: true },
  ],
  parallelProceedings: 'Rotterdam and Antwerp both investigate the importer; a meeting at Eurojust decides',
  noPersonalData: true,
}
const readiness = { criterion: ['coordinated'], whyTeam: 'Daily exchange of evidence', stages: 'Both covert', releasedOnly: true }
const answer = { position: 'joins on conditions', positionText: 'Funding', competentAuthority: 'Prosecutor Rotterdam' }
const agreement = {
  legalBasis: ['framework-decision'],
  purpose: 'Imports through two ports',
  months: 18,
  seat: 'BE',
  leaders: [{ state: 'BE', name: 'A. Jacobs', authority: 'Prosecutor Antwerp' }],
  members: [{ state: 'NL', name: 'C. de Vries', authority: 'Prosecutor Rotterdam' }],
  evidenceRules: 'Of the State in which it is gathered',
  disclosure: 'Agreed beforehand',
  media: 'Jointly',
  costs: 'Each its own',
  useOfInformation: 'For the purpose of the team',
  languages: 'Dutch, English',
  usesPlatform: false,
}
const platform = { usesPlatform: true, administrators: [{ state: 'BE', name: 'A. Jacobs' }], accessRules: 'Members only' }
const third = {
  thirdStates: [{ state: 'Colombia' }],
  thirdBasis: 'Second Additional Protocol, Article 20',
  isTransferLawful: true,
  checksUploadsForThem: true,
  checksUploadsByThem: true,
  controller: 'A. Jacobs',
}
const signature = {
  signatories: [
    { state: 'BE', authority: 'Prosecutor Antwerp', name: 'A. Jacobs', signedOn: '2027-02-01' },
    { state: 'NL', authority: 'Prosecutor Rotterdam', name: 'C. de Vries', signedOn: '2027-02-02' },
  ],
  endsAt: '2028-08-01T00:00:00Z',
  agreementReference: 'JIT-2027-3',
}
const work = { workspace: 'another secure channel', workspaceReference: 'C-1' }

const open = (options: DriveOptions = {}) =>
  drive(definition, { formats, ...options, parties: { partner: { country: 'NL', zone: 'Europe/Amsterdam', calendar: 'NL' } } })
type Case = ReturnType<typeof open>
type Form = Readonly<Record<string, unknown>>

function go(one: Case, role: string | null, step: string, form: Form = {}, at?: string): void {
  expect(`${step}: ${whyNot(one.take(role, step, form, at === undefined ? {} : { at }))}`).toBe(`${step}: `)
}
const refused = (one: Case, role: string, step: string, form: Form = {}) => whyNot(one.take(role, step, form))
const clock = (one: Case, id: string, at?: string) => one.clocks(at).find((each) => each.id === id)

function asked(): Case {
  const one = open()
  go(one, 'proposer', 'checkReadiness', link, '2026-11-26T09:00:00Z')
  go(one, 'proposer', 'consultNationally', readiness, '2026-12-01T09:00:00Z')
  go(one, null, 'received')
  return one
}
function drafted(form: Form = {}): Case {
  const one = asked()
  go(one, 'partner', 'answerConsultation', answer, '2026-12-08T09:00:00Z')
  go(one, 'proposer', 'draft', { ...agreement, ...form }, '2027-01-10T09:00:00Z')
  return one
}
function running(form: Form = {}): Case {
  const one = drafted(form)
  go(one, 'proposer', 'sign', signature, '2027-02-02T09:00:00Z')
  go(one, 'proposer', 'move', work)
  return one
}

describe('the proposal', () => {
  it('lists who must be asked and the risk of parallel proceedings', () => {
    expect(refused(open(), 'proposer', 'checkReadiness', { ...link, statesConcerned: [] })).toMatch(/who must be asked/)
    expect(refused(open(), 'proposer', 'checkReadiness', { ...link, parallelProceedings: '' })).toBe('parallelProceedings field.missing')
  })
  it('holds no personal and no operational data, and nothing that a party did not release', () => {
    expect(refused(open(), 'proposer', 'checkReadiness', { ...link, noPersonalData: false })).toMatch(
      /without personal and operational data/,
    )
    const ofLink = definition.fields.filter(({ section }) => section === 'link')
    expect(ofLink.some(({ personal }) => personal === true)).toBe(false)
    const one = open()
    go(one, 'proposer', 'checkReadiness', link)
    expect(refused(one, 'proposer', 'consultNationally', { ...readiness, releasedOnly: false })).toMatch(/each party released/)
  })
  it('names why a team may be set up, and whom it asks', () => {
    const one = open({ absent: ['partner'] })
    go(one, 'proposer', 'checkReadiness', link)
    expect(refused(one, 'proposer', 'consultNationally', { ...readiness, criterion: [] })).toMatch(/demanding investigations.*Art 1\(1\)/)
    expect(refused(one, 'proposer', 'consultNationally', readiness)).toMatch(/Nobody is named.*Art 1\(1\)/)
  })
  it('is answered within ten working days by policy; answers reach the proposing authority alone', () => {
    const one = asked()
    expect(clock(one, 'consultation')).toMatchObject({ kind: 'policy', safe: '2026-12-15T23:00:00.000Z' })
    expect(refused(one, 'proposer', 'draft', agreement)).toMatch(/mutual agreement.*Art 1\(1\)/)
    go(one, 'partner', 'answerConsultation', answer)
    for (const step of ['answerConsultation', 'commentDraft', 'leave'])
      expect(definition.transitions.find(({ id }) => id === step)?.told).toEqual(['proposer'])
    go(one, 'proposer', 'draft', agreement, '2026-12-10T09:00:00Z')
    expect(clock(one, 'consultation', '2027-01-10T00:00:00Z')?.due.state).toBe('met')
  })
  it('is dropped with reasons and may be taken up again', () => {
    const one = asked()
    go(one, 'proposer', 'drop', { dropReasons: 'Rotterdam takes the case over' })
    go(one, 'proposer', 'reopen', { reopenReasons: 'Spain found a new consignment' })
    expect(one.state()).toBe('readinessCheck')
    expect(clock(one, 'consultation', '2027-06-01T00:00:00Z')?.due.state).toBe('stopped')
    expect(clock(one, 'takeUp')).toMatchObject({ kind: 'policy', due: { state: 'running' } })
    go(one, 'proposer', 'consultNationally', readiness)
    expect(clock(one, 'takeUp', '2027-06-01T00:00:00Z')?.due.state).toBe('met')
    go(one, 'proposer', 'drop', { dropReasons: 'Again' })
    go(one, 'proposer', 'close')
    go(one, 'proposer', 'reopen', { reopenReasons: 'And again' })
    expect(one.state()).toBe('readinessCheck')
  })
})

describe('the agreement', () => {
  it.each([
    ['one signature', {}, { signatories: signature.signatories.slice(0, 1) }, /two or more States.*Art 1\(1\)/],
    ['an end in the past', {}, { endsAt: '2026-01-01T00:00:00Z' }, /limited period.*Art 1\(1\)/],
    ['no leader', { leaders: [] }, {}, /composition.*Art 1\(1\)/],
    ['the platform without an administrator', { ...platform, administrators: [] }, {}, /space administrator.*Arts 13\(2\), 14\(1\)/],
    ['the platform without rules of access', { ...platform, accessRules: '' }, {}, /rules of access/],
    ['a third State without a basis', { ...third, thirdBasis: '' }, {}, /additional legal basis.*Art 3\(3\)/],
    ['a third State to which transfers are not lawful', { ...third, isTransferLawful: false }, {}, /Chapter V.*Arts 17\(4\), 18\(3\)/],
    ['uploads checked one way only', { ...platform, ...third, checksUploadsByThem: false }, {}, /both ways.*Art 17\(2\)-\(3\)/],
    ['uploads not checked by the members', { ...platform, ...third, checksUploadsForThem: false }, {}, /both ways/],
    ['no data controller for a third State', { ...platform, ...third, controller: '' }, {}, /data controller.*Art 23\(2\)/],
  ])('with %s is not signed', (_what, form, signed, because) => {
    expect(refused(drafted(form), 'proposer', 'sign', { ...signature, ...signed })).toMatch(because)
  })
  it.each([
    ['between two States', {}],
    ['with the platform', platform],
    [
      'with a third State and no platform',
      { ...third, checksUploadsByThem: undefined, checksUploadsForThem: undefined, controller: undefined },
    ],
    ['with a third State on the platform', { ...platform, ...third }],
  ])('%s is signed', (_what, form) => {
    go(drafted(form), 'proposer', 'sign', signature, '2027-02-02T09:00:00Z')
  })
  it('is the only way onto the platform', () => {
    const one = drafted()
    go(one, 'proposer', 'sign', signature, '2027-02-02T09:00:00Z')
    expect(refused(one, 'proposer', 'move', { ...work, workspace: 'JITs collaboration platform' })).toMatch(
      /does not provide.*Art 13\(1\) and \(4\)/,
    )
    go(one, 'proposer', 'amend', { changeNote: 'Platform', isMutualConsent: true, ...platform })
    go(one, 'proposer', 'move', { ...work, workspace: 'JITs collaboration platform' })
  })
  it('is amended only by consent, under the same rules', () => {
    const one = running(platform)
    expect(refused(one, 'proposer', 'amend', { changeNote: 'x', isMutualConsent: false })).toMatch(/by those who concluded it/)
    expect(refused(one, 'proposer', 'amend', { changeNote: 'x', isMutualConsent: true, ...third, controller: undefined })).toMatch(
      /data controller/,
    )
    go(one, 'proposer', 'amend', { changeNote: 'x', isMutualConsent: true, ...third })
  })
})

describe('the period', () => {
  it('is watched, and extended by mutual consent', () => {
    const one = running()
    expect(clock(one, 'teamEnds')?.safe).toBe('2028-08-01T00:00:00.000Z')
    const longer = { endsAt: '2029-02-01T00:00:00Z' }
    expect(refused(one, 'proposer', 'extend', { ...longer, isMutualConsent: false })).toMatch(/mutual consent.*Art 1\(1\)/)
    go(one, 'proposer', 'extend', { ...longer, isMutualConsent: true }, '2028-06-01T09:00:00Z')
    expect(clock(one, 'teamEnds#2')?.safe).toBe('2029-02-01T00:00:00.000Z')
  })
  it('ends in an evaluation, or in a reason for none', () => {
    const one = running()
    go(one, 'proposer', 'end', { endText: 'Indictments in both States' }, '2028-07-01T09:00:00Z')
    expect(clock(one, 'evaluate')).toMatchObject({ kind: 'policy', safe: '2029-01-01T23:00:00.000Z' })
    go(one, 'proposer', 'evaluateTeam', { evaluation: 'Funding came late' })
    go(one, 'proposer', 'close')
    expect(one.state()).toBe('closed')
    const other = running()
    go(other, 'proposer', 'end', { endText: 'Merged' })
    go(other, 'proposer', 'skipEvaluation', { dropReasons: 'Too short' })
    expect(other.state()).toBe('closed')
  })
  it('no clock of it is shown as law', () => {
    expect(definition.clocks.every(({ kind }) => kind === 'policy')).toBe(true)
  })
})
