/** Mail against a real server in this process: what arrives is what was written, and nothing leaves in the clear to another machine. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { issueNodeCertificate, makeAuthority } from '#platform/link/certificates.ts'
import { mailServer } from './mail-server.ts'
import { openMailer } from './mailer.ts'

interface Received {
  readonly to: readonly string[]
  readonly text: string
  readonly wasSecure: boolean
}

let home = ''
let stops: (() => Promise<void>)[] = []

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'mailer-'))
  writeFileSync(path.join(home, 'mailboxes.json'), JSON.stringify({ 'be.customs.antwerp': ['duty@customs.example'] }))
})
afterEach(async () => {
  for (const stop of stops) await stop()
  stops = []
  rmSync(home, { recursive: true, force: true })
})

async function serve(
  options: ConstructorParameters<typeof SMTPServer>[0],
): Promise<{ readonly port: number; readonly received: Received[] }> {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    ...options,
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const { envelope, secure } = session
        received.push({ to: envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(parts).toString(), wasSecure: secure })
        done()
      })
    },
  })
  // A client that breaks off for lack of TLS is what some of these tests want.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  stops.push(async () => await new Promise<void>((resolve) => void server.close(() => resolve())))
  return { port: (server.server.address() as AddressInfo).port, received }
}

async function certificate(): Promise<{ readonly key: string; readonly cert: string; readonly ca: string }> {
  const validity = { from: new Date(Date.now() - 60_000), until: new Date(Date.now() + 3_600_000) }
  const authority = await makeAuthority('test', validity)
  const { cert, key } = await issueNodeCertificate(authority, { nodeId: 'localhost', hosts: ['localhost'], ...validity })
  const ca = path.join(home, 'ca.pem')
  writeFileSync(ca, authority.cert)
  return { key, cert, ca }
}

const settings = (part: Readonly<Record<string, string>>) =>
  ({ home, smtpServer: '', smtpCredentials: '', smtpCa: '', mailFrom: 'node@customs.example', ...part }) as never
const MAIL = { to: ['duty@customs.example'], subject: 'PR-02', text: 'A deadline.' }

describe('mail', () => {
  it('arrives at the mailbox of the desk', async () => {
    const { port, received } = await serve({ disabledCommands: ['STARTTLS', 'AUTH'] })
    const mailer = openMailer(settings({ smtpServer: `smtp://127.0.0.1:${port}` }))
    expect(mailer.boxesOf('be.customs.antwerp')).toEqual(['duty@customs.example'])
    expect(mailer.boxesOf('be.customs.zeebrugge')).toEqual([])
    await mailer.send(MAIL)
    expect(received[0]?.to).toEqual(['duty@customs.example'])
    expect(received[0]?.text).toContain('A deadline.')
  })

  it('is off without a server: no desk has a box', async () => {
    const mailer = openMailer(settings({}))
    expect(mailer.boxesOf('be.customs.antwerp')).toEqual([])
    await expect(mailer.send(MAIL)).rejects.toThrow('no mail')
  })

  it('goes over TLS with the authority that was set, and to no server with another certificate', async () => {
    const { key, cert, ca } = await certificate()
    const { port, received } = await serve({ secure: true, key, cert, disabledCommands: ['AUTH'] })
    await expect(openMailer(settings({ smtpServer: `smtps://localhost:${port}` })).send(MAIL)).rejects.toThrow()
    expect(received).toEqual([])
    await openMailer(settings({ smtpServer: `smtps://localhost:${port}`, smtpCa: ca })).send(MAIL)
    expect(received.map(({ wasSecure }) => wasSecure)).toEqual([true])
  })

  it('fails when the server refuses the recipient', async () => {
    const { port } = await serve({
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo: (_address, _session, done) => done(new Error('no such box')),
    })
    await expect(openMailer(settings({ smtpServer: `smtp://127.0.0.1:${port}` })).send(MAIL)).rejects.toThrow()
  })
})

describe('a mail server', () => {
  it.each([
    ['smtps://mail.example', { host: 'mail.example', port: 465, tls: 'from-start' }],
    ['smtp://mail.example', { host: 'mail.example', port: 587, tls: 'starttls' }],
    ['smtp://mail.example:25', { host: 'mail.example', port: 25, tls: 'starttls' }],
    ['smtp://127.0.0.1:2525', { host: '127.0.0.1', port: 2525, tls: 'none' }],
    ['smtp://[::1]:2525', { host: '::1', port: 2525, tls: 'none' }],
  ])('%s is reached in its way', (text, server) => {
    expect(mailServer(text)).toEqual(server)
  })

  it.each([
    'mail.example',
    'http://mail.example',
    'smtp://',
    'smtp://user:word@mail.example',
    'smtp://mail.example/x',
    'smtp://mail.example?tls=no',
  ])('%s is none', (text) => {
    expect(mailServer(text)).toBeUndefined()
  })

  it('outside this machine is spoken to over TLS whatever it offers', async () => {
    // The test reaches itself under a name that is not loopback to the rule, so STARTTLS is required and the server has none.
    const { port, received } = await serve({ disabledCommands: ['STARTTLS', 'AUTH'] })
    await expect(openMailer(settings({ smtpServer: `smtp://0.0.0.0:${port}` })).send(MAIL)).rejects.toThrow(/STARTTLS/)
    expect(received).toEqual([])
  })
})

describe('the file of mailboxes', () => {
  it.each([
    ['not json', 'mailboxes.json is not JSON'],
    ['{"be.customs": ["no address"]}', 'mailboxes.json, be.customs.0'],
    ['{"Be Customs": ["a@b.example"]}', 'mailboxes.json, Be Customs'],
    ['{"be.customs": []}', 'mailboxes.json, be.customs'],
  ])('%s stops the start and names the place', (text, because) => {
    writeFileSync(path.join(home, 'mailboxes.json'), text)
    expect(() => openMailer(settings({}))).toThrow(because)
  })
})
