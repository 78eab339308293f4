/** The history of a desk in a real store: learned once, the same as in memory, of one desk only, and the signals and the life page that come of it. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { connect } from '#platform/store/connect.ts'
import type { Database } from '#platform/store/database.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import type { LifeView } from '../contract/life.ts'
import { LOW } from '../detectors/cut-documents.fixture.ts'
import { DeskInMemory } from '../detectors/desk-in-memory.fixture.ts'
import { generateWorld, type WorldDocument } from '../generator/world.ts'
import { historyMigration } from '../history-migration.ts'
import { migrations } from '../migrations.ts'
import { dossiersOf } from './dossiers.ts'
import { findingCounts, recordFinding } from './history-findings.ts'
import { readSettings, writeSetting } from './history-settings.ts'
import { keepWorldDocument } from './history-world.fixture.ts'
import { showLifeRoute } from './life-page.ts'
import { learnDocument } from './route-learning-document.ts'
import { raiseSignals } from './signals.ts'

const AUTHORITY = 'be.customs'
const ANTWERP = 'be.customs.antwerp'
const ZEEBRUGGE = 'be.customs.zeebrugge'
const NOW = new Date('2026-06-01T00:00:00Z')
const world = generateWorld({ seed: 5, voyages: 6, boxesPerVoyage: 12, begins: new Date('2025-03-03T00:00:00Z'), each: 1 })
const facts = (desk: string): SessionFacts => ({
  officer: 'o1',
  officerName: 'Officer One',
  roles: ['officer'],
  desk,
  authority: AUTHORITY,
  authorityKind: 'customs',
  country: 'BE',
  realm: 'customs',
  purpose: 'customs-control',
  caseId: null,
})

let fresh: FreshDatabase
let database: Database
let services: NodeServices

beforeAll(async () => {
  fresh = await freshDatabase()
  const store = connect({ url: fresh.url })
  database = store
  const listed = migrations.some(({ id }) => id === historyMigration.id) ? migrations : [...migrations, historyMigration]
  await migrate(store.pool, [{ slice: 'cargo', migrations: listed }])
  const nothing = async () => await Promise.resolve()
  services = { database, clock: { now: () => NOW }, announce: nothing, record: nothing, enqueue: nothing } as unknown as NodeServices
  for (const document of world.documents) {
    await keep(ANTWERP, document)
    await raiseSignals({ authority: AUTHORITY, desk: ANTWERP, document: document.id }, services)
  }
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

async function keep(desk: string, document: WorldDocument): Promise<void> {
  await database.asWorker('test', async (tx) => await keepWorldDocument(tx, { authority: AUTHORITY, desk }, document))
}

async function counts(desk: string): Promise<readonly string[]> {
  return await database.asWorker('test', async (tx) => {
    const { rows } = await sql<{
      line: string
    }>`select kind || '|' || key || '|' || sub || ' ' || n as line from cargo.history where desk = ${desk}`.execute(tx)
    return rows.map(({ line }) => line).sort()
  })
}

describe('learning', () => {
  it('counts the same as a desk that keeps everything in memory', async () => {
    const memory = new DeskInMemory()
    for (const document of world.documents) {
      memory.take(document)
      const named = [
        ...document.equipment.map(({ container }) => container.value),
        ...document.consignments.flatMap((each) => each.containers.map(({ number }) => number.value)),
      ]
      for (const container of new Set(named)) memory.measure(memory.dossier(container, NOW))
    }
    expect(await counts(ANTWERP)).toEqual(memory.counts())
    expect(memory.counts().length).toBeGreaterThan(200)
  })

  it('adds nothing when a document is learned again, or judged again', async () => {
    const before = await counts(ANTWERP)
    for (const document of world.documents.slice(0, 6))
      await raiseSignals({ authority: AUTHORITY, desk: ANTWERP, document: document.id }, services)
    expect(await counts(ANTWERP)).toEqual(before)
    const again = await database.asWorker(
      'test',
      async (tx) => await learnDocument(tx, { authority: AUTHORITY, desk: ANTWERP, document: world.documents[0]?.id ?? '', at: NOW }),
    )
    expect(again).toBe(false)
  })

  it('ends with the same counts whatever the order of the documents', async () => {
    for (const document of [...world.documents].reverse()) {
      await keep(ZEEBRUGGE, document)
      await database.asWorker(
        'test',
        async (tx) => await learnDocument(tx, { authority: AUTHORITY, desk: ZEEBRUGGE, document: document.id, at: NOW }),
      )
    }
    // Learned only: what is measured is counted when boxes are judged (`judge-again.db.test.ts`).
    const plain = (lines: readonly string[]) => lines.filter((line) => !/^(?:dwell|lead|residual)\|/.test(line))
    expect(plain(await counts(ZEEBRUGGE))).toEqual(plain(await counts(ANTWERP)))
  })

  it('counts a bill once that a long document states on two of its pages', async () => {
    const desk = 'be.customs.long'
    const manifest = world.documents.find(({ message }) => message === 'CUSCAR') as WorldDocument
    const [first] = manifest.consignments
    if (first === undefined) throw new Error('The manifest states no bill.')
    const others = Array.from({ length: 2100 }, (_, index) => ({ ...first, document: { ...first.document, value: `LONG${index}` } }))
    await keep(desk, { ...manifest, equipment: [], consignments: [first, ...others, first] })
    await database.asWorker('test', async (tx) => await learnDocument(tx, { authority: AUTHORITY, desk, document: manifest.id, at: NOW }))
    expect((await counts(desk)).filter((line) => line.startsWith('desk|'))).toEqual([expect.stringMatching(/ 2101$/)])
  })

  it('ends with the same standing signals whatever the order and repetition of the documents, and nothing waits', async () => {
    const standing = async (desk: string) =>
      await database.asWorker('test', async (tx) => {
        const { rows } = await sql<{ line: string }>`select subject || ' ' || detector || ' ' || signal as line from cargo.signals
          where desk = ${desk} and detector = any(${LOOKING_BACK}::text[])`.execute(tx)
        return rows.map(({ line }) => line).sort()
      })
    const waiting = async () =>
      await database.asWorker('test', async (tx) => {
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from cargo.waiting_containers
          where desk like 'be.customs.%order%'`.execute(tx)
        return rows[0]?.n
      })
    const deliver = async (desk: string, documents: readonly WorldDocument[]) => {
      await setLow(desk)
      for (const document of documents) {
        await keep(desk, document)
        await raiseSignals({ authority: AUTHORITY, desk, document: document.id }, services)
      }
    }
    const filings = world.documents.filter(({ message }) => message === 'CUSCAR' || message === 'CSV' || message === 'BAPLIE')
    await deliver('be.customs.in-order', filings)
    const expected = await standing('be.customs.in-order')
    expect(new Set(expected.map((line) => line.split(' ')[1])).size).toBeGreaterThan(2)
    let number = 0
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...filings], { minLength: filings.length }),
        fc.nat(filings.length - 1),
        async (came, twice) => {
          const desk = `be.customs.order-${number++}`
          await deliver(desk, came)
          // The same job once more adds nothing and takes nothing away.
          await raiseSignals({ authority: AUTHORITY, desk, document: came[twice]?.id ?? '' }, services)
          expect(await standing(desk)).toEqual(expected)
        },
      ),
      { numRuns: 4, seed: 7, endOnFailure: true },
    )
    expect(await waiting()).toBe(0)
  })

  it('withdraws a signal that an older fact refutes, and keeps it with the reason and the document', async () => {
    const desk = 'be.customs.late'
    await setLow(desk)
    const filings = world.documents.filter(({ message }) => message === 'CUSCAR')
    const [older, ...newer] = filings
    const signals = async () =>
      await database.asWorker('test', async (tx) => {
        const held = await sql<{ subject: string; signal: string }>`select subject, signal from cargo.signals where desk = ${desk}
          and detector = any(${LOOKING_BACK}::text[])`.execute(tx)
        const gone = await sql<{ subject: string; signal: string; reason: string; document: string; explanation: string }>`
          select subject, signal, reason, document, body ->> 'explanation' as explanation from cargo.withdrawn_signals where desk = ${desk}`.execute(
          tx,
        )
        return { held: held.rows, gone: gone.rows }
      })
    for (const document of newer) {
      await keep(desk, document)
      await raiseSignals({ authority: AUTHORITY, desk, document: document.id }, services)
    }
    const before = await signals()
    await keep(desk, older as WorldDocument)
    await raiseSignals({ authority: AUTHORITY, desk, document: older?.id ?? '' }, services)
    const after = await signals()
    const still = new Set(after.held.map(({ signal }) => signal))
    const refuted = before.held.filter(({ signal }) => !still.has(signal))
    expect(refuted.length).toBeGreaterThan(0)
    const because = after.gone.filter(({ document }) => document === older?.id)
    expect(because.map(({ signal }) => signal)).toEqual(expect.arrayContaining(refuted.map(({ signal }) => signal)))
    expect(
      because.every(({ reason, explanation }) => ['no-longer-holds', 'cannot-say', 'restated'].includes(reason) && explanation.length > 0),
    ).toBe(true)
    expect(because.some(({ reason }) => reason === 'no-longer-holds')).toBe(true)
  })
})

/** Detectors that look back into the history of the desk. */
const LOOKING_BACK = ['first-time-party', 'new-goods', 'dormant-party', 'new-route', 'unusual-transhipment', 'identity'].map(
  (name) => `cargo.${name}`,
)

/** Thresholds that a small world crosses. */
async function setLow(desk: string): Promise<void> {
  await database.asWorker('test', async (tx) => {
    for (const [detector, setting] of LOW)
      await writeSetting(tx, { authority: AUTHORITY, desk }, { detector, ...setting, proposedBy: 'o1', approvedBy: 'o2', at: NOW })
  })
}

describe('a desk', () => {
  it('sees its own history and none of another desk, and none without a purpose', async () => {
    const seen = async (desk: string, purpose: string | null) =>
      await database.asOfficer({ ...facts(desk), purpose }, async (tx) => {
        const { rows } = await sql<{ desk: string }>`select distinct desk from cargo.history`.execute(tx)
        return rows.map((row) => row.desk)
      })
    expect(await seen(ANTWERP, 'customs-control')).toEqual([ANTWERP])
    expect(await seen('be.customs.national', 'customs-control')).toEqual([])
    expect(await seen(ANTWERP, null)).toEqual([])
  })

  it('has dossiers that do not change with what another desk holds', async () => {
    const container = world.documents[0]?.equipment[0]?.container.value ?? ''
    const one = async () =>
      await database.asWorker(
        'test',
        async (tx) => await dossiersOf(tx, [container], { authority: AUTHORITY, desk: ANTWERP, findings: {} }),
      )
    const before = JSON.stringify(await one())
    await database.asWorker(
      'test',
      async (tx) => await recordFinding(tx, { authority: AUTHORITY, desk: ZEEBRUGGE, source: 's1', container, foundAt: NOW }),
    )
    await keep('be.customs.other', { ...(world.documents[0] as WorldDocument), id: 'f'.repeat(64) })
    expect(JSON.stringify(await one())).toBe(before)
    const found = await database.asWorker(
      'test',
      async (tx) => await findingCounts(tx, { authority: AUTHORITY, desk: ANTWERP, until: NOW }),
    )
    expect(found).toEqual({})
  })

  it('has whole dossiers of boxes that are looked at together with one that a flood of bills names', async () => {
    const desk = 'be.customs.flood'
    const manifest = world.documents.find(({ message }) => message === 'CUSCAR') as WorldDocument
    const [bill, other] = manifest.consignments
    const flooded = bill?.containers[0]
    const quiet = other?.containers[0]
    if (bill === undefined || other === undefined || flooded === undefined || quiet === undefined)
      throw new Error('The manifest states too little.')
    await keep(desk, { ...manifest, equipment: [], consignments: [other] })
    const flood = Array.from({ length: 250 }, (_, index) => ({ ...bill, document: { ...bill.document, value: `FLOOD${index}` } }))
    await keep(desk, { ...manifest, id: 'b'.repeat(64), receivedAt: NOW, equipment: [], consignments: flood })
    const dossiers = await database.asWorker(
      'test',
      async (tx) => await dossiersOf(tx, [flooded.number.value, quiet.number.value], { authority: AUTHORITY, desk, findings: {} }),
    )
    expect(dossiers.map(({ consignments }) => consignments.length)).toEqual([100, 1])
  })

  it('counts a finding once, by place of stuffing and by route, for a year', async () => {
    const container = world.documents[0]?.equipment[0]?.container.value ?? ''
    const found = async (until: Date) =>
      await database.asWorker('test', async (tx) => {
        for (const source of ['s2', 's2'])
          await recordFinding(tx, { authority: AUTHORITY, desk: ZEEBRUGGE, source, container, foundAt: NOW })
        return await findingCounts(tx, { authority: AUTHORITY, desk: ZEEBRUGGE, until })
      })
    expect(Object.values(await found(NOW))).toEqual([1, 1])
    expect(await found(new Date('2027-07-01T00:00:00Z'))).toEqual({})
  })

  it('sets its detectors with two officers, and what is not set stands as shipped', async () => {
    const set = async (approvedBy: string) =>
      await database.asOfficer(facts(ANTWERP), async (tx) => {
        await sql`insert into cargo.detector_settings (authority, desk, detector, enabled, parameters, version, proposed_by, approved_by, decided_at, audience)
          values (${AUTHORITY}, ${ANTWERP}, 'cargo.description', false, '{"share": 0.1}', 1, 'o1', ${approvedBy}, now(), ${[ANTWERP]})`.execute(
          tx,
        )
      })
    await expect(set('o1')).rejects.toThrow(/check/)
    await set('o2')
    const settings = await database.asWorker(
      'test',
      async (tx) => await readSettings(tx, { authority: AUTHORITY, desk: ANTWERP, today: NOW }),
    )
    expect([...settings.byDetector]).toEqual([['cargo.description', { enabled: false, parameters: { share: 0.1 } }]])
    const other = await database.asWorker(
      'test',
      async (tx) => await readSettings(tx, { authority: AUTHORITY, desk: ZEEBRUGGE, today: NOW }),
    )
    expect([...other.byDetector]).toEqual([])
  })
})

describe('signals', () => {
  it('are raised for planted faults, batch by batch, with what could not be computed beside', async () => {
    const planted = world.planted.filter(({ indicators }) => ['I1', 'I2', 'I3', 'I4', 'I5', 'I6'].includes(indicators[0] ?? ''))
    const { rows } = await database.asWorker(
      'test',
      async (tx) => await sql<{ subject: string }>`select distinct subject from cargo.signals where desk = ${ANTWERP}`.execute(tx),
    )
    const found = new Set(rows.map(({ subject }) => subject))
    expect(planted.filter(({ container }) => !found.has(container))).toEqual([])
    const { rows: judged } = await database.asWorker(
      'test',
      async (tx) => await sql<{ n: number }>`select count(*)::int as n from cargo.evaluations where desk = ${ANTWERP}`.execute(tx),
    )
    expect(judged[0]?.n).toBe(world.boxes)
  })
})

describe('hostile documents', () => {
  const base = world.documents.find(({ message }) => message === 'CUSCAR') as WorldDocument
  const first = base.consignments[0] as WorldDocument['consignments'][number]
  const say = <T>(value: T) => ({ value, at: { ...first.document.at, document: 'a'.repeat(64) } })
  it('with endless names, addresses, words and a bill of many boxes are learned and judged', async () => {
    const long = 'ﷺ'.repeat(3000)
    const parties = ['consignor', 'consignee'].map((role, index) => ({
      role: role as 'consignor',
      name: say(`${long}${index} SA`),
      address: say(`${long} 12`),
      identifier: say('9'.repeat(5000)),
    }))
    const containers = Array.from({ length: 400 }, (_, index) => ({ number: say(`HOST${index}`), seals: [] }))
    const statement = {
      ...first,
      document: say('HOSTILE1'),
      parties,
      goods: [say(long), say('word '.repeat(10_000))],
      hsCodes: [say('0'.repeat(9000))],
      containers,
    }
    const named = {
      ...first,
      document: say('HOSTILE2'),
      parties: [{ role: 'consignor' as const, name: say("Robert'); drop table cargo.history; -- SA") }],
    }
    await keep('be.customs.hostile', { ...base, id: 'a'.repeat(64), equipment: [], consignments: [statement, named] })
    await raiseSignals({ authority: AUTHORITY, desk: 'be.customs.hostile', document: 'a'.repeat(64) }, services)
    const { rows } = await database.asWorker(
      'test',
      async (tx) =>
        await sql<{ n: number }>`select count(*)::int as n from cargo.evaluations where desk = 'be.customs.hostile'`.execute(tx),
    )
    expect(rows[0]?.n).toBe(401)
    expect((await counts('be.customs.hostile')).length).toBeGreaterThan(3)
  })
})

describe('the life of a container', () => {
  const show = async (desk: string, container: string) =>
    await database.asOfficer(
      facts(desk),
      async (tx) =>
        await (showLifeRoute.run({ container }, {
          tx,
          facts: facts(desk),
          about: () => undefined,
          services,
        } as never) as Promise<LifeView>),
    )

  it('joins booking, gate, plan, manifest, declaration, discharge and pick-up to one journey, with sources', async () => {
    const honest = [...world.watched].find((container) => !world.planted.some((each) => each.container === container)) ?? ''
    const life = await show(ANTWERP, honest)
    expect(life.entries.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['ordered', 'gate-in', 'loaded', 'planned', 'declared', 'discharged', 'gate-out']),
    )
    expect(new Set(life.entries.map(({ journey }) => journey)).size).toBe(1)
    expect(life.entries.every(({ sources }) => sources.length > 0)).toBe(true)
    expect([life.gaps, life.contradictions]).toEqual([[], []])
    expect(life.filings.map(({ message }) => message)).toEqual(['CSV', 'CUSCAR'])
  })

  it('marks what contradicts, and what a later version changed', async () => {
    const of = (fault: string) => world.planted.find((each) => each.fault === fault)?.container ?? ''
    expect((await show(ANTWERP, of('seal swapped'))).contradictions.map(({ code }) => code)).toContain('seals')
    expect((await show(ANTWERP, of('other box under the number'))).contradictions.map(({ code }) => code)).toContain('type')
    const changed = await show(ANTWERP, of('change of consignee after loading'))
    expect(changed.filings.find(({ message }) => message === 'CUSCAR')?.versions[1]?.differences.map(({ field }) => field)).toEqual([
      'consignee',
    ])
  })

  it('is empty for a desk that holds nothing of it', async () => {
    const life = await show('be.customs.national', world.documents[0]?.equipment[0]?.container.value ?? '')
    expect([life.entries, life.filings, life.gaps, life.contradictions]).toEqual([[], [], [], []])
  })
})
