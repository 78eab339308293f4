/** What a draft of a marking becomes: originator and purpose are those of the session, readers are desks of the own authority, days stay within those of the category. */
import { retentionDays } from '#kernel/record/retention.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { MarkingDraft } from '../contract.ts'
import { type InternedMarking, type MarkingBody, markingOf } from './write-fragments-marking.ts'

export interface AskedMarking {
  readonly marking: InternedMarking
  readonly readers: readonly string[]
  readonly reviewDays: number
  readonly retentionDays: number
}

const DAY = 86_400_000

export async function askedMarking({ tx, facts, services }: CaseContext, draft: MarkingDraft): Promise<AskedMarking> {
  const own = services.directory().orgs.find((org) => org.id === facts.authority)?.units ?? []
  const strangers = draft.readers.filter((reader) => !own.some((unit) => unit.id === reader))
  if (strangers.length > 0 || !services.authorities.includes(facts.authority))
    throw new AppError(422, 'records.readers', 'A reader is no desk of the own authority on this node.', {
      problems: strangers.map((reader) => ({
        code: 'records.readers',
        at: `marking.readers[${draft.readers.indexOf(reader)}]`,
        message: 'No such desk.',
      })),
    })
  const readers = [...new Set(draft.readers)].filter((reader) => reader !== facts.desk).sort()
  const body: MarkingBody = {
    origin: { org: facts.authority, desk: facts.desk },
    evaluation: draft.evaluation,
    handling: draft.handling,
    purpose: facts.purpose ?? '',
    legalBasis: draft.legalBasis,
    category: draft.category,
  }
  const { reviewDays, eraseDays } = retentionDays(draft.category, draft)
  return {
    marking: await markingOf(tx, facts.authority, { body, audience: [facts.desk, ...readers] }),
    readers,
    reviewDays,
    retentionDays: eraseDays,
  }
}

export function daysAfter(at: Date, days: number): Date {
  return new Date(at.getTime() + days * DAY)
}
