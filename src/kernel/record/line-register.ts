/** Ids of the lines of one file: a repeated one is the same record told twice, and two schemata of which neither extends the other contradict each other. */
import type { Problem } from '#kernel/result/problem.ts'
import { commonSchema } from './model.ts'

export interface LineRegister {
  /** Problems of a line whose id was seen before; none for a new one. A contradicting line must not be joined with the first. */
  note(id: string, schema: string, lineNumber: number): readonly Problem[]
  /** The same of a line of which it is open yet whether anything is taken. */
  problemsOf(id: string, schema: string, lineNumber: number): readonly Problem[]
  /** The most special schema of an id so far. */
  schemaOf(id: string): string | undefined
}

export function createLineRegister(): LineRegister {
  const seen = new Map<string, { readonly schema: string; readonly line: number }>()
  const problemsOf: LineRegister['problemsOf'] = (id, schema, lineNumber) => {
    const first = seen.get(id)
    if (first === undefined) return []
    if (commonSchema(first.schema, schema) === undefined)
      return [
        {
          code: 'record.schema.contradiction',
          at: `line ${lineNumber}, schema`,
          message: `The id stands in line ${first.line} as ${first.schema}, which is no ${schema}.`,
        },
      ]
    return [
      {
        code: 'record.id.repeated',
        at: `line ${lineNumber}, id`,
        message: `The id stands in line ${first.line} already; both tell of one record.`,
      },
    ]
  }
  return {
    problemsOf,
    note(id, schema, lineNumber) {
      const problems = problemsOf(id, schema, lineNumber)
      const first = seen.get(id)
      const common = first === undefined ? schema : commonSchema(first.schema, schema)
      if (common !== undefined) seen.set(id, { schema: common, line: first?.line ?? lineNumber })
      return problems
    },
    schemaOf: (id) => seen.get(id)?.schema,
  }
}
