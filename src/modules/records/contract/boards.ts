/** Case boards: what an officer drew. A board holds ids and places, never values: whoever opens it sees of it what that desk may read. */
import { z } from 'zod'
import { caseRef, desk, entityId, id, key } from './shapes.ts'

/** More is no picture that somebody reads. */
export const MOST_NODES = 20_000
export const MOST_HIDDEN = 10_000

export const boardLayout = z.strictObject({
  nodes: z
    .array(
      z.strictObject({
        entity: entityId,
        x: z.number(),
        y: z.number(),
        pinned: z.boolean().default(false),
        colour: z.string().max(20).optional(),
        /** Records put on the board that this one stands for while they are merged; absent where it stands for itself alone. To be sent back as they were read. */
        parts: z.array(entityId).max(MOST_NODES).optional(),
      }),
    )
    .max(MOST_NODES),
  /** Ids of edges that were taken off the board. */
  hidden: z.array(z.string().max(120)).max(MOST_HIDDEN).default([]),
  notes: z
    .array(z.strictObject({ x: z.number(), y: z.number(), text: z.string().max(2000) }))
    .max(500)
    .default([]),
  layers: z.array(z.string().max(80)).max(100).default([]),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
})
export type BoardLayout = z.infer<typeof boardLayout>

export const boardRow = z.object({
  board: id,
  title: z.string(),
  caseRef: z.string().optional(),
  desk: z.string(),
  readers: z.array(desk),
  /** Those of which the reader sees something. */
  nodes: z.number().int(),
  revision: z.number().int(),
  at: z.iso.datetime(),
  by: z.string(),
})

export const saveBoard = {
  id: 'records.saveBoard',
  method: 'post',
  path: 'boards',
  summary: 'Keep a board, new or in place of the revision it was drawn from',
  permission: 'records.write',
  purposeRequired: true,
  audit: 'records.board-saved',
  largestBody: 4 * 1024 * 1024,
  input: z.strictObject({
    board: id.optional(),
    revision: z.coerce.number().int().min(0).default(0),
    title: z.string().min(3).max(120),
    caseRef: caseRef.optional(),
    readers: z.array(desk).max(30).default([]),
    layout: boardLayout,
    key,
  }),
  ok: z.object({ board: id, revision: z.number().int() }),
  errors: ['records.board-stale', 'records.board-size', 'records.readers', 'records.not-own', 'records.layer'],
} as const

export const listBoards = {
  id: 'records.listBoards',
  method: 'get',
  path: 'boards',
  summary: 'Boards this desk may open',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.boards-listed',
  input: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(300).optional() }),
  ok: z.object({ items: z.array(boardRow), next: z.string().optional() }),
  errors: ['records.cursor'],
} as const

export const showBoard = {
  id: 'records.showBoard',
  method: 'get',
  path: 'boards/:board',
  summary: 'A board, with the places of the records this desk may read',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.board-read',
  input: z.strictObject({ board: id }),
  ok: boardRow.extend({ layout: boardLayout, mayWrite: z.boolean() }),
  errors: [],
} as const

export const exportBoard = {
  id: 'records.exportBoard',
  method: 'get',
  path: 'boards/:board/export',
  summary: 'A board as GEXF, GraphML or CSV of its edges, as far as it is for this desk',
  permission: 'records.read',
  purposeRequired: true,
  audit: 'records.board-exported',
  input: z.strictObject({ board: id, format: z.enum(['gexf', 'graphml', 'csv', 'ftm']) }),
  ok: z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() }),
  errors: ['records.export-size'],
  download: true,
} as const

/** Sharing sends the statements the own desk may pass on, as a piece of information of the exchange: recall and marking then follow it. */
export const prepareShare = {
  id: 'records.prepareShare',
  method: 'post',
  path: 'boards/:board/shares',
  summary:
    'Write the statements behind a board that may be passed on into an attachment for a piece of information, and say what is left out and why',
  permission: 'records.write',
  purposeRequired: true,
  audit: 'records.share-prepared',
  input: z.strictObject({ board: id }),
  ok: z.object({
    attachment: z.object({ sha256: z.string(), name: z.string(), size: z.number().int() }),
    /** The strictest handling of what is in it: the piece of information carries it at least. */
    handling: z.unknown(),
    records: z.number().int(),
    statements: z.number().int(),
    leftOut: z.array(z.object({ because: z.string(), count: z.number().int() })),
    personalData: z.boolean(),
  }),
  errors: ['records.not-own', 'records.share-empty', 'records.share-size', 'records.share-form'],
} as const

export const takeShare = {
  id: 'records.takeShare',
  method: 'post',
  path: 'received-shares',
  summary:
    'Take records that another authority shared into a collection of the own desk, under the originator’s marking; a recall takes them out again',
  permission: 'records.write',
  purposeRequired: true,
  audit: 'records.share-taken',
  input: z.strictObject({ item: z.string().min(1).max(60), sha256: z.string().regex(/^[0-9a-f]{64}$/), key }),
  ok: z.object({
    collection: id,
    board: id.optional(),
    records: z.number().int(),
    statements: z.number().int(),
    problems: z.number().int(),
    /** The first of them, each with its line in the attachment. */
    problemRows: z.array(z.object({ line: z.number().int(), at: z.string(), text: z.string() })),
  }),
  errors: ['records.share-form', 'records.share-handling'],
} as const
