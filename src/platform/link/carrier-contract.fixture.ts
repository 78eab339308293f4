/** What every carrier must do, once for all of them. A rig connects three nodes with one kind of carrier; envelopes and their checks are real, the inbox is a small one in memory. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Directory } from './directory.ts'
import { type Envelope, MAX_INNER, openOuter, outerDigest, sealEnvelope } from './envelope.ts'
import { TokenRefused } from './jose.ts'
import { linkFixture, NOW, requestOf } from './link-fixture.ts'
import type { Answer, Carrier } from './link-world.ts'
import type { NodeKeys } from './node-keys.ts'

export type NodeName = 'a' | 'b' | 'c'
export type RigTake = (envelopes: readonly Envelope[], peerSpki: string | null) => Promise<readonly Answer[]>

/** The nodes a rig connects. */
export interface RigWorld {
  readonly keys: Readonly<Record<NodeName, NodeKeys>>
  directory(): Directory
}

export interface CarrierRig {
  readonly world: RigWorld
  /** Opens the receiving side of a node. */
  receive(at: NodeName, take: RigTake): Promise<void>
  /** `answerWithinMs`: for a carrier whose answers come apart, when a test knows that none will come. */
  carrier(of: NodeName, answerWithinMs?: number): Promise<Carrier>
  /** Stops both sides of everything that was opened. */
  stop(): Promise<void>
}

export interface CarrierTraits {
  readonly name: string
  /** Undefined when the carrier can run here, otherwise what is missing. */
  readonly missing?: string | undefined
  /** The carrier itself knows which node it hears, beside what the envelopes say. */
  readonly knowsPeer: boolean
  /** Nobody there to receive is no error: the answers come some other day. */
  readonly answersLater?: boolean
  readonly mostEnvelopes: number
}

export function plainWorld(): RigWorld {
  const { keys, directory } = linkFixture()
  return { keys, directory: () => directory }
}

/** Opens outer parts for real, has its effect once, and answers a repeat with what it answered before. */
function smallInbox(name: NodeName, world: RigWorld) {
  const effects: string[] = []
  const peers: (string | null)[] = []
  const answered = new Map<string, Answer>()
  const byId = new Map<string, Answer>()
  const faults: ('before' | 'after' | 'short')[] = []
  let serial = 0
  const takeOne = async (envelope: Envelope, peerSpki: string | null): Promise<Answer> => {
    try {
      const { outer, digest } = await openOuter(envelope, { keys: world.keys[name], directory: world.directory(), now: NOW, peerSpki })
      const before = answered.get(digest)
      if (before !== undefined) return before
      serial += 1
      const answer: Answer = { state: 'taken', evidence: [`evidence ${serial} of ${outer.id}`] }
      answered.set(digest, answer)
      byId.set(outer.id, answer)
      effects.push(outer.id)
      return answer
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error
      return { state: 'refused' }
    }
  }
  const take: RigTake = async (envelopes, peerSpki) => {
    const fault = faults.shift()
    peers.push(peerSpki)
    if (fault === 'before') throw new Error('The node cannot work.')
    const answers: Answer[] = []
    for (const envelope of fault === 'short' ? envelopes.slice(0, 2) : envelopes) answers.push(await takeOne(envelope, peerSpki))
    if (fault === 'after') throw new Error('The node was stopped before it answered.')
    return answers
  }
  return { take, effects, peers, faults, answers: () => [...answered.values()], answerOf: (id: string) => byId.get(id) }
}

const idOf = (n: number) => `01a20000-0000-7000-8000-${String(n).padStart(12, '0')}`

async function sealed(world: RigWorld, count: number, first = 1): Promise<readonly Envelope[]> {
  const envelopes: Envelope[] = []
  let prev = ''
  for (let n = first; n < first + count; n += 1) {
    const urgency = (['routine', 'urgent', 'immediate'] as const)[n % 3] ?? 'routine'
    const envelope = await sealEnvelope(requestOf({ id: idOf(n), seq: n, prev, urgency }), world.keys.a, world.directory())
    prev = outerDigest(envelope.outer)
    envelopes.push(envelope)
  }
  return envelopes
}

/** Open sockets and servers of this process. */
function openHandles(): number {
  return process.getActiveResourcesInfo().filter((name) => /TCP|TLS|PIPE|Pipe/.test(name)).length
}

/** Half a minute: on a busy machine too, what comes comes by then. What did not come the test says next. */
export async function eventually(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1500 && !holds(); tries += 1) await new Promise((later) => setTimeout(later, 20))
}

export function carrierContract(traits: CarrierTraits, makeRig: () => Promise<CarrierRig>): void {
  const { name, missing, knowsPeer, answersLater = false, mostEnvelopes } = traits
  const rigs: CarrierRig[] = []
  const open = async () => {
    const rig = await makeRig()
    rigs.push(rig)
    const inbox = smallInbox('b', rig.world)
    await rig.receive('b', inbox.take)
    return { rig, world: rig.world, inbox, carrier: await rig.carrier('a') }
  }
  /** Until every envelope has its answer, as the outbox does. */
  const untilAnswered = async (carrier: Carrier, envelopes: readonly Envelope[]): Promise<readonly Answer[]> => {
    for (let tries = 0; tries < 5; tries += 1) {
      const answers = await carrier.deliver('org.b', envelopes).catch(() => [])
      if (answers.length === envelopes.length) return answers
    }
    throw new Error('There was no answer after five tries.')
  }

  describe.skipIf(missing !== undefined)(`carrier: ${name}${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
    afterEach(async () => {
      for (const rig of rigs.splice(0)) await rig.stop()
    })

    it('keeps the order of envelopes, and answers stand in it', async () => {
      const { world, inbox, carrier } = await open()
      const envelopes = await sealed(world, 40)
      const answers = await carrier.deliver('org.b', envelopes)
      expect(inbox.effects).toEqual(envelopes.map((_, index) => idOf(index + 1)))
      expect(answers).toEqual(envelopes.map((_, index) => ({ state: 'taken', evidence: [`evidence ${index + 1} of ${idOf(index + 1)}`] })))
    })

    it('answers stand beside their envelopes when one in the middle is refused', async () => {
      const { world, inbox, carrier } = await open()
      const [one, two, three] = await sealed(world, 3)
      if (one === undefined || two === undefined || three === undefined) throw new Error('Three envelopes were asked for.')
      const answers = await carrier.deliver('org.b', [one, { ...two, jwe: three.jwe }, three])
      expect(answers.map((answer) => answer.state)).toEqual(['taken', 'refused', 'taken'])
      expect(inbox.effects).toEqual([idOf(1), idOf(3)])
    })

    it('an answer list may be shorter than the batch: it is its beginning, and the rest is asked again', async () => {
      const { world, inbox, carrier } = await open()
      inbox.faults.push('short')
      const envelopes = await sealed(world, 3)
      const answers = await carrier.deliver('org.b', envelopes)
      expect(answers.length).toBeGreaterThanOrEqual(2)
      expect(answers).toEqual(inbox.answers().slice(0, answers.length))
      expect(await untilAnswered(carrier, envelopes)).toEqual(inbox.answers())
      expect(inbox.effects).toEqual([idOf(1), idOf(2), idOf(3)])
    })

    it('a request that was lost has its effect when it is sent again', async () => {
      const { world, inbox, carrier } = await open()
      inbox.faults.push('before')
      const answers = await untilAnswered(carrier, await sealed(world, 3))
      // A carrier may bring the batch in parts: what was lost then comes after those behind it, and still once.
      expect(inbox.effects.toSorted()).toEqual([idOf(1), idOf(2), idOf(3)])
      expect(answers).toEqual([1, 2, 3].map((n) => inbox.answerOf(idOf(n))))
    })

    it('after a lost answer the same bytes get the same answer, and no second effect', async () => {
      const { world, inbox, carrier } = await open()
      inbox.faults.push('after')
      const answers = await untilAnswered(carrier, await sealed(world, 3))
      expect(answers).toEqual([1, 2, 3].map((n) => ({ state: 'taken', evidence: [`evidence ${n} of ${idOf(n)}`] })))
      expect(inbox.effects).toEqual([idOf(1), idOf(2), idOf(3)])
    })

    it('what was answered is answered the same each time it comes', async () => {
      const { rig, world, inbox, carrier } = await open()
      const envelopes = await sealed(world, 2)
      const first = await carrier.deliver('org.b', envelopes)
      expect(await carrier.deliver('org.b', envelopes)).toEqual(first)
      // Another process of the same node, which has heard none of the answers.
      expect(await (await rig.carrier('a')).deliver('org.b', envelopes)).toEqual(first)
      expect(inbox.effects).toEqual([idOf(1), idOf(2)])
    })

    it('an organisation that the directory does not know throws', async () => {
      const { world, carrier } = await open()
      await expect(carrier.deliver('org.x', await sealed(world, 1))).rejects.toThrow()
    })

    it.skipIf(answersLater)('a node that is not there throws, and gets the envelopes when it comes', async () => {
      const rig = await makeRig()
      rigs.push(rig)
      const carrier = await rig.carrier('a')
      const envelopes = await sealed(rig.world, 2)
      await expect(carrier.deliver('org.b', envelopes)).rejects.toThrow()
      const inbox = smallInbox('b', rig.world)
      await rig.receive('b', inbox.take)
      expect(await untilAnswered(carrier, envelopes)).toEqual(inbox.answers())
      expect(inbox.effects).toEqual([idOf(1), idOf(2)])
    })

    it.skipIf(!answersLater)('without the other side there are no answers yet', async () => {
      const rig = await makeRig()
      rigs.push(rig)
      expect(await (await rig.carrier('a')).deliver('org.b', await sealed(rig.world, 2))).toEqual([])
    })

    it('refuses what is too large or too many before it travels', async () => {
      const { world, inbox, carrier } = await open()
      const [one] = await sealed(world, 1)
      if (one === undefined) throw new Error('One envelope was asked for.')
      await expect(carrier.deliver('org.b', [{ ...one, jwe: 'x'.repeat(MAX_INNER * 2 + 1) }])).rejects.toMatchObject({
        code: 'carrier.envelope-size',
      })
      await expect(
        carrier.deliver(
          'org.b',
          Array.from({ length: mostEnvelopes + 1 }, () => one),
        ),
      ).rejects.toMatchObject({
        code: 'carrier.batch',
      })
      await expect(carrier.deliver('org.b', [])).rejects.toMatchObject({ code: 'carrier.batch' })
      expect(inbox.peers).toEqual([])
    })

    it('(L20) refuses what a node signed in the name of an organisation that it does not serve', async () => {
      const { rig, world, inbox } = await open()
      const { c } = world.keys
      const forger: NodeKeys = { ...c, orgs: { 'org.a': c.orgs['org.c'] as NodeKeys['orgs'][string] } }
      const forged = await sealEnvelope(requestOf(), forger, world.directory())
      // Where the carrier knows no peer, the answer goes to the organisation that was named, which has not asked.
      const answers = await (await rig.carrier('c', 1500)).deliver('org.b', [forged]).catch(() => [])
      expect(answers).toEqual(knowsPeer ? [{ state: 'refused' }] : [])
      // Where nobody answers, the sender may have given up before the envelope came.
      await eventually(() => inbox.peers.length > 0)
      expect(inbox.peers).toHaveLength(1)
      expect(inbox.effects).toEqual([])
    })

    it.skipIf(!knowsPeer)('refuses an envelope that another node than its sender brings', async () => {
      const { rig, world, inbox } = await open()
      const envelopes = await sealed(world, 1)
      expect(await (await rig.carrier('c')).deliver('org.b', envelopes)).toEqual([{ state: 'refused' }])
      expect(inbox.effects).toEqual([])
    })

    it.skipIf(knowsPeer)('names no peer: who sent an envelope says its signature', async () => {
      const { world, inbox, carrier } = await open()
      await carrier.deliver('org.b', await sealed(world, 1))
      expect(new Set(inbox.peers)).toEqual(new Set([null]))
    })

    it('stops cleanly: nothing stays open, on either side', async () => {
      const before = openHandles()
      const { rig, world, carrier } = await open()
      await carrier.deliver('org.b', await sealed(world, 1))
      rigs.splice(rigs.indexOf(rig), 1)
      await rig.stop()
      await eventually(() => openHandles() <= before)
      expect(openHandles()).toBeLessThanOrEqual(before)
    })
  })
}
