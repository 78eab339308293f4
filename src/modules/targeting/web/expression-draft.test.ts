import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expression, type RuleExpression, type Vocabulary } from '../contract.ts'
import { emptyRow, newDraft, nextKey, partAt, readDraft, toDraft, typedValues, withPart } from './expression-draft.ts'

const COLUMNS: Vocabulary['columns'] = [
  { id: 'pol', title: 'loading', kind: 'code', ops: ['in', 'eq', 'missing'], codes: ['ECGYE'] },
  { id: 'weight', title: 'weight', kind: 'number', unit: 'kg', ops: ['eq', 'ge', 'gt', 'le', 'lt', 'missing'], codes: [] },
  { id: 'shipper', title: 'shipper', kind: 'party', ops: ['in', 'eq', 'watch', 'missing'], codes: [] },
]

const leaf: fc.Arbitrary<RuleExpression> = fc.oneof(
  fc.uniqueArray(fc.constantFrom('ECGYE', 'PECLL', 'COCTG'), { minLength: 1 }).map((values) => ({ op: 'in' as const, col: 'pol', values })),
  fc
    .tuple(fc.constantFrom('eq' as const, 'ge' as const, 'gt' as const, 'le' as const, 'lt' as const), fc.integer({ min: 0, max: 40_000 }))
    .map(([op, value]) => ({ op, col: 'weight', value })),
  fc.constantFrom<RuleExpression>(
    { op: 'flag', bit: 'reefer' },
    { op: 'ind', id: 'I3' },
    { op: 'watch', col: 'shipper' },
    { op: 'missing', col: 'pol' },
    { op: 'eq', col: 'shipper', value: 'ACME Fruits, Co., Ltd' },
  ),
)
const { tree } = fc.letrec<{ tree: RuleExpression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('tree'), { minLength: 1, maxLength: 4 }))
      .map(([op, args]) => ({ op, args })),
    tie('tree').map((arg) => ({ op: 'not' as const, arg })),
  ),
}))

/** Kleene's three values: 1 yes, -1 no, 0 unknown. What each leaf says is taken from its own text, so that it is the same on both sides. */
function evaluate(node: RuleExpression, salt: number): number {
  if (node.op === 'and') return Math.min(...node.args.map((arg) => evaluate(arg, salt)))
  if (node.op === 'or') return Math.max(...node.args.map((arg) => evaluate(arg, salt)))
  if (node.op === 'not') return -evaluate(node.arg, salt)
  return ([...JSON.stringify(node)].reduce((sum, sign) => sum * 31 + (sign.codePointAt(0) ?? 0), salt) % 3) - 1
}

describe('a rule as rows and groups', () => {
  it('says what its expression says, whatever is true, false or unknown', () => {
    fc.assert(
      fc.property(tree, fc.integer({ min: 0, max: 1000 }), (given, salt) => {
        const { expression: read, unfinished } = readDraft(toDraft(given), COLUMNS)
        expect(unfinished).toEqual([])
        expect(read).toBeDefined()
        if (read !== undefined) expect(evaluate(read, salt)).toBe(evaluate(given, salt))
      }),
    )
  })

  it('stays as it is when it is read and written again, and the contract takes it', () => {
    fc.assert(
      fc.property(tree, (given) => {
        const once = readDraft(toDraft(given), COLUMNS).expression
        expect(once).toBeDefined()
        if (once === undefined) return
        expect(readDraft(toDraft(once), COLUMNS).expression).toEqual(once)
        expect(expression.safeParse(once).success).toBe(true)
      }),
      {
        // Two negations that meet over a group of one.
        examples: [[{ op: 'not', arg: { op: 'and', args: [{ op: 'not', arg: { op: 'and', args: [{ op: 'flag', bit: 'reefer' }] } }] } }]],
      },
    )
  })

  it('gives every part a key of its own', () => {
    fc.assert(
      fc.property(tree, (given) => {
        const draft = toDraft(given)
        const keys = [...readDraft(draft, COLUMNS).places.keys()]
        expect(new Set(keys).size).toBe(keys.length)
        expect(keys).not.toContain(nextKey(draft))
      }),
    )
  })

  it('names the rows that are not finished and guesses nothing for them', () => {
    const draft = withPart(newDraft(), 1, (part) => ({ ...part, on: 'col:weight', op: 'ge', text: 'heavy' }) as typeof part)
    const two = { ...draft, parts: [...draft.parts, emptyRow(2)] }
    expect(readDraft(two, COLUMNS)).toMatchObject({ expression: undefined, unfinished: [1, 2] })
    expect(readDraft({ ...draft, parts: [] }, COLUMNS)).toMatchObject({ expression: undefined, unfinished: [0] })
  })

  it('reads a decimal comma as one, and takes codes apart but never the name of a company', () => {
    const draft = withPart(newDraft(), 1, (part) => ({ ...part, on: 'col:weight', op: 'ge', text: '1200,5' }) as typeof part)
    expect(readDraft(draft, COLUMNS).expression).toEqual({ op: 'ge', col: 'weight', value: 1200.5 })
    expect(typedValues('ecgye, pecll;COCTG', 'code')).toEqual(['ECGYE', 'PECLL', 'COCTG'])
    expect(typedValues(' ACME Fruits, Co., Ltd ', 'party')).toEqual(['ACME Fruits, Co., Ltd'])
  })

  it('finds the row that a problem of the node is about, however deep', () => {
    const given: RuleExpression = {
      op: 'and',
      args: [
        { op: 'flag', bit: 'reefer' },
        {
          op: 'not',
          arg: {
            op: 'or',
            args: [
              { op: 'ind', id: 'I3' },
              { op: 'in', col: 'pol', values: ['ECGYE', 'nowhere'] },
            ],
          },
        },
      ],
    }
    const draft = toDraft(given)
    const { places } = readDraft(draft, COLUMNS)
    const row = partAt(places, 'expression.args[1].arg.args[1].set[1]')
    const [, group] = draft.parts
    expect(group?.kind === 'group' ? group.parts[1]?.key : undefined).toBe(row)
    expect(partAt(places, 'tests[0]')).toBeUndefined()
  })
})
