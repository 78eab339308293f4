/**
 * The country that a record names, when it names exactly one in all its properties of that type: with it a national telephone number can be read. Where there are
 * several, or one that cannot be told, nothing is guessed.
 */
import { propertyOf } from './model.ts'
import { cleanCountry } from './value-country.ts'
import { tidyText } from './value-text.ts'

export function onlyCountry(schema: string, properties: Readonly<Record<string, readonly string[]>>): string | undefined {
  const codes = new Set<string>()
  for (const name of Object.keys(properties)) {
    if (propertyOf(schema, name)?.type !== 'country') continue
    for (const value of properties[name] ?? []) {
      const code = cleanCountry(tidyText(value, 'line').text).value
      if (code === undefined) return undefined
      codes.add(code)
      if (codes.size > 1) return undefined
    }
  }
  const [only] = codes
  return only
}
