/** Every setting of a node, declared once: name, default, meaning. `docs/operate/configure.md` is generated from this list. */
import { z } from 'zod'
import { AppError } from '#platform/http/app-error.ts'
import { brokerServers } from '#platform/link/broker-servers.ts'
import { mailServer } from '#platform/mail/mail-server.ts'

interface Setting {
  readonly env: string
  readonly schema: z.ZodType
  readonly fallback: string
  readonly meaning: string
}

const port = z.coerce.number().int().min(0).max(65_535)

export const SETTINGS = {
  home: {
    env: 'BREAKWATER_HOME',
    schema: z.string().min(1),
    fallback: '.breakwater/node',
    meaning: 'Folder of the node: keys, directory, documents, and the database unless DATABASE_URL is set',
  },
  databaseUrl: {
    env: 'DATABASE_URL',
    schema: z.string(),
    fallback: '',
    meaning: 'PostgreSQL 16 or newer to use instead of the embedded server',
  },
  webPort: {
    env: 'BREAKWATER_WEB_PORT',
    schema: port,
    fallback: '8701',
    meaning: 'Port of the web application and its API; 0 takes a free one',
  },
  webHost: {
    env: 'BREAKWATER_WEB_HOST',
    schema: z.string().min(1),
    fallback: '127.0.0.1',
    meaning: 'Address the web application listens on; put a TLS terminator in front of any other than loopback',
  },
  webOrigin: {
    env: 'BREAKWATER_WEB_ORIGIN',
    schema: z.string(),
    fallback: '',
    meaning: 'Public origin behind the TLS terminator (https://…); makes cookies Secure and is the only Origin accepted',
  },
  linkPort: {
    env: 'BREAKWATER_LINK_PORT',
    schema: port,
    fallback: '8801',
    meaning: 'Port on which other nodes reach this one by mutual TLS; 0 takes a free one',
  },
  linkHost: { env: 'BREAKWATER_LINK_HOST', schema: z.string().min(1), fallback: '127.0.0.1', meaning: 'Address the link listens on' },
  natsServers: {
    env: 'BREAKWATER_NATS_SERVERS',
    schema: z
      .string()
      .refine(
        (text) => text === '' || brokerServers(text) !== undefined,
        'tls://HOST:PORT, several with commas; nats:// on this machine only',
      ),
    fallback: '',
    meaning:
      'NATS servers (tls://HOST:PORT, several with commas) for peers whose endpoint in the directory begins with nats:; without it this node uses no broker. See carriers.md',
  },
  natsCredentials: {
    env: 'BREAKWATER_NATS_CREDENTIALS',
    schema: z.string(),
    fallback: '',
    meaning: 'File with the credentials for the NATS servers: a .creds file or an nkey seed',
  },
  natsCa: {
    env: 'BREAKWATER_NATS_CA',
    schema: z.string(),
    fallback: '',
    meaning: 'File with the authority (PEM) that the certificates of the NATS servers come from; without it those that Node trusts',
  },
  smtpServer: {
    env: 'BREAKWATER_SMTP',
    schema: z
      .string()
      .refine(
        (text) => text === '' || mailServer(text) !== undefined,
        'smtps://HOST or smtp://HOST (with STARTTLS); without TLS on this machine only',
      ),
    fallback: '',
    meaning:
      'Mail server for notices to the mailboxes of desks (smtps://HOST:465, or smtp://HOST:587 with STARTTLS); without it no mail is sent. See notices.md',
  },
  smtpCredentials: {
    env: 'BREAKWATER_SMTP_CREDENTIALS',
    schema: z.string(),
    fallback: '',
    meaning: 'File with the account for the mail server: the user on the first line, the password on the second',
  },
  smtpCa: {
    env: 'BREAKWATER_SMTP_CA',
    schema: z.string(),
    fallback: '',
    meaning: 'File with the authority (PEM) that the certificate of the mail server comes from; without it those that Node trusts',
  },
  mailFrom: {
    env: 'BREAKWATER_MAIL_FROM',
    schema: z.union([z.literal(''), z.email().max(254)]),
    fallback: '',
    meaning: 'Address that mail comes from; needed with a mail server',
  },
  logLevel: {
    env: 'BREAKWATER_LOG',
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    fallback: 'info',
    meaning: 'Least level of the operational log',
  },
  sessionMinutes: {
    env: 'BREAKWATER_SESSION_MINUTES',
    schema: z.coerce.number().int().min(5).max(720),
    fallback: '480',
    meaning: 'A session ends after this time whatever happens',
  },
  idleMinutes: {
    env: 'BREAKWATER_IDLE_MINUTES',
    schema: z.coerce.number().int().min(1).max(240),
    fallback: '30',
    meaning: 'A session ends after this time without a request',
  },
  linerCodes: {
    env: 'BREAKWATER_LINER_CODES',
    schema: z.string(),
    fallback: '',
    meaning: 'Path of the SMDG liner code list (JSON), which may not be shipped; without it owner prefixes are learned from traffic',
  },
  ics2Schemas: {
    env: 'BREAKWATER_ICS2_SCHEMAS',
    schema: z.string(),
    fallback: '',
    meaning:
      'Folder with the schemas of ICS2 (European Commission), which are not shipped; without it those messages are read and said to be unchecked',
  },
  dropFolder: {
    env: 'BREAKWATER_DROP_FOLDER',
    schema: z.string(),
    fallback: '',
    meaning:
      'Folder with one folder for each desk (named by its id) into which cargo documents are dropped; without it none is watched. See intake.md',
  },
  policies: {
    env: 'BREAKWATER_POLICIES',
    schema: z.string(),
    fallback: '',
    meaning: 'Folder with the owner’s own Cedar policies (*.cedar), added to the shipped ones',
  },
} as const satisfies Record<string, Setting>

export type Settings = { readonly [Key in keyof typeof SETTINGS]: z.output<(typeof SETTINGS)[Key]['schema']> }

/** Reads the environment; a wrong value stops the start and names the variable. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const entries = Object.entries(SETTINGS).map(([key, setting]) => {
    const text = env[setting.env]
    const parsed = setting.schema.safeParse(text === undefined || text === '' ? setting.fallback : text)
    if (!parsed.success)
      throw new AppError(503, 'settings.value', `${setting.env} is set to a value it cannot have: ${parsed.error.issues[0]?.message ?? ''}`)
    return [key, parsed.data]
  })
  return Object.fromEntries(entries) as Settings
}

/** Rows of the generated page: variable, default, meaning. */
export function settingDocs(): readonly { readonly env: string; readonly fallback: string; readonly meaning: string }[] {
  return Object.values(SETTINGS).map(({ env, fallback, meaning }) => ({ env, fallback, meaning }))
}
