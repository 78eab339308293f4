/** Exports of millions of lines, compared by digests: line by line as they are, or as they read without what a merge or another collection changes. */
import { createHash } from 'node:crypto'

/** What came out, as far as two exports can be compared by it. */
export interface Digest {
  readonly lines: number
  /** One for so many lines, so that what differs is found. */
  readonly parts: readonly string[]
}
const LINES_OF_PART = 10_000

export type LineReader = (line: string) => string
type Lines = Iterable<string> | AsyncIterable<string>

/** One digest for each way of reading the lines, all in one pass. */
export async function digestsOf(lines: Lines, readers: readonly LineReader[]): Promise<readonly Digest[]> {
  const digests = readers.map((read) => ({ read, hash: createHash('sha256'), parts: [] as string[] }))
  let count = 0
  const close = () => {
    for (const digest of digests) {
      digest.parts.push(digest.hash.digest('base64'))
      digest.hash = createHash('sha256')
    }
  }
  for await (const line of lines) {
    count += 1
    for (const { read, hash } of digests) hash.update(`${read(line)}\n`)
    if (count % LINES_OF_PART === 0) close()
  }
  if (count % LINES_OF_PART > 0) close()
  return digests.map(({ parts }) => ({ lines: count, parts }))
}

export const asItIs: LineReader = (line) => line

export async function digestOf(lines: Lines): Promise<Digest | undefined> {
  return (await digestsOf(lines, [asItIs]))[0]
}

const CANONICAL = /"canonical_id":"(r[0-9a-f]{32})"/
const RECORD = /"record":"(r[0-9a-f]{32})"/

/** The line as it reads when nothing is merged; `stands` learns which record stands for which. */
export function unmerged(stands: Map<string, string>): LineReader {
  return (line) => {
    const [, record = ''] = RECORD.exec(line) ?? []
    const [, canonical = ''] = CANONICAL.exec(line) ?? []
    if (canonical === record) return line
    stands.set(record, canonical)
    return line.replace(CANONICAL, `"canonical_id":"${record}"`)
  }
}

/** What is stated, without the ids that a collection gives and the place in the file. */
export const stated: LineReader = (line) =>
  line.replaceAll(/"r[0-9a-f]{32}"|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, '').replace(/"line":\d+/, '')
