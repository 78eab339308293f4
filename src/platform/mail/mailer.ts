/**
 * Mail to the boxes of desks, off until a server, a sender and boxes are set. Mail leaves what row-level security and the log protect: whoever writes one
 * says nothing in it that anybody may not read, and a test of each writer holds it to that. Sending never happens inside a transaction: a job tries
 * again until the server takes it.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createTransport, type TransportOptions } from 'nodemailer'
import { SETTINGS, type Settings } from '#platform/config/settings.ts'
import { AppError } from '#platform/http/app-error.ts'
import { mailServer } from './mail-server.ts'
import { readMailboxes } from './mailboxes.ts'

export interface Mail {
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
}

export interface Mailer {
  /** Boxes of a desk; none when mail is off. */
  boxesOf(desk: string): readonly string[]
  /** Resolves when the server has taken it, and throws otherwise. */
  send(mail: Mail): Promise<void>
}

const WAIT_MS = 20_000

export const NO_MAIL: Mailer = {
  boxesOf: () => [],
  send: async () => await Promise.reject(new Error('This node sends no mail.')),
}

type MailSettings = Pick<Settings, 'home' | 'smtpServer' | 'smtpCredentials' | 'smtpCa' | 'mailFrom'>

export function openMailer(settings: MailSettings): Mailer {
  const boxes = readMailboxes(path.resolve(settings.home))
  if (settings.smtpServer === '') return NO_MAIL
  const server = mailServer(settings.smtpServer)
  if (server === undefined || settings.mailFrom === '')
    throw new AppError(
      503,
      'settings.value',
      `${SETTINGS.smtpServer.env} needs ${SETTINGS.mailFrom.env}: the address that mail comes from.`,
    )
  const [user, pass] = textOf(settings.smtpCredentials, SETTINGS.smtpCredentials.env).split(/\r?\n/)
  const ca = textOf(settings.smtpCa, SETTINGS.smtpCa.env)
  const { host, port, tls } = server
  const options = {
    host,
    port,
    secure: tls === 'from-start',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    tls: { minVersion: 'TLSv1.2', ...(ca === '' ? {} : { ca }) },
    ...(user === undefined || user === '' ? {} : { auth: { user, pass: pass ?? '' } }),
    connectionTimeout: WAIT_MS,
    greetingTimeout: WAIT_MS,
    socketTimeout: WAIT_MS,
    // A text is a text: nothing of it is taken for a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  }
  const transport = createTransport(options as TransportOptions)
  return {
    boxesOf: (desk) => boxes[desk] ?? [],
    send: async ({ to, subject, text }) => {
      const taken = (await transport.sendMail({ from: settings.mailFrom, to: [...to], subject, text })) as { readonly rejected?: unknown[] }
      if ((taken.rejected ?? []).length > 0) throw new Error('The mail server refused a recipient.')
    },
  }
}

function textOf(file: string, setting: string): string {
  if (file === '') return ''
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new AppError(503, 'settings.value', `${setting} names a file that cannot be read.`, { cause: error })
  }
}
