/**
 * Carrying by hand. A bundle out collects what the outbox gives and answers nothing yet; a bundle in goes through the same inbox as every envelope
 * and gives a bundle of answers, which the sender reads in turn. Any of it twice has no second effect: the inbox answers the same again, and the
 * outbox has nothing waiting any more.
 */
import type { Clock } from '#platform/clock/clock.ts'
import { bundleItems, type CheckedBundle, checkBundle, MAX_BUNDLE_ITEMS, writeBundle } from './bundle.ts'
import { MAX_BATCH, requireCarriable } from './carrier-limits.ts'
import type { Directory } from './directory.ts'
import { orgOf } from './directory-store.ts'
import { type Envelope, outerDigest } from './envelope.ts'
import type { Answer, Carrier } from './link-world.ts'
import type { NodeKeys } from './node-keys.ts'

export interface BundleWorld {
  readonly keys: NodeKeys
  readonly clock: Clock
  readonly directory: () => Directory
}

export interface BundleOut extends Carrier {
  /** How many envelopes were collected. */
  count(): number
  /** Writes what was collected for the organisation into a new file. */
  write(file: string): Promise<{ readonly sha256: string }>
}

export function bundleOut(org: string, world: BundleWorld): BundleOut {
  const collected: Envelope[] = []
  return {
    async deliver(to, envelopes) {
      if (to !== org) throw new Error(`This bundle is for ${org}, not for ${to}.`)
      requireCarriable(envelopes, MAX_BUNDLE_ITEMS)
      collected.push(...envelopes)
      return []
    },
    count: () => collected.length,
    async write(file) {
      const directory = world.directory()
      const node = orgOf(directory, org)?.nodes[0]
      if (node === undefined) throw new Error(`${org} has no node in the directory.`)
      return await writeBundle(file, { ...writerOf(world), kind: 'envelopes', to: node.id, items: collected })
    },
    stop: async () => undefined,
  }
}

function writerOf({ keys, clock, directory }: BundleWorld) {
  return { key: keys.sig, from: keys.nodeId, now: clock.now(), directory: directory() }
}

/** What a bundle is and who signed it, after all of it was checked. */
export async function openBundle(file: string, { keys, clock, directory }: BundleWorld): Promise<CheckedBundle> {
  return await checkBundle(file, { nodeId: keys.nodeId, directory: directory(), now: clock.now() })
}

export interface TakenBundle {
  readonly taken: number
  readonly refused: number
  /** The node stopped on the way: the same file imported again goes on. */
  readonly unanswered: number
}

/** Takes the envelopes of a checked bundle and writes the answers into a new file, for the way back. */
export async function takeBundle(
  file: { readonly in: string; readonly answers: string; readonly checked: CheckedBundle },
  take: (envelopes: readonly Envelope[], peerSpki: string) => Promise<readonly Answer[]>,
  world: BundleWorld,
): Promise<TakenBundle> {
  const { header, signer } = file.checked
  const answered: { digest: string; answer: Answer }[] = []
  // Who signed the file stands for who would have been at the other end of a connection.
  const pin = signer.node.tlsSpki[0] ?? ''
  for await (const batch of batches(bundleItems(file.in, 'envelopes', file.checked))) {
    const answers = await take(batch, pin)
    for (const [index, envelope] of batch.entries()) {
      const answer = answers[index]
      if (answer !== undefined) answered.push({ digest: outerDigest(envelope.outer), answer })
    }
    if (answers.length < batch.length) break
  }
  const items = answered.map(({ digest, answer }) => ({
    digest,
    answer: answer.state === 'taken' ? { state: answer.state, evidence: [...answer.evidence] } : answer,
  }))
  await writeBundle(file.answers, { ...writerOf(world), kind: 'answers', to: header.from, items })
  const taken = answered.filter(({ answer }) => answer.state === 'taken').length
  return { taken, refused: answered.length - taken, unanswered: header.count - answered.length }
}

async function* batches(envelopes: AsyncIterable<Envelope & { readonly n?: number }>): AsyncGenerator<readonly Envelope[]> {
  let batch: Envelope[] = []
  for await (const { outer, jwe } of envelopes) {
    batch.push({ outer, jwe })
    if (batch.length === MAX_BATCH) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

export interface BundleAnswers extends Carrier {
  /** Digests of the envelopes that are answered. */
  readonly digests: readonly string[]
  /** Whether anything was asked of it. */
  wasAsked(): boolean
}

/** A carrier that already knows the answers: what the outbox has waiting is answered from a checked bundle, as far as it goes. */
export async function answersIn(file: string, checked: CheckedBundle, world: BundleWorld): Promise<BundleAnswers> {
  const { signer } = checked
  const answers = new Map<string, Answer>()
  for await (const { digest, answer } of bundleItems(file, 'answers', checked)) answers.set(digest, answer)
  let wasAsked = false
  return {
    digests: [...answers.keys()],
    wasAsked: () => wasAsked,
    async deliver(org, envelopes) {
      wasAsked = true
      // Only the recipient's own node says what became of a message.
      if (orgOf(world.directory(), org)?.nodes.some((node) => node.id === signer.node.id) !== true)
        throw new Error(`${signer.node.id} does not answer for ${org}.`)
      const known = envelopes.map((envelope) => answers.get(outerDigest(envelope.outer)))
      const first = known.indexOf(undefined)
      return (first === -1 ? known : known.slice(0, first)) as Answer[]
    },
    stop: async () => undefined,
  }
}
