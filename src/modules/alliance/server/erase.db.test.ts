/** What was kept to its last day goes, whole and with what hangs on it; the day before, nothing does. */
import { describe, expect, it } from 'vitest'
import { CUSTOMS, FORWARDER, HAULIER, INTEGRITY, LINE, sessionOf, TERMINAL } from './alliance.fixture.ts'
import { eraseJob } from './erase.ts'
import { reportIncidentRoute } from './incidents.ts'
import { submitIntegrityReportRoute } from './integrity-open.ts'
import { ledgerInStore } from './ledger.fixture.ts'
import { verifyChains } from './tend.ts'

const ledger = ledgerInStore()
const { discharge, release, order, notify, see } = ledger
const as = sessionOf
const YEAR = 365.25 * 24 * 60
const count = async (...tables: readonly string[]): Promise<readonly number[]> => {
  const counts: number[] = []
  for (const table of tables) counts.push(Number((await ledger.at.rows(`select count(*) as n from alliance.${table}`))[0]?.['n']))
  return counts
}
const erase = async (): Promise<void> => await eraseJob.run({}, ledger.at.services)
const OF_RIGHT = ['chains', 'events', 'links', 'signals', 'acts', 'messages'] as const

describe('erasing', () => {
  it('takes a chain away whole, three years after its last event, and leaves every other intact', async () => {
    await discharge()
    await release()
    await order(FORWARDER)
    await notify()
    const [, events] = await count('chains', 'events')
    expect(events).toBe(4)
    ledger.at.advance(2 * YEAR)
    // The line looks at it: the look is an event, and the chain stays as long after it.
    await ledger.at.force(`update alliance.standings set expires_at = '2040-01-01'`)
    await see(LINE)
    ledger.at.advance(2 * YEAR)
    await erase()
    expect((await count(...OF_RIGHT)).slice(0, 2)).toEqual([1, 5])
    ledger.right = { ...ledger.right, container: 'MSCU7777777' }
    await release()
    ledger.at.advance(1.1 * YEAR)
    await erase()
    expect(await count(...OF_RIGHT)).toEqual([1, 1, 2, 0, 1, 0])
    expect(ledger.at.recorded.filter(({ event }) => event === 'alliance.erased').map(({ detail }) => detail)).toContainEqual({
      category: 'release rights',
      rows: 1,
    })
    await verifyChains({}, ledger.at.services)
    expect(ledger.at.recorded.findLast(({ event }) => event === 'alliance.chains-verified')?.detail).toEqual({ checked: 1, broken: 0 })
    await erase()
    expect((await count('chains'))[0]).toBe(1)
  })

  it('takes reports with their texts, and steps of a vetting that a later one passed', async () => {
    await ledger.at.force(`update alliance.standings set expires_at = '2060-01-01'`)
    const happened = { kind: 'staff-approached', port: 'BEANR', happenedAt: ledger.at.now().toISOString(), text: 'Somebody asked.' }
    await ledger.at.call(reportIncidentRoute, as(LINE), { ...happened, privilegeWarningRead: true, key: 'the-key-1' })
    await ledger.at.open(submitIntegrityReportRoute, { desk: INTEGRITY, kind: 'bribery', text: 'Somebody takes money.' })
    const reports = ['incidents', 'integrity_reports', 'integrity_texts'] as const
    ledger.at.advance(2.9 * YEAR)
    await erase()
    expect(await count(...reports)).toEqual([1, 1, 1])
    ledger.at.advance(0.2 * YEAR)
    await erase()
    expect(await count(...reports)).toEqual([1, 0, 0])
    ledger.at.advance(2 * YEAR)
    await erase()
    expect(await count(...reports)).toEqual([0, 0, 0])
    const steps = await ledger.at.rows(
      `select desk, version from alliance.vettings where keeper = '${CUSTOMS}' and desk in ('${HAULIER}', '${TERMINAL}') order by desk`,
    )
    expect(steps).toEqual([
      { desk: HAULIER, version: 2 },
      { desk: TERMINAL, version: 2 },
    ])
    expect((await ledger.at.rows(`select state from alliance.standings where desk = '${HAULIER}'`)).map(({ state }) => state)).toEqual([
      'active',
    ])
  })
})
