/**
 * The route table: a route is data (what it is called, who may, why, what it logs, what it takes and gives) bound to a handler.
 * Invariant: the server refuses to start with a route that lacks permission, purpose rule or audit event (`check-modules.ts`).
 */
import type { z } from 'zod'
import type { CaseContext, OpenContext } from './case-context.ts'

export interface RouteSpec {
  /** `slice.verbNoun`, unique. */
  readonly id: string
  readonly method: 'get' | 'post'
  /** Relative to `/api/`, plural nouns, parameters as `:name`. */
  readonly path: string
  readonly summary: string
  /** A key of the slice's `permissions`; `public` marks the few routes that need no session (sign-in). */
  readonly permission: string
  readonly purposeRequired: boolean
  /** A key of the slice's `auditEvents`, logged on success and on refusal. */
  readonly audit: string
  /** One object of path parameters, query (GET) and JSON body (POST). Unknown members are refused (`z.strictObject`). */
  readonly input: z.ZodType
  readonly ok: z.ZodType
  /** Codes of `AppError` that the handler may throw beyond the general ones. */
  readonly errors: readonly string[]
  /** Bytes of a JSON body where more than the general limit is honest input. */
  readonly largestBody?: number
  /** Set when the POST body is raw bytes; path and query then make the input. Limit in bytes. */
  readonly upload?: { readonly maxBytes: number }
  /** 202 when what was asked for goes on after the answer; 200 when absent. */
  readonly status?: 202
  /** Set when the answer is a download; `ok` then describes `{ fileName, mediaType, text }`. */
  readonly download?: true
}

export interface Route {
  readonly spec: RouteSpec
  readonly run: (input: unknown, context: CaseContext) => Promise<unknown>
}

export interface OpenRoute {
  readonly spec: RouteSpec
  readonly open: (input: unknown, context: OpenContext) => Promise<unknown>
}

/** Binds a handler to its specification; both ends of the wire are typed by it. */
export function handle<const Spec extends RouteSpec>(
  spec: Spec,
  run: (input: z.output<Spec['input']>, context: CaseContext) => Promise<z.input<Spec['ok']>>,
): Route {
  return {
    spec,
    run: async (input, context) => await run(input as z.output<Spec['input']>, context),
  }
}

/** The same for the few routes before a session exists. */
export function handleOpen<const Spec extends RouteSpec & { readonly permission: 'public' }>(
  spec: Spec,
  open: (input: z.output<Spec['input']>, context: OpenContext) => Promise<z.input<Spec['ok']>>,
): OpenRoute {
  return {
    spec,
    open: async (input, context) => await open(input as z.output<Spec['input']>, context),
  }
}
