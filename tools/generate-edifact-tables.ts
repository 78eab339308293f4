/**
 * Makes the compact tables of the newest UN/EDIFACT directory that the product knows, D23A, from its XML form
 * (github.com/nerdocs/pydifact, MIT, NOTICE). `node tools/generate-edifact-tables.ts FOLDER` writes them, where FOLDER holds
 * `data/messages`; a test makes them again and compares. Older directories stand in `tables/editions.ts`.
 * Left out: UNH and UNT, which belong to the envelope, and every name and description.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const TARGET = path.resolve(import.meta.dirname, '../src/kernel/edifact/tables')
const WIDTH = 140

/** The messages of the cargo trade that are read by tables. CONTRL is a service message and written by hand. */
const MESSAGES = [
  'APERAK',
  'BAPLIE',
  'BERMAN',
  'CALINF',
  'COARRI',
  'CODECO',
  'COPARN',
  'COPINO',
  'COPRAR',
  'COREOR',
  'CUSCAR',
  'CUSREP',
  'CUSRES',
  'IFCSUM',
  'IFTMBC',
  'IFTMBF',
  'IFTMCS',
  'IFTMIN',
  'IFTSAI',
  'IFTSTA',
  'MOVINS',
  'VERMAS',
]
/** Service segments inside a message; the directory of user segments does not have them. */
const SERVICE = new Set(['UNS'])

interface Tag {
  readonly name: string
  readonly isEnd: boolean
  readonly isEmpty: boolean
  readonly of: (attribute: string) => string
}

export function buildMessages(folder: string): string {
  const entries = MESSAGES.map((type) => entry(type, structureOf(readFileSync(messageFile(folder, type), 'utf8'))))
  return file('D23A_MESSAGES', 'Message structures of D23A, in the notation of `group-structure.ts`.', entries)
}

export function buildSegments(folder: string): string {
  const xml = readFileSync(path.join(folder, 'data/segments.xml'), 'utf8')
  const wanted = new Set(MESSAGES.flatMap((type) => tagsOf(readFileSync(messageFile(folder, type), 'utf8'))))
  const entries: string[] = []
  for (const [, tag = '', body = ''] of xml.matchAll(/<segment id="([A-Z]{3})"[^>]*>(.*?)<\/segment>/gs))
    if (wanted.delete(tag)) entries.push(entry(tag, definitionOf(body)))
  const missing = [...wanted].filter((tag) => !SERVICE.has(tag))
  if (missing.length > 0) throw new Error(`The directory has no segment ${missing.join(', ')}.`)
  return file('D23A_SEGMENTS', 'Segments of D23A that these messages use, in the notation of `group-elements.ts`.', entries.sort())
}

export const TABLE_FILES: Readonly<Record<string, (folder: string) => string>> = {
  'd23a-messages.ts': buildMessages,
  'd23a-segments.ts': buildSegments,
}

function messageFile(folder: string, type: string): string {
  return path.join(folder, 'data/messages', `${type.toLowerCase()}.xml`)
}

function tagsOf(xml: string): string[] {
  return tags(xml)
    .filter(({ name, isEnd, of }) => name === 'segment' && !isEnd && of('id') !== 'UNH' && of('id') !== 'UNT')
    .map(({ of }) => of('id'))
}

/** `BGM! DTM9 9(RFF! DTM9)`: tag, repetitions beyond one, `!` for mandatory; a group stands in brackets behind its repetitions. */
function structureOf(xml: string): string {
  let text = ''
  let groups = 0
  for (const { name, isEnd, of } of tags(xml)) {
    const mandatory = of('required') === 'true' ? '!' : ''
    const repetitions = of('maxrepeat') || '1'
    if (name === 'group' && isEnd) text = `${text.trimEnd()}) `
    else if (name === 'group') {
      // The notation counts groups in their order instead of naming them.
      if (of('id') !== `SG${++groups}`) throw new Error(`Group ${of('id')} stands at place ${groups}.`)
      text += `${repetitions}${mandatory}(`
    } else if (name === 'segment' && of('id') !== 'UNH' && of('id') !== 'UNT')
      text += `${of('id')}${repetitions === '1' ? '' : repetitions}${mandatory} `
  }
  return text.trimEnd()
}

/** `3! (35,17,3,256) n3x9`: length, `n` or `a` before it, `!` for mandatory, `x` and repetitions; a composite stands in brackets. */
function definitionOf(xml: string): string {
  const elements: string[] = []
  let components: string[] | undefined
  let composite: Tag | undefined
  for (const tag of tags(xml)) {
    if (tag.name === 'composite_data_element') {
      if (!tag.isEnd) {
        composite = tag
        components = []
      }
      if (composite !== undefined && (tag.isEnd || tag.isEmpty)) {
        elements.push(`(${(components ?? []).join(',')})${suffix(composite)}`)
        composite = undefined
        components = undefined
      }
    } else if (tag.name === 'data_element' && !tag.isEnd) {
      if (components === undefined) elements.push(form(tag) + suffix(tag))
      else components.push(form(tag) + (tag.of('required') === 'true' ? '!' : ''))
    }
  }
  return elements.join(' ')
}

function form(tag: Tag): string {
  const length = tag.of('maxlength')
  const type = tag.of('type')
  if (!/^\d+$/.test(length) || !['a', 'n', 'an'].includes(type)) throw new Error(`Data element ${tag.of('id')} has no form.`)
  return `${type === 'an' ? '' : type}${length}`
}

function suffix(tag: Tag): string {
  const repetitions = tag.of('repeat') || '1'
  return `${tag.of('required') === 'true' ? '!' : ''}${repetitions === '1' ? '' : `x${repetitions}`}`
}

function tags(xml: string): Tag[] {
  return [...xml.matchAll(/<(\/?)([a-z_]+)((?:\s+[a-z]+="[^"]*")*)\s*(\/?)>/g)].map(
    ([, slash = '', name = '', attributes = '', closed = '']) => ({
      name,
      isEnd: slash !== '',
      isEmpty: closed !== '',
      of: (attribute) => new RegExp(`\\s${attribute}="([^"]*)"`).exec(attributes)?.[1] ?? '',
    }),
  )
}

function entry(name: string, text: string): string {
  const line = `  ${name}: '${text}',`
  return line.length <= WIDTH ? line : `  ${name}:\n    '${text}',`
}

function file(name: string, what: string, entries: readonly string[]): string {
  return [
    '/**',
    ` * ${what} Made by \`tools/generate-edifact-tables.ts\`; not edited by hand.`,
    ' * Source: UN/EDIFACT D23A, published by UNECE, in the XML form of github.com/nerdocs/pydifact (MIT, Copyright Christian González; NOTICE).',
    ' */',
    `export const ${name}: Readonly<Record<string, string>> = {`,
    ...entries,
    '}',
    '',
  ].join('\n')
}

if (process.argv[1] === import.meta.filename) {
  const [, , folder] = process.argv
  if (folder === undefined) throw new Error('Usage: node tools/generate-edifact-tables.ts FOLDER')
  for (const [name, build] of Object.entries(TABLE_FILES)) writeFileSync(path.join(TARGET, name), build(folder))
}
