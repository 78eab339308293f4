/**
 * Counts the equipment numbers of one message and says what is wrong with each.
 * A number that only fails its check digit is kept as stated: real boxes and forged numbers both do that (ISO 6346, annex A).
 */
import type { Segment } from '#kernel/edifact/segment.ts'
import { parseContainerNumber } from '#kernel/identifiers/container-number.ts'
import { type ContainerBytes, readContainerBytes } from './container-bytes.ts'
import { DistinctKeys } from './distinct-keys.ts'
import type { ContainerCount } from './events.ts'

/** Numbers outside ISO 6346 that are told apart; beyond that, the distinct count is a lower bound. */
const OTHERS_TOLD_APART = 200_000

export type NumberFinding = 'iso' | 'check-digit' | 'format'

export class ContainerTally implements ContainerCount {
  containers = 0
  badCheckDigit = 0
  notIso = 0
  readonly #keys = new DistinctKeys()
  readonly #others = new Set<string>()
  readonly #read: ContainerBytes = { key: -1, digit: 0, isDigitRight: false }

  get distinctContainers(): number {
    return this.#keys.size + this.#others.size
  }

  /** `token` is the equipment number as `segment.find` gave it. */
  add(segment: Segment, token: number): NumberFinding {
    const start = segment.tokens[token] as number
    const end = segment.tokens[token + 1] as number
    if (readContainerBytes(segment.buffer, start, end, this.#read)) return this.#count(this.#read)
    return this.addText(segment.textOf(token))
  }

  addText(text: string): NumberFinding {
    const bytes = Uint8Array.from(
      text
        .slice(0, 40)
        .replace(/[\s\-/.]/g, '')
        .toUpperCase(),
      (sign) => sign.charCodeAt(0) & 0x7f,
    )
    const parsed = parseContainerNumber(text)
    const hasShape = parsed.ok || parsed.problems.some(({ code }) => code === 'container-number.check-digit')
    if (hasShape && readContainerBytes(bytes, 0, bytes.length, this.#read)) return this.#count(this.#read)
    this.containers++
    this.notIso++
    if (this.#others.size < OTHERS_TOLD_APART) this.#others.add(text)
    return 'format'
  }

  #count(read: ContainerBytes): NumberFinding {
    this.containers++
    this.#keys.add(read.key * 10 + read.digit)
    if (read.isDigitRight) return 'iso'
    this.badCheckDigit++
    return 'check-digit'
  }
}
