/** Steps that every test of the web application takes: signing in as an officer of the test coalition, and looking at the page's health. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { axe, openPage, type Watched } from '../../src/testing/browser.ts'
import { PASSWORD } from '../../src/testing/coalition.ts'

type Cookies = Parameters<BrowserContext['addCookies']>[0]
/** By browser, and by node and account in it: an officer signs in once, as at work, and no test comes near the limit of sign-ins for having run fast. */
const signedIn = new WeakMap<Browser, Map<string, Cookies>>()

/** A page of its own for an officer, at the desk; signed in anew only where no session of theirs is open any more. */
export async function atDesk(
  browser: Browser,
  desk: { readonly url: string; readonly account: string; readonly width?: number; readonly dark?: boolean },
): Promise<Watched> {
  const sessions = signedIn.get(browser) ?? new Map<string, Cookies>()
  signedIn.set(browser, sessions)
  const whose = `${desk.url} ${desk.account}`
  const watched = await openPage(browser, desk.url, desk)
  const { page, context } = watched
  await context.addCookies(sessions.get(whose) ?? [])
  await page.goto('/')
  const password = page.getByLabel('Password')
  const banner = page.getByRole('banner')
  await password.or(banner).first().waitFor()
  if (await password.isVisible()) {
    await signIn(page, desk.account)
    await banner.waitFor()
    sessions.set(whose, await context.cookies())
  }
  return watched
}

async function signIn(page: Page, account: string): Promise<void> {
  await page.getByLabel('Account').fill(account)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Desk and purpose' }).waitFor()
  // Where the desk has one purpose it is chosen already.
  const purpose = page.getByLabel('Purpose')
  if ((await purpose.inputValue()) === '') await purpose.selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Begin' }).click()
}

/** Focus and Enter: what the mouse could do is done by the keyboard. What cannot be pressed yet takes no focus, and what is drawn anew loses it: it is put there until it stays. */
export async function press(control: Locator): Promise<void> {
  await expect
    .poll(async () => {
      await control.focus()
      return await control.evaluate((element) => element === element.ownerDocument.activeElement)
    })
    .toBe(true)
  await control.press('Enter')
}

/** Both keys of a shortcut, the second behind the first in the browser already: it counts only for a moment after the first. */
export async function pressBoth(page: Page, first: string, second: string): Promise<void> {
  await Promise.all([page.keyboard.press(first), page.keyboard.press(second)])
}

/** Goes to a page by its shortcut. Where the keys came before the page listened, or too long one after the other, they are pressed again. */
export async function goBy(page: Page, key: string, arrived: Locator): Promise<void> {
  await expect
    .poll(async () => {
      await pressBoth(page, 'g', key)
      return await arrived.waitFor({ timeout: 20_000 }).then(
        () => true,
        () => false,
      )
    })
    .toBe(true)
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

/** How often a page is walked through that is drawn anew meanwhile. */
const MOST_WALKS = 5

/** Controls of the page's content that Tab never comes to, by their markup. What is drawn anew on the way has to be walked to from the beginning. */
export async function unreachable(page: Page): Promise<readonly string[]> {
  await page.locator('.loading').first().waitFor({ state: 'detached' })
  for (let walk = 1; ; walk++) {
    const { left, isDrawnAnew } = await walkThrough(page)
    if (!isDrawnAnew || walk === MOST_WALKS) return left
  }
}

async function walkThrough(page: Page): Promise<{ readonly left: readonly string[]; readonly isDrawnAnew: boolean }> {
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
    (elements, reached) => ({
      left: elements
        .filter((element) => !reached.includes(element.getAttribute('data-control') ?? ''))
        .map((element) => element.outerHTML.slice(0, 160)),
      isDrawnAnew: elements.some((element) => !element.hasAttribute('data-control')),
    }),
    [...seen],
  )
}
