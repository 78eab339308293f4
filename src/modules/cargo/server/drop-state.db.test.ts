/** The drop folder as an officer sees it: what waits and what was refused, of the own desk and purpose, whatever lies in the folder. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { z } from 'zod'
import type { showDropFolder } from '../contract/drop-folder.ts'
import { sweepDropFolders } from './drop-folder.ts'
import { showDropFolderRoute } from './drop-state.ts'
import { ANTWERP, GHENT, type IntakeStore, startIntakeStore } from './intake.fixture.ts'

type State = z.output<(typeof showDropFolder)['ok']>

let store: IntakeStore
let root = ''
const at = (name: string, desk = ANTWERP) => path.join(root, desk, name)
const state = async (desk = ANTWERP) => await store.call<State>(showDropFolderRoute, {}, { desk })

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'drop-state-'))
  await mkdir(path.join(root, ANTWERP))
  store = await startIntakeStore({ dropFolder: root })
})
afterAll(async () => {
  await store.stop()
  await rm(root, { recursive: true })
})

it('says what waits, what is read, and what was refused and why', async () => {
  await writeFile(at('noise.bin'), 'noise')
  await writeFile(at('.part'), 'not ready')
  expect(await state()).toMatchObject({
    state: 'watched',
    folder: ANTWERP,
    waiting: [{ name: 'noise.bin', size: 5 }],
    counts: { waiting: { files: 1 }, refused: { files: 0 } },
  })
  await sweepDropFolders({}, store.services)
  await sweepDropFolders({}, store.services)
  expect((await state()).counts).toMatchObject({ waiting: { files: 0 }, reading: { files: 1 } })
  await store.work()
  await sweepDropFolders({}, store.services)
  const { refused, counts } = await state()
  expect(counts).toMatchObject({ reading: { files: 0 }, done: { files: 0 }, refused: { files: 1, isMore: false } })
  expect(refused).toMatchObject([{ file: 'noise.bin', code: 'edifact.not-edifact', document: expect.stringMatching(/^[0-9a-f]{64}$/) }])
})

it('takes nothing for a report that is none, and reads none through a link', async () => {
  await writeFile(
    path.join(root, 'elsewhere.json'),
    JSON.stringify({ file: 'secret', at: '2026-09-01T08:00:00Z', refused: { code: 'a', text: 'b' } }),
  )
  await symlink(path.join(root, 'elsewhere.json'), at('refused/link.report.json'))
  await writeFile(at('refused/odd.report.json'), '{"file":')
  await writeFile(at('refused/null.report.json'), 'null')
  await writeFile(at('refused/large.report.json'), `"${'x'.repeat(100_000)}"`)
  await writeFile(
    at('refused/foul.report.json'),
    JSON.stringify({ file: 'foul', at: '2026-09-01T08:00:00Z', document: '../../login', refused: { code: 'a', text: 'b' } }),
  )
  expect((await state()).refused.map(({ file }) => file)).toEqual(['noise.bin'])
})

it('is that of the own desk, and says so where there is none', async () => {
  expect(await state(GHENT)).toMatchObject({ state: 'missing', folder: GHENT, waiting: [], refused: [] })
  await mkdir(path.join(root, GHENT))
  await symlink(at('refused'), at('done', GHENT))
  expect(await state(GHENT)).toMatchObject({ state: 'blocked', refused: [] })
  const unset = await startIntakeStore({ dropFolder: '' })
  expect(await unset.call(showDropFolderRoute, {})).toMatchObject({ state: 'unset' })
  await unset.stop()
})

it('is not shown for another purpose than its documents are read for', async () => {
  const directory = store.services.directory()
  const other = {
    ...directory,
    orgs: directory.orgs.map((org) => ({ ...org, units: org.units.map((unit) => ({ ...unit, purposes: ['criminal-investigation'] })) })),
  }
  const apart = await startIntakeStore({ dropFolder: root, directory: () => other })
  await writeFile(at('waits.edi'), 'x')
  expect(await apart.call(showDropFolderRoute, {})).toMatchObject({
    state: 'other-purpose',
    purpose: 'criminal-investigation',
    waiting: [],
    refused: [],
  })
  await apart.stop()
})
