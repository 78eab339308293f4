/** Reads procedure files (YAML). A broken file is refused whole, with file, path and reason of every fault; nothing of it is used. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { checkDefinition } from '#kernel/procedure/check-definition.ts'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import type { Problem } from '#kernel/result/problem.ts'
import { definitionSchema } from './definition-schema.ts'

/** A procedure is a text that a lawyer reads; half a megabyte is not one. */
const MOST_BYTES = 512 * 1024
export const SHIPPED_FOLDER = path.resolve(import.meta.dirname, '../catalogue')

export type ReadDefinition =
  | { readonly ok: true; readonly definition: ProcedureDef }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Positions are `line:column path`. Aliases and tags of YAML are refused: a procedure says everything once, in plain values. */
export function parseDefinition(text: string): ReadDefinition {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', schema: 'core', uniqueKeys: true, strict: true, merge: false })
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${line}:${col}`
  }
  const broken = [...document.errors, ...document.warnings]
  if (broken.length > 0)
    return {
      ok: false,
      problems: broken.map((each) => ({ code: 'yaml', at: place(each.pos[0]), message: each.message.split('\n')[0] ?? '' })),
    }
  const where = (at: readonly PropertyKey[]): string => {
    for (let length = at.length; length >= 0; length--) {
      const node = length === 0 ? document.contents : document.getIn(at.slice(0, length) as (string | number)[], true)
      const range = (node as { range?: readonly number[] | null } | undefined)?.range
      if (range?.[0] !== undefined) return `${place(range[0])} ${at.join('.')}`
    }
    return at.join('.')
  }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 0 })
  } catch {
    return { ok: false, problems: [{ code: 'yaml.alias', at: '1:1', message: 'A procedure file uses no aliases.' }] }
  }
  const parsed = definitionSchema.safeParse(value)
  if (!parsed.success)
    return { ok: false, problems: parsed.error.issues.map((issue) => ({ code: 'shape', at: where(issue.path), message: issue.message })) }
  const problems = checkDefinition(parsed.data)
  return problems.length > 0
    ? { ok: false, problems: problems.map((each) => ({ ...each, at: where(pathOf(parsed.data, each.at)) })) }
    : { ok: true, definition: parsed.data }
}

/** `clocks.answer` as the path in the file, where lists are numbered. */
function pathOf(definition: ProcedureDef, at: string): readonly (string | number)[] {
  const [list = '', name] = at.split('.')
  const entries = (definition as unknown as Record<string, unknown>)[list]
  if (!Array.isArray(entries) || name === undefined) return at.split('.')
  const index = entries.findIndex((each: { id?: string; code?: string }) => each.id === name || each.code === name)
  return index < 0 ? [list] : [list, index]
}

/** Every procedure file of a folder. Throws with file, position and reason of every fault. An absent folder holds none. */
export function readDefinitions(
  folder: string,
): readonly { readonly file: string; readonly text: string; readonly definition: ProcedureDef }[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return []
  const faults: string[] = []
  const found = readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .flatMap((name) => {
      const file = path.join(folder, name)
      if (statSync(file).size > MOST_BYTES) {
        faults.push(`${file}: larger than ${MOST_BYTES} bytes`)
        return []
      }
      const text = readFileSync(file, 'utf8')
      const read = parseDefinition(text)
      if (read.ok) return [{ file, text, definition: read.definition }]
      faults.push(...read.problems.map(({ at, message }) => `${file}:${at}: ${message}`))
      return []
    })
  if (faults.length > 0) throw new Error(`A procedure file is broken:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
  return found
}
