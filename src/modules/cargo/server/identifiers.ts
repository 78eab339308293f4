/** Checks of identifiers and the search of public places: reference data only, nothing of anybody's. */
import { parseContainerNumber, suggestContainerNumber } from '#kernel/identifiers/container-number.ts'
import { parseHsCode } from '#kernel/identifiers/hs-code.ts'
import { parseImoNumber, suggestImoNumber } from '#kernel/identifiers/imo-number.ts'
import { parseUnlocode } from '#kernel/identifiers/unlocode.ts'
import type { Parsed } from '#kernel/result/problem.ts'
import { handle } from '#platform/http/route.ts'
import { checkIdentifier, searchPlaces } from '../contract.ts'
import { findGoods, findPlace, placesByText } from '../reference/places.ts'

export type IdentifierKind = 'container' | 'imo' | 'unlocode' | 'hs'

export interface IdentifierVerdict {
  readonly kind: string
  readonly value: string
  readonly valid: boolean
  readonly suggestion?: string
  readonly reason?: string
  readonly name?: string
}

export function judgeIdentifier(kind: IdentifierKind, value: string): IdentifierVerdict {
  switch (kind) {
    case 'container':
      return verdict(kind, value, { parsed: parseContainerNumber(value), suggestion: suggestContainerNumber(value) })
    case 'imo':
      return verdict(kind, value, { parsed: parseImoNumber(value), suggestion: suggestImoNumber(value) })
    case 'unlocode':
      return verdict(kind, value, {
        parsed: parseUnlocode(value, (code) => findPlace(code) !== undefined),
        name: findPlace(value.replace(/\s/g, '').toUpperCase())?.name,
      })
    case 'hs':
      return verdict(kind, value, {
        parsed: parseHsCode(value, (code) => findGoods(code) !== undefined),
        name: findGoods(value.replace(/[\s.]/g, '').slice(0, 6)),
      })
  }
}

function verdict(
  kind: string,
  value: string,
  found: { readonly parsed: Parsed<string>; readonly suggestion?: string | undefined; readonly name?: string | undefined },
): IdentifierVerdict {
  const { parsed, suggestion, name } = found
  const reason = parsed.problems[0]?.message
  return {
    kind,
    value,
    valid: parsed.ok,
    ...(!parsed.ok && suggestion !== undefined ? { suggestion } : {}),
    ...(reason === undefined ? {} : { reason }),
    ...(name === undefined ? {} : { name }),
  }
}

export const checkIdentifierRoute = handle(checkIdentifier, async (input) => judgeIdentifier(input.kind, input.value))

export const searchPlacesRoute = handle(searchPlaces, async (input) => ({ items: [...placesByText(input.text, 12)] }))
