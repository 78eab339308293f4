/**
 * Canonical JSON, so that the same value always has the same bytes: members sorted by UTF-16 code units, no blanks, numbers and strings as
 * ECMAScript writes them. Source: RFC 8785 (JCS), sections 3.2.2 and 3.2.3.
 * Refuses what JSON cannot hold (NaN, infinities, lone surrogates, undefined members are left out as JSON.stringify does).
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json | undefined }

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError('JSON has no such number.')
    return JSON.stringify(value)
  }
  if (typeof value === 'string') {
    if (LONE_SURROGATE.test(value)) throw new RangeError('A string holds half a character.')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((each: Json) => canonicalJson(each)).join(',')}]`
  const object = value as { readonly [member: string]: Json | undefined }
  const members = Object.keys(object)
    .sort()
    .flatMap((member) => {
      const inner = object[member]
      return inner === undefined ? [] : [`${canonicalJson(member)}:${canonicalJson(inner)}`]
    })
  return `{${members.join(',')}}`
}
