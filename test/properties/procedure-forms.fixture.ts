/**
 * Forms filled at random for any step of any procedure: right, or wrong in a way that is known because it was made so. Conditions are met by wishes: a
 * guard that ought to hold is taken apart into what it wants of each field, and the field is filled accordingly.
 */
import type { FieldDef, ProcedureDef, TransitionDef } from '#kernel/procedure/definition.ts'
import type { Expr } from '#kernel/procedure/expression.ts'
import { type FormField, formOf } from '#kernel/procedure/form.ts'
import type { SeededRandom } from '#kernel/stats/seeded-random.ts'
import { holds, type Known } from './procedure-facts.fixture.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const DESKS = ['desk.one', 'desk.two', 'desk.three']
const COUNTRIES = ['BE', 'ES', 'NL', 'DE', 'NO', 'EC', 'US', 'DK']

/** One right text for each format a field may name. */
const EXAMPLES: Readonly<Record<string, string>> = {
  iso6346: 'CSQU3054383',
  imo: '9454436',
  unlocode: 'BEANR',
  awb: '020-12345675',
  cas: '7732-18-5',
  'e-mail': 'duty@police.example',
  iban: 'BE68539007547034',
  'btc-address': '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
  'evm-address': '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  'tx-hash': '4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b',
}

type Part = Omit<FieldDef, 'section' | 'audience' | 'of'> & Pick<Partial<FieldDef>, 'of'>
type Leaf = Exclude<Expr, { all: unknown } | { any: unknown } | { not: unknown }>
export interface Wish {
  readonly leaf: Leaf
  readonly truth: boolean
}

/** What must be so of single facts that a condition be true (or false); of alternatives one is picked. */
export function wishesOf(expr: Expr, truth: boolean, random: SeededRandom): readonly Wish[] {
  if ('not' in expr) return wishesOf(expr.not, !truth, random)
  if ('all' in expr)
    return truth ? expr.all.flatMap((each) => wishesOf(each, true, random)) : wishesOf(random.pick(expr.all), false, random)
  if ('any' in expr)
    return truth ? wishesOf(random.pick(expr.any), true, random) : expr.any.flatMap((each) => wishesOf(each, false, random))
  return [{ leaf: expr, truth }]
}

/** Every term of every condition of a procedure: what its texts find worth asking. */
export function leavesOf(value: unknown): readonly Leaf[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(leavesOf)
  return 'fact' in value && typeof value.fact === 'string' ? [value as Leaf, ...inner] : inner
}

export interface FormWorld {
  readonly definition: ProcedureDef
  readonly random: SeededRandom
  readonly now: number
  /** What is known before the form. */
  readonly known: Known
  /** Terms the procedure asks about, which optional answers are aimed at. */
  readonly leaves: readonly Leaf[]
}

/** A form that ought to pass: what is asked is filled, guards are wished for. Facts that no field gives are answered in `slice`. */
export function rightForm(
  world: FormWorld,
  transition: TransitionDef,
): { readonly fields: Record<string, unknown>; readonly slice: Record<string, string | number | boolean> } {
  const { definition, random, known, leaves } = world
  const form = formOf(definition, transition)
  const wishes = (transition.guards ?? []).flatMap(({ expr }) => wishesOf(expr, true, random))
  const eager = random.pick([0, 0.3, 0.9])
  const fields: Record<string, unknown> = {}
  const slice: Record<string, string | number | boolean> = {}
  const aimed = (id: string): readonly Wish[] => {
    const about = leaves.filter((leaf) => fieldOf(leaf) === id)
    return about.length > 0 && random.chance(0.6) ? [{ leaf: random.pick(about), truth: random.chance(0.7) }] : []
  }
  for (const { leaf, truth } of wishes)
    if (/^[a-zA-Z-]+$/.test(leaf.fact) && leaf.fact !== 'state' && !definition.fields.some(({ id }) => id === leaf.fact))
      if (!form.some(({ field }) => field.id === leaf.fact)) slice[leaf.fact] = answerOf(leaf, truth)
  for (const { field } of form) {
    const own = wishes.filter(({ leaf }) => fieldOf(leaf) === field.id || ('same' in leaf && leaf.same === field.id))
    if (own.length > 0) fill(world, { fields, field, wishes: own })
    else if (random.chance(eager)) fill(world, { fields, field, wishes: aimed(field.id) })
  }
  // What is asked may depend on what was answered.
  for (let round = 0; round < 4; round++)
    for (const entry of form)
      if (!(entry.field.id in fields) && isAsked(entry, known.with(fields), transition))
        fill(world, { fields, field: entry.field, wishes: aimed(entry.field.id) })
  return { fields, slice }
}

/** Whether a step asks for a field it was not given: what is its own, or decides where the case goes, every time; what a section holds until it is known. */
export function isAsked({ field, isOwn, required, shown }: FormField, known: Known, { toBy }: TransitionDef): boolean {
  if (shown !== undefined && holds(shown, known) !== true) return false
  if (!isOwn && toBy?.field !== field.id && known.isGiven(field.id)) return false
  return typeof required === 'boolean' ? required : holds(required, known) === true
}

/** The field a term speaks of: `persons.count` of `persons`. */
function fieldOf({ fact }: Leaf): string {
  return fact.replace(/\.(?:count|inHours|inDays)$/, '')
}

function fill(
  world: FormWorld,
  at: { readonly fields: Record<string, unknown>; readonly field: FieldDef; readonly wishes: readonly Wish[] },
): void {
  const { fields, field, wishes } = at
  const { known } = world
  for (let tries = 0; tries < 30; tries++) {
    const found = candidate(world, field, { wishes, fields })
    const value = isBlank(found) || fits(world.definition, field, found) ? found : rightValue(world, field)
    const seen = known.with({ ...fields, [field.id]: value })
    const isMet = wishes.every(({ leaf, truth }) => holds(leaf, seen) === truth)
    if (!isMet && tries < 29) continue
    if (value !== undefined) fields[field.id] = value
    return
  }
}

const isBlank = (value: unknown): boolean => value === undefined || value === null

/** Whether what a condition names is something this field of this step takes at all. */
function fits(definition: ProcedureDef, field: FieldDef, value: unknown): boolean {
  if (field.type === 'code') return codes(definition, field).includes(String(value))
  if (field.type === 'codes') return Array.isArray(value) && value.every((each) => codes(definition, field).includes(String(each)))
  if (field.type === 'number') return Number(value) >= (field.min ?? 0) && Number(value) <= (field.max ?? Number.MAX_SAFE_INTEGER)
  if (field.type === 'list') return Array.isArray(value) && value.length <= (field.max ?? 200)
  return true
}

function candidate(
  world: FormWorld,
  field: FieldDef,
  { wishes, fields }: { readonly wishes: readonly Wish[]; readonly fields: Readonly<Record<string, unknown>> },
): unknown {
  const { random, known, now } = world
  if (wishes.length === 0 || random.chance(0.2)) return rightValue(world, field)
  const { leaf, truth } = random.pick(wishes)
  if ('given' in leaf) return leaf.given === truth ? rightValue(world, field) : known.isGiven(field.id) ? null : undefined
  if ('same' in leaf && truth) return known.with(fields).value(leaf.fact === field.id ? leaf.same : leaf.fact) ?? rightValue(world, field)
  if ('is' in leaf && truth) return leaf.is
  if ('in' in leaf && truth) return random.pick(leaf.in)
  if ('includes' in leaf && truth) return [...new Set([leaf.includes, ...((rightValue(world, field) as unknown[] | undefined) ?? [])])]
  if ('includes' in leaf) return ((rightValue(world, field) as unknown[] | undefined) ?? []).filter((each) => each !== leaf.includes)
  const bound = 'atLeast' in leaf ? leaf.atLeast : 'atMost' in leaf ? leaf.atMost : undefined
  if (bound === undefined) return rightValue(world, field)
  const n = bound + random.pick([0, 1, -1, 0.5, 10, -10])
  if (leaf.fact.endsWith('.count')) return entries(world, field, Math.max(0, Math.ceil(n)))
  if (leaf.fact.endsWith('.inHours')) return timeAt(field, now + n * HOUR)
  if (leaf.fact.endsWith('.inDays')) return timeAt(field, now + n * DAY)
  return n
}

function answerOf(leaf: Leaf, truth: boolean): string | number | boolean {
  if ('is' in leaf) return truth ? leaf.is : typeof leaf.is === 'boolean' ? !leaf.is : 'another'
  if ('in' in leaf) return truth ? (leaf.in[0] ?? '') : 'another'
  if ('atLeast' in leaf) return truth ? leaf.atLeast : leaf.atLeast - 1
  if ('atMost' in leaf) return truth ? leaf.atMost : leaf.atMost + 1
  return true
}

function timeAt(field: Part, at: number): string {
  const text = new Date(at).toISOString()
  return field.type === 'date' ? text.slice(0, 10) : text
}

function entries(world: FormWorld, field: Part, count: number): unknown {
  if (field.type === 'codes') return codes(world.definition, field).slice(0, count)
  return Array.from({ length: count }, () => entry(world, field))
}

function entry(world: FormWorld, field: Part): Record<string, unknown> {
  return Object.fromEntries(
    (field.of ?? []).flatMap((part) => (part.required === true || world.random.chance(0.5) ? [[part.id, rightValue(world, part)]] : [])),
  )
}

function codes(definition: ProcedureDef, field: Part): readonly string[] {
  return field.codeList === undefined ? (field.codes ?? []) : (definition.codeLists?.[field.codeList] ?? []).map(({ code }) => code)
}

export function rightValue(world: FormWorld, field: Part): unknown {
  const { definition, random, now } = world
  switch (field.type) {
    case 'text':
    case 'long-text':
      return field.format === undefined ? `Text ${random.integer(1, 99)}`.slice(0, field.maxLength) : EXAMPLES[field.format]
    case 'code':
      return random.pick(codes(definition, field))
    case 'codes': {
      const some = codes(definition, field).filter(() => random.chance(0.3))
      return some.length === 0 ? [random.pick(codes(definition, field))] : some
    }
    case 'country':
      return random.pick(COUNTRIES)
    case 'desk':
      return random.pick(DESKS)
    case 'instant':
    case 'date':
      return timeAt(field, now + random.integer(-20, 400) * DAY + random.integer(0, 23) * HOUR)
    case 'number':
      return random.integer(field.min ?? 0, Math.min(field.max ?? 50, (field.min ?? 0) + 50))
    case 'yes-no':
      return random.chance(0.6)
    case 'list':
      return entries(world, field, random.integer(1, Math.min(field.max ?? 3, 3)))
  }
}

/** A value that its field does not take. */
export function wrongValue(field: FieldDef, random: SeededRandom): unknown {
  switch (field.type) {
    case 'text':
    case 'long-text':
      return random.pick([
        7,
        true,
        ['text'],
        'x'.repeat((field.maxLength ?? 20_000) + 1),
        ...(field.format === undefined ? [] : ['not of the format']),
      ])
    case 'code':
      return random.pick(['no such code', 7, ['x'], { code: 'x' }])
    case 'codes':
      return random.pick([['no such code'], 'text', 7, { 0: 'x' }])
    case 'country':
      return random.pick(['Belgium', 'be', 'BEL', 32])
    case 'desk':
      return random.pick(['NOT A DESK', ' ', 7, { desk: 'desk.one' }])
    case 'instant':
      return random.pick(['tomorrow', '2026-11-26', '2026-13-01T00:00:00Z', '2026-11-26T09:00:00', 1_790_000_000_000])
    case 'date':
      return random.pick(['tomorrow', '2026-02-30', '26.11.2026', '2026-11-26T09:00:00Z', 20_261_126])
    case 'number':
      return random.pick([
        '5',
        Number.NaN,
        Number.POSITIVE_INFINITY,
        (field.min ?? 0) - 1,
        ...(field.max === undefined ? [] : [field.max + 1]),
      ])
    case 'yes-no':
      return random.pick(['yes', 1, 'true'])
    case 'list':
      return random.pick(['text', ['text'], [{ noSuchPart: 1 }], [null], Array.from({ length: (field.max ?? 200) + 1 }, () => ({}))])
  }
}
