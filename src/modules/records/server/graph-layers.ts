/** Kinds of edges as layers: a schema that is an edge, or `Schema.property` for a link. Which kinds there are, the model says; so does which have a direction. */
import { edgeOf, linksOf } from '#kernel/record/model.ts'
import { AppError } from '#platform/http/app-error.ts'

/** Undefined for all kinds. */
export function layersOf(text: string): readonly string[] | undefined {
  const kinds = [...new Set(text.split(',').map((each) => each.trim()))].filter((each) => each !== '').sort()
  const unknown = kinds.filter((kind) => isDirectedKind(kind) === undefined)
  if (unknown.length > 0)
    throw new AppError(400, 'records.layer', 'The model has no such kind of edge.', {
      problems: unknown
        .slice(0, 20)
        .map((kind) => ({ code: 'records.layer', at: 'layers', message: `There is no kind ${kind.slice(0, 80)}.` })),
    })
  return kinds.length === 0 ? undefined : kinds
}

const known = new Map<string, boolean>()

/** Undefined for what is no kind of edge. */
export function isDirectedKind(kind: string): boolean | undefined {
  const before = known.get(kind)
  if (before !== undefined) return before
  const isDirected = declaredDirection(kind)
  if (isDirected !== undefined) known.set(kind, isDirected)
  return isDirected
}

function declaredDirection(kind: string): boolean | undefined {
  const [schema = '', property] = kind.split('.')
  if (property === undefined) return edgeOf(schema)?.isDirected
  return linksOf(schema).find((link) => link.to === property)?.isDirected
}
