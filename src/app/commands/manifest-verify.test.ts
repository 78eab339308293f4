/** The command that checks evidence beside its manifest, offline: one byte changed is found and the file is named. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { MANIFEST_FORMAT } from '#kernel/procedure/manifest.ts'
import { manifestVerify } from './manifest-verify.ts'
import { USAGE } from './usage.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'manifest-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const bytes = { 'mailbox.zip': Buffer.alloc(300_000, 7), 'list.csv': Buffer.from('a,b\n1,2\n') }
const put = (name: string, content: Buffer | string) => {
  const place = path.join(folder, name)
  mkdirSync(path.dirname(place), { recursive: true })
  writeFileSync(place, content)
  return place
}
const manifest = {
  format: MANIFEST_FORMAT,
  sender: { desk: 'nl.provider.desk', name: 'Provider', country: 'NL', zone: 'Europe/Amsterdam' },
  recipient: { desk: 'be.prosecutor.antwerp', name: 'Prosecutor', country: 'BE' },
  orders: [{ reference: 'EPOC 2026/17', procedure: 'PR-07.epoc', title: 'European Production Order' }],
  means: { kind: 'secure-link', record: 'https://files.example/17' },
  at: '2026-11-26T09:00:00.000Z',
  accessibleUntil: '2026-12-20T09:00:00.000Z',
  files: Object.entries(bytes).map(([name, content]) => ({
    name,
    size: content.length,
    digests: { 'SHA-512': createHash('sha512').update(content).digest('hex') },
  })),
}
const file = put('manifest.json', JSON.stringify(manifest))
const whole = Object.entries(bytes).map(([name, content]) => put(`evidence/${name}`, content))

async function verify(words: readonly string[], json = false) {
  const out: string[] = []
  const err: string[] = []
  const code = await manifestVerify({ words, json }, { out: (line) => out.push(line), err: (line) => err.push(line) })
  return { code, out, err }
}

it('finds the files the same, whatever folder they lie in and in any order', async () => {
  expect(await verify([file, ...whole.toReversed()])).toEqual({ code: 0, out: ['mailbox.zip: the same', 'list.csv: the same'], err: [] })
})

describe('when one byte of a file changes', () => {
  const changed = Buffer.from(bytes['mailbox.zip'])
  changed[299_999] = 8
  const other = put('changed/mailbox.zip', changed)

  it('it fails and names that file and no other', async () => {
    const { code, out } = await verify([file, other, whole[1] ?? ''])
    expect(code).toBe(1)
    expect(out).toEqual(['mailbox.zip: CHANGED, its SHA-512 is another', 'list.csv: the same'])
  })

  it('a program reads the same', async () => {
    const { code, out } = await verify([file, other, whole[1] ?? ''], true)
    expect(code).toBe(1)
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      valid: false,
      because: [],
      files: [{ name: 'mailbox.zip', kind: 'changed' }, { kind: 'same' }],
    })
  })
})

it('tells of a file that is missing and of one that is not listed', async () => {
  const { code, out } = await verify([file, whole[0] ?? '', put('evidence/extra.txt', 'x')])
  expect(code).toBe(1)
  expect(out.slice(1)).toEqual(['list.csv: MISSING, the manifest lists it', 'extra.txt: NOT LISTED in the manifest'])
})

it('refuses a manifest that does not say what it must, with the rule', async () => {
  const short = put('short.json', JSON.stringify({ ...manifest, accessibleUntil: '2026-12-05T09:00:00.000Z' }))
  const { code, out } = await verify([short, ...whole])
  expect(code).toBe(1)
  expect(out[0]).toMatch(/^the manifest itself: accessibleUntil: .*no less than 10 calendar days.*2025\/1550/)
})

it.each(['not json', '{}', JSON.stringify({ ...manifest, more: 1 })])('says of %s that it is no manifest', async (text) => {
  const { code, out } = await verify([put('other.json', text), ...whole])
  expect(code).toBe(1)
  expect(out[0]).toContain('is no transmission manifest')
})

it.each([[[]], [[file]]])('answers %j with its usage', async (words) => {
  expect(await verify(words)).toMatchObject({ code: 2, err: [USAGE['manifest verify']] })
})
