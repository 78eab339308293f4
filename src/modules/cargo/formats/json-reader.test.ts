import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JSON_LIMITS, type JsonNode, type JsonRefusal, type JsonUnit, readJsonUnits } from './json-reader.ts'

const LISTS = new Set(['events'])

function unitsOf(json: string | Uint8Array, limits = JSON_LIMITS): (JsonUnit | JsonRefusal)[] {
  return [...readJsonUnits(typeof json === 'string' ? Buffer.from(json) : json, LISTS, limits)]
}

function endOf(json: string | Uint8Array, limits = JSON_LIMITS): string {
  const last = unitsOf(json, limits).at(-1)
  return last?.kind === 'refused' ? `${last.problem.code} ${last.problem.at}` : 'read'
}

/** The plain value of a node, as `JSON.parse` would give it. */
function plain(node: JsonNode): unknown {
  if (node.kind === 'object') return Object.fromEntries([...node.members].map(([name, each]) => [name, plain(each)]))
  if (node.kind === 'array') return node.items.map(plain)
  return node.kind === 'null' ? null : node.value
}

describe('JSON', () => {
  it('is read as JSON.parse reads it, and every node names the bytes it was read from', () => {
    const check = (node: JsonNode, bytes: Buffer): void => {
      expect(JSON.parse(bytes.subarray(node.start, node.end).toString())).toEqual(plain(node))
      if (node.kind === 'object') for (const each of node.members.values()) check(each, bytes)
      if (node.kind === 'array') for (const each of node.items) check(each, bytes)
    }
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 5 }), fc.constantFrom('', ' ', '\n\t'), (value, space) => {
        fc.pre(!Array.isArray(value) && !JSON.stringify(value).includes('__proto__'))
        const bytes = Buffer.from(`${space}${JSON.stringify(value, null, space)}${space}`)
        const [unit] = unitsOf(bytes)
        if (unit?.kind !== 'unit') throw new Error('It is read.')
        check(unit.node, bytes)
      }),
      { numRuns: 500 },
    )
  })

  it('is told item by item, with the place of each', () => {
    expect(unitsOf('[1, {"a":2}]').map((unit) => (unit.kind === 'unit' ? unit.pointer : ''))).toEqual(['/0', '/1'])
    expect(unitsOf('{"other": 1, "events": [1, 2], "last": []}').map((unit) => (unit.kind === 'unit' ? unit.pointer : ''))).toEqual([
      '/events/0',
      '/events/1',
    ])
    expect(unitsOf('{"other": [1, 2]}').map((unit) => (unit.kind === 'unit' ? unit.pointer : 'refused'))).toEqual([''])
    expect(unitsOf('[]')).toEqual([])
  })

  it.each([
    ['', 'json.not-readable byte 0'],
    ['{"a":1', 'json.not-readable byte 6'],
    ['{"a" 1}', 'json.not-readable byte 5'],
    ['{a:1}', 'json.not-readable byte 1'],
    ['[1,]', 'json.not-readable byte 3'],
    ['{"ä":tru}', 'json.not-readable byte 6'],
    ['[01]', 'json.not-readable byte 2'],
    ['[NaN]', 'json.not-readable byte 1'],
    ['["\t"]', 'json.not-readable byte 2'],
    ['["\\x"]', 'json.not-readable byte 2'],
    ['["\\u12g4"]', 'json.not-readable byte 2'],
    ['["a', 'json.not-readable byte 3'],
    ['{} {}', 'json.not-readable byte 3'],
  ])('%s is refused with its byte', (json, end) => {
    expect(endOf(json)).toBe(end)
  })

  it('is refused beyond the limits of size, depth and count, and what came before stands', () => {
    expect(endOf('['.repeat(1_000_000))).toBe('json.too-deep byte 64')
    expect(endOf('{"a":'.repeat(1_000_000))).toBe('json.too-deep byte 320')
    expect(endOf('[1]', { ...JSON_LIMITS, bytes: 2 })).toBe('json.too-large byte 2')
    const units = unitsOf('[[1], [1,2,3,4]]', { ...JSON_LIMITS, nodes: 4 })
    expect(units.map(({ kind }) => kind)).toEqual(['unit', 'refused'])
  })

  it('that is no UTF-8 is refused with the byte', () => {
    expect(endOf(Buffer.from([0x22, 0xc3, 0x28, 0x22]))).toBe('charset.invalid-utf-8 byte 1')
  })

  it('reads the last of two values of one name, and says so', () => {
    const [unit] = unitsOf('{"a":1,"__proto__":2,"a":3}')
    expect(unit).toMatchObject({ kind: 'unit', warnings: [{ code: 'json.duplicate-name', at: 'byte 21' }] })
    expect(unit?.kind === 'unit' && unit.node.kind === 'object' ? [...unit.node.members.keys()] : []).toEqual(['a', '__proto__'])
  })

  it('does not use a number that no double holds, nor signs that are none', () => {
    const [unit] = unitsOf('{"a":1e999,"b":"x\\u0000\\ud800"}')
    if (unit?.kind !== 'unit') throw new Error('It is read.')
    expect(unit.warnings.map(({ code }) => code)).toEqual(['json.number-too-large', 'json.sign-not-text'])
    expect(plain(unit.node)).toEqual({ a: undefined, b: 'x\u{fffd}\u{fffd}' })
  })

  it('ends in units or a placed problem, whatever the signs are', () => {
    const signs = fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', 'u', '0', '-', 'e', '.', 'true', 'null', ' ', 'é', '"events"')
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 50 }), (pieces) => {
        const text = pieces.join('')
        let isJson = true
        try {
          JSON.parse(text)
        } catch {
          isJson = false
        }
        expect(endOf(text)).toMatch(isJson ? /^read$/ : /^json\.not-readable byte \d+$/)
      }),
      { numRuns: 3000 },
    )
  })
})
