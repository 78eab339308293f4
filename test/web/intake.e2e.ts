/** The pages of intake in a real browser: why a file was refused and what to send its sender, columns of a table, machines, the drop folder. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listDocuments, uploadDocument } from '#modules/cargo/contract'
import { buildWeb } from '../../src/app/demo/build-web.ts'
import { openBrowser } from '../../src/testing/browser.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { atDesk, expectHealthy, unreachable } from './desk.ts'

const DESK = 'be.customs.antwerp'
const BODY = "BGM+98+R77+9'TDT+20+1'NAD+CA+L'EQD+CN+CSQU3054383'"
const message = (reference: string, body: string, directory = 'D:95B') =>
  `UNB+UNOC:3+LINE+CUSTOMS+260901:0600+${reference}'UNH+1+COARRI:${directory}:UN'${BODY}${body}UNT+7+1'UNZ+1+${reference}'`
const TABLE = 'Our number;Box;From whom;To whom;Kilos\n26EC1;CSQU3054383;Frutas SA;Fruit BV;20000\n26EC2;MSCU6639870;Frutas SA;Fruit BV;x\n'
const FILES = {
  'faulty.edi': message('I1', "CNT+16:x'"),
  'odd.edi': message('I2', "CNT+16:x'", 'D:89Z'),
  'good.edi': message('I3', "CNT+16:1'"),
  'noise.bin': 'noise',
  'list.csv': TABLE,
}

let coalition: TestCoalition
let browser: Browser
let root = ''
const documents: Record<string, string> = {}
const url = () => coalition.node('be-antwerp').url

beforeAll(async () => {
  await buildWeb(() => undefined)
  root = await mkdtemp(path.join(tmpdir(), 'intake-'))
  await mkdir(path.join(root, DESK))
  coalition = await startCoalition({ nodes: ['be-antwerp'] })
  Object.assign(coalition.node('be-antwerp').services, { dropFolder: root })
  browser = await openBrowser()
  const antwerp = await coalition.client('antwerp')
  for (const [name, text] of Object.entries(FILES)) await antwerp.upload(uploadDocument, { name }, Buffer.from(text))
  const { items } = await coalition.eventually(
    async () => await antwerp.call(listDocuments, {}),
    (seen) => seen.items.length === Object.keys(FILES).length && seen.items.every(({ state }) => state === 'read' || state === 'refused'),
  )
  for (const { name, document } of items) documents[name] = document
})
afterAll(async () => {
  await browser.close()
  await coalition.stop()
  await rm(root, { recursive: true })
})

const heading = async (page: Page, name: string | RegExp) => await page.getByRole('heading', { level: 1, name }).waitFor()

it('says in two clicks why a file was refused and what to send the line', async () => {
  const { page, context } = await atDesk(browser, { url: url(), account: 'antwerp' })
  await page.goto('/intake')
  await page.getByRole('link', { name: 'faulty.edi' }).click()
  await page.getByRole('link', { name: 'CONTRL I1' }).click()
  await heading(page, 'CONTRL to LINE')
  const told = page.getByRole('row').filter({ hasText: 'CNT, element 1, component 2 is not a number.' })
  expect(await told.textContent()).toContain('message 1, position 6, element 1, component 2')
  await told.getByRole('button', { name: /^Source/ }).click()
  await page.getByRole('dialog').getByText('CNT', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download the file' }).click()])
  expect(file.suggestedFilename()).toMatch(/^CONTRL-[0-9a-f]{12}-1\.edi$/)
  await page.getByRole('button', { name: 'Note that it was sent' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Note that it was sent' }).click()
  await page.getByText(/^Noted as sent by /).waitFor()
  await page.goto('/intake/answers')
  await page.getByText('Nothing waits').waitFor()
  await page.getByLabel('Sent').selectOption('any')
  await page.getByRole('link', { name: 'faulty.edi' }).waitFor()
  expect(new URL(page.url()).search).toContain('state=any')
  await context.close()
})

it('says what was found and not held against a sender whose directory is not known, and has words where there is nobody to answer', async () => {
  const { page, context } = await atDesk(browser, { url: url(), account: 'antwerp' })
  await page.goto(`/documents/${documents['odd.edi']}/answers/1`)
  await page.getByText('Nothing is wrong: it says that the interchange was taken.').waitFor()
  await page.getByText(/The structure of COARRI in D89Z is not known; it is read by that of D/).waitFor()
  await page.getByRole('row').filter({ hasText: 'is not a number' }).waitFor()
  await page.goto('/intake?state=refused')
  await page.getByRole('link', { name: 'noise.bin' }).click()
  await page.getByText(/Your file “noise.bin” of .* was not taken/).waitFor()
  await page.goto(`/documents/${documents['noise.bin']}/mapping`)
  await page.getByText('This document is no table').waitFor()
  await page.goto(`/documents/${documents['noise.bin']}/answers/7`)
  await heading(page, 'Answers to senders')
  await context.close()
})

it('asks what the columns of a table are, tries them, reads the table and keeps them for the next one, by keyboard', async () => {
  const { page, context } = await atDesk(browser, { url: url(), account: 'antwerp' })
  await page.goto(`/documents/${documents['list.csv']}`)
  await page.getByRole('link', { name: 'Say which columns these are' }).press('Enter')
  await heading(page, 'Columns of list.csv')
  for (const [ours, theirs] of [
    ['Number of the declaration', 'Our number'],
    ['Container', 'Box'],
    ['Consignor', 'From whom'],
    ['Consignee', 'To whom'],
  ])
    await page.getByLabel(ours ?? '', { exact: true }).selectOption(theirs ?? '')
  await page.getByText('Not read: Kilos.').waitFor()
  await page.getByRole('button', { name: 'Try it' }).press('Enter')
  await page.getByText('2 rows: 2 consignments, 2 containers').waitFor()
  await page.getByRole('row').filter({ hasText: '26EC1' }).getByText('Frutas SA').waitFor()
  await page.getByLabel('Gross weight').selectOption('Kilos')
  await page.getByText('The columns were changed since it was tried.').waitFor()
  await page.getByRole('button', { name: 'Try it' }).press('Enter')
  await page.getByRole('table', { name: 'First problems' }).waitFor()
  await page.getByLabel('Keep under the name').fill('Export list')
  await page.getByRole('button', { name: 'Read the table by it' }).press('Enter')
  await heading(page, 'Document list.csv')
  await page.goto('/intake/mappings')
  const row = page.getByRole('row').filter({ hasText: 'Export list' })
  await row.getByText('in use').waitFor()
  await row.getByText('5 columns are read').click()
  await row.getByText('From whom').waitFor()
  await context.close()
})

it('opens a channel, shows its token once, gives it another and closes it', async () => {
  const { page, context } = await atDesk(browser, { url: url(), account: 'antwerp-lead' })
  await page.goto('/intake/channels')
  await page.getByText('No channel.').waitFor()
  const tokenOf = async (): Promise<string> => {
    const token = await page.getByRole('dialog').getByLabel('Token').inputValue()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    return token
  }
  const deliver = async (token: string): Promise<number> => {
    const { status } = await fetch(`${url()}/api/cargo/deliveries?name=gate.edi`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'x-breakwater': '1', 'content-type': 'application/octet-stream' },
      body: message('I9', "CNT+16:1'"),
    })
    return status
  }
  await page.getByRole('button', { name: 'Open a channel' }).click()
  await page.getByLabel('Machine and partner').fill('Terminal 1')
  await page.keyboard.press('Enter')
  await page.getByText('It is shown once').waitFor()
  const first = await tokenOf()
  expect(first).toMatch(/^bwc_/)
  expect(await deliver(first)).toBe(202)
  await page.getByRole('button', { name: 'Another token for Terminal 1' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Another token' }).click()
  await page.getByText('It is shown once').waitFor()
  const second = await tokenOf()
  expect(await deliver(first)).toBe(401)
  expect(await deliver(second)).toBe(202)
  await page.reload()
  const row = page.getByRole('row').filter({ hasText: 'Terminal 1' })
  await row.getByText('came with an old token').waitFor()
  expect(await row.textContent()).toContain('2 of 20,000 files')
  expect(await page.content()).not.toContain(second)
  await row.getByRole('button', { name: 'Close Terminal 1' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click()
  await row.getByText('closed', { exact: true }).waitFor()
  expect(await deliver(second)).toBe(401)
  await context.close()
})

it('shows what lies in the drop folder, and what to say of what was refused', async () => {
  const at = '2026-09-01T08:00:00.000Z'
  await writeFile(path.join(root, DESK, 'waits.edi'), 'UNB')
  // The node may have looked already.
  await mkdir(path.join(root, DESK, 'refused'), { recursive: true })
  const report = {
    file: 'noise.bin',
    state: 'refused',
    at,
    document: documents['noise.bin'],
    refused: { code: 'a.code', text: 'It is noise.' },
  }
  await writeFile(path.join(root, DESK, 'refused', 'x.noise.bin.report.json'), JSON.stringify(report))
  const { page, context } = await atDesk(browser, { url: url(), account: 'antwerp' })
  await page.goto('/intake')
  await page.getByRole('link', { name: 'Drop folder' }).click()
  await page.getByRole('rowheader', { name: 'waits.edi' }).waitFor()
  await page.getByRole('row').filter({ hasText: 'It is noise.' }).getByRole('link', { name: 'What to tell the sender' }).click()
  await heading(page, 'Document noise.bin')
  // Machines are the business of the head of the desk.
  expect(await page.getByRole('link', { name: 'Machines' }).count()).toBe(0)
  await context.close()
})

it('says so where a page cannot be fetched, and fetches the application anew', async () => {
  const { page, context } = await atDesk(browser, { url: url(), account: 'antwerp' })
  await page.goto('/intake')
  await page.getByRole('link', { name: 'faulty.edi' }).waitFor()
  await page.route('**/assets/answers-page-*.js', async (route) => await route.abort())
  await page.getByRole('link', { name: 'Answers', exact: true }).click()
  await heading(page, 'This page could not be fetched')
  await page.unroute('**/assets/answers-page-*.js')
  await page.getByRole('button', { name: 'Load the application anew' }).click()
  await heading(page, 'Answers to senders')
  await context.close()
})

it.each([
  [1280, false],
  [360, true],
])(
  'is accessible on each page, %i wide, dark: %s',
  async (width, dark) => {
    const desk = await atDesk(browser, { url: url(), account: 'antwerp-lead', width, dark })
    for (const where of [
      '/intake',
      '/intake?state=refused',
      '/intake/answers?verdict=any&state=any',
      '/intake/mappings',
      '/intake/channels',
      '/intake/folder',
      `/documents/${documents['faulty.edi']}`,
      `/documents/${documents['faulty.edi']}/answers/1`,
      `/documents/${documents['odd.edi']}/answers/1`,
      `/documents/${documents['list.csv']}/mapping`,
    ]) {
      await desk.page.goto(where)
      await desk.page.getByRole('heading', { level: 1 }).waitFor()
      await expectHealthy(desk, where)
      expect(await unreachable(desk.page), where).toEqual([])
    }
    await desk.context.close()
  },
  600_000,
)
