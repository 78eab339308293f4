import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countedAt } from './clock-end.ts'
import type { ProcedureDef, TransitionDef } from './definition.ts'
import { baseOf, type CaseFold, extendedBy, foldCase, MIGRATE, type TakenStep } from './fold.ts'
import { PROCEDURE, party } from './procedure.fixture.ts'

const parties = { asker: [party('asker')], answerer: [party('answerer')] }
const versions = (changed: Partial<ProcedureDef> = {}) => {
  const next: ProcedureDef = {
    ...PROCEDURE,
    version: '2027-01-01',
    migratesFrom: [{ version: PROCEDURE.version, states: { open: 'waiting' } }],
    ...changed,
  }
  return (version: string) => (version === next.version ? next : PROCEDURE)
}
const fold = (...steps: readonly TakenStep[]) => foldCase(versions(), baseOf(PROCEDURE, parties), steps)
const step = (order: number, transition: string, more: Partial<TakenStep> = {}): TakenStep => ({
  id: `s${order}${more.role ?? ''}`,
  order,
  at: order * 1000,
  transition,
  role: 'asker',
  fields: {},
  ...more,
})
const opened = step(1, 'open', { fields: { subject: 'ship', secret: 'source' } })

describe('a case from its steps', () => {
  it('is the same whatever order the steps came in', () => {
    const steps = [
      opened,
      step(2, 'ask', { role: 'answerer', fields: { question: 'which?' } }),
      step(3, 'reply', { fields: { reply: 'this' } }),
      step(3, 'note', { id: 'other', role: 'answerer', fields: { remark: 'seen' } }),
      step(4, 'answer', { role: 'answerer', fields: { verdict: 'yes' } }),
    ]
    const expected = fold(...steps)
    expect(expected.state).toBe('answered')
    fc.assert(
      fc.property(fc.shuffledSubarray(steps, { minLength: steps.length }), (shuffled) => {
        expect(fold(...shuffled)).toEqual(expected)
      }),
    )
  })

  it('keeps a step that does not fit where it falls, void and without effect', () => {
    const late = fold(
      opened,
      step(2, 'withdraw', { fields: { why: 'mistake' } }),
      step(3, 'answer', { role: 'answerer', fields: { verdict: 'yes' } }),
    )
    expect(late.state).toBe('withdrawn')
    expect(late.steps.map(({ isVoid }) => isVoid)).toEqual([false, false, true])
    expect(late.values).not.toHaveProperty('verdict')
    expect(late.done).not.toContain('answer')
    expect(late.order).toBe(3)
  })

  it('voids a step of a role that it does not belong to, and one that the procedure does not have', () => {
    expect(fold(opened, step(2, 'answer', { role: 'asker', fields: { verdict: 'yes' } })).steps[1]).toMatchObject({ isVoid: true })
    expect(fold(opened, step(2, 'no-such')).steps[1]).toMatchObject({ isVoid: true, from: 'open', to: 'open' })
  })

  it('orders steps by what their authors had seen, then by instant, then by id', () => {
    const both = (a: Partial<TakenStep>, b: Partial<TakenStep>) =>
      fold(
        opened,
        step(2, 'withdraw', { id: 'a', fields: { why: 'x' }, ...a }),
        step(2, 'answer', { id: 'b', role: 'answerer', fields: { verdict: 'no' }, ...b }),
      ).state
    expect(both({ order: 3, at: 0 }, { order: 2, at: 9 })).toBe('refused')
    expect(both({ at: 5 }, { at: 4 })).toBe('refused')
    expect(both({ at: 5 }, { at: 5 })).toBe('withdrawn')
  })

  it('takes no step twice, neither of those it began with nor one that moved it to another version', () => {
    const { steps: _steps, ...base } = fold(opened, step(2, MIGRATE, { fields: { version: '2027-01-01' } }))
    expect(base.seen).toEqual(['s1', 's2'])
    expect(foldCase(versions(), base, [opened, step(2, MIGRATE, { fields: { version: '2027-01-01' } })]).steps).toEqual([])
  })

  it('goes back to where it was before, also out of a side state within a side state', () => {
    const asked = [opened, step(2, 'ask', { role: 'answerer', fields: { question: 'a' } })]
    expect(fold(...asked).before).toEqual(['draft', 'open'])
    const back = fold(...asked, step(3, 'reply', { fields: { reply: 'b' } }))
    expect([back.state, back.before]).toEqual(['open', ['draft']])
  })

  it('lets the form decide the state', () => {
    expect(fold(opened, step(2, 'answer', { role: 'answerer', fields: { verdict: 'no' } })).state).toBe('refused')
  })
})

describe('values', () => {
  it('are those of the last step, and a step that stays in its state may set them too', () => {
    expect(
      fold(
        opened,
        step(2, 'note', { role: 'answerer', fields: { remark: 'a' } }),
        step(3, 'note', { role: 'answerer', fields: { remark: 'b' } }),
      ).values,
    ).toMatchObject({ remark: 'b' })
  })

  it('that were locked are not changed by a step that crossed', () => {
    const locked = fold(
      opened,
      step(2, 'seal'),
      step(2, 'note', { id: 'z', role: 'answerer', at: 9000, fields: { remark: 'ok', subject: 'another ship' } }),
    )
    expect(locked.locked).toEqual(['subject'])
    expect(locked.values).toMatchObject({ subject: 'ship', remark: 'ok' })
  })

  it('that were erased do not come back by a step that crossed', () => {
    const purged = fold(opened, step(2, 'forget'), step(2, 'note', { id: 'z', role: 'answerer', at: 9000, fields: { secret: 'again' } }))
    expect(purged.purged).toEqual(['secret'])
    expect(purged.values).not.toHaveProperty('secret')
  })
})

describe('clocks', () => {
  const waiting = [opened, step(2, 'ask', { role: 'answerer', fields: { question: 'a' } })]
  const kinds = (...steps: readonly TakenStep[]) => fold(...steps).clocks.map(({ id, ledger }) => [id, ledger.map(({ kind }) => kind)])

  it('start once while they run, stand still, run on, and stop', () => {
    expect(kinds(...waiting)).toEqual([['answer', ['suspend']]])
    expect(kinds(...waiting, step(3, 'reply', { fields: { reply: 'b' } }))).toEqual([['answer', ['suspend', 'resume']]])
    expect(kinds(opened, step(2, 'answer', { role: 'answerer', fields: { verdict: 'yes' } }))).toEqual([['answer', ['stop']]])
  })

  it('all stop when the case closes, even those no step names', () => {
    expect(kinds(...waiting, step(3, 'withdraw', { fields: { why: 'x' } }))).toEqual([['answer', ['suspend', 'stop']]])
  })

  it('start anew when the case is opened again: what was met stays met', () => {
    const again = [opened, step(2, 'answer', { role: 'answerer', fields: { verdict: 'yes' } }), step(3, 'reopen')]
    expect(fold(...again).state).toBe('open')
    expect(kinds(...again)).toEqual([
      ['answer', ['stop']],
      ['answer#2', []],
    ])
  })

  it('are extended together by no more than the definition allows', () => {
    const extended = fold(
      opened,
      step(2, 'extend', { role: 'answerer', fields: { days: 7 } }),
      step(3, 'extend', { role: 'answerer', fields: { days: 7 } }),
      step(4, 'extend', { role: 'answerer', fields: { days: 1 } }),
    )
    expect(extended.clocks[0]?.ledger.map((event) => event.kind === 'extend' && event.by.n)).toEqual([7, 3])
    expect(extendedBy(extended, 'answer')).toBe(10)
  })

  it('oblige whoever fills the role; who takes the role over takes over what runs, not what has stopped', () => {
    const other = party('another')
    const forwarded = fold(
      opened,
      step(2, 'answer', { role: 'answerer', fields: { verdict: 'yes' } }),
      step(3, 'reopen'),
      step(4, 'forward', { role: 'answerer', fields: { next: other.desk, 'next.party': other } }),
    )
    expect(forwarded.parties['answerer']).toEqual([other])
    expect(forwarded.clocks.map(({ obligated }) => obligated?.desk)).toEqual(['answerer.desk', 'another.desk'])
    expect(forwarded.reached).toContain('another.desk')
  })
})

describe('the end of a clock', () => {
  const lapse = PROCEDURE.transitions.find(({ id }) => id === 'lapse') as TransitionDef
  /** As the node takes it that knows of these steps and no others. */
  const lapseAfter = (...known: readonly TakenStep[]) =>
    step(Math.max(...known.map(({ order }) => order)) + 1, 'lapse', {
      id: 'end',
      role: null,
      at: 90_000,
      fields: countedAt(lapse, fold(...known).clocks),
    })
  const extended = step(2, 'extend', { role: 'answerer', fields: { days: 7 } })
  const isVoid = (folded: CaseFold) => folded.steps.find(({ id }) => id === 'end')?.isVoid

  it('is void where the clock was extended, suspended or stopped before it by what its node had not seen, whatever came first', () => {
    const restarted = [step(2, 'answer', { role: 'answerer', fields: { verdict: 'yes' } }), step(2, 'reopen', { id: 'again', at: 3000 })]
    for (const unseen of [[extended], [step(2, 'ask', { role: 'answerer', fields: { question: 'a' } })], restarted]) {
      const steps = [opened, ...unseen, lapseAfter(opened)]
      expect(isVoid(fold(...steps))).toBe(true)
      expect(fold(...steps.toReversed())).toEqual(fold(...steps))
      expect(fold(...steps).state).not.toBe('lapsed')
    }
  })

  it('stands where its node had counted all of that', () => {
    expect(fold(opened, lapseAfter(opened)).state).toBe('lapsed')
    expect(fold(opened, extended, lapseAfter(opened, extended)).state).toBe('lapsed')
    const waited = [opened, step(2, 'ask', { role: 'answerer', fields: { question: 'a' } }), step(3, 'reply', { fields: { reply: 'b' } })]
    expect(fold(...waited, lapseAfter(...waited)).state).toBe('lapsed')
  })

  it('stands with a party that is not told of the clock, and that of an older node with all but a stop', () => {
    const { clocks: _clocks, steps: _steps, ...known } = fold(opened)
    const stranger = foldCase(versions(), { ...known, clocks: [] }, [lapseAfter(opened)])
    expect(stranger.state).toBe('lapsed')
    const older = { ...lapseAfter(opened), fields: {} }
    expect(isVoid(fold(opened, extended, older))).toBe(false)
    expect(
      isVoid(
        fold(opened, step(2, 'answer', { role: 'answerer', fields: { verdict: 'yes' } }), step(2, 'reopen', { id: 'x', at: 3000 }), older),
      ),
    ).toBe(false)
  })

  it('taken by a person is a step like any other', () => {
    const also = versions()
    const byAnyone: ProcedureDef = {
      ...PROCEDURE,
      transitions: PROCEDURE.transitions.map((each) => (each === lapse ? { ...lapse, by: ['asker'] } : each)),
    }
    const taken = foldCase(() => byAnyone, baseOf(also(PROCEDURE.version), parties), [
      opened,
      extended,
      { ...lapseAfter(opened), role: 'asker' },
    ])
    expect(taken.state).toBe('lapsed')
  })
})

describe('moving to another version', () => {
  it('maps the state and those before it, and goes on by the new wording', () => {
    const moved = fold(
      opened,
      step(2, 'ask', { role: 'answerer', fields: { question: 'a' } }),
      step(3, MIGRATE, { fields: { version: '2027-01-01' } }),
    )
    expect([moved.version, moved.state, moved.before]).toEqual(['2027-01-01', 'asked', ['draft', 'waiting']])
  })

  it('is void where the new version does not take the old one in', () => {
    const refused = foldCase(versions({ migratesFrom: [] }), baseOf(PROCEDURE, parties), [
      opened,
      step(2, MIGRATE, { fields: { version: '2027-01-01' } }),
    ])
    expect([refused.version, refused.steps[1]?.isVoid]).toEqual([PROCEDURE.version, true])
  })
})

it('is open to the system only where a step names an event, whoever else may take it', () => {
  const lapse = PROCEDURE.transitions.find(({ id }) => id === 'lapse') as TransitionDef
  expect(lapse.by).toBeUndefined()
  expect(fold(opened, step(2, 'lapse', { role: null })).state).toBe('lapsed')
  expect(fold(opened, step(2, 'withdraw', { role: null, fields: { why: 'x' } })).steps[1]).toMatchObject({ isVoid: true })
  expect(fold(opened, step(2, 'lapse', { role: 'asker' })).steps[1]).toMatchObject({ isVoid: true })
})
