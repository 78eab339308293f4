/**
 * PR-13.alert Port assistance because alerts failed for lack of means: a desk that could not control what it was told of asks others for the means.
 * The narrow sister of PR-13, which is about a facility and goes through a coordinator: here the requester turns to helpers itself, and the effect is
 * measured by what the request came from, the share of alerts that are controlled.
 * Invariants: helpers do not know of each other; an alert is named to nobody but the requester, helpers learn how many failed and why.
 */
import type { FieldDef, LegalRef, ProcedureDef, TransitionDef } from '#kernel/procedure/definition.ts'
import { lackOfMeans } from '#modules/cargo/contract'

const policy: LegalRef = { act: 'Coalition policy', art: 'PR-13', mark: 'D' }
const declaration: LegalRef = { act: 'Hamburg Declaration', art: 'measure 1: assistance in better securing ports', mark: 'V' }

export const MEANS = ['scanner', 'dogs', 'divers', 'staff', 'seals', 'laboratory', 'training', 'analysis'] as const

const ALL = ['requester', 'helper', 'deliverer'] as const
const REQUESTER = ['requester'] as const

const text = (id: string, title: string, rest: Partial<FieldDef> = {}): FieldDef => ({ id, title, type: 'text', audience: ALL, ...rest })

const fields: readonly FieldDef[] = [
  text('port', 'Port (UN/LOCODE)', { section: 'need', format: 'unlocode', required: true }),
  // Which cargo was let go is for the desk that let it go.
  text('alert', 'Alert that was not controlled', {
    section: 'need',
    maxLength: 60,
    required: true,
    crossCheck: 'reference',
    audience: REQUESTER,
  }),
  text('furtherAlerts', 'Further alerts', { section: 'need', type: 'long-text', audience: REQUESTER }),
  text('reason', 'Why they were not controlled', { section: 'need', type: 'code', codes: lackOfMeans, required: true }),
  text('means', 'What is needed', { section: 'need', type: 'codes', codes: MEANS, required: true }),
  text('needText', 'Description of the need, without the cargo', { section: 'need', type: 'long-text', required: true }),
  text('neededUntil', 'Needed until', { section: 'need', type: 'date', required: true }),
  text('alertsReceived', 'Alerts received in the last 90 days', { section: 'baseline', type: 'number', min: 1, required: true }),
  text('alertsControlled', 'Of these controlled', { section: 'baseline', type: 'number', min: 0, required: true }),
  text('offerText', 'What is offered', { type: 'long-text' }),
  text('offerFrom', 'Possible from', { type: 'date' }),
  text('offerConditions', 'Conditions', { type: 'long-text' }),
  text('acceptedHelper', 'Helper whose offer is accepted', { type: 'desk' }),
  text('acceptedText', 'What is accepted', { type: 'long-text' }),
  text('deliveredText', 'What was delivered', { type: 'long-text' }),
  text('deliveredAt', 'Delivered at', { type: 'instant' }),
  text('receivedAfter', 'Alerts received in the 90 days after', { type: 'number', min: 0 }),
  text('controlledAfter', 'Of these controlled', { type: 'number', min: 0 }),
  text('effect', 'Effect', { type: 'code', codes: ['better', 'same', 'worse', 'notMeasurable'] }),
  text('note', 'Reason', { type: 'long-text' }),
]

const transitions: readonly TransitionDef[] = [
  {
    id: 'request',
    title: 'Ask for assistance',
    from: ['draft'],
    to: 'requested',
    by: ['requester'],
    guards: [
      { expr: { fact: 'party.helper', is: true }, because: 'Name the desks that may help. Nobody else gets the request.', basis: policy },
      { expr: { fact: 'neededUntil.inDays', atLeast: -1 }, because: 'The need has ended already.', basis: policy },
    ],
    form: [{ section: 'need' }, { section: 'baseline' }],
    effects: [
      { kind: 'send', roles: ['helper'] },
      { kind: 'start-clock', clock: 'choose' },
    ],
  },
  {
    id: 'offer',
    title: 'Make an offer',
    from: ['requested'],
    to: '@stay',
    by: ['helper'],
    form: [
      { field: 'offerText', required: true },
      { field: 'offerFrom', required: true },
      { field: 'offerConditions', required: false },
    ],
    effects: [],
  },
  {
    id: 'cannotOffer',
    title: 'No offer',
    from: ['requested'],
    to: '@stay',
    by: ['helper'],
    told: ['requester', 'helper'],
    form: [{ field: 'note' }],
    effects: [],
  },
  {
    id: 'accept',
    title: 'Accept an offer',
    from: ['requested'],
    to: 'accepted',
    by: ['requester'],
    guards: [{ expr: { fact: 'done.offer', is: true }, because: 'No offer was made yet.', basis: policy }],
    form: [
      { field: 'acceptedHelper', required: true },
      { field: 'acceptedText', required: true },
    ],
    effects: [
      { kind: 'stop-clock', clock: 'choose' },
      { kind: 'address', role: 'helper', field: 'acceptedHelper' },
      { kind: 'address', role: 'deliverer', field: 'acceptedHelper' },
      { kind: 'send', roles: ['deliverer'] },
    ],
  },
  {
    id: 'stepBack',
    title: 'Take the offer back',
    from: ['accepted'],
    to: 'requested',
    by: ['deliverer'],
    form: [{ field: 'note', required: true }],
    effects: [{ kind: 'start-clock', clock: 'choose' }],
  },
  {
    id: 'deliver',
    title: 'Confirm the delivery',
    from: ['accepted'],
    to: 'delivered',
    by: ['requester'],
    guards: [
      {
        expr: { fact: 'deliveredAt.inHours', atMost: 0 },
        because: 'The delivery lies in the future. Confirm it when it has been made.',
        basis: policy,
      },
    ],
    form: [
      { field: 'deliveredText', required: true },
      { field: 'deliveredAt', required: true },
    ],
    effects: [{ kind: 'start-clock', clock: 'verify', from: 'deliveredAt' }],
  },
  {
    id: 'verify',
    title: 'Verify the effect',
    from: ['delivered'],
    to: 'verified',
    by: ['requester'],
    form: [
      { field: 'receivedAfter', required: true },
      { field: 'controlledAfter', required: true },
      { field: 'effect', required: true },
      { field: 'note', required: { fact: 'effect', in: ['worse', 'notMeasurable'] } },
    ],
    effects: [{ kind: 'stop-clock', clock: 'verify' }],
  },
  {
    id: 'withdraw',
    title: 'Withdraw',
    from: ['draft', 'requested', 'accepted'],
    to: 'withdrawn',
    by: ['requester'],
    form: [{ field: 'note', required: true }],
    effects: [{ kind: 'stop-clock', clock: 'choose' }],
  },
  {
    id: 'reopen',
    title: 'Ask again',
    reopens: true,
    from: ['verified', 'withdrawn'],
    to: 'draft',
    by: ['requester'],
    form: [{ field: 'note', required: true }],
    effects: [],
  },
]

export const alertAssistance: ProcedureDef = {
  id: 'PR-13.alert',
  title: 'Port assistance after alerts that failed for lack of means',
  version: '2026-11-27',
  basis: [declaration, policy],
  realm: 'CUSTOMS',
  measures: [1],
  roles: {
    requester: { title: 'Desk that could not control', realms: ['customs', 'law-enforcement'] },
    helper: {
      title: 'Desk that may help',
      realms: ['customs', 'law-enforcement', 'ministry', 'administrative'],
      many: true,
      optional: true,
    },
    deliverer: {
      title: 'Helper whose offer is accepted',
      realms: ['customs', 'law-enforcement', 'ministry', 'administrative'],
      optional: true,
    },
  },
  opener: 'requester',
  initial: 'draft',
  states: [
    { id: 'draft', title: 'Draft', rank: 0, waitsFor: 'requester' },
    { id: 'requested', title: 'Offers sought', rank: 1, waitsFor: 'requester' },
    { id: 'accepted', title: 'Accepted', rank: 2, waitsFor: 'deliverer' },
    { id: 'delivered', title: 'Delivered', rank: 3, waitsFor: 'requester' },
    { id: 'verified', title: 'Verified', rank: 4, terminal: true },
    { id: 'withdrawn', title: 'Withdrawn', rank: 4, terminal: true },
  ],
  sections: [
    { id: 'need', title: 'Need' },
    { id: 'baseline', title: 'Where it stands today' },
  ],
  fields,
  label: 'port',
  transitions,
  clocks: [
    {
      id: 'choose',
      title: 'Choose an offer',
      budget: { n: 14, unit: 'calendarDay' },
      startsOn: 'sending',
      obligated: 'requester',
      audience: ['requester'],
      kind: 'policy',
      regime: 'policy',
      basis: policy,
      metBy: ['accept'],
      ladder: [{ rung: 'days', hoursBefore: 72, call: 'remind' }],
      onExpiry: 'remind',
    },
    {
      id: 'verify',
      title: 'Verify the effect',
      budget: { n: 90, unit: 'calendarDay' },
      startsOn: 'event',
      obligated: 'requester',
      kind: 'policy',
      regime: 'policy',
      basis: policy,
      metBy: ['verify'],
      ladder: [{ rung: 'week', hoursBefore: 168, call: 'remind' }],
      onExpiry: 'escalate',
    },
  ],
  refusalGrounds: [],
  retention: [{ category: 'Request, offers, verification (no personal data)', review: 'P2Y', erase: 'P5Y', basis: policy }],
  statistics: [
    { id: 'requests', meaning: 'Requests by means and by reason', smallCell: 5 },
    { id: 'chain', meaning: 'Requests offered, accepted, delivered, verified: how many reach each step', smallCell: 5 },
    { id: 'effect', meaning: 'Share of alerts controlled before and after, by means', smallCell: 5 },
  ],
  message: { purpose: 'customs-control', handling: { H: [], tlp: 'AMBER', pap: 'AMBER', conditions: [] } },
  notes: [
    'No field holds personal data. Alert numbers stay with the requester: a helper learns how many alerts failed and why, not which cargo went.',
    'Helpers do not know of each other. The requester names the one whose offer it accepts; the others then leave the case.',
    'Opened by the requester, or by its step on an alert that was not controlled for lack of capacity or equipment: then port, alert and reason are filled in.',
  ],
}
