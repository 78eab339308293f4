/** Steps that every test of the web application takes: signing in as an officer of the test coalition, and looking at the page's health. */
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { axe, openPage, type Watched } from '../../src/testing/browser.ts'
import { PASSWORD } from '../../src/testing/coalition.ts'

export async function atDesk(
  browser: Browser,
  desk: { readonly url: string; readonly account: string; readonly width?: number; readonly dark?: boolean },
): Promise<Watched> {
  const watched = await openPage(browser, desk.url, desk)
  const { page } = watched
  await page.goto('/')
  await page.getByLabel('Account').fill(desk.account)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Desk and purpose' }).waitFor()
  // Where the desk has one purpose it is chosen already.
  const purpose = page.getByLabel('Purpose')
  if ((await purpose.inputValue()) === '') await purpose.selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByRole('banner').waitFor()
  return watched
}

/** Nothing found by axe, no script error, no refused style, no call to any other origin, no sideways scrolling of the page. */
export async function expectHealthy({ page, complaints }: Watched, where: string): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined)
  await page.locator('.loading').first().waitFor({ state: 'detached' })
  expect(await axe(page), `axe on ${where}`).toEqual([])
  expect(complaints, `complaints on ${where}`).toEqual([])
  expect(await overflow(page), `sideways scrolling on ${where}`).toBeLessThanOrEqual(0)
}

async function overflow(page: Page): Promise<number> {
  return await page.evaluate(() => {
    const root = Reflect.get(globalThis, 'document').documentElement
    return root.scrollWidth - root.clientWidth
  })
}

/** Controls of the page's content that Tab never comes to, by their markup. */
export async function unreachable(page: Page): Promise<readonly string[]> {
  const controls = page
    .locator('main')
    .locator('a[href], button:not([disabled]), input, select, textarea, summary')
    .and(page.locator(':not([tabindex="-1"]):not([hidden])'))
  const count = await controls.evaluateAll((elements) => {
    for (const [at, element] of elements.entries()) element.setAttribute('data-control', String(at))
    return elements.length
  })
  const seen = new Set<string>()
  await page.locator('main').focus()
  for (let step = 0; step < count + 20 && seen.size < count; step++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => Reflect.get(globalThis, 'document').activeElement?.getAttribute('data-control') ?? '')
    if (at !== '') seen.add(at)
  }
  return await controls.evaluateAll(
    (elements, reached) =>
      elements
        .filter((element) => !reached.includes(element.getAttribute('data-control') ?? ''))
        .map((element) => element.outerHTML.slice(0, 160)),
    [...seen],
  )
}
