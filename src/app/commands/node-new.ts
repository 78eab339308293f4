/** `breakwater node new | rotate | join`: a node makes its keys itself, before and after it is a member, and puts them in force once it is admitted. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { systemClock } from '#platform/clock/clock.ts'
import { readSettings } from '#platform/config/settings.ts'
import { indexOf } from '#platform/link/directory-index.ts'
import { openDirectoryStore, verifyDirectory } from '#platform/link/directory-store.ts'
import { endpointSchema } from '#platform/link/endpoint.ts'
import { readNodeKeys } from '#platform/link/node-keys.ts'
import { anchorDigest, anchorSchema, inGroups, readAnchor } from '#platform/link/stewardship.ts'
import { readNodeConfig, writeNodeConfig } from '../node-config.ts'
import { admittedKeys, makePending, makeRotation, type NewNode, promote, readPending } from '../pending-node.ts'
import { orRefused, refuse, tell } from './refusals.ts'
import type { CommandOutput } from './usage.ts'

const newNode = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'small letters, digits and hyphens'),
  title: z.string().min(1).max(120),
  orgs: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9.-]{0,79}$/, 'small letters, digits, dots and hyphens'))
    .min(1)
    .max(20),
  endpoint: endpointSchema,
})

/** What a steward hands to whoever was admitted: public, every part of it. */
export const welcomeSchema = z.strictObject({
  v: z.literal(1),
  node: z.string(),
  certificate: z.string(),
  ca: z.string(),
  anchor: anchorSchema,
})
export type Welcome = z.infer<typeof welcomeSchema>

const homeOf = () => path.resolve(readSettings(process.env).home)

export async function nodeNew(asked: NewNode & { readonly json: boolean }, io: CommandOutput): Promise<number> {
  const { json, ...node } = asked
  return await orRefused({ io, json }, async () => {
    const home = homeOf()
    const { keys } = await makePending(home, newNode.parse(node))
    return tell({ io, json }, { home, node: keys.nodeId, keys: kidsOf(keys) }, [
      `${home}: keys of ${keys.nodeId} were made and stay here. Apply with them: breakwater node apply --org ORG.json --out FILE`,
    ])
  })
}

export interface Rotate {
  /** Where others shall reach it from now on; as before when absent. */
  readonly endpoint?: string | undefined
  readonly json: boolean
}

export async function nodeRotate({ endpoint, json }: Rotate, io: CommandOutput): Promise<number> {
  return await orRefused({ io, json }, async () => {
    const home = homeOf()
    const { title, orgs, trust } = readNodeConfig(home)
    const directory = await verifyDirectory(readFileSync(path.join(home, 'directory.jws'), 'utf8'), trust, undefined)
    const { nodeId } = readNodeKeys(home)
    const node = orgs.flatMap((org) => indexOf(directory).orgs.get(org)?.nodes ?? []).find((each) => each.id === nodeId)
    if (node === undefined) refuse('node.not-admitted', `The directory does not list ${nodeId}.`)
    const { keys } = await makeRotation(home, { title, endpoint: endpointSchema.parse(endpoint ?? node.endpoint) })
    return tell({ io, json }, { home, node: nodeId, keys: kidsOf(keys) }, [
      `${home}: new keys of ${nodeId} wait beside those in force. Apply for each of ${orgs.join(', ')}: breakwater node apply --as ORG --out FILE`,
    ])
  })
}

const kidsOf = ({ sig, log, orgs }: ReturnType<typeof readNodeKeys>) => [
  sig.kid,
  log.kid,
  ...Object.values(orgs).flatMap(({ seal, enc }) => [seal.kid, enc.kid]),
]

export interface Join {
  readonly welcome: string
  readonly directory?: string | undefined
  /** What another person read aloud; for a node that pins its stewards for the first time. */
  readonly anchor?: string | undefined
  readonly json: boolean
}

/** Checks everything before anything is written. Run again after a crash in between, it ends the same. */
export async function nodeJoin(asked: Join, io: CommandOutput): Promise<number> {
  const { json } = asked
  return await orRefused({ io, json }, async () => {
    const home = homeOf()
    const pending = readPending(home)
    if (pending === undefined) refuse('node.nothing-pending', `No keys in ${home} wait to be admitted.`)
    const welcome = welcomeSchema.parse(JSON.parse(readFileSync(asked.welcome, 'utf8')))
    const isMember = hasNode(home)
    const now = systemClock.now()
    let version = 0
    if (isMember) {
      const store = await openDirectoryStore(home, readNodeConfig(home).trust)
      if (asked.directory !== undefined) await store.accept(readFileSync(asked.directory, 'utf8'))
      const directory = store.current(now)
      version = directory.version
      promote(home, admittedKeys(pending, welcome, { directory, now }))
    } else {
      const { coalition, stewards, threshold } = readAnchor(welcome.anchor)
      const trust = { stewards, threshold }
      requireCompared(anchorDigest(coalition, trust), asked.anchor)
      if (asked.directory === undefined) refuse('directory.missing', 'A node that joins needs the signed directory: --directory FILE.')
      const token = readFileSync(asked.directory, 'utf8')
      const directory = await verifyDirectory(token, trust, undefined)
      if (directory.coalition !== coalition)
        refuse('directory.coalition', `The directory is of ${directory.coalition}, not of ${coalition}.`)
      if (now.getTime() >= Date.parse(directory.expires)) refuse('directory.expired', `The directory expired on ${directory.expires}.`)
      version = directory.version
      const keys = admittedKeys(pending, welcome, { directory, now })
      const file = path.join(home, 'directory.jws')
      writeFileSync(`${file}.new`, token, { mode: 0o600 })
      renameSync(`${file}.new`, file)
      writeNodeConfig(home, { nodeId: keys.nodeId, title: pending.title, orgs: pending.orgs, demonstration: false, trust })
      promote(home, keys)
    }
    return tell({ io, json }, { home, node: pending.keys.nodeId, version, rotated: isMember }, [
      isMember
        ? `${home}: the new keys are in force from the next start. When it runs, have the stewards revoke the old ones or let them run out.`
        : `${home}: ${pending.keys.nodeId} is a member. Start it: breakwater start`,
    ])
  })
}

function hasNode(home: string): boolean {
  try {
    readNodeKeys(home)
    readNodeConfig(home)
    return true
  } catch {
    return false
  }
}

/** The stewards are what everything else hangs on, and came in a file: somebody else must have read them out. */
function requireCompared(digest: string, said: string | undefined): void {
  if (said === undefined)
    refuse(
      'node.anchor',
      `Have a member read out its anchor (breakwater directory show), and give it with --anchor. The file says ${inGroups(digest)}`,
    )
  if (said.replaceAll(/\s/g, '').toLowerCase() !== digest)
    refuse('node.anchor', `The stewards in the file are not those that were read out. The file says ${inGroups(digest)}`)
}
