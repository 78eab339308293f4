/** Every page of every role: accessible, quiet, of one origin, in light and dark, at desk and phone width. */
import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listAlerts, listDocuments, listPortActions, requestPortAction } from '#modules/cargo/contract'
import { createItem, listItems, listMessages } from '#modules/exchange/contract'
import { buildWeb } from '../../src/app/demo/build-web.ts'
import { seedDemonstration } from '../../src/app/demo/seed.ts'
import { openBrowser } from '../../src/testing/browser.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { atDesk, expectHealthy, unreachable } from './desk.ts'

let coalition: TestCoalition
let browser: Browser
let alert = ''
let container = ''
let action = ''
let items: Record<string, string> = {}
const url = (node: string) => coalition.node(node).url

beforeAll(async () => {
  await buildWeb(() => undefined)
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'es-algeciras', 'be-antwerp'] })
  browser = await openBrowser()
  await seedDemonstration(await coalition.cast(), {
    now: coalition.clock.now(),
    tell: () => undefined,
    spain: await coalition.client('spain-spoc', 'criminal-investigation'),
  })
  const antwerp = await coalition.client('antwerp')
  const [item] = await coalition.eventually(
    async () => (await antwerp.call(listAlerts, {})).items,
    (items) => items.length === 1,
  )
  alert = item?.alert ?? ''
  container = item?.subject?.number ?? ''
  const requested = await antwerp.call(requestPortAction, {
    alert,
    container,
    partner: 'be.terminal.antwerp.operations',
    action: 'hold',
    until: new Date(coalition.clock.now().getTime() + 86_400_000).toISOString(),
    legalBasisText: 'General Customs Act',
    contact: 'Duty desk',
    key: 'pages-hold',
  })
  action = requested.action
  const guayaquil = await coalition.client('guayaquil')
  const { item: waiting } = await guayaquil.call(createItem, {
    key: randomUUID(),
    draft: {
      title: 'Waits for two',
      fields: [
        {
          id: 'what',
          label: 'What',
          value: 'Row 17, second tier',
          handling: { H: ['H2', 'H3'], tlp: 'AMBER', pap: 'AMBER', conditions: ['no-action'] },
        },
      ],
      recipients: ['be.customs.antwerp', 'es.customs.algeciras'],
      evaluation: { source: 'B', info: 2 },
      legalBasis: { act: 'Coalition policy', art: 'information exchange' },
      personalData: { yes: false, categories: [] },
      case: 'GN-2026-1',
    },
  })
  const held = (await antwerp.call(listItems, {})).items[0]?.item ?? ''
  items = { antwerp: held, algeciras: held, guayaquil: held, 'guayaquil-lead': waiting }
  const terminal = await coalition.client('terminal')
  await coalition.eventually(
    async () => (await terminal.call(listPortActions, {})).items,
    (items) => items.length === 1,
  )
})
afterAll(async () => {
  await browser.close()
  await coalition.stop()
})

async function pagesOf(account: string): Promise<string[]> {
  if (account === 'terminal') return ['/', '/port-actions', `/port-actions/${action}`]
  if (account === 'antwerp-dpo') return ['/log', '/log/verification']
  const item = items[account] ?? ''
  if (account === 'guayaquil-lead') return [`/items/${item}`]
  if (account === 'algeciras') return [`/items/${item}`, `/items/new?derived=${item}`, '/matches', '/matches/index']
  const client = await coalition.client(account)
  const document = (await client.call(listDocuments, {})).items[0]?.document ?? ''
  const message = (await client.call(listMessages, {})).items[0]?.id ?? ''
  return [
    '/',
    '/?show=waiting',
    '/?show=done',
    '/alerts',
    `/alerts/${alert}`,
    '/alerts/new',
    `/alerts/new?container=${container}`,
    '/intake',
    `/documents/${document}`,
    '/containers',
    '/containers?flag=signal',
    `/containers/${container}`,
    '/consignments',
    '/port-actions',
    '/statistics',
    '/items',
    '/items/new',
    `/items/${item}`,
    '/permissions',
    '/messages',
    '/messages?direction=out&standing=waiting',
    `/messages/${message}`,
    '/directory',
    '/directory?text=antwerp',
    '/directory/anchors',
    '/no-such-page',
  ]
}

it.each([
  ['guayaquil', 'ec-guayaquil', 1280, false],
  ['antwerp', 'be-antwerp', 1280, true],
  ['guayaquil', 'ec-guayaquil', 360, true],
  ['antwerp', 'be-antwerp', 360, false],
  ['terminal', 'be-antwerp', 1280, false],
  ['antwerp-dpo', 'be-antwerp', 1280, false],
  ['antwerp-dpo', 'be-antwerp', 360, true],
  ['algeciras', 'es-algeciras', 1280, true],
  ['algeciras', 'es-algeciras', 360, false],
  ['guayaquil-lead', 'ec-guayaquil', 360, false],
])(
  '%s at %s, %i wide, dark: %s',
  async (account, node, width, dark) => {
    const desk = await atDesk(browser, { url: url(node), account, width, dark })
    for (const path of await pagesOf(account)) {
      await desk.page.goto(path)
      await desk.page.getByRole('heading', { level: 1 }).waitFor()
      for (const each of await desk.page.locator('details > summary').all()) await each.click()
      await expectHealthy(desk, `${account} ${path}`)
    }
    await desk.context.close()
  },
  600_000,
)

it.each([
  ['algeciras', 'es-algeciras', ['/items', '/items/new', '/permissions', '/messages', '/matches', '/matches/index']],
  ['guayaquil-lead', 'ec-guayaquil', ['/permissions', '/messages?direction=out', '/items']],
  ['antwerp-dpo', 'be-antwerp', ['/log/verification']],
])('%s reaches by keyboard whatever can be used', async (account, node, paths) => {
  const { page, context } = await atDesk(browser, { url: url(node), account })
  for (const path of paths) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    expect(await unreachable(page), path).toEqual([])
  }
  await context.close()
})

it('is accessible before anybody has signed in, and says no more than that the account or the password is wrong', async () => {
  const desk = await atDesk(browser, { url: url('be-antwerp'), account: 'zeebrugge' })
  await desk.page.getByRole('button', { name: 'Sign out' }).click()
  await desk.page.getByLabel('Account').waitFor()
  await expectHealthy(desk, 'sign-in')
  await desk.page.getByLabel('Account').fill('nobody')
  await desk.page.getByLabel('Password').fill('wrong')
  await desk.page.keyboard.press('Enter')
  expect(await desk.page.getByRole('alert').textContent()).toContain('Account or password is wrong')
  await expectHealthy(desk, 'refused sign-in')
  await desk.context.close()
})

it('opens dialogs that hold the focus, close by Escape and give it back', async () => {
  const desk = await atDesk(browser, { url: url('be-antwerp'), account: 'antwerp' })
  const { page } = desk
  await page.goto(`/alerts/${alert}`)
  const opener = page.getByRole('button', { name: 'Ask a port partner' })
  await opener.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await expectHealthy(desk, 'port request dialog')
  for (let press = 0; press < 12; press++) {
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => Reflect.get(globalThis, 'document').activeElement?.closest('[role=dialog]') !== null)).toBe(true)
  }
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(async () => await opener.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true)
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
  await expectHealthy(desk, 'keyboard help')
  await desk.context.close()
})
