/** The name of a right in one spelling, and its id: the same container, voyage and port are the same right however they are written. */
import { createHash } from 'node:crypto'
import { AppError } from '#platform/http/app-error.ts'
import type { Keeper } from './keepers.ts'

export interface RightName {
  readonly container: string
  readonly voyage: string
  readonly port: string
}

export function plainName({ container, voyage, port }: RightName): RightName {
  const plain = {
    container: container.toUpperCase().replaceAll(/[\s./-]/g, ''),
    voyage: voyage.toUpperCase().trim().replaceAll(/\s+/g, ' '),
    port,
  }
  const isPlain = /^[A-Z0-9]{4,17}$/.test(plain.container) && /^[A-Z0-9 ./:_-]{1,40}$/.test(plain.voyage)
  if (!isPlain) throw new AppError(422, 'alliance.name', 'Container and voyage are letters, digits, blanks and the signs . / : _ - only.')
  return plain
}

export function rightIdOf({ authority, desk }: Keeper, { container, voyage, port }: RightName): string {
  return createHash('sha256').update(['release right', authority, desk, port, container, voyage].join('\n')).digest('hex').slice(0, 32)
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
