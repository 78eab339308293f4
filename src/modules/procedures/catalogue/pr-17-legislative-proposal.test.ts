/** PR-17: scenario S14, the tests of Protocol No 2, eight weeks, and the arithmetic of the votes of parliaments at each of its borders. */
import { describe, expect, it } from 'vitest'
import { formats } from '../server/formats.ts'
import { type DriveOptions, drive, shipped, whyNot } from './drive.fixture.ts'

const definition = shipped('pr-17-legislative-proposal')
const STATES = (definition.codeLists?.['states'] ?? []).map(({ code }) => code)
const VOTES = (definition.codeLists?.['votes'] ?? []).map(({ code }) => code)

const problem = {
  name: 'Directive on the return of port workers with access rights',
  isArt76Area: true,
  legalBasis: 'Article 82(1) TFEU',
  actType: 'directive',
  problem: 'Access rights outlive employment',
  evidence: [{ source: 'Europol, Criminal networks in EU ports (2023)', says: 'PIN codes are sold', grade: 'B' }],
  noOperationalData: true,
}
const options = {
  options: [
    { option: 'Do nothing', effects: 'As now' },
    { option: 'Common rules', effects: 'Fewer' },
  ],
  preferred: 'Common rules',
  whyPreferred: 'Cost',
}
const subsidiarity = {
  whyNotStates: 'Ports compete',
  whyUnion: 'Same rules in every port',
  qualitative: 'Displacement',
  whyNoNumbers: 'No common statistics',
}
const proportionality = {
  financialImpact: 'None for the Union',
  nationalRules: 'Port laws of regions',
  burden: 'One check a year',
  isMinimised: true,
}
const rights = { rightsAffected: 'Articles 8 and 15', safeguards: 'Appeal', dataProtection: 'Three years' }
const transmission = { isInAllLanguages: true, transmittedAt: '2026-12-01T10:00:00Z' }

type Form = Readonly<Record<string, unknown>>
const open = (options_: DriveOptions = {}) => drive(definition, { formats, ...options_ })
type Case = ReturnType<typeof open>

/** Takes each step and holds that it was taken. */
function go(one: Case, role: string | null, step: string, form: Form = {}, at?: string): void {
  expect(`${step}: ${whyNot(one.take(role, step, form, at === undefined ? {} : { at }))}`).toBe(`${step}: `)
}
const refused = (one: Case, role: string, step: string, form: Form = {}) => whyNot(one.take(role, step, form))
const clock = (one: Case, id: string, at?: string) => one.clocks(at).find((each) => each.id === id)

function atSponsors(form: Form = {}): Case {
  const one = open()
  go(one, 'author', 'stateProblem', { ...problem, ...form })
  go(one, 'author', 'compareOptions', options)
  go(one, 'author', 'testSubsidiarity', subsidiarity)
  go(one, 'author', 'testProportionality', proportionality)
  go(one, 'author', 'assessRights', rights)
  return one
}
function initiative(): Case {
  const one = atSponsors()
  go(one, 'author', 'recordSponsors', { sponsors: STATES.slice(0, 7) })
  go(one, 'author', 'submitInitiative', { statement: 'Draft' })
  return one
}
function proposal(form: Form = {}, isOrdinary = true): Case {
  const one = atSponsors(form)
  go(one, 'author', 'requestCommission', { statement: 'Draft' })
  go(one, null, 'receiveRequest')
  go(one, 'commission', 'recordProposal', { proposalReference: 'COM(2026) 900', isOrdinary })
  return one
}
/** After eight weeks with so many votes against. */
function counted(one: Case, votes: number): Case {
  go(one, 'author', 'transmitToParliaments', transmission, '2026-12-02T10:00:00Z')
  if (votes > 0)
    go(one, 'author', 'recordOpinions', { opinions: [{ parliament: 'Senate', on: '2027-01-10' }], votes: VOTES.slice(0, votes) })
  go(one, null, 'weeksEnd', {}, '2027-01-26T23:00:00Z')
  return one
}

describe('S14', () => {
  it('six sponsors are not enough, and the reason says seven; with the seventh the eight weeks can open', () => {
    const one = atSponsors()
    expect(refused(one, 'author', 'submitInitiative', { statement: 'Draft' })).toMatch(/seven of the twenty-seven.*Art 76\(b\)/)
    go(one, 'author', 'recordSponsors', { sponsors: STATES.slice(0, 6) })
    expect(refused(one, 'author', 'submitInitiative', { statement: 'Draft' })).toMatch(/seven of the twenty-seven/)
    go(one, 'author', 'recordSponsors', { sponsors: STATES.slice(0, 7) })
    go(one, 'author', 'submitInitiative', { statement: 'Draft' })
    go(one, 'council', 'transmitToParliaments', transmission, '2026-12-02T10:00:00Z')
    expect(clock(one, 'eightWeeks')).toMatchObject({ kind: 'law', safe: '2027-01-26T23:00:00.000Z' })
  })
  it('two ministries of one state are one sponsor: no state can be counted twice', () => {
    const one = atSponsors()
    const six = STATES.slice(0, 6)
    expect(refused(one, 'author', 'recordSponsors', { sponsors: [...six, six[0]] })).toMatch(/sponsors field\.value/)
    expect(STATES.length).toBe(27)
    expect(new Set(STATES).size).toBe(27)
  })
  it('a ministry joins without moving the case, and the author alone is told', () => {
    const one = atSponsors()
    go(one, 'author', 'inviteSponsors', { statement: 'Draft' })
    go(one, 'sponsor', 'join', { joinState: 'NL' })
    expect(one.state()).toBe('sponsors')
    expect(definition.transitions.find(({ id }) => id === 'join')?.told).toEqual(['author'])
  })
  it('outside the area of Article 76 Member States make no initiative, and the Commission may be asked', () => {
    const one = atSponsors({ isArt76Area: false })
    go(one, 'author', 'recordSponsors', { sponsors: STATES })
    expect(refused(one, 'author', 'submitInitiative', { statement: 'Draft' })).toMatch(/only the Commission proposes.*Art 76/)
    go(one, 'author', 'requestCommission', { statement: 'Draft' })
  })
})

describe('the tests of Protocol No 2, Article 5', () => {
  it('no operational data, evidence, and at least two options', () => {
    expect(refused(open(), 'author', 'stateProblem', { ...problem, noOperationalData: false })).toMatch(/no operational/)
    expect(refused(open(), 'author', 'stateProblem', { ...problem, evidence: [] })).toMatch(/without any evidence/)
    const one = open()
    go(one, 'author', 'stateProblem', problem)
    expect(refused(one, 'author', 'compareOptions', { ...options, options: options.options.slice(0, 1) })).toMatch(/two options/)
  })
  it('indicators are quantitative wherever possible, or it is said why not; the burden is minimised', () => {
    const one = open()
    go(one, 'author', 'stateProblem', problem)
    go(one, 'author', 'compareOptions', options)
    expect(refused(one, 'author', 'testSubsidiarity', { ...subsidiarity, whyNoNumbers: '' })).toMatch(/quantitative indicators.*Art 5/)
    go(one, 'author', 'testSubsidiarity', { ...subsidiarity, whyNoNumbers: '', quantitative: '1 200 cards a year' })
    expect(refused(one, 'author', 'testProportionality', { ...proportionality, isMinimised: false })).toMatch(/minimised.*Art 5/)
    expect(refused(one, 'author', 'testProportionality', { ...proportionality, nationalRules: '' })).toMatch(/nationalRules/)
    go(one, 'author', 'testProportionality', proportionality)
  })
})

describe('eight weeks', () => {
  it('run from the transmission in the official languages', () => {
    const one = initiative()
    expect(refused(one, 'council', 'transmitToParliaments', { ...transmission, isInAllLanguages: false })).toMatch(/official languages/)
    expect(refused(one, 'council', 'transmitToParliaments', { ...transmission, transmittedAt: '2027-06-01T10:00:00Z' })).toMatch(/future/)
  })
  it('no agreement within them, save in urgent cases with reasons', () => {
    const one = initiative()
    go(one, 'council', 'transmitToParliaments', transmission, '2026-12-02T10:00:00Z')
    const position = { positionOn: '2027-01-05', outcome: 'Adopted' }
    expect(refused(one, 'council', 'adoptPosition', position)).not.toBe('')
    expect(refused(one, 'council', 'adoptUrgently', position)).toMatch(/due reasons.*Art 4/)
    go(one, 'council', 'adoptUrgently', { ...position, urgencyReasons: 'Expiry of the present act' })
    go(one, 'author', 'close')
  })
  it('nothing is counted before they are over', () => {
    const one = initiative()
    go(one, 'council', 'transmitToParliaments', transmission, '2026-12-02T10:00:00Z')
    expect(refused(one, 'author', 'countNoCard')).not.toBe('')
  })
})

describe('votes of parliaments', () => {
  it('are 54, two for each of the 27', () => {
    expect(VOTES.length).toBe(54)
    for (const state of STATES) expect(VOTES.filter((code) => code.startsWith(`${state}-`))).toEqual([`${state}-1`, `${state}-2`])
  })
  it.each<[string, () => Case, number, string]>([
    ['initiative of Article 76 without opinions', initiative, 0, 'countNoCard'],
    ['initiative of Article 76 with 13', initiative, 13, 'countNoCard'],
    ['initiative of Article 76 with 14', initiative, 14, 'countYellow'],
    ['initiative of Article 76 with 28: no ordinary proposal of the Commission', initiative, 28, 'countYellow'],
    ['proposal of the Commission in the area of Article 76 with 14', () => proposal(), 14, 'countYellow'],
    ['other proposal with 17', () => proposal({ isArt76Area: false }), 17, 'countNoCard'],
    ['other proposal with 18', () => proposal({ isArt76Area: false }), 18, 'countYellow'],
    ['ordinary procedure with 27', () => proposal({ isArt76Area: false }), 27, 'countYellow'],
    ['ordinary procedure with 28', () => proposal({ isArt76Area: false }), 28, 'countOrange'],
    ['special procedure with 28', () => proposal({ isArt76Area: false }, false), 28, 'countYellow'],
  ])('%s', (_what, start, votes, right) => {
    for (const step of ['countNoCard', 'countYellow', 'countOrange'].filter((each) => each !== right))
      expect(refused(counted(start(), votes), 'author', step)).toMatch(/Art 7/)
    go(counted(start(), votes), 'author', right)
  })
})

describe('after the review', () => {
  it('maintained, amended or withdrawn with reasons; the legislator stops only after a simple majority', () => {
    const one = counted(initiative(), 14)
    go(one, 'author', 'countYellow')
    expect(refused(one, 'author', 'maintain')).toMatch(/reviewReasons/)
    go(one, 'author', 'maintain', { reviewReasons: 'Cross-border by nature' })
    expect(refused(one, 'council', 'stopByLegislator', { councilShare: 60 })).toMatch(/simple majority/)
  })
  it('after a simple majority the Commission owes a reasoned opinion, and 55 % or the majority of votes cast stop the proposal', () => {
    const one = counted(proposal({ isArt76Area: false }), 30)
    go(one, 'author', 'countOrange')
    expect(refused(one, 'commission', 'maintain', { reviewReasons: 'x' })).toMatch(/reasoned opinion/)
    go(one, 'commission', 'maintain', { reviewReasons: 'x', commissionOpinion: 'It complies' })
    expect(refused(one, 'council', 'stopByLegislator', { councilShare: 54, parliamentAgainst: false })).toMatch(/55 %/)
    go(one, 'council', 'stopByLegislator', { councilShare: 55 })
    go(one, 'author', 'close')
  })
  it('withdrawn, nothing runs on', () => {
    const one = initiative()
    go(one, 'council', 'transmitToParliaments', transmission, '2026-12-02T10:00:00Z')
    go(one, 'author', 'withdraw', { reviewReasons: 'A better draft' })
    expect(clock(one, 'eightWeeks', '2028-01-01T00:00:00Z')?.due.state).toBe('stopped')
    go(one, 'author', 'close')
    go(one, 'author', 'reopen', { reopenReasons: 'Taken up again' })
    expect(clock(one, 'takeUp')).toMatchObject({ kind: 'policy', due: { state: 'running' } })
  })
  it('ten days lie between the provisional agenda and the position, save in urgent cases', () => {
    const one = counted(initiative(), 0)
    go(one, 'author', 'countNoCard')
    const position = { positionOn: '2027-02-20', outcome: 'Adopted' }
    go(one, 'council', 'placeOnAgenda', { agendaAt: '2027-02-01T10:00:00Z' }, '2027-02-01T11:00:00Z')
    expect(clock(one, 'agenda')).toMatchObject({ kind: 'law', safe: '2027-02-11T23:00:00.000Z' })
    expect(refused(one, 'council', 'adoptPosition', position)).toMatch(/Ten days/)
    go(one, null, 'tenDaysOver', {}, '2027-02-11T23:00:00Z')
    go(one, 'council', 'adoptPosition', position)
  })
  it('the Commission asks, declines, and the author goes on with sponsors', () => {
    const one = atSponsors()
    go(one, 'author', 'requestCommission', { statement: 'Draft' }, '2026-12-01T10:00:00Z')
    go(one, null, 'receiveRequest')
    expect(clock(one, 'answerRequest')?.kind).toBe('policy')
    go(one, 'commission', 'askAuthor', { question: 'Which ports?' })
    expect(clock(one, 'answerRequest')?.due.state).toBe('suspended')
    go(one, 'author', 'answerQuestion', { answer: 'All of the core network' })
    go(one, 'commission', 'declineRequest', { declineReasons: 'Evaluation first' })
    go(one, 'author', 'seekSponsors')
    go(one, 'author', 'abandon', { abandonReasons: 'No sponsors' })
  })
})
