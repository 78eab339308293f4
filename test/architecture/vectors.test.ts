/** Published vectors of others: each says whose it is, under which licence, and which test runs it; and the vectors that the exchange rests on are all there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
const exists = (file: string) => existsSync(new URL(`../../${file}`, import.meta.url))
const NAMED = ['cedar', 'rfc6962', 'rfc7520', 'rfc8785', 'rfc9421', 'rfc9497', 'wycheproof-jws']
const folders = readdirSync(new URL('../../conformance', import.meta.url), { withFileTypes: true })
  .filter((each) => each.isDirectory() && exists(`conformance/${each.name}/README.md`))
  .map((each) => ({ name: each.name, readme: read(`conformance/${each.name}/README.md`) }))
const others = folders.filter(({ readme }) => readme.includes('- Origin: ['))

it('has every set that the exchange rests on', () => {
  expect(others.map(({ name }) => name).sort()).toEqual(NAMED)
})

describe.each(others)('$name', ({ name, readme }) => {
  it('names its origin with the commit, its licence and what was changed', () => {
    expect(readme).toMatch(/- Origin: \[[^\]]+\]\(https:\/\/github\.com\/[^)]+\)[^]*?commit\s+`[0-9a-f]{40}`/)
    expect(readme).toMatch(/- Licence: \S/)
    expect(readme).toMatch(/- Changed: \S/)
    if (readme.includes('in `LICENSE`')) expect(exists(`conformance/${name}/LICENSE`)).toBe(true)
  })

  it('is run by the test it names, and stands in NOTICE and in the list of folders', () => {
    const [, test] = /- Run by: `([^`]+)`/.exec(readme) ?? []
    expect(read(test ?? 'absent')).toContain(`conformance/${name}`)
    expect(read('NOTICE')).toMatch(new RegExp(`^  ${name} +github\\.com/`, 'm'))
    expect(read('conformance/README.md')).toContain(`\`${name}\``)
  })
})
