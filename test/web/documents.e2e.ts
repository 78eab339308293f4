/** Documents and links of a case in a real browser: files, follow-ups and manifests by keyboard, and a certificate on paper that holds what is for its role alone. */
import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCase, showCase, takeStep } from '#modules/procedures/contract'
import { buildWeb } from '../../src/app/demo/build-web.ts'
import { AUTHORITIES } from '../../src/testing/authorities.ts'
import { openBrowser } from '../../src/testing/browser.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { atDesk, expectHealthy, press as pressControl, unreachable } from './desk.ts'

const PATIENT = { timeout: 60_000 }
const POLICE = 'be.federal.antwerp'
let coalition: TestCoalition
let browser: Browser
let id = ''

beforeAll(async () => {
  await buildWeb(() => undefined)
  coalition = await startCoalition({ nodes: ['es-algeciras', 'be-antwerp'], also: AUTHORITIES })
  browser = await openBrowser()
  const client = await coalition.client(POLICE, 'criminal-investigation')
  const key = () => randomUUID()
  id = (await client.call(openCase, { procedure: 'PR-26', parties: { recipient: ['es.police.spoc'] }, values: {}, key: key() })).case
  const step = async (transition: string, fields: Record<string, unknown>): Promise<void> => {
    const { version } = await client.call(showCase, { case: id })
    await client.call(takeStep, { case: id, transition, fields, version, key: key() })
  }
  await step('assess', { substance: 'nitazene in tablets', risk: 'adulterant', foundOn: '2026-11-20', caseReference: 'OUR-SECRET-CASE' })
  await step('relay', {})
})
afterAll(async () => {
  await browser.close()
  await coalition.stop()
})

const atCase = async (path = '') => {
  const desk = await atDesk(browser, { url: coalition.node('be-antwerp').url, account: POLICE })
  await desk.page.goto(`/cases/${id}${path}`)
  return desk
}
const press = async (page: Page, name: string): Promise<void> => {
  await pressControl(page.getByRole('button', { name, exact: true }).last())
}

it('adds a file for a role, opens a follow-up and closes it, and records a transmission, all by keyboard', async () => {
  const desk = await atCase()
  const { page } = desk
  await page.getByRole('heading', { name: 'Documents', level: 2 }).waitFor(PATIENT)
  await page.getByRole('heading', { name: 'Held already', level: 2 }).waitFor(PATIENT)
  await page.getByText('No files yet.').waitFor(PATIENT)
  await expectHealthy(desk, 'a case with its documents')
  expect(await unreachable(page)).toEqual([])

  await press(page, 'Add a file')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('It holds personal data').click()
  await dialog.getByText('Desk at risk').click()
  await expectHealthy(desk, 'adding a file')
  await dialog.locator('input[type=file]').setInputFiles({ name: 'tablets.txt', mimeType: 'text/plain', buffer: Buffer.from('tablets') })
  await page.getByRole('row', { name: /tablets\.txt.*here/ }).waitFor(PATIENT)
  await dialog.waitFor({ state: 'hidden', ...PATIENT })

  await press(page, 'Open a follow-up')
  await page.getByLabel('What has to be done').fill('Ask for the outcome')
  await expectHealthy(desk, 'opening a follow-up')
  await press(page, 'Open a follow-up')
  await page.getByText('Ask for the outcome').waitFor(PATIENT)
  await dialog.waitFor({ state: 'hidden', ...PATIENT })
  await press(page, 'Close the follow-up')
  await page.getByLabel('What came of it').fill('Two arrests')
  await press(page, 'Close the follow-up')
  await page.getByText(/closed by .*: Two arrests/).waitFor(PATIENT)
  await dialog.waitFor({ state: 'hidden', ...PATIENT })

  await press(page, 'Record a transmission')
  await page.getByLabel('Record of it').fill('https://files.example/17')
  await page.getByLabel('Accessible for calendar days').fill('9')
  await dialog.getByText('tablets.txt').click()
  await press(page, 'Record a transmission')
  await dialog
    .getByText(/no less than 10 calendar days/)
    .first()
    .waitFor(PATIENT)
  // The browser notes every refused call; this one was meant.
  expect(desk.complaints.splice(0)).toEqual([expect.stringContaining('422')])
  await expectHealthy(desk, 'a manifest that is refused')
  await page.getByLabel('Accessible for calendar days').fill('10')
  await press(page, 'Record a transmission')
  await page.getByRole('link', { name: 'Save the manifest' }).waitFor(PATIENT)
  await dialog.waitFor({ state: 'hidden', ...PATIENT })
  await expectHealthy(desk, 'a case with everything')
  expect(await unreachable(page)).toEqual([])
  await page.close()
})

it('prints the case for the recipient without a byte of what stays here, and without the application around it', async () => {
  const desk = await atCase('/certificate?role=recipient')
  const { page } = desk
  const paper = page.getByRole('article')
  await paper.getByText('Dangerous adulterant').waitFor(PATIENT)
  await expectHealthy(desk, 'a certificate')
  expect(await page.content()).not.toContain('OUR-SECRET-CASE')
  expect(await paper.innerText()).not.toContain('Case behind the finding')
  // Chosen for the own role it is all there: the test is not blind.
  await page.getByLabel('For', { exact: true }).selectOption('reporter')
  await paper.getByText('OUR-SECRET-CASE').waitFor(PATIENT)
  await page.getByLabel('Form', { exact: true }).selectOption('assess')
  await expect.poll(() => page.url(), PATIENT).toContain('form=assess')
  await paper.getByText('Assess', { exact: true }).waitFor(PATIENT)
  await paper.getByText('OUR-SECRET-CASE').waitFor(PATIENT)

  await page.emulateMedia({ media: 'print' })
  expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false)
  expect(await page.getByRole('banner').isVisible()).toBe(false)
  expect(await page.getByRole('link', { name: 'Export for signing (JSON)' }).isVisible()).toBe(false)
  expect(await paper.isVisible()).toBe(true)
  await page.close()
})

it('fits a phone', async () => {
  const desk = await atDesk(browser, { url: coalition.node('be-antwerp').url, account: POLICE, width: 380 })
  for (const path of ['', '/certificate?role=recipient']) {
    await desk.page.goto(`/cases/${id}${path}`)
    await desk.page.getByText('nitazene in tablets').first().waitFor(PATIENT)
    await expectHealthy(desk, `a phone at ${path}`)
  }
  await desk.page.close()
})
