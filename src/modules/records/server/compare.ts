/**
 * Two records side by side: what is stated of each, property by property, and the reasons for and against their being one. All of it is computed from
 * statements that are for the reader. Facts of documents are compared to tell who a record is about; nothing here says what anybody is likely to do.
 */
import { type PreparedRecord, prepareRecord } from '#kernel/match/record.ts'
import { compareRecords, type Preset, THRESHOLDS } from '#kernel/match/record-score.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { type Comparison, compareRecords as compareSpec, type MatchWire, type StatementView } from '../contract.ts'
import { comparedRecords } from './candidates-records.ts'
import { canonicals, clustersOf } from './clusters.ts'
import { judgementsBetween, judgementViews } from './judgement-rows.ts'
import { statementViews } from './read-fragments.ts'
import { type Counted, fragmentsInRoom } from './read-fragments-room.ts'
import { recordRows } from './record-rows.ts'
import { isVisible } from './record-visible.ts'
import { latinise } from './search-words.ts'

export interface ComparedSide {
  readonly canonical: string
  /** Visible records that are one with it, itself included. */
  readonly members: readonly string[]
  readonly schema: string
  readonly statements: readonly StatementView[]
  /** Entries of sources whose statements are not among them. */
  readonly leftOut: Counted
}

/** Fragments of one side. */
const MOST_FRAGMENTS = 10_000

export const compareRoute = handle(compareSpec, async (input, context): Promise<Comparison> => {
  const { tx, facts } = context
  const { left, right } = await sidesOf(context, input)
  for (const side of [left, right]) context.about({ kind: 'record', id: side.canonical })
  if (left.canonical === right.canonical) throw new AppError(409, 'records.same-record', 'Both are one and the same record already.')
  const rows = await recordRows(tx, facts, [left.canonical, right.canonical])
  const [leftRow, rightRow] = [rows.get(left.canonical), rows.get(right.canonical)]
  if (leftRow === undefined || rightRow === undefined) throw notFound()
  const between = await judgementsBetween(tx, facts, [left.members, right.members])
  const views = await judgementViews(tx, facts, between)
  const blocking = views.find((each) => each.verdict === 'not-same' && each.revoked === undefined)
  return {
    left: leftRow,
    right: rightRow,
    properties: sideBySide(left.statements, right.statements),
    sourcesLeftOut: {
      total: left.leftOut.total + right.leftOut.total,
      isAtLeast: left.leftOut.isAtLeast || right.leftOut.isAtLeast,
    },
    match: await matchOf(context, [left, right], input.preset),
    judgements: views,
    ...(blocking === undefined ? {} : { blockedBy: blocking }),
  }
})

/** Both sides as they are visible; one that is not answers like none. */
export async function sidesOf(
  { tx, facts }: CaseContext,
  asked: { readonly left: string; readonly right: string },
): Promise<{ readonly left: ComparedSide; readonly right: ComparedSide }> {
  const entities = [asked.left, asked.right]
  for (const entity of entities) if (!(await isVisible(tx, facts.authority, entity))) throw notFound()
  const stands = await canonicals(tx, facts, entities)
  const clusters = await clustersOf(tx, facts, entities)
  const side = async (entity: string): Promise<ComparedSide> => {
    const canonical = stands.get(entity) ?? entity
    const members = clusters.get(entity) ?? [entity]
    const asked = { entities: members, isUnrestricted: true, mostRead: MOST_FRAGMENTS }
    const { fragments, leftOut } = await fragmentsInRoom(tx, facts, asked)
    const statements = await statementViews(tx, facts, fragments)
    const schema = (await recordRows(tx, facts, [canonical])).get(canonical)?.schema
    if (schema === undefined)
      throw new AppError(
        409,
        'records.not-compared',
        'Nothing of one of them is compared: what was stated of it has ended, or its processing is restricted.',
      )
    return { canonical, members, schema, statements, leftOut }
  }
  return { left: await side(asked.left), right: await side(asked.right) }
}

/** By the same preparation as candidates, so that a list and a comparison give one pair one score. Of a record whose processing is restricted nothing is compared. */
export async function matchOf(
  { tx, facts }: CaseContext,
  sides: readonly [ComparedSide, ComparedSide],
  preset: Preset,
): Promise<MatchWire> {
  const records = new Map(
    (
      await comparedRecords(
        tx,
        facts,
        sides.map((side) => side.canonical),
      )
    ).map((each) => [each.entity, each.prepared]),
  )
  const [a, b] = sides.map((side) => records.get(side.canonical) ?? prepareRecord({ schema: side.schema, properties: {} }, latinise)) as [
    PreparedRecord,
    PreparedRecord,
  ]
  const { score, logOdds, prior, steps } = compareRecords(a, b, preset)
  return { score, logOdds, prior, steps: steps.map((step) => ({ ...step })), threshold: THRESHOLDS[preset] }
}

function sideBySide(left: readonly StatementView[], right: readonly StatementView[]): Comparison['properties'] {
  const props = [...new Set([...left, ...right].map((each) => each.prop))]
  return props.map((prop) => {
    const [ours, theirs] = [left, right].map((side) => side.filter((each) => each.prop === prop)) as [StatementView[], StatementView[]]
    const values = new Set(ours.map((each) => plain(each.value)))
    return { prop, left: ours, right: theirs, shared: theirs.some((each) => values.has(plain(each.value))) }
  })
}

/** Letters' case and width, and the number of spaces between words, make no other value. */
function plain(value: string): string {
  return value.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}
