import { describe, expect, it } from 'vitest'
import { checkDefinition } from '#kernel/procedure/check-definition.ts'
import { decideTransition, leastAdvanced, openTransitions } from '#kernel/procedure/machine.ts'
import { lackOfMeans } from '../contract/alerts.ts'
import { pr01 } from './pr-01-cargo-alert.ts'
import { pr09 } from './pr-09-port-action.ts'

it.each([pr01, pr09])('$id has no dead end, silent clock or field without audience', (definition) => {
  expect(checkDefinition(definition)).toEqual([])
})

it('finds each planted fault', () => {
  const codes = (change: object) => checkDefinition({ ...pr01, ...change }).map((problem) => problem.code)
  expect(
    codes({
      states: [...pr01.states, { id: 'limbo', title: 'Limbo', rank: 9 }],
    }),
  ).toEqual(expect.arrayContaining(['state.unreachable', 'state.dead']))
  expect(codes({ fields: pr01.fields.map((field) => ({ ...field, audience: [] })) })).toContain('field.audience')
  expect(codes({ clocks: pr01.clocks.map((clock) => ({ ...clock, kind: 'law' })) })).toContain('clock.unverified')
  expect(
    codes({
      transitions: pr01.transitions.filter((each) => each.id !== 'issue'),
    }),
  ).toContain('state.unreachable')
  expect(codes({ initial: 'nowhere' })).toContain('state.initial')
})

it('policy is called policy, and an end that is nobody’s duty is time that passes', () => {
  expect(pr01.retention.map(({ basis }) => basis.mark)).toEqual(['D', 'D'])
  expect([...pr01.clocks, ...pr09.clocks].filter(({ isWaiting }) => isWaiting === true).map(({ id }) => id)).toEqual(['expiry', 'release'])
  for (const { metBy = [] } of [...pr01.clocks, ...pr09.clocks]) {
    expect(metBy).not.toEqual([])
    expect(metBy).not.toContain('withdraw')
    expect(metBy).not.toContain('recall')
  }
  expect(pr09.statistics.find(({ id }) => id === 'impossible')?.meaning).toContain('by code')
})

describe('PR-01', () => {
  const attempt = {
    facts: {},
    fields: {},
    role: 'recipientDesk' as string | null,
  }
  it('issues only with valid identifiers, a future port and an open gate, and says which is missing', () => {
    const facts = { identifiersValid: true, futurePorts: 1, gatePassed: true }
    const issue = {
      ...attempt,
      role: 'originator',
      state: 'draft',
      transition: 'issue',
    }
    expect(decideTransition(pr01, { ...issue, facts })).toMatchObject({
      kind: 'move',
      to: 'issued',
    })
    expect(decideTransition(pr01, { ...issue, facts: { ...facts, futurePorts: 0 } })).toMatchObject({
      kind: 'refused',
      code: 'guard',
      because: 'No port of the itinerary lies ahead.',
    })
    expect(
      decideTransition(pr01, {
        ...issue,
        facts: { identifiersValid: true, futurePorts: 1 },
      }),
    ).toMatchObject({ kind: 'refused', code: 'guard' })
    expect(decideTransition(pr01, { ...issue, facts, role: 'recipientDesk' })).toMatchObject({ kind: 'refused', code: 'role' })
  })
  it('asks for a code when declining and for words when the code is other', () => {
    const decline = {
      ...attempt,
      state: 'acknowledged',
      transition: 'decline',
    }
    expect(decideTransition(pr01, decline)).toMatchObject({
      kind: 'fields',
      problems: [{ at: 'declineCode' }],
    })
    expect(decideTransition(pr01, { ...decline, fields: { declineCode: 'other' } })).toMatchObject({
      kind: 'fields',
      problems: [{ at: 'declineReason' }],
    })
    expect(
      decideTransition(pr01, {
        ...decline,
        fields: { declineCode: 'capacity', extra: 1 },
      }),
    ).toMatchObject({ kind: 'fields', problems: [{ code: 'field.unknown' }] })
    expect(
      decideTransition(pr01, {
        ...decline,
        fields: { declineCode: 'capacity' },
      }),
    ).toMatchObject({ kind: 'move', to: 'declined' })
  })
  it('lets the outcome decide the state and demands what each outcome needs', () => {
    const record = {
      ...attempt,
      state: 'controlled',
      transition: 'recordOutcome',
    }
    expect(decideTransition(pr01, { ...record, fields: { outcome: 'positive' } })).toMatchObject({
      kind: 'fields',
      problems: [{ at: 'foundKind' }, { at: 'foundPlace' }],
    })
    expect(
      decideTransition(pr01, {
        ...record,
        fields: { outcome: 'notControlled' },
      }),
    ).toMatchObject({ kind: 'fields' })
    expect(
      decideTransition(pr01, {
        ...record,
        fields: { outcome: 'notControlled', notControlledReason: 'capacity' },
      }),
    ).toMatchObject({ to: 'notControlled' })
    expect(decideTransition(pr01, { ...record, fields: { outcome: 'negative' } })).toMatchObject({ to: 'negative' })
  })
  it('lets the desk ask for the means it lacked, once, and for no other reason', () => {
    const ask = (reason: string, done = {}) =>
      decideTransition(pr01, {
        ...attempt,
        state: 'notControlled',
        transition: 'askAssistance',
        facts: { notControlledReason: reason, ...done },
      })
    for (const reason of lackOfMeans) expect(ask(reason)).toMatchObject({ kind: 'move', to: 'notControlled' })
    expect(ask('decidedOtherwise')).toMatchObject({ kind: 'refused', code: 'guard' })
    expect(ask('capacity', { 'done.askAssistance': true })).toMatchObject({ kind: 'refused', because: 'The means were asked for already.' })
    expect(decideTransition(pr01, { ...attempt, role: 'originator', state: 'notControlled', transition: 'askAssistance' })).toMatchObject({
      kind: 'refused',
      code: 'role',
    })
  })
  it('offers each role its own steps and shows the least advanced desk', () => {
    expect(
      openTransitions(pr01, {
        state: 'acknowledged',
        role: 'recipientDesk',
        facts: {},
      }).map((each) => each.id),
    ).toEqual(['target', 'decline'])
    expect(
      openTransitions(pr01, {
        state: 'acknowledged',
        role: 'originator',
        facts: {},
      }).map((each) => each.id),
    ).toEqual(['withdraw', 'recall'])
    expect(leastAdvanced(pr01, ['controlled', 'issued', 'positive'])).toBe('issued')
  })
})

describe('PR-09', () => {
  it('has no field for a reason', () => {
    const partnerFields = pr09.fields.filter((field) => field.audience.includes('partner')).map((field) => field.id)
    expect(partnerFields).toEqual(['impossibleCode', 'performedAt'])
  })
  it('sends only within the maximum', () => {
    const send = {
      state: 'draft',
      transition: 'send',
      role: 'authority',
      fields: {},
    }
    const facts = {
      authorisedByOfficer: true,
      untilInDays: 3,
      partnerVetted: true,
    }
    expect(decideTransition(pr09, { ...send, facts })).toMatchObject({
      to: 'sent',
    })
    expect(decideTransition(pr09, { ...send, facts: { ...facts, untilInDays: -1 } })).toMatchObject({ code: 'guard' })
    expect(decideTransition(pr09, { ...send, facts: { ...facts, untilInDays: 15 } })).toMatchObject({ code: 'guard' })
  })
})
