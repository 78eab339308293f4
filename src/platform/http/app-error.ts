/**
 * The one exception class of the server. `code` is stable and declared in a contract; `detail` is safe to show to the client.
 * The mapper in `problem.ts` turns it into RFC 9457 `application/problem+json`. The cause never leaves the node.
 */
export type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503

export interface ErrorOptions {
  /** Field-level problems, for 400 and 422. */
  readonly problems?: readonly {
    readonly code: string
    readonly at: string
    readonly message: string
  }[]
  readonly cause?: unknown
  /** Members added to the problem document, for example a suggestion. Must be safe for the client. */
  readonly extra?: Readonly<Record<string, unknown>>
  /** Seconds, for 429. */
  readonly retryAfter?: number
}

export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: string
  readonly status: ErrorStatus
  readonly detail: string
  readonly options: ErrorOptions

  // oxlint-disable-next-line max-params -- four facts of one error, always written together
  constructor(status: ErrorStatus, code: string, detail: string, options: ErrorOptions = {}) {
    super(`${code}: ${detail}`, { cause: options.cause })
    this.status = status
    this.code = code
    this.detail = detail
    this.options = options
  }
}

/** Not visible answers exactly as not existing: every slice throws this same value. */
export function notFound(): AppError {
  return new AppError(404, 'not-found', 'No such thing, or not visible for this purpose.')
}
