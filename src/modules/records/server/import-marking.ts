/**
 * What a line of an export of ours says of its marking, held beside that of the collection it comes into: what is restricted stays so and what goes earlier goes then, what is
 * marked stricter is put aside, since a collection has one marking. Invariant: nothing becomes looser by leaving one collection and coming into another without a word.
 */
import { isDeepStrictEqual } from 'node:util'
import { isAsStrict } from '#kernel/handling/handling.ts'
import { RETENTION } from '#kernel/record/retention.ts'
import type { StatementLine } from '#kernel/record/statement-line.ts'
import type { Problem } from '#kernel/result/problem.ts'
import { markingView } from '../contract.ts'
import type { MarkingBody } from './write-fragments.ts'

/** Of the collection that a file comes into. */
export interface ImportTerms {
  readonly body: MarkingBody
  readonly now: Date
}

export interface StatedTerms {
  readonly restricted: boolean
  /** Its last day. */
  readonly eraseAt: Date
  /** Why it is not taken. */
  readonly refused: Problem | undefined
  /** What is taken otherwise than it stood. */
  readonly told: Problem | undefined
}

/** Printed by an export of ours, which says more than others do. */
export function isOwn({ context }: StatementLine): boolean {
  return Object.hasOwn(context, 'record') && Object.hasOwn(context, 'marking')
}

/** Undefined for lines of others. */
export function statedTerms(statement: StatementLine, terms: ImportTerms | undefined): StatedTerms | undefined {
  if (terms === undefined || !isOwn(statement)) return undefined
  const { marking, restricted } = statement.context
  const { data: stated } = markingView.safeParse(marking)
  const refused = (code: string, message: string): Problem => ({ code: `record.marking.${code}`, at: 'marking', message })
  if (stated === undefined || typeof restricted !== 'boolean')
    return {
      restricted: true,
      eraseAt: terms.now,
      refused: refused('form', 'What the line says of its marking cannot be read, so it may be stricter than that of the collection.'),
      told: undefined,
    }
  const eraseAt = new Date(stated.eraseAt)
  const { body } = terms
  const isInformant = stated.category === 'informant' && body.category !== 'informant'
  const stricter = [
    ...(isAsStrict(body.handling, stated.handling) ? [] : ['handling']),
    ...(isInformant || RETENTION[stated.category].eraseDays < RETENTION[body.category].eraseDays ? ['category'] : []),
  ]
  if (eraseAt <= terms.now) return { restricted, eraseAt, refused: refused('past', 'The last day of the line has come.'), told: undefined }
  if (stricter.length > 0)
    return {
      restricted,
      eraseAt,
      refused: refused('stricter', `The line is marked stricter than the collection (${stricter.join(', ')}); one so marked takes it.`),
      told: undefined,
    }
  const other = (['origin', 'evaluation', 'purpose', 'legalBasis', 'category'] as const).filter(
    (part) => !isDeepStrictEqual(stated[part], body[part]),
  )
  const message = `The line says otherwise than its collection (${other.join(', ')}); what the collection says holds from now on.`
  return { restricted, eraseAt, refused: undefined, told: other.length === 0 ? undefined : refused('other', message) }
}
