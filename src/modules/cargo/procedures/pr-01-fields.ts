/** Fields that the steps of PR-01 ask for. Each states who may read it; codes are those of the contract. */
import type { FieldDef } from '#kernel/procedure/definition.ts'
import { controlKinds, declineCodes, foundKinds, foundPlaces, notControlledReasons } from '../contract/alerts.ts'

export const alertFields: readonly FieldDef[] = [
  {
    id: 'plannedAt',
    title: 'Control planned for',
    type: 'instant',
    audience: ['recipient', 'originator'],
  },
  {
    id: 'declineCode',
    title: 'Why declined',
    type: 'code',
    codes: declineCodes,
    audience: ['recipient', 'originator'],
  },
  {
    id: 'declineReason',
    title: 'Reason in words',
    type: 'text',
    maxLength: 500,
    audience: ['recipient', 'originator'],
  },
  {
    id: 'controlKind',
    title: 'Kind of control',
    type: 'code',
    codes: controlKinds,
    audience: ['recipient', 'originator'],
  },
  {
    id: 'controlPlace',
    title: 'Place of the control',
    type: 'text',
    maxLength: 120,
    audience: ['recipient', 'originator'],
  },
  {
    id: 'controlledAt',
    title: 'Time of the control',
    type: 'instant',
    audience: ['recipient', 'originator'],
  },
  {
    id: 'outcome',
    title: 'Outcome',
    type: 'code',
    codes: ['positive', 'negative', 'notControlled'],
    audience: ['recipient', 'originator'],
  },
  {
    id: 'foundKind',
    title: 'What was found',
    type: 'code',
    codes: foundKinds,
    audience: ['recipient', 'originator'],
  },
  {
    id: 'foundKilograms',
    title: 'Kilograms',
    type: 'number',
    audience: ['recipient', 'originator'],
  },
  {
    id: 'foundPlace',
    title: 'Where in the container',
    type: 'code',
    codes: foundPlaces,
    audience: ['recipient', 'originator'],
  },
  {
    id: 'sealBroken',
    title: 'Seal broken or changed',
    type: 'yes-no',
    audience: ['recipient', 'originator'],
  },
  {
    id: 'notControlledReason',
    title: 'Why not controlled',
    type: 'code',
    codes: notControlledReasons,
    audience: ['recipient', 'originator'],
  },
  {
    id: 'outcomeNote',
    title: 'Note for the originator',
    type: 'text',
    maxLength: 1000,
    audience: ['recipient', 'originator'],
  },
]
