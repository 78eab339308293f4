/** Keyset page marks of the slice's lists: opaque to the client, checked on the way back. Hold only values of the row last shown. */
import { AppError } from '#platform/http/app-error.ts'

export type Mark = readonly (string | number)[]

export function writeMark(mark: Mark): string {
  return Buffer.from(JSON.stringify(mark)).toString('base64url')
}

export function readMark(text: string | undefined, length: number): Mark | undefined {
  if (text === undefined) return undefined
  try {
    const mark: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (Array.isArray(mark) && mark.length === length && mark.every((each) => typeof each === 'string' || typeof each === 'number'))
      return mark
  } catch {
    // Falls through to the refusal: a mark that is not JSON was not given out by a list.
  }
  throw new AppError(400, 'cargo.cursor', 'The page mark is not one this list gave out.')
}
