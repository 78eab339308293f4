/**
 * Harmonized System code: chapter (2), heading (4), subheading (6 digits); tariffs add national digits up to 10, which are kept.
 * Source: WCO Harmonized System convention, nomenclature. Membership in the list is a parameter; longer codes are checked by their subheading.
 */
import { accept, type Parsed, refuse } from '#kernel/result/problem.ts'

declare const hsCode: unique symbol
export type HsCode = string & { readonly [hsCode]: true }

export function parseHsCode(text: string, isListed: (code: string) => boolean): Parsed<HsCode> {
  const digits = text.slice(0, 40).replace(/[\s.]/g, '')
  if (!/^(?:[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{8}|[0-9]{10})$/.test(digits))
    return refuse({
      code: 'hs-code.format',
      at: 'hs',
      message: 'An HS code has 2, 4, 6, 8 or 10 digits.',
    })
  const chapter = Number(digits.slice(0, 2))
  if (chapter === 0 || chapter === 77)
    return refuse({
      code: 'hs-code.chapter',
      at: 'hs',
      message: `There is no chapter ${digits.slice(0, 2)} in the Harmonized System.`,
    })
  if (isListed(digits.slice(0, 6))) return accept(digits as HsCode)
  return accept(digits as HsCode, [
    {
      code: 'hs-code.unlisted',
      at: 'hs',
      message: 'The subheading is not in the shipped edition of the Harmonized System.',
    },
  ])
}
