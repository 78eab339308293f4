/** The pages on the exchange name everything that travels: kinds, types, members, codes, limits. What is added to the code and not to them is seen here. */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CAPABILITIES, CONDITIONS } from '#kernel/handling/capability.ts'
import { MATCH_KEY_CLASSES, MATCH_KEY_TYPES } from '#kernel/match-key/match-key.ts'
import { SHIPPED_RULES } from '#platform/guard/rules.ts'
import { BUNDLE_FORMAT, MAX_BUNDLE_ITEMS } from '#platform/link/bundle.ts'
import { LARGEST_ENVELOPE, MAX_BATCH } from '#platform/link/carrier-limits.ts'
import { MAX_OUTER, outerSchema } from '#platform/link/envelope.ts'
import { EVIDENCE_KINDS, evidenceSchema } from '#platform/link/evidence.ts'
import { PATH } from '#platform/link/https-wire.ts'
import { statementSchema } from '#platform/link/statement.ts'
import { assemble } from '#platform/module/assemble.ts'
import { modules } from '../../src/app/modules.ts'
import { FRAME_BYTES } from '../../src/modules/matching/server/frame.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')
const PAGES = ['docs/exchange.md', ...globSync('docs/exchange/*.md', { cwd: ROOT })]
const pages = PAGES.map(read).join('\n')
/** As a word of its own in the type of code. */
const unnamed = (words: Iterable<string>) => [...new Set(words)].filter((word) => !pages.includes(`\`${word}\``)).sort()

const SOURCES = [
  ...globSync('src/platform/link/*.ts', { cwd: ROOT }).filter((file) => !/\.(test|fixture)\.ts$|link-fixture/.test(file)),
  'src/kernel/merkle/note.ts',
  'src/platform/audit/entry-proof.ts',
  'src/platform/audit/witness.ts',
  'src/platform/oprf/oprf.ts',
]

/** Names of members in every object schema of a file, however deep. */
function membersOf(file: string): readonly string[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true)
  const names: string[] = []
  const isSchema = (node: ts.Node): node is ts.CallExpression =>
    ts.isCallExpression(node) && /(^|\.)(strictObject|looseObject|object|extend)$/.test(node.expression.getText(source))
  const visit = (node: ts.Node): void => {
    if (isSchema(node))
      for (const part of node.arguments)
        if (ts.isObjectLiteralExpression(part))
          for (const member of part.properties) if (member.name !== undefined) names.push(member.name.getText(source).replaceAll("'", ''))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return names
}

/** Names of members in a schema as it runs, with what lies within. */
function membersIn(schema: z.ZodType): readonly string[] {
  const names: string[] = []
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return
    for (const [name, inner] of Object.entries(part)) {
      if (name === 'properties') names.push(...Object.keys(inner as object))
      visit(inner)
    }
  }
  visit(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }))
  return names
}

/** Texts that a schema allows in so many words. */
function wordsIn(schema: z.ZodType): readonly string[] {
  const words: string[] = []
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return
    for (const [name, inner] of Object.entries(part)) {
      if (name === 'enum' || name === 'const') words.push(...[inner].flat().filter((each): each is string => typeof each === 'string'))
      else visit(inner)
    }
  }
  visit(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }))
  return words
}

describe('the pages name', () => {
  it('every kind of message and of evidence', () => {
    expect(unnamed([...outerSchema.shape.kind.options, ...EVIDENCE_KINDS])).toEqual([])
  })

  it('every member and word of the envelope, of evidence and of statements', () => {
    expect(membersIn(outerSchema).length).toBeGreaterThan(25)
    for (const schema of [outerSchema, evidenceSchema, statementSchema])
      expect(unnamed([...membersIn(schema), ...wordsIn(schema)])).toEqual([])
  })

  it.each(SOURCES)('every member of the schemas in %s', (file) => {
    expect(unnamed(membersOf(file))).toEqual([])
  })

  it('the members of the inner part too, read from its source', () => {
    expect(membersOf('src/platform/link/envelope.ts')).toEqual(
      expect.arrayContaining(['author', 'recipients', 'legalBasis', 'retention', 'deleteBy', 'info']),
    )
  })

  const types = [...assemble(modules).messages]
  it('every type of message', () => {
    expect(types.length).toBeGreaterThan(20)
    expect(unnamed(types.map(([type]) => type))).toEqual([])
    expect(unnamed(['evidence', 'resend', 'directory'].map((kind) => `link.${kind}`))).toEqual([])
  })
  it.each(types)('every member and word of %s', (_type, { schema }) => {
    expect(membersIn(schema).length).toBeGreaterThan(0)
    expect(unnamed([...membersIn(schema), ...wordsIn(schema)])).toEqual([])
  })

  it.each(SOURCES)('every code that %s refuses with', (file) => {
    const families =
      'token|header|key|payload|envelope|seal|evidence|statement|enrolment|directory|signature|digest|bundle|carrier|inbox|note|checkpoint|proof|oprf'
    const codes = [...read(file).matchAll(new RegExp(`'((?:${families})\\.[a-z-]+)'`, 'g'))].map((found) => found[1] ?? '')
    // Files of a node are named alike.
    expect(unnamed(codes.filter((code) => !code.endsWith('.jws')))).toEqual([])
  })

  it('every type of token', () => {
    const named = [...read('src/platform/link/jose.ts').matchAll(/'(hx-[a-z]+\+jws)'/g)].map((found) => found[1] ?? '')
    expect(new Set(named).size).toBeGreaterThan(5)
    expect(unnamed(named)).toEqual([])
  })

  it('every capability, condition and type of key', () => {
    expect(unnamed([...CAPABILITIES, ...Object.keys(CONDITIONS), ...MATCH_KEY_TYPES, ...MATCH_KEY_CLASSES])).toEqual([])
  })

  it('what the shipped rules of the guard deny', () => {
    expect(unnamed([...SHIPPED_RULES.forbiddenMembers, ...SHIPPED_RULES.personalMembers])).toEqual([])
  })

  it('paths, formats and limits', () => {
    const numbers = [MAX_OUTER, LARGEST_ENVELOPE + 1024, FRAME_BYTES, MAX_BUNDLE_ITEMS, SHIPPED_RULES.limits.retentionDays]
    expect(pages).toContain(PATH)
    expect(unnamed([BUNDLE_FORMAT])).toEqual([])
    expect(numbers.map((each) => each.toLocaleString('en-US')).filter((text) => !pages.includes(text))).toEqual([])
    expect(pages).toContain(`1–${MAX_BATCH}`)
  })
})

it('no page is longer than a person reads', () => {
  expect(PAGES.map((page) => read(page).split('\n').length).filter((lines) => lines > 500)).toEqual([])
})
