/** Calls without a session: no cookie goes with them, even where somebody is signed in, so that nothing ties a report to an account. */
import type { z } from 'zod'
import { type CallSpec, ProblemError, urlOf } from '#web/client.ts'

export async function openCall<Spec extends CallSpec>(spec: Spec, input: z.input<Spec['input']>): Promise<z.output<Spec['ok']>> {
  const isPost = spec.method === 'post'
  const response = await fetch(urlOf(spec, input as Record<string, unknown>, isPost), {
    method: spec.method.toUpperCase(),
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    headers: { 'x-breakwater': '1', ...(isPost ? { 'content-type': 'application/json' } : {}) },
    body: isPost ? JSON.stringify(input) : null,
  }).catch(() => {
    throw new ProblemError(0, { code: 'offline', detail: 'The node cannot be reached.' })
  })
  const body: unknown = await response.json().catch(() => ({}))
  if (!response.ok) throw new ProblemError(response.status, body as Record<string, unknown>)
  return spec.ok.parse(body) as z.output<Spec['ok']>
}
