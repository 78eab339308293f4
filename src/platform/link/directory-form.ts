/**
 * The form of a directory, checked before it is trusted: stewards sign what people prepared, and a slip that enough of them signed must be refused by
 * every node rather than stop it. Ids name one thing each; members that this version does not know are left alone.
 */

import { z } from 'zod'
import { REALMS } from '#platform/access/session-facts.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { Directory } from './directory.ts'
import { parseStrictJson } from './strict-json.ts'

const id = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,119}$/)
const instant = z.iso.datetime()
/** Public keys only: a private one that slipped in would be known to everybody. */
const jwk = z
  .looseObject({ kty: z.literal('OKP'), crv: z.enum(['Ed25519', 'X25519']), x: z.string().length(43) })
  .refine((key) => !('d' in key), 'a private key')
const kid = z.string().min(1).max(120)

export const stewardsSchema = z.array(z.looseObject({ kid, jwk })).min(1).max(32)

const key = z.looseObject({
  kid,
  use: z.enum(['node-sig', 'seal', 'enc', 'log']),
  jwk,
  from: instant,
  until: instant,
  revokedAt: instant.optional(),
})

const schema = z.looseObject({
  v: z.literal(1),
  coalition: z.string().min(1).max(80),
  version: z.number().int().min(1),
  issued: instant,
  expires: instant,
  prevDigest: z.string().length(64).nullable(),
  steering: stewardsSchema,
  threshold: z.number().int().min(1),
  successions: z.array(z.string().max(64_000)).max(200).optional(),
  authorities: z.array(z.string().length(43)).max(8).optional(),
  orgs: z
    .array(
      z.looseObject({
        id,
        name: z.string().min(1).max(120),
        kind: z.string().min(1).max(60),
        realm: z.enum(REALMS),
        country: z.string().length(2),
        thirdCountry: z.boolean(),
        status: z.enum(['active', 'suspended', 'left']),
        statusFrom: instant.optional(),
        visibleTo: z.array(id).optional(),
        units: z.array(
          z.looseObject({
            id,
            name: z.string().min(1).max(120),
            services: z.array(z.string()),
            places: z.array(z.string()),
            purposes: z.array(z.string()),
            zone: z.string(),
            calendar: z.string(),
          }),
        ),
        nodes: z.array(
          z.looseObject({ id: z.string().min(1).max(120), endpoint: z.url(), tlsSpki: z.array(z.string()), keys: z.array(key) }),
        ),
      }),
    )
    .max(20_000),
  groups: z.array(z.looseObject({ id: z.string(), name: z.string(), units: z.array(id) })).optional(),
})

/** The directory in a payload; 400 `directory.form` with the first place that is wrong. */
export function readDirectory(payload: Uint8Array): Directory {
  let value: unknown
  try {
    value = parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  } catch (error) {
    throw malformed('it is not JSON', error)
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw malformed(`${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`)
  const directory = value as Directory
  requireSingleMeaning(directory)
  if (Date.parse(directory.expires) <= Date.parse(directory.issued)) throw malformed('it expires before it is issued')
  if (directory.threshold > directory.steering.length) throw malformed('more stewards must sign than there are')
  return directory
}

/** Who could name a thing twice could shadow it: organisations, desks, and keys have one owner; a node has one signing key set wherever it stands. */
function requireSingleMeaning({ orgs }: Directory): void {
  const seen = new Set<string>()
  const once = (kind: string, name: string): void => {
    if (seen.has(`${kind} ${name}`)) throw malformed(`the ${kind} ${name} stands twice`)
    seen.add(`${kind} ${name}`)
  }
  const keys = new Map<string, string>()
  const owners = new Map<string, string>()
  for (const org of orgs) {
    once('organisation', org.id)
    for (const unit of org.units) once('desk', unit.id)
    for (const node of org.nodes) {
      once('node', `${node.id} of ${org.id}`)
      for (const {
        kid: name,
        jwk: { x },
      } of node.keys) {
        if (keys.has(name) && keys.get(name) !== String(x)) throw malformed(`the key id ${name} names two keys`)
        if (owners.has(name) && owners.get(name) !== node.id) throw malformed(`the key ${name} stands with two nodes`)
        keys.set(name, String(x))
        owners.set(name, node.id)
      }
    }
  }
}

function malformed(because: string, cause?: unknown): AppError {
  return new AppError(400, 'directory.form', `Not a directory of version 1: ${because}.`, { cause })
}
