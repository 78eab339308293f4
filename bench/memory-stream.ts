/** Child of bench/edifact.ts: reads an interchange from standard input and prints its resident memory before and at the peak, in bytes. */
import { createRequire } from 'node:module'
import { readCargoFile } from '../src/modules/cargo/formats/read-cargo-file.ts'

const WARM_UP = "UNB+UNOC:3+S+R+260901:0600+0'UNH+1+BAPLIE:D:13B:UN'BGM+658'EQD+CN+CSQU3054383'UNT+4+1'UNZ+1+0'"

async function* measured(source: AsyncIterable<Uint8Array>, take: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    take(chunk.length)
    yield chunk
  }
}

async function readAll(source: AsyncIterable<Uint8Array>, reader: string): Promise<number> {
  let seen = 0
  if (reader === 'ours') {
    for await (const event of readCargoFile(source)) if (event.kind === 'equipment') seen++
    return seen
  }
  const Peer = createRequire(import.meta.url)('edifact/parser.js') as new () => {
    on(event: string, listener: () => void): void
    encoding(name: string): void
    write(text: string): void
  }
  const parser = new Peer()
  parser.on('component', () => seen++)
  parser.encoding('UNOC')
  for await (const chunk of source) parser.write(Buffer.from(chunk).toString('latin1'))
  return seen
}

const reader = process.argv[2] ?? 'ours'
const warmUp = async function* (): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(WARM_UP)
}
await readAll(warmUp(), reader)
globalThis.gc?.()
const base = process.memoryUsage.rss()
let peak = base
let read = 0
const source = measured(process.stdin as AsyncIterable<Uint8Array>, (bytes) => {
  read += bytes
  peak = Math.max(peak, process.memoryUsage.rss())
})
await readAll(source, reader)
process.stdout.write(JSON.stringify({ base, peak: Math.max(peak, process.memoryUsage.rss()), read }))
