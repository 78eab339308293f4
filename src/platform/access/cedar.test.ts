import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { openAccess } from './cedar.ts'
import { policyTexts } from './policies.ts'
import type { SessionFacts } from './session-facts.ts'

const permissions = { 'cargo.read': { meaning: 'read', roles: ['officer'], realms: ['customs'] } } as const
const facts: SessionFacts = {
  officer: 'o1',
  officerName: 'Officer',
  roles: ['officer'],
  desk: 'be.customs.antwerp',
  authority: 'be.customs',
  authorityKind: 'customs',
  country: 'BE',
  realm: 'customs',
  purpose: 'customs-control',
  caseId: null,
}
const resource = { kind: 'route', id: 'x', purposeRequired: true }
const ask = (change: Partial<SessionFacts>, action = 'cargo.read', attributes = {}) =>
  openAccess(policyTexts(permissions, '')).decide({ facts: { ...facts, ...change }, action, resource: { ...resource, attributes } })

it('permits what a slice declares, and only that', () => {
  expect(ask({}).allowed).toBe(true)
  expect(ask({}, 'cargo.issue-alert')).toEqual({ allowed: false, because: 'no policy permits it' })
  expect(ask({ roles: ['partner'] }).allowed).toBe(false)
  expect(ask({ realm: 'partner' }).allowed).toBe(false)
})

it('(L23) forbids operators, missing purposes and other authorities’ holdings, whatever else permits', () => {
  expect(ask({ roles: ['officer', 'operator'] })).toMatchObject({ allowed: false, because: expect.stringContaining('no-operator-reads') })
  expect(ask({ purpose: null })).toMatchObject({ allowed: false })
  expect(ask({}, 'cargo.read', { authority: 'es.customs' })).toMatchObject({ allowed: false })
  expect(ask({}, 'cargo.read', { authority: 'be.customs' }).allowed).toBe(true)
})

it('takes the owner’s policies in, and denies when one cannot be evaluated', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'policies-'))
  writeFileSync(path.join(folder, 'own.cedar'), 'forbid (principal, action, resource) when { principal.desk == "be.customs.antwerp" };')
  expect(openAccess(policyTexts(permissions, folder)).decide({ facts, action: 'cargo.read', resource }).allowed).toBe(false)
  writeFileSync(path.join(folder, 'own.cedar'), 'forbid (principal, action, resource) when { principal.missing == 1 };')
  expect(openAccess(policyTexts(permissions, folder)).decide({ facts, action: 'cargo.read', resource })).toMatchObject({ allowed: false })
})

it('does not start on a policy it cannot read', () => {
  expect(() => openAccess({ broken: 'permit (nobody' })).toThrow('cannot be read')
})
