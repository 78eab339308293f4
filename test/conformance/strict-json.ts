/** JSON as the pages ask for it: one value, no name twice, no `__proto__`, at most 32 levels. Part of the second reader: shares nothing with `src`. */
const BLANKS = /[ \t\n\r]*/y
/** Control characters within are left to `JSON.parse`, which reads each text that is found. */
const TEXT = /"(?:[^"\\]|\\.)*"/y
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

export function strictJson(source: string): unknown {
  let at = 0
  const skip = (): void => {
    BLANKS.lastIndex = at
    BLANKS.test(source)
    at = BLANKS.lastIndex
  }
  const take = (pattern: RegExp): unknown => {
    pattern.lastIndex = at
    const [found] = pattern.exec(source) ?? []
    if (found === undefined) throw new SyntaxError(`No JSON at ${at}.`)
    at += found.length
    return JSON.parse(found)
  }
  /** True when the sign stood there; blanks around it are passed over. */
  const meet = (sign: string): boolean => {
    skip()
    if (source[at] !== sign) return false
    at += 1
    skip()
    return true
  }
  const items = (end: string, read: () => void): void => {
    if (meet(end)) return
    do read()
    while (meet(','))
    if (!meet(end)) throw new SyntaxError(`No end at ${at}.`)
  }
  const value = (depth: number): unknown => {
    if (depth > 32) throw new SyntaxError('Nested too deep.')
    skip()
    if (meet('{')) {
      const members = new Map<string, unknown>()
      items('}', () => {
        const name = String(take(TEXT))
        if (members.has(name) || name === '__proto__') throw new SyntaxError(`${name} may not stand here.`)
        if (!meet(':')) throw new SyntaxError(`No value at ${at}.`)
        members.set(name, value(depth + 1))
      })
      return Object.fromEntries(members)
    }
    if (meet('[')) {
      const list: unknown[] = []
      items(']', () => list.push(value(depth + 1)))
      return list
    }
    return take(source[at] === '"' ? TEXT : SCALAR)
  }
  const whole = value(0)
  skip()
  if (at !== source.length) throw new SyntaxError(`More at ${at}.`)
  return whole
}
