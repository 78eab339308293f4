/**
 * PR-09 Port action request to a private partner. The partner learns the box, the action, the end, the legal basis and a contact: there is no
 * field for a reason in this definition, so there is none to leak.
 */
import type { LegalRef, ProcedureDef } from '#kernel/procedure/definition.ts'
import { impossibleCodes } from '../contract/port-actions.ts'

const policy: LegalRef = { act: 'Coalition policy', art: 'PR-09', mark: 'D' }

/** Longest hold a request may ask for, until the power of each authority is encoded. */
export const MAXIMUM_DAYS = 14

const IMPOSSIBLE_TEXT: Readonly<Record<(typeof impossibleCodes)[number], string>> = {
  notHere: 'The box is not at this terminal',
  alreadyGone: 'The box has left',
  safety: 'Not safe to carry out',
  technical: 'Equipment or system does not allow it',
  noPower: 'The terminal has no power over the box',
}

export const pr09: ProcedureDef = {
  id: 'PR-09',
  title: 'Port action request',
  version: '2026-11-24',
  basis: [
    {
      act: 'Customs or police power of the authority, or a written voluntary arrangement, stated in each request',
      art: '',
      mark: 'D',
    },
  ],
  realm: 'CUSTOMS',
  measures: [8, 9],
  roles: {
    authority: { title: 'Desk that asks', realms: ['customs', 'law-enforcement'] },
    partner: { title: 'Vetted partner in the port', realms: ['partner'] },
  },
  initial: 'draft',
  states: [
    { id: 'draft', title: 'Draft', rank: 0, waitsFor: 'authority' },
    { id: 'sent', title: 'Sent', rank: 1, waitsFor: 'partner' },
    { id: 'confirmed', title: 'Confirmed', rank: 2, waitsFor: 'partner' },
    { id: 'impossible', title: 'Not possible', rank: 5, terminal: true },
    { id: 'performed', title: 'Performed', rank: 3, waitsFor: 'authority' },
    { id: 'released', title: 'Released', rank: 5, terminal: true },
    { id: 'expired', title: 'Ended by itself', rank: 5, terminal: true },
  ],
  transitions: [
    {
      id: 'send',
      title: 'Authorise and send',
      from: ['draft'],
      to: 'sent',
      by: ['authority'],
      guards: [
        {
          expr: { fact: 'authorisedByOfficer', is: true },
          because: 'A named officer with the power must authorise the request.',
          basis: policy,
        },
        {
          expr: { fact: 'untilInDays', atLeast: 0 },
          because: 'The end lies in the past.',
          basis: policy,
        },
        {
          expr: { fact: 'untilInDays', atMost: MAXIMUM_DAYS },
          because: `The end lies more than ${MAXIMUM_DAYS} days ahead.`,
          basis: policy,
        },
        {
          expr: { fact: 'partnerVetted', is: true },
          because: 'The partner is not vetted, or its vetting has expired.',
          basis: policy,
        },
      ],
      effects: [
        { kind: 'start-clock', clock: 'confirm' },
        { kind: 'start-clock', clock: 'release' },
      ],
    },
    {
      id: 'confirm',
      title: 'Confirm',
      from: ['sent'],
      to: 'confirmed',
      by: ['partner'],
      on: 'message.cargo.port-action-progress',
      effects: [
        { kind: 'stop-clock', clock: 'confirm' },
        { kind: 'call', name: 'reportPortAction' },
      ],
    },
    {
      id: 'impossible',
      title: 'Not possible',
      from: ['sent', 'confirmed'],
      to: 'impossible',
      by: ['partner'],
      on: 'message.cargo.port-action-progress',
      form: [{ field: 'impossibleCode', required: true }],
      effects: [
        { kind: 'stop-clock', clock: 'confirm' },
        { kind: 'stop-clock', clock: 'release' },
        { kind: 'call', name: 'reportPortAction' },
      ],
    },
    {
      id: 'perform',
      title: 'Report as performed',
      from: ['confirmed'],
      to: 'performed',
      by: ['partner'],
      on: 'message.cargo.port-action-progress',
      form: [{ field: 'performedAt', required: false }],
      effects: [{ kind: 'call', name: 'reportPortAction' }],
    },
    {
      id: 'release',
      title: 'Release',
      from: ['sent', 'confirmed', 'performed'],
      to: 'released',
      by: ['authority'],
      on: 'message.cargo.port-action-progress',
      effects: [
        { kind: 'stop-clock', clock: 'confirm' },
        { kind: 'stop-clock', clock: 'release' },
        { kind: 'call', name: 'reportPortAction' },
      ],
    },
    {
      id: 'expire',
      title: 'End by itself',
      from: ['sent', 'confirmed', 'performed'],
      to: 'expired',
      on: 'clock.release.expired',
      effects: [
        { kind: 'stop-clock', clock: 'confirm' },
        { kind: 'stop-clock', clock: 'release' },
      ],
    },
  ],
  fields: [
    {
      id: 'impossibleCode',
      title: 'Why not possible',
      type: 'code',
      codes: impossibleCodes,
      audience: ['partner', 'authority'],
    },
    {
      id: 'performedAt',
      title: 'Performed at',
      type: 'instant',
      audience: ['partner', 'authority'],
    },
  ],
  clocks: [
    {
      id: 'confirm',
      title: 'Confirm',
      budget: { n: 1, unit: 'hour' },
      obligated: 'partner',
      kind: 'policy',
      regime: 'policy',
      basis: policy,
      metBy: ['confirm', 'impossible'],
      ladder: [],
      onExpiry: 'remind',
    },
    {
      id: 'release',
      title: 'Released by itself',
      atMost: { anchor: 'until', hours: 0 },
      obligated: 'partner',
      kind: 'policy',
      regime: 'policy',
      basis: policy,
      metBy: ['release', 'expire'],
      isWaiting: true,
      ladder: [],
      onExpiry: 'expire',
    },
  ],
  refusalGrounds: impossibleCodes.map((code) => ({
    code,
    text: IMPOSSIBLE_TEXT[code],
    basis: policy,
  })),
  retention: [{ category: 'port action', review: 'P30D', erase: 'P90D', basis: policy }],
  statistics: [
    {
      id: 'time-to-hold',
      meaning: 'Minutes from request to confirmation',
      smallCell: 5,
    },
    {
      id: 'auto-released',
      meaning: 'Actions that ended by themselves',
      smallCell: 5,
    },
    { id: 'impossible', meaning: 'Requests that could not be carried out, by code', smallCell: 5 },
  ],
}
