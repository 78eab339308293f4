/** Fields that the steps of PR-01 ask for. Each states who may read it; codes are those of the contract. */
import type { FieldDef } from '#kernel/procedure/definition.ts'
import { controlKinds, declineCodes, foundKinds, foundPlaces, notControlledReasons } from '../contract/alerts.ts'

export const alertFields: readonly FieldDef[] = [
  {
    id: 'plannedAt',
    title: 'Control planned for',
    type: 'instant',
    audience: ['recipientDesk', 'originator'],
  },
  {
    id: 'declineCode',
    title: 'Why declined',
    type: 'code',
    codes: declineCodes,
    audience: ['recipientDesk', 'originator'],
  },
  {
    id: 'declineReason',
    title: 'Reason in words',
    type: 'text',
    maxLength: 500,
    audience: ['recipientDesk', 'originator'],
  },
  {
    id: 'controlKind',
    title: 'Kind of control',
    type: 'code',
    codes: controlKinds,
    audience: ['recipientDesk', 'originator'],
  },
  {
    id: 'controlPlace',
    title: 'Place of the control',
    type: 'text',
    maxLength: 120,
    audience: ['recipientDesk', 'originator'],
  },
  {
    id: 'controlledAt',
    title: 'Time of the control',
    type: 'instant',
    audience: ['recipientDesk', 'originator'],
  },
  {
    id: 'outcome',
    title: 'Outcome',
    type: 'code',
    codes: ['positive', 'negative', 'notControlled'],
    audience: ['recipientDesk', 'originator'],
  },
  {
    id: 'foundKind',
    title: 'What was found',
    type: 'code',
    codes: foundKinds,
    audience: ['recipientDesk', 'originator'],
  },
  {
    id: 'foundKilograms',
    title: 'Kilograms',
    type: 'number',
    audience: ['recipientDesk', 'originator'],
  },
  {
    id: 'foundPlace',
    title: 'Where in the container',
    type: 'code',
    codes: foundPlaces,
    audience: ['recipientDesk', 'originator'],
  },
  {
    id: 'sealBroken',
    title: 'Seal broken or changed',
    type: 'yes-no',
    audience: ['recipientDesk', 'originator'],
  },
  {
    id: 'notControlledReason',
    title: 'Why not controlled',
    type: 'code',
    codes: notControlledReasons,
    audience: ['recipientDesk', 'originator'],
  },
  {
    id: 'outcomeNote',
    title: 'Note for the originator',
    type: 'text',
    maxLength: 1000,
    audience: ['recipientDesk', 'originator'],
  },
]
