/**
 * Anybody one can think of before the routes of a running node: the same application, access policies and store, with facts of any desk, authority and
 * role in place of a session. Whoever is refused here is refused whatever account he could ever get.
 */
import { openAccess } from '#platform/access/cedar.ts'
import { policyTexts } from '#platform/access/policies.ts'
import type { Realm, Role, SessionFacts } from '#platform/access/session-facts.ts'
import type { RouteSpec } from '#platform/http/route.ts'
import { buildApp } from '#platform/http/serve.ts'
import { assemble } from '#platform/module/assemble.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { modules } from '../../src/app/modules.ts'

export const assembly = assemble(modules)
const access = openAccess(policyTexts(assembly.permissions, ''))

export type Input = Readonly<Record<string, unknown>>
export interface Answer {
  readonly status: number
  readonly text: string
}
export type Ask = (spec: RouteSpec, input: Input) => Promise<Answer>

const PURPOSE: Readonly<Record<Realm, string>> = {
  customs: 'customs-control',
  judicial: 'criminal-investigation',
  prison: 'prison-security',
  administrative: 'administrative-enforcement',
  'financial-intelligence': 'financial-investigation',
  ministry: 'policy-coordination',
  'law-enforcement': 'crime-prevention',
  partner: 'port-security',
  oversight: 'data-protection-supervision',
}

export interface Viewer {
  readonly desk: string
  readonly authority: string
  readonly realm: Realm
  readonly roles: readonly Role[]
}

export function factsOf({ desk, authority, realm, roles }: Viewer): SessionFacts {
  return {
    officer: `${desk}.anybody`,
    officerName: 'Anybody',
    roles,
    desk,
    authority,
    authorityKind: 'customs',
    country: 'BE',
    realm,
    purpose: PURPOSE[realm],
    caseId: null,
  }
}

/** The application of a node with this viewer in the place of every session. */
export function appAt(services: NodeServices, viewer: Viewer) {
  const facts = factsOf(viewer)
  return buildApp({
    routes: assembly.routes,
    services,
    access,
    announcements: { subscribe: () => () => undefined, stop: async () => undefined },
    resolveSession: async () => facts,
    lookAtSession: async () => facts,
    origin: '',
    webFolder: '',
  })
}

/** Fewer than one address may ask in a minute: a refusal for asking too often would hide what a route answers. */
const ASKED_OF_ONE = 1000

export function viewerAt(services: NodeServices, viewer: Viewer): Ask {
  let [app, asked] = [appAt(services, viewer), 0]
  return async (spec, input) => {
    asked += 1
    if (asked > ASKED_OF_ONE) [app, asked] = [appAt(services, viewer), 1]
    const inPath = new Set(parametersOf(spec))
    const path = spec.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(input[name])))
    const rest = Object.entries(input).filter(([name]) => !inPath.has(name))
    const query = new URLSearchParams(rest.map(([name, value]) => [name, String(value)])).toString()
    const type = spec.upload === undefined ? 'application/json' : 'application/octet-stream'
    const headers = { cookie: 'breakwater=anybody', 'x-breakwater': '1', 'content-type': type }
    const asQuery = spec.method === 'get' || spec.upload !== undefined
    const body = spec.upload === undefined ? JSON.stringify(Object.fromEntries(rest)) : 'a guess'
    const answer = await app.request(`/api/${path}${asQuery ? `?${query}` : ''}`, {
      headers,
      ...(spec.method === 'post' ? { method: 'POST', body } : {}),
    })
    return { status: answer.status, text: await answer.text() }
  }
}

export function parametersOf(spec: RouteSpec): readonly string[] {
  return [...spec.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
}
