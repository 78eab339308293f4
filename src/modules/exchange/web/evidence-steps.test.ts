/** What an officer reads of the evidence of a message. */
import { expect, it } from 'vitest'
import type { EvidenceRow, MessageView } from '../contract.ts'
import { stepsOf } from './evidence-steps.ts'

const DESK = 'be.customs.antwerp'
const at = (hour: number) => `2026-11-24T${String(hour).padStart(2, '0')}:00:00.000Z`
const stated = (kind: EvidenceRow['kind'], hour: number, rest: Partial<EvidenceRow> = {}): EvidenceRow => ({
  unit: DESK,
  kind,
  positive: true,
  at: at(hour),
  issuer: 'be-antwerp',
  ...rest,
})

function view(evidence: EvidenceRow[], message: Partial<MessageView['message']> = {}): MessageView {
  return {
    message: {
      id: '1',
      direction: 'out',
      from: 'ec.pcu.guayaquil',
      to: [DESK],
      kind: 'push',
      type: 'exchange.item',
      urgency: 'urgent',
      context: 'i',
      createdAt: at(8),
      state: 'sent',
      reached: { desks: 1, delivered: 0, opened: 0, failed: 0 },
      ...message,
    },
    evidence,
    terms: [
      { kind: 'relay', by: at(12) },
      { kind: 'retrieval', by: at(16) },
    ],
  }
}
const outcomes = (seen: MessageView) => stepsOf(seen, DESK).map(({ kind, outcome }) => `${kind} ${outcome}`)

it('tells what came and what is still waited for, with its term', () => {
  expect(outcomes(view([stated('submission', 8), stated('relay', 9)]))).toEqual([
    'submission came',
    'relay came',
    'handling-accepted open',
    'delivery open',
    'retrieval due',
  ])
})

it('calls late what came after its term', () => {
  expect(outcomes(view([stated('submission', 8), stated('relay', 13)]))[1]).toBe('relay late')
})

it('tells silence that this node stated itself, and keeps it beside what overruled it', () => {
  const silence = stated('relay', 12, { positive: false, code: 'timeout', issuer: 'ec-guayaquil' })
  expect(outcomes(view([silence]))[1]).toBe('relay silent')
  expect(stepsOf(view([silence, stated('relay', 14)]), DESK)[1]).toMatchObject({ outcome: 'overruled', at: at(14), silence: at(12) })
})

it('waits for nothing after a refusal', () => {
  const refused = stated('handling-accepted', 9, { positive: false, code: 'unhonoured' })
  expect(outcomes(view([stated('submission', 8), stated('relay', 9), refused]))).toEqual([
    'submission came',
    'relay came',
    'handling-accepted refused',
  ])
})

it('waits for nothing of a received message, nor of another desk', () => {
  expect(outcomes(view([stated('relay', 9)], { direction: 'in' }))).toEqual(['relay came'])
  expect(stepsOf(view([stated('relay', 9)]), 'es.customs.algeciras')[1]?.outcome).toBe('due')
})
