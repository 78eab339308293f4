/**
 * Checks of a draft alert before it may be issued (PR-01 `issue`): identifiers valid, at least one future port, ETA in the future.
 * A failing check digit is refused with the right digit offered, unless the officer confirms that it is so stated. A member is marked stricter than the alert, never looser.
 * Pure: the reference table of places enters as a function.
 */
import { isAsStrict } from '#kernel/handling/handling.ts'
import { parseImoNumber, suggestImoNumber } from '#kernel/identifiers/imo-number.ts'
import type { AlertDraft } from '../contract.ts'
import { judgeSubject } from './alert-subject.ts'
import { futurePorts } from './recipients.ts'

export interface FieldProblem {
  readonly code: string
  readonly at: string
  readonly message: string
  readonly suggestion?: string
}

export interface DraftVerdict {
  /** Each must be mended before the alert can be issued. */
  readonly problems: readonly FieldProblem[]
  /** Shown, never blocking. */
  readonly warnings: readonly FieldProblem[]
}

export interface DraftWorld {
  readonly now: Date
  readonly knowsPlace: (code: string) => boolean
}

const PLACE_SHAPE = /^[A-Z]{2}[A-Z2-9]{3}$/

export function checkDraft(draft: AlertDraft, world: DraftWorld): DraftVerdict {
  const problems: FieldProblem[] = []
  const warnings: FieldProblem[] = []
  checkSubject(draft, { problems, warnings })
  checkFieldHandling(draft, problems)
  if (draft.vesselImo !== undefined && draft.vesselImo !== '') {
    const imo = parseImoNumber(draft.vesselImo)
    if (!imo.ok)
      problems.push(...imo.problems.map((each) => withSuggestion({ ...each, at: 'vesselImo' }, suggestImoNumber(draft.vesselImo ?? ''))))
  }
  checkLegs(draft, world, { problems, warnings })
  return { problems, warnings }
}

interface Found {
  readonly problems: FieldProblem[]
  readonly warnings: FieldProblem[]
}

function checkSubject({ subject }: AlertDraft, found: Found): void {
  const { parsed, digitFails, suggestion } = judgeSubject(subject)
  for (const each of parsed.problems) {
    const problem = withSuggestion({ ...each, at: 'subject.number' }, suggestion)
    if (parsed.ok || (digitFails && subject.asStated)) found.warnings.push(problem)
    else found.problems.push(problem)
  }
  if (subject.asStated && !digitFails)
    found.problems.push({
      code: 'cargo.as-stated',
      at: 'subject.asStated',
      message: 'No check digit fails: there is nothing to confirm. Take the mark away, or enter the number as it stands.',
    })
}

function checkFieldHandling({ fieldHandling = {}, handling }: AlertDraft, problems: FieldProblem[]): void {
  for (const [field, own] of Object.entries(fieldHandling))
    if (!isAsStrict(own, handling))
      problems.push({
        code: 'cargo.field-handling',
        at: `fieldHandling.${field}`,
        message: 'The handling of a member is as strict as that of the alert in every part; only the alert as a whole can be looser.',
      })
}

function checkLegs(draft: AlertDraft, world: DraftWorld, found: Found): void {
  draft.legs.forEach((leg, index) => {
    const at = `legs.${index}`
    const place = leg.place.toUpperCase()
    if (!PLACE_SHAPE.test(place))
      found.problems.push({
        code: 'unlocode.format',
        at: `${at}.place`,
        message: 'A UN/LOCODE has two letters of the country and three signs of the place.',
      })
    else if (!world.knowsPlace(place))
      found.warnings.push({
        code: 'unlocode.unknown',
        at: `${at}.place`,
        message: 'Not in the shipped UN/LOCODE list: old or new code? It is kept as you entered it.',
      })
    if (leg.role !== 'loading' && leg.eta === undefined)
      found.problems.push({
        code: 'cargo.eta-missing',
        at: `${at}.eta`,
        message: 'A port ahead needs the expected arrival: the clocks run to it.',
      })
    if (leg.role === 'discharge' && leg.eta !== undefined && new Date(leg.eta).getTime() <= world.now.getTime())
      found.problems.push({
        code: 'cargo.eta-past',
        at: `${at}.eta`,
        message: 'The expected arrival lies in the past.',
      })
  })
  if (!draft.legs.some((leg) => leg.role === 'discharge'))
    found.problems.push({
      code: 'cargo.no-discharge',
      at: 'legs',
      message: 'The itinerary needs a port of discharge.',
    })
  if (futurePorts(draft.legs, world.now).length === 0)
    found.problems.push({
      code: 'cargo.no-future-port',
      at: 'legs',
      message: 'No port of the itinerary lies ahead: nobody could act on the alert.',
    })
}

function withSuggestion(problem: FieldProblem, suggestion: string | undefined): FieldProblem {
  return suggestion === undefined ? problem : { ...problem, suggestion }
}
