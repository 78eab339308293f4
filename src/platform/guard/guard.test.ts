/** Each rule at each nesting level, allowed and denied; and a guard that is gone stops everything. */
import { describe, expect, it } from 'vitest'
import { checkPackage } from './check.ts'
import { startGuard } from './guard.ts'
import { type GuardRules, rulesSchema, SHIPPED_RULES } from './rules.ts'

const NOW = Date.parse('2026-11-24T12:00:00Z')
const label = { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] }
const good = {
  from: { org: 'be.customs', unit: 'be.customs.antwerp' },
  to: [{ org: 'es.customs', unit: 'es.customs.algeciras' }],
  kind: 'push',
  purpose: 'customs-control',
  handling: label,
  personalData: { yes: false, categories: [] },
  retention: { reviewAt: '2026-12-24T12:00:00Z', deleteBy: '2027-02-24T12:00:00Z' },
  body: {
    type: 'exchange.item',
    data: {
      fields: [{ id: 'a', handling: label, notes: [{ text: 'x', handling: label }] }],
      attachments: [{ name: 'scan', handling: label }],
    },
  },
}
const check = (parcel: object, rules: GuardRules = SHIPPED_RULES) => checkPackage(JSON.stringify(parcel), rules, NOW)
/** The good package with one value put at a path. */
function put(path: string, value: unknown): object {
  const copy = structuredClone(good) as Record<string, unknown>
  const names = path.split('.')
  let at: Record<string, unknown> = copy
  for (const name of names.slice(0, -1)) at = at[name] as Record<string, unknown>
  at[names.at(-1) ?? ''] = value
  return copy
}

it('lets pass what is in order, and the shipped rules are rules', () => {
  expect(check(good)).toBeUndefined()
  expect(rulesSchema.parse(SHIPPED_RULES)).toEqual(SHIPPED_RULES)
})

const LEVELS = ['handling', 'body.data.fields.0.handling', 'body.data.fields.0.notes.0.handling', 'body.data.attachments.0.handling']

describe.each(LEVELS)('at %s', (level) => {
  it.each([
    ['vocabulary', { ...label, tlp: 'PINK' }],
    ['vocabulary', { ...label, H: ['H9'] }],
    ['vocabulary', { ...label, conditions: 'none' }],
    ['vocabulary', { ...label, evidenceUse: 'perhaps' }],
    ['vocabulary', 'RED'],
  ])('denies %s', (rule, value) => {
    expect(check(put(level, value))).toMatchObject({ rule, level: level === 'handling' ? 'message.handling' : level })
  })
  it('denies a marking that the rules forbid', () => {
    const rules = { ...SHIPPED_RULES, markings: { ...SHIPPED_RULES.markings, tlp: ['CLEAR', 'GREEN'] } }
    expect(check(put(level, label), rules)).toMatchObject({ rule: 'vocabulary' })
  })
})

describe.each(LEVELS.slice(1))('within, at %s', (level) => {
  it.each([
    [{ ...label, tlp: 'RED' }],
    [{ ...label, pap: 'RED' }],
    [{ ...label, H: ['H1'] }],
    [{ ...label, conditions: ['no-storage'] }],
    [{ ...label, evidenceUse: 'never' }],
  ])('denies what binds more than the label', (value) => {
    expect(check(put(level, value))).toEqual({ rule: 'marking', level })
  })
})

it.each([
  ['body.data.nationality', 'member'],
  ['body.data.fields.0.religion', 'member'],
  ['body.data.fields.0.notes.0.password', 'member'],
  ['body.data.attachments.0.passport', 'personal-data'],
  ['body.data.dateOfBirth', 'personal-data'],
])('denies the member %s', (path, rule) => {
  expect(check(put(path, 'x'))).toEqual({ rule, level: path })
})

it('lets personal members pass where the package says that it holds personal data', () => {
  const parcel = put('body.data.dateOfBirth', '1990-01-01') as typeof good
  expect(check({ ...parcel, personalData: { yes: true, categories: ['identity'] } })).toBeUndefined()
})

it.each([
  ['kind', { kind: 'gossip' }, 'message'],
  ['form', { body: { data: {} } }, 'message'],
  ['form', { purpose: '' }, 'message.purpose'],
  ['recipients', { to: [] }, 'message'],
  ['recipients', { to: Array.from({ length: 65 }, () => ({ org: 'es.customs', unit: 'x' })) }, 'message'],
  ['retention', { retention: undefined }, 'message'],
  ['retention', { retention: { reviewAt: '2027-03-01T00:00:00Z', deleteBy: '2027-02-24T12:00:00Z' } }, 'message'],
  ['retention', { retention: { reviewAt: '2027-03-01T00:00:00Z', deleteBy: '2047-02-24T12:00:00Z' } }, 'message'],
  ['personal-data', { personalData: {} }, 'message'],
  ['marking', { handling: undefined }, 'message'],
])('denies %s of the message', (rule, part, level) => {
  expect(check({ ...good, ...part })).toEqual({ rule, level })
})

it('denies every route that is not named, and every type that a route does not carry', () => {
  const only: GuardRules = { ...SHIPPED_RULES, routes: [{ from: 'be.*', to: 'es.customs', types: ['exchange.*'] }] }
  expect(check(good, only)).toBeUndefined()
  expect(check({ ...good, to: [...good.to, { org: 'it.customs', unit: 'x' }] }, only)).toEqual({ rule: 'route', level: 'to.1' })
  expect(check({ ...good, from: { org: 'fr.customs' } }, only)).toEqual({ rule: 'route', level: 'to.0' })
  expect(check({ ...good, body: { ...good.body, type: 'cargo.alert' } }, only)).toEqual({ rule: 'type', level: 'to.0' })
  expect(check({ ...good, to: [{ org: 'be.terminal.antwerp', unit: 'x' }] })).toEqual({ rule: 'type', level: 'to.0' })
})

it('denies what is too large, too deep, or no package', () => {
  const limits = (part: Partial<GuardRules['limits']>): GuardRules => ({ ...SHIPPED_RULES, limits: { ...SHIPPED_RULES.limits, ...part } })
  expect(check(good, limits({ bytes: 100 }))).toEqual({ rule: 'size', level: 'message' })
  expect(check(good, limits({ members: 5 }))).toMatchObject({ rule: 'size' })
  expect(check(good, limits({ depth: 3 }))).toMatchObject({ rule: 'depth' })
  expect(checkPackage('{"a":', SHIPPED_RULES, NOW)).toEqual({ rule: 'form', level: 'message' })
  expect(checkPackage('[]', SHIPPED_RULES, NOW)).toEqual({ rule: 'form', level: 'message' })
})

it('works in a thread of its own, answers in order, and once it is gone lets nothing pass', async () => {
  const guard = await startGuard(SHIPPED_RULES, { now: () => new Date(NOW) })
  expect(await guard.check('out', [good, { ...good, kind: 'gossip' }, good])).toEqual([
    undefined,
    { rule: 'kind', level: 'message' },
    undefined,
  ])
  expect(await guard.check('in', [])).toEqual([])
  await guard.stop()
  await expect(guard.check('out', [good])).rejects.toMatchObject({ code: 'guard.gone' })
})
