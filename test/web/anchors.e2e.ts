/** The directory, and trust in another coalition's: two officers, two files, by keyboard where nothing else is needed; every step accessible. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addOfficer } from '#modules/identity'
import { anchorDigest, inGroups } from '#platform/link/stewardship.ts'
import { type Coalition, foundCoalition } from '../../src/app/coalition.ts'
import { buildWeb } from '../../src/app/demo/build-web.ts'
import { ORGS } from '../../src/app/demo/world.ts'
import { openBrowser } from '../../src/testing/browser.ts'
import { PASSWORD, startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { atDesk, expectHealthy } from './desk.ts'

let coalition: TestCoalition
let partner: Coalition
let browser: Browser
let folder: string
const at = (account: string) => ({ url: coalition.node('ec-guayaquil').url, account })

beforeAll(async () => {
  await buildWeb(() => undefined)
  coalition = await startCoalition({ nodes: ['ec-guayaquil'] })
  browser = await openBrowser()
  folder = mkdtempSync(path.join(tmpdir(), 'anchors-'))
  const lagos = {
    ...ORGS[0]!,
    id: 'ng.customs',
    name: 'Customs Lagos',
    country: 'NG',
    units: [{ ...ORGS[0]!.units[0]!, id: 'ng.customs.lagos', name: 'Apapa desk' }],
  }
  partner = await foundCoalition({
    name: 'west-africa',
    orgs: [lagos],
    nodes: [{ id: 'ng-lagos', title: 'Lagos', orgs: ['ng.customs'], home: path.join(folder, 'ng-lagos'), endpoint: 'https://127.0.0.1:9' }],
    now: coalition.clock.now(),
    demonstration: false,
  })
  const { coalition: name, steering, threshold } = partner.directory
  writeFileSync(path.join(folder, 'anchor.json'), JSON.stringify({ v: 1, coalition: name, stewards: steering, threshold }))
  writeFileSync(path.join(folder, 'other.json'), JSON.stringify({ v: 1, coalition: name, stewards: steering, threshold: 1 }))
  writeFileSync(path.join(folder, 'none.json'), 'not an anchor')
  for (const account of ['first', 'second'])
    await addOfficer(coalition.node('ec-guayaquil').services, {
      account,
      officer: `ec-guayaquil.${account}`,
      name: account,
      roles: ['supervisor'],
      desks: ['ec.pcu.guayaquil'],
      password: PASSWORD,
      demonstration: true,
    })
})
afterAll(async () => {
  await browser.close()
  await coalition.stop()
  rmSync(folder, { recursive: true, force: true })
})

it('shows who signs the directory, keys with their validity, and finds an authority by a place', async () => {
  const desk = await atDesk(browser, at('first'))
  const { page } = desk
  await page.goto('/directory')
  await page.getByText('2 of 3 stewards must sign it').click()
  const { coalition: name, steering, threshold } = coalition.founded.directory
  await page.getByText(inGroups(anchorDigest(name, { stewards: steering, threshold }))).waitFor()
  await page.getByLabel('Authority, desk, country or place').fill('BEANR')
  await expect
    .poll(async () => await page.locator('tbody th').allTextContents())
    .toEqual([expect.stringContaining('Customs Belgium'), expect.stringContaining('Terminal')])
  await page.getByLabel('Authority, desk, country or place').fill('ecgye')
  await page.getByText('ec-guayaquil: 4 of 4 keys in force').click()
  await page.getByText('Seal of the authority').waitFor()
  await expectHealthy(desk, 'directory')
  await desk.context.close()
})

it.each([
  [1280, true],
  [360, false],
] as const)('is accessible and fits %i wide, dark: %s', async (width, dark) => {
  const desk = await atDesk(browser, { ...at('first'), width, dark })
  for (const page of ['/directory', '/directory/anchors']) {
    await desk.page.goto(page)
    await desk.page.getByRole('heading', { level: 1 }).waitFor()
    for (const each of await desk.page.locator('details > summary').all()) await each.click()
    await expectHealthy(desk, page)
  }
  await desk.context.close()
})

it('trusts another coalition only when a second officer brings the same anchor, and finds its desks then', async () => {
  const first = await atDesk(browser, at('first'))
  await first.page.goto('/directory/anchors')
  await first.page.getByText('No other coalition is trusted.').waitFor()
  await first.page.getByRole('button', { name: 'Propose an anchor' }).click()
  const dialog = first.page.getByRole('dialog')
  await dialog.locator('input[type=file]').setInputFiles(path.join(folder, 'none.json'))
  await dialog.getByText('none.json is no anchor.').waitFor()
  await dialog.locator('input[type=file]').setInputFiles(path.join(folder, 'anchor.json'))
  await dialog.getByText('anchor.json was read.').waitFor()
  await expectHealthy(first, 'propose')
  await dialog.getByLabel('Reason').fill('Agreement of March')
  await dialog.getByLabel('Trusted until').fill(new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 16))
  await first.page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await first.page.getByText('Waits for a second person').waitFor()
  expect(await first.page.getByRole('button', { name: 'Confirm' }).count()).toBe(0)

  const second = await atDesk(browser, at('second'))
  await second.page.goto('/directory/anchors')
  await second.page.getByRole('button', { name: 'Confirm' }).click()
  const confirm = second.page.getByRole('dialog')
  await confirm.locator('input[type=file]').setInputFiles(path.join(folder, 'other.json'))
  await confirm.getByRole('button', { name: 'Confirm' }).click()
  await confirm.getByRole('alert').waitFor()
  // The browser itself notes a refused request; nothing else may have been said.
  expect(second.complaints.splice(0)).toEqual([expect.stringContaining('409')])
  await confirm.locator('input[type=file]').setInputFiles(path.join(folder, 'anchor.json'))
  await confirm.getByText('anchor.json was read.').waitFor()
  await expectHealthy(second, 'confirm')
  await confirm.getByRole('button', { name: 'Confirm' }).click()
  await confirm.waitFor({ state: 'detached' })
  await second.page.getByRole('button', { name: 'Take its directory in' }).click()
  await second.page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles(path.join(folder, 'ng-lagos', 'directory.jws'))
  await second.page.getByRole('dialog').getByRole('button', { name: 'Take its directory in' }).click()
  await second.page.getByText('Apapa desk').waitFor()
  await expectHealthy(second, 'anchors')
  await first.page.reload()
  await first.page.getByRole('button', { name: 'End the trust' }).click()
  await first.page.getByRole('dialog').getByLabel('Reason').fill('Agreement ended')
  await first.page.keyboard.press('Enter')
  await first.page.getByText('Nobody of that name.').waitFor()
  await expectHealthy(first, 'ended')
  await first.context.close()
  await second.context.close()
})
