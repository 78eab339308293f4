/** PR-05: scenario S19, the possibility matrix row by row, public sources first, the person heard, the wall to police data. */
import { describe, expect, it } from 'vitest'
import { drive, shipped, whyNot } from './drive.fixture.ts'

const definition = shipped('pr-05-administrative-request')
const draft = {
  reference: 'GENK-7',
  context: 'permit',
  decisionSubject: 'Night shop licence',
  permitDueAt: '2027-01-31T12:00:00Z',
  entities: [{ name: 'Example BV', registration: '0123', country: 'DE' }],
  publicSources: [{ source: 'Company register', on: '2026-11-20', found: 'No officers listed' }],
  publicAnswers: false,
}
const question = { question: 'Were earlier permits withdrawn?', necessity: 'Integrity of the operator' }
const letter = { letterLanguage: 'de', letter: 'Sehr geehrte Damen und Herren' }
const bases = { basisFrom: 'Law of 15 January 2024', basisTo: '§ 4 VwVfG NRW' }
const between = (from: string, to: string) => drive(definition, { parties: { requester: { country: from }, requested: { country: to } } })

function checked(from: string, to: string, form: Readonly<Record<string, unknown>>, publicly: Readonly<Record<string, unknown>> = {}) {
  const one = between(from, to)
  expect(whyNot(one.take('requester', 'checkPublicSources', { ...draft, ...publicly }, { at: '2026-11-26T09:00:00Z' }))).toBe('')
  const decision = one.take('requester', 'checkPossibility', { ...question, ...form })
  return { one, why: whyNot(decision) }
}
const sending = (from: string, to: string, form: Readonly<Record<string, unknown>>) => {
  const { one, why } = checked(from, to, form)
  expect(why).toBe('')
  return whyNot(one.take('requester', 'send', letter))
}
function received() {
  const { one } = checked('BE', 'DE', { dataType: 'permit-history', matrixRow: 'permit-history', ...bases })
  expect(whyNot(one.take('requester', 'send', letter))).toBe('')
  one.take(null, 'receive', {}, { at: '2026-11-27T09:00:00Z' })
  return one
}

describe('possibility matrix', () => {
  it('S19: Belgium to North Rhine-Westphalia for police intelligence is not possible, and the route is named', () => {
    expect(sending('BE', 'DE', { dataType: 'police-intelligence', matrixRow: 'police-intelligence-be' })).toMatch(
      /not possible.*Route: .*DIOB/,
    )
    const { one } = checked('BE', 'DE', { dataType: 'police-intelligence', matrixRow: 'police-intelligence-be' })
    expect(one.offered('requester').find(({ id }) => id === 'send')?.because).toContain('Route:')
    one.take('requester', 'takeRoute', { routeTaken: 'DIOB' })
    expect(one.take('requester', 'closeUnused').kind).toBe('move')
  })
  it('S19: for trade-register data the public source comes first, and only what it leaves open can be asked', () => {
    const row = { dataType: 'company-register', matrixRow: 'company-register' }
    expect(sending('BE', 'DE', row)).toContain('take it from there first')
    expect(sending('BE', 'DE', { ...row, publicGap: 'The officers before 2020' })).toBe('')
    const { one } = checked('BE', 'DE', row)
    one.take('requester', 'answeredPublicly', { publicSource: 'Handelsregister HRB 1' })
    expect(one.state()).toBe('answered')
  })
  it('each row speaks of its own type of data and its own states', () => {
    const wrong: [string, string, string, string][] = [
      ['BE', 'DE', 'police-intelligence', 'permit-history'],
      ['BE', 'DE', 'police-intelligence', 'police-intelligence-nl'],
      ['FR', 'DE', 'police-intelligence', 'police-intelligence-be'],
      ['NL', 'BE', 'police-intelligence', 'police-intelligence-other'],
      ['FR', 'DE', 'permit-history', 'permit-history'],
      ['BE', 'DE', 'permit-history', 'pair-with-opinion'],
      ['BE', 'DE', 'criminal-record', 'permit-history'],
      ['BE', 'DE', 'other', 'company-register'],
    ]
    for (const [from, to, dataType, matrixRow] of wrong)
      expect(checked(from, to, { dataType, matrixRow }).why).toContain('does not speak of this type')
  })
  it.each([
    ['NL', 'police-intelligence', 'police-intelligence-nl', 'Bibob'],
    ['DE', 'police-intelligence', 'police-intelligence-de', 'Land'],
    ['FR', 'police-intelligence', 'police-intelligence-other', 'integrity checks'],
    ['BE', 'criminal-record', 'criminal-record', 'extract that the applicant brings'],
    ['BE', 'tax', 'tax', 'statement of the tax authority'],
    ['BE', 'other', 'none', 'no row'],
  ])('from %s, %s is stopped with its route', (from, dataType, matrixRow, route) => {
    expect(sending(from, 'DE', { dataType, matrixRow })).toContain(route)
  })
  it('permits and sanctions are possible between Belgium, the Netherlands and Germany when both legal bases are cited', () => {
    expect(sending('NL', 'BE', { dataType: 'administrative-sanction', matrixRow: 'administrative-sanction' })).toContain(
      'legal basis of both',
    )
    expect(sending('NL', 'BE', { dataType: 'administrative-sanction', matrixRow: 'administrative-sanction', ...bases })).toBe('')
    const pair = { dataType: 'permit-history', matrixRow: 'pair-with-opinion', ...bases }
    expect(sending('FR', 'ES', pair)).toContain('opinion of counsel')
    expect(sending('FR', 'ES', { ...pair, counselOpinion: 'Opinion 3/2026' })).toBe('')
  })
  it('every row of the code list stands in the guard', () => {
    const guard = JSON.stringify(definition.transitions.find(({ id }) => id === 'checkPossibility')?.guards)
    for (const { code } of definition.codeLists?.['matrix'] ?? []) expect(guard).toContain(`"${code}"`)
  })
})

describe('public sources first', () => {
  it('the draft is not left before a public source was consulted, for somebody who is named', () => {
    const why = (form: Readonly<Record<string, unknown>>) =>
      whyNot(between('BE', 'DE').take('requester', 'checkPublicSources', { ...draft, ...form }))
    expect(why({ publicSources: [] })).toContain('Public sources come first')
    expect(why({ entities: [] })).toContain('company or the person')
    expect(whyNot(between('BE', 'DE').take('requester', 'checkPossibility', question))).toContain('state draft')
  })
  it('what a public source answers is not asked', () => {
    const row = { dataType: 'permit-history', matrixRow: 'permit-history', ...bases }
    const { one } = checked('BE', 'DE', row, { publicAnswers: true })
    expect(whyNot(one.take('requester', 'send', letter))).toContain('A public source answers')
  })
})

describe('answer and decision', () => {
  const answer = { answerType: 'found', answer: 'Withdrawn in 2024', noPoliceData: true, useLimits: 'This decision only' }
  it('targets run from receipt and are policy; a question suspends; the date of the decision drives the urgency', () => {
    const one = received()
    const due = (id: string) => one.clocks().find((each) => each.id === id)
    expect(due('ack')).toMatchObject({ safe: '2026-12-04T23:00:00.000Z', kind: 'policy' })
    expect(due('answer')).toMatchObject({ safe: '2026-12-27T23:00:00.000Z', kind: 'policy' })
    expect(due('permit')?.safe).toBe('2027-01-21T12:00:00.000Z')
    one.take('requested', 'ack')
    one.take('requested', 'requestInfo', { clarificationQuestion: 'Which branch?' }, { at: '2026-12-01T09:00:00Z' })
    one.take('requester', 'provideInfo', { clarificationText: 'Essen' }, { at: '2026-12-03T09:00:00Z' })
    expect(due('answer')?.due.suspendedMs).toBe(48 * 3_600_000)
    one.take('requested', 'answer', answer)
    for (const id of ['ack', 'answer', 'permit']) expect(due(id)?.due.state).toBe('met')
  })
  it('no police data go into it', () => {
    expect(whyNot(received().take('requested', 'answer', { ...answer, noPoliceData: false }))).toContain('Art 10')
    for (const role of Object.values(definition.roles)) expect(role.realms).toEqual(['administrative'])
  })
  it('the case closes only with the decision and the hearing of the person concerned', () => {
    const one = received()
    one.take('requested', 'answer', answer)
    one.take('requester', 'use', { decisionReference: 'Decision 12', useNote: 'Withdrawal of 2024' })
    expect(whyNot(one.take('requester', 'close'))).toContain('hearing')
    one.take('requester', 'hearSubject', { heardOn: '2026-12-10', hearing: 'Denies it' })
    one.take('requester', 'appealNoted', { appealNote: 'Council of State' })
    expect(one.take('requester', 'close').kind).toBe('move')
    const heard = received()
    heard.take('requested', 'answer', answer)
    heard.take('requester', 'hearSubject', { heardOn: '2026-12-10', hearing: 'Denies it' })
    expect(whyNot(heard.take('requester', 'close'))).toContain('in which decision')
  })
  it('a refusal names what its ground needs: the route, the source, the provision, the authority', () => {
    const needs = {
      noLegalBasis: 'route',
      publicSourceAvailable: 'publicSource',
      confidentiality: 'citation',
      notCompetent: 'competentAuthority',
    }
    for (const [ground, field] of Object.entries(needs)) {
      const one = received()
      expect(whyNot(one.take('requested', 'refuse', { ground, reasons: 'x' }))).toBe(`${field} field.missing`)
      expect(one.take('requested', 'refuse', { ground, reasons: 'x', [field]: 'named' }).kind).toBe('move')
    }
  })
  it('can be answered in part, redirected, forwarded, withdrawn and asked again', () => {
    const part = received()
    part.take('requested', 'partial', { ...answer, ground: 'confidentiality', reasons: 'x', citation: '§ 30 VwVfG' })
    part.take('requester', 'reopen', { reopenReason: 'New facts' })
    expect(part.state()).toBe('publicSourcesChecked')
    expect(part.clocks().map(({ id, kind, due }) => [id, kind, due.state])).toContainEqual(['askAgain', 'policy', 'running'])
    part.take('requester', 'answeredPublicly', { publicSource: 'Handelsregister' })
    expect(part.clocks('2027-06-01T00:00:00Z').find(({ id }) => id === 'askAgain')?.due.state).toBe('met')
    const away = received()
    away.take('requested', 'redirect', { competentAuthority: 'Bezirksregierung' })
    expect(away.take('requester', 'closeUnused').kind).toBe('move')
    expect(away.take('requester', 'reopen', { reopenReason: 'Bezirksregierung sent it back' })).toMatchObject({
      to: 'publicSourcesChecked',
    })
    const forwarded = received()
    forwarded.take('requested', 'forward', { forwardTo: 'de.essen.desk' })
    forwarded.take(null, 'receive', {}, { at: '2026-11-30T09:00:00Z' })
    expect(forwarded.clocks().find(({ id }) => id === 'answer#2')?.safe).toBe('2026-12-30T23:00:00.000Z')
    forwarded.take('requester', 'withdraw', { withdrawReason: 'Application withdrawn' })
    expect(forwarded.state()).toBe('withdrawn')
    expect(new Set(forwarded.clocks('2027-06-01T00:00:00Z').map(({ due }) => due.state))).toEqual(new Set(['stopped']))
  })
})
