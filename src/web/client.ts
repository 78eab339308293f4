/** The one door of the web application to the node: calls typed by the contracts, problems as one error type, uploads with progress. */
import type { z } from 'zod'

/** What a caller needs of a route specification; the contracts hold the whole of it. */
export interface CallSpec {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly input: z.ZodType
  readonly ok: z.ZodType
}

export interface FieldProblem {
  readonly code: string
  readonly at: string
  readonly message: string
}

/** RFC 9457 problem of the node, or `offline` when it could not be reached. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly status: number
  readonly code: string
  readonly problems: readonly FieldProblem[]
  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(typeof body['detail'] === 'string' ? body['detail'] : String(body['title'] ?? status))
    this.status = status
    this.code = typeof body['code'] === 'string' ? body['code'] : 'offline'
    this.problems = Array.isArray(body['problems']) ? (body['problems'] as FieldProblem[]) : []
  }
}

export function urlOf(spec: CallSpec, input: Readonly<Record<string, unknown>>, hasBody: boolean): string {
  const inPath = new Set([...spec.path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1] ?? ''))
  const path = spec.path.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(String(input[name])))
  if (hasBody) return `/api/${path}`
  const rest = Object.entries(input).filter(([name, value]) => !inPath.has(name) && value !== undefined && value !== '')
  const query = new URLSearchParams(rest.map(([name, value]) => [name, String(value)])).toString()
  return `/api/${path}${query === '' ? '' : `?${query}`}`
}

/** What a browser sends for a page that is gone: 64 KiB in all, of bytes and not of signs. */
const MOST_ALIVE = 20_000

export async function call<Spec extends CallSpec>(
  spec: Spec,
  input: z.input<Spec['input']>,
  options: { readonly signal?: AbortSignal /** The page is going away: the call outlives it. */; readonly isLast?: boolean } = {},
): Promise<z.output<Spec['ok']>> {
  const fields = input as Record<string, unknown>
  const isPost = spec.method === 'post'
  const inPath = new Set([...spec.path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1] ?? ''))
  const body = isPost ? JSON.stringify(Object.fromEntries(Object.entries(fields).filter(([name]) => !inPath.has(name)))) : null
  const response = await reach(urlOf(spec, fields, isPost), {
    method: spec.method.toUpperCase(),
    headers: { 'x-breakwater': '1', ...(isPost ? { 'content-type': 'application/json' } : {}) },
    body,
    keepalive: options.isLast === true && (body?.length ?? 0) < MOST_ALIVE,
    signal: options.signal ?? null,
  })
  return spec.ok.parse(await response.json()) as z.output<Spec['ok']>
}

/** A file that the node may refuse to make: a link would only say that the download failed. */
export async function fileFrom<Spec extends CallSpec>(
  spec: Spec,
  input: z.input<Spec['input']>,
): Promise<{ readonly name: string; readonly content: Blob }> {
  const response = await reach(urlOf(spec, input as Record<string, unknown>, false), { headers: { 'x-breakwater': '1' } })
  const [, name = spec.id] = /filename="([^"]*)"/.exec(response.headers.get('content-disposition') ?? '') ?? []
  return { name, content: await response.blob() }
}

/** What is no success is a problem. */
async function reach(url: string, request: RequestInit): Promise<Response> {
  const response = await fetch(url, request).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ProblemError(0, { code: 'offline', detail: 'The node cannot be reached.' })
  })
  if (!response.ok) throw new ProblemError(response.status, await problemBody(response))
  return response
}

/** `fetch` tells nothing of an upload's progress, hence the older interface. */
export async function upload<Spec extends CallSpec>(
  spec: Spec,
  input: z.input<Spec['input']>,
  options: { readonly file: Blob; readonly onProgress: (share: number) => void; readonly signal: AbortSignal },
): Promise<z.output<Spec['ok']>> {
  const { file, onProgress, signal } = options
  return await new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', urlOf(spec, input as Record<string, unknown>, false))
    request.setRequestHeader('x-breakwater', '1')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', (event) => onProgress(event.total === 0 ? 1 : event.loaded / event.total))
    request.addEventListener('load', () => {
      const body = safeJson(request.responseText)
      if (request.status >= 200 && request.status < 300) resolve(spec.ok.parse(body) as z.output<Spec['ok']>)
      else reject(new ProblemError(request.status, body))
    })
    request.addEventListener('error', () => reject(new ProblemError(0, { code: 'offline', detail: 'The node cannot be reached.' })))
    request.addEventListener('abort', () => reject(new ProblemError(0, { code: 'cancelled', detail: 'The upload was cancelled.' })))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}

async function problemBody(response: Response): Promise<Record<string, unknown>> {
  return safeJson(await response.text())
}

function safeJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** A key under which a repeat of the same act does nothing twice. */
export function actKey(): string {
  return crypto.randomUUID()
}
