/** The one mapper from errors to RFC 9457 problem documents. What is not an `AppError` is a defect: it shows an incident id and nothing else. */
import { randomUUID } from 'node:crypto'
import { AppError } from './app-error.ts'

export interface ProblemAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  /** Set for defects: what to write to the operational log. */
  readonly incident?: { readonly id: string; readonly because: string }
}

const TITLE: Readonly<Record<number, string>> = {
  400: 'Not understood',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  415: 'Wrong content type',
  422: 'Not valid',
  429: 'Too many requests',
  503: 'Not available',
}

export function problemOf(error: unknown): ProblemAnswer {
  if (error instanceof AppError) {
    const { status, code, detail, options } = error
    return {
      status,
      headers: {
        'content-type': 'application/problem+json',
        // What is left of a body that is too large is not read: the connection ends with the answer.
        ...(status === 413 ? { connection: 'close' } : {}),
        ...(options.retryAfter === undefined ? {} : { 'retry-after': String(options.retryAfter) }),
      },
      body: {
        ...options.extra,
        type: `urn:breakwater:problem:${code}`,
        title: TITLE[status] ?? 'Failed',
        status,
        code,
        detail,
        ...(options.problems === undefined ? {} : { problems: options.problems }),
      },
    }
  }
  const id = randomUUID()
  return {
    status: 500,
    headers: { 'content-type': 'application/problem+json' },
    body: {
      type: 'urn:breakwater:problem:incident',
      title: 'Failed',
      status: 500,
      code: 'incident',
      detail: `Something failed in the node. Incident ${id}.`,
    },
    incident: { id, because: error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : String(error) },
  }
}
