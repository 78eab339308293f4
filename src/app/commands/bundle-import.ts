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
import { openDirectoryStore } from '#platform/link/directory-store.ts'
import type { Carrier } from '#platform/link/link-world.ts'
import { readNodeKeys } from '#platform/link/node-keys.ts'
import { type RunningNode, startNode } from '../node.ts'
import { readNodeConfig } from '../node-config.ts'
import { patiently, recordAt, recordBundle } from './bundle-work.ts'
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
  const home = path.resolve(settings.home)
  const directories = await openDirectoryStore(home, readNodeConfig(home).trust)
  const world: BundleWorld = { keys: readNodeKeys(home), clock: systemClock, directory: () => directories.current(systemClock.now()) }
  try {
    // Before anything of the node is started.
    const checked = await openBundle(file, world)
    const known = checked.header.kind === 'answers' ? await answersIn(file, checked, world) : undefined
    const node = await startNode({ settings, offline: known ?? SENDS_NOTHING })
    try {
      return known === undefined
        ? await importEnvelopes({ file, answers: args.answers ?? `${file}.answers`, checked, node, world }, io)
        : await settle({ file, checked, known, node, world }, io)
    } finally {
      await node.stop()
    }
  } catch (error) {
    if (!(error instanceof BundleRefused)) throw error
    const reason = `${error.code} at line ${error.line}`
    await recordAt(settings, { event: 'exchange.bundle-refused', outcome: 'refused', reason })
    io.err(`${file}: refused: ${reason}`)
    return 1
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
  await recordBundle(node.services, {
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
  await recordBundle(node.services, {
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
