/** The flows of the first story in a real browser, by keyboard alone where the test says so. */
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listAlerts, showAlert } from '#modules/cargo/contract'
import { buildWeb } from '../../src/app/demo/build-web.ts'
import { chooseBox, storyDocuments } from '../../src/app/demo/story-documents.ts'
import { voyageTimes } from '../../src/modules/cargo/generator/demonstration.ts'
import { planStream } from '../../src/modules/cargo/generator/plan-stream.ts'
import { openBrowser } from '../../src/testing/browser.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { atDesk, goBy } from './desk.ts'

/** A busy machine reads, draws and answers late; nothing here is about speed. */
const PATIENT = { timeout: 60_000 }
let coalition: TestCoalition
let browser: Browser
const url = (node: string) => coalition.node(node).url

beforeAll(async () => {
  await buildWeb(() => undefined)
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'es-algeciras', 'be-antwerp'] })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await coalition.stop()
})

async function dropFiles(page: Page, files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Promise<void> {
  const data = await page.evaluateHandle(
    (given) => {
      const transfer = new DataTransfer()
      for (const { name, base64 } of given)
        transfer.items.add(new File([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], name))
      return transfer
    },
    files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') })),
  )
  await page.locator('.drop').dispatchEvent('drop', { dataTransfer: data })
}

it('takes files in by drag and drop and leads from a warning to its bytes', async () => {
  const { page, context } = await atDesk(browser, { url: url('ec-guayaquil'), account: 'guayaquil' })
  const documents = storyDocuments(coalition.clock.now()).files.filter(({ holder }) => holder === 'guayaquil')
  await page.goto('/intake')
  await dropFiles(page, [
    ...documents,
    { name: 'truncated.edi', bytes: Buffer.from("UNB+UNOA:2+A+B+261124:1200+1'UNH+1+BAPLIE:D:95B:UN:SMDG20'BGM++1+9'") },
  ])
  for (const { name } of documents) await page.getByRole('link', { name }).waitFor()
  const row = page.getByRole('row').filter({ hasText: 'truncated.edi' })
  await expect.poll(async () => await row.textContent(), PATIENT).toMatch(/refused|read/)
  await row.getByRole('link', { name: 'truncated.edi' }).click()
  await page.getByRole('heading', { name: 'Document truncated.edi' }).waitFor()
  const faulty = documents.find(({ name }) => name.includes('stowage')) ?? documents[0]
  await page.goto('/containers?flag=bad-check-digit')
  await page.locator('[role=gridcell] a').first().click()
  await page.getByRole('heading', { name: /^Container/ }).waitFor()
  await page.getByText('The check digit does not fit.').waitFor()
  await page.locator('summary').first().click()
  await page
    .getByRole('button', { name: /^Source: container/ })
    .first()
    .click()
  const marked = await page.locator('mark').textContent()
  expect(marked).toMatch(/^[A-Z]{4}\d{7}$/)
  expect(Buffer.concat(documents.map(({ bytes }) => bytes)).toString('latin1')).toContain(marked)
  expect(faulty).toBeDefined()
  await context.close()
})

it('issues an alert by keyboard alone, offering the right digit', async () => {
  const { page, context } = await atDesk(browser, { url: url('ec-guayaquil'), account: 'guayaquil' })
  const box = chooseBox(storyDocuments(coalition.clock.now()))
  const wrong = box.container.slice(0, 10) + ((Number(box.container[10]) + 1) % 10)
  await goBy(page, 'n', page.getByRole('heading', { name: 'New alert' }))
  const field = async (label: string, nth = 0): Promise<void> => {
    // Tab until the wanted control has the focus: what cannot be reached so fails here.
    const wanted =
      label === 'Port' ? page.getByRole('combobox', { name: label }).nth(nth) : page.getByLabel(label, { exact: true }).nth(nth)
    for (let press = 0; press < 60; press++) {
      if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`${label} cannot be reached by keyboard.`)
  }
  await field('Container number *')
  await page.keyboard.type(wrong)
  const eta = (days: number) => new Date(coalition.clock.now().getTime() + days * 86_400_000)
  const port = async (nth: number, code: string, days?: number): Promise<void> => {
    await field('Port', nth)
    await page.keyboard.type(code)
    await page.keyboard.press('Escape')
    if (days === undefined) return
    await field('Expected arrival', nth)
    const at = eta(days)
    const two = (n: number) => String(n).padStart(2, '0')
    await page.keyboard.type(`${two(at.getUTCMonth() + 1)}${two(at.getUTCDate())}${at.getUTCFullYear()}`)
    await page.keyboard.press('Tab')
    await page.keyboard.type('1200PM')
  }
  await port(0, 'ECGYE')
  await port(1, 'BEANR', 12)
  await field('Seal differs, is missing, or looks tampered with')
  await page.keyboard.press('Space')
  const offer = page.getByRole('button', { name: `Use ${box.container}` })
  await offer.waitFor()
  await offer.focus()
  await page.keyboard.press('Enter')
  await page.getByText('Ready to issue').waitFor()
  expect(await page.getByRole('region', { name: 'Who will receive it' }).textContent()).toContain('Customs Antwerp')
  await page.getByLabel('What was seen').focus()
  await page.keyboard.type('Seal looks glued.')
  await page.getByText('Ready to issue').waitFor()
  const issue = page.getByRole('button', { name: 'Issue the alert' })
  for (let press = 0; press < 40 && !(await issue.evaluate((element) => element === element.ownerDocument.activeElement)); press++)
    await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: `Alert ${box.container}` }).waitFor()
  await page.getByRole('img', { name: 'Map of the itinerary' }).waitFor()
  await context.close()
})

it('brings an alert from the queue to its outcome by keyboard, with the terminal in between', async () => {
  const { page, context } = await atDesk(browser, { url: url('be-antwerp'), account: 'antwerp' })
  const item = page.locator('.queue a').first()
  await item.waitFor()
  await item.focus()
  await page.keyboard.press('Enter')
  const press = async (name: string): Promise<void> => {
    const button = page.getByRole('button', { name, exact: true }).first()
    await button.waitFor()
    // A dialog that just closed gives the focus back a frame later: only then is it ours to move.
    await expect
      .poll(async () => {
        await button.focus()
        await page.waitForTimeout(60)
        return await button.evaluate((element) => element === element.ownerDocument.activeElement)
      }, PATIENT)
      .toBe(true)
    await page.keyboard.press('Enter')
  }
  await press('Acknowledge')
  await press('Decide on a control')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Decide on a control' }).focus()
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await press('Ask a port partner')
  await dialog.getByLabel(/^Legal basis/).fill('General Customs Act')
  await dialog.getByLabel(/^Contact/).fill('Duty desk')
  await dialog.getByRole('button', { name: 'Send the request' }).focus()
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })

  const terminal = await atDesk(browser, { url: url('be-antwerp'), account: 'terminal' })
  await terminal.page.goto('/port-actions')
  const confirm = terminal.page.getByRole('button', { name: 'Confirm' })
  await confirm.waitFor()
  const seen = (await terminal.page.locator('body').textContent()) ?? ''
  for (const secret of ['glued', 'seal', 'Guayaquil', 'Alert behind it']) expect(seen).not.toContain(secret)
  await confirm.focus()
  await terminal.page.keyboard.press('Enter')
  await terminal.page.getByText('Confirmed').waitFor()
  await terminal.context.close()

  await press('Record the control')
  await dialog.getByLabel('Kind of control').selectOption('physical-control')
  await dialog.getByLabel('Place of the control').fill('Shed 4')
  await dialog.getByRole('button', { name: 'Record the control' }).focus()
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await press('Record the outcome')
  await dialog.getByLabel(/^Outcome/).selectOption('positive')
  await dialog.getByLabel('What was found').selectOption('cocaine')
  await dialog.getByLabel('Where in the container').selectOption('near-doors')
  await dialog.getByLabel('Kilograms').fill('412')
  await dialog.getByRole('button', { name: 'Record the outcome' }).focus()
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'Outcomes' }).waitFor()
  const guayaquil = await coalition.client('guayaquil')
  const [alert] = (await guayaquil.call(listAlerts, {})).items
  const view = await coalition.eventually(
    async () => await guayaquil.call(showAlert, { alert: alert?.alert ?? '' }),
    (each) => each.outcomes.length === 1,
  )
  expect(view.outcomes[0]).toMatchObject({ kind: 'positive', fields: { foundKilograms: 412 } })
  await context.close()
})

it('shows the data-protection officer who read and did what, and verifies the chain', async () => {
  const { page, context } = await atDesk(browser, { url: url('be-antwerp'), account: 'antwerp-dpo' })
  await page.getByRole('heading', { name: 'Log replay' }).waitFor()
  await page.getByText('One alert was read').first().waitFor()
  await page.getByRole('link', { name: 'Log verification' }).last().click()
  await page.getByRole('button', { name: 'Verify the log' }).click()
  await page.getByText(/\d+ entries under \d+ signed checkpoints/).waitFor()
  // Who has no work queue is led away before it is asked for: a refusal in the log is a refusal, not noise.
  await page.goto('/log?outcome=refused&officer=be-antwerp.antwerp-dpo')
  await page.getByText('Nothing to show.').waitFor()
  await context.close()
})

it('scrolls through a long table with few rows in the page at any time', async () => {
  const { page, context } = await atDesk(browser, { url: url('es-algeciras'), account: 'algeciras' })
  const rows = 3000
  await page.goto('/intake')
  await dropFiles(page, [
    {
      name: 'long.edi',
      bytes: Buffer.concat(
        [...planStream({ seed: 3, containers: rows, directory: 'D95B', times: voyageTimes(coalition.clock.now()) })].map((part) =>
          Buffer.from(part),
        ),
      ),
    },
  ])
  await page.getByRole('row').filter({ hasText: 'long.edi' }).getByText('read', { exact: true }).waitFor()
  await page.goto('/containers?sort=stowage')
  const grid = page.getByRole('grid')
  await grid.getByRole('row').nth(1).focus()
  const inPage = async (): Promise<number> => await grid.getByRole('row').count()
  // Each jump brings the next rows, however long the node takes for them.
  let most = 0
  await expect
    .poll(
      async () => {
        await page.keyboard.press('End')
        most = Math.max(most, await inPage())
        return await page.locator('.grid-foot').textContent()
      },
      { timeout: 120_000, interval: 100 },
    )
    .toContain(`All ${rows}`)
  expect(most).toBeLessThan(80)
  const screenshots = process.env['SCREENSHOTS']
  if (screenshots !== undefined) await page.screenshot({ path: path.join(screenshots, 'long-table.png') })
  await context.close()
})
