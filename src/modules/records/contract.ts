/** The isomorphic door of the slice: the record graph. Every value with where it comes from; merging that can be undone; search that tells nothing it may not. */
export * from './contract/boards.ts'
export * from './contract/export-end.ts'
export * from './contract/graph.ts'
export * from './contract/intake.ts'
export * from './contract/judgements.ts'
export * from './contract/record.ts'
export * from './contract/rights.ts'
export * from './contract/search.ts'
export * from './contract/shapes.ts'

const REALMS = ['customs', 'law-enforcement', 'judicial', 'prison', 'administrative', 'financial-intelligence'] as const
const OFFICERS = { roles: ['officer', 'supervisor'], realms: REALMS } as const

export const permissions = {
  'records.read': { meaning: 'Search and read the records that are for the own desk', ...OFFICERS },
  'records.write': { meaning: 'Bring records in, correct, share and review those of the own desk', ...OFFICERS },
  'records.judge': { meaning: 'Say whether two records are the same', ...OFFICERS },
  'records.inventory': {
    meaning: 'List everything held on one record, for the request of a data subject',
    roles: ['supervisor', 'data-protection'],
    realms: REALMS,
  },
} as const

export const auditEvents = {
  'records.collection-created': 'A collection of records was opened',
  'records.collections-listed': 'The list of collections was read',
  'records.collection-exported': 'Records of a collection were exported',
  'records.collection-withdrawn': 'Every statement of a collection was ended',
  'records.import-uploaded': 'A file was brought in',
  'records.import-started': 'A file was checked or read in',
  'records.import-cancelled': 'A run over a file was stopped',
  'records.import-finished': 'A run over a file ended; the counts are in the entry',
  'records.imports-listed': 'The list of files was read',
  'records.import-read': 'The report on a file was read',
  'records.import-report-exported': 'The report on a file was exported',
  'records.mappings-listed': 'The list of mappings was read',
  'records.record-entered': 'Statements were written by hand',
  'records.record-read': 'A record was read',
  'records.statement-corrected': 'A statement was corrected or withdrawn',
  'records.searched': 'Records were searched; what was asked is not in the entry',
  'records.matched': 'A subject was compared with the records',
  'records.search-saved': 'A search was kept',
  'records.saved-searches-listed': 'The list of kept searches was read',
  'records.saved-search-opened': 'What a kept search found was read',
  'records.saved-search-ended': 'A search is kept no longer',
  'records.search-found': 'A kept search found something new',
  'records.crossref-started': 'A cross-reference was started',
  'records.crossref-finished': 'A cross-reference ended; the counts are in the entry',
  'records.crossrefs-listed': 'The list of cross-references was read',
  'records.crossref-read': 'Pairs of a cross-reference were read',
  'records.crossref-cancelled': 'A cross-reference was stopped',
  'records.compared': 'Two records were compared side by side',
  'records.judged': 'Two records were judged the same, not the same, or unclear',
  'records.judgement-revoked': 'A judgement was taken back',
  'records.judgements-listed': 'The list of judgements was read',
  'records.duplicates-listed': 'Possible duplicates of a record were read',
  'records.graph-read': 'A part of the graph was read',
  'records.timeline-read': 'A timeline was read',
  'records.board-saved': 'A board was kept',
  'records.boards-listed': 'The list of boards was read',
  'records.board-read': 'A board was opened',
  'records.board-exported': 'A board was exported',
  'records.share-prepared': 'The statements behind a board were written out for sharing',
  'records.share-taken': 'Records that another authority shared were taken in',
  'records.share-recalled': 'Records taken from another authority ended with the recall, or were marked anew',
  'records.reviews-listed': 'Statements whose review is due were listed',
  'records.review-answered': 'Statements were kept or erased at their review',
  'records.erased': 'Statements reached their last day and were erased',
  'records.hold-placed': 'A record was kept from erasure for a case',
  'records.hold-lifted': 'A hold was ended',
  'records.restricted': 'Processing of a record was restricted, or the restriction ended',
  'records.inventory-read': 'Everything held on a record was listed',
} as const

export const errors = {
  'records.cursor': 'The page mark is not one this list gave out',
  'records.readers': 'A reader is no desk of the own authority on this node',
  'records.file-empty': 'The file has no bytes',
  'records.file-format': 'The file is not of that form',
  'records.file-gone': 'The file is kept no longer and cannot be run',
  'records.mapping': 'The mapping cannot be used as it stands; each problem names its place',
  'records.import-state': 'That is not open in this state of the file',
  'records.values': 'A value cannot be taken; each problem names its place',
  'records.schema': 'The model has no such schema, or it does not fit the record',
  'records.not-own': 'Only the desk that stated it may change it',
  'records.ended': 'The statement has ended already',
  'records.held': 'A case needs it: a hold stands',
  'records.search-empty': 'A search that asks for nothing is not kept',
  'records.crossref-state': 'That is not open in this state of the cross-reference',
  'records.same-record': 'Both are one and the same record already',
  'records.not-compared': 'Nothing of one of the records is compared: it has ended, or its processing is restricted',
  'records.blocked': 'A judgement that they are not the same stands between them; the problem names it',
  'records.judged-already': 'This pair is judged; take that judgement back first',
  'records.evidence': 'A statement named as evidence is none of the two records',
  'records.judgement-state': 'The judgement is taken back already',
  'records.layer': 'The model has no such kind of edge',
  'records.graph-size': 'There are more relations than fit into one graph',
  'records.board-stale': 'The board was kept anew by somebody else since',
  'records.board-size': 'More than a board may have, the merged records behind those shown included',
  'records.share-empty': 'Nothing of the board may be passed on',
  'records.export-size': 'What is stated of the records on the board is too much for one file',
  'records.share-size': 'The board is too large for one piece of information',
  'records.share-form': 'The attachment holds no records',
  'records.share-handling': 'The handling of the piece of information does not allow keeping it',
} as const
