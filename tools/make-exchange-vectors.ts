/**
 * Writes `conformance/exchange`: what a compatible node must read and refuse. Made by a second writer (`tools/exchange-vectors`) that shares no line
 * with the node, from keys that everybody can derive, so the files come out the same each time; a test compares them.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brokerVectors, bundleVectors, httpVectors } from './exchange-vectors/carriers.ts'
import { enrolmentVectors } from './exchange-vectors/enrolment.ts'
import { acceptedEnvelopes } from './exchange-vectors/envelopes.ts'
import { matchVectors } from './exchange-vectors/match.ts'
import {
  directoryVectors,
  evidenceVectors,
  greeting,
  logVectors,
  recallToken,
  retrievalOf,
  statementVectors,
} from './exchange-vectors/statements.ts'
import { tamperedEnvelopes } from './exchange-vectors/tampered.ts'
import { formerEnc, futureSig, members, NOW, oldSig, pinOf, revokedSeal, revokedSig, stewards, stranger } from './exchange-vectors/world.ts'

const FOLDER = path.resolve(import.meta.dirname, '../conformance/exchange')
const WARNING = 'TEST KEYS. Their private parts are published on purpose: nothing may ever trust them.'

/** Contents of every file, by name. */
export function exchangeVectors(): Readonly<Record<string, string>> {
  const accepted = acceptedEnvelopes({ retrieval: retrievalOf, recall: recallToken, greeting })
  const [first] = accepted
  if (first === undefined) throw new Error('There is no envelope.')
  const evidence = evidenceVectors(first.digest, greeting)
  const tokens = (evidence['accepted'] as readonly { readonly token: string }[]).slice(0, 3).map(({ token }) => token)
  const two = accepted.slice(0, 2)
  const { envelopes, answers, refused } = bundleVectors(two, tokens)
  const files: Readonly<Record<string, unknown>> = {
    'keys.json': {
      warning: WARNING,
      stewards,
      nodes: members.map(({ org, node, desk, ...keys }) => ({ node, org, desk, tlsSpki: pinOf(node), keys: Object.values(keys) })),
      others: [formerEnc, revokedSig, oldSig, futureSig, revokedSeal, stranger],
    },
    'directory.json': { now: NOW, ...directoryVectors() },
    'envelopes.json': { now: NOW, accepted },
    'tampered.json': { base: first.name, refused: tamperedEnvelopes() },
    'evidence.json': { now: NOW, digest: first.digest, ...evidence },
    'statements.json': { now: NOW, ...statementVectors() },
    'log.json': logVectors(),
    'http.json': httpVectors(two, tokens),
    'broker.json': { now: NOW, ...brokerVectors(first, tokens) },
    'bundles.json': { now: NOW, refused },
    'match.json': matchVectors(),
    'enrolment.json': { now: NOW, ...enrolmentVectors() },
  }
  return {
    ...Object.fromEntries(Object.entries(files).map(([name, value]) => [name, `${JSON.stringify(value, null, 2)}\n`])),
    'envelopes.hx-bundle': envelopes,
    'answers.hx-bundle': answers,
  }
}

if (process.argv[1] === import.meta.filename) {
  mkdirSync(FOLDER, { recursive: true })
  for (const [name, text] of Object.entries(exchangeVectors())) writeFileSync(path.join(FOLDER, name), text)
}
