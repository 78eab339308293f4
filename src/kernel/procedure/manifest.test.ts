/** The manifest of Implementing Regulation (EU) 2025/1550, Annex, 3.2 and 3.3.3: what it must say, how long evidence stays, and which file was changed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { zoneRules } from '#platform/clock/zone-rules.ts'
import { checkManifest, daysAfter, MANIFEST_FORMAT, type Manifest, MOST_IN_SYSTEM, needsManifest, verifyFiles } from './manifest.ts'

const ZONE = 'Europe/Brussels'
const AT = '2026-11-26T09:00:00.000Z'
const from = Date.parse(AT)
const after = (days: number, start = from) => new Date(daysAfter(days, { from: start, zone: ZONE, rules: zoneRules })).toISOString()
const digest = (sign: string) => sign.repeat(128)

const manifest = (part: Partial<Manifest> = {}): Manifest => ({
  format: MANIFEST_FORMAT,
  sender: { desk: 'nl.provider.desk', name: 'Provider', country: 'NL', zone: ZONE },
  recipient: { desk: 'be.prosecutor.antwerp', name: 'Prosecutor', country: 'BE' },
  orders: [{ reference: 'EPOC 2026/17', procedure: 'PR-07.epoc', title: 'European Production Order' }],
  means: { kind: 'secure-link', record: 'https://files.example/17, code by telephone' },
  at: AT,
  accessibleUntil: after(30),
  files: [{ name: 'mailbox.zip', size: 3, digests: { 'SHA-512': digest('a') } }],
  ...part,
})
const refused = (part: Partial<Manifest>) => checkManifest(manifest(part), zoneRules).map(({ at, message }) => `${at}: ${message}`)

describe('availability', () => {
  it.each([10, 11, 44, 45])('of %i calendar days is accepted', (days) => {
    expect(refused({ accessibleUntil: after(days) })).toEqual([])
  })

  it.each([
    [9, 'no less than 10'],
    [46, 'no more than 45'],
  ])('of %i calendar days is refused with the rule', (days, rule) => {
    const [problem, ...more] = refused({ accessibleUntil: after(days) })
    expect(problem).toMatch(new RegExp(`^accessibleUntil: .*${rule} calendar days.*2025/1550, Annex, 3\\.3\\.3\\(b\\)`))
    expect(more).toEqual([])
  })

  it('is counted from the moment: a second short of ten days is refused, a second beyond 45 too', () => {
    const moved = (days: number, ms: number) => new Date(Date.parse(after(days)) + ms).toISOString()
    expect(refused({ accessibleUntil: moved(10, -1000) })).toHaveLength(1)
    expect(refused({ accessibleUntil: moved(45, 1000) })).toHaveLength(1)
  })

  it('keeps the time of day over the change of the clocks: ten days from 20 October end an hour of UTC later', () => {
    expect(after(10, Date.parse('2026-10-20T07:00:00Z'))).toBe('2026-10-30T08:00:00.000Z')
  })

  it('may be extended beyond 45 days when the authority asks, to a later end only', () => {
    const extension = { requestedBy: 'be.prosecutor.antwerp', requestedAt: after(20), until: after(60) }
    expect(refused({ extension })).toEqual([])
    expect(refused({ extension: { ...extension, until: after(29) } })).toHaveLength(1)
  })

  it('must be told of a link, and has no sense by post', () => {
    const { accessibleUntil: _, ...without } = manifest()
    expect(checkManifest(without, zoneRules).map(({ at }) => at)).toEqual(['accessibleUntil'])
    expect(checkManifest({ ...without, means: { kind: 'postal', record: 'RR 123 456 785 BE' } }, zoneRules)).toEqual([])
  })
})

it.each<[string, Partial<Manifest>, string]>([
  ['no order', { orders: [] }, 'orders'],
  ['no record of the means', { means: { kind: 'postal', record: ' ' } }, 'means.record'],
  ['no file', { files: [] }, 'files'],
  ['a digest that is none', { files: [{ name: 'a', size: 1, digests: { 'SHA-512': 'abc' } }] }, 'files'],
  ['an instant that is none', { at: 'yesterday' }, 'at'],
  ['two files of one name', { files: [...manifest().files, ...manifest().files] }, 'files'],
])('with %s is refused and says where', (_what, part, at) => {
  expect(checkManifest(manifest(part), zoneRules).map((problem) => problem.at)).toContain(at)
})

it('is needed above 25 600 kilobytes and by any other channel', () => {
  expect(needsManifest({ size: MOST_IN_SYSTEM, channel: 'system' })).toBe(false)
  expect(needsManifest({ size: MOST_IN_SYSTEM + 1, channel: 'system' })).toBe(true)
  expect(needsManifest({ size: 1, channel: 'other' })).toBe(true)
})

describe('verification', () => {
  const files = ['a.txt', 'b.txt', 'c.txt'].map((name, index) => ({
    name,
    size: 10 + index,
    digests: { 'SHA-512': digest(String(index)) },
  }))
  const seen = files.map(({ name, size, digests }) => ({ name, size, sha512: digests['SHA-512'] }))

  it('finds the same files the same, in any order', () => {
    expect(verifyFiles({ files }, seen.toReversed()).map(({ kind }) => kind)).toEqual(['same', 'same', 'same'])
  })

  it('names exactly the file whose digest or size is another, and files that are missing or not listed', () => {
    const changed = seen.map((file) => (file.name === 'b.txt' ? { ...file, sha512: digest('f') } : file))
    expect(verifyFiles({ files }, changed).filter(({ kind }) => kind !== 'same')).toEqual([
      { name: 'b.txt', kind: 'changed', because: 'its SHA-512 is another' },
    ])
    const other = [{ ...seen[0], name: 'd.txt' } as (typeof seen)[number], { ...seen[1], size: 9 } as (typeof seen)[number]]
    expect(verifyFiles({ files }, other)).toEqual([
      { name: 'a.txt', kind: 'missing' },
      { name: 'b.txt', kind: 'changed', because: '9 bytes instead of 11' },
      { name: 'c.txt', kind: 'missing' },
      { name: 'd.txt', kind: 'unlisted' },
    ])
  })

  it('gives every file of either side exactly one verdict', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'))
    fc.assert(
      fc.property(names, names, (listed, found) => {
        const verdicts = verifyFiles(
          { files: listed.map((name) => ({ name, size: 1, digests: { 'SHA-512': digest('a') } })) },
          found.map((name) => ({ name, size: 1, sha512: digest('a') })),
        )
        expect(verdicts.map(({ name }) => name).sort()).toEqual([...new Set([...listed, ...found])].sort())
        expect(verdicts.filter(({ kind }) => kind === 'same').map(({ name }) => name)).toEqual(
          listed.filter((name) => found.includes(name)),
        )
      }),
    )
  })
})
