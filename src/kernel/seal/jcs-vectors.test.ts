/** The published examples of RFC 8785: conformance/rfc8785. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { canonicalJson, type Json } from './canonical-json.ts'

const FOLDER = new URL('../../../conformance/rfc8785/', import.meta.url)
const names = readdirSync(new URL('input/', FOLDER)).map((file) => file.replace(/\.json$/, ''))
const read = (file: string) => readFileSync(new URL(file, FOLDER))
const bytesOf = (name: string) => Buffer.from(canonicalJson(JSON.parse(read(`input/${name}.json`).toString('utf8')) as Json))

it('has all six examples', () => {
  expect(names.toSorted()).toEqual(['arrays', 'french', 'structures', 'unicode', 'values', 'weird'])
})

it.each(names)('%s.json becomes the published bytes', (name) => {
  expect(bytesOf(name)).toEqual(read(`output/${name}.json`))
  expect(bytesOf(name)).toEqual(Buffer.from(read(`outhex/${name}.txt`).toString('ascii').replaceAll(/\s/g, ''), 'hex'))
})

it.each(names)('%s.json is a fixed point once written', (name) => {
  expect(canonicalJson(JSON.parse(bytesOf(name).toString('utf8')) as Json)).toBe(bytesOf(name).toString('utf8'))
})

/** RFC 8785, appendix B: the IEEE 754 bits of a number and its text. */
it.each([
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
])('the number with the bits %s is written %s', (bits, text) => {
  expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text)
})

it.each(['7fffffffffffffff', '7ff0000000000000', 'fff0000000000000'])('the bits %s are no number of JSON', (bits) => {
  expect(() => canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toThrow(RangeError)
})
