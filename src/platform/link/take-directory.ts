/** A newer directory from a peer, in parts: kept until all are there, then judged by the stewards' signatures alone, whoever brought it. */
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { z } from 'zod'
import { AppError } from '#platform/http/app-error.ts'
import type { Tx } from '#platform/store/database.ts'
import { digestOf } from './directory-store.ts'
import { TokenRefused } from './jose.ts'
import type { LinkWorld } from './link-world.ts'
import type { Received } from './received.ts'

/** Base64url characters of one part: sealed twice it stays below what an envelope may hold. */
export const PART = 480_000
const MOST_PARTS = 32
/** No more than a directory of some thousand organisations unpacks to. */
const MOST_BYTES = 32 * 1024 * 1024

const body = z.strictObject({
  version: z.number().int().min(1),
  part: z
    .number()
    .int()
    .min(0)
    .max(MOST_PARTS - 1),
  parts: z.number().int().min(1).max(MOST_PARTS),
  /** Of what the stewards signed: two of one version show at once. */
  digest: z.string().length(64),
  bytes: z.string().min(1).max(PART),
})

export async function takeDirectory(tx: Tx, world: LinkWorld, { outer, inner }: Received): Promise<void> {
  const { version, part, parts, bytes, digest } = body.parse(inner.body.data)
  const held = world.directory().version
  if (version < held || (version === held && digest === digestOf(world.directoryToken()))) return
  const peer = outer.from.org
  if (parts === 1) {
    await judge(world, unpacked(bytes))
    return
  }
  // One directory on its way for each peer: parts of an older one are of no use any more.
  await sql`delete from link.directory_parts where from_org = ${peer} and (version < ${version} or parts <> ${parts})`.execute(tx)
  await sql`insert into link.directory_parts (from_org, version, part, parts, bytes) values (${peer}, ${version}, ${part}, ${parts}, ${bytes})
    on conflict (from_org, version, part) do update set bytes = excluded.bytes`.execute(tx)
  const { rows } = await sql<{ bytes: string }>`
    select bytes from link.directory_parts where from_org = ${peer} and version = ${version} order by part`.execute(tx)
  if (rows.length < parts) return
  await sql`delete from link.directory_parts where from_org = ${peer}`.execute(tx)
  await judge(world, unpacked(rows.map((row) => row.bytes).join('')))
}

/** What is refused is logged by the node that refuses it. The message that brought it is dealt with: there is nothing to be tried again. */
async function judge(world: LinkWorld, token: string): Promise<void> {
  try {
    await world.acceptDirectory(token)
  } catch (error) {
    if (!(error instanceof AppError) && !(error instanceof TokenRefused)) throw error
    world.log.error({ code: 'directory.offered', because: error.code }, 'a peer offered a directory that was refused')
  }
}

function unpacked(text: string): string {
  return gunzipSync(Buffer.from(text, 'base64url'), { maxOutputLength: MOST_BYTES }).toString('utf8')
}
