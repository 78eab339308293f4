/** The isomorphic door of the slice: hit/no-hit. Two authorities learn whether they hold the same, and an authority without a hit learns nothing. */
export * from './contract/index-routes.ts'
export * from './contract/query-routes.ts'
export * from './contract/shapes.ts'

const AUTHORITIES = { roles: ['officer', 'supervisor'], realms: ['customs', 'law-enforcement'] } as const

export const permissions = {
  'matching.index': { meaning: 'Decide what of the own desk can be found and which desks may ask', ...AUTHORITIES },
  'matching.confirm': { meaning: 'Confirm or reject hits of others on records of the own desk', ...AUTHORITIES },
  'matching.ask': { meaning: 'Ask other authorities for hits, bound to a case', ...AUTHORITIES },
  'matching.approve': { meaning: 'Agree as the second person to a query above the cap of its case', ...AUTHORITIES },
} as const

export const auditEvents = {
  'matching.entitled': 'A desk of another authority was let ask, or its quota changed',
  'matching.entry-indexed': 'A record was made findable by a key, or excluded',
  'matching.entry-removed': 'A key was taken out of the index',
  'matching.entries-listed': 'The list of own index entries was read',
  'matching.requesters-listed': 'The list of desks that may ask was read',
  'matching.index-read': 'The state of the own part of the index was read',
  'matching.rebuild-asked': 'A new epoch was asked for',
  'matching.rebuilt': 'A new epoch began: tags were computed and sets sent',
  'matching.tags-received': 'A set of tags of another authority was taken in',
  'matching.asked': 'A query was written',
  'matching.committed': 'The node committed to the keys of a query by salted hashes',
  'matching.approved': 'A second person decided on a query',
  'matching.queries-listed': 'The list of queries was read',
  'matching.query-read': 'One query was read',
  'matching.quota-read': 'The quota was read',
  'matching.query-served': 'A query of another authority was evaluated, or refused; the reason is in the entry',
  'matching.lookup-served': 'A disclosing look-up of another authority was answered, or refused',
  'matching.query-finished': 'An owner answered a query',
  'matching.proof-refused': 'An owner answered under another key than it published: its whole answer was thrown away',
  'matching.anomaly': 'A requester comes near its quota, passes it, or goes beyond the cap of a case',
  'matching.notice-received': 'Another authority had a hit on a record',
  'matching.notices-listed': 'The list of hits of others was read',
  'matching.notice-answered': 'A hit was confirmed or rejected',
  'matching.notice-settled': 'An owner confirmed or rejected a hit of this authority',
} as const

export const errors = {
  'matching.cursor': 'The page mark is not one this list gave out',
  'matching.key': 'A key cannot be used as it stands; each problem names its place',
  'matching.category': 'Persons of this category are in no index: victims, witnesses, informants, minors',
  'matching.requester': 'No such desk of another authority in the directory',
  'matching.gate': 'The transfer gate refuses the recipient',
  'matching.no-index': 'No owner lets this desk ask for these keys and this purpose',
  'matching.same-person': 'The second person must be another one',
  'matching.state': 'That is not open in this state',
  'audit.backlog': 'The log is too far behind: nothing new is released',
} as const
