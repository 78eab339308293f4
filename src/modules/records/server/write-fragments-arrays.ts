/**
 * Arrays as PostgreSQL reads them from text: many rows travel as a few parameters, one for each column, and are unfolded there. Written by hand because
 * the driver's own way takes several times as long, and a file of records is millions of such values. Source: PostgreSQL 16 manual, 8.15.2 and 8.15.6.
 */
const SPECIAL = /["\\]/
const SPECIALS = /["\\]/g

export function quoted(text: string): string {
  return `"${SPECIAL.test(text) ? text.replace(SPECIALS, '\\$&') : text}"`
}

/** Elements that need no quotes: ids, numbers, what is quoted already. */
export function arrayOf(elements: readonly (string | number)[]): string {
  return `{${elements.join(',')}}`
}

export function textArray(texts: readonly string[]): string {
  return texts.length === 0 ? '{}' : `{${texts.map(quoted).join(',')}}`
}

export function orNull(text: string | undefined | null): string {
  return text === undefined || text === null ? 'NULL' : quoted(text)
}
