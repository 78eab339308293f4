/** Values as an officer types them: in the form of their type, with the country of their record where a telephone number needs one. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RecordView } from '../contract.ts'
import { enterRecordRoute } from './enter-record.ts'
import { DRAFT, type ImportStore, startImportStore } from './imports.fixture.ts'
import { showRecordRoute } from './show-record.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

async function phonesOf(...values: readonly (readonly [prop: string, value: string])[]) {
  const typed = [['name', 'Zoutkaai Freight NV'] as const, ...values].map(([prop, value]) => ({ prop, value }))
  const entered = await at.call<{ entity: string; problems: { code: string }[] }>(enterRecordRoute, {
    schema: 'Company',
    values: typed,
    marking: DRAFT,
    key: randomUUID(),
  })
  const { statements } = await at.call<RecordView>(showRecordRoute, { entity: entered.entity })
  return {
    phones: statements.filter(({ prop }) => prop === 'phone').map(({ value }) => value),
    codes: entered.problems.map(({ code }) => code),
  }
}

it('a telephone number has one form, and a national one is read with the one country of its record', async () => {
  expect(await phonesOf(['phone', '+32 (0)2 555.12.12'])).toEqual({ phones: ['+3225551212'], codes: [] })
  expect(await phonesOf(['phone', '02 555 12 12'], ['jurisdiction', 'Belgium'])).toEqual({ phones: ['+3225551212'], codes: [] })
})

it('a telephone number that cannot be told stays as it was typed, with a warning', async () => {
  const codes = ['record.phone.format']
  expect(await phonesOf(['phone', '02 555 12 12'])).toEqual({ phones: ['02 555 12 12'], codes })
  expect(await phonesOf(['phone', '02 555 12 12'], ['jurisdiction', 'be'], ['country', 'nl'])).toEqual({ phones: ['02 555 12 12'], codes })
  expect(await phonesOf(['phone', 'ask at the gate'], ['jurisdiction', 'be'])).toEqual({ phones: ['ask at the gate'], codes })
})
