/** The vessel page and the life of a container in a browser: the same choice in picture and table, all of it by keyboard, in light and dark, at desk and phone width. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDocuments, listEquipment, uploadDocument } from '#modules/cargo/contract'
import { buildWeb } from '../../src/app/demo/build-web.ts'
import { type Demonstration, demonstrationVoyage } from '../../src/modules/cargo/generator/demonstration.ts'
import { openBrowser } from '../../src/testing/browser.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { atDesk, expectHealthy, unreachable } from './desk.ts'

const SHOTS = path.join(tmpdir(), 'breakwater-shots')
let coalition: TestCoalition
let browser: Browser
let made: Demonstration
let url = ''
let vessel = ''
let flagged: readonly string[] = []

beforeAll(async () => {
  await buildWeb(() => undefined)
  mkdirSync(SHOTS, { recursive: true })
  coalition = await startCoalition({ nodes: ['be-antwerp'] })
  url = coalition.node('be-antwerp').url
  browser = await openBrowser()
  made = demonstrationVoyage({ seed: 7, containers: 900, departs: new Date(Date.now() - 86_400_000) })
  vessel = `/vessels/${made.voyage.vessel.imo}`
  const antwerp = await coalition.client('antwerp')
  const wanted = made.files.filter(({ name }) => !name.includes('amended'))
  for (const { name, bytes } of wanted) await antwerp.upload(uploadDocument, { name }, bytes)
  await coalition.eventually(
    async () => (await antwerp.call(listDocuments, {})).items,
    (items) => items.length === wanted.length && items.every(({ state }) => state === 'read'),
  )
  const found = await coalition.eventually(
    async () => (await antwerp.call(listEquipment, { flag: 'signal', limit: 500 })).items,
    (items) => items.some(({ message }) => message === 'BAPLIE'),
  )
  flagged = found.filter(({ message }) => message === 'BAPLIE').map(({ container }) => container)
})
afterAll(async () => {
  await browser.close()
  await coalition.stop()
})

const shot = (name: string) => ({ path: path.join(SHOTS, `${name}.png`), fullPage: true })
const stage = (page: Page) => page.getByRole('application', { name: /Stowage plan/ })
const chosen = async (page: Page): Promise<string> => new URL(page.url()).searchParams.get('box') ?? ''

describe('the vessel page', () => {
  it.each([
    [1280, false],
    [1280, true],
    [360, true],
    [360, false],
  ])(
    'is healthy and complete by keyboard, %i wide, dark: %s',
    async (width, dark) => {
      const desk = await atDesk(browser, { url, account: 'antwerp', width, dark })
      for (const where of ['/vessels', `${vessel}?box=${flagged[0] ?? ''}`, `/containers/${flagged[0] ?? ''}/life`]) {
        await desk.page.goto(where)
        await desk.page.getByRole('heading', { level: 1 }).waitFor()
        await expectHealthy(desk, where)
        for (const each of await desk.page.locator('details > summary').all()) await each.click()
        await expectHealthy(desk, `${where}, opened`)
        await desk.page.screenshot(shot(`${where.replace(/\W+/g, '-').slice(0, 30)}-${width}-${dark ? 'dark' : 'light'}`))
        expect(await unreachable(desk.page), where).toEqual([])
      }
      await desk.context.close()
    },
    600_000,
  )

  it('is opened from the list of vessels, and goes from mark to mark, box to box and on to the life of the container', async () => {
    const desk = await atDesk(browser, { url, account: 'antwerp' })
    const { page } = desk
    await page.goto('/vessels')
    await page.getByRole('link', { name: made.voyage.vessel.name }).press('Enter')
    await page.locator('canvas[data-drawn="900"]').waitFor()
    await stage(page).focus()
    const marks: string[] = []
    for (let press = 0; press < 3; press++) {
      await page.keyboard.press('n')
      await page.waitForURL((address) => address.searchParams.get('box') !== (marks.at(-1) ?? null) && address.searchParams.has('box'))
      marks.push(await chosen(page))
      // The address changes before the page does, and the next key goes on from what the page shows.
      await page.getByText(new RegExp(`^${marks.at(-1) ?? ''}; bay`)).waitFor()
    }
    expect(new Set(marks).size).toBe(3)
    for (const each of marks) await expect.poll(() => page.getByRole('row', { name: new RegExp(each) }).count()).toBeLessThanOrEqual(1)
    // The table shows what was chosen in the picture, and says so.
    await page.locator(`[role=row][aria-selected=true]`, { hasText: marks[2] ?? '' }).waitFor()
    // It is scrolled to a moment after it is marked.
    await expect
      .poll(async () => {
        const [row, grid] = [await page.locator('[role=row][aria-selected=true]').boundingBox(), await page.getByRole('grid').boundingBox()]
        return row !== null && grid !== null && row.y + row.height <= grid.y + grid.height && row.y > grid.y + 20
      })
      .toBe(true)
    await page.keyboard.press('ArrowRight')
    await expect.poll(async () => await chosen(page)).not.toBe(marks[2])
    await page.locator(`[role=row][aria-selected=true]`, { hasText: await chosen(page) }).waitFor()
    // And the picture what is chosen in the table.
    await page.locator('[role=row][tabindex="0"]').focus()
    const before = await chosen(page)
    await page.keyboard.press('ArrowDown')
    await expect.poll(async () => await chosen(page)).not.toBe(before)
    const box = await chosen(page)
    await page.getByText(new RegExp(`^${box}; bay`)).waitFor()
    await stage(page).focus()
    await page.keyboard.press('+')
    await page.screenshot(shot('stowage-larger'))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: `Life of container ${box}`, level: 1 }).waitFor()
    await expectHealthy(desk, 'life')
    await desk.context.close()
  })

  it('chooses the box under the pointer', async () => {
    const desk = await atDesk(browser, { url, account: 'antwerp' })
    const { page } = desk
    await page.goto(vessel)
    await page.locator('canvas[data-drawn="900"]').waitFor()
    const at = await stage(page).boundingBox()
    await page.mouse.click((at?.x ?? 0) + 10 + 3, (at?.y ?? 0) + 26 + 3)
    await expect.poll(async () => await chosen(page)).toMatch(/^[A-Z]{4}\d{7}$/)
    await desk.context.close()
  })

  it('shows only marked boxes, or those for one port, in the table, and keeps that in the address', async () => {
    const desk = await atDesk(browser, { url, account: 'antwerp' })
    const { page } = desk
    await page.goto(vessel)
    await page.getByText('900 of 900 boxes').waitFor()
    await page.getByText('Only marked boxes').click()
    await page.waitForURL(/only=marked/)
    await expect.poll(async () => await page.getByText(/^\d+ of 900 boxes$/).textContent()).not.toBe('900 of 900 boxes')
    await page.getByLabel('Port of discharge').selectOption('DEHAM')
    await page.waitForURL(/discharge=DEHAM/)
    await page.reload()
    expect(await page.getByLabel('Port of discharge').inputValue()).toBe('DEHAM')
    await expectHealthy(desk, 'narrowed')
    await page.screenshot(shot('stowage-narrowed'))
    await desk.context.close()
  })

  it('says of a vessel or a plan of another desk what it says of none', async () => {
    const desk = await atDesk(browser, { url, account: 'zeebrugge' })
    await desk.page.goto(vessel)
    await desk.page.getByText('There is no such page, or it is not yours to see.').waitFor()
    await desk.context.close()
  })
})

describe('the life of a container', () => {
  it('marks what contradicts, names filings, and shows the bytes behind an entry', async () => {
    const clone = made.voyage.planted.find(({ fault }) => fault === 'clone')?.container ?? ''
    const desk = await atDesk(browser, { url, account: 'antwerp' })
    const { page } = desk
    await page.goto(`/containers/${clone}/life`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.locator('.timeline > li.failed').first().waitFor()
    await page
      .getByText(/^Sources \(/)
      .first()
      .click()
    await page
      .getByRole('button', { name: /^Source/ })
      .first()
      .click()
    await page.getByRole('dialog').locator('mark').waitFor()
    await expectHealthy(desk, 'source of an entry')
    await page.screenshot(shot('life-clone'))
    await desk.context.close()
  })
})
