/**
 * The HTTP edge: a Hono application made from the route table, and the server around it. Nothing here knows a slice.
 * Order for every request: headers → rate → session → route → CSRF check → life of the request (`run-route.ts`) → problem mapper.
 */
import { serve } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { AccessDoor } from '#platform/access/cedar.ts'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { Announcements } from '#platform/events/announcements.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { announcementStream } from './announcement-stream.ts'
import { AppError, notFound } from './app-error.ts'
import { REQUEST_TIMEOUT_MS, rateLimit, UPLOAD_TIMEOUT_MS } from './limits.ts'
import { problemOf } from './problem.ts'
import { readInput } from './request-input.ts'
import type { OpenRoute, Route, RouteSpec } from './route.ts'
import { runRoute } from './run-route.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import { staticFile } from './static-files.ts'
import { unstorableText } from './unstorable-text.ts'

export const SESSION_COOKIE = 'breakwater'

export interface HttpWorld {
  readonly routes: readonly (Route | OpenRoute)[]
  readonly services: NodeServices
  readonly access: AccessDoor
  readonly announcements: Announcements
  /** The session behind a cookie, or null when there is none or it has ended. Asking keeps it from ending for want of use. */
  readonly resolveSession: (token: string) => Promise<SessionFacts | null>
  /** The same for who only listens: that is no use of it. */
  readonly lookAtSession: (token: string) => Promise<SessionFacts | null>
  /** Public origin when behind a TLS terminator; empty otherwise. */
  readonly origin: string
  readonly webFolder: string
  /** Between two signs of life to a screen that listens; 25 seconds unless said otherwise. */
  readonly heartbeatMs?: number
}

export function buildApp(world: HttpWorld): Hono {
  const app = new Hono()
  const perAddress = rateLimit(1200, 60)
  const perSession = rateLimit(1200, 60)
  app.use(async (request, next) => {
    await next()
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) request.res.headers.set(name, value)
    if (request.req.path.startsWith('/api/')) request.res.headers.set('cache-control', 'no-store')
    if (world.origin.startsWith('https:')) request.res.headers.set('strict-transport-security', 'max-age=31536000')
  })
  app.onError((error, request) => answerProblem(error, request, world))
  app.use('/api/*', async (request, next) => {
    await perAddress.spend(addressOf(request))
    await next()
  })
  const session = async (request: Context): Promise<SessionFacts> => {
    const token = getCookie(request, SESSION_COOKIE)
    const facts = token === undefined ? null : await world.resolveSession(token)
    if (facts === null) throw new AppError(401, 'signed-out', 'Sign in first.')
    await perSession.spend(facts.officer)
    return facts
  }
  for (const route of world.routes) {
    const { spec } = route
    app.on(spec.method.toUpperCase(), `/api/${spec.path}`, async (request) => {
      if (spec.method === 'post') refuseForeign(request, world.origin)
      if ('open' in route) {
        const output = await withinTime(runOpen(route, request, world), timeOf(spec))
        return spec.download === true ? download(output as Download) : request.json(output as object, spec.status ?? 200)
      }
      const facts = await session(request)
      const output = await withinTime(
        runRoute(route, request, { ...world, facts, sessionToken: getCookie(request, SESSION_COOKIE) ?? '' }),
        timeOf(spec),
      )
      return spec.download === true ? download(output as Download) : request.json(output as object, spec.status ?? 200)
    })
  }
  app.get('/api/events', async (request) => {
    const { desk } = await session(request)
    const token = getCookie(request, SESSION_COOKIE) ?? ''
    const isOf = async (): Promise<boolean> => (await world.lookAtSession(token))?.desk === desk
    return announcementStream(request, { desk, isOf, announcements: world.announcements, heartbeatMs: world.heartbeatMs })
  })
  app.all('/api/*', async (request) => {
    await session(request)
    throw notFound()
  })
  app.get('*', async (request) => (await staticFile(world.webFolder, request.req.path)) ?? request.text('Not found', 404))
  return app
}

const timeOf = ({ upload }: RouteSpec): number => (upload === undefined ? REQUEST_TIMEOUT_MS : UPLOAD_TIMEOUT_MS)

async function runOpen(route: OpenRoute, request: Context, world: HttpWorld): Promise<unknown> {
  const input = await readInput(route.spec, request)
  const secure = world.origin.startsWith('https:')
  const opened = route.open(input, {
    clock: world.services.clock,
    services: world.services,
    remoteAddress: addressOf(request),
    authorization: request.req.header('authorization'),
    upload: route.spec.upload === undefined ? undefined : (request.req.raw.body ?? undefined),
    cookies: {
      get: (name) => getCookie(request, name),
      set: (name, value, maxAge) => setCookie(request, name, value, { httpOnly: true, sameSite: 'Strict', path: '/', secure, maxAge }),
    },
  })
  const output = await opened.catch((failure: unknown) => {
    throw unstorableText(failure, input) ?? failure
  })
  return route.spec.ok.parse(output)
}

/**
 * A form on a foreign page can neither set our header nor a JSON body, and its cookie is withheld by SameSite=Strict; the browser's own
 * statement of where the request comes from is checked besides.
 */
function refuseForeign(request: Context, origin: string): void {
  const site = request.req.header('sec-fetch-site')
  const stated = request.req.header('origin')
  const own = origin === '' ? `http://${request.req.header('host') ?? ''}` : origin
  if (
    request.req.header('x-breakwater') !== '1' ||
    (site !== undefined && site !== 'same-origin') ||
    (stated !== undefined && stated !== own)
  )
    throw new AppError(403, 'foreign-request', 'The request does not come from the application.')
}

interface Download {
  readonly fileName: string
  readonly mediaType: string
  readonly text: string
}

function download({ fileName, mediaType, text }: Download): Response {
  const safeName = fileName.replace(/[^A-Za-z0-9._-]/g, '_')
  return new Response(text, { headers: { 'content-type': mediaType, 'content-disposition': `attachment; filename="${safeName}"` } })
}

async function withinTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError(503, 'too-slow', 'The node took too long; try again.')), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

function addressOf(request: Context): string {
  const incoming = (request.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming
  return incoming?.socket?.remoteAddress ?? 'local'
}

function answerProblem(error: unknown, request: Context, world: HttpWorld): Response {
  const problem = problemOf(error)
  if (problem.incident !== undefined)
    world.services.log.error(
      { code: 'incident', id: problem.incident.id, because: problem.incident.because, path: request.req.routePath },
      'a request failed',
    )
  return new Response(JSON.stringify(problem.body), { status: problem.status, headers: problem.headers })
}

export interface HttpServer {
  readonly url: string
  stop(): Promise<void>
}

export async function startHttp(app: Hono, listen: { readonly host: string; readonly port: number }): Promise<HttpServer> {
  return await new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: app.fetch,
        hostname: listen.host,
        port: listen.port,
        serverOptions: { requestTimeout: UPLOAD_TIMEOUT_MS, headersTimeout: 10_000, maxHeaderSize: 16_384 },
      },
      ({ port }) => {
        resolve({
          url: `http://${listen.host}:${port}`,
          stop: async () =>
            await new Promise<void>((done) => {
              server.close(() => done())
              if ('closeAllConnections' in server) server.closeAllConnections()
            }),
        })
      },
    )
    server.once('error', reject)
  })
}
