/** The states of a procedure as a Mermaid diagram, with its steps as edges. Steps that stay in their state stand in the table of steps alone. */
import { targetsOf } from '#kernel/procedure/check-definition.ts'
import { BACK, type ProcedureDef, STAY, type TransitionDef } from '#kernel/procedure/definition.ts'

/** A step that leaves more states than this is drawn once, from a box that says how many. */
const MOST_EDGES = 4

export function diagramOf(definition: ProcedureDef): string {
  const { states, initial, transitions } = definition
  const lines = [
    'stateDiagram-v2',
    ...states.map(({ id, title }) => `  state "${label(title)}" as ${node(id)}`),
    `  [*] --> ${node(initial)}`,
  ]
  const edges = new Map<string, string[]>()
  const edge = (from: string, to: string, text: string) => {
    const key = `${from} --> ${to}`
    edges.set(key, [...(edges.get(key) ?? []), text])
  }
  for (const step of transitions.filter(({ to }) => to !== STAY)) {
    const text = `${label(step.title)}${step.by === undefined ? ' (by itself)' : ''}`
    const targets = targetsByState(definition, step)
    const pairs = step.from.flatMap((from) => (targets.get(from) ?? []).map((to) => [from, to] as const))
    if (pairs.length <= MOST_EDGES)
      for (const [from, to] of pairs) edge(node(from), node(to), [text, bracketed(decided(definition, step, to))].join(''))
    else {
      const box = `from_${step.id.replaceAll(/[^A-Za-z0-9]/g, '_')}`
      lines.push(`  state "${text} (from ${step.from.length} state${step.from.length === 1 ? '' : 's'})" as ${box}`)
      if (step.to === BACK) edge(box, box, 'back to the state before')
      else for (const to of new Set(pairs.map(([, target]) => target))) edge(box, node(to), decided(definition, step, to))
    }
  }
  for (const [key, texts] of edges) lines.push(`  ${key}${texts.some((text) => text !== '') ? ` : ${texts.join(' / ')}` : ''}`)
  return [...lines, ...states.filter(({ terminal }) => terminal === true).map(({ id }) => `  ${node(id)} --> [*]`)].join('\n')
}

function targetsByState(definition: ProcedureDef, step: TransitionDef): ReadonlyMap<string, readonly string[]> {
  return new Map(
    step.from.map((from) => [from, [...new Set(targetsOf(definition, step, from))].filter((to) => to !== from || step.to !== BACK)]),
  )
}

/** By which answer a step whose form decides the state comes to this one. */
function decided(definition: ProcedureDef, { toBy }: TransitionDef, to: string): string {
  const answers = Object.entries(toBy?.states ?? {}).filter(([, state]) => state === to)
  const list = definition.fields.find(({ id }) => id === toBy?.field)?.codeList ?? ''
  return answers.map(([code]) => label(definition.codeLists?.[list]?.find((each) => each.code === code)?.title ?? code)).join(', ')
}

function bracketed(answer: string): string {
  return answer === '' ? '' : ` (${answer})`
}

/** Names of the diagram may not be words of its language. */
function node(id: string): string {
  return `s_${id.replaceAll(/[^A-Za-z0-9]/g, '_')}`
}

/** A colon or a semicolon ends a label. */
function label(text: string): string {
  return text
    .replaceAll('"', "'")
    .replaceAll(/\s*:\s*/g, ' – ')
    .replaceAll(';', ',')
    .replaceAll(/[<>{}#]/g, ' ')
}
