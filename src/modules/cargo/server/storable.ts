/**
 * What PostgreSQL can hold: it refuses a NUL in text, and an index refuses long keys. A NUL is shown as U+FFFD, which no message holds by
 * intent; a key that is searched by is cut, and the whole value stays in the statement beside it.
 */
const NUL = /\0/g
/** No identifier of cargo is longer; what is longer is found by its beginning. */
const KEY = 200

export function storableText(text: string): string {
  return text.includes('\0') ? text.replace(NUL, '\ufffd') : text
}

/** A text that an index holds. */
export function searchKey(text: string): string {
  return storableText(text.length > KEY ? text.slice(0, KEY) : text)
}

export function storableJson(value: object): string {
  const text = JSON.stringify(value)
  // Only a value that holds a NUL pays for looking at every text.
  return text.includes('\\u0000')
    ? JSON.stringify(value, (_, each: unknown) => (typeof each === 'string' ? storableText(each) : each))
    : text
}
