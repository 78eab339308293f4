import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Grant } from './capability.ts'
import { type Handling, joinHandling } from './handling.ts'
import { type Channel, type FieldAudience, release } from './release.ts'

interface Note {
  readonly place: string
  readonly reason: string
  readonly source: string
}
const content: Note = { place: 'BEANR', reason: 'seal', source: 'own control' }
const fields: FieldAudience<Note> = {
  place: ['originator', 'recipient', 'partner'],
  reason: ['originator', 'recipient'],
  source: ['originator'],
}
const handling: Handling = {
  H: ['H2'],
  tlp: 'AMBER',
  pap: 'AMBER',
  conditions: [],
}
const item = {
  originatorDesk: 'ec.pcu.guayaquil',
  audience: ['ec.pcu.guayaquil', 'be.customs.antwerp', 'be.terminal'],
  handling,
  recalled: false,
}
const viewer = (desk: string, realm = 'customs', purpose: string | null = 'customs-control') => ({ desk, realm, purpose })
const channels: readonly Channel[] = ['push', 'pull', 'search', 'feed', 'export', 'screen']

it('shows each class its fields and nobody else anything', () => {
  const ask = (desk: string, realm?: string) =>
    release({
      item,
      content,
      fields,
      viewer: viewer(desk, realm),
      channel: 'screen',
    })
  expect(ask('ec.pcu.guayaquil')).toMatchObject({
    decision: 'release',
    view: content,
  })
  expect(ask('be.customs.antwerp')).toMatchObject({
    decision: 'release',
    view: { place: 'BEANR', reason: 'seal' },
  })
  expect(ask('be.customs.zeebrugge')).toEqual({
    decision: 'withhold',
    because: 'audience',
  })
  expect(ask('be.terminal', 'partner')).toEqual({
    decision: 'withhold',
    because: 'handling',
  })
})

it('shows a partner only partner fields, and only when the handling is open', () => {
  const open = {
    ...item,
    handling: { H: [], tlp: 'CLEAR', pap: 'CLEAR', conditions: [] } as Handling,
  }
  const released = release({
    item: open,
    content,
    fields,
    viewer: viewer('be.terminal', 'partner'),
    channel: 'push',
  })
  expect(released).toMatchObject({ decision: 'release', as: 'partner' })
  expect(released.decision === 'release' && released.view).toEqual({
    place: 'BEANR',
  })
})

it('withholds without purpose and after a recall', () => {
  expect(
    release({
      item,
      content,
      fields,
      viewer: viewer('be.customs.antwerp', 'customs', null),
      channel: 'pull',
    }),
  ).toEqual({ decision: 'withhold', because: 'purpose' })
  expect(
    release({
      item: { ...item, recalled: true },
      content,
      fields,
      viewer: viewer('be.customs.antwerp'),
      channel: 'pull',
    }),
  ).toEqual({ decision: 'withhold', because: 'recalled' })
})

it('(L13) decides alike on every channel, and tightening never widens a view', () => {
  const code = fc.subarray(['H0', 'H1', 'H2', 'H3'] as const)
  fc.assert(
    fc.property(
      fc.constantFrom(...item.audience, 'x'),
      fc.constantFrom('customs', 'partner', 'oversight'),
      code,
      fc.constantFrom('CLEAR' as const, 'RED' as const),
      (desk, realm, H, tlp) => {
        const ask = (channel: Channel, codes: Handling['H'], level: Handling['tlp']) =>
          release({
            item: {
              ...item,
              handling: { H: codes, tlp: level, pap: 'CLEAR', conditions: [] },
            },
            content,
            fields,
            viewer: viewer(desk, realm),
            channel,
          })
        const answers = channels.map((channel) => JSON.stringify(ask(channel, H, tlp)))
        expect(new Set(answers).size).toBe(1)
        const loose = ask('screen', [], 'CLEAR')
        const tight = ask('screen', H, tlp)
        if (tight.decision === 'release')
          expect(loose).toMatchObject({
            decision: 'release',
            view: tight.view,
          })
      },
    ),
  )
})

it('gives on no field more as anything is marked more strictly, whoever gives it and whatever was granted', () => {
  const marking = fc.record({
    H: fc.subarray(['H0', 'H1', 'H2', 'H3'] as const),
    tlp: fc.constantFrom('CLEAR' as const, 'GREEN' as const, 'AMBER' as const, 'AMBER+STRICT' as const, 'RED' as const),
    pap: fc.constantFrom('CLEAR' as const, 'RED' as const),
    conditions: fc.subarray(['no-private-partner', 'no-derivation', 'ask the desk']),
  })
  const names = Object.keys(fields) as (keyof Note)[]
  const markings = fc.tuple(marking, marking, marking, marking)
  const grants = fc.subarray<Grant>([
    { capability: 'disseminate', holder: 'be.customs', recipient: 'be.partner', until: 10 },
    { capability: 'share-private', holder: '', until: 10 },
  ])
  const desks = fc.constantFrom(...item.audience)
  fc.assert(
    fc.property(
      markings,
      markings,
      desks,
      fc.constantFrom('customs', 'partner'),
      fc.option(grants),
      (loose, more, desk, realm, granted) => {
        const ask = ([whole, ...parts]: readonly Handling[]) =>
          release({
            item: { ...item, handling: whole ?? handling },
            content,
            fields,
            fieldHandling: new Map(names.map((name, index) => [name, parts[index] ?? handling])),
            viewer: viewer(desk, realm),
            channel: 'push',
            ...(granted === null ? {} : { onward: { holder: 'be.customs', recipient: 'be.partner', grants: granted, at: 0 } }),
          })
        const tight = ask(loose.map((each, index) => joinHandling(each, more[index] ?? handling)))
        const before = ask(loose)
        const seen = (released: typeof tight) => (released.decision === 'release' ? Object.keys(released.view) : [])
        for (const field of seen(tight)) expect(seen(before)).toContain(field)
      },
    ),
  )
})
