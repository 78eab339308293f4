/** The files of `conformance/exchange`, read as any other implementation reads them. */
import { readFileSync } from 'node:fs'
import path from 'node:path'

export const FOLDER = path.resolve(import.meta.dirname, '../../conformance/exchange')
export const textOf = (name: string): string => readFileSync(path.join(FOLDER, name), 'utf8')
const read = <T>(name: string): T => JSON.parse(textOf(name)) as T

export type Json = Record<string, unknown>

export interface VectorKey {
  readonly kid: string
  readonly use: string
  readonly jwk: Json
}
export interface VectorNode {
  readonly node: string
  readonly org: string
  readonly desk: string
  readonly tlsSpki: string
  readonly keys: readonly VectorKey[]
}
export interface VectorEnvelope {
  readonly name: string
  readonly at: string
  readonly pin: string
  readonly envelope: { readonly outer: string; readonly jwe: string }
}
export interface RefusedToken {
  readonly name: string
  readonly code: string
  readonly token: string
}

export const keys = read<{
  readonly nodes: readonly VectorNode[]
  readonly stewards: readonly VectorKey[]
  readonly others: readonly VectorKey[]
}>('keys.json')
/** Of an organisation, the newest first. */
export const encryptionKeys = (org: string): readonly VectorKey[] =>
  [...keys.nodes.flatMap((node) => node.keys), ...keys.others].filter(({ kid, use }) => use === 'enc' && kid.startsWith(`${org}#`))

export const directory = read<{
  readonly now: string
  readonly trust: { readonly stewards: readonly { readonly kid: string; readonly jwk: Json }[]; readonly threshold: number }
  readonly token: string
  readonly directory: Json
  readonly earlier: string
  readonly digest: string
  readonly succession: {
    readonly anchors: { readonly before: string; readonly after: string }
    readonly token: string
    readonly directory: string
    readonly refused: readonly RefusedToken[]
  }
  readonly refused: readonly RefusedToken[]
}>('directory.json')
export const envelopes = read<{
  readonly accepted: readonly (VectorEnvelope & {
    readonly outer: Json
    readonly digest: string
    readonly innerToken: string
    readonly inner: {
      readonly purpose: string
      readonly retention: { readonly deleteBy: string }
      readonly body: { readonly type: string; readonly data: unknown }
    }
  })[]
}>('envelopes.json')
export const tampered = read<{ readonly refused: readonly (VectorEnvelope & { readonly code: string; readonly now: string })[] }>(
  'tampered.json',
)
export const evidence = read<{
  readonly digest: string
  readonly accepted: readonly { readonly evidence: Json; readonly token: string; readonly log?: Json }[]
  readonly refused: readonly RefusedToken[]
}>('evidence.json')
export const statements = read<{
  readonly accepted: readonly { readonly statement: Json; readonly token: string }[]
  readonly refused: readonly RefusedToken[]
}>('statements.json')
export const log = read<{
  readonly name: string
  readonly witness: string
  readonly leaves: readonly string[]
  readonly sizes: readonly { readonly size: number; readonly root: string; readonly note: string }[]
  readonly cosignature: { readonly size: number; readonly at: string; readonly line: string }
  readonly consistency: { readonly first: number; readonly second: number; readonly proof: readonly string[] }
  readonly inconsistent: readonly {
    readonly name: string
    readonly first: number
    readonly second: number
    readonly proof: readonly string[]
  }[]
  readonly proofFile: string
  readonly refusedNotes: readonly { readonly name: string; readonly code: string; readonly note: string }[]
  readonly greeting: Json
}>('log.json')
export const http = read<{
  readonly now: string
  readonly method: string
  readonly url: string
  readonly request: { readonly headers: Record<string, string>; readonly body: string; readonly base: string }
  readonly response: { readonly status: number; readonly headers: Record<string, string>; readonly body: string; readonly base: string }
  readonly refused: readonly {
    readonly name: string
    readonly code: string
    readonly headers: Record<string, string>
    readonly body?: string
  }[]
}>('http.json')
export const broker = read<{
  readonly subject: string
  readonly again: string
  readonly answerTo: string
  readonly messageId: string
  readonly payload: string
  readonly answer: string
  readonly answers: unknown
  readonly refused: readonly { readonly name: string; readonly answer: string }[]
}>('broker.json')
export const bundles = read<{
  readonly refused: readonly { readonly name: string; readonly code: string; readonly line: number; readonly text: string }[]
}>('bundles.json')
export const match = read<{
  readonly keys: readonly {
    readonly type: string
    readonly class: string
    readonly value: string
    readonly with?: string
    readonly text: string
  }[]
  readonly epoch: { readonly secretKey: string; readonly publicKey: string; readonly requester: string }
  readonly asked: readonly Readonly<Record<'input' | 'blind' | 'blinded' | 'evaluated' | 'output', string>>[]
  readonly proof: string
  readonly hit: Readonly<Record<'entry' | 'handle' | 'tag' | 'row', string>>
  readonly set: string
  readonly frames: Readonly<Record<'query' | 'answer' | 'lookup' | 'result' | 'refusal', string>>
}>('match.json')
export const enrolment = read<{
  readonly now: string
  readonly challenge: Json
  readonly secret: string
  readonly proof: Json
  readonly sponsor: string
  readonly admitted: Json
  readonly refused: readonly { readonly name: string; readonly code: string; readonly proof: Json }[]
}>('enrolment.json')
