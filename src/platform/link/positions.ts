/** How far the sequence of each peer has come. A jump is counted, logged, and what lies between is asked for; the message is taken all the same. */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { askAgain } from './internal.ts'
import type { LinkWorld } from './link-world.ts'
import { ourDesks, type Received } from './received.ts'

interface Position {
  readonly ours: string
  readonly peer: string
  seq: number
  digest: string
  gaps: number
  /** Version of the directory that the peer works with. One that shows an older one than before was set back, and is told again. */
  shown: number
}

export async function notePositions(tx: Tx, world: LinkWorld, received: readonly Received[]): Promise<void> {
  const positions = new Map<string, Position>()
  for (const each of received) {
    const { outer, digest } = each
    const us = ourDesks(each, world.keys)[0]
    if (us === undefined) continue
    const peer = outer.from.org
    const position = positions.get(`${us.org} ${peer}`) ?? (await positionOf(tx, us.org, peer))
    positions.set(`${us.org} ${peer}`, position)
    // What comes late fills a gap that was counted when it opened.
    if (outer.seq <= position.seq) continue
    if (outer.seq !== position.seq + 1 || outer.prev !== position.digest) {
      position.gaps += 1
      world.log.warn({ code: 'link.gap', peer, expected: position.seq + 1, came: outer.seq }, 'the sequence of a peer has a gap')
      if (outer.seq > position.seq + 1)
        await askAgain(tx, world, { us, peer: { org: peer, unit: outer.from.unit }, from: position.seq + 1, to: outer.seq - 1 })
    }
    position.seq = outer.seq
    position.digest = digest
    position.shown = outer.dirVersion
  }
  for (const { ours, peer, seq, digest, gaps, shown } of positions.values())
    await sql`insert into link.peers as p (from_org, to_org, last_seq_in, last_digest_in, gaps, shown_version) values (${ours}, ${peer}, ${seq}, ${digest}, ${gaps}, ${shown})
      on conflict (from_org, to_org) do update set last_seq_in = excluded.last_seq_in, last_digest_in = excluded.last_digest_in, gaps = excluded.gaps,
        shown_version = excluded.shown_version, told_version = case when excluded.shown_version < p.shown_version then 0 else p.told_version end`.execute(
      tx,
    )
}

async function positionOf(tx: Tx, ours: string, peer: string): Promise<Position> {
  const { rows } = await sql<{ last_seq_in: string; last_digest_in: string; gaps: string; shown_version: number }>`
    select last_seq_in, last_digest_in, gaps, shown_version from link.peers where from_org = ${ours} and to_org = ${peer} for update`.execute(
    tx,
  )
  const last = rows[0]
  return {
    ours,
    peer,
    seq: Number(last?.last_seq_in ?? 0),
    digest: last?.last_digest_in ?? '',
    gaps: Number(last?.gaps ?? 0),
    shown: last?.shown_version ?? 0,
  }
}
