/**
 * A coalition grows and changes its keys: Rotterdam applies, proves, is vouched for, admitted and signed in, and exchanges a message with Guayaquil; it
 * changes its keys while a message waits; a key is revoked, a member suspended, the stewards hand over, the directory is renewed and runs out. The
 * commands are those of the command line, the nodes are real and speak HTTPS; no private key leaves the folder it was made in, nobody types one.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createItem, type ItemDraft, listItems } from '#modules/exchange/contract'
import { addOfficer } from '#modules/identity'
import { readSettings } from '#platform/config/settings.ts'
import { sealEnvelope } from '#platform/link/envelope.ts'
import { evidenceReader } from '#platform/link/evidence.ts'
import { requestOf } from '#platform/link/link-fixture.ts'
import { type NodeKeys, readNodeKeys, spkiOf } from '#platform/link/node-keys.ts'
import { type Client, signedInClient } from '../../src/app/client.ts'
import { coalitionCommands } from '../../src/app/commands/coalition.ts'
import { freePort } from '../../src/app/demo/free-port.ts'
import { type RunningNode, startNode } from '../../src/app/node.ts'
import { PASSWORD, startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { type FreshDatabase, freshDatabase } from '../../src/testing/postgres.ts'

const ROTTERDAM = {
  id: 'nl.customs',
  name: 'Customs Netherlands',
  kind: 'customs',
  realm: 'customs',
  country: 'NL',
  thirdCountry: false,
  units: [
    {
      id: 'nl.customs.rotterdam',
      name: 'Customs Rotterdam',
      services: [],
      places: ['NLRTM'],
      purposes: ['customs-control', 'crime-prevention'],
      zone: 'Europe/Amsterdam',
      calendar: 'NL',
    },
    {
      id: 'nl.customs.dpo',
      name: 'DPO',
      services: ['oversight'],
      places: [],
      purposes: ['data-protection-supervision'],
      zone: 'UTC',
      calendar: 'NL',
    },
  ],
}

let coalition: TestCoalition
let folder: string
let database: FreshDatabase
let rotterdam: RunningNode | undefined
let port: number
let version = 1
const said: string[] = []
const io = { out: (line: string) => void said.push(line), err: (line: string) => void said.push(line) }
const file = (name: string) => path.join(folder, name)
const homeOf = (node: string) => (node === 'nl-rotterdam' ? file('rotterdam') : coalition.home(node))

/** One command as a person types it, on the machine of a node. Answers the exit code and what was said. */
async function at(node: string, line: string): Promise<{ readonly code: number; readonly text: string }> {
  const words = line.split(' ')
  const name = words.slice(0, 2).join(' ')
  const args = words.slice(2).map((word) => (/\.(json|jws|pub|key|secret)$/.test(word) ? file(word) : word))
  process.env['BREAKWATER_HOME'] = homeOf(node)
  said.length = 0
  const code = (await coalitionCommands(io)[name]?.(args)) ?? 2
  return { code, text: said.join('\n') }
}

async function done(node: string, line: string): Promise<string> {
  const { code, text } = await at(node, line)
  expect(code, `${line}: ${text}`).toBe(0)
  return text
}

/** The directory in force, as the last one who took it holds it. */
const held = () => path.join(homeOf('ec-guayaquil'), 'directory.jws')

/** Two stewards sign a draft; Guayaquil takes it and tells the others. */
async function signIn(draft: string, signers: readonly string[] = ['steward-1.key', 'steward-2.key']): Promise<string> {
  version += 1
  await done('ec-guayaquil', `directory sign ${draft} --steward ${signers[0]} --out v${version}-half.jws`)
  await done('ec-guayaquil', `directory sign v${version}-half.jws --steward ${signers[1]} --out v${version}.jws`)
  return `v${version}.jws`
}

async function everywhere(signed: string): Promise<void> {
  await done('ec-guayaquil', `directory accept ${signed}`)
  await reaches()
}

async function reaches(): Promise<void> {
  for (const node of running()) await node.link.sweep()
  await coalition.eventually(
    async () => running().map((node) => node.services.directory().version),
    (seen) => seen.every((each) => each === version),
  )
}

/** Versions that entries of a node's log name. */
async function logged(node: string, event: string): Promise<readonly number[]> {
  return await coalition.node(node).services.database.asWorker('test', async (tx) => {
    const { rows } = await sql<{
      version: number
    }>`select (detail->>'version')::int as version from audit.events where event = ${event}`.execute(tx)
    return rows.map((row) => row.version)
  })
}

const running = () => [coalition.node('ec-guayaquil'), coalition.node('be-antwerp'), ...(rotterdam === undefined ? [] : [rotterdam])]

async function startRotterdam(): Promise<void> {
  rotterdam = await startNode({
    settings: readSettings({
      BREAKWATER_HOME: homeOf('nl-rotterdam'),
      DATABASE_URL: database.url,
      BREAKWATER_WEB_PORT: '0',
      BREAKWATER_LINK_PORT: String(port),
      BREAKWATER_LOG: process.env['BREAKWATER_TEST_LOG'] ?? 'silent',
    }),
    clock: coalition.clock,
  })
}

async function stopRotterdam(): Promise<void> {
  await rotterdam?.stop()
  rotterdam = undefined
}

async function officer(): Promise<Client> {
  if (rotterdam === undefined) throw new Error('Rotterdam does not run.')
  return await signedInClient({
    url: rotterdam.url,
    account: 'rotterdam',
    password: PASSWORD,
    desk: 'nl.customs.rotterdam',
    purpose: 'crime-prevention',
  })
}

const draftTo = (desk: string, title: string): ItemDraft =>
  ({
    title,
    kind: 'push',
    fields: [{ id: 'what', label: 'What', value: title, handling: { H: [], tlp: 'GREEN', pap: 'CLEAR', conditions: [] } }],
    recipients: [desk],
    evaluation: { source: 'B', info: 2 },
    legalBasis: { act: 'Coalition policy', art: 'information exchange' },
    personalData: { yes: false, categories: [] },
  }) as unknown as ItemDraft

async function tell(from: Client, desk: string, title: string): Promise<void> {
  await from.call(createItem, { draft: draftTo(desk, title), key: randomUUID() })
}

async function hears(client: Client, title: string): Promise<void> {
  await coalition.eventually(
    async () => (await client.call(listItems, { side: 'received' })).items.map((item) => item.title),
    (titles) => titles.includes(title),
  )
}

const guayaquil = async () => await coalition.client('guayaquil', 'crime-prevention')

/** What Guayaquil's node makes of an envelope that Rotterdam's keys seal now. */
async function takes(keys: NodeKeys, id: string): Promise<string> {
  const directory = coalition.node('ec-guayaquil').services.directory()
  const now = coalition.clock.now()
  const request = requestOf({
    id,
    from: { org: 'nl.customs', unit: 'nl.customs.rotterdam' },
    to: [{ org: 'ec.pcu', unit: 'ec.pcu.guayaquil' }],
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + 3_600_000).toISOString(),
    seq: 1000,
    retention: { reviewAt: now.toISOString(), deleteBy: new Date(now.getTime() + 86_400_000).toISOString() },
  })
  const envelope = await sealEnvelope(request, keys, directory)
  const [answer] = await coalition.node('ec-guayaquil').link.take([envelope], spkiOf(keys.tls.cert))
  return answer?.state ?? 'nothing'
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'enrolment-'))
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'be-antwerp'] })
  database = await freshDatabase()
  port = await freePort()
  for (const [index, steward] of coalition.founded.stewards.entries())
    writeFileSync(file(`steward-${index + 1}.key`), JSON.stringify(steward))
  writeFileSync(file('authority.json'), JSON.stringify(coalition.founded.authority))
  writeFileSync(file('org.json'), JSON.stringify(ROTTERDAM))
})
afterAll(async () => {
  delete process.env['BREAKWATER_HOME']
  await stopRotterdam()
  await coalition.stop()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

describe('a new authority', () => {
  it('makes its keys where they stay, and shows only their public halves', async () => {
    await done('nl-rotterdam', `node new --id nl-rotterdam --title Rotterdam --org nl.customs --endpoint https://127.0.0.1:${port}`)
    const pending = path.join(homeOf('nl-rotterdam'), 'pending.json')
    expect(statSync(pending).mode & 0o777).toBe(0o600)
    await done('nl-rotterdam', 'node apply --org org.json --out application.json')
    expect(readFileSync(file('application.json'), 'utf8')).not.toMatch(/"d":|PRIVATE/)
    const again = await at('nl-rotterdam', `node new --id other --title Other --org nl.customs --endpoint https://127.0.0.1:${port}`)
    expect(again).toMatchObject({ code: 1, text: expect.stringContaining('node.pending') })
  })

  it('proves them against a challenge, and a member vouches', async () => {
    await done('ec-guayaquil', 'directory challenge application.json --out challenge.json --secret challenge.secret')
    await done('nl-rotterdam', 'node answer challenge.json --out proof.json')
    await done('be-antwerp', 'node vouch proof.json --as be.customs --out vouched.json')
  })

  it('is admitted, with everything that changes said to whoever signs', async () => {
    writeFileSync(file('held.jws'), readFileSync(held()))
    await done('ec-guayaquil', 'directory draft --from held.jws --out draft.json')
    const admit = (proof: string) =>
      `directory admit ${proof} --secret challenge.secret --draft draft.json --out admitted.json --authority authority.json --welcome welcome.json`
    expect(await at('ec-guayaquil', admit('proof.json'))).toMatchObject({ code: 1, text: expect.stringContaining('enrolment.no-sponsor') })
    const text = await done('ec-guayaquil', admit('vouched.json'))
    expect(text).toContain('nl.customs is new: Customs Netherlands, NL, customs')
    const shown = JSON.parse(await done('ec-guayaquil', 'directory show admitted.json --against held.jws --json')) as { changes: string[] }
    expect(shown.changes.filter((change) => change.includes('key '))).toHaveLength(4)
  })

  it('begins when two stewards signed and somebody read out the anchor, not before', async () => {
    await done('ec-guayaquil', 'directory sign admitted.json --steward steward-1.key --out half.jws')
    const anchor = (JSON.parse(await done('ec-guayaquil', 'directory show held.jws --json')) as { anchor: string }).anchor
    const early = await at('nl-rotterdam', `node join welcome.json --directory half.jws --anchor ${anchor}`)
    expect(early).toMatchObject({ code: 1, text: expect.stringContaining('directory.threshold') })
    const signed = await signIn('admitted.json')
    expect(await at('nl-rotterdam', `node join welcome.json --directory ${signed}`)).toMatchObject({ code: 1 })
    expect(await at('nl-rotterdam', `node join welcome.json --directory ${signed} --anchor ${'0'.repeat(64)}`)).toMatchObject({ code: 1 })
    await done('nl-rotterdam', `node join welcome.json --directory ${signed} --anchor ${anchor}`)
    for (const name of ['secrets.json', 'node.json', 'directory.jws'])
      expect(statSync(path.join(homeOf('nl-rotterdam'), name)).mode & 0o777).toBe(0o600)
    await startRotterdam()
    if (rotterdam === undefined) return
    await addOfficer(rotterdam.services, {
      account: 'rotterdam',
      officer: 'nl-rotterdam.rotterdam',
      name: 'Officer',
      roles: ['officer'],
      desks: ['nl.customs.rotterdam'],
      password: PASSWORD,
      demonstration: true,
    })
    // Only Guayaquil was given it; Antwerp hears of it from its peers, and its log keeps it.
    await everywhere(signed)
    await coalition.eventually(
      async () => await logged('be-antwerp', 'exchange.directory-accepted'),
      (versions) => versions.includes(2),
    )
  })

  it('exchanges messages with members over HTTPS, both ways', async () => {
    await tell(await guayaquil(), 'nl.customs.rotterdam', 'First to Rotterdam')
    await hears(await officer(), 'First to Rotterdam')
    await tell(await officer(), 'ec.pcu.guayaquil', 'First from Rotterdam')
    await hears(await guayaquil(), 'First from Rotterdam')
  })
})

let oldKeys: NodeKeys
let oldEvidence: { readonly token: string; readonly at: Date }

describe('new keys of a member', () => {
  it('come in vouched for by its old seal, while a message waits that is sealed to its old key', async () => {
    oldKeys = readNodeKeys(homeOf('nl-rotterdam'))
    const { rows } = await coalition.node('ec-guayaquil').services.database.asWorker(
      'test',
      async (tx) =>
        await sql<{
          token: string
          at: Date
        }>`select token, at from link.evidence where issuer = 'nl-rotterdam' order by at limit 1`.execute(tx),
    )
    oldEvidence = rows[0] ?? { token: '', at: new Date(0) }
    await stopRotterdam()
    await tell(await guayaquil(), 'nl.customs.rotterdam', 'While you were out')
    await coalition.eventually(
      async () =>
        await coalition.node('ec-guayaquil').services.database.asWorker(
          'test',
          async (tx) =>
            (
              await sql<{
                n: number
              }>`select count(*)::int as n from link.outbox where to_org = 'nl.customs' and state = 'waiting' and envelope is not null and request->'body'->>'type' = 'exchange.item'`.execute(
                tx,
              )
            ).rows[0]?.n,
        ),
      (waiting) => waiting === 1,
    )
    await done('nl-rotterdam', 'node rotate')
    await done('nl-rotterdam', 'node apply --as nl.customs --out rotation.json')
    await done('ec-guayaquil', 'directory challenge rotation.json --out challenge2.json --secret challenge2.secret')
    await done('nl-rotterdam', 'node answer challenge2.json --out proof2.json')
    await done('be-antwerp', 'node vouch proof2.json --as be.customs --out wrong.json')
    await done('nl-rotterdam', 'node vouch proof2.json --as nl.customs --out right.json')
    writeFileSync(file('held2.jws'), readFileSync(held()))
    await done('ec-guayaquil', 'directory draft --from held2.jws --out draft2.json')
    const admit = (proof: string) =>
      `directory admit ${proof} --secret challenge2.secret --draft draft2.json --out admitted2.json --authority authority.json --welcome welcome2.json`
    expect(await at('ec-guayaquil', admit('wrong.json'))).toMatchObject({
      code: 1,
      text: expect.stringContaining('enrolment.member-exists'),
    })
    await done('ec-guayaquil', admit('right.json'))
    const early = await at('nl-rotterdam', 'node join welcome2.json')
    expect(early).toMatchObject({ code: 1, text: expect.stringContaining('node.not-admitted') })
    await everywhere(await signIn('admitted2.json'))
  })

  it('overlap with the old ones: not restarted yet, the node still opens what is sealed now', async () => {
    await startRotterdam()
    await rotterdam?.link.sweep()
    await tell(await guayaquil(), 'nl.customs.rotterdam', 'To both keys')
    await hears(await officer(), 'To both keys')
    await hears(await officer(), 'While you were out')
    await reaches()
  })

  it('are in force from the next start, and open what came under the old ones', async () => {
    await stopRotterdam()
    await tell(await guayaquil(), 'nl.customs.rotterdam', 'Between two keys')
    await done('nl-rotterdam', 'node join welcome2.json')
    const keys = readNodeKeys(homeOf('nl-rotterdam'))
    expect(keys.sig.kid).not.toBe(oldKeys.sig.kid)
    expect(keys.log.kid).toBe(oldKeys.log.kid)
    await startRotterdam()
    await hears(await officer(), 'Between two keys')
    await tell(await officer(), 'ec.pcu.guayaquil', 'With new keys')
    await hears(await guayaquil(), 'With new keys')
  })

  it('make the old ones worthless once these are revoked, a second back; what was evidenced before holds', async () => {
    expect(await takes(oldKeys, '01a20000-0000-7000-8000-00000000000a')).toBe('taken')
    writeFileSync(file('held3.jws'), readFileSync(held()))
    const second = new Date(Date.now() - 1000).toISOString()
    const revoked = [oldKeys.sig, oldKeys.orgs['nl.customs']?.seal, oldKeys.orgs['nl.customs']?.enc]
      .map((key) => `--revoke ${key?.kid}`)
      .join(' ')
    await done(
      'ec-guayaquil',
      `directory draft --from held3.jws --out revoked.json ${revoked} --revoke pin:${spkiOf(oldKeys.tls.cert)} --at ${second}`,
    )
    await everywhere(await signIn('revoked.json'))
    expect(await takes(oldKeys, '01a20000-0000-7000-8000-00000000000b')).toBe('refused')
    expect(await takes(readNodeKeys(homeOf('nl-rotterdam')), '01a20000-0000-7000-8000-00000000000c')).toBe('taken')
    const directory = coalition.node('ec-guayaquil').services.directory()
    expect(await evidenceReader(directory, oldEvidence.at).read(oldEvidence.token)).toMatchObject({
      issuer: 'nl-rotterdam',
      positive: true,
    })
    await expect(evidenceReader(directory, coalition.clock.now()).read(oldEvidence.token)).rejects.toMatchObject({ code: 'key.unknown' })
  })
})

describe('a member that is suspended', () => {
  it('is neither addressed nor heard, and what it stated before holds; resumed, it is a member again', async () => {
    writeFileSync(file('held4.jws'), readFileSync(held()))
    await done('ec-guayaquil', 'directory draft --from held4.jws --out suspended.json --suspend nl.customs')
    await done('ec-guayaquil', `directory accept ${await signIn('suspended.json')}`)
    await coalition.node('ec-guayaquil').link.sweep()
    const keys = readNodeKeys(homeOf('nl-rotterdam'))
    expect(coalition.node('ec-guayaquil').services.directory().version).toBe(version)
    await expect(tell(await guayaquil(), 'nl.customs.rotterdam', 'To nobody')).rejects.toMatchObject({ status: 422 })
    expect(await takes(keys, '01a20000-0000-7000-8000-00000000000d')).toBe('refused')
    const directory = coalition.node('ec-guayaquil').services.directory()
    expect(await evidenceReader(directory, oldEvidence.at).read(oldEvidence.token)).toMatchObject({ positive: true })
    await done('ec-guayaquil', `directory draft --from v${version}.jws --out resumed.json --resume nl.customs`)
    await everywhere(await signIn('resumed.json'))
    expect(await takes(keys, '01a20000-0000-7000-8000-00000000000e')).toBe('taken')
  })
})

describe('a directory', () => {
  it('is not rolled back, and not forked', async () => {
    expect(await at('ec-guayaquil', `directory accept v${version - 1}.jws`)).toMatchObject({
      code: 1,
      text: expect.stringContaining('directory.rollback'),
    })
    await done('ec-guayaquil', `directory draft --from v${version - 1}.jws --out fork.json`)
    await done('ec-guayaquil', 'directory sign fork.json --steward steward-1.key --out fork-half.jws')
    await done('ec-guayaquil', 'directory sign fork-half.jws --steward steward-3.key --out fork.jws')
    expect(await at('ec-guayaquil', 'directory accept fork.jws')).toMatchObject({
      code: 1,
      text: expect.stringContaining('directory.fork'),
    })
    await done('ec-guayaquil', 'directory draft --from fork.jws --out fork2.json')
    await done('ec-guayaquil', 'directory sign fork2.json --steward steward-1.key --out fork2-half.jws')
    await done('ec-guayaquil', 'directory sign fork2-half.jws --steward steward-3.key --out fork2.jws')
    expect(await at('ec-guayaquil', 'directory accept fork2.jws')).toMatchObject({
      code: 1,
      text: expect.stringContaining('directory.fork'),
    })
  })

  it('passes to other stewards, and nodes follow by the signatures of both', async () => {
    for (const each of ['new-1', 'new-2', 'new-3']) await done('ec-guayaquil', `steward new --name ${each} --out ${each}.key`)
    const current = `v${version}.jws`
    const pubs = ['new-1', 'new-2', 'new-3'].map((each) => `--steward ${each}.key.pub`).join(' ')
    await done('ec-guayaquil', `directory succeed --from ${current} ${pubs} --threshold 2 --out succession.json`)
    let statement = 'succession.json'
    for (const [index, key] of ['steward-1', 'steward-3', 'new-1', 'new-2'].entries()) {
      await done('ec-guayaquil', `directory sign ${statement} --steward ${key}.key --out succession-${index}.jws`)
      statement = `succession-${index}.jws`
    }
    await done('ec-guayaquil', `directory draft --from ${current} --succession ${statement} --out handed.json`)
    await everywhere(await signIn('handed.json', ['new-1.key', 'new-2.key']))
    // Those who handed over sign in vain.
    await done('ec-guayaquil', `directory draft --from v${version}.jws --out late.json`)
    await done('ec-guayaquil', 'directory sign late.json --steward steward-1.key --out late-half.jws')
    await done('ec-guayaquil', 'directory sign late-half.jws --steward steward-2.key --out late.jws')
    expect(await at('be-antwerp', 'directory accept late.jws')).toMatchObject({
      code: 1,
      text: expect.stringContaining('directory.threshold'),
    })
    await tell(await guayaquil(), 'nl.customs.rotterdam', 'Under new stewards')
    await hears(await officer(), 'Under new stewards')
  })

  it('that runs out stops the traffic, until it is renewed', async () => {
    coalition.clock.advance(24 * 11)
    const node = coalition.node('ec-guayaquil')
    expect(() => node.services.directory()).toThrow(expect.objectContaining({ code: 'directory.expired' }))
    await expect(node.link.take([{ outer: 'a.b.c', jwe: '{}' }], null)).rejects.toMatchObject({ code: 'directory.expired' })
    await done('ec-guayaquil', `directory draft --from v${version}.jws --out renewed.json --days 40`)
    const signed = await signIn('renewed.json', ['new-2.key', 'new-3.key'])
    // Nobody can tell the others any more: each operator lays it into its node.
    for (const home of ['ec-guayaquil', 'be-antwerp', 'nl-rotterdam']) await done(home, `directory accept ${signed}`)
    await reaches()
    await tell(await guayaquil(), 'nl.customs.rotterdam', 'After the renewal')
    await hears(await officer(), 'After the renewal')
  })
})
