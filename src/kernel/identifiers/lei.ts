/**
 * Legal Entity Identifier: eighteen letters and digits and two check digits (MOD 97-10).
 * Source: ISO 17442-1:2020. Registration is not checked: only the digits say something without the register.
 */
import { accept, type Parsed, refuse } from '#kernel/result/problem.ts'
import { checkDigits97, remainder97 } from './mod-97.ts'

declare const lei: unique symbol
export type Lei = string & { readonly [lei]: true }

const SHAPE = /^[A-Z0-9]{18}[0-9]{2}$/

export function parseLei(text: string): Parsed<Lei> {
  const code = text
    .slice(0, 40)
    .replace(/[\s\-.]/g, '')
    .toUpperCase()
  if (!SHAPE.test(code))
    return refuse({ code: 'lei.format', at: 'lei', message: 'An LEI has eighteen letters or digits and two check digits.' })
  if (remainder97(code) !== 1)
    return refuse({
      code: 'lei.check-digit',
      at: 'lei',
      message: `The check digits do not match: for ${code.slice(0, 18)} they are ${checkDigits97(code.slice(0, 18))}.`,
    })
  return accept(code as Lei)
}
