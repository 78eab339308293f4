/** A caller of a node's API, typed by the contracts: for the story, the seeding of the demonstration and the tests. */
import type { z } from 'zod'
import { chooseFacts, signIn } from '#modules/identity/contract'
import type { RouteSpec } from '#platform/http/route.ts'

export class CallRefused extends Error {
  override readonly name = 'CallRefused'
  readonly status: number
  readonly code: string
  readonly body: Readonly<Record<string, unknown>>
  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(`${status} ${String(body['code'])}: ${String(body['detail'])}`)
    this.status = status
    this.code = String(body['code'])
    this.body = body
  }
}

export interface Client {
  call<Spec extends RouteSpec>(spec: Spec, input: z.input<Spec['input']>): Promise<z.output<Spec['ok']>>
  upload<Spec extends RouteSpec>(spec: Spec, input: z.input<Spec['input']>, bytes: Uint8Array): Promise<z.output<Spec['ok']>>
  /** Announcements of the node, as they come. */
  events(signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>
  /** The answer as it came: status, headers of content, bytes. For tests that compare answers whole. */
  raw(
    spec: RouteSpec,
    input: Readonly<Record<string, unknown>>,
    bytes?: Uint8Array,
  ): Promise<{ readonly status: number; readonly type: string; readonly text: string }>
}

export interface Credentials {
  readonly url: string
  readonly account: string
  readonly password: string
  readonly desk: string
  readonly purpose: string
}

export async function signedInClient({ url, account, password, desk, purpose }: Credentials): Promise<Client> {
  const client = openClient(url)
  await client.call(signIn, { account, password })
  await client.call(chooseFacts, { desk, purpose })
  return client
}

/** A caller without a session, for what is open to everybody. */
export function openClient(url: string): Client {
  let cookie = ''
  const send = async (spec: RouteSpec, input: Readonly<Record<string, unknown>>, bytes?: Uint8Array): Promise<Response> => {
    const inPath = new Set([...spec.path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1] ?? ''))
    const path = spec.path.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(String(input[name])))
    const rest = Object.entries(input).filter(([name, value]) => !inPath.has(name) && value !== undefined)
    const asQuery = spec.method === 'get' || bytes !== undefined
    const query =
      asQuery && rest.length > 0
        ? `?${new URLSearchParams(Object.fromEntries(rest.map(([name, value]) => [name, String(value)]))).toString()}`
        : ''
    const answer = await fetch(`${url}/api/${path}${query}`, {
      method: spec.method.toUpperCase(),
      headers: {
        cookie,
        'x-breakwater': '1',
        ...(spec.method === 'post' ? { 'content-type': bytes === undefined ? 'application/json' : 'application/octet-stream' } : {}),
      },
      ...(spec.method === 'post'
        ? { body: bytes === undefined ? JSON.stringify(Object.fromEntries(rest)) : (bytes as Uint8Array<ArrayBuffer>) }
        : {}),
    })
    const set = answer.headers.getSetCookie()[0]
    if (set !== undefined) cookie = set.split(';')[0] ?? ''
    return answer
  }
  const read = async <Spec extends RouteSpec>(spec: Spec, answer: Response): Promise<z.output<Spec['ok']>> => {
    if (!answer.ok) throw new CallRefused(answer.status, (await answer.json()) as Record<string, unknown>)
    return spec.ok.parse(await answer.json()) as z.output<Spec['ok']>
  }
  return {
    events: async (signal) => {
      const answer = await fetch(`${url}/api/events`, { headers: { cookie }, signal })
      if (answer.body === null) throw new Error('The node gave no announcements.')
      return answer.body
    },
    call: async (spec, input) => await read(spec, await send(spec, input as Record<string, unknown>)),
    upload: async (spec, input, bytes) => await read(spec, await send(spec, input as Record<string, unknown>, bytes)),
    raw: async (spec, input, bytes) => {
      const answer = await send(spec, input, bytes)
      return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() }
    },
  }
}
