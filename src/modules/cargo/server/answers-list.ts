/** Answers of the own desk: which there are and which still wait for an officer, what each says, the file, and that it was sent. */
import { sql } from 'kysely'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { type AnswerRow, explainAnswer, listAnswers, noteAnswerSent, showAnswer } from '../contract/answers.ts'
import type { IntakeTables } from './channel-tables.ts'

type Listed = Awaited<ReturnType<ReturnType<typeof answersOf>['execute']>>[number]

interface AnswerKey {
  readonly document: string
  readonly ordinal: number
}

export const listAnswersRoute = handle(listAnswers, async (input, context) => {
  const { document, verdict, state, limit } = input
  if (document !== undefined) await checkHeld(context, document)
  const mark = readMark(input.cursor, { parts: ['instant', 'text', 'ordinal'], code: 'cargo.cursor' })
  let query = answersOf(context)
    .orderBy('given.made_at', 'desc')
    .orderBy('given.document', 'desc')
    .orderBy('given.ordinal')
    .limit(limit + 1)
  if (document !== undefined) query = query.where('given.document', '=', document)
  if (verdict !== undefined) query = query.where('given.verdict', '=', verdict)
  if (state !== undefined) query = query.where('sent.at', state === 'sent' ? 'is not' : 'is', null)
  if (mark !== undefined) {
    const [madeAt, of, after] = [new Date(String(mark[0])), String(mark[1]), Number(mark[2])]
    query = query.where((is) =>
      is.or([
        is(is.refTuple('given.made_at', 'given.document'), '<', is.tuple(madeAt, of)),
        is.and([is('given.made_at', '=', madeAt), is('given.document', '=', of), is('given.ordinal', '>', after)]),
      ]),
    )
  }
  const rows = await query.execute()
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(rowOf),
    ...(rows.length > limit && last !== undefined ? { next: writeMark([last.made_at.toISOString(), last.document, last.ordinal]) } : {}),
  }
})

export const explainAnswerRoute = handle(explainAnswer, async (input, context) => {
  const row = await answerOf(context, input)
  return { answer: rowOf(row), findings: row.findings, text: row.text }
})

export const showAnswerRoute = handle(showAnswer, async (input, context) => {
  const row = await answerOf(context, input)
  return { fileName: `${row.kind}-${input.document.slice(0, 12)}-${input.ordinal}.edi`, mediaType: 'application/edifact', text: row.text }
})

export const noteAnswerSentRoute = handle(noteAnswerSent, async (input, context) => {
  const { tx, facts, clock } = context
  const { authority, desk } = facts
  const { document, ordinal } = input
  await answerOf(context, input)
  const db = tx.withTables<IntakeTables>()
  const held = await db
    .selectFrom('cargo.documents')
    .select('state')
    .where('authority', '=', authority)
    .where('desk', '=', desk)
    .where('document', '=', document)
    .executeTakeFirst()
  // Until the reading is over the answers may still be made anew.
  if (held?.state !== 'read' && held?.state !== 'refused')
    throw new AppError(409, 'cargo.document-state', 'The document is being read; wait until it is done.')
  await db
    .insertInto('cargo.sent_answers')
    .values({ authority, desk, document, ordinal, at: clock.now(), by: facts.officerName, audience: [desk] })
    .onConflict((conflict) => conflict.columns(['authority', 'desk', 'document', 'ordinal']).doNothing())
    .execute()
  const { sent } = rowOf(await answerOf(context, input))
  if (sent === undefined) throw notFound()
  return sent
})

function answersOf({ tx, facts }: CaseContext) {
  return tx
    .withTables<IntakeTables>()
    .selectFrom('cargo.given_answers as given')
    .innerJoin('cargo.documents as held', (join) =>
      join
        .onRef('held.authority', '=', 'given.authority')
        .onRef('held.desk', '=', 'given.desk')
        .onRef('held.document', '=', 'given.document'),
    )
    .leftJoin('cargo.sent_answers as sent', (join) =>
      join
        .onRef('sent.authority', '=', 'given.authority')
        .onRef('sent.desk', '=', 'given.desk')
        .onRef('sent.document', '=', 'given.document')
        .onRef('sent.ordinal', '=', 'given.ordinal'),
    )
    .select([
      'given.document',
      'given.ordinal',
      'given.kind',
      'given.partner',
      'given.reference',
      'given.verdict',
      'given.made_at',
      'held.name',
      'sent.at as sent_at',
      'sent.by as sent_by',
      sql<number>`jsonb_array_length(given.findings -> 'told') + (given.findings ->> 'toldLeftOut')::int`.as('faults'),
    ])
    .where('given.authority', '=', facts.authority)
    .where('given.desk', '=', facts.desk)
}

async function answerOf(context: CaseContext, { document, ordinal }: AnswerKey) {
  const row = await answersOf(context)
    .select(['given.text', 'given.findings'])
    .where('given.document', '=', document)
    .where('given.ordinal', '=', ordinal)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  context.about({ kind: 'document', id: document })
  return row
}

async function checkHeld(context: CaseContext, document: string): Promise<void> {
  const { authority, desk } = context.facts
  const held = await context.tx
    .withTables<IntakeTables>()
    .selectFrom('cargo.documents')
    .select('document')
    .where('authority', '=', authority)
    .where('desk', '=', desk)
    .where('document', '=', document)
    .executeTakeFirst()
  if (held === undefined) throw notFound()
  context.about({ kind: 'document', id: document })
}

function rowOf(row: Listed): AnswerRow {
  const { document, ordinal, kind, partner, reference, verdict, faults } = row
  return {
    document,
    documentName: row.name,
    ordinal,
    kind,
    partner,
    reference,
    verdict,
    faults,
    madeAt: row.made_at.toISOString(),
    ...(row.sent_at === null || row.sent_by === null ? {} : { sent: { at: row.sent_at.toISOString(), by: row.sent_by } }),
  }
}
