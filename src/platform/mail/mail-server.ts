/** Which mail server a node may hand its mail to. Outside this machine only over TLS: `smtps:` from the first byte, `smtp:` with STARTTLS or not at all. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

export interface MailServer {
  readonly host: string
  readonly port: number
  /** `from-start`, `starttls` (refused when the server does not offer it), `none` on this machine only. */
  readonly tls: 'from-start' | 'starttls' | 'none'
}

/** Undefined for what is no mail server that may be used: `smtps://HOST[:465]`, `smtp://HOST[:587]`, `smtp://127.0.0.1:PORT`. */
export function mailServer(text: string): MailServer | undefined {
  const url = URL.parse(text.trim())
  if (url === null || url.hostname === '') return undefined
  if ([url.username, url.password, url.pathname.replace('/', ''), url.search, url.hash].some((part) => part !== '')) return undefined
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (url.protocol === 'smtps:') return { host, port: Number(url.port || 465), tls: 'from-start' }
  if (url.protocol !== 'smtp:') return undefined
  return { host, port: Number(url.port || 587), tls: LOOPBACK.test(url.hostname) ? 'none' : 'starttls' }
}
