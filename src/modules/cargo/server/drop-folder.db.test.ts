/** The drop folder with real files: what lies still is read once, moves on with a report, and nothing is read through a link, whenever the node dies. */
import { appendFile, link, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { sweepDropFolders } from './drop-folder.ts'
import { ANTWERP, GHENT, type IntakeStore, startIntakeStore } from './intake.fixture.ts'

let store: IntakeStore
let root = ''
let number = 0
const file = () =>
  `UNB+UNOC:3+S+R+260901:0600+D${++number}'UNH+1+CODECO:D:95B:UN'BGM+36+R${number}'EQD+CN+CSQU3054383+22G1'UNT+4+1'UNZ+1+D${number}'`
const desk = (name: string, id = ANTWERP) => path.join(root, id, name)
const sweep = async () => await sweepDropFolders({}, store.services)
const inbox = async (id = ANTWERP) =>
  (await readdir(path.join(root, id))).filter((name) => !['reading', 'done', 'refused'].includes(name)).sort()
/** Twice looked at, then read, then moved. */
const settle = async () => {
  await sweep()
  await sweep()
  await store.work()
  await sweep()
}

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'drop-'))
  store = await startIntakeStore({ dropFolder: root })
})
beforeEach(async () => {
  for (const name of await readdir(root)) await rm(path.join(root, name), { recursive: true })
  await mkdir(path.join(root, ANTWERP))
  await mkdir(path.join(root, GHENT))
})
afterAll(async () => {
  await store.stop()
  await rm(root, { recursive: true })
})

it('reads what lies still, and moves it on with a report', async () => {
  await writeFile(desk('gate.edi'), file())
  await sweep()
  expect(await inbox()).toEqual(['gate.edi'])
  await sweep()
  expect(await inbox()).toEqual([])
  expect(await readdir(desk('reading'))).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.gate\.edi$/)])
  await store.work()
  await sweep()
  const done = (await readdir(desk('done'))).sort()
  expect(done).toEqual([expect.stringMatching(/^[0-9a-f]{16}\.gate\.edi$/), expect.stringMatching(/\.gate\.edi\.report\.json$/)])
  expect(JSON.parse(await readFile(desk(`done/${done[1]}`), 'utf8'))).toMatchObject({
    file: 'gate.edi',
    state: 'read',
    containers: 1,
    messages: { accepted: 1 },
  })
  expect(await store.rows("select name, way, desk from cargo.documents where name = 'gate.edi'")).toEqual([
    { name: 'gate.edi', way: 'folder', desk: ANTWERP },
  ])
  expect(store.entries.some(({ event, by }) => event === 'cargo.document-received' && by === 'job:cargo.sweep-drop-folders')).toBe(true)
})

it('waits for a file that still grows, and leaves names with a dot alone', async () => {
  await writeFile(desk('slow.edi'), 'UNB')
  await writeFile(desk('.part'), file())
  await sweep()
  await appendFile(desk('slow.edi'), '+UNOC')
  await sweep()
  expect(await inbox()).toEqual(['.part', 'slow.edi'])
  await rename(desk('.part'), desk('whole.edi'))
  await settle()
  expect((await readdir(desk('done'))).some((name) => name.endsWith('.whole.edi'))).toBe(true)
})

it('moves what cannot be read to refused, with the reason', async () => {
  await writeFile(desk('noise.bin'), 'noise')
  await writeFile(desk('empty.edi'), '')
  await settle()
  const refused = (await readdir(desk('refused'))).sort()
  const reports = await Promise.all(
    refused
      .filter((name) => name.endsWith('.report.json'))
      .map(async (name) => JSON.parse(await readFile(desk(`refused/${name}`), 'utf8')) as unknown),
  )
  expect(reports).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ file: 'empty.edi', refused: expect.objectContaining({ code: 'cargo.document-empty' }) }),
      expect.objectContaining({ file: 'noise.bin', refused: expect.objectContaining({ code: 'edifact.not-edifact' }) }),
    ]),
  )
  expect(await inbox()).toEqual([])
})

it('reads nothing through a link of either kind, and looks into no folder', async () => {
  const secret = path.join(root, '.secret')
  await writeFile(secret, file())
  await symlink(secret, desk('soft.edi'))
  await link(secret, desk('hard.edi'))
  await mkdir(desk('inner'))
  await writeFile(desk('inner/a.edi'), file())
  const before = store.stored.size
  await settle()
  expect(store.stored.size).toBe(before)
  expect(await inbox()).toEqual(['inner'])
  const refused = (await readdir(desk('refused'))).map((name) => name.replace(/^\d+T\d+\./, '')).sort()
  expect(refused).toEqual(['hard.edi', 'hard.edi.report.json', 'soft.edi', 'soft.edi.report.json'])
  const [report] = (await readdir(desk('refused'))).filter((name) => name.endsWith('soft.edi.report.json'))
  expect(JSON.parse(await readFile(desk(`refused/${report}`), 'utf8'))).toMatchObject({ refused: { code: 'drop.link' } })
  expect(await readFile(secret, 'utf8')).toContain('UNB')
})

it('leaves a desk out whose own folders are links, and folders that are no desk of this node', async () => {
  await mkdir(path.join(root, 'elsewhere'))
  await symlink(path.join(root, 'elsewhere'), desk('reading'))
  await writeFile(desk('a.edi'), file())
  await mkdir(path.join(root, 'nl.customs.rotterdam'))
  await writeFile(path.join(root, 'nl.customs.rotterdam', 'b.edi'), file())
  await writeFile(desk('c.edi', GHENT), file())
  await settle()
  expect(await inbox()).toEqual(['a.edi'])
  expect(await readdir(path.join(root, 'nl.customs.rotterdam'))).toEqual(['b.edi'])
  expect(await readdir(path.join(root, 'elsewhere'))).toEqual([])
  expect((await readdir(desk('done', GHENT))).length).toBe(2)
})

it('goes on where a node was killed: between taking in and moving, and between report and moving', async () => {
  const text = file()
  await writeFile(desk('twice.edi'), text)
  await settle()
  // As if the node had died before the file moved: it lies in the inbox, and the tables know it.
  await writeFile(desk('twice.edi'), text)
  await settle()
  expect(await store.rows("select count(*)::int as n from cargo.documents where name = 'twice.edi'")).toEqual([{ n: 1 }])
  const [moved] = (await readdir(desk('done'))).filter((name) => name.endsWith('.twice.edi'))
  const [row] = await store.rows("select document from cargo.documents where name = 'twice.edi'")
  // As if it had died after the report.
  await rename(desk(`done/${moved}`), desk(`reading/${String(row?.['document'])}.twice.edi`))
  await sweep()
  expect((await readdir(desk('done'))).filter((name) => name.includes('twice')).length).toBe(2)
  // As after going back to an older copy of the tables: the file is dropped anew and read again.
  await writeFile(desk(`reading/${'0'.repeat(64)}.lost.edi`), file())
  await settle()
  await settle()
  expect((await readdir(desk('done'))).some((name) => name.endsWith('.lost.edi'))).toBe(true)
})

it('takes names as long as the file system has, and one file that cannot be moved holds up no other', async () => {
  const long = `${'\u00e9'.repeat(120)}.edi`
  await writeFile(desk(long), file())
  await writeFile(desk('a-stuck.edi'), '')
  // Something lies where the refused file would go.
  store.advance(1)
  await mkdir(desk('refused'), { recursive: true })
  const mark = store.services.clock
    .now()
    .toISOString()
    .replaceAll(/[-:.Z]/g, '')
  await mkdir(desk(`refused/${mark}.a-stuck.edi/inner`), { recursive: true })
  await settle()
  expect((await readdir(desk('done'))).some((name) => name.includes('\u00e9'))).toBe(true)
  expect(await inbox()).toEqual(['a-stuck.edi'])
  store.advance(1)
  await settle()
  expect(await inbox()).toEqual([])
})

it('does nothing without the setting', async () => {
  await expect(sweepDropFolders({}, { ...store.services, dropFolder: '' })).resolves.toBeUndefined()
})
