/**
 * JSON read strictly, for anything that arrives from another node: one value, no doubled member names, bounded depth and size.
 * `JSON.parse` keeps the last of two equal names, and two readers that keep different ones disagree about what was signed.
 */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [member: string]: JsonValue }

export class StrictJsonError extends Error {
  override readonly name = 'StrictJsonError'
}

const MAX_DEPTH = 32

export function parseStrictJson(text: string): JsonValue {
  const value = JSON.parse(text) as JsonValue
  refuseDoubles(text)
  return value
}

/** Walks the text once, after `JSON.parse` has shown that it is well formed: only strings, braces and brackets matter here. */
function refuseDoubles(text: string): void {
  /** Names seen in each open object; null for an open array. */
  const open: (Set<string> | null)[] = []
  let expectsName = false
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '{':
        open.push(new Set())
        expectsName = true
        break
      case '[':
        open.push(null)
        expectsName = false
        break
      case '}':
      case ']':
        open.pop()
        expectsName = false
        break
      case ',':
        expectsName = open.at(-1) instanceof Set
        break
      case '"': {
        const end = endOfString(text, at)
        const names = open.at(-1)
        if (expectsName && names) {
          // Compared as read, not as written: "a" and "\u0061" are the same name.
          const name = JSON.parse(text.slice(at, end + 1)) as string
          if (names.has(name)) throw new StrictJsonError('A member name occurs twice.')
          if (name === '__proto__') throw new StrictJsonError('A member name is not allowed.')
          names.add(name)
          expectsName = false
        }
        at = end
        break
      }
      default:
        break
    }
    if (open.length > MAX_DEPTH) throw new StrictJsonError('Nested too deep.')
  }
}

/** The next quote that no backslash takes its meaning from: long texts are skipped at the engine's own pace. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let before = end - 1
    while (text[before] === '\\') before--
    if ((end - before) % 2 === 1) return end
  }
}
