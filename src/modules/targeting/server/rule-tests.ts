/** Test cases of a rule: consignments the desk holds, kept with their facts as they stood, so that a test means the same tomorrow. */
import { sql } from 'kysely'
import type { ConsignmentRow } from '#kernel/risk/column-row.ts'
import type { RowFinding } from '#kernel/risk/expression-row.ts'
import type { Tx } from '#platform/store/database.ts'
import type { RuleBody } from '../contract.ts'
import type { DeskScope } from './desk.ts'
import { type ArrivalFacts, consignmentRow } from './facts.ts'

type RuleTest = RuleBody['tests'][number]

export interface KeptTest extends RuleTest {
  readonly container: string
  readonly day: string
  /** Absent: this desk holds no such arrival. */
  readonly facts?: ArrivalFacts
}

export interface TestResult {
  readonly arrival: string
  readonly container: string
  readonly expected: RuleTest['expected']
  readonly found: RuleTest['expected'] | 'unknown' | 'gone'
  readonly passed: boolean
  readonly note: string
}

export async function keepTests(tx: Tx, { authority, desk }: DeskScope, tests: readonly RuleTest[]): Promise<readonly KeptTest[]> {
  if (tests.length === 0) return []
  const { rows } = await sql<{ arrival: string; container: string; day: string; facts: ArrivalFacts }>`
    select arrival::text as arrival, container, day::text as day, facts from targeting.arrivals
    where authority = ${authority} and desk = ${desk} and arrival = any(${tests.map(({ arrival }) => arrival)}::uuid[])`.execute(tx)
  const held = new Map(rows.map((row) => [row.arrival, row]))
  return tests.map((test) => {
    const row = held.get(test.arrival)
    return row === undefined
      ? { ...test, container: '', day: '1970-01-01' }
      : { ...test, container: row.container, day: row.day, facts: row.facts }
  })
}

export function tryTests(tests: readonly KeptTest[], evaluate: ((row: ConsignmentRow) => RowFinding) | undefined): readonly TestResult[] {
  return tests.map(({ arrival, container, day, facts, expected, note }) => {
    const found = facts === undefined || evaluate === undefined ? 'gone' : nameOf(evaluate(consignmentRow({ facts, day, container })))
    return {
      arrival,
      container,
      expected,
      found,
      note,
      passed: found === expected || (expected === 'does-not-fire' && found === 'unknown'),
    }
  })
}

function nameOf({ truth }: RowFinding): TestResult['found'] {
  return truth === 'yes' ? 'fires' : truth === 'no' ? 'does-not-fire' : 'unknown'
}

/** One that fires and one that does not, and none that fails. */
export function testsSuffice(results: readonly TestResult[]): boolean {
  return (
    results.every(({ passed }) => passed) &&
    results.some(({ found }) => found === 'fires') &&
    results.some(({ expected }) => expected === 'does-not-fire')
  )
}
