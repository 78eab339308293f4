import { describe, expect, it } from 'vitest'
import { headersKey, mappingProblems, proposeMapping, tableHead } from './declaration-mapping.ts'
import { collectSample } from './mapping-trial.ts'
import { readCargoFile, readTableHead } from './read-cargo-file.ts'
import { inPieces, readText } from './reading.fixture.ts'

const TABLE =
  'MRN;Contenedor;Precinto;B/L No;Exportador;Importador;Puerto de carga;Peso bruto;Bultos;Mercancía;Interno\n' +
  '26EC1;CSQU3054383;GS1;BL1;Frutas SA;Import NV;ECGYE;20,4;1080;Bananas;x\n' +
  '26EC1;MSCU6639870;GS2;BL1;Frutas SA;Import NV;ECGYE;doce;20;Etiquetas;y\n'

describe('a table with other column names', () => {
  const head = tableHead(TABLE)
  if (head === undefined) throw new Error('The table has a head.')
  const proposed = proposeMapping(head)
  const mapping = { ...proposed, columns: { ...proposed.columns, description: 'Mercancía' }, inTonnes: true }

  it('is not read until somebody says which column is which', async () => {
    const { summary } = await readText(TABLE)
    expect(summary).toMatchObject({ format: 'csv', messages: 0, refused: { code: 'csv.no-mapping' } })
  })

  it('gets a mapping proposed from its headers, each used once', () => {
    expect(proposed).toEqual({
      delimiter: ';',
      columns: {
        declaration: 'MRN',
        container: 'Contenedor',
        seals: 'Precinto',
        bill_of_lading: 'B/L No',
        consignor: 'Exportador',
        consignee: 'Importador',
        pol: 'Puerto de carga',
        gross_kg: 'Peso bruto',
        packages: 'Bultos',
      },
    })
    expect(mappingProblems(proposed, head.headers)).toEqual([])
  })

  it('is read by its mapping, weights as stated in tonnes, columns left out without a word', async () => {
    const { messages } = await readText(TABLE, { mappingFor: () => mapping })
    expect(messages[0]).toMatchObject({
      outcome: 'warned',
      warnings: [{ code: 'value.not-a-number', at: 'row 3, column 8' }],
      consignments: [
        {
          document: { value: 'BL1' },
          goods: [{ value: 'Bananas' }, { value: 'Etiquetas' }],
          weights: [{ kilograms: { value: 20_400 } }],
          packages: { value: 1100 },
          containers: [{ seals: [{ number: { value: 'GS1' } }] }, { number: { value: 'MSCU6639870' } }],
        },
      ],
    })
  })

  it('finds its mapping again by the same headers in the same order, whatever their case', () => {
    expect(headersKey(['MRN', 'B/L No'])).toBe(headersKey(['mrn', ' b/l  no ']))
    expect(headersKey(['MRN', 'B/L No'])).not.toBe(headersKey(['B/L No', 'MRN']))
  })

  it('is tried without keeping anything', async () => {
    const bytes = new TextEncoder().encode(TABLE)
    expect(await readTableHead(inPieces(bytes, 5))).toEqual(head)
    const trial = await collectSample(readCargoFile(inPieces(bytes), { mappingFor: () => mapping }))
    expect(trial).toMatchObject({
      rows: 2,
      consignments: 1,
      containers: 2,
      warnings: 1,
      problems: [{}],
      sample: [{ consignor: 'Frutas SA' }],
    })
  })

  it('says of a mapping that does not fit why', () => {
    const wrong = { delimiter: ';', columns: { declaration: 'MRN', notify: 'MRN', pod: 'Nowhere' } } as const
    expect(mappingProblems(wrong, head.headers).map(({ at }) => at)).toEqual(['notify', 'pod', 'container'])
    expect(mappingProblems({ delimiter: ';', columns: { container: 'Contenedor' } }, head.headers)).toMatchObject([{ at: 'declaration' }])
  })

  it.each(["UNB+UNOC:3+S+R'", 'a;b\n1;2', 'one;;three\n1;2;3', 'a;a;b\n1;2;3', '1;2;3\n1;2;3', '{"a":1,"b":2,"c":3}', ''])(
    '%j is no such table',
    (text) => {
      expect(tableHead(text)).toBeUndefined()
    },
  )
})
