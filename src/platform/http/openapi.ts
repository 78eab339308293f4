/** OpenAPI 3.1 from the route table. Permission, purpose and audit event stand beside each operation as `x-` members. */
import { z } from 'zod'
import type { RouteSpec } from './route.ts'

type JsonObject = Record<string, unknown>

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457 problem document',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    problems: {
      type: 'array',
      items: { type: 'object', properties: { code: { type: 'string' }, at: { type: 'string' }, message: { type: 'string' } } },
    },
  },
}

export function openApi(specs: readonly RouteSpec[], info: { readonly title: string; readonly version: string }): JsonObject {
  const paths: Record<string, JsonObject> = {}
  for (const spec of [...specs].sort((a, b) => (a.path === b.path ? a.method.localeCompare(b.method) : a.path.localeCompare(b.path)))) {
    const place = `/api/${spec.path.replace(/:([A-Za-z]+)/g, '{$1}')}`
    paths[place] = { ...paths[place], [spec.method]: operation(spec) }
  }
  return {
    openapi: '3.1.0',
    info,
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: PROBLEM },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'breakwater' } },
    },
    security: [{ session: [] }],
  }
}

function operation(spec: RouteSpec): JsonObject {
  const input = z.toJSONSchema(spec.input, { io: 'input', unrepresentable: 'any' }) as JsonObject
  const properties = (input['properties'] ?? {}) as Record<string, JsonObject>
  const required = new Set((input['required'] ?? []) as string[])
  const inPath = [...spec.path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1] ?? '')
  const rest = Object.keys(properties).filter((name) => !inPath.includes(name))
  const asQuery = spec.method === 'get' || spec.upload !== undefined
  const parameter = (name: string, place: 'path' | 'query'): JsonObject => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    schema: properties[name],
  })
  return {
    operationId: spec.id,
    summary: spec.summary,
    ...(spec.permission === 'public' ? { security: [] } : {}),
    'x-permission': spec.permission,
    'x-purpose-required': spec.purposeRequired,
    'x-audit-event': spec.audit,
    parameters: [...inPath.map((name) => parameter(name, 'path')), ...(asQuery ? rest.map((name) => parameter(name, 'query')) : [])],
    ...(asQuery
      ? spec.upload === undefined
        ? {}
        : { requestBody: { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } } }
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  ...input,
                  properties: Object.fromEntries(rest.map((name) => [name, properties[name]])),
                  required: rest.filter((name) => required.has(name)),
                },
              },
            },
          },
        }),
    responses: {
      '200': {
        description: 'Done',
        content:
          spec.download === true
            ? { 'text/csv': { schema: { type: 'string' } } }
            : { 'application/json': { schema: z.toJSONSchema(spec.ok, { io: 'output', unrepresentable: 'any' }) } },
      },
      default: {
        description: `Problem. Codes of this route: ${spec.errors.join(', ') || 'only the general ones'}`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}
