/**
 * Every procedure of the catalogue, for every role: whatever a case holds, no value and no title of a field that is not for the role occurs in what is
 * made for it. The printed page is drawn from that value and knows nothing else.
 */
import { describe, expect, it } from 'vitest'
import { type Certificate, certificateBytes, certificateOf, formsFor } from '#kernel/procedure/certificate.ts'
import { type FieldDef, type ProcedureDef, REFUSAL_FIELDS } from '#kernel/procedure/definition.ts'
import { codesOf } from '#kernel/procedure/field-value.ts'
import { valuesFor } from './parties.ts'
import { readDefinitions, SHIPPED_FOLDER } from './read-definition.ts'

const definitions = readDefinitions(SHIPPED_FOLDER).map(({ definition }) => definition)

/** A value that is known again: it names its field. */
function markOf(definition: ProcedureDef, field: Omit<FieldDef, 'audience' | 'of'> & { readonly of?: FieldDef['of'] }): unknown {
  switch (field.type) {
    case 'code':
      return codesOf(field, definition)[0]
    case 'codes':
      return codesOf(field, definition).slice(0, 2)
    case 'number':
      return 7
    case 'yes-no':
      return true
    case 'list':
      return [Object.fromEntries((field.of ?? []).map((part) => [part.id, markOf(definition, { ...part, id: `${field.id}-${part.id}` })]))]
    default:
      return `value of ${field.id} end`
  }
}

/** Ground, reasons and justification, as a refusal leaves them in a case; none where nothing is refused. */
function refusalOf(definition: ProcedureDef): Readonly<Record<string, unknown>> {
  const [ground] = definition.refusalGrounds
  if (ground === undefined) return {}
  return { ground: ground.code, reasons: 'value of reasons end', justification: 'value of justification end' }
}

/** As the steps say it, each by itself. */
function readsEveryRefusal({ transitions }: ProcedureDef, role: string): boolean {
  return !transitions.some(({ refuses, refusalAudience }) => refuses !== undefined && refusalAudience?.includes(role) === false)
}

const texts = ({ sections }: Certificate): readonly string[] =>
  sections.flatMap(({ title, fields }) => [
    title,
    ...fields.flatMap((field) => [field.title, ...(field.entries ?? []).flat().map((each) => each.title)]),
  ])

it('finds procedures', () => {
  expect(definitions.length).toBeGreaterThan(0)
})

describe.each(definitions.map((definition) => [definition.id, definition] as const))('%s', (_id, definition) => {
  const values = {
    ...Object.fromEntries(definition.fields.map((field) => [field.id, markOf(definition, field)])),
    ...refusalOf(definition),
  }

  it.each(Object.keys(definition.roles))('for %s holds every field that is for it and no byte of any other', (role) => {
    const of = { reference: 'reference', order: 1, values, purged: [], role }
    const certificates = [
      certificateOf(definition, of),
      ...definition.transitions.map(({ id }) => certificateOf(definition, { ...of, form: id })),
      certificateOf(definition, { ...of, values: {}, purged: definition.fields.map(({ id }) => id) }),
    ]
    const isFor = ({ audience }: FieldDef) => audience.includes(role)
    const own = definition.fields.filter(isFor)
    const words = new Set([
      ...own.flatMap(({ title, of: parts = [] }) => [title, ...parts.map((part) => part.title)]),
      ...(definition.sections ?? []).flatMap(({ id, title }) => (own.some(({ section }) => section === id) ? [title] : [])),
    ])
    for (const certificate of certificates) {
      const bytes = certificateBytes(certificate)
      const said = texts(certificate)
      for (const field of definition.fields.filter((each) => !isFor(each))) {
        expect(bytes).not.toContain(`value of ${field.id} end`)
        // Values within the entries of a list.
        if (field.type === 'list') expect(bytes).not.toContain(`value of ${field.id}-`)
        expect(bytes).not.toContain(`"id":${JSON.stringify(field.id)}`)
        // Something that is for the role may have the same title; then it is not this field that tells.
        if (!words.has(field.title)) expect(said).not.toContain(field.title)
      }
      for (const section of definition.sections ?? [])
        if (!own.some((field) => field.section === section.id)) expect(said).not.toContain(section.title)
    }
    const whole = certificates[0]?.sections.flatMap(({ fields }) => fields.map(({ id }) => id)) ?? []
    expect(own.filter(({ id, type }) => !whole.includes(id) && values[id] !== undefined && type !== 'list').map(({ id }) => id)).toEqual([])
  })

  it.each(Object.keys(definition.roles))('for %s, whoever makes it, says of a refusal what pages and messages say to both', (role) => {
    const refusal = refusalOf(definition)
    const forms = definition.transitions.filter(({ refuses }) => refuses !== undefined).map(({ id }) => id)
    for (const by of Object.keys(definition.roles))
      for (const form of [undefined, ...forms]) {
        const of = { reference: 'reference', order: 1, values, purged: [], role, by: [by], ...(form === undefined ? {} : { form }) }
        const certificate = certificateOf(definition, of)
        const said = certificate.sections.flatMap(({ fields }) => fields.map(({ id }) => id)).filter((id) => id in REFUSAL_FIELDS)
        const isRead = readsEveryRefusal(definition, role) && readsEveryRefusal(definition, by)
        expect([by, form, said]).toEqual([by, form, isRead ? Object.keys(refusal) : []])
        const told = valuesFor(definition, valuesFor(definition, refusal, [by]), [role])
        for (const id of ['reasons', 'justification'])
          expect(certificateBytes(certificate).includes(`value of ${id} end`)).toBe(told[id] !== undefined)
      }
  })

  it('has a form for whoever takes a step with one', () => {
    for (const { by = [], form, id } of definition.transitions)
      for (const role of by) if ((form ?? []).length > 0) expect(formsFor(definition, role).map((each) => each.id)).toContain(id)
  })
})

it('S09: given an EPOC with Section M filled, when rendered for the addressee, then no byte of Section M is in the file', () => {
  const epoc = definitions.find(({ id }) => id === 'PR-07.epoc')
  if (epoc === undefined) throw new Error('There is no EPOC in the catalogue.')
  const further = epoc.fields.filter(({ section }) => section === 'M')
  expect(further.length).toBeGreaterThan(2)
  const values = Object.fromEntries(epoc.fields.map((field) => [field.id, markOf(epoc, field)]))
  const made = (role: string) => certificateBytes(certificateOf(epoc, { reference: 'reference', order: 1, values, purged: [], role }))
  const forAddressee = made('addressee')
  expect(forAddressee).toContain('Section A')
  for (const text of ['Section M', ...further.map(({ title }) => title), ...further.map(({ id }) => `value of ${id} `)])
    expect(forAddressee).not.toContain(text)
  // The authority that is notified gets it: the test is not blind.
  expect(made('enforcing')).toContain('Section M')
})
