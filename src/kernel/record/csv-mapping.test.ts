import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectDateFormat, isDateFormat, readDate } from './csv-date-format.ts'
import { HEADINGS, ROLE_WORDS } from './csv-headers.ts'
import { type Mapping, mapRow, type Row, unmappedColumns } from './csv-mapping.ts'
import { checkHeaders, checkMapping } from './csv-mapping-check.ts'
import { suggestMapping } from './csv-suggest.ts'
import { propertyOf, schemata } from './model.ts'

const MAPPING: Mapping = {
  entities: {
    company: {
      schema: 'Company',
      keys: ['kvk'],
      properties: {
        name: { column: 'company' },
        alias: { column: 'other names', split: ';' },
        jurisdiction: { literal: 'nl' },
        address: { columns: ['street', 'city'], join: ', ' },
        incorporationDate: { column: 'founded', format: 'DD-MM-YYYY' },
      },
    },
    person: { schema: 'Person', keys: ['director', 'born'], properties: { name: { column: 'director' }, birthDate: { column: 'born' } } },
    directs: {
      schema: 'Directorship',
      properties: { director: { entity: 'person' }, organization: { entity: 'company' }, role: { column: 'role' } },
    },
  },
}
const ROW: Row = {
  kvk: '12345678',
  company: 'Acme BV',
  'other names': 'ACME; Acme Trading ;',
  street: 'Kade 1',
  city: 'Rotterdam',
  founded: '03-02-1999',
  director: 'Jan Peeters',
  born: '1970-05-31',
  role: 'bestuurder',
}
const HEADERS = Object.keys(ROW)

describe('a row', () => {
  it('becomes its records and their relation, each value with its line and column', () => {
    const { entities, problems, quarantined } = mapRow(MAPPING, ROW, { rowNumber: 12 })
    expect({ problems, quarantined }).toEqual({ problems: [], quarantined: [] })
    expect(entities).toEqual([
      {
        name: 'company',
        entity: {
          id: 'company|12345678',
          schema: 'Company',
          properties: {
            name: ['Acme BV'],
            alias: ['ACME', 'Acme Trading'],
            jurisdiction: ['nl'],
            address: ['Kade 1, Rotterdam'],
            incorporationDate: ['1999-02-03'],
          },
          context: {},
        },
        pointers: {
          name: ['line 12 column company'],
          alias: ['line 12 column other names', 'line 12 column other names'],
          jurisdiction: [''],
          address: ['line 12 column street, line 12 column city'],
          incorporationDate: ['line 12 column founded'],
        },
      },
      expect.objectContaining({ entity: expect.objectContaining({ id: 'person|Jan Peeters|1970-05-31' }) }),
      expect.objectContaining({
        entity: expect.objectContaining({
          id: 'directs|person\\|Jan Peeters\\|1970-05-31|company\\|12345678',
          properties: { director: ['person|Jan Peeters|1970-05-31'], organization: ['company|12345678'], role: ['bestuurder'] },
        }),
      }),
    ])
  })

  it('takes ids from the function it is given, and the same row gives the same ids', () => {
    const idOf = (key: string) => `r${key.length}`
    const once = mapRow(MAPPING, ROW, { rowNumber: 1, idOf })
    expect(once.entities.map(({ entity }) => entity.id)).toEqual(['r16', 'r29', 'r15'])
    expect(mapRow(MAPPING, ROW, { rowNumber: 1, idOf })).toEqual(once)
  })

  it('without the key of a record keeps what it says of it aside, and makes no relation to it', () => {
    const { entities, quarantined } = mapRow(MAPPING, { ...ROW, kvk: ' ' }, { rowNumber: 12 })
    expect(entities.map(({ name }) => name)).toEqual(['person'])
    expect(quarantined.map(({ at, excerpt }) => [at, excerpt])).toEqual([
      ['line 12 column company', 'Acme BV'],
      ['line 12 column other names', 'ACME'],
      ['line 12 column other names', 'Acme Trading'],
      ['line 12 column street, line 12 column city', 'Kade 1, Rotterdam'],
      ['line 12 column founded', '03-02-1999'],
      ['line 12 column role', 'bestuurder'],
    ])
  })

  it('keeps what is no date of the stated order aside, and warns of what is doubtful', () => {
    const { entities, problems, quarantined } = mapRow(MAPPING, { ...ROW, founded: '31-02-1999', company: 'Ac\u202eme' }, { rowNumber: 12 })
    expect(entities[0]?.entity.properties['incorporationDate']).toBeUndefined()
    expect(quarantined).toMatchObject([{ at: 'line 12 column founded', excerpt: '31-02-1999', problem: { code: 'record.date.format' } }])
    expect(problems).toMatchObject([{ at: 'line 12 column company', code: 'record.text.direction' }])
  })

  it('may be chosen by the values of a column', () => {
    const company = MAPPING.entities['company']
    if (company === undefined) throw new Error('no company')
    const mapping = { entities: { company: { ...company, only: { role: ['owner'] } } } }
    expect(mapRow(mapping, ROW, { rowNumber: 1 }).entities).toEqual([])
    expect(mapRow(mapping, { ...ROW, role: 'owner' }, { rowNumber: 1 }).entities).toHaveLength(1)
  })

  it('gives different keys different ids, whatever signs they hold', () => {
    const mapping: Mapping = { entities: { a: { schema: 'Person', keys: ['x', 'y'], properties: {} } } }
    const idOfRow = (x: string, y: string) => mapRow(mapping, { x, y }, { rowNumber: 1 }).entities[0]?.entity.id
    const part = fc.string({ unit: fc.constantFrom('a', '|', '\\'), minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(part, part, part, part, (x, y, u, v) => {
        expect(idOfRow(x, y) === idOfRow(u, v)).toBe(x === u && y === v)
      }),
      { numRuns: 1000 },
    )
  })

  it('loses no cell that is mapped, whatever it holds', () => {
    const cell = fc.string({ unit: 'binary', maxLength: 20 })
    fc.assert(
      fc.property(fc.record(Object.fromEntries(HEADERS.map((header) => [header, cell]))), (row) => {
        const { entities, problems, quarantined } = mapRow(MAPPING, row, { rowNumber: 5 })
        const told = new Set([
          ...entities.flatMap(({ pointers }) => Object.values(pointers).flat()),
          ...quarantined.map(({ at }) => at),
          ...problems.map(({ at }) => at),
        ])
        const places = [...told].join('|')
        for (const header of HEADERS.filter((each) => each !== 'kvk' && (row[each] ?? '').replaceAll(';', '').trim() !== ''))
          expect(places, header).toContain(`line 5 column ${header}`)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a mapping', () => {
  it('is accepted as it was saved, and tells which columns stay outside', () => {
    expect(checkMapping(JSON.parse(JSON.stringify(MAPPING)), HEADERS)).toMatchObject({ ok: true, value: MAPPING })
    expect(unmappedColumns(MAPPING, [...HEADERS, 'shoe size'])).toEqual(['shoe size'])
  })

  const changed = (entity: string, members: object): unknown => ({
    entities: { ...MAPPING.entities, [entity]: { ...MAPPING.entities[entity], ...members } },
  })
  it.each<[string, unknown, string]>([
    ['no object', 'x', 'record.mapping.form @ mapping'],
    ['no records', { entities: {} }, 'record.mapping.count @ entities'],
    ['an unknown schema', changed('company', { schema: 'Dragon' }), 'record.mapping.schema @ entities.company.schema'],
    ['an abstract schema', changed('company', { schema: 'Thing' }), 'record.mapping.schema @ entities.company.schema'],
    ['no key', changed('company', { keys: undefined }), 'record.mapping.keys @ entities.company.keys'],
    ['a column that the table lacks', changed('company', { keys: ['KVK'] }), 'record.mapping.column @ entities.company.keys'],
    [
      'an unknown property',
      changed('company', { properties: { shoe: { column: 'kvk' } } }),
      'record.mapping.property @ entities.company.properties.shoe',
    ],
    [
      'another end',
      changed('person', { properties: { employers: { entity: 'company' } } }),
      'record.mapping.property @ entities.person.properties.employers',
    ],
    [
      'a mistyped member',
      changed('company', { properties: { name: { colum: 'company' } } }),
      'record.mapping.member @ entities.company.properties.name.colum',
    ],
    [
      'two sources',
      changed('company', { properties: { name: { column: 'company', literal: 'x' } } }),
      'record.mapping.source @ entities.company.properties.name',
    ],
    [
      'a format of no date',
      changed('company', { properties: { name: { column: 'company', format: 'DD/MM/YYYY' } } }),
      'record.mapping.format @ entities.company.properties.name.format',
    ],
    [
      'a relation to the wrong kind',
      changed('directs', { properties: { director: { entity: 'person' }, organization: { entity: 'person' } } }),
      'record.mapping.range @ entities.directs.properties.organization.entity',
    ],
    [
      'a relation to nobody',
      changed('directs', { properties: { director: { entity: 'boss' }, organization: { entity: 'company' } } }),
      'record.mapping.entity @ entities.directs.properties.director.entity',
    ],
    [
      'a relation with one end',
      changed('directs', { properties: { director: { entity: 'person' } } }),
      'record.mapping.edge @ entities.directs.properties.organization',
    ],
    [
      'a text that is none',
      changed('company', { properties: { name: { column: 7 } } }),
      'record.mapping.text @ entities.company.properties.name.column',
    ],
  ])('is refused with the place of its fault: %s', (_, mapping, expected) => {
    const checked = checkMapping(mapping, HEADERS)
    expect(checked.ok).toBe(false)
    expect(checked.problems.map(({ code, at }) => `${code} @ ${at}`)).toContain(expected)
  })

  it('never throws on what is none', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 4 }), (value) => {
        expect(checkMapping({ entities: value }).ok).toBe(false)
        checkMapping({ entities: { company: value } })
        checkMapping({ entities: { company: { schema: 'Company', keys: ['a'], properties: { name: value, address: value } } } })
      }),
    )
  })
})

it('names columns without a name and with the same name', () => {
  expect(checkHeaders(['a', '', 'a']).map(({ code, at }) => `${code} @ ${at}`)).toEqual([
    'record.header.empty @ column 2',
    'record.header.repeated @ column 3',
  ])
})

describe('dates', () => {
  it.each([
    ['31/12/1970', 'DD/MM/YYYY', '1970-12-31'],
    ['31.12.1970', 'DD/MM/YYYY', '1970-12-31'],
    ['12/31/1970', 'MM/DD/YYYY', '1970-12-31'],
    ['19701231', 'YYYYMMDD', '1970-12-31'],
    ['12/1970', 'MM/YYYY', '1970-12'],
    ['31/13/1970', 'DD/MM/YYYY', undefined],
    ['31/12/70', 'DD/MM/YYYY', undefined],
    ['', 'DD/MM/YYYY', undefined],
  ])('%j written %s are %s', (text, format, expected) => {
    expect(readDate(text, format)).toBe(expected)
  })

  it('have an order only when the samples leave no other', () => {
    expect(detectDateFormat(['31/12/1970', '01/02/1980'])).toEqual({ kind: 'format', format: 'DD/MM/YYYY' })
    expect(detectDateFormat(['12/31/1970', ''])).toEqual({ kind: 'format', format: 'MM/DD/YYYY' })
    expect(detectDateFormat(['01/02/1980', '03/04/1990'])).toEqual({ kind: 'ambiguous', formats: ['DD/MM/YYYY', 'MM/DD/YYYY'] })
    expect(detectDateFormat(['1980-02-01', '1980'])).toEqual({ kind: 'iso' })
    expect(detectDateFormat(['soon'])).toEqual({ kind: 'none' })
    expect(isDateFormat('DD/MM/YYYY')).toBe(true)
    for (const format of ['DD/MM', 'DD/YYYY', 'DD/MM/YY', 'DD/DD/YYYY', 'x/YYYY', '(a+)+YYYY']) expect(isDateFormat(format)).toBe(false)
  })
})

describe('a suggestion', () => {
  const tableOf = (text: string) => {
    const rows = parse<Row>(text, { columns: true })
    return { headers: Object.keys(rows[0] ?? {}), rows }
  }
  const suggested = (text: string) => {
    const { headers, rows } = tableOf(text)
    const { mapping, problems } = suggestMapping(headers, rows)
    expect(checkMapping(mapping, headers)).toMatchObject({ ok: true })
    const mapped = rows.map((row, at) => mapRow(mapping, row, { rowNumber: at + 2 }))
    return {
      mapping,
      problems,
      unmapped: unmappedColumns(mapping, headers),
      entities: mapped.flatMap(({ entities }) => entities.map(({ entity }) => entity)),
    }
  }

  it.each([
    [
      'English',
      'Company name,Company number,Country of incorporation,Registered office,Founded\nAcme Ltd,123,United Kingdom,1 Quay,1999-01-02',
    ],
    ['Dutch', 'Bedrijfsnaam,KvK-nummer,Land van oprichting,Zetel,Oprichtingsdatum\nAcme Ltd,123,Verenigd Koninkrijk,1 Quay,1999-01-02'],
    [
      'French',
      'Raison sociale,Numéro d’immatriculation,Pays d’immatriculation,Siège,Date de constitution\nAcme Ltd,123,Royaume-Uni,1 Quay,1999-01-02',
    ],
    ['German', 'Firmenname,Handelsregister-Nr.,Registerland,Sitz,Gründungsdatum\nAcme Ltd,123,Vereinigtes Königreich,1 Quay,1999-01-02'],
    ['Spanish', 'Razón social,Número de registro,País de registro,Sede,Fecha de constitución\nAcme Ltd,123,Reino Unido,1 Quay,1999-01-02'],
    [
      'Italian',
      'Ragione sociale,Numero di registrazione,Paese di registrazione,Indirizzo,Data di costituzione\nAcme Ltd,123,Regno Unito,1 Quay,1999-01-02',
    ],
    [
      'Portuguese',
      'Razão social,Número de registo,País de registo,Morada,Data de constituição\nAcme Ltd,123,Reino Unido,1 Quay,1999-01-02',
    ],
  ])('understands a table of companies in %s', (_, text) => {
    const { entities, unmapped, problems } = suggested(text)
    expect({ unmapped, problems }).toEqual({ unmapped: [], problems: [] })
    expect(entities).toMatchObject([
      {
        id: 'main|123',
        schema: 'Company',
        properties: {
          name: ['Acme Ltd'],
          registrationNumber: ['123'],
          jurisdiction: ['gb'],
          address: ['1 Quay'],
          incorporationDate: ['1999-01-02'],
        },
      },
    ])
  })

  it.each([
    ['English', 'First name,Last name,Date of birth,Nationality,Passport number,Gender'],
    ['Dutch', 'Voornaam,Achternaam,Geboortedatum,Nationaliteit,Paspoortnummer,Geslacht'],
    ['French', 'Prénom,Nom de famille,Date de naissance,Nationalité,Numéro de passeport,Sexe'],
    ['German', 'Vorname,Nachname,Geburtsdatum,Staatsangehörigkeit,Reisepassnummer,Geschlecht'],
    ['Spanish', 'Nombres,Apellidos,Fecha de nacimiento,Nacionalidad,Número de pasaporte,Sexo'],
    ['Italian', 'First name,Cognome,Data di nascita,Nazionalità,Numero di passaporto,Sesso'],
    ['Portuguese', 'Primeiro nome,Apelido,Data de nascimento,Nacionalidade,Número do passaporte,Sexo'],
  ])('understands a table of persons in %s', (_, headers) => {
    const { entities, unmapped } = suggested(`${headers}\nJan,Peeters,31/05/1970,BE,EH123456,M`)
    expect(unmapped).toEqual([])
    expect(entities).toMatchObject([
      {
        id: 'main|EH123456',
        schema: 'Person',
        properties: {
          name: ['Jan Peeters'],
          firstName: ['Jan'],
          lastName: ['Peeters'],
          birthDate: ['1970-05-31'],
          nationality: ['be'],
          gender: ['male'],
        },
      },
    ])
  })

  it('relates directors and owners with the company of their row', () => {
    const { entities } = suggested(
      'Company,KvK,Director name,Director date of birth,Shareholder,Share\nAcme,1,Jan,1970-01-02,Holding SA,50',
    )
    expect(entities.map(({ schema }) => schema).sort()).toEqual(['Company', 'Directorship', 'LegalEntity', 'Ownership', 'Person'])
    expect(entities.find(({ schema }) => schema === 'Ownership')?.properties).toEqual({
      owner: ['owner|Holding SA'],
      asset: ['main|1'],
      percentage: ['50'],
    })
    expect(entities.find(({ schema }) => schema === 'Directorship')?.properties).toEqual({
      director: ['director|Jan|1970-01-02'],
      organization: ['main|1'],
    })
  })

  it('understands consignments with their parties, and payments', () => {
    const { entities } = suggested(
      'Bill of lading,Shipper,Consignee,Goods description,Gross weight\nBL1,Exportadora SA,Fruit BV,Bananas,20000',
    )
    expect(entities.find(({ schema }) => schema === 'Consignment')?.properties).toEqual({
      billOfLading: ['BL1'],
      goodsDescription: ['Bananas'],
      grossWeight: ['20000'],
      shipper: ['shipper|Exportadora SA'],
      consignee: ['consignee|Fruit BV'],
    })
    const payments = suggested('Ordenante,Beneficiario,Importe,Moneda,Fecha\nA,B,12.50,EUR,2024-05-01').entities
    expect(payments.find(({ schema }) => schema === 'Payment')?.properties).toEqual({
      payer: ['payer|A'],
      beneficiary: ['beneficiary|B'],
      amount: ['12.50'],
      currency: ['EUR'],
      date: ['2024-05-01'],
    })
  })

  it('knows values whose form is certain under headings that say nothing', () => {
    const { entities } = suggested('Unit,Seal\nCSQU3054383,AB123\nMSKU6011672,AB124')
    expect(entities).toMatchObject([
      { schema: 'Container', properties: { containerNumber: ['CSQU3054383'], sealNumber: ['AB123'] } },
      { schema: 'Container' },
    ])
  })

  it('leaves an ambiguous order of dates open and says so', () => {
    const { mapping, problems } = suggested('Name,Date of birth\nJan,01/02/1970\nPiet,03/04/1980')
    expect(mapping.entities['main']?.properties['birthDate']).toEqual({ column: 'Date of birth' })
    expect(problems).toMatchObject([{ code: 'record.mapping.date-order', at: 'column Date of birth' }])
  })

  it('of a table that nobody understands is empty and says so', () => {
    expect(suggestMapping(['qwerty', 'zxcv', '', 'qwerty'], [])).toMatchObject({
      mapping: { entities: {} },
      problems: [{ code: 'record.mapping.no-key' }],
    })
    expect(suggestMapping([], []).mapping.entities).toEqual({})
  })

  it('is always a mapping of the table, or none, whatever the headings', () => {
    const words = [...Object.values(HEADINGS), ...Object.values(ROLE_WORDS)].flatMap((list) => list.split('|'))
    const header = fc.oneof(
      fc.constantFrom(...words),
      fc.tuple(fc.constantFrom(...words), fc.constantFrom(...words)).map((pair) => pair.join(' ')),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(header, { maxLength: 10 }), (headers) => {
        const { mapping } = suggestMapping(headers, [])
        if (Object.keys(mapping.entities).length > 0) expect(checkMapping(mapping, headers).problems).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the words of headings', () => {
  it('stand for one property each, which some schema has', () => {
    const seen = new Map<string, string>()
    for (const [property, words] of Object.entries(HEADINGS)) {
      expect(property === 'id' || schemata.some(({ name }) => propertyOf(name, property)?.isStub === false), property).toBe(true)
      for (const word of words.split('|')) {
        expect(seen.get(word), word).toBeUndefined()
        expect(word).toMatch(/^[\p{Ll}0-9]+(?: [\p{Ll}0-9]+)*$/u)
        seen.set(word, property)
      }
    }
    for (const words of Object.values(ROLE_WORDS)) for (const word of words.split('|')) expect(seen.get(word), word).toBeUndefined()
  })
})
