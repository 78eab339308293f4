/**
 * Records brought in from a file of FollowTheMoney lines: read, cleaned, made into fragments with what they are found by (matching keys, words, relations), and written to
 * PostgreSQL in resumable batches. The file has the shape of a register: persons, companies, addresses, and the directorships and ownerships between them.
 * On a new server, its log prepared as a node prepares it when it starts, and on one that has imported before.
 * Peers in the same run, on the same server and lines: the lines as raw JSON, unread, with an index on their id; and one row for each value with the two indexes a reader
 * would need, which is how statement stores lie.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { migrations } from '../src/modules/records/migrations.ts'
import { runImport } from '../src/modules/records/server/import-run.ts'
import { markingOf } from '../src/modules/records/server/write-fragments.ts'
import { openContentStore } from '../src/platform/content/content-store.ts'
import type { NodeServices } from '../src/platform/module/services.ts'
import { type Connection, connect } from '../src/platform/store/connect.ts'
import { startEmbeddedServer } from '../src/platform/store/embedded-server.ts'
import { migrate } from '../src/platform/store/migrate.ts'
import { prepareLog } from '../src/platform/store/prepare-log.ts'
import { percentile } from './bench-coalition.ts'
import type { BenchRow } from './bench-row.ts'

const ENTITIES = 200_000
/** So many imports, each into a database of its own and behind one of the peer: a machine that is slow for a while is so for both. */
const TURNS = 3
const ORG = 'be.customs'
const DESK = 'be.customs.antwerp'
const PURPOSE = 'customs-control'

interface Figure {
  readonly ours: number
  readonly on: string
  readonly peer: number
  readonly of: string
  readonly ratio?: number
}

export async function benchImport(): Promise<BenchRow[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'breakwater-bench-'))
  chmodSync(folder, 0o711)
  const server = await startEmbeddedServer(path.join(folder, 'server'))
  const content = openContentStore(path.join(folder, 'content'), randomBytes(32))
  try {
    const lines = Array.from({ length: ENTITIES }, (_, index) => lineOf(index))
    const inDatabase = async (name: string, measure: (database: Connection) => Promise<number>): Promise<number> => {
      const database = connect({ url: await server.database(name) })
      try {
        await migrate(database.pool, [{ slice: 'records', migrations }])
        // What the one before wrote is on the disk, and its log is free to be used again.
        await database.pool.query('checkpoint')
        return ENTITIES / (await measure(database))
      } finally {
        await database.close()
      }
    }
    await prepareLog(server.url).done
    const first = await inDatabase('first', async (database) => {
      const services = servicesOf(database, content)
      // Once with a small file, so that the code is not cold.
      await importOf(services, lines.slice(0, 5000))
      return await importOf(services, lines)
    })
    const raw = await inDatabase('raw', async (database) => await rawLines(database, lines))
    const turns: { readonly ours: number; readonly peer: number }[] = []
    for (let turn = 1; turn <= TURNS; turn++)
      turns.push({
        peer: await inDatabase(`rows_${turn}`, async (database) => await rowForEachValue(database, lines)),
        ours: await inDatabase(`next_${turn}`, async (database) => await importOf(servicesOf(database, content), lines)),
      })
    const median = (of: (turn: (typeof turns)[number]) => number) => percentile(turns.map(of), 0.5)
    const [next, rows] = [median(({ ours }) => ours), median(({ peer }) => peer)]
    const row = ({ ours, on, peer, of, ratio = ours / peer }: Figure): BenchRow => ({
      name: `import of ${ENTITIES.toLocaleString('en-GB')} FtM entities, found and related when it ends, ${on}; peer: ${of}`,
      ours,
      peer,
      unit: 'entities/s',
      ratio,
      target: '≥ 20,000 entities/s',
    })
    const used = `on a server that has imported before, median of ${TURNS}`
    return [
      row({ ours: next, on: used, peer: raw, of: 'the lines as raw JSON, unread' }),
      row({
        ours: next,
        on: used,
        peer: rows,
        of: 'a row for each value, not found by name, in turns with ours',
        ratio: median(({ ours, peer }) => ours / peer),
      }),
      row({
        ours: first,
        on: 'the first on a new server, its log prepared as a node prepares it',
        peer: rows,
        of: 'a row for each value, on the used one',
      }),
    ]
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** As much of a node as a run asks for. */
function servicesOf(database: Connection, content: NodeServices['content']): NodeServices {
  const nothing = async (): Promise<void> => await Promise.resolve()
  const enqueued: Record<string, unknown>[] = []
  return {
    database,
    content,
    clock: { now: () => new Date() },
    announce: nothing,
    record: nothing,
    enqueue: async (_tx: unknown, job: { readonly name: string; readonly data: Record<string, unknown> }) => {
      if (job.name === 'records.run-import') enqueued.push(job.data)
      await nothing()
    },
    enqueued,
  } as unknown as NodeServices
}

async function importOf(services: NodeServices, lines: readonly string[]): Promise<number> {
  const { sha256, size, name, key } = await services.content.erasable.put(bytesOf(lines), 2 ** 32)
  // Ordered by time, as the routes make them.
  const [collection, id] = [uuidv7(), uuidv7()]
  await services.database.asWorker('bench', async (tx) => {
    const body = {
      origin: { org: ORG, desk: DESK },
      evaluation: { source: 'B', info: 2 },
      handling: { H: [], tlp: 'AMBER', pap: 'AMBER', conditions: [] },
      purpose: PURPOSE,
      legalBasis: { act: 'Regulation (EU) 952/2013', art: '46' },
      category: 'thing',
    } as const
    const { marking } = await markingOf(tx, ORG, { body, audience: [DESK] })
    await sql`insert into records.collections (org, desk, collection, title, kind, marking, review_days, retention_days, at, purpose, audience)
      values (${ORG}, ${DESK}, ${collection}, 'Register', 'import', ${marking}, 365, 1095, now(), ${PURPOSE}, array[${DESK}])`.execute(tx)
    await sql`insert into records.imports (org, desk, import, collection, name, format, sha256, size, file, state, officer, officer_name, at, purpose, audience)
      values (${ORG}, ${DESK}, ${id}, ${collection}, 'register.jsonl', 'ftm', ${sha256}, ${size}, ${name}, 'importing', 'o', 'O', now(), ${PURPOSE}, array[${DESK}])`.execute(
      tx,
    )
    await sql`insert into records.import_keys (org, import, key, purpose, audience) values (${ORG}, ${id}, ${key}, ${PURPOSE}, array[${DESK}])`.execute(
      tx,
    )
  })
  const begun = performance.now()
  const { enqueued } = services as unknown as { enqueued: Record<string, unknown>[] }
  enqueued.push({ org: ORG, import: id, run: 0 })
  for (let job = enqueued.pop(); job !== undefined; job = enqueued.pop()) await runImport(job, services)
  const seconds = (performance.now() - begun) / 1000
  const { rows } = await services.database.asWorker(
    'bench',
    async (tx) =>
      await sql<{ state: string; entities: number }>`select state, entities from records.imports where import = ${id}`.execute(tx),
  )
  if (rows[0]?.state !== 'done' || rows[0].entities !== lines.length) throw new Error(`The import did not end: ${JSON.stringify(rows[0])}`)
  return seconds
}

async function* bytesOf(lines: readonly string[]): AsyncIterable<Uint8Array> {
  for (let at = 0; at < lines.length; at += 1000) yield await Promise.resolve(Buffer.from(`${lines.slice(at, at + 1000).join('\n')}\n`))
}

async function rawLines(database: Connection, lines: readonly string[]): Promise<number> {
  await database.pool.query('create table public.raw_lines (id text not null, line jsonb not null); create index on public.raw_lines (id)')
  const begun = performance.now()
  for (let at = 0; at < lines.length; at += 2000)
    await database.pool.query("insert into public.raw_lines select l ->> 'id', l from unnest($1::jsonb[]) as t(l)", [
      lines.slice(at, at + 2000),
    ])
  return (performance.now() - begun) / 1000
}

interface Line {
  readonly id: string
  readonly schema: string
  readonly properties: Readonly<Record<string, readonly string[]>>
}

async function rowForEachValue(database: Connection, lines: readonly string[]): Promise<number> {
  await database.pool.query(`create table public.statements (id uuid primary key, entity text not null, schema text not null, prop text not null, value text not null, dataset text not null,
    first_seen timestamptz not null, last_seen timestamptz); create index on public.statements (entity); create index on public.statements (prop, md5(value))`)
  const begun = performance.now()
  for (let at = 0; at < lines.length; at += 2000) {
    const columns: [string[], string[], string[], string[], string[]] = [[], [], [], [], []]
    for (const text of lines.slice(at, at + 2000)) {
      const { id, schema, properties } = JSON.parse(text) as Line
      for (const [prop, values] of Object.entries(properties))
        for (const value of values)
          for (const [index, cell] of [randomUUID(), id, schema, prop, value].entries()) columns[index]?.push(cell)
    }
    await database.pool.query(
      "insert into public.statements select i, e, s, p, v, 'register', now(), null from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) as t(i, e, s, p, v)",
      columns,
    )
  }
  return (performance.now() - begun) / 1000
}

const GIVEN = [
  'Anna',
  'Pieter',
  'Jan',
  'Fatima',
  'José',
  'Maria',
  'Ahmed',
  'Olga',
  'Luca',
  'Sofie',
  'Karel',
  'Inés',
  'Mohamed',
  'Elena',
  'Tomás',
  'Lotte',
]
const FAMILY = [
  'Janssens',
  'Peeters',
  'de Vries',
  'García Pérez',
  'Rossi',
  'Müller',
  'El Amrani',
  'Ivanova',
  'Silva',
  'Van den Berg',
  'Moreau',
  'Kowalski',
]
const TRADE = ['Haven', 'Fruit', 'Trans', 'Cargo', 'Atlantic', 'Nord', 'Schelde', 'Global', 'Delta', 'Marine', 'Quality', 'Green']
const FORMS = ['NV', 'BV', 'GmbH', 'S.A.', 'S.L.', 'Ltd', 'SRL']
const COUNTRIES = ['be', 'nl', 'de', 'es', 'ec', 'it', 'pt', 'fr']

/** Of ten lines three are persons, two companies, one an address, three directorships, one an ownership. */
function lineOf(index: number): string {
  const pick = <T>(list: readonly T[], salt: number): T => list[Math.abs(Math.imul(index + salt, 2_654_435_761) >> 8) % list.length] as T
  const block = index - (index % 10)
  const kind = index % 10
  const number = String(1_000_000 + index)
  if (kind < 3) {
    const [first, last] = [pick(GIVEN, 1), `${pick(FAMILY, 2)} ${syllables(index)}`]
    return JSON.stringify({
      id: `person-${index}`,
      schema: 'Person',
      properties: {
        name: [`${first} ${last}`],
        firstName: [first],
        lastName: [last],
        birthDate: [`19${50 + (index % 50)}-0${1 + (index % 9)}-1${index % 10}`],
        nationality: [pick(COUNTRIES, 3)],
        idNumber: [number],
        address: [`Kaaistraat ${index % 300}, ${2000 + (index % 60)} Antwerpen`],
      },
      datasets: ['register'],
    })
  }
  if (kind < 5)
    return JSON.stringify({
      id: `company-${index}`,
      schema: 'Company',
      properties: {
        name: [`${pick(TRADE, 4)} ${syllables(index)} ${pick(FORMS, 5)}`],
        jurisdiction: [pick(COUNTRIES, 6)],
        registrationNumber: [number],
        incorporationDate: [`20${10 + (index % 15)}-0${1 + (index % 9)}-01`],
        legalForm: [pick(FORMS, 5)],
        status: ['active'],
      },
      datasets: ['register'],
    })
  if (kind === 5)
    return JSON.stringify({
      id: `address-${index}`,
      schema: 'Address',
      properties: {
        full: [`Kaaistraat ${index % 300}, ${2000 + (index % 60)} Antwerpen, Belgium`],
        city: ['Antwerpen'],
        postalCode: [String(2000 + (index % 60))],
        country: ['be'],
      },
      datasets: ['register'],
    })
  if (kind < 9)
    return JSON.stringify({
      id: `directorship-${index}`,
      schema: 'Directorship',
      properties: {
        director: [`person-${block + kind - 6}`],
        organization: [`company-${block + 3 + (index % 2)}`],
        role: ['bestuurder'],
        startDate: ['2015-06-01'],
      },
      datasets: ['register'],
    })
  return JSON.stringify({
    id: `ownership-${index}`,
    schema: 'Ownership',
    properties: { owner: [`person-${block}`], asset: [`company-${block + 3}`], percentage: ['51'], startDate: ['2015-06-01'] },
    datasets: ['register'],
  })
}

const SYLLABLES = ['ba', 'ko', 'ri', 'men', 'tal', 'vo', 'su', 'der', 'lin', 'ga', 'po', 'ste', 'mar', 'fi', 'zen', 'hu']

function syllables(index: number): string {
  let [left, text] = [Math.imul(index, 40_503) >>> 0, '']
  for (let step = 0; step < 4; step++) {
    text += SYLLABLES[left % SYLLABLES.length]
    left = Math.floor(left / SYLLABLES.length)
  }
  return text
}
