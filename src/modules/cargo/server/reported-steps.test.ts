import { describe, expect, it } from 'vitest'
import type { WorkContext } from '#platform/module/define-module.ts'
import { pr01 } from '../procedures/pr-01-cargo-alert.ts'
import { pr09 } from '../procedures/pr-09-port-action.ts'
import { mayFillRole, mayReport } from './reported-steps.ts'

const stepsOf = (definition: typeof pr01, role: string) =>
  definition.transitions.filter(({ id }) => mayReport(definition, role, id)).map(({ id }) => id)

describe('a step that another desk reports', () => {
  it('is one that the definition gives the role of that desk', () => {
    expect(stepsOf(pr09, 'partner')).toEqual(['confirm', 'impossible', 'perform'])
    expect(stepsOf(pr09, 'authority')).toEqual(['send', 'release'])
    expect(stepsOf(pr01, 'recipientDesk')).not.toContain('expire')
    expect(stepsOf(pr01, 'recipientDesk')).not.toContain('recall')
  })
})

describe('what a desk may start at another', () => {
  const orgs = (['customs', 'partner'] as const).map((realm) => ({ id: realm, realm, nodes: [], units: [{ id: `${realm}.desk` }] }))
  const work = { services: { directory: () => ({ orgs }) } } as unknown as WorkContext

  it('depends on the realm of its authority', () => {
    expect(mayFillRole(work, 'customs.desk', { definition: pr09, role: 'authority' })).toBe(true)
    expect(mayFillRole(work, 'customs.desk', { definition: pr01, role: 'originator' })).toBe(true)
    // A terminal asks no other terminal for a box, and issues no alert.
    expect(mayFillRole(work, 'partner.desk', { definition: pr09, role: 'authority' })).toBe(false)
    expect(mayFillRole(work, 'partner.desk', { definition: pr01, role: 'originator' })).toBe(false)
    expect(mayFillRole(work, 'nobody.desk', { definition: pr01, role: 'originator' })).toBe(false)
  })
})
