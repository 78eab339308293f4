/**
 * The peer of the exchange figures: mutual TLS between two processes and `jose`, nothing else. No store, no log, no evidence, no duplicate check:
 * what a team writes in a day. Run as a process it is the receiving side.
 */
import { fork } from 'node:child_process'
import { Agent, createServer, request } from 'node:https'
import { CompactEncrypt, CompactSign, compactDecrypt, compactVerify, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { issueNodeCertificate, makeAuthority } from '../src/platform/link/certificates.ts'

interface Secrets {
  readonly key: string
  readonly cert: string
  readonly ca: string
  readonly enc: JWK
  readonly sig: JWK
}

export interface Echo {
  post(body: string): Promise<string>
  seal(content: string): Promise<string>
  stop(): Promise<void>
}

export async function startEcho(): Promise<Echo> {
  const validity = { from: new Date(Date.now() - 60_000), until: new Date(Date.now() + 3_600_000) }
  const authority = await makeAuthority('peer authority', validity)
  const tls = await issueNodeCertificate(authority, { nodeId: 'peer', hosts: ['127.0.0.1'], ...validity })
  const signer = await generateKeyPair('Ed25519', { extractable: true })
  const box = await generateKeyPair('ECDH-ES+A256KW', { crv: 'X25519', extractable: true })
  const secrets: Secrets = { ...tls, ca: authority.cert, enc: await exportJWK(box.privateKey), sig: await exportJWK(signer.publicKey) }
  const child = fork(import.meta.filename, ['serve'])
  const port = await new Promise<number>((resolve) => {
    child.once('message', (message) => resolve(Number(message)))
    child.send(secrets)
  })
  const agent = new Agent({ keepAlive: true, maxSockets: 8, key: tls.key, cert: tls.cert, ca: authority.cert, minVersion: 'TLSv1.3' })
  return {
    seal: async (content) => {
      const inner = await new CompactSign(Buffer.from(content)).setProtectedHeader({ alg: 'Ed25519' }).sign(signer.privateKey)
      const jwe = await new CompactEncrypt(Buffer.from(inner))
        .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM' })
        .encrypt(box.publicKey)
      return await new CompactSign(Buffer.from(jwe)).setProtectedHeader({ alg: 'Ed25519' }).sign(signer.privateKey)
    },
    post: async (body) =>
      await new Promise((resolve, reject) => {
        const asked = request({ host: '127.0.0.1', port, method: 'POST', agent }, (answer) => {
          let text = ''
          answer.on('data', (part: Buffer) => (text += part.toString()))
          answer.on('end', () => resolve(text))
        })
        asked.on('error', reject)
        asked.end(body)
      }),
    stop: async () => {
      agent.destroy()
      child.kill()
    },
  }
}

async function serve(secrets: Secrets): Promise<void> {
  const enc = await importJWK(secrets.enc, 'ECDH-ES+A256KW')
  const sig = await importJWK(secrets.sig, 'Ed25519')
  const open = async (text: string): Promise<number> => {
    if (text === '{}') return 0
    const { payload } = await compactVerify(text, sig)
    const { plaintext } = await compactDecrypt(payload, enc)
    return (await compactVerify(plaintext, sig)).payload.length
  }
  const server = createServer({ ...secrets, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' }, (asked, answer) => {
    let text = ''
    asked.on('data', (part: Buffer) => (text += part.toString()))
    asked.on('end', () => void open(text).then((length) => answer.end(String(length))))
  })
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    process.send?.(typeof address === 'object' && address !== null ? address.port : 0)
  })
}

if (process.argv[2] === 'serve') process.once('message', (secrets) => void serve(secrets as Secrets))
