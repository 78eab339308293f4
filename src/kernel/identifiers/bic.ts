/**
 * Business Identifier Code: four letters or digits of the party, two letters of the country, two of the place, and three of the branch or none.
 * Source: ISO 9362:2022. It has no check digit; only the shape is checked.
 */
import { accept, type Parsed, refuse } from '#kernel/result/problem.ts'

declare const bic: unique symbol
export type Bic = string & { readonly [bic]: true }

const SHAPE = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/

export function parseBic(text: string): Parsed<Bic> {
  const code = text.slice(0, 40).replace(/\s/g, '').toUpperCase()
  return SHAPE.test(code)
    ? accept(code as Bic)
    : refuse({
        code: 'bic.format',
        at: 'bic',
        message: 'A BIC has four signs of the party, two letters of the country, two signs of the place, and three of the branch or none.',
      })
}
