/** Builds the input of a route from path, query and body, strictly: unknown members, doubled query names and a missing content type are refused. */
import type { Context } from 'hono'
import { AppError } from './app-error.ts'
import { JSON_LIMIT } from './limits.ts'
import type { RouteSpec } from './route.ts'

export async function readInput(spec: RouteSpec, request: Context): Promise<unknown> {
  const raw: Record<string, unknown> = {
    ...queryOf(request),
    ...(spec.method === 'post' && spec.upload === undefined ? await jsonBody(request, spec.largestBody) : {}),
  }
  for (const [name, value] of Object.entries(request.req.param() as Record<string, string>)) raw[name] = value
  const parsed = spec.input.safeParse(raw)
  if (parsed.success) return parsed.data
  throw new AppError(400, 'input', 'The request is not what this route takes.', {
    problems: parsed.error.issues
      .slice(0, 50)
      .map((issue) => ({ code: `input.${issue.code}`, at: issue.path.join('.'), message: issue.message })),
  })
}

function queryOf(request: Context): Record<string, string> {
  const query: Record<string, string> = {}
  for (const [name, values] of Object.entries(request.req.queries())) {
    if (values.length > 1)
      throw new AppError(400, 'input', 'A query name occurs twice.', {
        problems: [{ code: 'input.twice', at: name, message: 'Occurs twice.' }],
      })
    query[name] = values[0] ?? ''
  }
  return query
}

async function jsonBody(request: Context, most = JSON_LIMIT): Promise<Record<string, unknown>> {
  const type = request.req.header('content-type') ?? ''
  if (!/^application\/json\s*(?:;|$)/i.test(type)) throw new AppError(415, 'content-type', 'The body must be application/json.')
  const text = await readText(request, most)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new AppError(400, 'json', 'The body is not JSON.')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new AppError(400, 'json', 'The body must be one JSON object.')
  return value as Record<string, unknown>
}

async function readText(request: Context, most: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.req.raw.body ?? []) {
    size += chunk.length
    // Counted while reading: a declared length may lie.
    if (size > most) throw new AppError(413, 'body-too-large', `A body may have at most ${most} bytes.`)
    chunks.push(chunk)
  }
  return new TextDecoder('utf-8', { fatal: false }).decode(Buffer.concat(chunks))
}
