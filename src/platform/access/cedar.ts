/**
 * Decisions in process by Cedar (WASM), the first lock. Policies are parsed once at the start, where a fault stops the node; a fault while
 * deciding is a denial. The answer names the policies that decided, for the log; the person refused learns none of it.
 */
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import type { PolicyTexts } from './policies.ts'
import type { SessionFacts } from './session-facts.ts'

export interface AccessQuestion {
  readonly facts: SessionFacts
  readonly action: string
  readonly resource: {
    readonly kind: string
    readonly id: string
    readonly purposeRequired: boolean
    readonly attributes?: Readonly<Record<string, unknown>>
  }
}

export interface AccessAnswer {
  readonly allowed: boolean
  /** Ids of the policies that decided, or what went wrong. */
  readonly because: string
}

export interface AccessDoor {
  decide(question: AccessQuestion): AccessAnswer
}

let sets = 0

export function openAccess(policies: PolicyTexts): AccessDoor {
  sets += 1
  const id = `node-${sets}`
  const parsed = preparsePolicySet(id, { staticPolicies: { ...policies } })
  if (parsed.type === 'failure')
    throw new Error(`The access policies cannot be read: ${parsed.errors.map((error) => error.message).join('; ')}`)
  return { decide: (question) => decide(id, question) }
}

function decide(policySet: string, { facts, action, resource }: AccessQuestion): AccessAnswer {
  const principal = { type: 'Officer', id: facts.officer }
  const target = { type: 'Resource', id: `${resource.kind}:${resource.id}` }
  const officer = {
    roles: [...facts.roles],
    realm: facts.realm,
    authority: facts.authority,
    authorityKind: facts.authorityKind,
    desk: facts.desk,
    country: facts.country,
  }
  try {
    const answer = statefulIsAuthorized({
      principal,
      action: { type: 'Action', id: action },
      resource: target,
      context: { purpose: facts.purpose ?? '', case: facts.caseId ?? '' },
      preparsedPolicySetId: policySet,
      validateRequest: false,
      entities: [
        { uid: principal, attrs: officer, parents: [] },
        {
          uid: target,
          attrs: { kind: resource.kind, purposeRequired: resource.purposeRequired, ...(resource.attributes as Record<string, string>) },
          parents: [],
        },
      ],
    })
    if (answer.type === 'failure') return { allowed: false, because: answer.errors.map((error) => error.message).join('; ') }
    const { decision, diagnostics } = answer.response
    // A policy that could not be evaluated may have been a prohibition: then nothing is allowed.
    if (diagnostics.errors.length > 0)
      return { allowed: false, because: diagnostics.errors.map((error) => `${error.policyId}: ${error.error.message}`).join('; ') }
    return { allowed: decision === 'allow', because: diagnostics.reason.join(', ') || 'no policy permits it' }
  } catch (error) {
    return { allowed: false, because: `decision failed: ${String(error)}` }
  }
}
