/** Identifiers of a form: what exists in the world is taken, what was mistyped is refused, and where a check cannot see an error the test says so. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseContainerNumber } from '#kernel/identifiers/container-number.ts'
import { formats } from './formats.ts'

const DIGITS = '0123456789'
const check = (format: string, text: string) => formats[format]?.(text)

/** Every text that differs in one sign, where that sign is one of `signs` before and after. */
function corruptions(text: string, signs: string): readonly string[] {
  return [...text].flatMap((sign, at) =>
    signs.includes(sign) ? [...signs].filter((other) => other !== sign).map((other) => text.slice(0, at) + other + text.slice(at + 1)) : [],
  )
}

it('knows every format that the definition of a field names', () => {
  const source = readFileSync(path.resolve(import.meta.dirname, '../../../kernel/procedure/definition.ts'), 'utf8')
  const named = /Checked identifier: (.*)\.\s\*\//.exec(source)?.[1]?.match(/[a-z0-9-]+/g) ?? []
  expect(named.length).toBeGreaterThan(5)
  expect(Object.keys(formats)).toEqual(expect.arrayContaining(named))
})

describe('takes what exists', () => {
  it.each([
    ['iso6346', ['CSQU3054383', 'MSCU6639870', 'csqu 305438-3']],
    ['imo', ['9454436', 'IMO 9074729']],
    ['unlocode', ['BEANR', 'NLRTM', 'EC GYE']],
    ['awb', ['020-12345675']],
    ['cas', ['7732-18-5', '50-36-2', '108-24-7']],
    ['e-mail', ['duty@police.example', 'first.last+case@sub.example.org']],
    [
      'iban',
      ['BE68539007547034', 'BE68 5390 0754 7034', 'GB82WEST12345698765432', 'NL91 ABNA 0417 1643 00', 'MT84MALT011000012345MTLCAST001S'],
    ],
    [
      'btc-address',
      [
        // The genesis block; BIP 13; BIP 173; BIP 173 in capitals; BIP 350.
        '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
        '3P14159f73E4gFr7JterCCQh9QjiTjiZrG',
        'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
        'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4',
        'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
      ],
    ],
    [
      'evm-address',
      [
        // The examples of EIP-55.
        '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
        '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
        '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
        '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
      ],
    ],
    [
      'tx-hash',
      [
        // The coinbase of the genesis block; the first transaction on Ethereum.
        '4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b',
        '0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060',
      ],
    ],
  ])('%s', (format, examples) => {
    for (const example of examples) expect([example, check(format, example)]).toEqual([example, undefined])
  })
})

describe('refuses every text with one digit wrong', () => {
  const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
  const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
  it.each([
    ['iso6346', ['CSQU3054383'], DIGITS],
    ['iban', ['BE68539007547034', 'GB82WEST12345698765432', 'NL91ABNA0417164300'], DIGITS],
    ['btc-address', ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', '3P14159f73E4gFr7JterCCQh9QjiTjiZrG'], BASE58],
    [
      'btc-address',
      ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', 'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0'],
      BECH32,
    ],
    ['evm-address', ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb'], '0123456789abcdefABCDEF'],
  ])('%s %#', (format, examples, signs) => {
    for (const example of examples) {
      const wrong = corruptions(example, signs)
      expect(wrong.length).toBeGreaterThan(example.length)
      expect(wrong.filter((text) => check(format, text) === undefined)).toEqual([])
    }
  })
})

describe('sees one wrong digit as far as the check of the number reaches, and no less', () => {
  it('a container: every digit, but where the remainder is 10, which the standard writes as 0 as well', () => {
    const missed = corruptions('MSCU6639870', DIGITS).filter((text) => check('iso6346', text) === undefined)
    expect(missed.length).toBeGreaterThan(0)
    for (const text of missed) expect(parseContainerNumber(text).problems).toMatchObject([{ code: 'container-number.ambiguous-digit' }])
  })

  it('a ship: the first and the fifth digit always (weights 7 and 3), the others where their weight leaves a difference', () => {
    const number = '9074729'
    const missed = corruptions(number, DIGITS).filter((text) => check('imo', text) === undefined)
    const hidden = corruptions(number, DIGITS).filter((text) => {
      const at = [...text].findIndex((digit, index) => digit !== number[index])
      return at < 6 && ((Number(text[at]) - Number(number[at])) * (7 - at)) % 10 === 0
    })
    expect(missed).toEqual(hidden)
    expect(missed.every((text) => text[0] === '9' && text[4] === '7' && text[6] === '9')).toBe(true)
  })

  it('an air waybill: every digit of the serial number but those wrong by seven; the airline is not covered', () => {
    const number = '02012345675'
    for (const text of corruptions(number, DIGITS)) {
      const at = [...text].findIndex((digit, index) => digit !== number[index])
      const isSeen = at >= 3 && (at === 10 || Math.abs(Number(text[at]) - Number(number[at])) !== 7)
      expect([text, check('awb', text) !== undefined]).toEqual([text, isSeen])
    }
  })

  it('a substance: every digit but where its place leaves no difference', () => {
    const number = '7732-18-5'
    const digits = '773218'
    for (const text of corruptions(number, DIGITS)) {
      const plain = text.replaceAll('-', '')
      const at = [...plain].findIndex((digit, index) => digit !== number.replaceAll('-', '')[index])
      const isSeen = at === 6 || ((Number(plain[at]) - Number(digits[at])) * (6 - at)) % 10 !== 0
      expect([text, check('cas', text) !== undefined]).toEqual([text, isSeen])
    }
  })
})

describe('says what is wrong', () => {
  it.each([
    ['btc-address', 'tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx', /main network/],
    ['btc-address', 'mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn', /main network/],
    ['btc-address', '1A1zP1eP5…DivfNa', /never shortened/],
    // A version that nobody can spend from yet; a check sum of the wrong kind (BIP 350).
    ['btc-address', 'bc1sw50qgdz25j', /no such kind/],
    ['btc-address', 'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd', /check sum/],
    ['btc-address', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8F3t4', /check sum/],
    ['evm-address', '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed', /without its check sum/],
    ['evm-address', '0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED', /without its check sum/],
    ['evm-address', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed', /does not match/],
    ['evm-address', '5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', /0x and 40/],
    ['tx-hash', '4a5e1e4b…afdeda33b', /shortened/],
    ['tx-hash', '4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33', /64/],
    ['tx-hash', '0xzz504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060', /64/],
    ['iban', 'BE6853900754703', /country, length/],
    ['iban', 'BE68 539 007547034', /groups of four/],
    ['iban', 'US68539007547034', /country, length/],
    ['iso6346', 'MSCU6639871', /it is 0/],
    ['imo', '9454437', /it is 6/],
    ['unlocode', 'ANTWERP', /UN\/LOCODE/],
    ['e-mail', 'duty@police', /e-mail/],
    ['e-mail', `${'a'.repeat(250)}@police.example`, /e-mail/],
    ['e-mail', 'duty@police.example, other@police.example', /e-mail/],
  ])('%s %s', (format, text, expected) => {
    expect(check(format, text)).toMatch(expected)
  })
})

it('answers on noise and on blanks, and never throws', () => {
  for (const [format, isRight] of Object.entries(formats))
    for (const noise of ['', ' ', '\u0000', '0x', 'bc1', '\u{1f4a9}', 'x'.repeat(20_000), '٣'.repeat(11)])
      expect([format, typeof isRight(noise)]).toEqual([format, 'string'])
})
