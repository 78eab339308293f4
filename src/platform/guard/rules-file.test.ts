import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { addSignature } from '#platform/link/directory-store.ts'
import { makeSigningKey, publicJwk } from '#platform/link/node-keys.ts'
import { type GuardRules, SHIPPED_RULES } from './rules.ts'
import { acceptRules, readRules, readRulesText, setUpGuard } from './rules-file.ts'

const [ana, ben, eve] = [makeSigningKey('ana'), makeSigningKey('ben'), makeSigningKey('eve')]
const publicOf = (key: typeof ana) => ({ kid: key.kid, jwk: publicJwk(key) })
const rules = (version: number): GuardRules => ({ ...SHIPPED_RULES, version, kinds: ['push'] })
let home: string

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'guard-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

async function signed(document: GuardRules, keys: readonly (typeof ana)[], type: 'hx-guard+jws' | 'hx-directory+jws' = 'hx-guard+jws') {
  let text = JSON.stringify(document)
  for (const key of keys) text = (await addSignature(text, key, type)).token
  return text
}

it('works by the shipped rules until the owner named who signs others', async () => {
  expect(await readRules(home)).toEqual(SHIPPED_RULES)
  setUpGuard(home, [publicOf(ana), publicOf(ben)])
  expect(await readRules(home)).toEqual(SHIPPED_RULES)
})

it('works by rules that two persons signed, and remembers their version', async () => {
  setUpGuard(home, [publicOf(ana), publicOf(ben)])
  const { signers } = await acceptRules(home, await signed(rules(3), [ana, ben]))
  expect([...signers].sort()).toEqual(['ana', 'ben'])
  expect(await readRules(home)).toEqual(rules(3))
})

it.each([
  ['one person signed', [ana], 'hx-guard+jws', 'guard.signatures'],
  ['one person signed twice', [ana, ana], 'hx-guard+jws', 'guard.signatures'],
  ['a stranger is the second', [ana, eve], 'hx-guard+jws', 'guard.signatures'],
  ['they were signed as something else', [ana, ben], 'hx-directory+jws', 'guard.form'],
] as const)('refuses rules when %s', async (_why, keys, type, code) => {
  setUpGuard(home, [publicOf(ana), publicOf(ben)])
  await expect(acceptRules(home, await signed(rules(2), keys, type))).rejects.toMatchObject({ code })
  expect(await readRules(home)).toEqual(SHIPPED_RULES)
})

it('refuses older rules, and does not start when the accepted ones are gone, older or altered', async () => {
  setUpGuard(home, [publicOf(ana), publicOf(ben)])
  const file = path.join(home, 'guard-rules.jws')
  await acceptRules(home, await signed(rules(5), [ana, ben]))
  const good = readFileSync(file, 'utf8')
  const older = await signed(rules(4), [ana, ben])
  await expect(acceptRules(home, older)).rejects.toMatchObject({ code: 'guard.rollback' })
  writeFileSync(file, older)
  await expect(readRules(home)).rejects.toMatchObject({ code: 'guard.rollback' })
  rmSync(file)
  await expect(readRules(home)).rejects.toMatchObject({ code: 'guard.rollback' })
  const altered = JSON.parse(good) as { payload: string }
  altered.payload = Buffer.from(JSON.stringify({ ...rules(5), forbiddenMembers: [] })).toString('base64url')
  writeFileSync(file, JSON.stringify(altered))
  await expect(readRules(home)).rejects.toMatchObject({ code: 'guard.signatures' })
})

it('refuses a set-up by one person, and a second set-up', () => {
  expect(() => setUpGuard(home, [publicOf(ana)])).toThrow(expect.objectContaining({ code: 'guard.keys' }))
  expect(() => setUpGuard(home, [publicOf(ana), { ...publicOf(ana), kid: 'ana-again' }])).toThrow(
    expect.objectContaining({ code: 'guard.keys' }),
  )
  expect(() => setUpGuard(home, [publicOf(ana), ben])).toThrow(expect.objectContaining({ code: 'guard.keys' }))
  setUpGuard(home, [publicOf(ana), publicOf(ben)])
  expect(() => setUpGuard(home, [publicOf(eve), publicOf(ben)])).toThrow(expect.objectContaining({ code: 'guard.keys' }))
})

it('does not start with a rules file that nobody was named for', async () => {
  writeFileSync(path.join(home, 'guard-rules.jws'), await signed(rules(2), [ana, ben]))
  await expect(readRules(home)).rejects.toMatchObject({ code: 'guard.keys' })
})

it('names the place of a wrong value', () => {
  expect(() => readRulesText(JSON.stringify({ ...SHIPPED_RULES, limits: { ...SHIPPED_RULES.limits, depth: 0 } }))).toThrow(
    /limits\.depth: /,
  )
  expect(() => readRulesText('{"v":1,"v":1}')).toThrow(expect.objectContaining({ code: 'guard.form' }))
})
