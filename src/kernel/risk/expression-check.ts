/**
 * Takes an expression from outside, or says with a path what is wrong: `args[1].arg.col`. Every problem up to 20 is named, not the first alone.
 * A name that means a trait of persons is refused as such, whether or not a column has it. Never throws, whatever the input.
 */
import { accept, type Parsed, type Problem } from '../result/problem.ts'
import { assertNoPersonalFeature } from '../signal/signal.ts'
import { flagPlace, indicatorPlace, isValueColumn, specOf, type ValueColumn } from './column-layout.ts'
import { fit } from './column-row.ts'
import { COMPARISONS, type Comparison, DEEPEST, type Expression, MOST_NODES, MOST_VALUES, NO_NAMES, type Vocabulary } from './expression.ts'

const LISTED = 20

export function checkExpression(input: unknown, vocabulary: Vocabulary = NO_NAMES): Parsed<Expression> {
  const check: Check = { vocabulary, problems: [], nodes: 0 }
  checkNode(input, { check, at: '', depth: 1 })
  return check.problems.length === 0 ? accept(input as Expression) : { ok: false, problems: check.problems }
}

interface Check {
  readonly vocabulary: Vocabulary
  readonly problems: Problem[]
  nodes: number
}

interface Place {
  readonly check: Check
  readonly at: string
  readonly depth: number
}

type Members = Readonly<Record<string, unknown>>

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  and: ['args'],
  or: ['args'],
  not: ['arg'],
  in: ['col', 'set'],
  ...(Object.fromEntries(COMPARISONS.map((op) => [op, ['col', 'value']])) as Record<Comparison, string[]>),
  flag: ['bit'],
  ind: ['id'],
  watch: ['list', 'col'],
  missing: ['col'],
}

function checkNode(node: unknown, place: Place): void {
  const { check, depth } = place
  check.nodes += 1
  if (check.nodes === MOST_NODES + 1) say(place, 'too-large', `An expression has at most ${MOST_NODES} nodes.`)
  if (check.nodes > MOST_NODES) return
  if (depth > DEEPEST) return say(place, 'too-deep', `An expression is at most ${DEEPEST} deep.`)
  if (!isMembers(node)) return say(place, 'no-node', 'A term or a group of terms belongs here.')
  const op = typeof node['op'] === 'string' ? node['op'] : ''
  const wanted = Object.hasOwn(MEMBERS, op) ? MEMBERS[op] : undefined
  if (wanted === undefined) return say(inside(place, 'op'), 'operator', 'There is no such operator.')
  for (const name of Object.keys(node)) {
    if (name !== 'op' && !wanted.includes(name))
      say(inside(place, 'op'), 'member', `The operator ${op} has members that do not belong to it.`)
  }
  if (op === 'and' || op === 'or') return checkGroup(node['args'], inside(place, 'args'))
  if (op === 'not') return checkNode(node['arg'], { ...inside(place, 'arg'), depth: depth + 1 })
  if (op === 'flag' || op === 'ind') return checkBit(op, node, place)
  checkTerm(op, node, place)
}

function checkGroup(args: unknown, place: Place): void {
  if (!Array.isArray(args) || args.length === 0) return say(place, 'empty', 'A group holds at least one term.')
  for (const [index, arg] of args.entries()) {
    if (place.check.nodes > MOST_NODES) return
    checkNode(arg, { check: place.check, at: `${place.at}[${index}]`, depth: place.depth + 1 })
  }
}

function checkBit(op: 'flag' | 'ind', node: Members, place: Place): void {
  const member = op === 'flag' ? 'bit' : 'id'
  const id = node[member]
  const known = typeof id === 'string' && (op === 'flag' ? flagPlace(id) : indicatorPlace(id)) !== undefined
  if (!known) sayUnknown(id, inside(place, member), op === 'flag' ? 'There is no such fact.' : 'There is no such indicator.')
}

function checkTerm(op: string, node: Members, place: Place): void {
  const { col } = node
  if (!isValueColumn(col)) return sayUnknown(col, inside(place, 'col'), 'There is no such column, or no rule may look at it.')
  if (op === 'in') return checkSet(node['set'], col, inside(place, 'set'))
  if (op === 'watch') return checkList(node['list'], inside(place, 'list'))
  if (op === 'missing') return
  if (op !== 'eq' && specOf(col).meaning !== 'number') {
    return say(inside(place, 'op'), 'no-order', `The values of ${specOf(col).title} have no order; ask whether they are equal or in a set.`)
  }
  checkValue(node['value'], { col, isThreshold: op !== 'eq' }, inside(place, 'value'))
}

function checkSet(set: unknown, col: ValueColumn, place: Place): void {
  if (Array.isArray(set)) return checkValues(set, col, place)
  const name = isMembers(set) && Object.keys(set).length === 1 ? set['name'] : undefined
  const values = typeof name === 'string' ? place.check.vocabulary.sets.get(name) : undefined
  if (values === undefined) return say(place, 'set', 'Values, or the name of a set that the desk keeps, belong here.')
  checkValues(values, col, inside(place, 'name'))
}

function checkValues(values: readonly unknown[], col: ValueColumn, place: Place): void {
  if (values.length === 0) return say(place, 'empty', 'A set holds at least one value.')
  if (values.length > MOST_VALUES) return say(place, 'too-many', `A set holds at most ${MOST_VALUES} values.`)
  for (const [index, value] of values.entries()) {
    checkValue(value, { col, isThreshold: false }, { ...place, at: `${place.at}[${index}]` })
  }
}

function checkValue(
  value: unknown,
  { col, isThreshold }: { readonly col: ValueColumn; readonly isThreshold: boolean },
  place: Place,
): void {
  // That a party is a natural person is no value to ask for. A threshold may lie where no value does.
  const isRight = isThreshold ? typeof value === 'number' && Number.isFinite(value) : value !== 'natural-person' && fit(col, value).ok
  if (!isRight) say(place, 'value', `The value does not fit ${specOf(col).title}.`)
}

function checkList(list: unknown, place: Place): void {
  if (typeof list !== 'string' || !place.check.vocabulary.lists.has(list)) say(place, 'list', 'The desk keeps no such watch list.')
}

function sayUnknown(name: unknown, place: Place, message: string): void {
  if (typeof name === 'string' && isPersonal(name)) say(place, 'person-feature', 'No rule may look at a trait of persons.')
  else say(place, 'unknown-name', message)
}

function isPersonal(name: string): boolean {
  try {
    assertNoPersonalFeature({ id: 'expression', inputs: [name] })
    return false
  } catch {
    return true
  }
}

function say({ check, at }: Place, code: string, message: string): void {
  if (check.problems.length < LISTED) check.problems.push({ code: `expression.${code}`, at: at === '' ? 'expression' : at, message })
}

function inside(place: Place, member: string): Place {
  return { ...place, at: place.at === '' ? member : `${place.at}.${member}` }
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
