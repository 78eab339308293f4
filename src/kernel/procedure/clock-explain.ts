/**
 * One line that says how the instants of a clock came about, and its reader.
 * Invariants: the line holds everything the instants follow from, so that `parseExplain` and a new count give the same instants; only a clock of kind law
 * whose basis was read in its source (mark V) is called law, and only its end is called legal.
 */
import { parseLocal, writeLocal, type ZoneRules } from './civil-time.ts'
import { type ClockTerms, HOUR } from './clock-count.ts'
import type { Budget, Unit } from './definition.ts'

export interface Explanation {
  readonly budget?: Budget
  readonly extensions: readonly Budget[]
  readonly startedAt: number
  readonly zone: string
  readonly regime: ClockTerms['regime']
  readonly roll?: 'next-working-day'
  /** Code of the calendar, where holidays decide. */
  readonly calendar?: string
  readonly unlistedYear?: number
  readonly atMost?: { readonly anchor: number; readonly hours: number }
  readonly suspendedMs: number
  /** End of the last suspension, or the present while it goes on. */
  readonly resumedAt?: number
  readonly suspensions: number
  readonly isSuspended: boolean
  readonly voidEvents: number
  /** Absent while the clock has nothing to run to. */
  readonly safe?: number
  readonly legalLatest?: number
  readonly standing: 'law' | 'not verified' | 'policy'
  readonly basis: string
}

const UNITS: readonly (readonly [Unit, one: string, many: string])[] = [
  ['hour', 'h', 'h'],
  ['calendarDay', 'calendar day', 'calendar days'],
  ['workingDay', 'working day', 'working days'],
  ['week', 'week', 'weeks'],
  ['month', 'month', 'months'],
]
const REGULATION = 'Regulation 1182/71'
const NATIONAL = 'national rule'
const ROLLED = 'national rule, next working day'
const UNNAMED = 'unnamed'
const INSTANT = '(-?\\d{4,6}-\\d\\d-\\d\\d \\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{3})?)?[+-]\\d\\d:\\d\\d(?::\\d\\d)?)'
const BUDGET = `(\\d+(?:\\.\\d+)?) (${UNITS.flatMap(([, one, many]) => [many, one]).join('|')})`

export function writeExplanation(explanation: Explanation, rules: ZoneRules): string {
  const { budget, zone, startedAt, atMost, suspensions, resumedAt, voidEvents } = explanation
  const at = (instant: number) => writeLocal(instant, zone, rules)
  const parts = [
    `${budget === undefined ? 'to a fixed instant' : writeBudget(budget)} from ${at(startedAt)} ${zone} (${ruleOf(explanation)})`,
    ...explanation.extensions.map((each) => `extended by ${writeBudget(each)}`),
  ]
  if (atMost !== undefined)
    parts.push(`at most ${at(atMost.anchor)}${atMost.hours === 0 ? '' : ` ${atMost.hours < 0 ? '−' : '+'} ${Math.abs(atMost.hours)} h`}`)
  if (resumedAt !== undefined)
    parts.push(
      `suspended ${writeDuration(explanation.suspendedMs)} in ${suspensions} interval${plural(suspensions)} until ${at(resumedAt)}`,
    )
  if (explanation.isSuspended) parts.push('suspended now')
  if (voidEvents > 0) parts.push(`${voidEvents} event${plural(voidEvents)} void`)
  const basis = explanation.basis.replaceAll(/\s+/g, ' ').trim()
  return `${parts.join(', ')} → ${writeEnds(explanation, at)}; ${explanation.standing}: ${basis}`
}

function ruleOf({ budget, regime, roll, calendar, unlistedYear }: Explanation): string {
  const isElapsed = budget?.unit === 'hour' && regime !== 'EU-1182-71'
  const parts: string[] = []
  if (budget !== undefined) parts.push(isElapsed ? 'elapsed time' : `that ${budget.unit === 'hour' ? 'hour' : 'day'} not counted`)
  parts.push(regime === 'EU-1182-71' ? REGULATION : regime === 'policy' ? 'house rule' : roll === undefined ? NATIONAL : ROLLED)
  if (calendar !== undefined) parts.push(`holidays ${calendar === '' ? UNNAMED : calendar}`)
  if (unlistedYear !== undefined) parts.push(`not listed for ${unlistedYear}`)
  return parts.join('; ')
}

function writeEnds({ safe, legalLatest, unlistedYear, standing }: Explanation, at: (instant: number) => string): string {
  if (safe === undefined || legalLatest === undefined) return 'no instant yet'
  const lead = unlistedYear === undefined ? '' : 'at the earliest: '
  if (safe === legalLatest) return `${lead}due ${at(safe)}`
  return `${lead}safe ${at(safe)}, ${standing === 'law' ? 'legal latest' : 'latest'} ${at(legalLatest)}`
}

function writeBudget({ n, unit }: Budget): string {
  const [, one, many] = UNITS.find(([each]) => each === unit) ?? [unit, unit, unit]
  return `${n} ${n === 1 ? one : many}`
}

function plural(count: number): string {
  return count === 1 ? '' : 's'
}

/** `31 h`, `1 h 5 min`, `2.5 s`: exact, in the largest units. */
function writeDuration(ms: number): string {
  const parts: string[] = []
  if (ms >= HOUR) parts.push(`${Math.floor(ms / HOUR)} h`)
  const minutes = Math.floor(ms / 60_000) % 60
  if (minutes > 0) parts.push(`${minutes} min`)
  if (ms % 60_000 > 0 || ms === 0) parts.push(`${(ms % 60_000) / 1000} s`)
  return parts.join(' ')
}

export type ParsedExplanation =
  | { readonly kind: 'explanation'; readonly explanation: Explanation }
  | { readonly kind: 'problem'; readonly at: number; readonly message: string }

/** Reads a line that `writeExplanation` wrote. The position of a problem is where the reading stopped. */
export function parseExplain(text: string): ParsedExplanation {
  let at = 0
  const take = (pattern: string): RegExpExecArray | undefined => {
    const sticky = new RegExp(pattern, 'y')
    sticky.lastIndex = at
    const found = sticky.exec(text)
    if (found === null) return undefined
    at = sticky.lastIndex
    return found
  }
  const problem = (message: string): ParsedExplanation => ({ kind: 'problem', at, message })

  const start = take(`(?:${BUDGET}|to a fixed instant) from ${INSTANT} (\\S+) \\(`)
  const startedAt = parseLocal(start?.[3] ?? '')
  if (start === undefined || startedAt === undefined) return problem('Not the budget and the start of a clock.')
  const budget = budgetOf(start)
  take('(?:elapsed time|that (?:hour|day) not counted); ')
  const rule = take(`${REGULATION}|${ROLLED}|${NATIONAL}|house rule`)?.[0]
  if (rule === undefined) return problem('Not a rule of counting.')
  const calendar = take('; holidays ([^;)]+)')?.[1]
  const unlisted = take('; not listed for (-?\\d+)')?.[1]
  if (take('\\)') === undefined) return problem('The rule of counting does not end.')

  const extensions: Budget[] = []
  for (let more = take(`, extended by ${BUDGET}`); more !== undefined; more = take(`, extended by ${BUDGET}`)) {
    const extension = budgetOf(more)
    if (extension !== undefined) extensions.push(extension)
  }
  const limit = take(`, at most ${INSTANT}(?: ([−+]) (\\d+(?:\\.\\d+)?) h)?`)
  const anchor = parseLocal(limit?.[1] ?? '')
  const hours = Number(limit?.[3] ?? 0) * (limit?.[2] === '−' ? -1 : 1)
  const suspended = take(`, suspended ((?:[\\d.]+ (?:h|min|s) ?)+)in (\\d+) intervals? until ${INSTANT}`)
  const resumedAt = parseLocal(suspended?.[3] ?? '')
  const isSuspended = take(', suspended now') !== undefined
  const voided = take(', (\\d+) events? void')?.[1]

  if (take(' → (?:at the earliest: )?') === undefined) return problem('Not an arrow before the instants.')
  const ends = take(`(?:no instant yet|due ${INSTANT}|safe ${INSTANT}, (?:legal )?latest ${INSTANT})`)
  const standing = take('; (law|not verified|policy): ?')?.[1]
  if (ends === undefined || standing === undefined) return problem('Not the instants and the basis of a clock.')
  const safe = parseLocal(ends[1] ?? ends[2] ?? '')
  const legalLatest = parseLocal(ends[1] ?? ends[3] ?? '')
  return {
    kind: 'explanation',
    explanation: {
      ...(budget === undefined ? {} : { budget }),
      extensions,
      startedAt,
      zone: start[4] ?? '',
      regime: rule === REGULATION ? 'EU-1182-71' : rule === 'house rule' ? 'policy' : 'national',
      ...(rule === ROLLED ? { roll: 'next-working-day' } : {}),
      ...(calendar === undefined ? {} : { calendar: calendar === UNNAMED ? '' : calendar }),
      ...(unlisted === undefined ? {} : { unlistedYear: Number(unlisted) }),
      ...(anchor === undefined ? {} : { atMost: { anchor, hours } }),
      suspendedMs: parseDuration(suspended?.[1] ?? ''),
      ...(resumedAt === undefined ? {} : { resumedAt }),
      suspensions: Number(suspended?.[2] ?? 0),
      isSuspended,
      voidEvents: Number(voided ?? 0),
      ...(safe === undefined || legalLatest === undefined ? {} : { safe, legalLatest }),
      standing: standing as Explanation['standing'],
      basis: text.slice(at),
    },
  }
}

function budgetOf(found: RegExpExecArray): Budget | undefined {
  const unit = UNITS.find(([, one, many]) => one === found[2] || many === found[2])?.[0]
  return unit === undefined ? undefined : { n: Number(found[1]), unit }
}

function parseDuration(text: string): number {
  let ms = 0
  for (const [, size, unit] of text.matchAll(/([\d.]+) (h|min|s)/g))
    ms += Number(size) * (unit === 'h' ? HOUR : unit === 'min' ? 60_000 : 1000)
  return Math.round(ms)
}
