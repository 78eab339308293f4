/** The gate to third countries: a case of PR-24 linked to the case opens it while it stands where a transfer is allowed, and no other does. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseRow } from './case-row.ts'
import { type CaseStore, DESK, requestOf, startCaseStore } from './cases.fixture.ts'
import { openCase } from './open-case.ts'
import { isTransferAuthorised } from './transfer-authorisation.ts'

let store: CaseStore
beforeAll(async () => {
  store = await startCaseStore()
})
afterAll(async () => await store.stop())

const open = async (): Promise<CaseRow> => await store.as(DESK, async (work) => await openCase(work, requestOf()))

/** A case with a gate linked to it, which went through these states. */
async function gated(...states: readonly string[]): Promise<{ readonly row: CaseRow; readonly gate: CaseRow }> {
  const [row, gate] = [await open(), await open()]
  for (const state of states) {
    await store.rows(
      `update procedures.cases set definition = 'PR-24', state = '${state}', parent = '${row.case_id}' where case_id = '${gate.case_id}'`,
    )
    await store.rows(`insert into procedures.moves (authority, case_id, seq, transition, from_state, to_state, at, fields, step, ord, audience)
      select authority, case_id, seq + 1, transition, to_state, '${state}', at, fields, step || '${state}', ord + 1, audience from procedures.moves where case_id = '${gate.case_id}' order by seq desc limit 1`)
  }
  return { row, gate }
}
const isOpenFor = async (row: CaseRow) => await store.as(DESK, async (work) => await isTransferAuthorised(work, row))

describe('the gate', () => {
  it.each([['gateChecked'], ['authorised'], ['transferred'], ['transferred', 'documented'], ['transferred', 'documented', 'onwardAsked']])(
    'is open in %s %s %s',
    async (...states) => {
      expect(await isOpenFor((await gated(...states)).row)).toBe(true)
    },
  )

  it.each([['asked'], ['authorisationNeeded'], ['requestedFromOrigin'], ['denied'], ['gateChecked', 'withdrawn']])(
    'is shut in %s %s',
    async (...states) => {
      expect(await isOpenFor((await gated(...states)).row)).toBe(false)
    },
  )

  it('stays open when it was closed after the transfer was documented, and shut when it was closed after a denial', async () => {
    expect(await isOpenFor((await gated('transferred', 'documented', 'closed')).row)).toBe(true)
    expect(await isOpenFor((await gated('denied', 'closed')).row)).toBe(false)
  })

  it('is of its own case alone', async () => {
    await gated('authorised')
    expect(await isOpenFor(await open())).toBe(false)
  })
})
