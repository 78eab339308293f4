/** Files brought in: nothing lost, nothing doubled, whatever stands in them and wherever a run is stopped. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BATCH, runImport } from './import-run.ts'
import { type ImportStore, startImportStore } from './imports.fixture.ts'
import { cancelImportRoute, listImportsRoute } from './imports.ts'
import { ANTWERP, deskOf, GHENT } from './search.fixture.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const person = (id: string, properties: Record<string, string[]> = {}) =>
  JSON.stringify({ id, schema: 'Person', properties: { name: [`Person ${id}`], ...properties } })
const rowsOf = async (collection: string, columns = 'external_id, end_reason') =>
  await at.store.rows(`select ${columns} from records.fragments where collection = '${collection}' order by recorded_from, fragment`)

describe('a file of entities', () => {
  it('is read into its collection, line by line', async () => {
    const collection = await at.collection()
    const shown = await at.bring(
      collection,
      [
        person('p1', { country: ['be'] }),
        JSON.stringify({ id: 'c1', schema: 'Company', properties: { name: ['Haven NV'] }, datasets: ['kbo'], caption: 'kept' }),
        JSON.stringify({ id: 'd1', schema: 'Directorship', properties: { director: ['p1'], organization: ['c1'], startDate: ['2011'] } }),
      ].join('\n'),
    )
    expect(shown).toMatchObject({
      state: 'done',
      progress: 1,
      totals: { in: 3, accepted: 3, warned: 0, quarantined: 0, entities: 3, statements: 6 },
      problems: 0,
    })
    const [edge] = await at.store.rows(`select e.kind, e.valid_from, s.external_id as src, d.external_id as dst from records.edges e
      join records.fragments s on s.entity = e.src join records.fragments d on d.entity = e.dst where e.collection = '${collection}'`)
    expect(edge).toEqual({ kind: 'Directorship', valid_from: '2011', src: 'p1', dst: 'c1' })
    expect(await at.store.rows(`select records from records.collection_sizes where collection = '${collection}'`)).toEqual([
      { records: '3' },
    ])
  })

  it('comes out as it went in', async () => {
    const collection = await at.collection()
    const lines = [
      person('p 1', { country: ['be', 'nl'], idNumber: ['"quoted" \\ 1'], notes: ['two\nlines'] }),
      JSON.stringify({
        id: 'x1',
        schema: 'Container',
        properties: { name: ['MSCU6639870'] },
        datasets: ['a', 'b'],
        first_seen: '2020',
        n: { deep: [1, null] },
      }),
      JSON.stringify({ id: 'o1', schema: 'Ownership', properties: { owner: ['nobody-came'], asset: ['x1'] } }),
    ]
    await at.bring(collection, lines.join('\n'))
    const parsed = (text: readonly string[]) => text.map((line) => JSON.parse(line) as Record<string, unknown>)
    const out = await at.exported(collection, 'ftm')
    expect(parsed(out).map(({ id }) => id)).toEqual(['p 1', 'x1', 'o1'])
    expect(parsed(out)[0]).toEqual(parsed(lines)[0])
    expect(parsed(out)[2]).toEqual(parsed(lines)[2])
    const again = await at.collection()
    await at.bring(again, out.join('\n'))
    expect(await rowsOf(again, 'external_id, schema, context')).toEqual(await rowsOf(collection, 'external_id, schema, context'))
    const statements = await at.exported(collection, 'statements')
    const third = await at.collection()
    const shown = await at.bring(third, statements.join('\n'))
    expect(shown.totals).toMatchObject({ quarantined: 0, warned: 0, entities: 3 })
    expect(await rowsOf(third, 'external_id, schema, context')).toEqual(await rowsOf(collection, 'external_id, schema, context'))
    expect(parsed(await at.exported(third, 'ftm'))).toEqual(parsed(out))
  })

  it('tells each line it could not take, with its place, and takes the others', async () => {
    const collection = await at.collection()
    const shown = await at.bring(
      collection,
      [
        person('ok'),
        '{"id":"cut","schema":"Person","prop',
        '[1,2]',
        '{"id":"u","schema":"Nobody","properties":{}}',
        JSON.stringify({ id: 'w', schema: 'CryptoWallet', properties: { publicKey: ['x'], privateKey: ['5Kb8kLf9'] } }),
        person('d', { birthDate: ['2020-13-45'], country: ['Atlantis'] }),
        '',
        person('s'),
        JSON.stringify({ id: 's', schema: 'Company', properties: { name: ['No person'] } }),
        person('ok'),
        `{"id":"${'x'.repeat(20)}","schema":"Person","properties":{"name":["nul \\u0000 sign","half \\ud800"]},"k":"\\u0000\\udc00"}`,
      ].join('\r\n'),
    )
    const { totals } = shown
    expect(totals.in).toBe(10)
    expect(totals.accepted + totals.warned + totals.quarantined).toBe(10)
    expect(totals.quarantined).toBe(4)
    const told = new Map(shown.problemRows.map(({ line, code, severity }) => [`${line} ${severity}`, code]))
    expect(told.get('2 quarantined')).toMatch(/^record\.line\./)
    expect(told.get('3 quarantined')).toBe('record.line.object')
    expect(told.get('4 quarantined')).toBe('record.schema.unknown')
    expect(told.get('5 quarantined')).toBe('record.secret')
    expect(told.get('9 quarantined')).toBe('record.schema.contradiction')
    expect(told.get('10 warning')).toBe('record.id.repeated')
    expect(JSON.stringify(shown)).not.toContain('5Kb8kLf9')
    expect(JSON.stringify(await at.store.rows('select vals, context from records.fragments'))).not.toContain('5Kb8kLf9')
  })

  it('changes nothing when it is read again, and only what differs when it differs', async () => {
    const collection = await at.collection()
    await at.bring(collection, [person('a', { country: ['be'] }), person('b'), person('gone')].join('\n'))
    const before = await rowsOf(collection)
    const again = await at.bring(collection, [person('b'), person('a', { country: ['be'] }), person('gone')].join('\n'))
    expect(again.totals).toMatchObject({ in: 3, accepted: 3, statements: 0 })
    expect(await rowsOf(collection)).toEqual(before)
    await at.bring(collection, [person('a', { country: ['nl'] }), person('b')].join('\n'))
    expect(await rowsOf(collection)).toEqual([
      { external_id: 'a', end_reason: 'superseded' },
      { external_id: 'b', end_reason: null },
      { external_id: 'gone', end_reason: null },
      { external_id: 'a', end_reason: null },
    ])
    const [{ n } = { n: 0 }] = await at.store.rows(
      `select count(*)::int as n from records.fragments f join records.fragments o on o.fragment = f.supersedes where f.collection = '${collection}'`,
    )
    expect(n).toBe(1)
    expect(await at.store.rows(`select records from records.collection_sizes where collection = '${collection}'`)).toEqual([
      { records: '3' },
    ])
  })

  it('keeps every line that tells of one record, and each takes the place of what its file said before', async () => {
    const collection = await at.collection()
    const line = (id: string, note: string) => JSON.stringify({ id, schema: 'Person', properties: { name: [note] } })
    const first = await at.bring(collection, [line('m', 'one'), line('m', 'two'), line('m', 'one')].join('\n'))
    expect(first.totals).toMatchObject({ accepted: 1, warned: 2, entities: 2 })
    await at.bring(collection, [line('m', 'two'), line('m', 'three')].join('\n'))
    const names = await at.store.rows(
      `select vals->0->>1 as name, end_reason from records.fragments where collection = '${collection}' order by 1`,
    )
    expect(names).toEqual([
      { name: 'one', end_reason: 'superseded' },
      { name: 'three', end_reason: null },
      { name: 'two', end_reason: null },
    ])
  })

  it('has telephone numbers in one form where they can be told, and as they were written where not', async () => {
    const collection = await at.collection()
    const line = (id: string, properties: object) => JSON.stringify({ id, schema: 'Person', properties: { name: [id], ...properties } })
    const statement = { id: 's', entity_id: 'd', schema: 'Person', prop: 'phone', value: '+32 (0)2 555 12 12', dataset: 'x' }
    const shown = await at.bring(
      collection,
      [
        line('a', { phone: ['+32 (0)2 555.12.12'] }),
        line('b', { phone: ['04 256 0000'], country: ['ec'] }),
        line('c', { phone: ['04 256 0000'], country: ['ec', 'pe'] }),
        JSON.stringify(statement),
      ].join('\n'),
    )
    expect(shown.totals).toMatchObject({ in: 4, accepted: 3, warned: 1 })
    expect(shown.problemRows.map(({ line: row, code }) => [row, code])).toEqual([[3, 'record.phone.format']])
    expect(
      await at.store.rows(
        `select external_id as id, v->>1 as phone from records.fragments, jsonb_array_elements(vals) v where collection = '${collection}' and v->>0 = 'phone' order by 1`,
      ),
    ).toEqual([
      { id: 'a', phone: '+3225551212' },
      { id: 'b', phone: '+59342560000' },
      { id: 'c', phone: '04 256 0000' },
      { id: 'd', phone: '+3225551212' },
    ])
  })

  it('keeps only its report when it is checked', async () => {
    const collection = await at.collection()
    const shown = await at.bring(collection, [person('a'), 'x', person('a')].join('\n'), { dryRun: true }).catch((error: unknown) => error)
    expect(shown).toMatchObject({ state: 'checked', totals: { in: 3, accepted: 1, warned: 1, quarantined: 1, entities: 1, statements: 1 } })
    expect(await rowsOf(collection)).toEqual([])
  })

  it('is told by a check what importing it would find and add, however often it says something of one record', async () => {
    const collection = await at.collection()
    const line = (id: string, note: string) => JSON.stringify({ id, schema: 'Person', properties: { name: [note], notes: [note] } })
    const mixed = [line('a', 'one'), line('a', 'two'), line('b', 'one'), line('a', 'one')]
    const files: readonly (readonly [statements: number, lines: readonly string[]])[] = [
      [6, [...mixed, JSON.stringify({ id: 'b', schema: 'Vessel', properties: {} }), 'x']],
      [4, [line('a', 'one'), line('a', 'two'), line('b', 'one'), line('c', 'one'), line('a', 'three')]],
      [0, [line('c', 'one'), line('b', 'one'), line('a', 'three')]],
      // What is new comes first here and takes the place of what comes again behind it.
      [8, [line('a', 'four'), line('a', 'one'), line('a', 'two'), line('a', 'three')]],
    ]
    for (const [statements, lines] of files) {
      const text = lines.join('\n')
      const checked = await at.bring(collection, text, { dryRun: true })
      const read = await at.bring(collection, text)
      expect(checked.totals).toEqual(read.totals)
      expect(read.totals.statements).toBe(statements)
      const told = ({ problemRows }: typeof read) => problemRows.map(({ line: row, code }) => `${row} ${code}`)
      expect(told(checked)).toEqual(told(read))
    }
  })

  it('is refused when it is of another form', async () => {
    const collection = await at.collection()
    const refused = { code: 'records.file-format' }
    await expect(at.upload(collection, 'name;country\nA;BE\n')).rejects.toMatchObject(refused)
    await expect(at.upload(collection, Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0]))).rejects.toMatchObject(refused)
    await expect(at.upload(collection, Buffer.from([0, 1, 2, 3]), 'csv')).rejects.toMatchObject(refused)
    await expect(at.upload(collection, '')).rejects.toMatchObject({ code: 'records.file-empty' })
  })

  it('is for the desk that brought it in', async () => {
    const collection = await at.collection({ readers: [GHENT] })
    const { import: id } = await at.bring(collection, person('a'))
    const ghent = { facts: deskOf(GHENT) }
    expect(await at.call(listImportsRoute, {}, ghent)).toEqual({ items: [] })
    await expect(at.call(cancelImportRoute, { import: id }, ghent)).rejects.toMatchObject({ status: 404 })
    await expect(at.call(cancelImportRoute, { import: id }, { facts: deskOf(ANTWERP, 'crime-prevention') })).rejects.toMatchObject({
      status: 404,
    })
    await expect(at.call(cancelImportRoute, { import: id })).rejects.toMatchObject({ code: 'records.import-state' })
    await expect(at.collection({ readers: ['fr.customs.paris'] })).rejects.toMatchObject({ code: 'records.readers' })
  })
})

describe('in = accepted + warned + quarantined', () => {
  it('holds for any lines, and each line that was taken is in the store', async () => {
    const value = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('be', '1970-01-01', '', '\u0000', '\ud800', '\u202eabc', 'x'.repeat(2500)),
    )
    const line = fc.oneof(
      {
        weight: 4,
        arbitrary: fc
          .tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('Person', 'Company', 'Vessel'), value)
          .map(([id, schema, name]) => JSON.stringify({ id, schema, properties: { name: [name], country: [name] } })),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(value, value).map(([id, prop]) => JSON.stringify({ entity_id: id, schema: 'Person', prop, value: id })),
      },
      { weight: 2, arbitrary: fc.json({ maxDepth: 2 }) },
      { weight: 2, arbitrary: fc.string({ maxLength: 40 }).map((text) => text.replaceAll('\n', ' ')) },
      { weight: 1, arbitrary: fc.constantFrom('', '   ', '\r') },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 30 }), async (lines) => {
        const collection = await at.collection()
        const text = [person('first'), ...lines].join('\n')
        const checked = await at.bring(collection, text, { dryRun: true })
        const shown = await at.bring(collection, text)
        const { totals } = shown
        expect(shown.state).toBe('done')
        expect(totals.in).toBe(totals.accepted + totals.warned + totals.quarantined)
        expect(totals.in).toBe(text.split('\n').filter((each) => !/^[\s\ufeff]*$/.test(each)).length)
        expect(checked.totals).toEqual(totals)
        const said = new Set(shown.problemRows.filter(({ severity }) => severity === 'quarantined').map((each) => each.line))
        expect(said.size).toBeGreaterThanOrEqual(Math.min(1, totals.quarantined))
        const count = async () =>
          (await at.store.rows(`select count(*)::int as n from records.fragments where collection = '${collection}'`))[0]?.['n']
        const stored = await count()
        expect(stored).toBeLessThanOrEqual(totals.entities)
        const again = await at.bring(collection, text)
        expect({ ...again.totals, statements: 0 }).toEqual({ ...totals, statements: 0 })
        expect([again.totals.statements, await count()]).toEqual([0, stored])
      }),
      { numRuns: 40 },
    )
  })
})

describe('a run that is stopped', () => {
  const LINES = 2 * BATCH + 1000
  const BROKEN = LINES / 50
  const lines = Array.from({ length: LINES }, (_, index) => (index % 50 === 7 ? `{broken ${index}` : person(`p${index}`)))

  it('goes on where the last batch ended, wherever it was killed, and ends as if nothing had happened', async () => {
    const whole = await at.collection()
    const expected = await at.bring(whole, lines.join('\n'))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }), async (kills) => {
        const collection = await at.collection()
        const { import: id } = await at.upload(collection, lines.join('\n'))
        await at.start(id)
        const job = at.store.asked.find(({ data }) => data['import'] === id)
        for (const after of kills) {
          let left = after
          const { database } = at.services
          const dying = {
            ...at.services,
            database: {
              ...database,
              asWorker: async <T>(name: string, work: Parameters<typeof database.asWorker<T>>[1]) => {
                left -= 1
                if (left < 0) throw new Error('killed')
                return await database.asWorker(name, async (tx) => {
                  const answer = await work(tx)
                  // Killed before the commit as well as between two of them.
                  if (left === 0) throw new Error('killed')
                  return answer
                })
              },
            },
          }
          await runImport(job?.data ?? {}, dying).catch((error: unknown) => expect(String(error)).toContain('killed'))
        }
        await at.work()
        const shown = await at.show(id)
        expect(shown.totals).toEqual(expected.totals)
        expect(shown.problemRows).toEqual(expected.problemRows)
        expect(await rowsOf(collection, 'external_id')).toEqual(await rowsOf(whole, 'external_id'))
      }),
      { numRuns: 6 },
    )
  })

  it('can be cancelled, keeps what it read, and is taken up again', async () => {
    const collection = await at.collection()
    const { import: id } = await at.upload(collection, lines.join('\n'))
    await at.start(id)
    const { database } = at.services
    let batches = 0
    const cancelling = {
      ...at.services,
      database: {
        ...database,
        asWorker: async <T>(name: string, work: Parameters<typeof database.asWorker<T>>[1]) => {
          batches += 1
          if (batches === 3) await at.call(cancelImportRoute, { import: id })
          return await database.asWorker(name, work)
        },
      },
    }
    await runImport(at.store.asked.find(({ data }) => data['import'] === id)?.data ?? {}, cancelling)
    at.store.asked.length = 0
    const stopped = await at.show(id)
    expect(stopped.state).toBe('cancelled')
    expect(stopped.totals.in).toBeGreaterThan(0)
    expect(stopped.totals.in).toBeLessThan(LINES)
    expect((await rowsOf(collection)).length).toBe(stopped.totals.entities)
    await at.start(id)
    await at.work()
    const done = await at.show(id)
    expect(done.totals).toMatchObject({ in: LINES, quarantined: BROKEN, entities: LINES - BROKEN })
    expect((await rowsOf(collection)).length).toBe(LINES - BROKEN)
  })

  it('finds what another file wrote beside it, and says nothing twice', async () => {
    const collection = await at.collection()
    const { import: id } = await at.upload(collection, lines.join('\n'))
    await at.start(id)
    const job = at.store.asked.find(({ data }) => data['import'] === id)
    const late = lines.filter((_, index) => index > LINES - 100 && index % 50 !== 7)
    const { import: other } = await at.upload(collection, late.join('\n'))
    await at.start(other)
    const beside = at.store.asked.find(({ data }) => data['import'] === other)
    const { database } = at.services
    let [transactions, written] = [0, Promise.resolve()]
    const watched = {
      ...at.services,
      database: {
        ...database,
        asWorker: async <T>(name: string, work: Parameters<typeof database.asWorker<T>>[1]) => {
          transactions += 1
          // The last batches of the file are at work when the other one asks for the collection.
          if (transactions === 4) written = runImport(beside?.data ?? {}, at.services)
          return await database.asWorker(name, work)
        },
      },
    }
    await runImport(job?.data ?? {}, watched)
    await written
    const [first, second] = [await at.show(id), await at.show(other)]
    expect(first).toMatchObject({ state: 'done', totals: { in: LINES, quarantined: BROKEN, entities: LINES - BROKEN } })
    expect(second).toMatchObject({ state: 'done', totals: { in: late.length, entities: late.length } })
    expect((await rowsOf(collection)).length).toBe(LINES - BROKEN)
  })
})
