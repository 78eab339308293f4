import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { TABLE_FILES } from '../../../../tools/generate-edifact-tables.ts'
import { structureText, TABLE_TYPES } from '../group-editions.ts'
import { type ElementForm, segmentForm } from '../group-elements.ts'

const DATA = path.resolve(import.meta.dirname, '../../../../../shared/data/cargo')
const DIRECTORIES = ['D96A', 'D99A', 'D01B', 'D03B', 'D08A']
const USER_TYPES = TABLE_TYPES.filter((type) => type !== 'CONTRL')

describe('the tables of D23A', () => {
  it.skipIf(!existsSync(DATA)).each(Object.entries(TABLE_FILES))('%s is what the directory in data/cargo gives', (name, build) => {
    expect(readFileSync(path.join(import.meta.dirname, name), 'utf8') === build(path.join(DATA, 'untdid-d23a/d23a'))).toBe(true)
  })

  it('know all message types and stay small', () => {
    expect(TABLE_TYPES.join(' ')).toBe(
      'APERAK BAPLIE BERMAN CALINF COARRI CODECO CONTRL COPARN COPINO COPRAR COREOR CUSCAR CUSREP CUSRES IFCSUM IFTMBC IFTMBF IFTMCS IFTMIN IFTSAI IFTSTA MOVINS VERMAS',
    )
    for (const type of USER_TYPES) expect(structureText(type, 'D23A')?.length).toBeLessThan(2000)
  })
})

describe('editions that are described, not at hand', () => {
  it.each([
    ['BAPLIE', 'D95B', 'BGM! DTM! RFF NAD3 3!(TDT!', '9(RFF!'],
    ['MOVINS', 'D95B', 'BGM! DTM! RFF NAD3', 'RFF! DTM9'],
    ['CUSCAR', 'D95B', 'BGM! DTM9 RFF9 NAD9 FTX9', '9(TDT! LOC9 DTM9 MEA9'],
    ['CUSCAR', 'D03A', 'DGS9', 'DGS99'],
    ['CUSREP', 'D95B', '5(NAD!', ' 9(NAD!'],
    ['IFTMIN', 'D95B', '9(CPI! CUX LOC9 MOA9)', '(CPI! RFF99'],
    ['IFTMCS', 'D95B', '9(PCI! RFF DTM)', 'GIN9'],
    ['IFCSUM', 'D95B', '(PCI! RFF DTM)', 'GIN'],
    ['IFTSAI', 'D95B', 'BGM! DTM9 FTX99 RFF9 9(LOC!', '9(RFF!'],
    ['IFTSTA', 'D95B', 'RFF9 DTM9 FTX9 NAD9 LOC PCI99', 'GIN'],
    ['IFTSTA', 'D00B', 'NAD9 LOC PCI99', 'DOC FTX9 9(NAD!'],
    ['COREOR', 'D00B', '9999(EQD! RFF9! TSR9 MEA9', 'EQD! RFF9! DTM9'],
    ['BAPLIE', 'D13B', 'UNS! 99999(LOC! FTX9', 'ATT99'],
    ['BAPLIE', 'D15A', 'HAN99 DIM9', 'ATT99'],
  ])('%s %s has its own shape', (type, directory, has, lacks) => {
    const text = structureText(type, directory) ?? ''
    expect(text).toContain(has)
    expect(text).not.toContain(lacks)
  })
})

describe.skipIf(!existsSync(DATA))('the directories of data/cargo/untdid', () => {
  const inner = (directory: string, kind: RegExp): Map<string, Uint8Array> => {
    const archive = readZip(readFileSync(path.join(DATA, 'untdid', `${directory.toLowerCase()}.zip`)))
    return readZip([...archive].find(([name]) => kind.test(name))?.[1] ?? new Uint8Array(0))
  }

  it.each(DIRECTORIES)('%s has the structures that the editions state', (directory) => {
    const messages = inner(directory, /(TR|ED)MD\.zip$/i)
    let compared = 0
    for (const type of USER_TYPES) {
      const file = [...messages].find(([name]) => name.toUpperCase().startsWith(`${type}_`))
      if (file === undefined) continue
      compared++
      expect([type, structureText(type, directory)]).toEqual([type, messageText(file[1])])
    }
    expect(compared).toBeGreaterThanOrEqual(20)
  })

  it.each(DIRECTORIES)('%s has no segment that allows more than ours', (directory) => {
    const files = inner(directory, /(TR|ED)SD\.zip$/i)
    const file = [...files].find(([name]) => /^(TR|ED)SD\./i.test(name))
    const wanted = new Set(USER_TYPES.flatMap((type) => structureText(type, directory)?.match(/[A-Z]{3}/g) ?? []))
    wanted.delete('UNS')
    let compared = 0
    for (const [tag, elements] of segmentTexts(file?.[1] ?? new Uint8Array(0))) {
      if (!wanted.delete(tag)) continue
      compared++
      expect([tag, narrower(segmentForm(tag)?.flat ?? [], elements)]).toEqual([tag, undefined])
    }
    expect(compared).toBeGreaterThan(40)
    expect([...wanted]).toEqual([])
  })
})

/** Files of a zip archive by their last name; deflated or stored. */
function readZip(bytes: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  const view = Buffer.from(bytes)
  const end = view.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  let at = end < 0 ? 0 : view.readUInt32LE(end + 16)
  for (let left = end < 0 ? 0 : view.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = view.readUInt16LE(at + 28)
    const name = view.toString('latin1', at + 46, at + 46 + nameLength)
    const local = view.readUInt32LE(at + 42)
    const start = local + 30 + view.readUInt16LE(local + 26) + view.readUInt16LE(local + 28)
    const packed = view.subarray(start, start + view.readUInt32LE(at + 20))
    files.set(path.basename(name), view.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed))
    at += 46 + nameLength + view.readUInt16LE(at + 30) + view.readUInt16LE(at + 32)
  }
  return files
}

/** The segment table of a message specification, in our notation. Boxes are drawn in code page 437 or with plus signs. */
function messageText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1')
  let out = ''
  for (const line of text.slice(text.lastIndexOf('4.3.1  Segment table')).split(/\r?\n/)) {
    const group = /^\d{4,5}.{0,12}[\x80-\xff-]+ Segment group \d+\s+[^ ]+ ?([MC])\s+(\d+)/.exec(line)
    const segment = /^\d{4,5}.{1,3}\s*([A-Z]{3}) .*? ([MC])\s+(\d+)([^\d]*)$/.exec(line)
    if (group !== null) out += `${group[2]}${group[1] === 'M' ? '!' : ''}(`
    else if (segment !== null && segment[1] !== 'UNH' && segment[1] !== 'UNT') {
      const closed = [...(segment[4] ?? '')].filter((sign) => sign === '\xd9' || sign === '\xc1' || sign === '+').length
      out += `${segment[1]}${segment[3] === '1' ? '' : segment[3]}${segment[2] === 'M' ? '!' : ''}${')'.repeat(closed)} `
    }
  }
  return out.trim()
}

interface StatedValue {
  readonly type: string
  readonly longest: number
  readonly isMandatory: boolean
}

interface StatedElement {
  readonly isMandatory: boolean
  readonly repetitions: number
  readonly values: StatedValue[]
}

/** Elements of each segment as a segment directory states them. A long name carries status and form over to the next line. */
function segmentTexts(bytes: Uint8Array): Map<string, StatedElement[]> {
  const lines = Buffer.from(bytes).toString('latin1').split(/\r?\n/)
  const segments = new Map<string, StatedElement[]>()
  let elements: StatedElement[] = []
  const tail = /\s([MC])(?: +(\d+))?(?: +(an|n|a)(?:\.\.)?(\d+))?\s*$/
  lines.forEach((line, index) => {
    const header = /^[ +*#|\-X]{3,8}([A-Z]{3})  +[A-Z][A-Z/ ,-]+$/.exec(line)
    const element = /^\d{3}[ +*#|\-X]+(C?\d{3,4}) /.exec(line)
    const component = /^[ +*#|\-X]{4,8}(\d{4}) /.exec(line)
    if (header !== null) {
      elements = []
      segments.set(header[1] as string, elements)
    } else if (element !== null || component !== null) {
      const [, status, repetitions, type, longest] = tail.exec(line) ?? tail.exec(lines[index + 1] ?? '') ?? []
      const value = { type: type ?? '', longest: Number(longest), isMandatory: status === 'M' }
      const isSimple = element !== null && !element[1]?.startsWith('C')
      if (component !== null && element === null) elements.at(-1)?.values.push(value)
      else elements.push({ isMandatory: status === 'M', repetitions: Number(repetitions ?? 1), values: isSimple ? [value] : [] })
    }
  })
  return segments
}

/** What of the directory ours would refuse. */
function narrower(ours: readonly ElementForm[], stated: readonly StatedElement[]): string | undefined {
  const flat = stated.flatMap((element) => Array.from({ length: element.repetitions }, () => element))
  for (const [index, element] of flat.entries()) {
    const form = ours[index]
    if (form === undefined) return `element ${index + 1} is beyond ours`
    if (form.isMandatory && !element.isMandatory) return `element ${index + 1} is mandatory in ours`
    for (const [at, value] of element.values.entries()) {
      const own = form.values[at]
      const where = `element ${index + 1}, component ${at + 1}`
      if (own === undefined) return `${where} is beyond ours`
      if (own.longest < value.longest) return `${where} is shorter in ours`
      if (own.type !== 'an' && own.type !== value.type) return `${where} is ${own.type} in ours`
      if (form.isComposite && own.isMandatory && !value.isMandatory) return `${where} is mandatory in ours`
    }
  }
  return undefined
}
