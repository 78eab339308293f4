/**
 * Another coalition's directory: trusted by nobody until two officers have each brought the same anchor; then verified by its own stewards, held apart,
 * refused when it is old, forked, run out, signed by others, or names what is named here; found by name, and never addressed.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  confirmAnchor,
  createItem,
  endAnchor,
  findPartnerDesks,
  listAnchors,
  listDirectory,
  proposeAnchor,
  showDirectory,
  takePartnerDirectory,
} from '#modules/exchange/contract'
import { addOfficer } from '#modules/identity'
import type { Directory } from '#platform/link/directory.ts'
import { digestOf, signDirectory } from '#platform/link/directory-store.ts'
import { sealEnvelope } from '#platform/link/envelope.ts'
import type { PrivateKey } from '#platform/link/jose.ts'
import { requestOf } from '#platform/link/link-fixture.ts'
import { spkiOf } from '#platform/link/node-keys.ts'
import { anchorDigest } from '#platform/link/stewardship.ts'
import { type Client, signedInClient } from '../../src/app/client.ts'
import { type Coalition, foundCoalition } from '../../src/app/coalition.ts'
import { ORGS } from '../../src/app/demo/world.ts'
import { PASSWORD, startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'

const LAGOS = {
  ...ORGS[0]!,
  id: 'ng.customs',
  name: 'Customs Lagos',
  country: 'NG',
  units: ORGS[0]!.units.map((unit) => ({
    ...unit,
    id: unit.id.replace('ec.pcu', 'ng.customs'),
    name: unit.name.replace('Guayaquil', 'Lagos'),
  })),
}

let coalition: TestCoalition
let partner: Coalition
let first: Client
let second: Client
let officer: Client
let folder: string
let token: string
const later = (days: number) => new Date(coalition.clock.now().getTime() + days * 86_400_000).toISOString()

const documentOf = ({ coalition: name, steering, threshold }: Directory) => ({ v: 1, coalition: name, stewards: [...steering], threshold })
const signed = async (change: Partial<Directory>, stewards: readonly PrivateKey[] = partner.stewards.slice(0, 2)) =>
  await signDirectory({ ...partner.directory, ...change }, stewards)
const take = async (client: Client, anchor: string, text: string) =>
  await client.upload(takePartnerDirectory, { anchor }, Buffer.from(text))

async function propose(client: Client, directory = partner.directory): Promise<string> {
  const asked = { document: documentOf(directory), reason: 'Agreement of March', until: later(90), key: randomUUID() }
  return (await client.call(proposeAnchor, asked)).anchor
}

async function supervisor(account: string, desk = 'ec.pcu.guayaquil'): Promise<Client> {
  const node = coalition.node('ec-guayaquil')
  await addOfficer(node.services, {
    account,
    officer: `ec-guayaquil.${account}`,
    name: account,
    roles: ['supervisor'],
    desks: [desk],
    password: PASSWORD,
    demonstration: true,
  })
  return await signedInClient({ url: node.url, account, password: PASSWORD, desk, purpose: 'crime-prevention' })
}

beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['ec-guayaquil'] })
  folder = mkdtempSync(path.join(tmpdir(), 'partner-'))
  partner = await foundCoalition({
    name: 'west-africa',
    orgs: [LAGOS],
    nodes: [{ id: 'ng-lagos', title: 'Lagos', orgs: ['ng.customs'], home: path.join(folder, 'ng-lagos'), endpoint: 'https://127.0.0.1:9' }],
    now: coalition.clock.now(),
    demonstration: false,
  })
  token = readFileSync(path.join(folder, 'ng-lagos', 'directory.jws'), 'utf8')
  first = await supervisor('first')
  second = await supervisor('second')
  officer = await coalition.client('guayaquil', 'crime-prevention')
})
afterAll(async () => {
  await coalition.stop()
  rmSync(folder, { recursive: true, force: true })
})

let anchor: string

const draftTo = (desk: string) => ({
  title: 'To Lagos',
  fields: [{ id: 'what', label: 'What', value: 'x', handling: { H: [], tlp: 'GREEN' as const, pap: 'CLEAR' as const, conditions: [] } }],
  recipients: [desk],
  evaluation: { source: 'B' as const, info: 2 },
  legalBasis: { act: 'Coalition policy', art: 'information exchange' },
  personalData: { yes: false, categories: [] },
})

describe('an anchor', () => {
  it('is proposed and confirmed by supervisors only', async () => {
    await expect(propose(officer)).rejects.toMatchObject({ status: 404 })
    anchor = await propose(first)
    await expect(officer.call(confirmAnchor, { anchor, document: documentOf(partner.directory) })).rejects.toMatchObject({ status: 404 })
  })

  it('is not that of the own coalition, has an end, and is no rubbish', async () => {
    await expect(propose(first, coalition.founded.directory)).rejects.toMatchObject({ code: 'exchange.anchor-own' })
    const asked = { document: documentOf(partner.directory), reason: 'For ever', key: randomUUID() }
    await expect(first.call(proposeAnchor, { ...asked, until: later(401) })).rejects.toMatchObject({ code: 'exchange.anchor-until' })
    await expect(first.call(proposeAnchor, { ...asked, until: later(-1) })).rejects.toMatchObject({ code: 'exchange.anchor-until' })
    await expect(first.call(proposeAnchor, { ...asked, document: { v: 1 }, until: later(9) })).rejects.toMatchObject({
      code: 'directory.anchor',
    })
  })

  it('trusts nobody while one person alone stands for it', async () => {
    await expect(take(first, anchor, token)).rejects.toMatchObject({ code: 'exchange.anchor-state' })
    await expect(first.call(confirmAnchor, { anchor, document: documentOf(partner.directory) })).rejects.toMatchObject({
      code: 'exchange.same-person',
    })
    expect((await second.call(listAnchors, {})).items).toMatchObject([{ state: 'proposed', mayConfirm: true }])
    expect((await first.call(listAnchors, {})).items).toMatchObject([{ state: 'proposed', mayConfirm: false }])
    expect((await officer.call(listAnchors, {})).items).toMatchObject([{ state: 'proposed', mayConfirm: false }])
  })

  it('is confirmed by the very same anchor, brought by the second person', async () => {
    const other = { ...documentOf(partner.directory), threshold: 1 }
    await expect(second.call(confirmAnchor, { anchor, document: other })).rejects.toMatchObject({ code: 'exchange.anchor-differs' })
    const reordered = { ...documentOf(partner.directory), stewards: [...partner.directory.steering].toReversed() }
    await second.call(confirmAnchor, { anchor, document: reordered })
    const { steering, threshold } = partner.directory
    expect((await officer.call(listAnchors, {})).items).toMatchObject([
      { state: 'confirmed', digest: anchorDigest('west-africa', { stewards: steering, threshold }) },
    ])
    await expect(second.call(confirmAnchor, { anchor, document: reordered })).rejects.toMatchObject({ code: 'exchange.anchor-state' })
  })

  it('is one for each coalition', async () => {
    const again = await propose(first)
    await expect(second.call(confirmAnchor, { anchor: again, document: documentOf(partner.directory) })).rejects.toMatchObject({
      code: 'exchange.anchor-exists',
    })
    await first.call(endAnchor, { anchor: again, reason: 'Proposed twice' })
  })

  it('is the same for a repeat of its key at its desk, and another for the same key at another desk', async () => {
    await coalition.direct((held) => ({
      orgs: held.orgs.map((org) =>
        org.id === 'ec.pcu'
          ? { ...org, units: [...org.units, { ...org.units[0]!, id: 'ec.pcu.manta', name: 'Port Control Unit Manta' }] }
          : org,
      ),
    }))
    const manta = await supervisor('manta', 'ec.pcu.manta')
    const asked = { document: documentOf(partner.directory), reason: 'Agreement of March', until: later(90), key: randomUUID() }
    const one = await first.call(proposeAnchor, asked)
    expect(await first.call(proposeAnchor, asked)).toEqual(one)
    const other = await manta.call(proposeAnchor, asked)
    expect(other.anchor).not.toBe(one.anchor)
    for (const each of [one, other]) await first.call(endAnchor, { anchor: each.anchor, reason: 'Proposed twice' })
    await coalition.direct((held) => ({
      orgs: held.orgs.map((org) => ({ ...org, units: org.units.filter(({ id }) => id !== 'ec.pcu.manta') })),
    }))
  })
})

describe('the directory of a partner', () => {
  it('is refused when too few signed, others signed, it ran out, or it is of another coalition', async () => {
    const cases: readonly [string, string][] = [
      ['directory.threshold', await signed({}, partner.stewards.slice(0, 1))],
      ['directory.threshold', await signed({}, coalition.founded.stewards)],
      ['directory.expired', await signed({ issued: '2026-01-01T00:00:00.000Z', expires: '2026-01-02T00:00:00.000Z' })],
      ['directory.coalition', await signed({ coalition: 'other' })],
      ['directory.form', 'rubbish'],
      ['directory.form', '{}'],
    ]
    for (const [code, text] of cases) await expect(take(first, anchor, text), code).rejects.toMatchObject({ code })
    expect((await officer.call(findPartnerDesks, {})).items).toEqual([])
  })

  it('may name nothing that is named here', async () => {
    const [own] = coalition.node('ec-guayaquil').services.directory().orgs
    const [theirs] = partner.directory.orgs
    const node = theirs!.nodes[0]!
    const collisions: Partial<Directory>[] = [
      { orgs: [{ ...theirs!, id: own!.id }] },
      { orgs: [{ ...theirs!, units: [{ ...theirs!.units[0]!, id: own!.units[0]!.id }] }] },
      { orgs: [{ ...theirs!, nodes: [{ ...node, id: own!.nodes[0]!.id }] }] },
      { orgs: [{ ...theirs!, nodes: [{ ...node, keys: own!.nodes[0]!.keys.map((key) => ({ ...key, kid: `theirs-${key.kid}` })) }] }] },
    ]
    for (const change of collisions)
      await expect(take(first, anchor, await signed(change))).rejects.toMatchObject({ code: 'exchange.partner-collision' })
  })

  it('is taken, found by name, and only goes on', async () => {
    expect(await take(first, anchor, token)).toMatchObject({ version: 1, authorities: 1 })
    expect((await officer.call(findPartnerDesks, { text: 'lagos' })).items).toMatchObject([
      { coalition: 'west-africa', authority: 'ng.customs', desk: 'ng.customs.guayaquil' },
    ])
    const second = await signed({ version: 2, prevDigest: digestOf(token) })
    await take(first, anchor, second)
    await expect(take(first, anchor, token)).rejects.toMatchObject({ code: 'directory.rollback' })
    await expect(take(first, anchor, await signed({ version: 2, prevDigest: digestOf(token), expires: later(5) }))).rejects.toMatchObject({
      code: 'directory.fork',
    })
    await expect(take(first, anchor, await signed({ version: 3, prevDigest: digestOf(token) }))).rejects.toMatchObject({
      code: 'directory.fork',
    })
  })

  it('changes nothing here: its desks are in no list of ours, are not addressed, and its nodes are strangers', async () => {
    expect(JSON.stringify(await officer.call(listDirectory, {}))).not.toContain('ng.customs')
    expect(JSON.stringify(await officer.call(showDirectory, {}))).not.toContain('ng.customs')
    const draft = {
      title: 'To Lagos',
      fields: [
        { id: 'what', label: 'What', value: 'x', handling: { H: [], tlp: 'GREEN' as const, pap: 'CLEAR' as const, conditions: [] } },
      ],
      recipients: ['ng.customs.guayaquil'],
      evaluation: { source: 'B' as const, info: 2 },
      legalBasis: { act: 'Coalition policy', art: 'information exchange' },
      personalData: { yes: false, categories: [] },
    }
    await expect(officer.call(createItem, { draft, key: randomUUID() })).rejects.toMatchObject({ status: 422 })
    const keys = partner.keys.get('ng-lagos')!
    const ours = coalition.node('ec-guayaquil').services.directory()
    const envelope = await sealEnvelope(
      requestOf({ from: { org: 'ng.customs', unit: 'ng.customs.guayaquil' }, to: [{ org: 'ec.pcu', unit: 'ec.pcu.guayaquil' }] }),
      keys,
      ours,
    )
    expect(await coalition.node('ec-guayaquil').link.take([envelope], spkiOf(keys.tls.cert))).toEqual([{ state: 'refused' }])
  })

  it('is found no more when a name of it is named here since', async () => {
    const [theirs] = partner.directory.orgs
    await coalition.direct((held) => ({ orgs: [...held.orgs, { ...theirs!, nodes: [], name: 'Ours of that name' }] }))
    expect((await officer.call(findPartnerDesks, {})).items).toEqual([])
    expect((await officer.call(listAnchors, {})).items.find((each) => each.anchor === anchor)?.directory?.standing).toBe('collides')
    await coalition.direct((held) => ({ orgs: held.orgs.filter(({ id }) => id !== 'ng.customs') }))
    expect((await officer.call(findPartnerDesks, {})).items).toHaveLength(1)
  })

  it('does not tell of a member that may not be seen: a name of it is taken in as any other, and ours stays ours', async () => {
    const [theirs] = partner.directory.orgs
    const hidden = { ...theirs!, id: 'zz.hidden', units: [{ ...theirs!.units[0]!, id: 'zz.hidden.desk' }], nodes: [] }
    await coalition.direct((held) => ({ orgs: [...held.orgs, { ...hidden, name: 'Ours', visibleTo: ['be.customs'] }] }))
    const second = await signed({ version: 2, prevDigest: digestOf(token) })
    const third = await signed({ version: 3, prevDigest: digestOf(second), orgs: [theirs!, { ...hidden, name: 'Theirs' }] })
    expect(await take(first, anchor, third)).toMatchObject({ version: 3 })
    expect(
      coalition
        .node('ec-guayaquil')
        .services.directory()
        .orgs.find(({ id }) => id === 'zz.hidden')?.name,
    ).toBe('Ours')
    await expect(officer.call(createItem, { draft: draftTo('zz.hidden.desk'), key: randomUUID() })).rejects.toMatchObject({ status: 422 })
  })

  it('follows its stewards when these hand over? Only by a succession that they signed', async () => {
    const strangers = coalition.founded.directory.steering
    await expect(take(first, anchor, await signed({ version: 4, steering: strangers, prevDigest: digestOf(token) }))).rejects.toMatchObject(
      { code: 'directory.succession' },
    )
  })

  it('is found no more once one person ended the trust, and no older one comes in under the same stewards', async () => {
    await second.call(endAnchor, { anchor, reason: 'Agreement ended' })
    expect((await officer.call(findPartnerDesks, {})).items).toEqual([])
    await expect(take(first, anchor, token)).rejects.toMatchObject({ code: 'exchange.anchor-state' })
    await expect(second.call(endAnchor, { anchor, reason: 'Twice' })).rejects.toMatchObject({ code: 'exchange.anchor-state' })
    const again = await propose(second)
    await first.call(confirmAnchor, { anchor: again, document: documentOf(partner.directory) })
    await expect(take(first, again, token)).rejects.toMatchObject({ code: 'directory.rollback' })
    expect((await officer.call(findPartnerDesks, {})).items).toHaveLength(2)
  })

  it('is found no more when it, or the trust in it, has run out', async () => {
    coalition.clock.advance(24 * 11)
    officer = await coalition.client('guayaquil', 'crime-prevention')
    expect((await officer.call(findPartnerDesks, {})).items).toEqual([])
    const standings = async () => (await officer.call(listAnchors, {})).items.filter(({ state }) => state !== 'ended')
    expect(await standings()).toMatchObject([{ state: 'confirmed', directory: { standing: 'run-out' } }])
    coalition.clock.advance(24 * 80)
    officer = await coalition.client('guayaquil', 'crime-prevention')
    expect(await standings()).toMatchObject([{ state: 'run-out' }])
  })
})
