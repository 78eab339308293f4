/** Which addresses a broker may have. Outside this machine it is reached by TLS only. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/
/** The client checks certificates against names only. */
const NUMBER = /^[0-9.]+$|:/

/** Undefined for what is no list of brokers that may be used: `tls://HOST[:PORT]`, several with commas; `nats://` only on this machine. */
export function brokerServers(text: string): readonly string[] | undefined {
  const urls = text.split(',').map((each) => URL.parse(each.trim()))
  const isUsable = (url: URL | null): url is URL =>
    url !== null &&
    ((url.protocol === 'tls:' && !NUMBER.test(url.hostname)) || (url.protocol === 'nats:' && LOOPBACK.test(url.hostname))) &&
    url.hostname !== '' &&
    [url.username, url.password, url.pathname, url.search, url.hash].every((part) => part === '')
  // All or none: one connection option covers them all.
  const isOneKind = new Set(urls.map((url) => url?.protocol)).size === 1
  return urls.every(isUsable) && isOneKind ? urls.map((url) => url.href) : undefined
}
