/** PR-14: nineteen items of the ISPS Code, the host heard first, critical findings followed to the end; other states see the status (scenario S16). */
import { describe, expect, it } from 'vitest'
import { isFor } from '../server/parties.ts'
import { drive } from './drive.fixture.ts'
import { fieldsFor, shipped } from './shipped.fixture.ts'

const definition = shipped('pr-14-port-evaluation.yaml')
const assistance = shipped('pr-13-port-assistance.yaml')
const formats = { unlocode: () => undefined }
const facility = { facilityName: 'Terminal Contecon', unlocode: 'ECGYE', facilityNumber: 'ECGYE-0001', hostCountry: 'EC' }
const planned = { visitOn: '2027-03-01T14:00:00Z', scope: 'Whole facility' }
const isps = (definition.codeLists?.['isps'] ?? []).map(({ code }) => code)
const answers = Object.fromEntries(
  definition.fields
    .filter(({ section, codeList }) => ['assessment', 'plan', 'practice'].includes(section ?? '') && codeList === 'grade')
    .map(({ id }) => [id, 'conformity']),
)
const findings = [{ number: '1', item: 'A/16.3.2', severity: 'critical', text: 'Gate 4 stands open at night.', evidence: 'seen' }]

function visiting() {
  const run = drive(definition, { formats, parties: { host: { country: 'EC', calendar: 'EC', zone: 'America/Guayaquil' } } })
  run.take('commission', 'plan', { ...facility, ...planned }, { at: '2026-11-26T09:00:00Z' })
  expect(run.take('commission', 'notifyHost', { ...facility, ...planned })).toMatchObject({ kind: 'move', to: 'notifiedHost' })
  run.take(null, 'arrive', {}, { at: '2026-11-26T10:00:00Z' })
  run.take('host', 'ack')
  const selfAssessed = isps.map((item) => ({ item, grade: 'conformity' }))
  const handedIn = { pfsaOn: '2025-01-01', pfspOn: '2025-06-01', selfAssessed }
  expect(run.take('host', 'submitSelfAssessment', handedIn, { at: '2027-02-10T15:00:00Z' })).toMatchObject({ to: 'visit' })
  return run
}
function visited() {
  const run = visiting()
  const visit = { visitedFrom: '2027-03-01T14:00:00Z', visitedUntil: '2027-03-04T20:00:00Z', inspectorsIndependent: true }
  expect(run.take('commission', 'recordVisit', visit, { at: '2027-03-05T09:00:00Z' })).toMatchObject({ to: 'draftReport' })
  return run
}
const critical = { criticalOpen: ['A/16.3.2'], criticalText: 'Finding 1: gate 4 stands open at night.' }
function drafted(run = visited()) {
  const draft = { ...answers, pfsoNamed: true, findings, report: 'Draft', crimeAnswers: [], commentsUntil: '2027-04-20T05:00:00Z' }
  expect(run.take('commission', 'sendDraft', draft, { at: '2027-03-20T09:00:00Z' })).toMatchObject({ to: 'hostComments' })
  return run
}
const clock = (run: ReturnType<typeof visited>, id: string) => run.clocks().find((each) => each.id === id)

describe('the items', () => {
  it('are four of A/15.5 and fifteen of A/16.3, each a code and each a question of the report', () => {
    expect(isps.filter((code) => code.startsWith('A/15.5.'))).toHaveLength(4)
    expect(isps.filter((code) => code.startsWith('A/16.3.'))).toHaveLength(15)
    expect(definition.fields.filter(({ section }) => section === 'assessment')).toHaveLength(4)
    expect(definition.fields.filter(({ section }) => section === 'plan')).toHaveLength(15)
    expect(assistance.codeLists?.['isps']).toEqual(definition.codeLists?.['isps'])
  })

  it('are all answered before a draft goes to the host', () => {
    const { 'a16-3-12': _, ...without } = answers
    const draft = { ...without, pfsoNamed: true, findings, report: 'Draft', commentsUntil: '2027-06-01T00:00:00Z' }
    expect(visited().take('commission', 'sendDraft', draft)).toMatchObject({ kind: 'fields', problems: [{ at: 'a16-3-12' }] })
  })

  it('are all answered in the self-assessment', () => {
    const run = drive(definition, { formats, parties: { host: { country: 'EC' } } })
    run.take('commission', 'notifyHost', { ...facility, ...planned })
    run.take('host', 'ack')
    const some = { pfsaOn: '2025-01-01', pfspOn: '2025-06-01', selfAssessed: isps.slice(1).map((item) => ({ item, grade: 'conformity' })) }
    expect(run.take('host', 'submitSelfAssessment', some)).toMatchObject({ code: 'guard', because: expect.stringContaining('nineteen') })
  })
})

describe('the visit', () => {
  it('is announced sixty days before, or with an exceptional reason fourteen', () => {
    const run = drive(definition, { formats, parties: { host: { country: 'EC' } } })
    const soon = { ...facility, visitOn: '2026-12-20T09:00:00Z', scope: 'Whole facility' }
    expect(run.take('commission', 'notifyHost', soon)).toMatchObject({ code: 'guard', because: expect.stringContaining('sixty days') })
    expect(run.take('commission', 'notifyHost', { ...soon, visitOn: '2026-12-05T09:00:00Z', shortNotice: 'A shooting' })).toMatchObject({
      code: 'guard',
    })
    expect(run.take('commission', 'notifyHost', { ...soon, shortNotice: 'A shooting' })).toMatchObject({ to: 'notifiedHost' })
  })

  it('goes to the authority of the host state', () => {
    const run = drive(definition, { formats, parties: { host: { country: 'PE' } } })
    expect(run.take('commission', 'notifyHost', { ...facility, ...planned })).toMatchObject({
      code: 'guard',
      because: expect.stringContaining('host state'),
    })
  })

  it('sets the notice and the self-assessment by its own day', () => {
    const run = drive(definition, { formats, parties: { host: { country: 'EC' } } })
    run.take('commission', 'plan', { ...facility, ...planned })
    expect(run.clocks()).toMatchObject([{ id: 'notice', kind: 'policy', safe: '2026-12-31T14:00:00.000Z' }])
    run.take('commission', 'notifyHost', { ...facility, ...planned })
    run.take(null, 'arrive')
    expect(run.clocks()).toMatchObject([{ due: { state: 'met' } }, { id: 'selfAssessment', safe: '2027-02-15T14:00:00.000Z' }])
  })

  it('is the host’s to decline, and the reason is for the Commission alone', () => {
    const run = drive(definition, { formats, parties: { host: { country: 'EC' } } })
    run.take('commission', 'notifyHost', { ...facility, ...planned })
    expect(run.take('host', 'declineVisit', { ground: 'date', reasons: 'Elections' })).toMatchObject({ to: 'refusedByHost' })
    for (const role of ['facility', 'otherState']) expect(isFor(definition, 'reasons', [role])).toBe(false)
    for (const role of ['commission', 'host']) expect(isFor(definition, 'reasons', [role])).toBe(true)
    expect(run.take('commission', 'propose', { visitOn: '2027-05-01T14:00:00Z' })).toMatchObject({ to: 'planned' })
  })

  it('takes place without inspectors of the host state', () => {
    const visit = { visitedFrom: '2027-03-01T14:00:00Z', visitedUntil: '2027-03-04T20:00:00Z', inspectorsIndependent: false }
    expect(visiting().take('commission', 'recordVisit', visit, { at: '2027-03-05T09:00:00Z' })).toMatchObject({ code: 'guard' })
  })
})

describe('the report', () => {
  it('is drafted thirty days after the end of the visit and commented within thirty', () => {
    expect(clock(visited(), 'draft')).toMatchObject({ kind: 'policy', safe: '2027-04-03T22:00:00.000Z' })
    expect(clock(drafted(), 'comments')).toMatchObject({ safe: '2027-04-20T05:00:00.000Z' })
  })

  it('becomes final only after the host was heard or let the time pass', () => {
    const run = drafted()
    expect(run.take('commission', 'finalise', { report: 'Final', findings, anyMajor: false })).toMatchObject({ code: 'state' })
    expect(run.take(null, 'noComments', {}, { at: '2027-04-20T05:00:00Z' })).toMatchObject({ to: 'commented' })
    expect(run.take('commission', 'finalise', { report: 'Final', findings, anyMajor: false })).toMatchObject({ to: 'final' })
    expect(run.fold().locked).toEqual(['findings', 'report'])
  })

  it('does not wait for a host that never answers, and not less than thirty days', () => {
    const run = drafted()
    expect(run.take('commission', 'goOnWithoutComments', { reason: 'No word.' }, { at: '2027-04-19T09:00:00Z' })).toMatchObject({
      code: 'guard',
    })
    expect(run.take('commission', 'goOnWithoutComments', { reason: 'No word.' }, { at: '2027-04-20T09:00:00Z' })).toMatchObject({
      to: 'commented',
    })
    const draft = { ...answers, pfsoNamed: true, findings, report: 'Draft', commentsUntil: '2027-03-30T05:00:00Z' }
    expect(visited().take('commission', 'sendDraft', draft, { at: '2027-03-20T09:00:00Z' })).toMatchObject({
      code: 'guard',
      because: expect.stringContaining('thirty days'),
    })
  })

  it('says what became of the comments', () => {
    const run = drafted()
    run.take('host', 'comment', { comments: 'Gate 4 is a fire exit.' })
    expect(run.take('commission', 'finalise', { report: 'Final', findings, anyMajor: false })).toMatchObject({
      kind: 'fields',
      problems: [{ at: 'commentsAnswered' }],
    })
  })

  it('gives major findings 180 days from when the host is told, which is before the final report', () => {
    const run = drafted()
    run.take('host', 'comment', { comments: 'None.' })
    const report = { report: 'Final', findings, commentsAnswered: 'Taken in.', anyMajor: true }
    expect(run.take('commission', 'finalise', report, { at: '2027-04-01T09:00:00Z' })).toMatchObject({ code: 'guard' })
    run.take('commission', 'reportMajor', { majorOpen: ['A/16.3.12'] })
    expect(run.take('commission', 'finalise', report)).toMatchObject({ to: 'final' })
    expect(clock(run, 'major')).toMatchObject({ kind: 'policy', safe: '2027-09-29T05:00:00.000Z' })
    run.take('host', 'submitActionPlan', {
      actions: [{ finding: '1', position: 'agreed', action: 'Fence', owner: 'Port works', due: '2027-08-01' }],
    })
    run.take('commission', 'acceptPlan')
    expect(run.take('commission', 'close')).toMatchObject({ code: 'guard' })
    run.take(null, 'majorOverdue', {}, { at: '2027-09-29T05:00:00Z' })
    expect(run.take('commission', 'confirmMajor', { verification: 'Seen' })).toMatchObject({ code: 'guard' })
    expect(run.take('commission', 'confirmMajor', { verification: 'Seen', majorOpen: [] })).toMatchObject({ kind: 'move' })
    expect(run.take('commission', 'close')).toMatchObject({ to: 'closed' })
    expect(run.take('commission', 'reopen', { reason: 'The fence fell.' })).toMatchObject({ to: 'followUp' })
    expect(run.clocks().at(-1)).toMatchObject({ id: 'nextFollowUp', kind: 'policy', due: { state: 'running' } })
    run.take('commission', 'closeOpen', { reason: 'Left to the national authority.' })
    expect(run.clocks('2029-01-01T00:00:00Z').at(-1)?.due.state).toBe('stopped')
  })
})

describe('S16: a critical finding that is overdue', () => {
  function overdue() {
    const run = visited()
    run.take('commission', 'reportCritical', critical, { at: '2027-03-05T15:00:00Z' })
    expect(clock(run, 'critical')).toMatchObject({ kind: 'policy', safe: '2027-04-05T05:00:00.000Z' })
    drafted(run)
    run.take('host', 'comment', { comments: 'Fence ordered.' }, { at: '2027-03-25T15:00:00Z' })
    run.take(
      'commission',
      'finalise',
      { report: 'Final', findings, anyMajor: false, commentsAnswered: 'Noted.' },
      { at: '2027-03-30T15:00:00Z' },
    )
    const decision = run.take(null, 'criticalOverdue', {}, { at: '2027-04-05T05:00:00Z' })
    return { run, decision }
  }

  it('alerts host and Commission and leaves the report where it is', () => {
    const { decision, run } = overdue()
    expect(decision).toMatchObject({
      kind: 'move',
      effects: expect.arrayContaining([expect.objectContaining({ kind: 'notify', roles: ['host', 'commission'] })]),
    })
    expect(run.state()).toBe('final')
  })

  it('opens a request for assistance whose facility and items are filled in with fields that PR-13 has', () => {
    const { decision, run } = overdue()
    const spawn = decision.kind === 'move' ? decision.effects.find((effect) => effect.kind === 'spawn') : undefined
    expect(spawn?.procedure).toBe(assistance.id)
    const copied = Object.entries(spawn?.copy ?? {}).map(([to, from]) => [to, run.fold().values[from]])
    expect(Object.fromEntries(copied)).toEqual({ ...facility, findingItems: ['A/16.3.2'], findingReferences: critical.criticalText })
    const ids = assistance.fields.map(({ id }) => id)
    for (const step of definition.transitions)
      for (const effect of step.effects) if (effect.kind === 'spawn') expect(ids).toEqual(expect.arrayContaining(Object.keys(effect.copy)))
  })

  it('is told to nobody else, and other states have four fields and no step of their own', () => {
    expect(fieldsFor(definition, 'otherState')).toEqual(['facilityName', 'unlocode', 'facilityNumber', 'hostCountry'])
    expect(definition.transitions.find(({ id }) => id === 'criticalOverdue')?.told).toEqual(['commission', 'host'])
    expect(definition.transitions.filter(({ by }) => by?.includes('otherState'))).toEqual([])
    // What stays in its state and is not told to other states cannot show them that something is open.
    const silent = [
      'reportCritical',
      'reportMajor',
      'confirmSome',
      'confirmCritical',
      'confirmMajor',
      'majorOverdue',
      'askAssistance',
      'reportAction',
    ]
    const steps = definition.transitions.filter(({ id }) => silent.includes(id))
    expect(steps).toHaveLength(silent.length)
    for (const step of steps) expect([step.to, step.told?.includes('otherState')]).toEqual(['@stay', false])
    expect(definition.states.filter(({ id }) => /critical|major|overdue/i.test(id))).toEqual([])
    for (const { audience } of definition.clocks) expect(audience?.includes('otherState')).toBe(false)
  })

  it('ends when every action is verified, and is not closed before', () => {
    const { run } = overdue()
    expect(run.take('commission', 'close')).toMatchObject({ code: 'guard', because: expect.stringContaining('critical') })
    run.take('host', 'reportAction', { actionsDone: 'Fence built', proof: 'Photo 12' })
    expect(run.take('host', 'confirmCritical', { verification: 'Own word', criticalOpen: [] })).toMatchObject({ code: 'role' })
    expect(run.take('commission', 'confirmCritical', { verification: 'Seen' })).toMatchObject({ code: 'guard' })
    expect(run.take('commission', 'confirmCritical', { verification: 'Seen', criticalOpen: [] })).toMatchObject({ kind: 'move' })
    expect(run.take('commission', 'close')).toMatchObject({ to: 'closed' })
  })

  it('may be given up only with a reason, and then nothing runs on', () => {
    const { run } = overdue()
    expect(run.take('commission', 'closeOpen')).toMatchObject({ problems: [{ at: 'reason' }] })
    expect(run.take('commission', 'closeOpen', { reason: 'The facility was shut down.' })).toMatchObject({ to: 'closed' })
    expect(run.clocks().some(({ due }) => due.state === 'running')).toBe(false)
  })

  it('met in time stops the clock; another critical finding starts a new one', () => {
    const run = visited()
    run.take('commission', 'reportCritical', critical, { at: '2027-03-05T15:00:00Z' })
    run.take('commission', 'confirmCritical', { verification: 'Seen', criticalOpen: [] }, { at: '2027-03-10T15:00:00Z' })
    run.take('commission', 'reportCritical', { ...critical, criticalOpen: ['A/16.3.12'] }, { at: '2027-03-12T15:00:00Z' })
    expect(
      run
        .clocks()
        .filter(({ id }) => id.startsWith('critical'))
        .map(({ id, due }) => [id, due.state]),
    ).toEqual([
      ['critical', 'met'],
      ['critical#2', 'running'],
    ])
  })
})

describe('what is protected', () => {
  it('keeps the contents of assessment and plan with the authority of the facility', () => {
    for (const id of ['pfsaNotes', 'pfspNotes']) expect(definition.fields.find((field) => field.id === id)?.audience).toEqual(['host'])
  })

  it('holds no personal data at all', () => {
    expect(definition.fields.flatMap((field) => [field, ...(field.of ?? [])]).some(({ personal }) => personal === true)).toBe(false)
  })

  it('gives the facility its findings and actions and never the report', () => {
    const seen = fieldsFor(definition, 'facility')
    expect(seen).toEqual(expect.arrayContaining(['findings', 'actions', 'criticalText']))
    expect(
      seen.filter((id) => ['report', 'comments', 'selfAssessed', 'crimeAnswers', 'pfsoNamed'].includes(id) || id.startsWith('a1')),
    ).toEqual([])
  })
})

describe('side paths', () => {
  it('visits without a self-assessment only with a reason, and cancels with one', () => {
    const run = drive(definition, { formats, parties: { host: { country: 'EC' } } })
    run.take('commission', 'notifyHost', { ...facility, ...planned })
    run.take('host', 'ack')
    expect(run.take('commission', 'goWithout')).toMatchObject({ problems: [{ at: 'reason' }] })
    expect(run.take('commission', 'goWithout', { reason: 'The host asks for it.' })).toMatchObject({ to: 'visit' })
    expect(run.take('commission', 'cancel', { reason: 'Unrest.' })).toMatchObject({ to: 'cancelled' })
    expect(run.clocks().some(({ due }) => due.state === 'running')).toBe(false)
  })

  it('returns an action plan, follows up, and answers questions between the two alone', () => {
    const run = drafted()
    run.take('host', 'comment', { comments: 'None.' })
    run.take('commission', 'finalise', { report: 'Final', findings, anyMajor: false, commentsAnswered: 'None.' })
    run.take('host', 'submitActionPlan', {
      actions: [{ finding: '1', position: 'agreed', action: 'Fence', owner: 'Works', due: '2027-08-01' }],
    })
    expect(run.take('commission', 'returnPlan', { planReturned: 'No dates.' })).toMatchObject({ to: 'final' })
    expect(run.take('host', 'submitActionPlan')).toMatchObject({ problems: [{ at: 'actions' }] })
    const dated = [{ finding: '1', position: 'agreed', action: 'Fence', owner: 'Works', due: '2027-07-01' }]
    run.take('host', 'submitActionPlan', { actions: dated })
    run.take('commission', 'acceptPlan')
    expect(run.take('commission', 'followUpVisit', { round: 1, verification: 'Seen.' })).toMatchObject({ to: 'followUp' })
    for (const step of definition.transitions.filter(({ id }) => ['requestInfo', 'provideInfo', 'followUpVisit'].includes(id)))
      expect(step.told).toEqual(['commission', 'host'])
  })
})
