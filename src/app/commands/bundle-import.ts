/**
 * `breakwater bundle import`: reads a signed file from another node. Envelopes go through the same inbox as those that come by network, and their
 * answers into a second file for the way back; a file of answers settles what waits here. Twice the same file has no second effect.
 */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { systemClock } from '#platform/clock/clock.ts'
import { readSettings } from '#platform/config/settings.ts'
import type { CheckedBundle } from '#platform/link/bundle.ts'
import { answersIn, type BundleAnswers, type BundleWorld, openBundle, takeBundle } from '#platform/link/bundle-carrier.ts'
import { BundleRefused } from '#platform/link/bundle-lines.ts'
import type { Carrier } from '#platform/link/link-world.ts'
import { readNodeKeys } from '#platform/link/node-keys.ts'
import { type RunningNode, startNode } from '../node.ts'
import { patiently, recordBundle } from './bundle-work.ts'
import { type CommandOutput, USAGE } from './usage.ts'

interface ImportArgs {
  readonly files: readonly string[]
  readonly answers?: string | undefined
}

const SENDS_NOTHING: Carrier = {
  deliver: async () => {
    throw new Error('An import sends nothing.')
  },
  stop: async () => undefined,
}

export async function bundleImport(args: ImportArgs, io: CommandOutput): Promise<number> {
  const [file] = args.files
  if (file === undefined || args.files.length > 1) {
    io.err(USAGE['bundle import'] ?? '')
    return 2
  }
  const settings = readSettings(process.env)
  const keys = readNodeKeys(path.resolve(settings.home))
  let carrier = SENDS_NOTHING
  const node = await startNode({
    settings,
    offline: { deliver: async (org, envelopes) => await carrier.deliver(org, envelopes), stop: async () => undefined },
  })
  const world: BundleWorld = { keys, clock: systemClock, directory: node.services.directory }
  try {
    const checked = await openBundle(file, world)
    if (checked.header.kind === 'envelopes')
      return await importEnvelopes({ file, answers: args.answers ?? `${file}.answers`, checked, node, world }, io)
    const known = await answersIn(file, checked, world)
    carrier = known
    return await settle({ file, checked, known, node, world }, io)
  } catch (error) {
    if (!(error instanceof BundleRefused)) throw error
    await recordBundle(node, { event: 'exchange.bundle-refused', outcome: 'refused', reason: `${error.code} at line ${error.line}` })
    io.err(`${file}: refused: ${error.code} at line ${error.line}`)
    return 1
  } finally {
    await node.stop()
  }
}

interface EnvelopeImport {
  readonly file: string
  readonly answers: string
  readonly checked: CheckedBundle
  readonly node: RunningNode
  readonly world: BundleWorld
}

async function importEnvelopes({ file, answers, checked, node, world }: EnvelopeImport, io: CommandOutput): Promise<number> {
  // Before anything is taken: what was taken must also be answered.
  if (existsSync(answers)) {
    io.err(`${answers} exists: name another file with --answers.`)
    return 1
  }
  const done = await takeBundle({ in: file, answers, checked }, async (envelopes, pin) => await node.link.take(envelopes, pin), world)
  const { taken, refused, unanswered } = done
  await recordBundle(node, {
    event: 'exchange.bundle-read',
    outcome: unanswered === 0 ? 'done' : 'failed',
    detail: { kind: 'envelopes', from: checked.header.from, sha256: checked.sha256, taken, refused, unanswered },
  })
  io.out(`${file}: ${taken} taken, ${refused} refused, ${unanswered} not answered yet`)
  io.out(`${answers}: for ${checked.header.from}`)
  return unanswered === 0 ? 0 : 1
}

interface AnswerImport {
  readonly file: string
  readonly checked: CheckedBundle
  readonly known: BundleAnswers
  readonly node: RunningNode
  readonly world: BundleWorld
}

/** Until all answers are settled, or the outbox has asked for them and does not get further: an earlier message has none. */
async function settle({ file, checked, known, node, world }: AnswerImport, io: CommandOutput): Promise<number> {
  const orgs = orgsOf(checked, world)
  let left = 0
  await patiently(async () => {
    left = 0
    for (const org of orgs) {
      await node.link.flush(org)
      left += await node.link.waiting(org, known.digests)
    }
    return left === 0 || known.wasAsked()
  })
  await recordBundle(node, {
    event: 'exchange.bundle-read',
    outcome: left === 0 ? 'done' : 'failed',
    detail: { kind: 'answers', from: checked.header.from, sha256: checked.sha256, count: checked.header.count, left },
  })
  io.out(`${file}: ${checked.header.count} answers of ${checked.header.from}`)
  if (left > 0) io.err(`${left} of them could not be settled yet: import the file again after the next one.`)
  return left === 0 ? 0 : 1
}

/** Organisations that the node which signed the answers speaks for. */
function orgsOf({ signer }: CheckedBundle, { directory }: BundleWorld): readonly string[] {
  return directory()
    .orgs.filter((org) => org.nodes.some((node) => node.id === signer.node.id))
    .map((org) => org.id)
}
