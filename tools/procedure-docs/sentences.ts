/** Conditions, effects and times of a procedure as English sentences: what the pages say instead of the data. */
import { type Budget, COPY_ANCHOR, COPY_SUBJECT, type Effect, type LegalRef, type ProcedureDef } from '#kernel/procedure/definition.ts'
import type { Expr, Scalar } from '#kernel/procedure/expression.ts'

export const MARKS: Readonly<Record<LegalRef['mark'], string>> = {
  V: 'verified in the text',
  M: 'from memory, not verified',
  D: 'policy of the coalition',
}

export const quoted = (text: string): string => `“${text}”`

export function listed(words: readonly string[], joint = 'and'): string {
  if (words.length < 2) return words[0] ?? ''
  return `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1)}`
}

export function basisOf({ act, art, mark }: LegalRef): string {
  return `${`${act} ${art}`.trim()} (${MARKS[mark]})`
}

/** The titles that a procedure gives to what its conditions name. */
export interface Titles {
  readonly field: (id: string) => string
  readonly step: (id: string) => string
  readonly state: (id: string) => string
  readonly role: (id: string) => string
  readonly clock: (id: string) => string
  readonly value: (field: string, value: Scalar) => string
}

export function titlesOf(definition: ProcedureDef): Titles {
  const title = (list: readonly { readonly id: string; readonly title: string }[]) => (id: string) =>
    quoted(list.find((each) => each.id === id)?.title ?? inWords(id))
  const fieldTitle = title(definition.fields)
  return {
    field: (id) => (id === 'ground' ? 'the ground' : fieldTitle(id)),
    step: title(definition.transitions),
    state: title(definition.states),
    role: (id) => quoted(definition.roles[id]?.title ?? id),
    clock: title(definition.clocks),
    value: (field, value) => {
      if (typeof value === 'boolean') return value ? 'yes' : 'no'
      if (typeof value === 'number') return String(value)
      if (field === 'ground') return quoted(definition.refusalGrounds.find(({ code }) => code === value)?.text ?? value)
      const list = definition.fields.find(({ id }) => id === field)?.codeList
      return quoted((list === undefined ? undefined : definition.codeLists?.[list]?.find(({ code }) => code === value)?.title) ?? value)
    },
  }
}

/** `gatePassed` as `gate passed`: a fact that a slice states and no field holds. */
function inWords(id: string): string {
  return id
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase()
}

/** A condition as a sentence without its full stop. `truth` false says its opposite. */
export function condition(expr: Expr, titles: Titles, truth = true): string {
  if ('not' in expr) return condition(expr.not, titles, !truth)
  if ('all' in expr || 'any' in expr) {
    const isAll = 'all' in expr === truth
    const terms = 'all' in expr ? expr.all : expr.any
    const words = terms.map((each) => inner(each, { titles, truth, isAll }))
    return isAll ? words.join(', and ') : words.length === 1 ? (words[0] ?? '') : `either ${words.join(', or ')}`
  }
  const subject = subjectOf(expr.fact, titles)
  return subject.yes !== undefined && isPlain(expr) ? plain(expr, subject, truth) : compared(expr, { titles, subject: subject.name, truth })
}

/** A group within a group of the other kind stands in brackets. */
function inner(
  expr: Expr,
  { titles, truth, isAll }: { readonly titles: Titles; readonly truth: boolean; readonly isAll: boolean },
): string {
  const text = condition(expr, titles, truth)
  const bare = 'not' in expr ? expr.not : expr
  const isGroup = ('all' in bare && bare.all.length > 1) || ('any' in bare && bare.any.length > 1)
  const isAllInside = 'all' in bare === ('not' in expr ? !truth : truth)
  return isGroup && isAllInside !== isAll ? `(${text})` : text
}

interface Subject {
  readonly name: string
  /** Sentences of a fact that is only true or not. */
  readonly yes?: string
  readonly no?: string
}

type Leaf = Exclude<Expr, { all: unknown } | { any: unknown } | { not: unknown }>

function subjectOf(fact: string, titles: Titles): Subject {
  const [head = '', ...rest] = fact.split('.')
  const tail = rest.join('.')
  const about = rest.at(-1) ?? ''
  if (fact === 'state') return { name: 'the state of the case' }
  if (fact === 'actor.isSupervisor') return { name: fact, yes: 'the officer is a supervisor', no: 'the officer is no supervisor' }
  if (head === 'done')
    return { name: fact, yes: `the step ${titles.step(tail)} was taken`, no: `the step ${titles.step(tail)} was not taken` }
  if (head === 'took')
    return {
      name: fact,
      yes: `the same officer took the step ${titles.step(tail)}`,
      no: `another officer than the one who took ${titles.step(tail)} takes this step`,
    }
  if (head === 'clock') return { name: `the extension of the clock ${titles.clock(rest[0] ?? '')}` }
  if (head === 'party' && rest.length === 1)
    return { name: fact, yes: `somebody fills the role ${titles.role(tail)}`, no: `nobody fills the role ${titles.role(tail)}` }
  if (head === 'party') {
    const role = titles.role(rest[0] ?? '')
    return {
      name: `the ${about === 'kind' ? 'kind of authority' : about} of ${role}`,
      yes: `somebody fills the role ${role}`,
      no: `nobody fills the role ${role}`,
    }
  }
  return { name: titles.field(head) }
}

function isPlain(expr: Leaf): boolean {
  return 'given' in expr || ('is' in expr && typeof expr.is === 'boolean')
}

function plain(expr: Leaf, { yes = '', no = '' }: Subject, truth: boolean): string {
  const wanted = 'given' in expr ? expr.given : 'is' in expr && expr.is === true
  return wanted === truth ? yes : no
}

function compared(
  expr: Leaf,
  { titles, subject, truth }: { readonly titles: Titles; readonly subject: string; readonly truth: boolean },
): string {
  const field = expr.fact.split('.')[0] ?? ''
  const value = (each: Scalar) =>
    expr.fact === 'state' ? titles.state(String(each)) : expr.fact.startsWith('party.') ? String(each) : titles.value(field, each)
  const is = truth ? 'is' : 'is not'
  if ('given' in expr) return `${subject} ${expr.given === truth ? 'is filled in' : 'is left empty'}`
  if ('is' in expr) return `${subject} ${is} ${value(expr.is)}`
  if ('in' in expr)
    return expr.in.length === 1
      ? `${subject} ${is} ${value(expr.in[0] ?? '')}`
      : `${subject} ${truth ? 'is one of' : 'is none of'} ${listed(expr.in.map(value), 'or')}`
  if ('includes' in expr) return `${subject} ${truth ? 'includes' : 'does not include'} ${value(expr.includes)}`
  if ('same' in expr) return `${subject} ${truth ? 'is the same as' : 'differs from'} ${subjectOf(expr.same, titles).name}`
  return bounded(expr, { subject, truth })
}

function bounded(
  expr: Extract<Leaf, { atLeast: number } | { atMost: number }>,
  { subject, truth }: { readonly subject: string; readonly truth: boolean },
): string {
  const isLow = 'atLeast' in expr === truth
  const n = 'atLeast' in expr ? expr.atLeast : expr.atMost
  // «At least» denied is «less than», «at most» denied is «more than».
  const bound = truth ? ('atLeast' in expr ? 'at least' : 'at most') : 'atLeast' in expr ? 'less than' : 'more than'
  if (expr.fact.endsWith('.count')) return `${subject} has ${bound.replace('less', 'fewer')} ${n} ${n === 1 ? 'entry' : 'entries'}`
  const unit = expr.fact.endsWith('.inHours') ? 'hour' : expr.fact.endsWith('.inDays') ? 'day' : undefined
  if (unit === undefined) return `${subject} is ${bound} ${n}`
  if (n === 0) {
    const time = 'atLeast' in expr ? 'past' : 'future'
    return `${subject} ${truth ? 'does not lie' : 'lies'} in the ${time}`
  }
  const span = `${Math.abs(n)} ${unit}${Math.abs(n) === 1 ? '' : 's'}`
  if (n > 0) return `${subject} lies ${bound} ${span} ahead`
  return `${subject} lies ${isLow ? 'at most' : 'at least'} ${span} back`
}

function copiedInWords(from: string, titles: Titles): string {
  if (from === COPY_SUBJECT) return 'the reference of what the case is about'
  return from.startsWith(COPY_ANCHOR) ? inWords(from.slice(COPY_ANCHOR.length)) : titles.field(from)
}

export function effectInWords(effect: Effect, titles: Titles): string {
  switch (effect.kind) {
    case 'start-clock':
      return `starts the clock ${titles.clock(effect.clock)}${effect.from === undefined ? '' : ` from ${titles.field(effect.from)}`}`
    case 'stop-clock':
      return `stops the clock ${titles.clock(effect.clock)}`
    case 'suspend-clock':
      return `suspends the clock ${titles.clock(effect.clock)}`
    case 'resume-clock':
      return `lets the clock ${titles.clock(effect.clock)} run on`
    case 'extend-clock':
      return `extends the clock ${titles.clock(effect.clock)} by ${titles.field(effect.by)}`
    case 'notify':
      return `tells ${listed(effect.roles.map(titles.role))}: ${quoted(effect.text)}`
    case 'spawn':
      return `opens a draft of ${effect.procedure}${Object.keys(effect.copy).length === 0 ? '' : ` with ${listed(Object.values(effect.copy).map((from) => copiedInWords(from, titles)))}`}`
    case 'purge':
      return `erases ${listed([...effect.fields.map(titles.field), ...(effect.files === true ? ['every file that came from another party'] : [])])} with every party`
    case 'lock':
      return `closes ${listed(effect.fields.map(titles.field))} against later change`
    case 'address':
      return `from now on the desk named in ${titles.field(effect.field)} fills the role ${titles.role(effect.role)}`
    case 'send':
      return `brings ${listed(effect.roles.map(titles.role))} into the case`
    case 'call':
      return `${inWords(effect.name)} (carried out by the part of the node that owns the procedure)`
  }
}

const UNITS: Readonly<Record<Budget['unit'], string>> = {
  hour: 'hour',
  calendarDay: 'calendar day',
  workingDay: 'working day',
  week: 'week',
  month: 'month',
}

export function amount(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`
}

export function budgetInWords({ n, unit }: Budget): string {
  return amount(n, UNITS[unit])
}

/** `P1Y6M` as `1 year 6 months`. */
export function duration(iso: string): string {
  const units: Readonly<Record<string, string>> = { Y: 'year', M: 'month', W: 'week', D: 'day' }
  return [...iso.matchAll(/(\d+)([YMWD])/g)].map(([, n, unit]) => amount(Number(n), units[unit ?? ''] ?? '')).join(' ')
}
