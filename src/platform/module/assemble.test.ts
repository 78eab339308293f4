/** The node does not start with a hole in a declaration, and says which. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { handle, type RouteSpec } from '#platform/http/route.ts'
import { assemble, findHoles } from './assemble.ts'
import { defineModule } from './define-module.ts'

const spec = {
  id: 'test.listThings',
  method: 'get',
  path: 'things',
  summary: 'List the things of this desk',
  permission: 'test.read',
  purposeRequired: true,
  audit: 'test.things-listed',
  input: z.strictObject({}),
  ok: z.object({}),
  errors: [],
} as const satisfies RouteSpec

const route = (part: Partial<RouteSpec> = {}) => handle({ ...spec, ...part }, async () => ({}))

const whole = {
  id: 'test',
  title: 'A slice for the test',
  measures: [],
  permissions: { 'test.read': { meaning: 'Read things', roles: ['officer'], realms: ['customs'] } },
  auditEvents: { 'test.things-listed': 'Things were listed' },
  errors: {},
  routes: [route()],
} as const

const holes = (part: Record<string, unknown>) => findHoles([defineModule({ ...whole, ...part })])

describe('a slice', () => {
  it('without a hole is assembled', () => {
    expect(holes({})).toEqual([])
    expect(assemble([defineModule(whole)]).routes).toHaveLength(1)
  })

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a route without permission', { routes: [route({ permission: 'test.unknown' })] }, /no declared permission/],
    ['a route open to the public by its word alone', { routes: [route({ permission: 'public' })] }, /no declared permission/],
    ['a route without audit event', { routes: [route({ audit: 'test.unknown' })] }, /no declared audit event/],
    ['a route with an error nobody declared', { routes: [route({ errors: ['test.unknown'] })] }, /undeclared error/],
    ['a route without summary', { routes: [route({ summary: '' })] }, /no summary/],
    ['two routes of one name', { routes: [route(), route({ path: 'other' })] }, /route test.listThings is declared twice/],
    ['two routes of one path', { routes: [route(), route({ id: 'test.other' })] }, /path get things is declared twice/],
    [
      'a permission that guards nothing',
      { permissions: { ...whole.permissions, 'test.idle': whole.permissions['test.read'] } },
      /guards no route/,
    ],
    ['a detector that knows no limits', { detectors: [{ id: 'test.d', version: '1', title: 'D', knownLimits: ' ' }] }, /cannot see/],
    ['a measure nobody tells', { measures: [1] }, /no story/],
    ['a procedure whose effect nobody binds', { procedures: [{ definition: procedure(), effects: {} }] }, /which nobody binds/],
    [
      'a procedure that names a state it does not have',
      { procedures: [{ definition: procedure('nowhere'), effects: { tell: async () => undefined } }] },
      /unknown state nowhere/,
    ],
  ])('(L15) with %s does not start', (_what, part, expected) => {
    expect(holes(part).join('\n')).toMatch(expected)
    expect(() => assemble([defineModule({ ...whole, ...part })])).toThrow(expected)
  })
})

function procedure(to = 'done'): ProcedureDef {
  return {
    id: 'T-01',
    title: 'Test',
    version: '1',
    basis: [{ act: 'Policy', art: '1', mark: 'D' }],
    measures: [1],
    roles: { desk: { title: 'The desk', realms: ['customs'] } },
    initial: 'open',
    states: [
      { id: 'open', title: 'Open', rank: 1, waitsFor: 'desk' },
      { id: 'done', title: 'Done', rank: 2, terminal: true },
    ],
    transitions: [{ id: 'finish', title: 'Finish', from: ['open'], to, by: ['desk'], effects: [{ kind: 'call', name: 'tell' }] }],
    fields: [],
    clocks: [],
    refusalGrounds: [],
    retention: [],
    statistics: [],
  } as unknown as ProcedureDef
}
