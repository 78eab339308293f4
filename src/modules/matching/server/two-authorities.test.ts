/** Hit/no-hit between two real nodes: what is found, what never is, who learns of it, and what an owner cannot do. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addOfficer } from '#modules/identity'
import { makeOprfKeys } from '#platform/oprf/oprf.ts'
import { ROW_BYTES } from '#platform/oprf/tag-set.ts'
import { PASSWORD, startCoalition, type TestCoalition } from '#testing/coalition.ts'
import { type Client, signedInClient } from '../../../app/client.ts'
import {
  approveQuery,
  ask,
  confirmNotice,
  entitle,
  indexKey,
  listNotices,
  listQueries,
  type QueryView,
  rebuild,
  removeEntry,
  showQuery,
  showQuota,
  type TypedKey,
} from '../contract.ts'

let coalition: TestCoalition
let owner: Client
let requester: Client
let made = 0
const entries = new Map<string, string>()

const DOCUMENT: TypedKey = { type: 'document', value: 'AB 123-456', with: 'be' }
const BOX: TypedKey = { type: 'container', value: 'CSQU3054383' }
const PHONE: TypedKey = { type: 'phone', value: '+32 3 123 45 67' }
const EMAIL: TypedKey = { type: 'email', value: 'covert@example.org' }
const UNKNOWN: TypedKey = { type: 'email', value: 'nobody@example.org' }
const NAME: TypedKey = { type: 'name-birth', value: 'Müller, Jürgen', with: '1980-05-01' }

async function askAll(keys: TypedKey[], caseRef: string, mode: 'blind' | 'disclosing' = 'blind'): Promise<QueryView> {
  made += 1
  const { query } = await requester.call(ask, { keys, caseRef, mode, key: `test-${String(made).padStart(8, '0')}` })
  return await finished(query)
}

async function finished(query: string): Promise<QueryView> {
  return await coalition.eventually(
    async () => await requester.call(showQuery, { query }),
    (view) => view.state === 'done',
  )
}

async function newEpoch(): Promise<void> {
  const epochs = async () =>
    await coalition.node('be-antwerp').services.database.asWorker('test', async (tx) => {
      const { rows } = await sql<{ n: number }>`select coalesce(sum(epoch), 0)::int as n from matching.sets
        where received = parts and desk = 'be.customs.antwerp'
          and epoch = (select max(s.epoch) from matching.sets s where s.class = matching.sets.class)`.execute(tx)
      return rows[0]?.n ?? 0
    })
  const before = await epochs()
  await owner.call(rebuild, {})
  await coalition.eventually(epochs, (now) => now === before + 3)
}

const events = async (node: string, event: string): Promise<readonly Record<string, unknown>[]> =>
  await coalition.node(node).services.database.asWorker('test', async (tx) => {
    const { rows } = await sql<{
      entry: Record<string, unknown>
    }>`select to_jsonb(e) as entry from audit.events e where to_jsonb(e)::text like ${`%"${event}"%`}`.execute(tx)
    return rows.map(({ entry }) => entry)
  })

beforeAll(async () => {
  // What was asked today is counted: the day does not end meanwhile.
  coalition = await startCoalition({ nodes: ['es-algeciras', 'be-antwerp'], at: '2026-11-24T09:00:00Z' })
  owner = await coalition.client('algeciras')
  requester = await coalition.client('antwerp')
  for (const [record, key, policy, category] of [
    ['R-1', DOCUMENT, 'open', 'suspect'],
    ['R-2', { ...DOCUMENT, value: 'ab123456' }, 'open', 'associate'],
    ['R-3', BOX, 'open', 'asset'],
    ['R-4', PHONE, 'owner-notified', 'suspect'],
    ['R-5', EMAIL, 'excluded', 'suspect'],
    ['R-6', NAME, 'open', 'convicted'],
  ] as const)
    entries.set(record, (await owner.call(indexKey, { record, key, policy, category })).entry)
  await owner.call(entitle, { desk: 'be.customs.antwerp', quota: 400 })
  await newEpoch()
})
afterAll(async () => await coalition.stop())

describe('a blind query', () => {
  it('(L2) finds what is open, however it is written, and gives a handle and a contact desk, nothing else', async () => {
    const view = await askAll([DOCUMENT, { ...BOX, value: 'csqu 305438-3' }, UNKNOWN, { ...NAME, value: 'JUERGEN MUELLER' }], 'C-1')
    expect(view.hits.map(({ ordinal, type, owner: by, contact }) => ({ ordinal, type, by, contact }))).toEqual([
      { ordinal: 0, type: 'document', by: 'es.customs', contact: 'es.customs.algeciras' },
      { ordinal: 1, type: 'container', by: 'es.customs', contact: 'es.customs.algeciras' },
      { ordinal: 3, type: 'name-birth', by: 'es.customs', contact: 'es.customs.algeciras' },
    ])
    for (const hit of view.hits) {
      expect(hit.handle).toMatch(/^[0-9a-f]{32}$/)
      expect(Object.keys(hit).sort()).toEqual(['contact', 'handle', 'ordinal', 'owner', 'state', 'type'])
    }
    expect(view.owners.map(({ class: name, state }) => `${name} ${state}`)).toEqual(['asset done', 'strong done', 'weak done'])
  })

  it('tells the owner of every record that was hit, and its officer’s answer comes back', async () => {
    const { items } = await coalition.eventually(
      async () => await owner.call(listNotices, {}),
      (seen) => seen.items.length >= 4,
    )
    expect(items.map(({ record, requester: by, caseRef, mode }) => `${record} ${by} ${caseRef} ${mode}`).sort()).toEqual(
      ['R-1', 'R-2', 'R-3', 'R-6'].map((record) => `${record} be.customs.antwerp C-1 blind`),
    )
    for (const notice of items)
      await owner.call(confirmNotice, { notice: notice.notice, decision: notice.record === 'R-1' ? 'confirmed' : 'rejected' })
    const states = await coalition.eventually(
      async () =>
        (await requester.call(listQueries, {})).items.flatMap(({ hits }) => hits.map(({ type, state }) => `${type} ${state}`)).sort(),
      (seen) => seen.every((each) => !each.endsWith('open')),
    )
    expect(states).toEqual(['container rejected', 'document confirmed', 'name-birth rejected'])
    await expect(owner.call(confirmNotice, { notice: items[0]?.notice ?? '', decision: 'rejected' })).rejects.toMatchObject({
      code: 'matching.state',
    })
  })

  it('shows the owner none of its keys and leaves nothing secret behind at the requester', async () => {
    const served = await coalition.node('es-algeciras').services.database.asWorker('test', async (tx) => {
      const { rows } = await sql<{ text: string }>`select to_jsonb(s)::text as text from matching.served s`.execute(tx)
      return rows.map(({ text }) => text).join('\n')
    })
    expect(served).toContain('C-1')
    expect(served).not.toMatch(/AB123456|CSQU|MULLER|nobody/i)
    const secrets = await coalition.node('be-antwerp').services.database.asWorker('test', async (tx) => {
      const { rows } = await sql`select query from matching.secrets`.execute(tx)
      return rows
    })
    expect(secrets).toEqual([])
  })

  it('finds neither what only a disclosing query may find nor what is excluded', async () => {
    const view = await askAll([PHONE, EMAIL, UNKNOWN], 'C-2')
    expect(view.hits).toEqual([])
    expect((await owner.call(listNotices, {})).items.filter(({ caseRef }) => caseRef === 'C-2')).toEqual([])
  })

  it('is logged at both ends, the requester’s as a commitment that names no key', async () => {
    const committed = await events('be-antwerp', 'matching.committed')
    expect(JSON.stringify(committed)).toMatch(/"commitment": ?"?[0-9a-f]{64}/)
    expect(JSON.stringify(committed)).not.toMatch(/AB123456|CSQU|MULLER/i)
    const served = await events('es-algeciras', 'matching.query-served')
    expect(JSON.stringify(served)).toContain('be.customs.antwerp')
  })
})

describe('a disclosing query', () => {
  it('finds what the owner wants to be told of, and tells it without waiting for the requester', async () => {
    const view = await askAll([PHONE, DOCUMENT], 'C-3', 'disclosing')
    expect(view.hits.map(({ ordinal }) => ordinal)).toEqual([0, 1])
    const notices = (await owner.call(listNotices, {})).items.filter(({ caseRef }) => caseRef === 'C-3')
    expect(notices.map(({ record, mode }) => `${record} ${mode}`).sort()).toEqual(['R-1 disclosing', 'R-2 disclosing', 'R-4 disclosing'])
  })

  it('sees an excluded record as it sees one that does not exist', async () => {
    const plain = ({ query: _query, at: _at, keys: _keys, caseRef: _case, ...rest }: QueryView) => rest
    const excluded = await askAll([EMAIL], 'C-4', 'disclosing')
    const unknown = await askAll([UNKNOWN], 'C-5', 'disclosing')
    expect(plain(excluded)).toEqual(plain(unknown))
    expect((await owner.call(listNotices, {})).items.filter(({ caseRef }) => ['C-4', 'C-5'].includes(caseRef))).toEqual([])
  })
})

describe('the index', () => {
  it.each([
    ['a victim', DOCUMENT, 'victim'],
    ['a witness', DOCUMENT, 'witness'],
    ['an informant', DOCUMENT, 'informant'],
    ['a minor', DOCUMENT, 'minor'],
    ['a person who is under age by the date of birth', { ...NAME, with: '2015-01-01' }, 'suspect'],
    ['a person as an asset', DOCUMENT, 'asset'],
    ['an asset as a person', BOX, 'suspect'],
  ] as const)('does not take %s', async (_what, key, category) => {
    await expect(owner.call(indexKey, { record: 'R-9', key, policy: 'open', category })).rejects.toMatchObject({
      status: 422,
      code: 'matching.category',
    })
  })

  it('gives no tag to a person who got in before the gate closed', async () => {
    await coalition.node('es-algeciras').services.database.asWorker('test', async (tx) => {
      await sql`update matching.entries set category = 'victim' where record = 'R-6'`.execute(tx)
    })
    await newEpoch()
    expect((await askAll([NAME], 'C-6')).hits).toEqual([])
    expect((await askAll([DOCUMENT], 'C-6')).hits).toHaveLength(1)
  })

  it('shows a requester the entries of the desks that let it ask, and those desks nothing of each other', async () => {
    const algecirasOnly = await owner.call(entitle, { desk: 'be.customs.zeebrugge' })
    const national = await coalition.client('spain')
    expect(await national.call(entitle, { desk: 'be.customs.zeebrugge' })).toEqual(algecirasOnly)
    await national.call(indexKey, { record: 'N-1', key: { type: 'imo', value: '9074729' }, policy: 'open', category: 'asset' })
    await newEpoch()
    expect((await askAll([{ type: 'imo', value: '9074729' }], 'C-11')).hits).toEqual([])
    expect((await askAll([{ type: 'imo', value: '9074729' }], 'C-11', 'disclosing')).hits).toEqual([])
    expect((await national.call(listNotices, {})).items).toEqual([])
    await national.call(entitle, { desk: 'be.customs.antwerp', quota: 400 })
    await newEpoch()
    expect((await askAll([{ type: 'imo', value: '9074729' }], 'C-11')).hits).toHaveLength(1)
    expect(
      (
        await coalition.eventually(
          async () => await national.call(listNotices, {}),
          ({ items }) => items.length > 0,
        )
      ).items,
    ).toMatchObject([{ record: 'N-1', requester: 'be.customs.antwerp', caseRef: 'C-11' }])
  })

  it('has the same size for every requester, a power of two, whatever lies in it', async () => {
    const sizes = await coalition.node('be-antwerp').services.database.asWorker('test', async (tx) => {
      const { rows } = await sql<{
        size: number
      }>`select sum(length(bytes))::int as size from matching.set_parts group by desk, owner_org, class, epoch`.execute(tx)
      return rows.map(({ size }) => size)
    })
    // Strong, asset and weak indexes hold two, one and no tags.
    expect(new Set(sizes)).toEqual(new Set([64 * ROW_BYTES]))
  })

  it('forgets a removed key: no look-up finds it, and the next set has no tag for it', async () => {
    const entry = entries.get('R-3') ?? ''
    await owner.call(removeEntry, { entry })
    await expect(owner.call(removeEntry, { entry })).rejects.toMatchObject({ status: 404 })
    expect((await askAll([BOX], 'C-7', 'disclosing')).hits).toEqual([])
    await newEpoch()
    expect((await askAll([BOX], 'C-7')).hits).toEqual([])
  })
})

describe('the requester', () => {
  it('needs a case, keys that are right, and an owner that lets it ask', async () => {
    await expect(requester.call(ask, { keys: [DOCUMENT], caseRef: '', key: 'no-case-00' })).rejects.toMatchObject({ status: 400 })
    const wrong = requester.call(ask, {
      keys: [DOCUMENT, { type: 'iban', value: 'GB00WEST12345698765432' }],
      caseRef: 'C-8',
      key: 'wrong-key-0',
    })
    await expect(wrong).rejects.toMatchObject({
      code: 'matching.key',
      body: { problems: [{ code: 'match-key.check-digit', at: 'keys.1, value, sign 3' }] },
    })
    await expect(owner.call(ask, { keys: [DOCUMENT], caseRef: 'C-8', key: 'no-index-00' })).rejects.toMatchObject({
      code: 'matching.no-index',
    })
  })

  it('needs a second person above 50 weak keys of a case', async () => {
    const { services, url } = coalition.node('be-antwerp')
    await addOfficer(services, {
      account: 'antwerp-2',
      officer: 'be-antwerp.antwerp-2',
      name: 'Second officer',
      roles: ['supervisor'],
      desks: ['be.customs.antwerp'],
      password: PASSWORD,
      demonstration: true,
    })
    const second = await signedInClient({
      url,
      account: 'antwerp-2',
      password: PASSWORD,
      desk: 'be.customs.antwerp',
      purpose: 'customs-control',
    })
    const names = (from: number, count: number): TypedKey[] =>
      Array.from({ length: count }, (_, at) => ({ type: 'sound-year', value: 'Jan Peeters', with: String(1900 + from + at) }))
    expect((await askAll(names(0, 50), 'C-9')).owners.map(({ state }) => state)).toEqual(['done'])
    const { query, state } = await requester.call(ask, { keys: names(50, 1), caseRef: 'C-9', key: 'second-000' })
    expect(state).toBe('awaiting-approval')
    await expect(requester.call(approveQuery, { query, decision: 'agree' })).rejects.toMatchObject({ code: 'matching.same-person' })
    await second.call(approveQuery, { query, decision: 'agree' })
    expect((await finished(query)).owners.map(({ state: each }) => each)).toEqual(['done'])
    for (const node of ['es-algeciras', 'be-antwerp'])
      await coalition.eventually(
        async () => JSON.stringify(await events(node, 'matching.anomaly')),
        (seen) => seen.includes('over-cap'),
      )
  })

  it('sees what is left of its quota', async () => {
    const { items } = await requester.call(showQuota, {})
    expect(items.map(({ class: name, limit }) => `${name} ${limit}`)).toEqual(['strong 400', 'asset 400', 'weak 400'])
    expect(items.find(({ class: name }) => name === 'weak')?.used).toBe(2 * (1 + 1 + 50 + 1))
  })

  it('hides its queries from the other desks of its authority', async () => {
    const other = await coalition.client('zeebrugge')
    const [view] = (await requester.call(listQueries, {})).items
    expect((await other.call(listQueries, {})).items).toEqual([])
    const hidden = await other.raw(showQuery, { query: view?.query ?? '' })
    const missing = await other.raw(showQuery, { query: '01a00000-0000-7000-8000-000000000000' })
    expect(hidden).toEqual(missing)
    expect(hidden.status).toBe(404)
  })

  it('throws the whole answer away when the owner used another key than it published', async () => {
    const { services } = coalition.node('es-algeciras')
    await services.database.asWorker('test', async (tx) => {
      const boxed = services.box.seal(Buffer.from(makeOprfKeys().secretKey).toString('base64'))
      await sql`update matching.epochs set content = ${boxed.content}, content_key = ${boxed.key} where class = 'strong'`.execute(tx)
    })
    const view = await askAll([DOCUMENT, PHONE], 'C-10')
    expect(view.hits).toEqual([])
    expect(view.owners).toEqual([{ owner: 'es.customs', class: 'strong', state: 'wrong-proof' }])
    expect(await events('be-antwerp', 'matching.proof-refused')).toHaveLength(1)
  })
})
