import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSeededRandom } from '../stats/seeded-random.ts'
import { type FiredRule, type Scorecard, type Scored, type ShownTerm, scoreOf } from './scorecard.ts'
import { CUSTOMS_ATTRIBUTES, hasDeclarations, judgingCases, learningCases, tableOf } from './scorecard-customs.fixture.ts'
import { type Attribute, checkAttributes, type RiskRow } from './scorecard-fairness.ts'
import { enoughIn, enoughToLearn, learnScorecard } from './scorecard-learn.ts'
import { precisionAt, RepeatedPrecision } from './scorecard-precision.ts'
import { monthOf, type RiskCase, readRiskCases } from './scorecard-table.ts'

const GOODS: Attribute = { id: 'goods', kind: 'category', speaksOf: 'goods' }
const ROUTE: Attribute = { id: 'route', kind: 'category', speaksOf: 'route' }
const SHIPPER: Attribute = { id: 'shipper', kind: 'category', speaksOf: 'legal-person' }
const MASS: Attribute = { id: 'mass', kind: 'number', speaksOf: 'goods' }

function added({ base, terms, others }: Scored): number {
  return [...terms.map(({ logOdds }) => logOdds), others.logOdds].reduce((sum, part) => sum + part, base)
}

/** Twelve months in which one pair of goods and route is bad; neither of both is alone. */
function cases(seed: number, count = 3000): readonly RiskCase[] {
  const random = createSeededRandom(seed)
  return Array.from({ length: count }, (_, at) => {
    const [goods, route] = [random.pick(['fruit', 'wood', 'tyres']), random.pick(['A', 'B', 'C', 'D'])]
    const isBad = (goods === 'fruit') === (route === 'A')
    return {
      month: monthOf(2026, 1) + Math.floor((at * 12) / count),
      verdict: random.chance(isBad ? 0.4 : 0.05) ? 'found' : 'nothing',
      values: { goods, route, shipper: { kind: 'legal-person', key: `S${random.integer(0, 300)}` }, mass: random.next() },
    }
  })
}

const learned = (of: readonly RiskCase[]) => learnScorecard(readRiskCases(of, [GOODS, ROUTE, SHIPPER, MASS]).table)

describe('a scorecard', () => {
  const card = learned(cases(1))

  it('finds the pair that matters, and shows how many cases it rests on', () => {
    expect(card.terms[0]?.attributes).toEqual(['goods', 'route'])
    const { terms } = scoreOf(card, { goods: 'fruit', route: 'A' })
    const all = cases(1).filter(({ values }) => values['goods'] === 'fruit' && values['route'] === 'A')
    expect(terms[0]).toMatchObject({ attribute: 'goods × route', value: 'fruit × A', n: all.length })
    expect(terms[0]?.hits).toBe(all.filter(({ verdict }) => verdict === 'found').length)
  })

  it('adds what the formula says, in millionths', () => {
    const [term] = card.terms
    const share = card.learnedFrom.found / card.learnedFrom.cases
    const logit = (p: number) => Math.log(p / (1 - p))
    for (const [, n, hits, logOdds] of term?.cells ?? [])
      expect(Math.abs(logOdds - 1e6 * (logit((hits + 5 * share) / (n + 5)) - logit(share)))).toBeLessThanOrEqual(1)
    expect(Math.abs(card.base - 1e6 * logit(share))).toBeLessThanOrEqual(0.5)
  })

  it('is plain data: written and read it scores the same', () => {
    const copy = JSON.parse(JSON.stringify(card)) as Scorecard
    for (const { values } of cases(2, 200)) expect(scoreOf(copy, values)).toEqual(scoreOf(card, values))
  })

  it('does not change with the order of the cases', () => {
    const shuffled = [...cases(1)].sort((a, b) => Number(a.values['mass']) - Number(b.values['mass']))
    const terms = learned(shuffled).terms.map(({ attributes, cells }) => ({ attributes, cells }))
    expect(terms[0]).toEqual({ attributes: card.terms[0]?.attributes, cells: card.terms[0]?.cells })
  })

  it('adds nothing for a value never seen, and says which values it had not', () => {
    expect(scoreOf(card, { goods: 'fruit', route: 'Z' }).terms).toContainEqual(
      expect.objectContaining({ value: 'fruit × Z', n: 0, hits: 0, logOdds: 0 }),
    )
    const { score, terms, missing } = scoreOf(card, { goods: '' })
    expect({ score, terms }).toEqual({ score: card.base, terms: [] })
    expect(missing).toContain('goods')
    for (const value of ['__proto__', 'constructor', 'toString'])
      expect(scoreOf(card, { goods: value, route: value }).score).toBe(card.base)
  })

  it('caps what a rule adds, however often it fired', () => {
    const rule: FiredRule = { rule: 'I5', times: 7, weight: 0.5, cap: 1.2, n: 80, hits: 9 }
    const plain = scoreOf(card, { goods: 'wood', route: 'B' })
    const withRule = scoreOf(card, { goods: 'wood', route: 'B' }, [rule])
    expect(withRule.score - plain.score).toBe(1_200_000)
    expect(withRule.terms).toContainEqual({ kind: 'rule', attribute: 'rule', value: 'I5', n: 80, hits: 9, logOdds: 1_200_000 })
    expect(() => scoreOf(card, {}, [{ ...rule, weight: Number.NaN }])).toThrow(RangeError)
  })

  it('adds up exactly and shows the ten largest, with any number of rules', () => {
    const rule = fc.record({
      rule: fc.string(),
      times: fc.nat(5),
      weight: fc.double({ min: -5, max: 5, noNaN: true }),
      cap: fc.double({ min: 0, max: 9, noNaN: true }),
      n: fc.nat(),
      hits: fc.nat(),
    })
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 25 }), fc.constantFrom('fruit', 'wood', 'x'), (rules, goods) => {
        const scored = scoreOf(card, { goods, route: 'A' }, rules)
        expect(added(scored)).toBe(scored.score)
        expect(scored.terms.length).toBeLessThanOrEqual(10)
        const sizes = scored.terms.map(({ logOdds }: ShownTerm) => Math.abs(logOdds))
        expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
      }),
    )
  })
})

describe('what can be learned from', () => {
  it('is only what was controlled: every case is a row, left out or refused', () => {
    const some: RiskCase[] = [
      ...cases(1, 10),
      { month: 24_000, verdict: 'not-checked', values: {} },
      { month: 24_000, verdict: 'not-found-in-time', values: {} },
      { month: Number.NaN, verdict: 'found', values: {} },
      { month: 24_000, verdict: 'perhaps' as 'found', values: {} },
      { month: 24_000, verdict: 'found', values: { goods: 3 } },
      { month: 24_000, verdict: 'found', values: { goods: 'a\u001Fb' } },
      { month: 24_000, verdict: 'found', values: { goods: 'x'.repeat(201) } },
      { month: 24_000, verdict: 'found', values: { mass: Number.POSITIVE_INFINITY } },
      { month: 24_000, verdict: 'found', values: null as unknown as RiskRow },
    ]
    const { table, refused, leftOut } = readRiskCases(some, [GOODS, ROUTE, SHIPPER, MASS])
    expect(table.months).toHaveLength(10)
    expect(leftOut).toEqual({ notChecked: 1, notFoundInTime: 1 })
    expect(refused.map(({ code, at }) => [code, at])).toEqual([
      ['risk-case.month', 'case 13, month'],
      ['risk-case.verdict', 'case 14, verdict'],
      ['risk-value.text', 'case 15, goods'],
      ['risk-value.control-character', 'case 16, goods'],
      ['risk-value.length', 'case 17, goods'],
      ['risk-value.number', 'case 18, mass'],
      ['risk-case.values', 'case 19, values'],
    ])
  })

  it('says what is lacking instead of learning noise', () => {
    const of = (some: readonly RiskCase[]) => enoughToLearn(readRiskCases(some, [GOODS, ROUTE]).table)
    expect(of(cases(1))).toEqual({ isEnough: true })
    expect(of([])).toMatchObject({ isEnough: false, lacks: 'cases' })
    expect(of(cases(1, 199))).toMatchObject({ lacks: 'cases', cases: 199 })
    expect(of(cases(1).map((each) => ({ ...each, month: 24_000 })))).toMatchObject({ lacks: 'earlier-months' })
    expect(of(cases(1).map((each) => ({ ...each, verdict: 'nothing' })))).toMatchObject({ lacks: 'found' })
    const months = [...Map.groupBy(cases(1), ({ month }) => month)].map(([month, each]) => ({
      month,
      cases: each.length,
      found: each.filter(({ verdict }) => verdict === 'found').length,
    }))
    expect(enoughIn(months)).toEqual({ isEnough: true })
    expect(enoughIn([...months, { month: 30_000, cases: 3, found: 1 }])).toMatchObject({ lacks: 'later-months' })
    expect(() => learned(cases(1, 100))).toThrow(RangeError)
  })
})

describe('the fairness gate', () => {
  it.each([
    'nationality',
    'driverId',
    'consigneeBirthDate',
    'religionCode',
    'gender',
    'crewSurname',
    'passportNo',
    'driverAge',
    'contactPhone',
  ])('refuses %s, whatever it is said to speak of', (id) => {
    expect(checkAttributes([{ id, kind: 'category', speaksOf: 'consignment' }])).toMatchObject([{ code: 'risk-attribute.person', at: id }])
    expect(() => readRiskCases([], [{ id, kind: 'category', speaksOf: 'consignment' }])).toThrow(RangeError)
  })

  it('refuses attributes without a known subject, twice the same, and too many', () => {
    const of = (attributes: readonly Attribute[]) => checkAttributes(attributes).map(({ code }) => code)
    expect(of([{ ...GOODS, speaksOf: 'natural-person' as 'goods' }])).toEqual(['risk-attribute.subject'])
    expect(of([GOODS, GOODS])).toEqual(['risk-attribute.twice'])
    expect(of([{ ...GOODS, id: '__proto__' }])).toEqual(['risk-attribute.id'])
    expect(of([{ ...SHIPPER, kind: 'number' }])).toEqual(['risk-attribute.kind'])
    expect(of(Array.from({ length: 41 }, (_, at) => ({ ...GOODS, id: `g${at}` })))).toEqual(['risk-attribute.too-many'])
    expect(of([...CUSTOMS_ATTRIBUTES, { ...MASS, id: 'tonnage' }])).toEqual([])
  })

  it('never lets the key of a natural person in: it counts as no value, and a party without its kind is refused', () => {
    const natural = { kind: 'natural-person', key: 'Jane' } as const
    const rows = (shipper: RiskRow['shipper']): RiskCase[] => [{ month: 24_000, verdict: 'found', values: { shipper } }]
    const [column] = readRiskCases(rows(natural), [SHIPPER]).table.columns
    expect(column).toEqual({ kind: 'category', values: [], codes: Int32Array.of(-1) })
    expect(readRiskCases(rows('Jane'), [SHIPPER]).refused).toMatchObject([{ code: 'risk-value.party' }])
    expect(readRiskCases(rows({ kind: 'unknown' } as never), [SHIPPER]).refused).toMatchObject([{ code: 'risk-value.party' }])
  })

  it('scores a consignment of a natural person without its party', () => {
    const bySeller = cases(3).map((each, at): RiskCase => {
      const isBad = at % 5 === 0
      return {
        ...each,
        verdict: isBad ? 'found' : 'nothing',
        values: { ...each.values, shipper: { kind: 'legal-person', key: isBad ? 'X' : 'Y' } },
      }
    })
    const card = learned(bySeller)
    expect(card.terms[0]?.attributes).toContain('shipper')
    const natural = scoreOf(card, { shipper: { kind: 'natural-person', key: 'X' } as never })
    expect(natural).toMatchObject({ score: card.base, terms: [] })
    expect(natural.missing).toContain('shipper')
  })
})

it('precision among the best breaks ties by order, packed or not', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.boolean()), { minLength: 1, maxLength: 60 }), (rows) => {
      const scores = rows.map(([score]) => score)
      const found = Uint8Array.from(rows, ([, isFound]) => (isFound ? 1 : 0))
      const counts = [1, Math.ceil(rows.length / 3), rows.length]
      const order = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
      const expected = counts.map((count) => order.slice(0, count).filter((row) => found[row] === 1).length)
      expect(new RepeatedPrecision(found).hitsAmong((row) => scores[row] ?? 0, counts)).toEqual(expected)
      expect(precisionAt(scores, found, [1, 0.5])).toMatchObject([
        { k: rows.length, hits: expected[2] },
        { k: Math.floor(rows.length / 2) },
      ])
    }),
  )
})

describe.skipIf(!hasDeclarations)('on the customs declarations of shared/data/cargo', () => {
  const learning = hasDeclarations ? learningCases() : []
  const judging = hasDeclarations ? judgingCases() : []
  const found = (of: readonly RiskCase[]) => of.map(({ verdict }) => (verdict === 'found' ? 1 : 0))
  const judge = (card: Scorecard, of: readonly RiskCase[]) =>
    precisionAt(
      of.map(({ values }) => scoreOf(card, values).score),
      found(of),
      [0.05, 0.1],
    ).map(({ precision }) => precision)
  const card = learning.length > 0 ? learnScorecard(tableOf(learning)) : undefined

  it('learned on 2020 with terms chosen on its last quarter, it has the precision of record on the next quarter', () => {
    if (card === undefined) throw new Error('No declarations.')
    const [at5 = 0, at10 = 0] = judge(card, judging)
    expect(card.learnedFrom).toMatchObject({ cases: 37_385, laterFrom: monthOf(2020, 10) })
    expect(Math.abs(at5 - 0.894)).toBeLessThan(0.005)
    expect(Math.abs(at10 - 0.792)).toBeLessThan(0.005)
  })

  it('adds up exactly for every declaration', () => {
    if (card === undefined) throw new Error('No declarations.')
    const wrong = [...judging, ...learning].filter(({ values }) => {
      const scored = scoreOf(card, values)
      return added(scored) !== scored.score || !Number.isSafeInteger(scored.score)
    })
    expect(wrong).toEqual([])
  })

  it('learned on half a year it holds on the quarter after that, too', () => {
    const first = learning.filter(({ month }) => month < monthOf(2020, 7))
    const third = learning.filter(({ month }) => month >= monthOf(2020, 7) && month < monthOf(2020, 10))
    const [at5 = 0, at10 = 0] = judge(learnScorecard(tableOf(first)), third)
    expect(Math.abs(at5 - 0.788)).toBeLessThan(0.005)
    expect(Math.abs(at10 - 0.701)).toBeLessThan(0.005)
  })
})
