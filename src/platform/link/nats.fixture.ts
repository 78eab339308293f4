/** A NATS server of its own for a test: on a port of its own, with its store in a temporary folder. Started directly, so that stopping it stops it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { nkeys } from '@nats-io/transport-node'
import { freePort } from '../../app/demo/free-port.ts'
import { envelopeSubject, subjectToken } from './nats-inbox.ts'

/** Debian installs it where a user's path does not look. */
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin` }

/** `nats-server: v2.9.10` as `2.9.10`; undefined when there is none. */
export function natsServerVersion(): string | undefined {
  const { status, stdout } = spawnSync('nats-server', ['--version'], { env, encoding: 'utf8' })
  return status === 0 ? /v(\d\S*)/.exec(stdout)?.[1] : undefined
}

export interface TestServer {
  readonly url: string
  /** Where it keeps what it stores. */
  readonly folder: string
  /** As a power cut does. */
  kill(): Promise<void>
  /** Up again, at the same address and with what it had stored. */
  again(): Promise<void>
  stop(): Promise<void>
}

export interface TestServerOptions {
  readonly maxPayload?: string
  /** More of its configuration: accounts, TLS. */
  readonly more?: string
}

/** A start is waited for however busy the machine is. */
const STARTS_WITHIN_MS = 60_000

export async function startNatsServer({ maxPayload = '8MB', more = '' }: TestServerOptions = {}): Promise<TestServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'nats-'))
  const settings = path.join(folder, 'server.conf')
  const start = async (port: string) => {
    const lines = [
      'host: 127.0.0.1',
      `port: ${port}`,
      `max_payload: ${maxPayload}`,
      `jetstream { store_dir: "${folder}", max_file_store: 16GB }`,
      more,
    ]
    writeFileSync(settings, lines.join('\n'))
    const child = spawn('nats-server', ['-c', settings], { stdio: ['ignore', 'ignore', 'pipe'], env })
    return { child, port: await portOf(child) }
  }
  // Not one that the kernel gives to whoever asks for any: while the server is down, a connection of somebody else could have it.
  let running = await start(String(await freePort()))
  const server: TestServer = {
    url: `127.0.0.1:${running.port}`,
    folder,
    kill: async () => {
      const { child } = running
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise<void>((done) => child.once('exit', () => done()))
      child.kill('SIGKILL')
      await ended
    },
    again: async () => {
      running = await start(running.port)
    },
    stop: async () => {
      await server.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return server
}

/** The server says it in its log, and when it is ready. */
async function portOf(server: ChildProcess): Promise<string> {
  const port = Promise.withResolvers<string>()
  let text = ''
  const refuse = (because: string) => port.reject(new Error(`nats-server ${because}:\n${text}`))
  const ended = () => refuse('ended')
  const late = setTimeout(() => {
    server.kill('SIGKILL')
    refuse('did not start')
  }, STARTS_WITHIN_MS)
  server.once('exit', ended)
  server.stderr?.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8')
    const found = /Listening for client connections on [^\n]*:(\d+)/.exec(text)?.[1]
    if (found !== undefined && text.includes('Server is ready')) port.resolve(found)
  })
  try {
    return await port.promise
  } finally {
    clearTimeout(late)
    server.off('exit', ended)
  }
}

export interface TestAccount {
  /** Organisations of one node: their mail goes into its account. */
  readonly orgs: readonly string[]
  readonly user: string
}

/** A user of the broker: the name it knows, and the seed that the user keeps. */
export function brokerUser(): { readonly name: string; readonly seed: string } {
  const pair = nkeys.createUser()
  return { name: pair.getPublicKey(), seed: new TextDecoder().decode(pair.getSeed()) }
}

/** Accounts as `docs/operate/carriers.md` has them: each sees its own subjects, and may publish to those of the others. */
export function accountsOf(accounts: readonly TestAccount[]): string {
  const name = ({ orgs }: TestAccount) => subjectToken(orgs[0] ?? '').toUpperCase()
  const texts = accounts.map((account) => {
    const others = accounts.filter((each) => each !== account)
    const exported = account.orgs.map((org) => `{ service: "${envelopeSubject(org, '*')}", accounts: [${others.map(name).join(', ')}] }`)
    const imported = others.flatMap((other) =>
      other.orgs.flatMap((org) =>
        ['routine', 'urgent', 'immediate', 'again', 'answer'].map(
          (what) => `{ service: { account: ${name(other)}, subject: "${envelopeSubject(org, what)}" } }`,
        ),
      ),
    )
    return `${name(account)} {
      jetstream: enabled
      users: [ { nkey: ${account.user} } ]
      exports: [ ${exported.join('\n')} ]
      imports: [ ${imported.join('\n')} ]
    }`
  })
  return `accounts { ${texts.join('\n')} }`
}
