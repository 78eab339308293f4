/** A NATS server of its own for a test: on a port that the system gives, with its store in a temporary folder. Started directly, so that stopping it stops it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Debian installs it where a user's path does not look. */
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin` }

/** `nats-server: v2.9.10` as `2.9.10`; undefined when there is none. */
export function natsServerVersion(): string | undefined {
  const { status, stdout } = spawnSync('nats-server', ['--version'], { env, encoding: 'utf8' })
  return status === 0 ? /v(\d\S*)/.exec(stdout)?.[1] : undefined
}

export interface TestServer {
  readonly url: string
  stop(): Promise<void>
}

const STARTS_WITHIN_MS = 10_000

export async function startNatsServer({ maxPayload = '8MB' }: { readonly maxPayload?: string } = {}): Promise<TestServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'nats-'))
  const settings = path.join(folder, 'server.conf')
  writeFileSync(settings, `host: 127.0.0.1\nport: -1\nmax_payload: ${maxPayload}\njetstream { store_dir: "${folder}" }\n`)
  const server = spawn('nats-server', ['-c', settings], { stdio: ['ignore', 'ignore', 'pipe'], env })
  const port = await portOf(server)
  return {
    url: `127.0.0.1:${port}`,
    stop: async () => {
      const ended = new Promise<void>((done) => server.once('exit', () => done()))
      server.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The server says it in its log, and when it is ready. */
async function portOf(server: ChildProcess): Promise<string> {
  return await new Promise((resolve, reject) => {
    let text = ''
    const late = setTimeout(() => {
      server.kill('SIGKILL')
      reject(new Error(`nats-server did not start:\n${text}`))
    }, STARTS_WITHIN_MS)
    server.once('exit', () => reject(new Error(`nats-server ended:\n${text}`)))
    server.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
      const port = /Listening for client connections on [^\n]*:(\d+)/.exec(text)?.[1]
      if (port === undefined || !text.includes('Server is ready')) return
      clearTimeout(late)
      server.removeAllListeners('exit')
      resolve(port)
    })
  })
}
