/** The integration sample of Cedar, 74 requests, against the engine that `cedar.ts` decides with: conformance/cedar. */
import { readFileSync } from 'node:fs'
import {
  type AuthorizationCall,
  checkParsePolicySet,
  isAuthorized,
  policySetTextToParts,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs'
import { describe, expect, it } from 'vitest'

type Entities = AuthorizationCall['entities']

interface Sample {
  readonly policies: Readonly<Record<string, string>>
  readonly entities: Readonly<Record<string, Entities>>
  readonly schema: Readonly<Record<string, string>>
  readonly tests: readonly Test[]
}
interface Test {
  readonly file: string
  readonly policies: string
  readonly entities: string
  readonly schema: string
  readonly shouldValidate: boolean
  readonly requests: readonly (Pick<AuthorizationCall, 'principal' | 'action' | 'resource' | 'context'> & {
    readonly description: string
    readonly decision: 'allow' | 'deny'
    readonly reason: readonly string[]
    readonly errors: readonly string[]
  })[]
}

const sample = JSON.parse(readFileSync(new URL('../../../conformance/cedar/integration.json', import.meta.url), 'utf8')) as Sample

/** Policies by the ids that the sample gives them: their place in the file. */
function policiesOf(file: string): Record<string, string> {
  const parts = policySetTextToParts(sample.policies[file] ?? '')
  if (parts.type === 'failure') throw new Error(parts.errors.map((error) => error.message).join('; '))
  return Object.fromEntries(parts.policies.map((text, index) => [`policy${index}`, text]))
}

it('counts 74 requests', () => {
  expect(sample.tests.flatMap((test) => test.requests)).toHaveLength(74)
})

describe.each(sample.tests)('$file', (test) => {
  const staticPolicies = policiesOf(test.policies)
  const schema = sample.schema[test.schema] ?? ''
  const entities = sample.entities[test.entities] ?? []

  it('parses, and validates as expected', () => {
    expect(checkParsePolicySet({ staticPolicies }).type).toBe('success')
    const answer = validate({ schema, policies: { staticPolicies } })
    expect(answer.type === 'success' ? answer.validationErrors.length === 0 : answer.errors).toBe(test.shouldValidate)
  })

  it.each(test.requests)('$description', ({ principal, action, resource, context, decision, reason, errors }) => {
    const call = { principal, action, resource, context, entities, validateRequest: false }
    // `cedar.ts` uses the second call, with the policies parsed before. The schema tells the sample's texts from addresses and decimals.
    expect(preparsePolicySet(test.file, { staticPolicies }).type).toBe('success')
    expect(preparseSchema(test.file, schema).type).toBe('success')
    for (const answer of [
      isAuthorized({ ...call, schema, policies: { staticPolicies } }),
      statefulIsAuthorized({ ...call, preparsedPolicySetId: test.file, preparsedSchemaName: test.file }),
    ]) {
      if (answer.type === 'failure') throw new Error(answer.errors.map((error) => error.message).join('; '))
      const { diagnostics } = answer.response
      expect({
        decision: answer.response.decision,
        reason: diagnostics.reason.toSorted(),
        errors: diagnostics.errors.map((error) => error.policyId).sort(),
      }).toEqual({ decision, reason: reason.toSorted(), errors: errors.toSorted() })
    }
  })
})
