import { describe, expect, it } from 'vitest'
import type { NodeServices } from '#platform/module/services.ts'
import type { ItemContent } from './item-content.ts'
import { PART_TITLE } from './proofs.ts'
import { widened } from './widen-item.ts'

const OPEN = { H: [], tlp: 'GREEN', pap: 'CLEAR', conditions: [] } satisfies ItemContent['fields'][number]['handling']
/** A token is the instant at which its word was given. */
const services = { statements: { read: async (token: string) => ({ at: token }) } } as unknown as NodeServices

const piece = (fields: Readonly<Record<string, string>>, { title = PART_TITLE, at = '2026-11-02' } = {}): ItemContent => ({
  title,
  fields: Object.entries(fields).map(([id, value]) => ({ id, label: id, value, handling: OPEN })),
  attachments: [],
  evaluation: { source: 'B', info: 2 },
  legalBasis: { act: 'Coalition policy', art: 'none' },
  personalData: { yes: false, categories: [] },
  proofs: Object.fromEntries([...Object.keys(fields), ...(title === PART_TITLE ? [] : ['*'])].map((name) => [name, at])),
})
const add = async (held: ItemContent, brought: ItemContent) => await widened({ services }, held, brought)
const said = (content: ItemContent | undefined) => content && Object.fromEntries(content.fields.map(({ id, value }) => [id, value]))

describe('what a holder adds to what came from a holder', () => {
  it('is the parts that were not there; those that were stay as they are', async () => {
    const now = await add(piece({ a: 'held' }, { at: '2026-11-03' }), piece({ a: 'other', b: 'new' }, { at: '2026-11-04' }))
    expect(said(now)).toEqual({ a: 'held', b: 'new' })
    expect(now?.proofs).toEqual({ a: '2026-11-03', b: '2026-11-04' })
    expect(now?.title).toBe(PART_TITLE)
  })

  it('is the title where it brings the whole, part by part as it is held', async () => {
    const now = await add(piece({ a: 'held' }), piece({ a: 'held', b: 'new' }, { title: 'Box at the quay' }))
    expect(now).toMatchObject({ title: 'Box at the quay', proofs: { '*': '2026-11-02' } })
    expect((await add(piece({ a: 'held', c: 'held' }), piece({ a: 'held', b: 'new' }, { title: 'Box' })))?.title).toBe(PART_TITLE)
  })

  it('is nothing of an older version, and nothing at all where it brings no more', async () => {
    expect(await add(piece({ a: 'held' }), piece({ b: 'old' }, { at: '2026-11-01' }))).toBeUndefined()
    expect(await add(piece({ a: 'held' }), piece({ a: 'other' }, { at: '2026-11-09' }))).toBeUndefined()
  })
})
