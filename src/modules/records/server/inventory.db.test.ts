/** The list of all that is held on a record: what is stated of it and what other records say of it, as far as it is for the reader, and what of it is cut is told. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { Tx } from '#platform/store/database.ts'
import { type MarkingDraft, showInventory } from '../contract.ts'
import { namingMigration } from '../naming-migration.ts'
import { correctStatementRoute } from './correct-statement.ts'
import { enterRecordRoute } from './enter-record.ts'
import { eraseJob } from './erase.ts'
import { placeHoldRoute } from './holds.ts'
import { DRAFT, type ImportStore, startImportStore } from './imports.fixture.ts'
import { showInventoryRoute } from './inventory.ts'
import { fragmentsNaming } from './inventory-naming.ts'
import { judgeRoute } from './judge.ts'
import { restrictRecordRoute } from './restrict.ts'
import { ANTWERP, AUTHORITY, deskOf, GHENT } from './search.fixture.ts'
import { visibleViews } from './views.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const ghent = deskOf(GHENT)
type Values = Readonly<Record<string, string>>
const enter = async (schema: string, values: Values, part: Partial<MarkingDraft> = {}, facts?: SessionFacts) =>
  await at.call<{ entity: string; fragment: string }>(
    enterRecordRoute,
    {
      schema,
      values: Object.entries(values).map(([prop, value]) => ({ prop, value })),
      marking: { ...DRAFT, ...part },
      key: randomUUID(),
    },
    facts === undefined ? {} : { facts },
  )
const person = async (name: string, part: Partial<MarkingDraft> = {}) => await enter('Person', { name }, part)
type Inventory = z.output<typeof showInventory.ok>
const inventory = async (entity: string, facts = deskOf(ANTWERP)): Promise<Inventory> => {
  const services = { ...at.services, crossChecks: [] }
  return await at.services.database.asOfficer(facts, async (tx) => {
    const context = { facts, tx, services, clock: services.clock, about: () => undefined } as unknown as CaseContext
    return showInventory.ok.parse(await showInventoryRoute.run({ entity }, context))
  })
}
/** As after an import. */
const refreshStatistics = async () => await at.store.rows('select records.refresh_statistics() is null as done')
/** Kind, and what is said, with the names of records in place of their ids. */
const saidIn = ({ naming }: Inventory): string[] =>
  naming.map(({ schema, values }) =>
    [schema, ...values.map(({ prop, value, caption }) => `${prop}=${caption ?? value}`).toSorted()].join(', '),
  )
const shared = { readers: [GHENT] }

describe('what other records say of a record', () => {
  it('is in the list, each with its kind, the other end, role and days, source and marking', async () => {
    const subject = await person('Casimir Subject')
    const company = await enter('Company', { name: 'Casimir Holding' })
    const relation = await enter('Directorship', {
      director: subject.entity,
      organization: company.entity,
      role: 'shadow director',
      startDate: '2020',
    })
    const car = await enter('Vehicle', { name: 'Casimir’s car', owner: subject.entity, registrationNumber: '1-ABC-123' })
    await enter('Passport', { holder: subject.entity, number: 'EL123456' })
    // A chain that makes no relation, and a relation of which one end alone is stated.
    await enter('Company', { name: 'Child NV', parent: subject.entity })
    await enter('Ownership', { owner: subject.entity, role: 'nominee' })
    const list = await inventory(subject.entity)
    expect(saidIn(list).toSorted()).toEqual([
      'Company, name=Child NV, parent=Casimir Subject',
      'Directorship, director=Casimir Subject, organization=Casimir Holding, role=shadow director, startDate=2020',
      'Ownership, owner=Casimir Subject, role=nominee',
      'Passport, holder=Casimir Subject, number=EL123456',
      'Vehicle, name=Casimir’s car, owner=Casimir Subject, registrationNumber=1-ABC-123',
    ])
    expect(list.naming[0]).toMatchObject({
      fragment: relation.fragment,
      entity: relation.entity,
      restricted: false,
      marking: { origin: { org: AUTHORITY, desk: ANTWERP }, category: 'thing' },
      source: { title: `Written by ${ANTWERP}` },
      values: [{ prop: 'director', value: subject.entity }, {}, {}, {}],
    })
    expect(list.naming.find(({ entity }) => entity === car.entity)?.caption).toBe('Casimir’s car')
    expect(list).toMatchObject({ namingLeftOut: { total: 0, isAtLeast: false }, statementsLeftOut: { total: 0 }, keysLeftOut: 0 })
    // The other end is named in the same relation, and in nothing else.
    expect(saidIn(await inventory(company.entity))).toHaveLength(1)
  })

  it('is in it for what is merged with it, and what the record says itself is not', async () => {
    const [one, two] = [await person('Merged One'), await person('Merged Two')]
    const mother = await person('Their Mother')
    const between = { person: mother.entity, relative: two.entity, relationship: 'mother' }
    await enter('Family', between)
    await enter('UnknownLink', { subject: one.entity, object: two.entity })
    const own = await enter('Company', { name: 'Own', parent: mother.entity })
    await at.call(judgeRoute, { left: one.entity, right: two.entity, verdict: 'same', reason: 'Same papers', key: randomUUID() })
    const list = await inventory(one.entity)
    expect(list.members).toEqual([one.entity, two.entity].toSorted())
    expect(list.naming.map(({ schema }) => schema)).toEqual(['Family', 'UnknownLink'])
    expect((await inventory(own.entity)).naming).toEqual([])
  })

  it('stays in it when it has ended or is restricted, and goes when it is erased', async () => {
    const subject = await person('Ended Subject')
    const company = await enter('Company', { name: 'Ended NV' })
    const values = { director: subject.entity, organization: company.entity, role: 'agent' }
    const corrected = await enter('Directorship', values)
    const withdrawn = await enter('UnknownLink', { subject: subject.entity, object: company.entity })
    const contested = await enter('Ownership', { owner: subject.entity, asset: company.entity })
    at.store.advance(60)
    const act = { reason: 'Looked at the file', key: randomUUID() }
    const role = (await inventory(corrected.entity)).statements.find(({ prop }) => prop === 'role')
    const ordinal = role?.statement.split('/')[1]
    await at.call(correctStatementRoute, { ...act, fragment: corrected.fragment, ordinal, prop: 'role', value: 'manager' })
    for (const prop of ['subject', 'object']) {
      const [current] = await at.store.rows(
        `select fragment from records.fragments where entity = '${withdrawn.entity}' and recorded_to is null`,
      )
      await at.call(correctStatementRoute, { ...act, key: randomUUID(), fragment: String(current?.['fragment']), ordinal: 0, prop })
    }
    await at.call(restrictRecordRoute, { entity: contested.entity, restricted: true, ...act, key: randomUUID() })
    const list = await inventory(subject.entity)
    const held = list.naming.map(({ schema, values: said, ended, restricted }) => [
      schema,
      said.find(({ prop }) => prop === 'role')?.value,
      ended?.reason,
      restricted,
    ])
    expect(held).toHaveLength(5)
    expect(held).toEqual(
      expect.arrayContaining([
        ['Directorship', 'agent', 'corrected', false],
        ['Directorship', 'manager', undefined, false],
        ['UnknownLink', undefined, 'withdrawn', false],
        ['Ownership', undefined, 'superseded', false],
        ['Ownership', undefined, undefined, true],
      ]),
    )
    expect((await inventory(contested.entity)).statements.filter(({ restricted }) => restricted === true)).toHaveLength(2)
    const found = async () => (await at.store.rows(`select 1 from records.named_in where entity = '${subject.entity}'`)).length
    expect(await found()).toBe(4)
    at.store.advance(24 * 60 * 1200)
    await eraseJob.run({}, at.services)
    expect(await found()).toBe(0)
  })

  it('is in it when it came by a file, and when the file is followed by another one', async () => {
    const collection = await at.collection()
    const line = (id: string, schema: string, properties: Readonly<Record<string, readonly string[]>>) =>
      JSON.stringify({ id, schema, properties })
    const file = (role: string) =>
      [
        line('p', 'Person', { name: ['By File'] }),
        line('c', 'Company', { name: ['Child BV'], parent: ['p'] }),
        line('half', 'Ownership', { owner: ['p'], role: [role] }),
        line('whole', 'Directorship', { director: ['p'], organization: ['c'], role: [role] }),
      ].join('\n')
    await at.bring(collection, file('nominee'))
    const [{ entity } = {}] = await at.store.rows(
      `select entity from records.fragments where collection = '${collection}' and external_id = 'p'`,
    )
    const said = (role: string) => [
      `Directorship, director=By File, organization=Child BV, role=${role}`,
      `Ownership, owner=By File, role=${role}`,
    ]
    const parent = 'Company, name=Child BV, parent=By File'
    expect(new Set(saidIn(await inventory(String(entity))))).toEqual(new Set([parent, ...said('nominee')]))
    await at.bring(collection, file('trustee'))
    expect(new Set(saidIn(await inventory(String(entity))))).toEqual(new Set([parent, ...said('nominee'), ...said('trustee')]))
  })

  it('is found of what was held before this list was made', async () => {
    const named = async () =>
      await at.store.rows('select entity, fragment, view, purpose, audience from records.named_in order by fragment, entity')
    const before = await named()
    expect(before).toHaveLength(5)
    await at.store.rows('delete from records.named_in returning 1')
    for (const statement of namingMigration.statements.filter((each) => each.startsWith('insert')))
      await at.store.rows(`${statement} returning 1`)
    expect(await named()).toEqual(before)
  })

  it('is for whoever may read it: another desk finds neither it nor its other end, whether they exist or not', async () => {
    const answers = async (isThere: boolean): Promise<unknown> => {
      const subject = await enter('Person', { name: 'Read By Both' }, shared)
      const secret = await person('Own Alone')
      const open = await enter('Company', { name: 'Read By Both NV' }, shared)
      await enter('Directorship', { director: subject.entity, organization: open.entity }, shared)
      if (isThere) {
        await enter('Family', { person: subject.entity, relative: open.entity, relationship: 'hidden' })
        const ended = await enter('UnknownLink', { subject: subject.entity, object: open.entity, role: 'hidden' })
        await at.call(restrictRecordRoute, { entity: ended.entity, restricted: true, reason: 'Contested', key: randomUUID() })
      }
      await enter(
        'Associate',
        { person: subject.entity, associate: isThere ? secret.entity : `r${'3'.repeat(32)}`, relationship: 'x' },
        shared,
      ).catch(async () => await enter('Associate', { person: subject.entity, relationship: 'x' }, shared))
      const own = await inventory(subject.entity)
      expect(own.naming).toHaveLength(isThere ? 5 : 2)
      return JSON.parse(
        JSON.stringify(await inventory(subject.entity, ghent)).replace(
          /[0-9a-f]{8}-[0-9a-f-]{27}|r[0-9a-f]{32}|\d{4}-\d\d-\d\dT[\d:.]+Z/g,
          'id',
        ),
      )
    }
    const [with_, without] = [await answers(true), await answers(false)]
    expect(with_).toEqual(without)
    expect(JSON.stringify(with_)).not.toMatch(/hidden|Own Alone/)
    expect(JSON.stringify(with_)).toContain('Directorship')
  })

  it('is shown of a record that is restricted itself, also as another desk states it', async () => {
    const subject = await enter('Person', { name: 'Restricted Subject' }, shared)
    const other = await enter('Company', { name: 'Ghent NV' }, {}, ghent)
    const theirs = { readers: [ANTWERP] }
    await enter('Directorship', { director: subject.entity, organization: other.entity, role: 'x' }, theirs, ghent)
    await at.call(restrictRecordRoute, { entity: subject.entity, restricted: true, reason: 'Contested', key: randomUUID() })
    expect((await inventory(subject.entity)).naming).toMatchObject([
      { schema: 'Directorship', values: [{ prop: 'director', value: subject.entity }, { prop: 'role' }] },
    ])
  })

  it('is found by indexes, however much is held on others', async () => {
    const subject = await person('Found By Index')
    await at.store.rows(`insert into records.edges (org, fragment, ordinal, entity, kind, src, dst, collection, view, purpose, audience)
      select '${AUTHORITY}', gen_random_uuid(), 0, 'r' || md5(n::text), 'Ownership', 'r' || md5('s' || n), 'r' || md5('d' || n), gen_random_uuid(), v.view, v.purpose, v.audience
      from generate_series(1, 20000) n, (select * from records.view_states limit 1) v returning 1`)
    await at.store.rows(`insert into records.named_in (org, entity, fragment, view, purpose, audience)
      select '${AUTHORITY}', 'r' || md5('s' || n), gen_random_uuid(), v.view, v.purpose, v.audience from generate_series(1, 20000) n, (select * from records.view_states limit 1) v returning 1`)
    await refreshStatistics()
    const plan = await at.services.database.asOfficer(deskOf(ANTWERP), async (tx: Tx) => {
      const asked = fragmentsNaming({ org: AUTHORITY, views: await visibleViews(tx, AUTHORITY), members: [subject.entity] })
      return JSON.stringify((await sql`explain (format json) ${asked}`.execute(tx)).rows)
    })
    expect(plan).not.toContain('Seq Scan')
    for (const index of ['edges_src', 'edges_dst', 'named_in_entity']) expect(plan).toContain(index)
    await at.store.rows('delete from records.edges where fragment not in (select fragment from records.fragments) returning 1')
    await at.store.rows('delete from records.named_in where fragment not in (select fragment from records.fragments) returning 1')
  })
})

it('counts holds as long as they last', async () => {
  const { entity } = await person('Casper Held')
  await at.call(placeHoldRoute, { entity, caseRef: 'AN-26-4', reason: 'Needed', days: 10, key: randomUUID() })
  expect((await inventory(entity)).holds).toBe(1)
  at.store.advance(10 * 24 * 60)
  expect((await inventory(entity)).holds).toBe(0)
})

describe('what is too much for one list', () => {
  const namedBy = async (schema: string, entity: string) =>
    await at.store.rows(`insert into records.named_in (org, entity, fragment, view, purpose, audience)
      select f.org, '${entity}', f.fragment, m.view, f.purpose, f.audience from records.fragments f join records.markings m using (org, marking)
      where f.schema = '${schema}' and not exists (select 1 from records.edges e where e.fragment = f.fragment) on conflict do nothing returning 1`)
  const copies = async (fragment: string, count: number, entity: string) => {
    await at.store.rows(`insert into records.fragments (org, fragment, entity, schema, collection, external_id, vals, marking, recorded_from, review_at, erase_at, purpose, audience)
      select org, gen_random_uuid(), ${entity}, schema, collection, external_id, vals, marking, recorded_from, review_at, erase_at, purpose, audience
      from records.fragments, generate_series(1, ${count}) as n where fragment = '${fragment}' returning 1`)
  }

  it('is counted: statements, what others say and numbers to look for', async () => {
    const subject = await person('Very Large')
    const numbers = Array.from({ length: 130 }, (_, n) => ({ prop: 'idNumber', value: `ID${10_000 + n}` }))
    await at.call(enterRecordRoute, { entity: subject.entity, schema: 'Person', values: numbers, marking: DRAFT, key: randomUUID() })
    const meeting = await enter('Event', { name: 'Meeting', involved: subject.entity })
    await copies(subject.fragment, 20_000, 'entity')
    await copies(meeting.fragment, 5003, `'r' || md5(n::text)`)
    await namedBy('Event', subject.entity)
    await refreshStatistics()
    const list = await inventory(subject.entity)
    // Two entries of the record itself, and one of the meeting, beside the copies.
    expect(list.statementsLeftOut).toEqual({ total: 2, isAtLeast: false })
    expect(list.naming).toHaveLength(5000)
    expect(list.namingLeftOut).toEqual({ total: 4, isAtLeast: false })
    // Those of the name and of thirty numbers.
    expect(list.keysLeftOut).toBe(31)
  })

  it('is counted by its size too', async () => {
    const subject = await person('Written To')
    const words = Array.from({ length: 5 }, (_, n) => ({ prop: 'bodyText', value: `${n} ${'x'.repeat(60_000)}` }))
    const values = [...words, { prop: 'recipients', value: subject.entity }]
    const letter = await at.call<{ fragment: string }>(enterRecordRoute, { schema: 'Email', values, marking: DRAFT, key: randomUUID() })
    await copies(letter.fragment, 120, `'r' || md5('letter' || n)`)
    await namedBy('Email', subject.entity)
    const { naming, namingLeftOut } = await inventory(subject.entity)
    expect(naming.length).toBeLessThan(121)
    expect(naming[0]?.values[0]).toEqual({ prop: 'recipients', value: subject.entity, caption: 'Written To' })
    expect(naming.length + namingLeftOut.total).toBe(121)
  })
})
