/** The partner portal, the ledger of the authority and the report without a name in a browser, step by step as the partners of one box take them. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildWeb } from '../../src/app/demo/build-web.ts'
import {
  changePartner,
  invitePartner,
  listChains,
  listIntegrityReports,
  type PartnerKind,
  releaseRight,
  reportMove,
  setCustomsState,
} from '../../src/modules/alliance/contract.ts'
import { coreor, interchange, type Written } from '../../src/modules/alliance/server/edifact.fixture.ts'
import { axe, openBrowser, openPage } from '../../src/testing/browser.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { atDesk, expectHealthy, unreachable } from './desk.ts'

const NODE = 'be-antwerp'
const TERMINAL = 'be.terminal.antwerp.operations'
const PARTNERS: Readonly<Record<string, PartnerKind>> = {
  line: 'line',
  agent: 'forwarder',
  forwarder: 'forwarder',
  haulier: 'haulier',
  rogue: 'haulier',
}
const BOX = { container: 'MSCU6639870', voyage: '9839272 AURORA 123N', port: 'BEANR' }
const RIGHT = `/release-rights/right?${new URLSearchParams(BOX).toString()}`
const SHOTS = path.join(tmpdir(), 'breakwater-shots')
const deskOf = (account: string): string => (account === 'terminal' ? TERMINAL : `be.${account}.operations`)

let coalition: TestCoalition
let browser: Browser
let url = ''
let made = 0
const key = (): string => `key-of-the-browser-${(made += 1)}`
const shot = (name: string) => ({ path: path.join(SHOTS, `alliance-${name}.png`), fullPage: true })

const place = { zone: 'Europe/Brussels', calendar: 'BE' }
const firms = Object.keys(PARTNERS).map((account) => ({
  id: `be.${account}`,
  name: `Firm ${account}`,
  kind: 'service-provider' as const,
  realm: 'partner' as const,
  country: 'BE',
  thirdCountry: false,
  units: [{ id: deskOf(account), name: `Firm ${account}, operations`, services: [], places: [], purposes: ['port-security'], ...place }],
}))
const integrity = {
  id: 'be.integrity',
  name: 'Integrity office',
  kind: 'police' as const,
  realm: 'law-enforcement' as const,
  country: 'BE',
  thirdCountry: false,
  units: [
    {
      id: 'be.integrity.antwerp',
      name: 'Integrity desk Antwerp',
      services: ['alliance.integrity'],
      places: ['BEANR'],
      purposes: ['criminal-investigation'],
      ...place,
    },
  ],
}

beforeAll(async () => {
  await buildWeb(() => undefined)
  mkdirSync(SHOTS, { recursive: true })
  coalition = await startCoalition({
    nodes: [NODE],
    also: {
      orgs: [...firms, integrity],
      nodes: {
        [NODE]: {
          orgs: [...firms, integrity].map(({ id }) => id),
          officers: [
            ...Object.keys(PARTNERS).map((account) => ({
              account,
              name: `Clerk of ${account}`,
              roles: ['partner'] as const,
              desk: deskOf(account),
            })),
            { account: 'integrity', name: 'Officer of integrity', roles: ['officer'] as const, desk: 'be.integrity.antwerp' },
          ],
        },
      },
    },
  })
  url = coalition.node(NODE).url
  browser = await openBrowser()
  const [antwerp, lead] = [await coalition.client('antwerp'), await coalition.client('antwerp-lead')]
  // The second forwarder comes in by the page.
  for (const [account, kind] of [...Object.entries(PARTNERS).filter(([name]) => name !== 'forwarder'), ['terminal', 'terminal'] as const]) {
    const desk = deskOf(account)
    const expiresAt = new Date(coalition.clock.now().getTime() + 365 * 86_400_000).toISOString()
    const file = { desk, kind, criteria: ['register-entry' as const], basis: 'Arrangement', evidence: 'Register', expiresAt, key: key() }
    const { version } = await antwerp.call(invitePartner, file)
    await lead.call(changePartner, { desk, change: 'confirm', reason: 'Looked through', version })
  }
  const at = coalition.clock.now().toISOString()
  await (await coalition.client('terminal')).call(reportMove, { ...BOX, move: 'discharged', line: deskOf('line'), at, key: key() })
  await antwerp.call(setCustomsState, { ...BOX, state: 'clear', key: key() })
  await (await coalition.client('line')).call(releaseRight, { ...BOX, to: deskOf('agent'), key: key() })
})
afterAll(async () => {
  await browser.close()
  await coalition.stop()
})

describe('partners', () => {
  it('come in when one officer invites and another confirms, on the page', async () => {
    const first = await atDesk(browser, { url, account: 'antwerp' })
    await first.page.goto('/partners')
    await first.page.getByRole('button', { name: 'Invite or vet anew' }).click()
    const dialog = first.page.getByRole('dialog')
    await dialog.getByLabel(/^Partner/).selectOption({ label: 'Firm forwarder, operations' })
    await dialog.getByText('Entry in the register of companies').click()
    await dialog.getByLabel('Legal or contractual basis').fill('Arrangement of the port')
    await dialog.getByLabel('What the vetting rests on').fill('Register and visit')
    const next = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 16)
    await dialog.getByLabel(/^Ends at/).fill(next)
    await expectHealthy(first, 'invitation')
    await dialog.getByRole('button', { name: 'Invite or vet anew' }).click()
    await dialog.waitFor({ state: 'detached' })
    await first.page.locator('.badge', { hasText: 'invited, not confirmed' }).waitFor()
    expect(await first.page.getByRole('button', { name: /Confirm as second officer/ }).count()).toBe(0)
    await first.context.close()
    const second = await atDesk(browser, { url, account: 'antwerp-lead' })
    await second.page.goto('/partners')
    await second.page.getByRole('button', { name: 'Confirm as second officer: Firm forwarder, operations' }).click()
    await second.page.getByRole('dialog').getByLabel('Reason').fill('Looked through the file')
    await second.page.getByRole('dialog').getByRole('button', { name: 'Confirm as second officer' }).click()
    await second.page.locator('.badge', { hasText: 'invited, not confirmed' }).waitFor({ state: 'detached' })
    await second.page.screenshot(shot('partners'))
    await second.context.close()
  })
})

describe('the right to a box', () => {
  it('is passed on by the agent, ordered by the forwarder, announced by the haulier and matched at the gate', async () => {
    const agent = await atDesk(browser, { url, account: 'agent' })
    await agent.page.getByRole('link', { name: 'Release rights' }).click()
    await agent.page.getByRole('link', { name: BOX.container }).click()
    await agent.page.getByRole('button', { name: 'Pass the right on' }).click()
    await agent.page.getByLabel(/^Forwarder: beginning/).fill('forwarder')
    await agent.page.getByLabel(/^Party/).selectOption({ label: 'Firm forwarder, operations' })
    await expectHealthy(agent, 'passing on')
    await agent.page.screenshot(shot('pass-on'))
    await agent.page.getByRole('dialog').getByRole('button', { name: 'Pass the right on' }).click()
    await agent.page.getByText('passed on', { exact: true }).waitFor()
    await agent.context.close()

    const forwarder = await atDesk(browser, { url, account: 'forwarder' })
    await forwarder.page.goto(RIGHT)
    await forwarder.page.getByText('Firm agent, operations').waitFor()
    expect(await forwarder.page.getByText('Firm line').count()).toBe(0)
    await forwarder.page.getByRole('button', { name: 'Order the transport' }).click()
    await forwarder.page.getByLabel(/^Haulier: beginning/).fill('haulier')
    await forwarder.page.getByLabel(/^Party/).selectOption({ label: 'Firm haulier, operations' })
    await forwarder.page.getByRole('dialog').getByRole('button', { name: 'Order the transport' }).click()
    await forwarder.page.getByText('transport ordered').waitFor()
    await forwarder.context.close()

    const haulier = await atDesk(browser, { url, account: 'haulier' })
    await haulier.page.goto(RIGHT)
    await haulier.page.getByRole('button', { name: 'Announce vehicle and driver' }).click()
    await haulier.page.getByLabel('Registration of the vehicle').fill('1-ABC-123')
    await haulier.page.getByLabel(/^Number of the driver/).fill('ALFA-4711')
    await haulier.page.getByLabel('Arrival at the gate').fill(new Date(Date.now() + 7_200_000).toISOString().slice(0, 16))
    await haulier.page.getByRole('dialog').getByRole('button', { name: 'Announce vehicle and driver' }).press('Enter')
    await haulier.page.getByText('vehicle announced').waitFor()
    await haulier.context.close()

    const terminal = await atDesk(browser, { url, account: 'terminal' })
    const { page } = terminal
    await page.goto(`/gate?${new URLSearchParams(BOX).toString()}`)
    await page.getByLabel('Registration of the vehicle').fill('9-XYZ-999')
    await page.getByLabel(/^Number of the driver/).fill('ALFA-4711')
    await page.getByRole('button', { name: 'Ask', exact: true }).click()
    await page.getByRole('heading', { name: `NO: does not collect ${BOX.container} here and now` }).waitFor()
    await page.getByLabel('Registration of the vehicle').fill('1-ABC-123')
    await page.getByRole('button', { name: 'Ask', exact: true }).press('Enter')
    await page.getByRole('heading', { name: `YES: may collect ${BOX.container}` }).waitFor()
    await page.getByText('Haulier: Firm haulier, operations').waitFor()
    await expectHealthy(terminal, 'the gate')
    await page.screenshot(shot('gate'))
    await terminal.context.close()
  })

  it('is nothing to whoever has no part in it, and the look is an event the authority sees', async () => {
    const rogue = await atDesk(browser, { url, account: 'rogue' })
    await rogue.page.goto(RIGHT)
    await rogue.page.getByText('There is no such page, or it is not yours to see.').waitFor()
    expect(await rogue.page.locator('main').textContent()).not.toMatch(/Firm|agent|forwarder/)
    await rogue.context.close()
    const antwerp = await coalition.client('antwerp')
    const { items } = await antwerp.call(listChains, {})
    const right = items[0]?.right ?? ''
    const desk = await atDesk(browser, { url, account: 'antwerp' })
    await desk.page.goto('/ledger')
    await desk.page.getByRole('link', { name: BOX.container }).press('Enter')
    await desk.page.waitForURL(new RegExp(right))
    await desk.page.getByText(/Nothing was altered/).waitFor()
    await desk.page.getByText('NO part in it').first().waitFor()
    await desk.page.getByText('refused: vehicle or driver not as announced').waitFor()
    await expectHealthy(desk, 'chain')
    await desk.page.screenshot(shot('chain'))
    await desk.context.close()
  })

  it('is read once for one visit, and again when somebody asks: neither an announcement nor the window reads it', async () => {
    const agent = await atDesk(browser, { url, account: 'agent' })
    const { page } = agent
    let reads = 0
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/api/alliance/right') reads += 1
    })
    await page.goto(RIGHT)
    await page.getByText('passed on', { exact: true }).waitFor()
    await page.evaluate(() => Reflect.get(globalThis, 'document').dispatchEvent(new Event('visibilitychange')))
    const move = { ...BOX, move: 'moved' as const, at: coalition.clock.now().toISOString(), key: key() }
    await (await coalition.client('terminal')).call(reportMove, move)
    await page.waitForTimeout(1500)
    expect(reads).toBe(1)
    await page.getByRole('button', { name: 'Read again' }).press('Enter')
    await expect.poll(() => reads).toBe(2)
    await agent.context.close()
  })

  it('is held by customs on the page, with an end, and the terminal gets a no', async () => {
    const desk = await atDesk(browser, { url, account: 'antwerp' })
    await desk.page.goto('/ledger')
    await desk.page.getByRole('link', { name: BOX.container }).click()
    await desk.page.getByRole('button', { name: 'Hold', exact: true }).click()
    await desk.page.getByRole('dialog').getByRole('button', { name: 'Hold', exact: true }).click()
    await desk.page.getByText(/^Held until/).waitFor()
    await expectHealthy(desk, 'held chain')
    await desk.context.close()
  })
})

describe('messages of systems', () => {
  it('name a partner by a code that one officer enters and another confirms, on the page', async () => {
    const first = await atDesk(browser, { url, account: 'antwerp' })
    const { page } = first
    await page.goto('/ledger/codes')
    await page.getByRole('button', { name: 'Enter a code' }).press('Enter')
    const form = page.getByRole('dialog')
    await form.getByLabel(/^Code list/).fill('160:87')
    await form.getByLabel(/^Code(?! list)/).fill('fwd1')
    await form.getByLabel(/^Partner/).selectOption({ label: 'Firm agent, operations' })
    const day = (ahead: number): string => new Date(coalition.clock.now().getTime() + ahead * 86_400_000).toISOString().slice(0, 10)
    await form.getByLabel(/^From/).fill(day(0))
    await form.getByLabel(/^Until/).fill(day(90))
    await expectHealthy(first, 'entering a code')
    await page.screenshot(shot('code-form'))
    await form.getByRole('button', { name: 'Enter a code' }).press('Enter')
    await form.waitFor({ state: 'detached' })
    await page.getByRole('row').filter({ hasText: 'FWD1' }).press('Enter')
    await page.getByText('You entered this code; another officer confirms it.').waitFor()
    expect(await page.getByRole('button', { name: 'Confirm as second officer' }).count()).toBe(0)
    const where = page.url().slice(url.length)
    await first.context.close()
    const second = await atDesk(browser, { url, account: 'antwerp-lead', width: 360, dark: true })
    await second.page.goto(where)
    await second.page.getByRole('button', { name: 'Confirm as second officer' }).press('Enter')
    await second.page.getByLabel('Reason').fill('Looked up in the register')
    await expectHealthy(second, 'confirming a code')
    await second.page.keyboard.press('Enter')
    await second.page.getByRole('dialog').waitFor({ state: 'detached' })
    await second.page.locator('.badge', { hasText: 'in force' }).waitFor()
    await second.page.screenshot(shot('codes'))
    await second.context.close()
  })

  it('are brought in a file, and each line says what became of it and why', async () => {
    const right = { container: 'CSQU3054383', voyage: '123N', imo: '9839272', port: 'BEANR' }
    const [type, segments] = coreor(right, { number: 'R1', to: 'FWD1:160:87' })
    const release: Written = [type, segments.filter((segment) => !segment.startsWith('NAD+CA'))]
    const other = coreor(right, { number: 'R2', to: 'NOBODY:160:87' })
    const line = await atDesk(browser, { url, account: 'line' })
    const { page } = line
    await page.getByRole('link', { name: 'Release rights' }).click()
    await page.getByRole('link', { name: 'Messages', exact: true }).press('Enter')
    await page.setInputFiles('input[type=file]', {
      name: 'release.edi',
      mimeType: 'text/plain',
      buffer: Buffer.from(interchange(release, other)),
    })
    await page.locator('.badge', { hasText: 'carried out' }).waitFor()
    await expectHealthy(line, 'files of messages')
    await page.screenshot(shot('files'))
    await page.getByRole('link', { name: 'release.edi' }).press('Enter')
    await page.getByRole('row').filter({ hasText: 'done' }).filter({ hasText: 'released' }).waitFor()
    const aside = page.getByRole('row').filter({ hasText: 'set aside' })
    await aside.getByText('A party is named by no code that is open here').waitFor()
    expect(await aside.textContent()).toContain('segment ')
    await page.getByLabel('Outcome').selectOption({ label: 'set aside (1)' })
    await expect.poll(() => new URL(page.url()).search).toContain('quarantined')
    await expect.poll(async () => await page.getByRole('row').filter({ hasText: 'CSQU3054383' }).count()).toBe(1)
    await expectHealthy(line, 'lines of a file')
    await page.screenshot(shot('lines'))
    await line.context.close()
    const desk = await atDesk(browser, { url, account: 'antwerp' })
    await desk.page.goto('/ledger/codes')
    await desk.page.getByText(/^LIN \(list 172:20\), by Firm line, operations/).waitFor()
    await expectHealthy(desk, 'unknown codes')
    await desk.page.getByRole('button', { name: 'Enter a code: LIN' }).press('Enter')
    expect(
      await desk.page
        .getByRole('dialog')
        .getByLabel(/^Code list/)
        .inputValue(),
    ).toBe('172:20')
    await desk.page.screenshot(shot('unknown-codes'))
    await desk.context.close()
  })
})

describe('incidents', () => {
  it('are reported after the warning, answered by the desk, and the partner reads what its report changed', async () => {
    const partner = await atDesk(browser, { url, account: 'haulier' })
    await partner.page.goto('/incidents/new')
    await partner.page.getByLabel('Port of discharge').fill('beanr')
    await partner.page.getByLabel('What happened', { exact: false }).last().fill('A stranger offered a driver money for his badge.\nTwice.')
    expect(await partner.page.getByRole('button', { name: 'Send the report' }).isDisabled()).toBe(true)
    await partner.page.getByText('I have read this warning').click()
    await partner.page.getByRole('button', { name: 'Send the report' }).click()
    await partner.page.getByRole('link', { name: 'Open the report' }).click()
    await partner.page.getByText('Twice.').waitFor()
    const where = new URL(partner.page.url()).pathname
    const desk = await atDesk(browser, { url, account: 'antwerp' })
    await desk.page.goto(where)
    await desk.page.getByLabel(/What the report changed, as/).fill('Badges of that gate are checked by two.')
    await desk.page.getByRole('button', { name: 'Answer', exact: true }).click()
    await desk.page.getByText('acknowledged', { exact: true }).waitFor()
    await desk.context.close()
    await partner.page.reload()
    await partner.page.getByText('Badges of that gate are checked by two.').waitFor()
    await partner.context.close()
  })
})

describe('the report without a name', () => {
  it.each([
    [1280, false],
    [360, true],
  ])(
    'is open to anybody, says what it does not protect, sends no cookie and leaves nothing in the address, %i wide, dark: %s',
    async (width, dark) => {
      const watched = await openPage(browser, url, { width, dark })
      const { page, context } = watched
      const asked: string[] = []
      page.on('request', (request) => {
        if (request.url().includes('/api/')) asked.push(new URL(request.url()).pathname)
      })
      await page.goto('/report')
      await page.getByRole('heading', { name: 'Report without a name', level: 1 }).waitFor()
      await page.getByRole('heading', { name: 'What it does not protect' }).waitFor()
      await page.getByLabel('What you know').fill('A colleague sells the numbers of released boxes by the gate.')
      await page.getByRole('button', { name: 'Send without a name' }).press('Enter')
      await page.getByRole('heading', { name: 'The report is with the desk' }).waitFor()
      const receipt = (await page.locator('[data-receipt]').textContent()) ?? ''
      expect(receipt.length).toBeGreaterThan(20)
      await page.screenshot(shot(`report-${width}`))
      expect(await axe(page)).toEqual([])
      expect(watched.complaints).toEqual([])
      expect(await page.content()).not.toContain('sells the numbers')
      await page.getByRole('button', { name: 'Follow up a report' }).click()
      await page.getByLabel('Code of the receipt').fill('AAAAA-AAAAA-AAAAA-AAAAA-AAAAA')
      await page.getByRole('button', { name: 'Look' }).click()
      await page.getByText('No report has this code.').waitFor()
      await page.getByLabel('Code of the receipt').fill(receipt)
      await page.getByRole('button', { name: 'Look' }).press('Enter')
      await page.getByText('A colleague sells the numbers').waitFor()
      await page.getByLabel('What you want to add').fill('It was on the night shift, at the second gate.')
      await page.getByRole('button', { name: 'Add to the report' }).click()
      await page.getByText('It was on the night shift').waitFor()
      expect(await axe(page)).toEqual([])
      expect(new URL(page.url()).search).toBe('')
      expect(await context.cookies()).toEqual([])
      // Not even who is signed in is asked for.
      expect(asked.filter((each) => !each.startsWith('/api/alliance/integrity'))).toEqual([])
      await context.close()
    },
    600_000,
  )

  it('is read and answered by the integrity desk alone', async () => {
    const desk = await atDesk(browser, { url, account: 'integrity' })
    const { page } = desk
    const { items } = await (await coalition.client('integrity')).call(listIntegrityReports, {})
    expect(items.length).toBe(2)
    await page.goto('/integrity')
    await page.getByRole('link', { name: 'Money offered or asked for' }).first().click()
    await page.getByText('A colleague sells the numbers').waitFor()
    await expectHealthy(desk, 'integrity report')
    await page.getByLabel('What the reporter will read').fill('Thank you. Which gate was it?')
    await page.getByRole('button', { name: 'Answer the reporter' }).click()
    await page.getByText('desk, ', { exact: false }).first().waitFor()
    await page.screenshot(shot('integrity'))
    await desk.context.close()
    const customs = await atDesk(browser, { url, account: 'antwerp' })
    await customs.page.goto(`/integrity/${items[0]?.report ?? ''}`)
    await customs.page.getByText('There is no such page, or it is not yours to see.').waitFor()
    await customs.context.close()
  })
})

describe('every page', () => {
  it.each([
    ['antwerp', ['/ledger', '/ledger?signalled=yes', '/ledger/signals', '/partners', '/incidents'], 1280, true],
    ['antwerp', ['/ledger', '/ledger/signals', '/ledger/codes', '/partners', '/incidents'], 360, false],
    [
      'terminal',
      ['/release-rights', '/release-rights/messages', '/gate', '/gate/moves', '/incidents', '/incidents/new', '/standing'],
      360,
      true,
    ],
    ['line', ['/release-rights', '/release-rights/new', RIGHT, '/standing'], 1280, false],
    ['agent', [RIGHT, '/release-rights?open=no'], 360, false],
    ['integrity', ['/integrity'], 360, true],
  ] as const)(
    'of %s is healthy and complete by keyboard: %j, %i wide, dark: %s',
    async (account, paths, width, dark) => {
      const desk = await atDesk(browser, { url, account, width, dark })
      for (const where of paths) {
        await desk.page.goto(where)
        await desk.page.getByRole('heading', { level: 1 }).waitFor()
        for (const each of await desk.page.locator('details > summary').all()) await each.click()
        await expectHealthy(desk, `${account} ${where}`)
        await desk.page.screenshot(shot(`${account}${where.split('?')[0]?.replace(/\W+/g, '-') ?? ''}-${width}`))
        expect(await unreachable(desk.page), where).toEqual([])
      }
      await desk.context.close()
    },
    600_000,
  )
})
