import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanEntity } from './clean-entity.ts'
import { isEntityId, type RecordEntity } from './entity.ts'
import { type EntityLine, MAX_LINE, printEntityLine, readEntityLine } from './ftm-lines.ts'
import { MAX_VALUES_OF_PROPERTY } from './line-reading.ts'
import { createLineRegister } from './line-register.ts'
import { propertyOf, schemata } from './model.ts'
import { toPlain } from './plain-ftm.ts'
import { entityOfStatement, printStatementLine } from './statement-line.ts'

const read = (line: unknown, lineNumber = 7): EntityLine =>
  readEntityLine(typeof line === 'string' ? line : JSON.stringify(line), lineNumber)
const entityOf = (line: EntityLine): RecordEntity => {
  if (line.kind !== 'entity') throw new Error(`not an entity: ${JSON.stringify(line)}`)
  return line.entity
}
const refusal = (line: EntityLine) => (line.kind === 'refused' ? line.problems.map(({ code, at }) => `${code} @ ${at}`) : line.kind)

const COMPANY = {
  id: 'c1',
  schema: 'Company',
  properties: { name: ['Acme BV', 'ACME'], jurisdiction: ['nl'] },
  datasets: ['register'],
  first_seen: '2024-01-01',
  referents: ['c0'],
}

describe('a line', () => {
  it('gives its entity, and what the model does not know stays beside it', () => {
    expect(read(COMPANY)).toEqual({
      kind: 'entity',
      entity: {
        id: 'c1',
        schema: 'Company',
        properties: COMPANY.properties,
        datasets: ['register'],
        context: { first_seen: '2024-01-01', referents: ['c0'] },
      },
      problems: [],
      quarantined: [],
    })
  })

  it.each([
    ['not JSON', '{"id": "a" "schema": 1}', 'record.line.syntax @ line 7, column 12'],
    ['cut off', '{"id": "a", "schema": "Per', 'record.line.syntax @ line 7, column 23'],
    ['a list', '[]', 'record.line.object @ line 7'],
    ['a member twice', '{"id":"a","schema":"Person","id":"b"}', 'record.line.repeated-member @ line 7, column 29'],
    ['a member twice, once escaped', '{"id":"a","schema":"Person","\\u0069d":"b"}', 'record.line.repeated-member @ line 7, column 29'],
    ['no id', { schema: 'Person' }, 'record.id @ line 7, id'],
    ['half a character in its id', '{"id":"a\\ud800","schema":"Person"}', 'record.id @ line 7, id'],
    ['the zero sign in its id', '{"id":"a\\u0000","schema":"Person"}', 'record.id @ line 7, id'],
    ['an empty id', { id: '', schema: 'Person' }, 'record.id @ line 7, id'],
    ['no schema', { id: 'a' }, 'record.schema.missing @ line 7, schema'],
    ['an unknown schema', { id: 'a', schema: 'Dragon' }, 'record.schema.unknown @ line 7, schema'],
    ['a schema that every object has', { id: 'a', schema: 'constructor' }, 'record.schema.unknown @ line 7, schema'],
    ['properties in a list', { id: 'a', schema: 'Person', properties: [] }, 'record.properties @ line 7, properties'],
  ])('is refused with its place: %s', (_, line, expected) => {
    expect(refusal(read(line))).toEqual([expected])
  })

  it('keeps numbers of any length as they stood, and says so', () => {
    const line = read(
      '{"id":"a","schema":"Person","properties":{"idNumber":[12345678901234567890,7.50]},"big":1e400,"n":[9007199254740993,-0.5,1e-400,0.0,9007199254740991]}',
    )
    expect(line).toMatchObject({
      entity: {
        properties: { idNumber: ['12345678901234567890', '7.5'] },
        context: { big: '1e400', n: ['9007199254740993', -0.5, '1e-400', 0, 9007199254740991] },
      },
      problems: [{ code: 'record.number.digits', at: 'line 7' }, { code: 'record.value.not-text' }],
    })
    const statement = read('{"id":"s","entity_id":"c","schema":"Company","prop":"name","value":"x","seq":18446744073709551615}')
    expect(statement).toMatchObject({
      statement: { context: { seq: '18446744073709551615' } },
      problems: [{ code: 'record.number.digits' }],
    })
  })

  it('is refused when it nests too deep, without filling the stack', () => {
    const deep = `{"id":"a","schema":"Person","x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
    expect(refusal(read(deep))).toEqual(['record.line.nesting @ line 7, column 96'])
    expect(refusal(read('['.repeat(200_000)))).toEqual(['record.line.nesting @ line 7, column 65'])
  })

  it('is refused unread when it is longer than a line may be', () => {
    expect(refusal(read(`"${'x'.repeat(MAX_LINE)}"`))).toEqual(['record.line.too-long @ line 7'])
  })

  it('may be blank, and the first may begin with a byte order mark', () => {
    expect(read(' \t').kind).toBe('blank')
    expect(entityOf(read(`\ufeff${JSON.stringify(COMPANY)}`, 1)).id).toBe('c1')
    expect(read(`\ufeff${JSON.stringify(COMPANY)}`, 2).kind).toBe('refused')
  })
})

describe('values', () => {
  const quarantinedOf = (properties: unknown, schema = 'Person') => {
    const line = read({ id: 'a', schema, properties })
    return line.kind === 'entity' ? line.quarantined : []
  }

  it('of unknown properties and of other ends go to quarantine with their place', () => {
    expect(quarantinedOf({ shoeSize: ['43', '44'], employers: ['x'], constructor: ['y'] })).toMatchObject([
      { at: 'line 7, properties.shoeSize', excerpt: '["43","44"]', count: 2, problem: { code: 'record.property.unknown' } },
      { at: 'line 7, properties.employers', excerpt: 'x', count: 1, problem: { code: 'record.property.stub' } },
      { at: 'line 7, properties.constructor', excerpt: 'y', count: 1, problem: { code: 'record.property.unknown' } },
    ])
  })

  it('that are no texts become texts with a warning, or go to quarantine', () => {
    const line = read({ id: 'a', schema: 'Person', properties: { height: [1.8, null, { id: 'b' }], name: 'Jan', alias: ['x', 'x'] } })
    expect(line).toMatchObject({
      entity: { properties: { height: ['1.8'], name: ['Jan'], alias: ['x'] } },
      problems: [
        { code: 'record.value.not-text', at: 'line 7, properties.height[0]' },
        { code: 'record.value.repeated', at: 'line 7, properties.alias[1]' },
      ],
      quarantined: [
        { at: 'line 7, properties.height[1]', problem: { code: 'record.value.none' } },
        { at: 'line 7, properties.height[2]', excerpt: '{"id":"b"}', problem: { code: 'record.value.nested' } },
      ],
    })
  })

  it('beyond the limit of a property go to quarantine, counted', () => {
    const many = Array.from({ length: MAX_VALUES_OF_PROPERTY + 5 }, (_, index) => `alias ${index}`)
    const line = read({ id: 'a', schema: 'Person', properties: { alias: many } })
    expect(entityOf(line).properties['alias']).toHaveLength(MAX_VALUES_OF_PROPERTY)
    expect(quarantinedOf({ alias: many })).toMatchObject([{ count: 5, problem: { code: 'record.property.too-many' } }])
  })

  it('of 100 MB are set aside without the rest of their line', () => {
    const line = read({ id: 'a', schema: 'Person', properties: { name: ['Jan'], notes: ['x'.repeat(50_000_000)] } })
    const cleaned = cleanEntity(entityOf(line), { place: 'line 7, ' })
    expect(cleaned.entity.properties).toEqual({ name: ['Jan'] })
    expect(cleaned.quarantined).toMatchObject([
      { at: 'line 7, properties.notes[0]', length: 50_000_000, problem: { code: 'record.too-long', at: 'line 7, properties.notes[0]' } },
    ])
    expect(cleaned.quarantined[0]?.excerpt).toHaveLength(1000)
  })
})

describe('a secret key', () => {
  it.each([
    ['as the property of FollowTheMoney', { properties: { privateKey: ['5Kb8kLf9zgWQnogidDA76MzPL6TsZZY36hWXMssSzNydYXYB9KF'] } }],
    ['written otherwise', { properties: { private_key: '5Kb8kLf9zgWQnogidDA76MzPL6TsZZY36hWXMssSzNydYXYB9KF' } }],
    ['in an unknown member', { wallet: [{ 'Seed Phrase': '5Kb8kLf9zgWQnogidDA76MzPL6TsZZY36hWXMssSzNydYXYB9KF' }] }],
    [
      'in a nested entity',
      { properties: { holder: [{ id: 'x', properties: { privateKey: ['5Kb8kLf9zgWQnogidDA76MzPL6TsZZY36hWXMssSzNydYXYB9KF'] } }] } },
    ],
    [
      'in our own member',
      {
        breakwater: {
          schema: 'VirtualAssetAccount',
          properties: { privateKey: ['5Kb8kLf9zgWQnogidDA76MzPL6TsZZY36hWXMssSzNydYXYB9KF'] },
          shown: {},
        },
      },
    ],
  ])('is kept nowhere, only its place: %s', (_, members) => {
    const line = read({ id: 'w', schema: 'CryptoWallet', ...members })
    expect(JSON.stringify(line)).not.toContain('5Kb8')
    expect(line).toMatchObject({ quarantined: [{ problem: { code: 'record.secret' } }] })
  })

  it.each([
    ['about it', { prop: 'privateKey', value: '5Kb8' }],
    ['beside it', { prop: 'publicKey', value: 'x', context: { wallet: [{ privateKey: '5Kb8' }] } }],
    ['whose member is called otherwise', { prop: 'publicKey', value: 'x', wallet_private_key_wif: '5Kb8' }],
  ])('refuses a statement %s', (_, said) => {
    const line = { id: 's', entity_id: 'w', schema: 'CryptoWallet', ...said }
    expect(refusal(read(line))).toEqual(['record.secret @ line 7, prop'])
    expect(JSON.stringify(read(line))).not.toContain('5Kb8')
  })
})

describe('a statement', () => {
  const STATEMENT = {
    id: 'f00',
    entity_id: 'c1',
    canonical_id: 'NK-1',
    prop: 'name',
    prop_type: 'name',
    schema: 'Company',
    value: 'Acme BV',
    dataset: 'register',
    lang: null,
    original_value: 'ACME bv',
    external: false,
    first_seen: '2024-01-01',
    last_seen: '2024-02-01',
  }

  it('is read with all its members and printed again', () => {
    const line = read(STATEMENT)
    if (line.kind !== 'statement') throw new Error('not a statement')
    expect(line.statement).toMatchObject({
      entityId: 'c1',
      canonicalId: 'NK-1',
      property: 'name',
      originalValue: 'ACME bv',
      dataset: 'register',
    })
    expect(JSON.parse(printStatementLine(line.statement))).toEqual(STATEMENT)
    expect(entityOfStatement(line.statement)).toMatchObject({ id: 'c1', properties: { name: ['Acme BV'] }, datasets: ['register'] })
  })

  it.each([
    [{ prop: 'nothing' }, 'record.property.unknown @ line 7, prop'],
    [{ prop: 'ownershipOwner' }, 'record.property.stub @ line 7, prop'],
    [{ schema: 'Dragon' }, 'record.schema.unknown @ line 7, schema'],
    [{ value: 12 }, 'record.statement.member @ line 7, value'],
    [{ entity_id: '' }, 'record.id @ line 7, entity_id'],
  ])('is refused with its place: %j', (changed, expected) => {
    expect(refusal(read({ ...STATEMENT, ...changed }))).toEqual([expected])
  })

  it('that an entity exists names no value of it', () => {
    const line = read({ ...STATEMENT, prop: 'id', value: 'checksum' })
    expect(line.kind === 'statement' && entityOfStatement(line.statement).properties).toEqual({})
  })
})

describe('a record of ours as plain FollowTheMoney', () => {
  const consignment: RecordEntity = {
    id: 'k1',
    schema: 'Consignment',
    properties: { billOfLading: ['BL1'], shipper: ['c1'], goodsDescription: ['bananas'], containers: ['b1', 'b2'], summary: ['x'] },
    context: { caption: 'BL1' },
  }

  it('is of the fallback, with what the fallback has and can show', () => {
    const plain = toPlain(consignment)
    expect(plain.schema).toBe('EconomicActivity')
    expect(plain.properties).toEqual({ goodsDescription: ['bananas'], summary: ['x'], ccdNumber: ['BL1'], sender: ['c1'] })
    for (const name of Object.keys(plain.properties)) expect(propertyOf('EconomicActivity', name)).toBeDefined()
  })

  it('comes back as it was, with what was added outside', () => {
    const plain = toPlain(consignment)
    expect(entityOf(read(printEntityLine(plain)))).toEqual(consignment)
    const edited = { ...plain, properties: { ...plain.properties, summary: ['x', 'seen in port'] } }
    expect(entityOf(read(printEntityLine(edited))).properties['summary']).toEqual(['x', 'seen in port'])
  })

  it('stays plain with a warning when the member does not fit the line', () => {
    const plain = toPlain(consignment)
    for (const changed of [
      { ...plain, schema: 'Person', properties: {} },
      { ...plain, context: { breakwater: { schema: 'Person', properties: {}, shown: {} } } },
      { ...plain, context: { breakwater: { schema: 'Consignment', properties: {}, shown: { sender: [1] } } } },
      { ...plain, context: { breakwater: 'Consignment' } },
      { ...plain, properties: { ...plain.properties, ccdValue: ['added outside'] } },
    ]) {
      const line = read(printEntityLine(changed))
      expect(line).toMatchObject({ entity: changed, problems: [{ code: 'record.extension', at: 'line 7, breakwater' }] })
    }
  })

  it('is checked like any line: an unknown property of ours goes to quarantine', () => {
    const line = read({
      id: 'k1',
      schema: 'EconomicActivity',
      properties: {},
      breakwater: { schema: 'Consignment', properties: { dragon: ['x'], billOfLading: [1] }, shown: {} },
    })
    expect(line).toMatchObject({
      entity: { schema: 'Consignment', properties: { billOfLading: ['1'] } },
      problems: [{ code: 'record.value.not-text' }],
      quarantined: [{ at: 'line 7, breakwater.properties.dragon' }],
    })
  })
})

describe('the ids of a file', () => {
  it('tell of a repeated record and of one that contradicts itself', () => {
    const register = createLineRegister()
    expect(register.note('a', 'LegalEntity', 1)).toEqual([])
    expect(register.note('a', 'Company', 4)).toMatchObject([{ code: 'record.id.repeated', at: 'line 4, id' }])
    expect(register.schemaOf('a')).toBe('Company')
    expect(register.note('a', 'Vessel', 9)).toMatchObject([{ code: 'record.schema.contradiction', at: 'line 9, schema' }])
    expect(register.schemaOf('a')).toBe('Company')
  })
})

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).filter((value) => value.isWellFormed())
const context = fc
  .dictionary(fc.oneof(text, fc.constantFrom('caption', '__proto__', 'constructor', 'breakwater')), fc.jsonValue({ maxDepth: 3 }), {
    maxKeys: 3,
  })
  .map((members) => JSON.parse(JSON.stringify(members)) as RecordEntity['context'])
  .filter((members) => !['id', 'schema', 'properties', 'datasets', 'prop'].some((name) => Object.hasOwn(members, name)))
const entity: fc.Arbitrary<RecordEntity> = fc.constantFrom(...schemata.filter(({ isAbstract }) => !isAbstract)).chain((schema) =>
  fc.record({
    id: text.filter(isEntityId),
    schema: fc.constant(schema.name as string),
    properties: fc.dictionary(
      fc.constantFrom(...[...schema.properties.values()].filter(({ isStub }) => !isStub).map(({ name }) => name)),
      fc.uniqueArray(text, { minLength: 1, maxLength: 3 }),
      { maxKeys: 6, noNullPrototype: true },
    ),
    context,
  }),
)

it('reads what it printed as the same entity, plain or not', () => {
  fc.assert(
    fc.property(entity, (original) => {
      expect(entityOf(read(printEntityLine(original)))).toEqual(original)
      expect(entityOf(read(printEntityLine(toPlain(original))))).toEqual(original)
    }),
    { numRuns: 1000 },
  )
})

it('never throws on noise, and counts every value of what it takes', () => {
  const value = fc.oneof(fc.string({ maxLength: 8 }), fc.integer(), fc.constant(null), fc.constant({ id: 'x' }))
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0 ae1-'), maxLength: 40 }),
      fc.array(value, { maxLength: 6 }),
      (noise, values) => {
        readEntityLine(noise, 1)
        const line = read({ id: 'a', schema: 'Person', properties: { alias: values, nothing: values } })
        const kept = entityOf(line).properties['alias']?.length ?? 0
        const repeated = line.kind === 'entity' ? line.problems.filter(({ code }) => code === 'record.value.repeated').length : 0
        const aside = line.kind === 'entity' ? line.quarantined.reduce((sum, { count }) => sum + count, 0) : 0
        expect(kept + repeated + aside).toBe(2 * values.length)
      },
    ),
    { numRuns: 1000 },
  )
})

it('counts every value once when it cleans', () => {
  const properties = { name: ['Jan', ' Jan '], birthDate: ['1970-02-30', '1970'], innCode: ['1234567890'], nothing: ['x'] }
  const { entity: cleaned, counts } = cleanEntity({ id: 'a', schema: 'Person', properties, context: {} })
  expect(cleaned.properties).toEqual({ name: ['Jan'], birthDate: ['1970'], innCode: ['1234567890'] })
  expect(counts).toEqual({ accepted: 2, warned: 2, quarantined: 2 })
})
