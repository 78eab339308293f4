/**
 * UN/LOCODE: two letters of the country (ISO 3166-1), three signs of the place (letters, or 2 to 9).
 * Source: UNECE Recommendation 16. Membership in the list is a parameter: old messages use retired codes and new ports come before
 * any list, so an unknown code of the right shape is accepted with a problem, never refused.
 */
import { accept, type Parsed, refuse } from '#kernel/result/problem.ts'

declare const unlocode: unique symbol
export type Unlocode = string & { readonly [unlocode]: true }

const SHAPE = /^[A-Z]{2}[A-Z2-9]{3}$/

export function parseUnlocode(text: string, isListed: (code: string) => boolean): Parsed<Unlocode> {
  const code = text.slice(0, 40).replace(/\s/g, '').toUpperCase()
  if (!SHAPE.test(code))
    return refuse({
      code: 'unlocode.format',
      at: 'place',
      message: 'A UN/LOCODE has two letters of the country and three signs of the place.',
    })
  if (isListed(code)) return accept(code as Unlocode)
  return accept(code as Unlocode, [
    {
      code: 'unlocode.unlisted',
      at: 'place',
      message: 'The code is not in the shipped list: retired, new, or mistyped.',
    },
  ])
}
