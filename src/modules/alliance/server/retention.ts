/** How long the slice keeps what, from when. The jobs that erase read the same lines that are declared. */
import type { RetentionRule } from '#platform/module/define-module.ts'

const POLICY = 'Coalition policy'

export const retention = {
  // Of the last event of its chain: a part of a chain proves nothing.
  rights: { table: 'alliance.events', category: 'release rights', review: 'P1Y', erase: 'P3Y', from: 'at', basis: `${POLICY} §13` },
  salts: { table: 'alliance.salts', category: 'salts of tokens', review: 'P90D', erase: 'P120D', from: 'made_at', basis: `${POLICY} §13` },
  files: {
    table: 'alliance.message_files',
    category: 'files of messages',
    review: 'P90D',
    erase: 'P1Y',
    from: 'received_at',
    basis: `${POLICY} §13`,
  },
  unknown: {
    table: 'alliance.unknown_codes',
    category: 'codes nobody means',
    review: 'P90D',
    erase: 'P90D',
    from: 'last_at',
    basis: `${POLICY} §13`,
  },
  codes: { table: 'alliance.codes', category: 'codes of partners', review: 'P1Y', erase: 'P5Y', from: 'valid_until', basis: POLICY },
  incidents: { table: 'alliance.incidents', category: 'incident reports', review: 'P1Y', erase: 'P5Y', from: 'reported_at', basis: POLICY },
  integrity: {
    table: 'alliance.integrity_reports',
    category: 'integrity reports',
    review: 'P1Y',
    erase: 'P3Y',
    from: 'received_on',
    basis: 'Directive (EU) 2019/1937 Art 18(1) (period set by policy)',
  },
  // The newest step of a partner stays: it says whether the door is open.
  vettings: { table: 'alliance.vettings', category: 'vetting of partners', review: 'P1Y', erase: 'P5Y', from: 'at', basis: POLICY },
} as const satisfies Readonly<Record<string, RetentionRule>>
