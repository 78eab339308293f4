/** A mapping tried on a document: what it would read, with the first problems and consignments. Nothing is kept. */
import type { DeclarationMapping } from '../contract/declaration-mappings.ts'
import { collectSample, type MappingTrial } from '../formats/mapping-trial.ts'
import { readCargoFile } from '../formats/read-cargo-file.ts'

/** Enough to judge a mapping by, and little enough to answer at once. */
const TRIED_BYTES = 4 * 1024 * 1024

export async function tryMapping(
  source: AsyncIterable<Uint8Array>,
  { document, mapping }: { readonly document: string; readonly mapping: DeclarationMapping },
): Promise<MappingTrial> {
  const part = new Beginning(source)
  const trial = await collectSample(readCargoFile(part.bytes(), { document, mappingFor: () => mapping }))
  return { ...trial, isWhole: part.isWhole }
}

/** The first bytes of a source; where it is cut, the row it falls into counts as not read, and `isWhole` is false. */
class Beginning {
  readonly #source: AsyncIterable<Uint8Array>
  isWhole = true

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    let left = TRIED_BYTES
    for await (const chunk of this.#source) {
      if (chunk.length > left) {
        this.isWhole = false
        // Up to the last row that is whole: the rest would be judged for the cut, not for itself.
        const end = chunk.subarray(0, left).lastIndexOf(0x0a)
        if (end > 0) yield chunk.subarray(0, end + 1)
        return
      }
      left -= chunk.length
      yield chunk
    }
  }
}
