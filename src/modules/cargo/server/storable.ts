/** Texts of messages in indexes and in JSON: a key that is searched by is cut, since an index refuses long ones, and the whole value stays in the statement beside it. */
import { storableText } from '#platform/store/storable-text.ts'

/** No identifier of cargo is longer; what is longer is found by its beginning. */
const KEY = 200

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
