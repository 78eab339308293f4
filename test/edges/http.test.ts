/** The HTTP edge of a running node: what is refused, that it is refused alike, and that it is logged. */
import { randomUUID } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assemble } from '#platform/module/assemble.ts'
import { modules } from '../../src/app/modules.ts'
import { DRAFT } from '../../src/modules/records/server/imports.fixture.ts'
import { PASSWORD, startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'

let coalition: TestCoalition
let url = ''
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'be-antwerp'] })
  url = coalition.node('be-antwerp').url
})
afterAll(async () => await coalition.stop())

const own = { 'x-breakwater': '1', 'content-type': 'application/json' }
const post = async (path: string, body: unknown, headers: Record<string, string> = own) =>
  await fetch(`${url}/api/${path}`, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) })

async function cookieOf(account: string, password = PASSWORD): Promise<string> {
  const answer = await post('sessions', { account, password })
  expect(answer.status).toBe(200)
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

async function logged(event: string): Promise<{ outcome: string; reason: string | null; facts: unknown }[]> {
  const { rows } = await coalition.node('be-antwerp').services.database.asWorker(
    'test',
    async (tx) =>
      await tx.executeQuery({
        sql: `select outcome, reason from audit.events where event = '${event}' order by id`,
        parameters: [],
        query: { kind: 'RawNode' },
      } as never),
  )
  return rows as never
}

describe('without a session', () => {
  it.each(
    assemble(modules)
      .routes.filter(({ spec }) => spec.permission !== 'public')
      .map(({ spec }) => [spec.id, spec] as const),
  )('(L15) %s answers 401 and nothing else', async (_id, spec) => {
    const path = spec.path.replace(/:\w+/g, 'x')
    const answer = spec.method === 'get' ? await fetch(`${url}/api/${path}`) : await post(path, {})
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ code: 'signed-out' })
  })

  it('(L15) knows no path from another', async () => {
    const [existing, missing] = await Promise.all([fetch(`${url}/api/cargo/alerts`), fetch(`${url}/api/no/such/thing`)])
    expect([existing.status, await existing.text()]).toEqual([missing.status, await missing.text()])
  })
})

describe('sign-in', () => {
  it('answers a wrong password and an unknown account alike, and notes both', async () => {
    const before = (await logged('identity.signed-in')).length
    const answers = await Promise.all([
      post('sessions', { account: 'antwerp', password: 'wrong' }),
      post('sessions', { account: 'nobody', password: 'wrong' }),
    ])
    const texts = await Promise.all(answers.map(async (answer) => [answer.status, await answer.text()]))
    expect(texts[0]).toEqual(texts[1])
    expect(texts[0]?.[0]).toBe(401)
    const noted = (await logged('identity.signed-in')).slice(before)
    expect(noted.map(({ outcome }) => outcome)).toEqual(['refused', 'refused'])
  })

  it('gives a cookie that no script reads and no other site sends', async () => {
    const answer = await post('sessions', { account: 'zeebrugge', password: PASSWORD })
    const cookie = answer.headers.get('set-cookie') ?? ''
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(part)
  })

  it('slows guessing against one account, also with the right password at the end', async () => {
    const codes: number[] = []
    for (let attempt = 0; attempt < 12; attempt++)
      codes.push((await post('sessions', { account: 'belgium', password: `wrong-${attempt}` })).status)
    expect(codes.slice(0, 10).every((code) => code === 401)).toBe(true)
    const last = await post('sessions', { account: 'BELGIUM', password: PASSWORD })
    expect(last.status).toBe(429)
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('is no key to another node', async () => {
    const cookie = await cookieOf('antwerp')
    const answer = await fetch(`${coalition.node('ec-guayaquil').url}/api/sessions/current`, { headers: { cookie } })
    expect(answer.status).toBe(401)
  })
})

describe('with a session', () => {
  let cookie = ''
  beforeAll(async () => {
    cookie = await cookieOf('antwerp')
  })
  const signed = (more: Record<string, string> = {}) => ({ ...own, cookie, ...more })

  it('shows no content without a purpose, and takes no desk or purpose that is not the officer’s', async () => {
    const without = await fetch(`${url}/api/cargo/alerts`, { headers: { cookie } })
    expect([without.status, (await without.json()).code]).toEqual([403, 'purpose-missing'])
    for (const facts of [
      { desk: 'be.customs.zeebrugge', purpose: 'customs-control' },
      { desk: 'es.customs.algeciras', purpose: 'customs-control' },
      { desk: 'be.customs.antwerp', purpose: 'data-protection-supervision' },
      { desk: 'be.customs.antwerp', purpose: 'curiosity' },
    ])
      expect((await post('session-facts', facts, signed())).status).toBe(422)
    expect((await post('session-facts', { desk: 'be.customs.antwerp', purpose: 'customs-control' }, signed())).status).toBe(200)
    expect((await fetch(`${url}/api/cargo/alerts`, { headers: { cookie } })).status).toBe(200)
  })

  it.each<[string, Record<string, string>]>([
    ['no header of ours', { 'x-breakwater': '' }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['a cross-site request', { 'sec-fetch-site': 'cross-site' }],
  ])('refuses a writing request with %s', async (_what, headers) => {
    const answer = await raw(
      '/api/session-facts',
      signed(headers),
      JSON.stringify({ desk: 'be.customs.antwerp', purpose: 'customs-control' }),
    )
    expect(answer.status).toBe(403)
    expect(answer.body).toContain('foreign-request')
  })

  it('refuses what the schema does not have, and names the place', async () => {
    const extra = await post('session-facts', { desk: 'be.customs.antwerp', purpose: 'customs-control', admin: true }, signed())
    expect(extra.status).toBe(400)
    expect(JSON.stringify(await extra.json())).toContain('admin')
    const query = await fetch(`${url}/api/cargo/alerts?limit=100000`, { headers: { cookie } })
    expect([query.status, JSON.stringify(await query.json())]).toEqual([400, expect.stringContaining('limit')])
    expect((await post('session-facts', '{"desk":', signed())).status).toBe(400)
    expect((await post('session-facts', '[]', signed())).status).toBe(400)
    expect((await post('session-facts', 'a=b', signed({ 'content-type': 'application/x-www-form-urlencoded' }))).status).toBe(415)
  })

  it('refuses a text that the store cannot hold, and names the place, before a session too', async () => {
    await post('session-facts', { desk: 'be.customs.antwerp', purpose: 'customs-control' }, signed())
    const collection = async (title: string) => await post('collections', { title, marking: DRAFT, key: randomUUID() }, signed())
    expect((await collection('Register')).status).toBe(200)
    for (const [answer, at] of [
      [await collection('Regi\0ster'), 'title'],
      [await post('sessions', { account: 'ant\0werp', password: PASSWORD }), 'account'],
    ] as const) {
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ code: 'input', problems: [{ code: 'input.text', at }] })
    }
  })

  it('refuses a body beyond the limit', async () => {
    const answer = await post('cargo/alert-previews', JSON.stringify({ narrative: 'x'.repeat(2 * 1024 * 1024) }), signed())
    expect(answer.status).toBe(413)
  })

  it('logs reading and refusal with officer, desk and purpose, and no content', async () => {
    await fetch(`${url}/api/audit-events`, { headers: { cookie } })
    const refused = (await logged('oversight.log-replayed')).at(-1)
    expect(refused).toMatchObject({ outcome: 'refused' })
    expect(new Set((await logged('cargo.alerts-listed')).map(({ outcome }) => outcome))).toEqual(new Set(['done', 'refused']))
  })

  it('ends after a while without a request', async () => {
    coalition.clock.advance(0.6)
    const answer = await fetch(`${url}/api/sessions/current`, { headers: { cookie } })
    expect(answer.status).toBe(401)
  })
})

describe('every answer', () => {
  it.each(['/', '/api/sessions/current', '/no/such/page', '/assets/none.js'])('%s carries the headers', async (path) => {
    const { headers } = await fetch(`${url}${path}`)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    if (path.startsWith('/api')) expect(headers.get('cache-control')).toBe('no-store')
  })

  it.each(['/../package.json', '/..%2fpackage.json', '/assets/..%2f..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/etc/passwd', '/%00', '/%ff'])(
    '%s gives no file of the machine',
    async (path) => {
      const answer = await raw(path, {}, undefined)
      expect(answer.body).not.toContain('"breakwater"')
      expect(answer.body).not.toContain('root:')
      expect(answer.status).toBeLessThan(500)
    },
  )
})

/** `fetch` tidies paths and forbids some headers; this sends what it is given. */
async function raw(path: string, headers: Record<string, string>, body: string | undefined): Promise<{ status: number; body: string }> {
  const target = new URL(url)
  return await new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: target.hostname, port: target.port, path, method: body === undefined ? 'GET' : 'POST', headers },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString() }))
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}
