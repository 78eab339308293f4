import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeLine, writtenIn } from './import-encoding.ts'
import { linesOf, type RawLine } from './import-lines.ts'

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes)
}

async function textsOf(bytes: Uint8Array): Promise<readonly string[]> {
  const written = writtenIn(bytes)
  if (written === undefined) throw new Error('no text')
  const lines: RawLine[] = []
  for await (const some of linesOf(only(bytes.subarray(written.skip)), written, { byte: written.skip, lines: 0 })) lines.push(...some)
  return lines.map((line) => decodeLine(line.bytes ?? Buffer.of(), written.encoding).text)
}

it('any line keeps its last letter, with either line end and in either order of bytes', async () => {
  // Their low byte, their high byte, or both are those of a line end.
  const letter = fc.oneof(
    fc.constantFrom('č', 'Ċ', '\u0a0d', '\u0d0a', 'ഊ', '\u0d0d', 'a', 'Ж'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  )
  const line = fc.array(letter, { maxLength: 6 }).map((letters) => letters.join('').replace(/[\r\n\ufeff]/g, '') + 'č')
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 5 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      async (lines, end, isBig) => {
        const bytes = Buffer.from(`\ufeff${lines.join(end)}${end}`, 'utf16le')
        expect(await textsOf(isBig ? bytes.swap16() : bytes)).toEqual(lines)
      },
    ),
  )
})

it('a line that can only be UTF-8 is read as that, whatever the beginning of its file is', () => {
  const name = 'Željko Perković'
  const [unlike, like] = [Buffer.from(name), Buffer.from('Renée', 'latin1')]
  expect(writtenIn(like)?.encoding).toBe('windows-1252')
  expect(decodeLine(unlike, 'windows-1252')).toEqual({ text: name, foreign: 'utf-8' })
  expect(decodeLine(like, 'windows-1252')).toEqual({ text: 'Renée' })
  expect(decodeLine(Buffer.from('plain'), 'windows-1252')).toEqual({ text: 'plain' })
  expect(decodeLine(like, 'utf-8')).toEqual({ text: 'Renée', foreign: 'windows-1252' })
})
