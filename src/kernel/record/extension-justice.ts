/**
 * Detention, contact with prisoners, and what other parts of the platform own and the graph only refers to: signals, alerts, orders.
 * A contact of a prisoner is recorded only with the legal basis on which it became known (`lawfulBasis` is required). What a signal
 * is about is refused where it is raised when it is a person.
 */
import type { SchemaDefs } from './schema.ts'

export const JUSTICE_SCHEMATA = {
  DetentionStay: {
    extends: ['Interval'],
    fallback: 'Event',
    caption: ['detentionReference', 'startDate'],
    featured: ['detainee', 'prison', 'startDate', 'endDate', 'detentionRegime'],
    required: ['detainee', 'prison'],
    properties: {
      detainee: { type: 'entity', range: 'Person', reverse: 'detentionStays', fallback: 'involved' },
      prison: { type: 'entity', range: 'Prison', reverse: 'detentionStays' },
      detentionReference: { type: 'identifier', fallback: 'recordId' },
      detentionGround: { type: 'string' },
      detentionRegime: { type: 'string' },
      wing: { type: 'string' },
      transferredFrom: { type: 'entity', range: 'Prison', reverse: 'detentionTransfers' },
      releaseKind: { type: 'string' },
    },
  },
  PrisonContact: {
    extends: ['Interest'],
    fallback: 'UnknownLink',
    featured: ['prisoner', 'contact', 'channel', 'date', 'lawfulBasis'],
    required: ['prisoner', 'contact', 'lawfulBasis'],
    edge: { source: 'prisoner', target: 'contact', isDirected: false, caption: ['channel'] },
    properties: {
      prisoner: { type: 'entity', range: 'Person', reverse: 'prisonContacts', fallback: 'subject' },
      contact: { type: 'entity', range: 'LegalEntity', reverse: 'prisonContactsAsOther', fallback: 'object' },
      prison: { type: 'entity', range: 'Prison', reverse: 'contacts' },
      channel: { type: 'string', fallback: 'role' },
      lawfulBasis: { type: 'string' },
      authorisation: { type: 'identifier', isMatchable: false },
      contactCount: { type: 'number' },
    },
  },
  Signal: {
    extends: ['Thing'],
    fallback: 'Assessment',
    caption: ['name', 'signalId'],
    featured: ['detector', 'about', 'raisedAt'],
    required: ['signalId'],
    properties: {
      signalId: { type: 'identifier', fallback: 'assessmentId' },
      detector: { type: 'string' },
      detectorVersion: { type: 'string' },
      raisedAt: { type: 'date', isMatchable: false, fallback: 'publishDate' },
      about: { type: 'entity', range: 'Thing', reverse: 'signals' },
    },
  },
  Alert: {
    extends: ['Thing'],
    fallback: 'Assessment',
    caption: ['name', 'alertId'],
    featured: ['alertId', 'issuedBy', 'about', 'issuedAt'],
    required: ['alertId'],
    properties: {
      alertId: { type: 'identifier', fallback: 'assessmentId' },
      caseNumber: { type: 'identifier', isMatchable: false },
      issuedBy: { type: 'entity', range: 'Organization', reverse: 'alertsIssued', fallback: 'author' },
      issuedAt: { type: 'date', isMatchable: false, fallback: 'publishDate' },
      about: { type: 'entity', range: 'Thing', reverse: 'alerts' },
      outcome: { type: 'string' },
    },
  },
  LegalOrder: {
    extends: ['Interval', 'Thing'],
    fallback: 'CourtCase',
    caption: ['name', 'orderNumber'],
    featured: ['orderNumber', 'orderType', 'issuingAuthority', 'executingAuthority', 'issuedOn'],
    required: ['orderNumber'],
    extent: { start: ['issuedOn', 'startDate', 'date'], end: ['endDate'] },
    properties: {
      orderNumber: { type: 'identifier', fallback: 'caseNumber' },
      orderType: { type: 'string', fallback: 'type' },
      orderStatus: { type: 'string', fallback: 'status' },
      legalBasis: { type: 'string' },
      issuingAuthority: { type: 'entity', range: 'Organization', reverse: 'ordersIssued' },
      executingAuthority: { type: 'entity', range: 'Organization', reverse: 'ordersExecuted' },
      issuedOn: { type: 'date', isMatchable: false, fallback: 'fileDate' },
      concerns: { type: 'entity', range: 'LegalEntity', reverse: 'ordersConcerning' },
      inCase: { type: 'entity', range: 'CourtCase', reverse: 'orders' },
    },
  },
  FreezingOrder: {
    extends: ['LegalOrder'],
    fallback: 'CourtCase',
    featured: ['orderNumber', 'frozenAssets', 'issuingAuthority', 'issuedOn'],
    properties: {
      frozenAssets: { type: 'entity', range: 'Thing', reverse: 'freezingOrders' },
      frozenValue: { type: 'string' },
      confiscation: { type: 'string' },
    },
  },
} as const satisfies SchemaDefs
