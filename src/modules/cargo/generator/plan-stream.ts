/**
 * A stowage plan of any length, piece by piece, for measuring speed and memory: about 190 bytes a container, no container twice.
 * Numbers count upward from the seed instead of being remembered.
 */
import { containerCheckDigit } from '#kernel/identifiers/container-number.ts'
import { type BaplieDirectory, printBaplieOf } from './print-baplie.ts'
import { interchangeLines } from './print-interchange.ts'
import { type GeneratedBox, generateVoyage, type VoyageTimes } from './voyage.ts'

const PIECE = 64 * 1024
/** Boxes that serve as pattern; only number, place and booking change. */
const PATTERNS = 512

export function* planStream(options: {
  seed: number
  containers: number
  directory: BaplieDirectory
  times: VoyageTimes
}): Generator<Uint8Array> {
  const { seed, containers, directory, times } = options
  const { boxes, ...voyage } = generateVoyage({ seed, containers: PATTERNS, times })
  const encoder = new TextEncoder()
  const interchange = { sender: 'GENERATED', recipient: 'BENCH', prepared: times.prepared, reference: `S${seed}` }
  let held = ''
  for (const line of interchangeLines(interchange, [printBaplieOf(voyage, numbered(boxes, containers), directory)])) {
    held += line
    if (held.length < PIECE) continue
    yield encoder.encode(held)
    held = ''
  }
  yield encoder.encode(held)
}

function* numbered(patterns: readonly GeneratedBox[], containers: number): Generator<GeneratedBox> {
  for (let index = 0; index < containers; index++) {
    const pattern = patterns[index % patterns.length] as GeneratedBox
    const prefix = String.fromCharCode(0x41 + (Math.floor(index / 26_000_000) % 26), 0x41 + (Math.floor(index / 1_000_000) % 26))
    const ten = `Q${prefix}U${String(index % 1_000_000).padStart(6, '0')}`
    yield { ...pattern, container: ten + containerCheckDigit(ten), booking: `GNBK${index}` }
  }
}
