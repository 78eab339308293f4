/** The work queue and what stands around it in a browser: narrowed, acknowledged in one go, read, handed over, put into a calendar. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listWork } from '#modules/procedures/contract'
import { buildWeb } from '../../src/app/demo/build-web.ts'
import { openBrowser } from '../../src/testing/browser.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { box, draftOf, issueAndWait } from '../stories/draft.ts'
import { atDesk, expectHealthy, unreachable } from './desk.ts'

const CONTAINERS = ['CSQU3054383', 'MSCU6639870']
const SHOTS = path.join(tmpdir(), 'breakwater-shots')
let coalition: TestCoalition
let browser: Browser
let url = ''

beforeAll(async () => {
  await buildWeb(() => undefined)
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'be-antwerp'] })
  url = coalition.node('be-antwerp').url
  browser = await openBrowser()
  mkdirSync(SHOTS, { recursive: true })
  const [guayaquil, antwerp] = [await coalition.client('guayaquil'), await coalition.client('antwerp')]
  for (const container of CONTAINERS)
    await issueAndWait(coalition, draftOf(coalition, { subject: box(container) }), { from: guayaquil, seenBy: [antwerp] })
})
afterAll(async () => {
  await browser.close()
  await coalition.stop()
})

const shot = (name: string) => ({ path: path.join(SHOTS, `${name}.png`), fullPage: true })

describe('the desk', () => {
  it.each([
    [1280, false],
    [360, true],
  ])(
    'finds every page healthy, and all of it by keyboard, %i wide, dark: %s',
    async (width, dark) => {
      const desk = await atDesk(browser, { url, account: 'antwerp', width, dark })
      const period = `${new Date().getUTCFullYear() - 1}-Q4`
      for (const where of [
        '/',
        '/?show=suspended',
        '/?procedure=PR-01&clockKind=policy',
        '/notices',
        '/notices?show=all',
        '/hand-over',
        '/procedure-statistics',
        `/procedure-statistics?procedure=PR-26&period=${period}`,
        `/procedure-statistics?procedure=PR-02&period=${period.slice(0, 4)}`,
      ]) {
        await desk.page.goto(where)
        await desk.page.getByRole('heading', { level: 1 }).waitFor()
        await expectHealthy(desk, where)
        expect(await unreachable(desk.page), where).toEqual([])
        await desk.page.screenshot(shot(`${where.replace(/\W+/g, '-')}-${width}`))
      }
      await desk.context.close()
    },
    600_000,
  )

  it('reads what it was told and sees the number go', async () => {
    const desk = await atDesk(browser, { url, account: 'antwerp' })
    const { page } = desk
    await page.getByRole('link', { name: /not read/ }).click()
    await page.getByRole('heading', { name: 'Notices', level: 1 }).waitFor()
    await page.getByRole('button', { name: /Mark these 2 as read/ }).click()
    await page.getByText('Nothing to read.').waitFor()
    await page.getByRole('link', { name: /not read/ }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'All', exact: true }).click()
    await page
      .getByText(/read by Targeting officer Antwerp/)
      .first()
      .waitFor()
    await desk.context.close()
  })

  it('narrows the queue by the address, selects by keyboard, acknowledges in one go and is told of each', async () => {
    const desk = await atDesk(browser, { url, account: 'antwerp' })
    const { page } = desk
    await page.getByLabel('Label begins with').fill('csqu')
    await page.waitForURL(/text=csqu/)
    await page.getByRole('link', { name: 'MSCU6639870' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.getByRole('link', { name: 'MSCU6639870' }).waitFor()
    expect(await page.getByLabel('Label begins with').inputValue()).toBe('')
    await page.getByRole('checkbox', { name: 'Select CSQU3054383 to acknowledge it' }).focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Acknowledge 1' }).waitFor()
    await page.getByRole('button', { name: /Select all/ }).press('Enter')
    await page.getByRole('button', { name: 'Acknowledge 2' }).press('Enter')
    const said = page.getByRole('status')
    for (const container of CONTAINERS) await said.getByText(`${container}: acknowledged`).waitFor()
    await expectHealthy(desk, 'after acknowledging')
    const { items } = await (await coalition.client('antwerp')).call(listWork, {})
    expect(items.map(({ acknowledge }) => acknowledge)).toEqual([undefined, undefined])
    await page.screenshot(shot('acknowledged'))
    await desk.context.close()
  })

  it('hands the shift over, and the colleague who comes receives it', async () => {
    const desk = await atDesk(browser, { url, account: 'antwerp' })
    await desk.page.goto('/hand-over')
    await desk.page.getByLabel('Notes for the next shift').fill('The scanner at quay 9 is down.')
    await desk.page.getByRole('button', { name: 'Hand over' }).click()
    await desk.page.getByText('not received yet').waitFor()
    expect(await desk.page.getByRole('button', { name: 'Receive' }).count()).toBe(0)
    await desk.page.emulateMedia({ media: 'print' })
    expect(await desk.page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false)
    await desk.page.screenshot(shot('hand-over-print'))
    await desk.context.close()
    const lead = await atDesk(browser, { url, account: 'antwerp-lead' })
    await lead.page.goto('/hand-over')
    await lead.page.getByText('The scanner at quay 9 is down.').waitFor()
    await lead.page.getByRole('button', { name: 'Receive' }).click()
    await lead.page.getByText(/received by Head of targeting Antwerp/).waitFor()
    await lead.context.close()
  })

  it('makes an address for its calendar, which is shown once, and revokes it', async () => {
    const desk = await atDesk(browser, { url, account: 'antwerp' })
    const { page } = desk
    await page.goto('/notices')
    await page.getByRole('button', { name: 'Make an address' }).click()
    const address = (await page.locator('code').filter({ hasText: 'calendar-feeds' }).textContent()) ?? ''
    expect((await fetch(address)).status).toBe(200)
    await page.reload()
    await page.getByText('last read').waitFor()
    expect(await page.getByText('calendar-feeds').count()).toBe(0)
    await page.getByRole('button', { name: /Revoke the feed/ }).click()
    await page.getByText('You have none.').waitFor()
    expect((await fetch(address)).status).toBe(404)
    await desk.context.close()
  })
})
