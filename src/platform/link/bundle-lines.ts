/** The lines of a bundle file, read as a stream: UTF-8, each ended by one line feed, none longer than an envelope can be. */
import { createReadStream } from 'node:fs'
import { LARGEST_ENVELOPE } from './carrier-limits.ts'

const MAX_LINE = LARGEST_ENVELOPE + 1024
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A file that is not exactly what a node wrote. `line` counts from 1; 0 is the file as a whole. */
export class BundleRefused extends Error {
  readonly code: string
  readonly line: number

  constructor(code: string, line: number) {
    super(`${code} at line ${line}`)
    this.name = 'BundleRefused'
    this.code = code
    this.line = line
  }
}

export interface BundleLine {
  readonly line: number
  readonly text: string
  /** With the line feed: what the digest of the file is made of. */
  readonly bytes: Buffer
}

export async function* bundleLines(file: string): AsyncGenerator<BundleLine> {
  let rest: Buffer[] = []
  let length = 0
  let line = 1
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      const bytes = Buffer.concat([...rest, chunk.subarray(from, at + 1)])
      if (bytes.length > MAX_LINE) throw new BundleRefused('bundle.line-size', line)
      yield { line, bytes, text: decode(bytes.subarray(0, -1), line) }
      rest = []
      length = 0
      line += 1
      from = at + 1
    }
    rest.push(chunk.subarray(from))
    length += chunk.length - from
    if (length > MAX_LINE) throw new BundleRefused('bundle.line-size', line)
  }
  if (length > 0) throw new BundleRefused('bundle.truncated', line)
}

function decode(bytes: Buffer, line: number): string {
  try {
    return UTF8.decode(bytes)
  } catch {
    throw new BundleRefused('bundle.encoding', line)
  }
}
