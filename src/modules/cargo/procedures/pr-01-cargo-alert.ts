/**
 * PR-01 Cargo alert, as each receiving desk runs it; the alert shows its least advanced desk.
 * All clocks are policy of the coalition. The legal basis of sending is the national law of the originator; where a text was not read it carries the mark M.
 */
import type { LegalRef, ProcedureDef } from '#kernel/procedure/definition.ts'
import { declineCodes, lackOfMeans } from '../contract/alerts.ts'
import { alertFields } from './pr-01-fields.ts'

const policy: LegalRef = { act: 'Coalition policy', art: 'PR-01', mark: 'D' }
const DECLINE_TEXT: Readonly<Record<(typeof declineCodes)[number], string>> = {
  alreadyControlled: 'The box was controlled before the alert came',
  noLegalBasis: 'The law of the recipient gives no power for a control here',
  capacity: 'No capacity before the box leaves',
  notArriving: 'The box does not arrive here',
  insufficientData: 'Too little to find the box or to justify a control',
  other: 'Another reason, given in words',
}
const OPEN = ['issued', 'acknowledged', 'targeted', 'controlled'] as const

export const pr01: ProcedureDef = {
  id: 'PR-01',
  title: 'Cargo alert',
  version: '2026-11-27',
  basis: [
    {
      act: 'National customs and police law of the originator',
      art: '',
      mark: 'D',
    },
    { act: 'Regulation (EC) No 515/97', art: 'Arts 4–15', mark: 'M' },
    {
      celex: '32016L0680',
      act: 'Directive (EU) 2016/680',
      art: 'Art 35 (inbound gate)',
      mark: 'V',
    },
  ],
  realm: 'CUSTOMS',
  measures: [1, 8, 9],
  roles: {
    originator: { title: 'Desk that issued the alert', realms: ['law-enforcement', 'customs'] },
    recipientDesk: { title: 'Desk derived from the itinerary', realms: ['customs'] },
  },
  initial: 'draft',
  states: [
    { id: 'draft', title: 'Draft', rank: 0, waitsFor: 'originator' },
    {
      id: 'issued',
      title: 'Issued, not acknowledged',
      rank: 1,
      waitsFor: 'recipientDesk',
    },
    {
      id: 'acknowledged',
      title: 'Acknowledged',
      rank: 2,
      waitsFor: 'recipientDesk',
    },
    {
      id: 'targeted',
      title: 'Targeted for control',
      rank: 3,
      waitsFor: 'recipientDesk',
    },
    { id: 'declined', title: 'Declined', rank: 4, waitsFor: 'recipientDesk' },
    {
      id: 'controlled',
      title: 'Controlled, outcome open',
      rank: 5,
      waitsFor: 'recipientDesk',
    },
    { id: 'positive', title: 'Found', rank: 6, waitsFor: 'recipientDesk' },
    {
      id: 'negative',
      title: 'Nothing found',
      rank: 6,
      waitsFor: 'recipientDesk',
    },
    {
      id: 'notControlled',
      title: 'Not controlled',
      rank: 6,
      waitsFor: 'recipientDesk',
    },
    { id: 'closed', title: 'Closed', rank: 7, terminal: true },
    { id: 'superseded', title: 'Routing changed', rank: 8, terminal: true },
    { id: 'recalled', title: 'Recalled', rank: 8, terminal: true },
    { id: 'expired', title: 'Expired', rank: 7, terminal: true },
  ],
  transitions: [
    {
      id: 'issue',
      title: 'Issue',
      from: ['draft'],
      to: 'issued',
      by: ['originator'],
      guards: [
        {
          expr: { fact: 'identifiersValid', is: true },
          because: 'An identifier is wrong.',
          basis: policy,
        },
        {
          expr: { fact: 'futurePorts', atLeast: 1 },
          because: 'No port of the itinerary lies ahead.',
          basis: policy,
        },
        {
          expr: { fact: 'gatePassed', is: true },
          because: 'The transfer gate refuses the alert.',
          basis: { act: 'Directive (EU) 2016/680', art: 'Art 35', mark: 'V' },
        },
      ],
      effects: [
        { kind: 'start-clock', clock: 'ack' },
        { kind: 'start-clock', clock: 'expiry' },
      ],
    },
    {
      id: 'ack',
      title: 'Acknowledge',
      from: ['issued'],
      to: 'acknowledged',
      by: ['recipientDesk'],
      on: 'message.cargo.alert-progress',
      effects: [
        { kind: 'stop-clock', clock: 'ack' },
        { kind: 'call', name: 'reportProgress' },
      ],
    },
    {
      id: 'escalate',
      title: 'Escalate to the backup desk',
      from: ['issued'],
      to: 'issued',
      on: 'clock.ack.expired',
      effects: [{ kind: 'call', name: 'escalate' }],
    },
    {
      id: 'target',
      title: 'Target for control',
      from: ['acknowledged'],
      to: 'targeted',
      by: ['recipientDesk'],
      on: 'message.cargo.alert-progress',
      form: [{ field: 'plannedAt', required: false }],
      effects: [{ kind: 'call', name: 'reportProgress' }],
    },
    {
      id: 'decline',
      title: 'Decline',
      from: ['acknowledged'],
      to: 'declined',
      by: ['recipientDesk'],
      on: 'message.cargo.alert-progress',
      form: [
        { field: 'declineCode', required: true },
        {
          field: 'declineReason',
          required: { fact: 'declineCode', is: 'other' },
          shown: { fact: 'declineCode', is: 'other' },
        },
      ],
      effects: [{ kind: 'call', name: 'reportProgress' }],
    },
    {
      id: 'control',
      title: 'Record the control',
      from: ['targeted'],
      to: 'controlled',
      by: ['recipientDesk'],
      on: 'message.cargo.alert-progress',
      form: [
        { field: 'controlKind', required: true },
        { field: 'controlPlace', required: true },
        { field: 'controlledAt', required: true },
      ],
      effects: [
        { kind: 'start-clock', clock: 'outcome' },
        { kind: 'call', name: 'reportProgress' },
      ],
    },
    {
      id: 'recordOutcome',
      title: 'Record the outcome',
      from: ['controlled', 'targeted', 'declined'],
      to: 'negative',
      toBy: {
        field: 'outcome',
        states: {
          positive: 'positive',
          negative: 'negative',
          notControlled: 'notControlled',
        },
      },
      by: ['recipientDesk'],
      on: 'message.cargo.alert-progress',
      guards: [],
      form: [
        { field: 'outcome', required: true },
        { field: 'foundKind', required: { fact: 'outcome', is: 'positive' }, shown: { fact: 'outcome', is: 'positive' } },
        { field: 'foundKilograms', required: false, shown: { fact: 'outcome', is: 'positive' } },
        { field: 'foundPlace', required: { fact: 'outcome', is: 'positive' }, shown: { fact: 'outcome', is: 'positive' } },
        { field: 'sealBroken', required: false },
        {
          field: 'notControlledReason',
          required: { fact: 'outcome', is: 'notControlled' },
          shown: { fact: 'outcome', is: 'notControlled' },
        },
        { field: 'outcomeNote', required: false },
      ],
      effects: [
        { kind: 'stop-clock', clock: 'outcome' },
        { kind: 'stop-clock', clock: 'expiry' },
        { kind: 'call', name: 'recordOutcome' },
        { kind: 'call', name: 'reportProgress' },
      ],
    },
    {
      id: 'askAssistance',
      title: 'Ask others for the means',
      from: ['notControlled'],
      to: '@stay',
      by: ['recipientDesk'],
      // Who sent the lead learns of the outcome, not of what this desk lacks.
      told: ['recipientDesk'],
      guards: [
        {
          expr: { fact: 'notControlledReason', in: lackOfMeans },
          because: 'It was not for lack of means that the box was not controlled.',
          basis: policy,
        },
        {
          expr: { fact: 'done.askAssistance', given: false },
          because: 'The means were asked for already.',
          basis: policy,
        },
      ],
      effects: [
        {
          kind: 'spawn',
          procedure: 'PR-13.alert',
          copy: { port: '@anchor.place', alert: '@subject', reason: 'notControlledReason' },
        },
      ],
    },
    {
      id: 'close',
      title: 'Close',
      from: ['positive', 'negative', 'notControlled'],
      to: 'closed',
      by: ['recipientDesk'],
      on: 'message.cargo.alert-progress',
      effects: [{ kind: 'call', name: 'reportProgress' }],
    },
    {
      id: 'withdraw',
      title: 'Routing changed',
      from: [...OPEN, 'declined'],
      to: 'superseded',
      by: ['originator'],
      on: 'message.cargo.alert-withdrawn',
      effects: [
        { kind: 'stop-clock', clock: 'ack' },
        { kind: 'stop-clock', clock: 'outcome' },
        { kind: 'stop-clock', clock: 'expiry' },
      ],
      irreversible: true,
    },
    {
      id: 'recall',
      title: 'Recall',
      from: [...OPEN, 'declined', 'positive', 'negative', 'notControlled'],
      to: 'recalled',
      by: ['originator'],
      on: 'message.cargo.alert-withdrawn',
      effects: [
        { kind: 'stop-clock', clock: 'ack' },
        { kind: 'stop-clock', clock: 'outcome' },
        { kind: 'stop-clock', clock: 'expiry' },
      ],
      irreversible: true,
    },
    {
      id: 'expire',
      title: 'Expire',
      from: [...OPEN, 'declined'],
      to: 'expired',
      on: 'clock.expiry.expired',
      effects: [
        { kind: 'stop-clock', clock: 'ack' },
        { kind: 'stop-clock', clock: 'outcome' },
        { kind: 'stop-clock', clock: 'expiry' },
        { kind: 'call', name: 'expired' },
      ],
    },
  ],
  fields: alertFields,
  clocks: [
    {
      id: 'ack',
      title: 'Acknowledge',
      budget: { n: 4, unit: 'hour' },
      atMost: { anchor: 'eta', hours: -24 },
      obligated: 'recipientDesk',
      kind: 'policy',
      regime: 'policy',
      basis: policy,
      metBy: ['ack'],
      ladder: [{ rung: 'half', hoursBefore: 2, call: 'remind' }],
      onExpiry: 'escalate',
    },
    {
      id: 'outcome',
      title: 'Report the outcome',
      budget: { n: 5, unit: 'workingDay' },
      obligated: 'recipientDesk',
      kind: 'policy',
      regime: 'policy',
      basis: policy,
      metBy: ['recordOutcome'],
      ladder: [{ rung: 'day', hoursBefore: 24, call: 'remind' }],
      onExpiry: 'remind',
    },
    {
      id: 'expiry',
      title: 'Alert expires',
      atMost: { anchor: 'eta', hours: 240 },
      obligated: 'recipientDesk',
      kind: 'policy',
      regime: 'policy',
      basis: policy,
      metBy: ['expire'],
      isWaiting: true,
      ladder: [],
      onExpiry: 'expire',
    },
  ],
  refusalGrounds: declineCodes.map((code) => ({
    code,
    text: DECLINE_TEXT[code],
    basis: policy,
  })),
  retention: [
    {
      category: 'lead',
      review: 'P30D',
      erase: 'P90D',
      basis: { act: 'Directive (EU) 2016/680', art: 'Art 5 (period set by policy)', mark: 'D' },
    },
    {
      category: 'outcome statistics',
      review: 'P1Y',
      erase: 'P5Y',
      basis: policy,
    },
  ],
  statistics: [
    {
      id: 'ack-time',
      meaning: 'Time from receipt to acknowledgement',
      smallCell: 5,
    },
    {
      id: 'hit-rate',
      meaning: 'Found among controlled, by reason code; alerts not controlled are left out of the denominator',
      smallCell: 5,
    },
  ],
}
