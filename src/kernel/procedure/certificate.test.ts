/** A certificate for one role: what it may see and nothing else, in the order and words of the pinned version, the same bytes wherever it is made. */
import { describe, expect, it } from 'vitest'
import { certificateBytes, certificateOf, formsFor, seesAll } from './certificate.ts'
import type { LegalRef, ProcedureDef } from './definition.ts'

const basis: LegalRef = { act: 'Regulation (EU) 2023/1543', art: 'Annex I', mark: 'V' }

const definition = {
  id: 'PR-07.epoc',
  title: 'European Production Order',
  version: '2026-11-26',
  basis: [basis],
  roles: { issuing: { title: 'Issuing' }, addressee: { title: 'Addressee' }, enforcing: { title: 'Enforcing' } },
  sections: [
    { id: 'A', title: 'A: Issuing authority' },
    { id: 'E', title: 'E: Information supporting identification' },
    // As printed in the Official Journal, sic.
    { id: 'M', title: 'M: Further information on the European Preservation Order' },
    { id: 'iii', title: 'Annex III' },
  ],
  codeLists: { offence: [{ code: 'drugs', title: 'illicit trafficking in narcotic drugs and psychotropic substances' }] },
  fields: [
    { id: 'authority', title: 'Authority', type: 'text', section: 'A', audience: ['issuing', 'addressee', 'enforcing'] },
    { id: 'language', title: 'Language', type: 'text', section: 'A', audience: ['issuing', 'addressee', 'enforcing'] },
    {
      id: 'identifiers',
      title: 'Identifiers',
      type: 'list',
      section: 'E',
      of: [
        { id: 'kind', title: 'Kind', type: 'code', codeList: 'offence' },
        { id: 'value', title: 'Value', type: 'text' },
      ],
      audience: ['issuing', 'addressee'],
    },
    { id: 'offence', title: 'Offence category', type: 'codes', codeList: 'offence', section: 'M', audience: ['issuing', 'enforcing'] },
    { id: 'summary', title: 'Summary of the case', type: 'long-text', section: 'M', audience: ['issuing', 'enforcing'] },
    { id: 'impossible', title: 'Why not', type: 'text', section: 'iii', audience: ['issuing', 'addressee', 'enforcing'] },
    { id: 'costs', title: 'Costs', type: 'number', audience: ['issuing', 'addressee'] },
    { id: 'private', title: 'Own note', type: 'text', audience: ['issuing'] },
  ],
  transitions: [
    {
      id: 'issue',
      title: 'Issue',
      official: 'Issue the EPOC',
      form: [{ section: 'A' }, { section: 'E' }, { section: 'M' }, { field: 'private' }],
      effects: [],
    },
    { id: 'report', title: 'Report', form: [{ section: 'iii' }, { field: 'costs' }], effects: [] },
    { id: 'refuse', title: 'Refuse', refuses: [], effects: [] },
    { id: 'ack', title: 'Acknowledge', effects: [] },
  ],
  refusalGrounds: [{ code: 'immunity', text: 'Immunity or privilege', basis: { act: 'From memory', art: '16(4)(f)', mark: 'M' } }],
} as unknown as ProcedureDef

const values = {
  authority: 'Court of Antwerp',
  identifiers: [{ kind: 'drugs', value: 'a@b.example' }],
  offence: ['drugs'],
  summary: 'SECRET SUMMARY',
  private: 'OWN NOTE',
  costs: 12,
}
const of = (role: string, part: object = {}) =>
  certificateOf(definition, { reference: 'ref-1', order: 4, values, purged: [], role, ...part })
const shown = (certificate: ReturnType<typeof of>) =>
  Object.fromEntries(certificate.sections.map(({ id, fields }) => [id, fields.map((field) => field.id)]))

describe('for the addressee', () => {
  it('has no byte of Section M: neither its values, nor its titles, nor that it exists', () => {
    const text = certificateBytes(of('addressee'))
    for (const secret of [
      'SECRET SUMMARY',
      'Summary of the case',
      'Offence category',
      'psychotropic substances"],"title":"Offence',
      'Further information',
      '"M',
    ])
      expect(text).not.toContain(secret)
    expect(shown(of('addressee'))).toEqual({ A: ['authority', 'language'], E: ['identifiers'], '': ['costs'] })
  })

  it('is the same bytes when the issuing authority makes it and when the addressee makes it from what it holds', () => {
    const held = { authority: values.authority, identifiers: values.identifiers, costs: 12 }
    const own = certificateOf(definition, { reference: 'ref-1', order: 4, values: held, purged: [], role: 'addressee' })
    expect(certificateBytes(of('addressee', { by: ['issuing'] }))).toBe(certificateBytes(own))
  })

  it('is the same bytes whatever Section M says', () => {
    const other = { ...values, summary: 'another', offence: undefined }
    expect(certificateBytes(of('addressee', { values: other }))).toBe(certificateBytes(of('addressee')))
  })
})

it('made by a role for another it holds only what both may see, and says whether that is all', () => {
  expect(shown(of('enforcing', { by: ['addressee'] }))).toEqual({ A: ['authority', 'language'] })
  expect(seesAll(definition, ['issuing'], 'enforcing')).toBe(true)
  expect(seesAll(definition, ['addressee'], 'enforcing')).toBe(false)
})

it('prints the text of a code in the words of its version, the title as the definition writes it, and a code it does not know as it stands', () => {
  const enforcing = of('enforcing')
  expect(enforcing.sections.find(({ id }) => id === 'M')?.title).toBe('M: Further information on the European Preservation Order')
  const text = (certificate: ReturnType<typeof of>) =>
    certificate.sections.flatMap(({ fields }) => fields).find(({ id }) => id === 'offence')?.text
  expect(text(enforcing)).toEqual(['illicit trafficking in narcotic drugs and psychotropic substances'])
  expect(text(of('enforcing', { values: { ...values, offence: ['drugs', 'other'] } }))).toEqual([expect.any(String), 'other'])
  const later = { ...definition, version: '2030-01-01', codeLists: { offence: [{ code: 'drugs', title: 'NEW WORDS' }] } } as ProcedureDef
  expect(certificateBytes(enforcing)).not.toContain('NEW WORDS')
  expect(certificateBytes(certificateOf(later, { reference: 'ref-1', order: 4, values, purged: [], role: 'enforcing' }))).toContain(
    'NEW WORDS',
  )
})

it('gives every value a stable path, in lists with the number of the entry', () => {
  const fields = of('issuing').sections.flatMap((section) => section.fields)
  const paths = fields.flatMap(({ path, entries = [] }) => [path, ...entries.flat().map((each) => each.path)])
  expect(paths).toContain('E/identifiers/1/value')
  expect(paths).toContain('/costs')
  expect(new Set(paths).size).toBe(paths.length)
})

it('prints sections of one form together, the empty ones too, and none of a form that says nothing', () => {
  const certificate = of('issuing', { values: { authority: 'Court' } })
  expect(shown(certificate)).toEqual({ A: ['authority', 'language'], E: ['identifiers'], M: ['offence', 'summary'] })
  expect(certificate.sections[1]?.fields[0]?.state).toBe('empty')
})

it('of one form holds what its step asks for', () => {
  expect(shown(of('issuing', { form: 'report' }))).toEqual({ iii: ['impossible'], '': ['costs'] })
  expect(shown(of('addressee', { form: 'issue' }))).toEqual({ A: ['authority', 'language'], E: ['identifiers'] })
  expect(shown(of('addressee', { form: 'nothing' }))).toEqual({})
  expect(formsFor(definition, 'enforcing').map(({ id }) => id)).toEqual(['issue', 'report', 'refuse'])
  expect(formsFor(definition, 'addressee')[0]?.official).toBe('Issue the EPOC')
})

it('shows an erased value as erased and keeps nothing of it', () => {
  const { summary: _, ...rest } = values
  const erased = of('enforcing', { values: rest, purged: ['summary'] })
  expect(erased.sections.find(({ id }) => id === 'M')?.fields.find(({ id }) => id === 'summary')).toMatchObject({ state: 'erased' })
  expect(certificateBytes(erased)).not.toContain('SECRET')
})

it('prints the text of a refusal ground with its basis and mark', () => {
  const refusal = of('issuing', { form: 'refuse', values: { ...values, ground: 'immunity', reasons: 'a lawyer' } })
  expect(refusal.sections.flatMap(({ fields }) => fields)[0]).toMatchObject({
    id: 'ground',
    text: ['Immunity or privilege'],
    basis: { mark: 'M', art: '16(4)(f)' },
  })
})

describe('of a refusal', () => {
  const transitions = definition.transitions.map((each) =>
    each.id === 'refuse' ? { ...each, refusalAudience: ['issuing', 'enforcing'] } : each,
  )
  const kept = { ...definition, transitions } as ProcedureDef
  const refused = { ...values, ground: 'immunity', reasons: 'SECRET REASONS', justification: 'SECRET WHY' }
  const madeFor = (role: string, by?: readonly string[]) =>
    certificateOf(kept, { reference: 'ref-1', order: 4, values: refused, purged: [], role, ...(by === undefined ? {} : { by }) })

  it('ground and reasons are in what is made for a role that may read them', () => {
    expect(certificateBytes(madeFor('enforcing', ['issuing']))).toContain('SECRET REASONS')
  })

  it('no byte is in what is made for a role that may not read them, or by one', () => {
    for (const certificate of [madeFor('addressee', ['issuing']), madeFor('addressee'), madeFor('issuing', ['addressee'])]) {
      const bytes = certificateBytes(certificate)
      for (const text of ['SECRET', 'Immunity', 'Ground', 'Reasons', 'justification']) expect(bytes).not.toContain(text)
    }
    expect(formsFor(kept, 'addressee').map(({ id }) => id)).not.toContain('refuse')
  })

  it('it is said that something is missing when who makes it may not read them', () => {
    const shared = { ...kept, fields: kept.fields.filter(({ id }) => id === 'authority') } as ProcedureDef
    expect(seesAll(shared, ['addressee'], 'enforcing')).toBe(false)
    expect(seesAll(shared, ['issuing'], 'addressee')).toBe(true)
  })
})
