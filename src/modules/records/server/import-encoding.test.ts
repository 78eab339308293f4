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

it('UTF-16 is known without its mark by where its zeros stand, is said to be guessed, and is nothing that holds other zeros', async () => {
  const table = 'naam;land\nŽeljko Ћирић;rs\n王小明;cn\n一丁;cn\n'
  const plain = Buffer.from(table, 'utf16le')
  const turned = Buffer.from(plain).swap16()
  expect(writtenIn(plain)).toMatchObject({ encoding: 'utf-16le', skip: 0, isGuessed: true })
  expect(writtenIn(turned)).toMatchObject({ encoding: 'utf-16be', skip: 0, isGuessed: true })
  // Also where the beginning that is looked at ends within a sign.
  expect(writtenIn(plain.subarray(0, -1))).toMatchObject({ encoding: 'utf-16le' })
  for (const bytes of [plain, turned]) expect((await textsOf(bytes)).join('\n')).toBe(table.trimEnd())
  expect(writtenIn(Buffer.from(`\ufeff${table}`, 'utf16le'))?.isGuessed).toBe(false)
  for (const text of ['id,name\n1,A\0na\n', 'a\0b\0\u0001\0c\0', '\0\0\0\0', 'PK\u0003\u0004\0\0\0\0'])
    expect(writtenIn(Buffer.from(text)), JSON.stringify(text)).toBeUndefined()
})

it('a file whose lines end as those of the old Macintosh has lines, whatever stands in its quoted cells', async () => {
  const rows = ['id,name,address', '1,Ana,"Kaai 1\nAntwerpen"', '2,Bea,Meir 4']
  const text = `${rows.join('\r')}\r`
  expect(await textsOf(Buffer.from(text))).toEqual(rows)
  expect(await textsOf(Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual(rows)
  expect(await textsOf(Buffer.from(`\ufeff${text}`, 'utf16le').swap16())).toEqual(rows)
  // Where a line feed ends lines, a return within one is a sign of it.
  expect(await textsOf(Buffer.from('id,name\n1,A\rna\n'))).toEqual(['id,name', '1,A\rna'])
})

it('a mark in the middle, where two files were put together, is no sign of its line', () => {
  expect(decodeLine(Buffer.from('\ufeff{"id":"a"}'), 'utf-8')).toEqual({ text: '{"id":"a"}' })
  expect(decodeLine(Buffer.from('\ufeffa;b', 'utf16le'), 'utf-16le')).toEqual({ text: 'a;b' })
  expect(decodeLine(Buffer.from('a\ufeffb'), 'utf-8')).toEqual({ text: 'a\ufeffb' })
})
