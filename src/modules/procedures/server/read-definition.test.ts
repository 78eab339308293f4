/** Procedure files: what is shipped is whole, what is broken is refused with its place. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseDefinition, readDefinitions, SHIPPED_FOLDER } from './read-definition.ts'

const text = readFileSync(path.join(SHIPPED_FOLDER, 'pr-26-drug-alert.yaml'), 'utf8')
const faults = (changed: string) => {
  const read = parseDefinition(changed)
  return read.ok ? [] : read.problems.map(({ code, at }) => `${code} ${at}`)
}

it('takes every shipped procedure', () => {
  expect(readDefinitions(SHIPPED_FOLDER).length).toBeGreaterThan(0)
  const ids = readDefinitions(SHIPPED_FOLDER).map(({ definition }) => `${definition.id} ${definition.version}`)
  expect(new Set(ids).size).toBe(ids.length)
})

describe('a broken file is refused with line, column and path', () => {
  it.each([
    ['no YAML', text.replace('roles:', 'roles: ['), /^yaml \d+:\d+/],
    ['a member that does not exist', text.replace('realm: LED', 'realm: LED\nsecret: 1'), /^shape 1:1 *$|^shape \d+:\d+ /],
    ['a key twice', text.replace('realm: LED', 'realm: LED\nrealm: LED'), /^yaml \d+:\d+/],
    ['a field for nobody', text.replace(/(?<=id: substance\b[^]*?audience: )\[[^\]]*\]/, '[]'), /^field\.audience \d+:\d+ fields\.0/],
    [
      'a state nobody reaches',
      text.replace('  - { id: closed,', '  - { id: lost, title: Lost, rank: 4, terminal: true }\n  - { id: closed,'),
      /^state\.unreachable \d+:\d+ states\.\d+/,
    ],
    ['a policy shown as law', text.replace('kind: policy\n', 'kind: law\n'), /^clock\.unverified \d+:\d+ clocks\.0/],
    ['an alias', text.replace(/measures: \[(.*)\]/, 'measures: &m [$1]\nnotes: *m'), /^yaml/],
    ['code instead of data', text.replace('title: Drug-alert relay', 'title: !!js/function "() => 1"'), /^yaml/],
  ])('%s', (_what, changed, expected) => {
    expect(faults(changed).join('\n')).toMatch(expected)
  })
})
