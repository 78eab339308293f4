/** The pages of alerts in a browser: form, overdue, report, changed route, what each desk saw; accessible at either width, in light and dark, and all of it by keyboard. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cargo } from '#modules/cargo'
import { listAlertViews, listDocuments, listReroutes, uploadDocument } from '#modules/cargo/contract'
import { buildWeb } from '../../src/app/demo/build-web.ts'
import { openBrowser } from '../../src/testing/browser.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { box, draftOf, issueAndWait } from '../stories/draft.ts'
import { atDesk, expectHealthy, unreachable } from './desk.ts'

const SHOTS = path.join(tmpdir(), 'breakwater-shots')
const BOX = 'MSCU6639870'
const AWB = '020-12345675'
const DAY = 86_400_000
let coalition: TestCoalition
let browser: Browser
let url = ''
let rerouted = ''

beforeAll(async () => {
  await buildWeb(() => undefined)
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'es-algeciras', 'be-antwerp'], at: '2026-10-30T08:00:00Z' })
  browser = await openBrowser()
  mkdirSync(SHOTS, { recursive: true })
  url = coalition.node('ec-guayaquil').url
  const [guayaquil, algeciras, antwerp] = [
    await coalition.client('guayaquil'),
    await coalition.client('algeciras'),
    await coalition.client('antwerp'),
  ]
  await guayaquil.upload(uploadDocument, { name: 'load-list.edi' }, loadList(BOX))
  await coalition.eventually(
    async () => (await guayaquil.call(listDocuments, {})).items,
    (items) => items.every(({ state }) => state === 'read'),
  )
  const marks = { onlyFor: { narrative: ['be.customs.antwerp'] }, fieldHandling: { narrative: RED } }
  rerouted = await issueAndWait(coalition, draftOf(coalition, { subject: box(BOX), ...marks }), { from: guayaquil, seenBy: [antwerp] })
  await issueAndWait(coalition, draftOf(coalition, { subject: { kind: 'air-waybill', number: AWB } }), {
    from: guayaquil,
    seenBy: [algeciras],
  })
  await coalition.eventually(
    async () => (await guayaquil.call(listReroutes, { alert: rerouted })).items,
    (items) => items.length === 1,
  )
  // Three days on it is another month, and nobody acknowledged.
  coalition.clock.advance(3 * 24)
  const report = cargo.jobs.find(({ name }) => name === 'cargo.report-alerts')
  await report?.run({ month: '2026-10' }, coalition.node('ec-guayaquil').services)
})
afterAll(async () => {
  await browser.close()
  await coalition.stop()
})

const RED = { H: ['H1' as const, 'H2' as const], tlp: 'RED' as const, pap: 'AMBER' as const, conditions: [] }

/** States the box for a port that the alert does not name. */
function loadList(container: string): Uint8Array {
  const segments = [
    'UNH+1+COARRI:D:95B:UN:ITG14',
    'BGM+270+R1+9',
    'TDT+20+77N+1++GNA:172:20+++9074729:146:11:GENERATED ANDES',
    'LOC+9+ECGYE:139:6',
    `EQD+CN+${container}+22G1:102:5++3+5`,
    'DTM+203:202610300800:203',
    'LOC+9+ECGYE:139:6',
    'LOC+11+BEZEE:139:6',
    'CNT+16:1',
  ]
  const whole = ['UNB+UNOC:3+LINE+CUSTOMS+261030:0800+L1', ...segments, `UNT+${segments.length + 1}+1`, 'UNZ+1+L1']
  return new TextEncoder().encode(`${whole.join("'\n")}'\n`)
}

const shot = (name: string) => ({ path: path.join(SHOTS, `alerts-${name}.png`), fullPage: true })
const isFocused = async (wanted: Locator) => await wanted.evaluate((element) => element === element.ownerDocument.activeElement)

/** By Tab alone: what cannot be reached so fails here. */
async function reach(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor()
  for (let press = 0; press < 90; press++) {
    if (await isFocused(wanted)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${String(wanted)} cannot be reached by keyboard.`)
}

describe('the pages of alerts', () => {
  it.each([
    [1280, false],
    [1280, true],
    [360, true],
    [360, false],
  ])(
    'are healthy, %i wide, dark: %s',
    async (width, dark) => {
      const desk = await atDesk(browser, { url, account: 'guayaquil', width, dark })
      const { page } = desk
      for (const [name, where] of [
        ['list', '/alerts'],
        ['overdue', '/overdue'],
        ['overdue-port', '/overdue?place=ESALG'],
        ['report', '/alert-reports/2026-10'],
        ['statistics', '/statistics'],
        ['rerouted', `/alerts/${rerouted}`],
        ['form', `/alerts/new?container=${BOX}`],
      ] as const) {
        await page.goto(where)
        await page.getByRole('heading', { level: 1 }).waitFor()
        for (const each of await page.locator('main details > summary').all()) await each.click()
        await expectHealthy(desk, where)
        await page.screenshot(shot(`${name}-${width}-${dark ? 'dark' : 'light'}`))
      }
      await desk.context.close()
    },
    600_000,
  )

  it('can be used by keyboard, all of them', async () => {
    const { page, context } = await atDesk(browser, { url, account: 'guayaquil' })
    for (const where of ['/alerts', '/overdue', '/alert-reports/2026-10', '/statistics', `/alerts/${rerouted}`, '/alerts/new']) {
      await page.goto(where)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      for (const each of await page.locator('main details > summary').all()) await each.click()
      expect(await unreachable(page), where).toEqual([])
    }
    await context.close()
  })

  it('name what an alert is about, whatever it is', async () => {
    const { page, context } = await atDesk(browser, { url, account: 'guayaquil' })
    await page.goto('/overdue')
    await page.getByRole('link', { name: BOX }).first().waitFor()
    await page.getByRole('link', { name: AWB }).first().click()
    await page.getByRole('heading', { name: `Alert ${AWB}` }).waitFor()
    await page.goto('/alerts')
    await page.getByLabel('Number or bill begins with').fill('020-1234')
    await page.getByRole('link', { name: BOX }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: AWB }).waitFor()
    await context.close()
  })
})

describe('a changed route', () => {
  it('is confirmed by keyboard, and the page says what each desk saw', async () => {
    const desk = await atDesk(browser, { url, account: 'guayaquil' })
    const { page } = desk
    await page.goto(`/alerts/${rerouted}`)
    await page.getByText('A COARRI states another port of discharge: BEZEE instead of ESALG.').waitFor()
    await page.getByText('Not sent: What was seen').waitFor()
    await page.getByText('Handled more strictly: What was seen').waitFor()
    const change = page.getByRole('button', { name: 'Change the itinerary' }).last()
    await reach(page, change)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    await expectHealthy(desk, 'dialog of a changed route')
    await page.screenshot(shot('reroute-dialog'))
    const confirm = dialog.getByRole('button', { name: 'Change the itinerary' })
    await reach(page, confirm)
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await page.getByText(/^Earlier: .*confirmed/).waitFor()
    await desk.context.close()
  })
})

describe('the form', () => {
  it('issues an alert about an air waybill by keyboard: a digit confirmed as stated, a field for one desk alone and handled more strictly', async () => {
    const desk = await atDesk(browser, { url, account: 'guayaquil' })
    const { page } = desk
    await page.goto('/alerts/new')
    const kind = page.getByLabel('Kind', { exact: true })
    await reach(page, kind)
    await page.keyboard.press('ArrowDown')
    expect(await kind.inputValue()).toBe('air-waybill')
    await reach(page, page.getByLabel('Air waybill number'))
    await page.keyboard.type('020-12345674')
    const airport = async (nth: number, code: string, days?: number): Promise<void> => {
      await reach(page, page.getByRole('combobox', { name: 'Airport' }).nth(nth))
      await page.keyboard.type(code)
      await page.keyboard.press('Escape')
      if (days === undefined) return
      await reach(page, page.getByLabel('Expected arrival').nth(nth))
      const at = new Date(coalition.clock.now().getTime() + days * DAY)
      const two = (n: number) => String(n).padStart(2, '0')
      await page.keyboard.type(`${two(at.getUTCMonth() + 1)}${two(at.getUTCDate())}${at.getUTCFullYear()}`)
      await page.keyboard.press('Tab')
      await page.keyboard.type('1200PM')
    }
    await airport(0, 'ECGYE')
    await airport(1, 'BEANR', 2)
    await reach(page, page.getByLabel('Seal differs, is missing, or looks tampered with'))
    await page.keyboard.press('Space')
    await reach(page, page.getByLabel('What was seen'))
    await page.keyboard.type('Seal looks glued.')
    await page.getByRole('button', { name: 'Use 02012345675' }).waitFor()
    const stated = page.getByRole('checkbox', { name: 'The document states it so; I have seen it' })
    await stated.focus()
    await page.keyboard.press('Space')
    await page.getByText('Ready to issue').waitFor()
    const mark = page.locator('summary').filter({ hasText: 'What was seen: as the alert' })
    await reach(page, mark)
    await page.keyboard.press('Enter')
    const marks = page.locator('details').filter({ has: page.locator('summary').filter({ hasText: /^What was seen:/ }) })
    await reach(page, marks.getByRole('checkbox', { name: 'Only for some of the desks' }))
    await page.keyboard.press('Space')
    await reach(page, marks.getByRole('checkbox', { name: 'Stricter handling of its own' }))
    await page.keyboard.press('Space')
    await reach(page, marks.getByLabel(/TLP/))
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await page.locator('summary').filter({ hasText: 'What was seen: only for Customs Antwerp; TLP:RED' }).waitFor()
    await page.getByText('Ready to issue').waitFor()
    await expectHealthy(desk, 'form of an air waybill')
    await page.screenshot(shot('form-air-1280'))
    await page.setViewportSize({ width: 360, height: 800 })
    await expectHealthy(desk, 'form of an air waybill on a phone')
    await page.screenshot(shot('form-air-360'))
    await reach(page, page.getByRole('button', { name: 'Issue the alert' }))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Alert 020-12345674' }).waitFor()
    await page.getByText('so stated although its check digit fails').waitFor()
    await page.getByText('[TLP:RED, ').waitFor()
    const guayaquil = await coalition.client('guayaquil')
    const { items } = await guayaquil.call(listAlertViews, { alert: page.url().split('/').at(-1) ?? '' })
    expect(items).toMatchObject([{ recipient: 'be.customs.antwerp', view: { fieldHandling: { narrative: { tlp: 'RED' } } } }])
    await desk.context.close()
  })

  it('offers the ports when the answer comes after the last key, and not once one is taken', async () => {
    const desk = await atDesk(browser, { url, account: 'guayaquil' })
    const { page } = desk
    const asked: string[] = []
    await page.route('**/cargo/places?**', async (route) => {
      asked.push(new URL(route.request().url()).searchParams.get('text') ?? '')
      await new Promise((resolve) => setTimeout(resolve, 700))
      await route.continue()
    })
    await page.goto('/alerts/new')
    const port = page.getByRole('combobox', { name: 'Port' }).first()
    await port.focus()
    await page.keyboard.type('antwerp')
    const answered = page.waitForResponse((response) => response.url().includes('text=BEANR'))
    await page.getByRole('option', { name: /^BEANR / }).click()
    await answered
    expect(await port.inputValue()).toBe('BEANR')
    // What is looked up for the code itself is no question; the page is painted twice with its answer.
    await page.evaluate(async () => {
      for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
    })
    expect(await page.getByRole('listbox').count()).toBe(0)
    expect(asked).toContain('antwerp')
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await desk.context.close()
  })
})
