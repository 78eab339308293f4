/** Personal data in files follow the rule for fields: to a private party only where a text orders it. */
import { expect, it } from 'vitest'
import type { FieldDef, ProcedureDef } from '#kernel/procedure/definition.ts'
import { mayHavePersonal } from './files-row.ts'

const field = (part: Partial<FieldDef>): FieldDef => ({ id: 'x', title: 'X', type: 'text', audience: ['court', 'provider'], ...part })
const roles = { court: { title: 'Court', realms: ['judicial'] }, provider: { title: 'Provider', realms: ['partner'] } }
const basis = { act: 'Regulation (EU) 2023/1543', art: '5(5)', mark: 'V' } as const
const definition = (fields: readonly FieldDef[]): ProcedureDef => ({ roles, fields }) as unknown as ProcedureDef

it.each<[string, string, boolean, readonly FieldDef[]]>([
  ['an authority', 'court', true, [field({})]],
  ['a private party that nothing orders it for', 'provider', false, [field({})]],
  ['a private party that a text orders it for', 'provider', true, [field({ partnerBasis: basis })]],
  ['a private party whose text is for somebody else', 'provider', false, [field({ partnerBasis: basis, audience: ['court'] })]],
])('%s', (_what, role, may, fields) => {
  expect(mayHavePersonal(definition(fields), role)).toBe(may)
})
