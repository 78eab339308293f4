import { afterAll, describe, expect, it } from 'vitest'
import { SchemaThread } from './xml-schema-check.ts'
import { ensSchema, ics2Schema } from './xml-schemas.ts'

const thread = new SchemaThread()
afterAll(async () => await thread.stop())

describe('a check against a schema', () => {
  it('tells violations with their lines', async () => {
    const verdict = await thread.check(
      ensSchema('CC313A'),
      Buffer.from('<x:CC313A xmlns:x="http://ics.dgtaxud.ec/CC313A">\n<Unknown/></x:CC313A>'),
    )
    expect(verdict).toMatchObject({ checked: true, violations: [{ line: 2 }] })
  })

  it('looks at the element that is named, inside an envelope', async () => {
    const xml = '<envelope><head/><body><x:CC315A xmlns:x="http://ics.dgtaxud.ec/CC315A"/></body></envelope>'
    const verdict = await thread.check(ensSchema('CC315A'), Buffer.from(xml), { path: [1, 0] })
    expect(verdict).toMatchObject({ checked: true, violations: [{ text: expect.stringContaining('MesSenMES3') }] })
  })

  it('that overruns its time is said not to be done, and the next one is done', async () => {
    const xml = Buffer.from('<x:CC315A xmlns:x="http://ics.dgtaxud.ec/CC315A"/>')
    const fresh = new SchemaThread()
    // A thread that has to start and to compile cannot answer at once.
    expect(await fresh.check(ensSchema('CC315A'), xml, { milliseconds: 0 })).toMatchObject({ checked: false })
    expect(await fresh.check(ensSchema('CC315A'), xml)).toMatchObject({ checked: true })
    await fresh.stop()
  })

  it('of a document that is not well-formed, or too long, is said not to be done', async () => {
    expect(await thread.check(ensSchema('CC315A'), Buffer.from('<a>'))).toMatchObject({ checked: false })
    expect(await thread.check(ensSchema('CC315A'), Buffer.alloc(9_000_000, 0x20))).toMatchObject({ checked: false })
  })

  it('has no schema where the folder does not hold it', () => {
    expect(ics2Schema('IE4S01', '/nowhere')).toBeUndefined()
  })
})
