/** PR-23 Recall: one leg a holder. The originator sees each leg until it is answered; a holder gets a leg only where a person must look. */
import type { LegalRef, ProcedureDef } from '#kernel/procedure/definition.ts'

const led = (art: string): LegalRef => ({ celex: '32016L0680', act: 'Directive (EU) 2016/680', art, mark: 'V' })
const policy: LegalRef = { act: 'Coalition policy', art: 'PR-23', mark: 'D' }

/** Days a holder has to answer: policy, because the law says «without delay» and names no number. */
export const ANSWER_DAYS = 3

export const pr23: ProcedureDef = {
  id: 'PR-23',
  title: 'Recall of information',
  version: '2026-11-24',
  basis: [led('7(3)'), led('16(5)'), led('16(6)')],
  realm: 'LED',
  measures: [1],
  roles: {
    originator: { title: 'Desk whose information it is', realms: ['law-enforcement', 'customs'] },
    holder: { title: 'Desk that holds it', realms: ['law-enforcement', 'customs'] },
  },
  initial: 'found',
  states: [
    { id: 'found', title: 'Error found', rank: 0, waitsFor: 'originator' },
    { id: 'asked', title: 'Recall sent', rank: 1, waitsFor: 'holder' },
    { id: 'recalled', title: 'Recalled', rank: 3, terminal: true },
    { id: 'partly-used', title: 'Recalled, already used in part', rank: 3, terminal: true },
    { id: 'refused', title: 'Recall refused', rank: 2, terminal: true },
    { id: 'not-held', title: 'Was never held', rank: 3, terminal: true },
  ],
  transitions: [
    {
      id: 'issue',
      title: 'Recall',
      from: ['found'],
      to: 'asked',
      by: ['originator'],
      effects: [{ kind: 'start-clock', clock: 'answer' }],
    },
    {
      id: 'answer',
      title: 'Answer the recall',
      from: ['asked'],
      to: 'answered',
      toBy: {
        field: 'answer',
        states: { recalled: 'recalled', 'partly-used': 'partly-used', refused: 'refused', 'not-held': 'not-held' },
      },
      by: ['holder'],
      on: 'message.exchange.recall-answer',
      form: [
        { field: 'answer', required: true },
        { field: 'reference', required: false },
      ],
      effects: [
        { kind: 'stop-clock', clock: 'answer' },
        { kind: 'call', name: 'answerRecall' },
      ],
    },
  ],
  fields: [
    {
      id: 'answer',
      title: 'Answer',
      type: 'code',
      codes: ['recalled', 'partly-used', 'refused', 'not-held'],
      audience: ['originator', 'holder'],
    },
    { id: 'reference', title: 'Reference of the use', type: 'text', maxLength: 200, audience: ['originator', 'holder'] },
  ],
  clocks: [
    {
      id: 'answer',
      title: 'Answer the recall',
      budget: { n: ANSWER_DAYS, unit: 'workingDay' },
      obligated: 'holder',
      kind: 'policy',
      regime: 'policy',
      basis: policy,
      metBy: ['answer'],
      ladder: [{ rung: 'half', hoursBefore: 24, call: 'remindRecall' }],
      onExpiry: 'remindRecall',
    },
  ],
  refusalGrounds: [
    {
      code: 'proceedings',
      text: 'The information is part of proceedings and may not be removed from them',
      basis: led('16(3)'),
    },
  ],
  retention: [{ category: 'record of the recall', review: 'P1Y', erase: 'P5Y', basis: policy }],
  statistics: [{ id: 'recallsAnswered', meaning: 'Recalls by answer and time to answer', smallCell: 5 }],
}
