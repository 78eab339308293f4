/** The exchange in a real browser: two persons release, holders answer a recall, a permission is granted, a blind query hits, the log is verified. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createItem, listItems } from '#modules/exchange/contract'
import { checkProof } from '#platform/audit/entry-proof.ts'
import { buildWeb } from '../../src/app/demo/build-web.ts'
import { openBrowser, type Watched } from '../../src/testing/browser.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { atDesk, expectHealthy, goBy } from './desk.ts'

const NODE: Readonly<Record<string, string>> = {
  guayaquil: 'ec-guayaquil',
  'guayaquil-lead': 'ec-guayaquil',
  antwerp: 'be-antwerp',
  'antwerp-dpo': 'be-antwerp',
  algeciras: 'es-algeciras',
}
/** Three nodes and a browser on a busy machine: nothing here is about speed. */
const BUSY_MS = 600_000
const PATIENT = { timeout: 60_000 }
const TITLE = 'Seal on two boxes'

let coalition: TestCoalition
let browser: Browser
const desks = new Map<string, Promise<Watched>>()

beforeAll(async () => {
  await buildWeb(() => undefined)
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'es-algeciras', 'be-antwerp'] })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await coalition.stop()
})

/** The page of an officer, signed in once for all flows. */
async function of(account: string): Promise<Page> {
  const desk = desks.get(account) ?? atDesk(browser, { url: coalition.node(NODE[account] ?? '').url, account })
  desks.set(account, desk)
  const { page } = await desk
  page.setDefaultTimeout(PATIENT.timeout)
  return page
}

async function healthy(account: string, where: string): Promise<void> {
  await expectHealthy(await (desks.get(account) as Promise<Watched>), where)
}

/** Presses a button by keyboard; what was just read again may be drawn anew, so the focus is put there until it stays. */
async function press(within: Page | Locator, page: Page, name: string | RegExp): Promise<void> {
  const button = within.getByRole('button', { name }).first()
  await expect
    .poll(async () => {
      await button.focus()
      return await button.evaluate((element) => element === element.ownerDocument.activeElement)
    }, PATIENT)
    .toBe(true)
  await page.keyboard.press('Enter')
}

async function openItem(account: string): Promise<Page> {
  const page = await of(account)
  await page.goto('/items')
  await page.getByRole('link', { name: TITLE }).click()
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor()
  return page
}

it(
  'shows exactly who will see what, and lets nobody release alone what needs two persons',
  async () => {
    const page = await of('guayaquil')
    const fresh = page.getByRole('link', { name: 'New information' })
    await goBy(page, 'f', fresh)
    await fresh.click()
    await page.getByLabel(/^Title/).fill(TITLE)
    await page.getByLabel(/^Name of the field/).fill('What')
    await page.getByLabel(/^Text/).fill('The same number on two boxes')
    await page.getByText('Not onward without permission (H2)').click()
    await page.getByText('Not to be acted on (H3)').click()
    await page.getByText('Customs Antwerp (BE)').click()
    await page.getByText('Customs Algeciras (ES)').click()
    await page.getByLabel(/^Legal basis: act/).fill('Coalition policy')
    await page.getByLabel(/^Legal basis: article/).fill('information exchange')
    await page.getByText('These desks and no others: 2.').waitFor()
    const screen = page.getByRole('region', { name: 'Who will see what' })
    expect(await screen.getByRole('rowheader').allInnerTexts()).toEqual([
      'Customs Antwerp\nbe.customs, BE',
      'Customs Algeciras\nes.customs, ES',
    ])
    await page.getByText('it carries conditions (H3').waitFor()
    await healthy('guayaquil', 'release screen')
    await press(page, page, 'Lay before a second person')
    await page.getByText('Waits for a second person').waitFor()
    await press(page, page, 'Release')
    await page.getByText('Whoever wrote it cannot be the second person.').waitFor()

    const second = await openItem('guayaquil-lead')
    await second.getByRole('heading', { name: 'A second person decides' }).waitFor()
    await healthy('guayaquil-lead', 'second person')
    await press(second, second, 'Release')
    await second.getByText('Released', { exact: true }).waitFor()
    await second.getByRole('heading', { name: 'Who holds it' }).waitFor()
  },
  BUSY_MS,
)

it(
  'tells in the outbox what is evidenced, desk by desk',
  async () => {
    await openItem('antwerp')
    const page = await of('guayaquil')
    await page.goto('/messages?direction=out')
    await page.getByRole('row').filter({ hasText: 'Customs Antwerp' }).filter({ hasText: 'opened by 1 of 1' }).getByRole('link').click()
    const steps = page.getByRole('listitem').filter({ hasText: 'stated by' })
    await expect
      .poll(async () => await steps.locator('strong').allInnerTexts(), PATIENT)
      .toEqual(['Submitted', 'Relayed', 'Handling accepted', 'Delivered', 'Opened'])
    await page
      .getByText(/stated by be-antwerp/)
      .first()
      .waitFor()
    await healthy('guayaquil', 'message page')
    await page.goto('/messages?direction=out&standing=failed')
    await page.getByText('Nothing to show.').waitFor()
  },
  BUSY_MS,
)

it(
  'carries a question for permission to the originator and its grant back',
  async () => {
    const page = await openItem('antwerp')
    expect(await page.getByText(/^This desk may:/).innerText()).not.toContain('act on it')
    await press(page, page, 'Ask for permission')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('For').selectOption('act-on')
    await dialog.getByLabel(/^Reason/).fill('The box leaves the terminal tonight')
    await healthy('antwerp', 'asking for permission')
    await press(dialog, page, 'Ask for permission')
    await dialog.waitFor({ state: 'detached' })

    const owner = await of('guayaquil')
    await owner.goto('/permissions')
    await press(owner, owner, 'Decide on the request of Customs Antwerp')
    await owner.getByRole('dialog').getByText('The box leaves the terminal tonight').waitFor()
    await healthy('guayaquil', 'answering a permission')
    await press(owner.getByRole('dialog'), owner, 'Grant')
    await owner.getByRole('dialog').waitFor({ state: 'detached' })
    await owner.getByText('Granted').waitFor()
    await page.getByText(/^This desk may:.*act on it/).waitFor()
  },
  BUSY_MS,
)

it(
  'says before a recall what it binds to, and after it what each holder answered',
  async () => {
    const antwerp = await coalition.client('antwerp')
    const [held] = (await antwerp.call(listItems, {})).items
    // Something was made from it in Antwerp: there a person has to look; Algeciras answers by itself.
    await antwerp.call(createItem, {
      key: randomUUID(),
      draft: {
        title: 'Made from it',
        fields: [
          {
            id: 'what',
            label: 'What',
            value: 'Row 17',
            handling: { H: ['H3'], tlp: 'AMBER', pap: 'AMBER', conditions: ['no-action'] },
          },
        ],
        recipients: ['be.customs.national'],
        evaluation: { source: 'B', info: 2 },
        legalBasis: { act: 'Coalition policy', art: 'information exchange' },
        personalData: { yes: false, categories: [] },
        derivedFrom: [held?.item ?? ''],
      },
    })
    const page = await openItem('guayaquil')
    await press(page, page, 'Recall')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('not a technical guarantee').waitFor()
    for (const desk of ['Customs Antwerp', 'Customs Algeciras']) expect(await dialog.getByText(desk).count()).toBe(1)
    await healthy('guayaquil', 'recall dialog')
    await press(dialog, page, 'Recall')
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('1 of 2 have answered.').waitFor()

    const holder = await of('antwerp')
    await holder.getByText('The originator took it back.').waitFor()
    await press(holder, holder, 'Answer the recall')
    await press(holder.getByRole('dialog'), holder, 'Answer the recall')
    await holder.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByText('2 of 2 have answered.').waitFor()
    await healthy('guayaquil', 'answers to a recall')
  },
  BUSY_MS,
)

it(
  'makes a record findable, lets a desk ask, and confirms the hit of its blind query',
  async () => {
    const owner = await of('algeciras')
    await goBy(owner, 'r', owner.getByRole('heading', { name: 'Findable records' }))
    await owner.getByLabel(/^Record/).fill('R-17')
    await owner.getByLabel('Type').selectOption('container')
    await owner.getByLabel(/^Value/).fill('CSQU3054383')
    await owner.getByText('the asking desk gets a handle, you get a notice').waitFor()
    await press(owner, owner, 'Make it findable')
    await owner.getByText('not yet: next epoch').waitFor()
    await owner.getByLabel(/^Desk/).selectOption('be.customs.antwerp')
    await press(owner, owner, 'Let it ask')
    await owner.getByText('100 a day').waitFor()
    await press(owner, owner, 'Begin a new epoch')

    const page = await of('antwerp')
    await page.goto('/matches')
    await page.getByRole('row').filter({ hasText: 'Ships and containers' }).getByText('100 of 100').waitFor()
    await page.getByLabel('Type').selectOption('container')
    await page.getByLabel(/^Value/).fill('csqu 305438-3')
    await page.getByLabel(/^Case/).fill('C-17')
    await page.keyboard.press('Enter')
    await page.getByText('to be confirmed by the owner').waitFor()
    await healthy('antwerp', 'a hit')
    expect(await page.locator('main').innerText()).not.toContain('R-17')

    await owner.getByRole('row').filter({ hasText: 'R-17' }).filter({ hasText: 'C-17' }).waitFor()
    await healthy('algeciras', 'index with a hit')
    await press(owner, owner, 'Same: R-17')
    await page.getByText('confirmed', { exact: true }).waitFor()

    await press(owner, owner, 'End it: Customs Antwerp')
    await owner.getByText('ended', { exact: true }).waitFor()
    await press(owner, owner, 'Take out R-17, Container number')
    await expect.poll(async () => await owner.getByRole('gridcell', { name: 'R-17' }).count(), PATIENT).toBe(0)
  },
  BUSY_MS,
)

it(
  'verifies the log, shows who countersigned it, and gives a proof that holds without the node',
  async () => {
    const page = await of('antwerp-dpo')
    await page.goto('/log/verification')
    await press(page, page, 'Verify the log')
    await page.getByText(/\d+ entries under \d+ signed checkpoints/).waitFor()
    await page.getByText('No fork').waitFor()
    await expect
      .poll(async () => {
        await page.reload()
        await page.getByRole('heading', { name: 'Checkpoints' }).waitFor()
        return await page.getByText(/^peers: \d/).count()
      }, PATIENT)
      .toBeGreaterThan(0)
    await healthy('antwerp-dpo', 'log verification')
    const [origin, publicKey] = await page.locator('dl.facts code').allInnerTexts()
    await page.getByLabel('Number of the entry').fill('3')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the proof' }).press('Enter'),
    ])
    const proof = readFileSync(await download.path(), 'utf8')
    const checked = checkProof(proof, { name: origin ?? '', publicKey: Buffer.from(publicKey ?? '', 'base64') }, [])
    expect(checked).toMatchObject({ origin, index: 2 })
    expect(() =>
      checkProof(proof.replace(/^index \d+/m, 'index 1'), { name: origin ?? '', publicKey: Buffer.from(publicKey ?? '', 'base64') }, []),
    ).toThrow()
  },
  BUSY_MS,
)
