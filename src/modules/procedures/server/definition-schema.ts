/** What a procedure file may hold: the shape of `ProcedureDef`, every member named, none beyond. What it means is checked by the kernel (`check-definition.ts`). */
import { z } from 'zod'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import type { Expr } from '#kernel/procedure/expression.ts'

const id = z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,59}$/)
const text = z.string().min(1).max(2000)
const scalar = z.union([z.string().max(200), z.number(), z.boolean()])
const fact = z.string().regex(/^[a-zA-Z][a-zA-Z0-9.-]{0,119}$/)

/** A condition nests; ten levels are more than any text of law needs. */
const DEEPEST = 10
function exprOf(depth: number): z.ZodType<Expr> {
  const leaf = z.union([
    z.strictObject({ fact, is: scalar }),
    z.strictObject({ fact, in: z.array(scalar).min(1).max(100) }),
    z.strictObject({ fact, atLeast: z.number() }),
    z.strictObject({ fact, atMost: z.number() }),
    z.strictObject({ fact, given: z.boolean() }),
    z.strictObject({ fact, includes: scalar }),
    z.strictObject({ fact, same: fact }),
  ])
  if (depth === 0) return leaf
  const inner = exprOf(depth - 1)
  return z.union([
    leaf,
    z.strictObject({ all: z.array(inner).min(1).max(50) }),
    z.strictObject({ any: z.array(inner).min(1).max(50) }),
    z.strictObject({ not: inner }),
  ])
}
const expr = exprOf(DEEPEST)
const condition = z.union([z.boolean(), expr])

const legalRef = z.strictObject({
  celex: z
    .string()
    .regex(/^[0-9][0-9A-Z()_/]{5,20}$/)
    .optional(),
  act: text,
  art: z.string().max(200),
  mark: z.enum(['V', 'M', 'D']),
})
const guard = z.strictObject({ expr, because: text, basis: legalRef })
const unit = z.enum(['hour', 'calendarDay', 'workingDay', 'week', 'month'])

/** `@subject`, `@anchor.eta`. */
const copied = z.string().regex(/^@(?:subject|anchor\.[A-Za-z][A-Za-z0-9]{0,59})$/)

const effect = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('start-clock'), clock: id, from: id.optional() }),
  z.strictObject({ kind: z.enum(['stop-clock', 'suspend-clock', 'resume-clock']), clock: id }),
  z.strictObject({ kind: z.literal('extend-clock'), clock: id, by: id }),
  z.strictObject({ kind: z.literal('notify'), roles: z.array(id).min(1), text }),
  z.strictObject({
    kind: z.literal('spawn'),
    procedure: z.string().regex(/^PR-[0-9]{2}[a-z.-]*$/),
    copy: z.record(id, z.union([id, copied])),
  }),
  z.strictObject({ kind: z.literal('purge'), fields: z.array(id).min(1), files: z.literal(true).optional() }),
  z.strictObject({ kind: z.literal('lock'), fields: z.array(id).min(1) }),
  z.strictObject({ kind: z.literal('address'), role: id, field: id }),
  z.strictObject({ kind: z.literal('send'), roles: z.array(id).min(1) }),
])

const partOfField = {
  id,
  title: text,
  type: z.enum(['text', 'long-text', 'code', 'codes', 'country', 'desk', 'instant', 'date', 'number', 'yes-no', 'list']),
  help: text.optional(),
  required: condition.optional(),
  shown: expr.optional(),
  codes: z.array(z.string().min(1).max(80)).min(1).max(500).optional(),
  codeList: id.optional(),
  maxLength: z.number().int().min(1).max(50_000).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  format: z.string().max(40).optional(),
  personal: z.literal(true).optional(),
  partnerBasis: legalRef.optional(),
  crossCheck: z.string().max(40).optional(),
  basis: legalRef.optional(),
}
const field = z.strictObject({
  ...partOfField,
  section: id.optional(),
  audience: z.array(id),
  of: z.array(z.strictObject(partOfField)).max(40).optional(),
})

const clock = z.strictObject({
  id,
  title: text,
  budget: z.strictObject({ n: z.number().int().min(1).max(10_000), unit }).optional(),
  atMost: z
    .strictObject({ anchor: id, hours: z.number().int().min(-10_000).max(100_000), movesWithExtensions: z.literal(true).optional() })
    .optional(),
  startsOn: z.enum(['receipt', 'sending', 'decision', 'issue', 'event', 'available']).optional(),
  obligated: id,
  kind: z.enum(['law', 'policy']),
  regime: z.enum(['EU-1182-71', 'national', 'policy']),
  roll: z.literal('next-working-day').optional(),
  basis: legalRef,
  audience: z.array(id).min(1).optional(),
  metBy: z.array(id).min(1).optional(),
  voidedBy: z.array(id).min(1).optional(),
  isWaiting: z.literal(true).optional(),
  extend: z.strictObject({ max: z.number().int().min(1).max(1000), unit }).optional(),
  ladder: z.array(z.strictObject({ rung: id, hoursBefore: z.number().min(0).max(10_000), call: id })).max(10),
  onExpiry: id,
})

const transition = z.strictObject({
  id,
  title: text,
  official: text.optional(),
  basis: legalRef.optional(),
  from: z.array(id).min(1),
  to: z.string().regex(/^@?[a-zA-Z][a-zA-Z0-9-]{0,59}$/),
  by: z.array(id).min(1).optional(),
  on: z.string().max(120).optional(),
  guards: z.array(guard).max(40).optional(),
  warnings: z.array(guard).max(40).optional(),
  form: z
    .array(
      z.union([z.strictObject({ section: id }), z.strictObject({ field: id, required: condition.optional(), shown: expr.optional() })]),
    )
    .max(200)
    .optional(),
  refuses: z.array(z.string().max(80)).max(60).optional(),
  refusalAudience: z.array(id).min(1).optional(),
  consults: z.literal(true).optional(),
  reopens: z.literal(true).optional(),
  toBy: z.strictObject({ field: id, states: z.record(z.string().max(80), id) }).optional(),
  told: z.array(id).optional(),
  effects: z.array(effect).max(40).default([]),
  irreversible: z.literal(true).optional(),
})

const duration = z.string().regex(/^P(?:\d{1,4}[YMWD]){1,3}$/)

const shape = z.strictObject({
  id: z.string().regex(/^PR-[0-9]{2}(?:\.[a-z-]{1,30})?$/),
  title: text,
  version: z.iso.date(),
  basis: z.array(legalRef).min(1).max(40),
  realm: z.enum(['CUSTOMS', 'LED', 'FIU', 'ADMIN', 'JUDICIAL', 'PRISON', 'PUBLIC']),
  measures: z.array(z.number().int().min(1).max(21)).max(21),
  roles: z.record(
    id,
    z.strictObject({
      title: text,
      realms: z.array(z.string().max(40)).min(1),
      kinds: z.array(z.string().max(60)).min(1).optional(),
      many: z.literal(true).optional(),
      optional: z.literal(true).optional(),
    }),
  ),
  opener: id.optional(),
  initial: id,
  states: z
    .array(z.strictObject({ id, title: text, terminal: z.literal(true).optional(), rank: z.number(), waitsFor: id.optional() }))
    .min(2)
    .max(100),
  sections: z
    .array(z.strictObject({ id, title: text }))
    .max(60)
    .optional(),
  codeLists: z
    .record(
      id,
      z
        .array(z.strictObject({ code: z.string().min(1).max(80), title: text }))
        .min(1)
        .max(500),
    )
    .optional(),
  fields: z.array(field).max(400),
  label: id.optional(),
  transitions: z.array(transition).min(1).max(200),
  clocks: z.array(clock).max(40).default([]),
  refusalGrounds: z
    .array(
      z.strictObject({
        code: z.string().min(1).max(80),
        text,
        basis: legalRef,
        consultFirst: z.literal(true).optional(),
        notFor: expr.optional(),
        doubtfulIf: z.strictObject({ expr, text }).optional(),
      }),
    )
    .max(80)
    .default([]),
  retention: z
    .array(z.strictObject({ category: text, review: duration, erase: duration, basis: legalRef }))
    .min(1)
    .max(20),
  statistics: z
    .array(z.strictObject({ id, meaning: text, smallCell: z.number().int().min(1).max(100) }))
    .max(40)
    .default([]),
  message: z
    .strictObject({
      purpose: z.string().max(60),
      handling: z.strictObject({
        H: z.array(z.enum(['H1', 'H2', 'H3'])),
        tlp: z.enum(['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR']),
        pap: z.enum(['RED', 'AMBER', 'GREEN', 'CLEAR']),
        conditions: z.array(z.string().max(200)),
      }),
      transferBasis: legalRef.optional(),
      urgentIf: expr.optional(),
    })
    .optional(),
  migratesFrom: z
    .array(z.strictObject({ version: z.iso.date(), states: z.record(id, id) }))
    .max(40)
    .optional(),
  notes: z.array(text).max(40).optional(),
})

/** Optional members are absent or hold a value: nothing in a file is `undefined`. */
export const definitionSchema = shape as unknown as z.ZodType<ProcedureDef>
