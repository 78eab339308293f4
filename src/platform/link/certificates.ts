/** The private certificate authority of a coalition and the TLS certificates of its nodes: ECDSA P-256, for the link only. */
import 'reflect-metadata'
import { createHash, randomBytes, webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  Pkcs10CertificateRequest,
  Pkcs10CertificateRequestGenerator,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

export interface Authority {
  readonly cert: string
  readonly key: string
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const CLIENT_AND_SERVER = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']

cryptoProvider.set(webcrypto as never)

export async function makeAuthority(name: string, validity: { readonly from: Date; readonly until: Date }): Promise<Authority> {
  const keys = await makeKeys()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: `CN=${name}`,
    notBefore: validity.from,
    notAfter: validity.until,
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  })
  return { cert: certificate.toString('pem'), key: await exportKey(keys.privateKey) }
}

export interface NodeCertificateRequest {
  readonly nodeId: string
  /** Host names and addresses other nodes reach it by; none when they do not reach it themselves. */
  readonly hosts: readonly string[]
  readonly from: Date
  readonly until: Date
}

export async function issueNodeCertificate(authority: Authority, request: NodeCertificateRequest): Promise<Authority> {
  const keys = await makeKeys()
  return { cert: await issue(authority, { ...request, publicKey: keys.publicKey }), key: await exportKey(keys.privateKey) }
}

/** A request (PKCS #10) made where the key stays; its own signature proves that whoever asks holds the key. */
export async function requestCertificate(nodeId: string): Promise<{ readonly request: string; readonly key: string }> {
  const keys = await makeKeys()
  const request = await Pkcs10CertificateRequestGenerator.create({ name: `CN=${nodeId}`, keys, signingAlgorithm: ALGORITHM })
  return { request: request.toString('pem'), key: await exportKey(keys.privateKey) }
}

/** The pin of the key in a request; undefined when the request is none, or was not signed with that key. */
export async function pinOfRequest(pem: string): Promise<string | undefined> {
  try {
    const request = new Pkcs10CertificateRequest(pem)
    if (!(await request.verify())) return undefined
    return createHash('sha256').update(Buffer.from(request.publicKey.rawData)).digest('base64url')
  } catch {
    return undefined
  }
}

/** Names and hosts come from what was admitted, never from the request: of it only the key counts. */
export async function certify(authority: Authority, request: NodeCertificateRequest & { readonly pem: string }): Promise<string> {
  const asked = new Pkcs10CertificateRequest(request.pem)
  return await issue(authority, { ...request, publicKey: (await asked.publicKey.export()) as never })
}

async function issue(authority: Authority, request: NodeCertificateRequest & { readonly publicKey: never }): Promise<string> {
  const issuerKey = await webcrypto.subtle.importKey('pkcs8', PemConverter.decode(authority.key)[0] as ArrayBuffer, ALGORITHM, false, [
    'sign',
  ])
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: `CN=${request.nodeId}`,
    issuer: new X509Certificate(authority.cert).subject,
    notBefore: request.from,
    notAfter: request.until,
    publicKey: request.publicKey,
    signingKey: issuerKey as never,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension(CLIENT_AND_SERVER, true),
      ...(request.hosts.length === 0 ? [] : [namesOf(request.hosts)]),
    ],
  })
  return certificate.toString('pem')
}

function namesOf(hosts: readonly string[]): SubjectAlternativeNameExtension {
  return new SubjectAlternativeNameExtension(
    hosts.map((host) => ({ type: /^[0-9.]+$|:/.test(host) ? ('ip' as const) : ('dns' as const), value: host })),
  )
}

/** The generator's types name the browser's CryptoKey; Node's is the same object under another name. */
interface Keys {
  readonly publicKey: never
  readonly privateKey: never
}

async function makeKeys(): Promise<Keys> {
  return (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as unknown as Keys
}

async function exportKey(key: unknown): Promise<string> {
  return PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key as webcrypto.CryptoKey), 'PRIVATE KEY')
}

function serial(): string {
  // The first bit stays clear: a serial number is a positive integer.
  const bytes = randomBytes(16)
  bytes[0] = (bytes[0] ?? 0) & 0x7f
  return bytes.toString('hex')
}
