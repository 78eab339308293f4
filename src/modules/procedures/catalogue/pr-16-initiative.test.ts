/** PR-16: an overlap that was found is answered before the proposal goes on, and no answer is a dead end. */
import { describe, expect, it } from 'vitest'
import { decideTransition } from '#kernel/procedure/machine.ts'
import { drive } from './drive.fixture.ts'
import { shipped } from './shipped.fixture.ts'

const definition = shipped('pr-16-initiative.yaml')
const proposal = {
  name: 'Certified pick-up of containers',
  measures: ['7', '9'],
  objective: 'No container leaves without a certified pick-up.',
  actors: 'Port authorities, terminals',
  structures: [{ structure: 'European Ports Alliance', whyNot: 'No technical standard.' }],
  whyNew: 'A common standard is missing.',
  costEur: 200_000,
  funding: 'States taking part',
  startOn: '2027-01-01',
  endOn: '2027-12-31',
}
const overlap = {
  searched: 'Register of initiatives, all languages',
  overlaps: [
    {
      initiative: 'Enlèvement certifié',
      owner: 'BE',
      theirs: 'Certifier chaque enlèvement de conteneur.',
      similar: 'Same object, same step.',
    },
  ],
}

function drafted() {
  const run = drive(definition)
  expect(run.take('author', 'draft', proposal)).toMatchObject({ kind: 'move', to: 'drafted' })
  return run
}
function shown() {
  const run = drafted()
  expect(run.take('author', 'showOverlap', overlap)).toMatchObject({ to: 'overlapShown' })
  return run
}
function running() {
  const run = drafted()
  run.take('author', 'noOverlap', { searched: 'Register', overlapFound: false })
  run.take('author', 'checkCompetence', { competence: 'national', competenceReasons: 'Policing of ports.', legalStep: 'none' })
  run.take('author', 'circulate')
  expect(run.take('circle', 'support', { opinion: 'Yes.' })).toMatchObject({ to: 'circulated' })
  expect(run.take('author', 'recordSupport', { supporters: [{ state: 'NL', on: '2026-12-01' }] })).toMatchObject({ to: 'supported' })
  run.take('author', 'adopt', { adoptedBy: 'Ministers', adoptedOn: '2026-12-10' })
  expect(run.take('author', 'begin')).toMatchObject({ to: 'running' })
  return run
}

describe('the draft', () => {
  it.each(['measures', 'objective', 'actors', 'structures', 'whyNew', 'costEur', 'endOn'])('asks for %s', (field) => {
    const without = Object.fromEntries(Object.entries(proposal).filter(([id]) => id !== field))
    const answer = drive(definition).take('author', 'draft', without)
    expect(answer.kind).not.toBe('move')
    expect(JSON.stringify(answer)).toMatch(field === 'endOn' ? /has an end/ : new RegExp(`"at":"${field}"`))
  })

  it('has an end that lies ahead', () => {
    expect(drive(definition).take('author', 'draft', { ...proposal, endOn: '2025-12-31' })).toMatchObject({ code: 'guard' })
  })
})

describe('an overlap', () => {
  it('is answered before the proposal goes on', () => {
    const run = shown()
    for (const step of ['noOverlap', 'checkCompetence', 'circulate', 'adopt'])
      expect(run.take('author', step)).toMatchObject({ code: 'state' })
    expect(run.take('author', 'answerOverlap', { overlapReasons: 'Ours is wider.' })).toMatchObject({ problems: [{ at: 'overlapAnswer' }] })
    expect(run.take('author', 'answerOverlap', { overlapAnswer: 'differentiate' })).toMatchObject({ problems: [{ at: 'overlapReasons' }] })
  })

  it('cannot be recorded as none while one is named', () => {
    expect(drafted().take('author', 'noOverlap', { searched: 'Register', overlapFound: true })).toMatchObject({
      code: 'guard',
      because: expect.stringContaining('answer it'),
    })
  })

  it('never blocks: differentiate goes on to the end of the proposal', () => {
    const run = shown()
    expect(run.take('author', 'answerOverlap', { overlapAnswer: 'differentiate', overlapReasons: 'Ours is wider.' })).toMatchObject({
      to: 'duplicationChecked',
    })
    expect(
      run.take('author', 'checkCompetence', { competence: 'shared', competenceReasons: 'Art 4 TFEU', legalStep: 'none' }),
    ).toMatchObject({
      to: 'competenceChecked',
    })
    expect(run.take('author', 'circulate')).toMatchObject({ to: 'circulated' })
  })

  it('answered with join merges, or comes back to be answered again when the owner declines', () => {
    const run = shown()
    const join = { overlapAnswer: 'join', overlapReasons: 'Same aim.' }
    expect(run.take('author', 'answerOverlap', join)).toMatchObject({ to: 'joining' })
    expect(run.take('author', 'askOwner', { joinOwner: 'owner.org.desk' })).toMatchObject({ to: 'joining' })
    expect(run.take('owner', 'declineJoin', { ownerNote: 'Closed to new members.' })).toMatchObject({ to: 'overlapShown' })
    run.take('author', 'answerOverlap', join)
    expect(run.take('owner', 'acceptJoin', { mergedInto: 'Enlèvement certifié' })).toMatchObject({ to: 'merged' })
  })

  it('answered with withdraw ends, and can be taken up again', () => {
    const run = shown()
    expect(run.take('author', 'answerOverlap', { overlapAnswer: 'withdraw', overlapReasons: 'Theirs is better.' })).toMatchObject({
      to: 'withdrawn',
    })
    expect(run.take('author', 'reopen', { note: 'Theirs ended.' })).toMatchObject({ to: 'idea' })
    expect(run.clocks()).toMatchObject([{ id: 'takeUp', kind: 'policy', due: { state: 'running' } }])
  })

  it('leads on from every answer: no guard stands in the way of any of the three', () => {
    const step = definition.transitions.find(({ id }) => id === 'answerOverlap')
    expect(step?.guards).toBeUndefined()
    expect(step?.effects).toEqual([])
    expect(Object.keys(step?.toBy?.states ?? {})).toEqual(definition.codeLists?.['answer']?.map(({ code }) => code))
  })

  it('that appears while the proposal circulates is shown and answered too', () => {
    const run = drafted()
    run.take('author', 'noOverlap', { searched: 'Register', overlapFound: false })
    run.take('author', 'checkCompetence', { competence: 'national', competenceReasons: 'Policing.', legalStep: 'none' })
    run.take('author', 'circulate')
    expect(run.take('author', 'showOverlap', overlap)).toMatchObject({ to: 'overlapShown' })
  })
})

describe('support and life', () => {
  it('is not circulated to nobody, and not adopted without a supporter', () => {
    const at = { role: 'author', fields: {} }
    expect(
      decideTransition(definition, { ...at, state: 'competenceChecked', transition: 'circulate', facts: { 'party.circle': false } }),
    ).toMatchObject({
      code: 'guard',
    })
    expect(decideTransition(definition, { ...at, state: 'supported', transition: 'adopt', facts: {} })).toMatchObject({ code: 'guard' })
  })

  it('is evaluated at its end date, which can be moved while it runs', () => {
    const run = running()
    expect(run.clocks()).toMatchObject([{ id: 'evaluate', kind: 'policy', safe: '2028-01-01T00:00:00.000Z' }])
    run.take('author', 'prolong', { endOn: '2028-06-30', note: 'Second port.' })
    expect(run.clocks()).toMatchObject([{ safe: '2028-07-01T00:00:00.000Z' }])
    expect(run.take('author', 'evaluate', { result: 'Two ports.', costSpentEur: 150_000 })).toMatchObject({
      problems: [{ at: 'evidence' }],
    })
    expect(run.take('author', 'evaluate', { result: 'Two ports.', evidence: 'Report', costSpentEur: 150_000 })).toMatchObject({
      to: 'evaluated',
    })
    expect(run.clocks()[0]?.due.state).toBe('met')
    expect(run.take('author', 'close')).toMatchObject({ to: 'closed' })
    expect(run.take('author', 'continue', { endOn: '2029-12-31', note: 'Closed too early.' })).toMatchObject({ to: 'running' })
    expect(run.clocks().at(-1)).toMatchObject({ kind: 'policy', due: { state: 'running' } })
  })
})

it('holds no personal data and travels openly', () => {
  expect(definition.fields.some(({ personal }) => personal === true)).toBe(false)
  expect(definition.message?.handling.tlp).toBe('GREEN')
})

describe('side paths', () => {
  it('join without the owner on the platform is recorded, or answered anew', () => {
    const run = shown()
    run.take('author', 'answerOverlap', { overlapAnswer: 'join', overlapReasons: 'Same aim.' })
    expect(run.take('author', 'goOn', { note: 'No reply.' })).toMatchObject({ to: 'overlapShown' })
    run.take('author', 'answerOverlap', { overlapAnswer: 'join', overlapReasons: 'Same aim.' })
    expect(run.take('author', 'joinElsewhere', { mergedInto: 'Enlèvement certifié' })).toMatchObject({ to: 'merged' })
  })

  it('revises what circulates, and is then searched again before it goes on', () => {
    const run = drafted()
    run.take('author', 'noOverlap', { searched: 'Register', overlapFound: false })
    run.take('author', 'checkCompetence', { competence: 'national', competenceReasons: 'Policing.', legalStep: 'none' })
    run.take('author', 'circulate')
    run.take('circle', 'comment', { opinion: 'Too dear.' })
    expect(run.take('author', 'revise', { ...proposal, costEur: 100_000, note: 'Half the cost.' })).toMatchObject({ to: 'drafted' })
    expect(run.take('author', 'circulate')).toMatchObject({ code: 'state' })
  })

  it('reports while it runs, goes on in a new term or merges', () => {
    const run = running()
    expect(run.take('author', 'report', { progress: 'Half way.' })).toMatchObject({ to: 'running' })
    run.take('author', 'evaluate', { result: 'Two ports.', evidence: 'Report', costSpentEur: 150_000 })
    expect(run.take('author', 'continue', { endOn: '2028-12-31', note: 'Works.' })).toMatchObject({ to: 'running' })
    expect(run.clocks().map(({ id }) => id)).toEqual(['evaluate', 'evaluate#2'])
    expect(run.take('author', 'merge', { mergedInto: 'European standard', note: 'Same now.' })).toMatchObject({ to: 'merged' })
  })
})
