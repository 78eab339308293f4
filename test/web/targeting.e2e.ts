/** A day at the targeting desk in a browser, by keyboard: capacity, proposal, decisions by one key, outcomes by two, a rule written as a form and released by a second officer; every page healthy. */
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDocuments, uploadDocument } from '#modules/cargo/contract'
import { takeArrivals } from '#modules/targeting'
import {
  type ArrivalRow,
  closeSelection,
  decide,
  learnScore,
  listOutcomes,
  listQueue,
  listRules,
  listScores,
  listWatches,
  proposeSelection,
  recordOutcome,
  setCapacity,
  showSelection,
} from '#modules/targeting/contract'
import { buildWeb } from '../../src/app/demo/build-web.ts'
import { printBaplie } from '../../src/modules/cargo/generator/print-baplie.ts'
import { printCuscar } from '../../src/modules/cargo/generator/print-consignments.ts'
import { printInterchange } from '../../src/modules/cargo/generator/print-interchange.ts'
import { generateVoyage } from '../../src/modules/cargo/generator/voyage.ts'
import { openBrowser, type Watched } from '../../src/testing/browser.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { atDesk, expectHealthy, goBy, press, pressBoth, unreachable } from './desk.ts'

/** A node, its jobs and a browser on a busy machine: nothing here is about speed. */
const BUSY_MS = 600_000
const SHOTS = path.join(tmpdir(), 'breakwater-shots')
const PORT = 'BEANR'
const DAY_MS = 86_400_000
const EACH = 320
const CAPACITY = 24

const dayOf = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)
/** Two days that are over, more than three months apart, and one ahead. */
const [LONG_PAST, PAST, AHEAD] = [dayOf(-140), dayOf(-4), dayOf(2)]

let coalition: TestCoalition
let browser: Browser
let url = ''
/** The box that the watch entry is about, aboard the ship ahead. */
let watched = ''
let scoreVersion = ''

const shot = (name: string) => ({ path: path.join(SHOTS, `targeting-${name}.png`), fullPage: true })
const atOfficer = async (account: string, width = 1280, dark = false): Promise<Watched> =>
  await atDesk(browser, { url, account, width, dark })

/** A ship whose whole load is for Antwerp, at noon of a day. */
async function ship(at: number, day: string): Promise<readonly string[]> {
  const compact = (days: number): string => dayAfter(day, days).replaceAll('-', '')
  const times = {
    prepared: `${compact(-3)}1200`,
    gateIn: `${compact(-18)}0900`,
    loaded: `${compact(-16)}1800`,
    departs: `${compact(-15)}0300`,
    transhipped: `${compact(0)}1200`,
    arrives: `${compact(0)}1800`,
  }
  const made = generateVoyage({ seed: 40 + at, containers: EACH, times })
  const voyage = {
    ...made,
    vessel: { name: `GENERATED SHIP ${at}`, imo: `999901${at}`, callSign: `GEN0${at}` },
    number: `GN90${at}N`,
    nextPort: PORT,
    boxes: made.boxes.map((box) => ({
      ...box,
      isFull: true,
      transhipment: undefined,
      discharge: PORT,
      delivery: PORT,
      reportedDischarge: PORT,
    })),
  }
  const antwerp = await coalition.client('antwerp')
  for (const message of [printBaplie(voyage, 'D15A', `P${at}`), printCuscar(voyage, 'D03B', { reference: `M${at}` })]) {
    const interchange = { sender: 'GENERATED', recipient: 'ANTWERP', prepared: times.prepared, reference: `${at}${message.reference}` }
    await antwerp.upload(uploadDocument, { name: `ship-${at}.edi` }, printInterchange(interchange, [message]))
  }
  return voyage.boxes.map(({ container }) => container)
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

async function queueOf(day: string, show: 'undecided' | 'all'): Promise<readonly ArrivalRow[]> {
  const antwerp = await coalition.client('antwerp')
  const rows: ArrivalRow[] = []
  for (let cursor: string | undefined; ; ) {
    const answer = await antwerp.call(listQueue, { port: PORT, day, show, limit: 200, ...(cursor === undefined ? {} : { cursor }) })
    rows.push(...answer.items)
    if (answer.next === undefined) return rows
    cursor = answer.next
  }
}

/** A day that is over, most of it controlled, so that there is something to learn from and to measure. */
async function control(day: string, capacity: number): Promise<void> {
  const [antwerp, lead] = [await coalition.client('antwerp'), await coalition.client('antwerp-lead')]
  await lead.call(setCapacity, { port: PORT, day, capacity, minimumRandomRate: 0.3 })
  const { selection } = await antwerp.call(proposeSelection, { port: PORT, day, key: randomUUID() })
  const rows = await queueOf(day, 'undecided')
  const decisions = rows.map(({ arrival }) => ({ arrival, decision: 'take' as const }))
  await antwerp.call(decide, { selection, key: randomUUID(), decisions })
  await antwerp.call(closeSelection, { selection })
  const outcomes = rows.map(({ arrival, loading }, at) =>
    loading === 'ECGYE' && at % 3 === 0
      ? {
          arrival,
          kind: 'found' as const,
          means: 'opened' as const,
          found: [{ kind: 'cocaine' as const, kilograms: 30, place: 'cargo' as const }],
        }
      : { arrival, kind: 'nothing' as const, means: 'scanned' as const },
  )
  for (let from = 0; from < outcomes.length; from += 200)
    await antwerp.call(recordOutcome, { key: randomUUID(), outcomes: outcomes.slice(from, from + 200) })
}

beforeAll(async () => {
  await buildWeb(() => undefined)
  coalition = await startCoalition({ nodes: ['be-antwerp'] })
  url = coalition.node('be-antwerp').url
  browser = await openBrowser()
  mkdirSync(SHOTS, { recursive: true })
  const past = [...(await ship(1, LONG_PAST)), ...(await ship(2, PAST))]
  watched = (await ship(3, AHEAD)).find((container) => !past.includes(container)) ?? ''
  const antwerp = await coalition.client('antwerp')
  await coalition.eventually(
    async () => (await antwerp.call(listDocuments, {})).items,
    (items) => items.length === 6 && items.every(({ state }) => state === 'read'),
  )
  await takeArrivals(coalition.node('be-antwerp').services)
  await control(LONG_PAST, 240)
  await control(PAST, 120)
}, BUSY_MS)
afterAll(async () => {
  await browser.close()
  await coalition.stop()
})

describe('the workbench', () => {
  it(
    'takes a watch entry whose last day is never left out, and its box becomes mandatory',
    async () => {
      const desk = await atOfficer('antwerp')
      const { page } = desk
      await page.goto('/targeting/watches')
      await press(page.getByRole('link', { name: 'New watch entry' }))
      await page.getByLabel(/^Title/).fill('Box of a case')
      await page.getByLabel(/^Why/).fill('Named in a request.')
      await page.getByLabel(/^Value/).fill(watched)
      await page.getByLabel(/^Legal act/).fill('Regulation (EU) 952/2013')
      await page.getByLabel(/^Article/).fill('46')
      await page.getByLabel(/^Case/).fill('C-31')
      await page.getByLabel(/^Last day/).fill('')
      expect(await page.getByRole('button', { name: 'Enter it' }).isDisabled()).toBe(true)
      await page.getByLabel(/^Last day/).fill(dayAfter(AHEAD, 30))
      await expectHealthy(desk, 'a new watch entry')
      await page.screenshot(shot('watch-form'))
      await press(page.getByRole('button', { name: 'Enter it' }))
      await page.getByRole('heading', { name: 'Box of a case' }).waitFor()
      await page.getByRole('link', { name: watched }).waitFor()
      await expectHealthy(desk, 'a watch entry')
      const [entry] = (await (await coalition.client('antwerp')).call(listWatches, {})).items
      expect(entry).toMatchObject({ state: 'running', hits: 1, case: 'C-31' })
      await desk.context.close()
    },
    BUSY_MS,
  )

  it(
    'writes a rule as rows and groups, shows what it would have done, and a second officer releases it',
    async () => {
      const desk = await atOfficer('antwerp')
      const { page } = desk
      const rows = await queueOf(AHEAD, 'all')
      const fires = rows.find(({ loading }) => loading === 'ECGYE')
      const silent = rows.find(({ loading, container }) => loading !== undefined && loading !== 'ECGYE' && container !== fires?.container)
      await page.goto(`/targeting/rules/new?test=${fires?.arrival}`)
      await page.getByLabel(/^Title/).fill('Heavy boxes from Guayaquil')
      await page.getByLabel(/^What it rests on/).fill('Findings of last season.')
      const first = page.getByRole('group', { name: 'Condition 1', exact: true })
      // No rule names a person: the node says so beside the condition.
      await first.getByLabel('What', { exact: true }).selectOption({ label: 'shipper' })
      await first.getByLabel('Values', { exact: true }).fill('Maria Perez')
      await first.getByText(/No rule names a natural person/).waitFor()
      await first.getByLabel('What', { exact: true }).selectOption({ label: 'loading' })
      await first.getByLabel('Values', { exact: true }).fill('ecgye')
      await first.getByLabel('Values', { exact: true }).press('Enter')
      await first.getByRole('button', { name: 'Remove ECGYE' }).waitFor()
      await press(page.getByRole('button', { name: 'Add a group', exact: true }))
      const group = page.getByRole('group', { name: 'Group 2', exact: true })
      const second = page.getByRole('group', { name: 'Condition 2.1', exact: true })
      await second.getByLabel('What', { exact: true }).selectOption({ label: 'weight (kg)' })
      await second.getByLabel('Compares').selectOption({ label: 'is at least' })
      await second.getByLabel('Value in kg').fill('1000')
      await press(group.getByRole('button', { name: 'Add a condition to Group 2' }))
      const third = page.getByRole('group', { name: 'Condition 2.2', exact: true })
      await third.getByRole('checkbox', { name: 'not' }).focus()
      await page.keyboard.press('Space')
      await third.getByLabel('What', { exact: true }).selectOption({ label: 'empty' })
      await page
        .getByText(/ECGYE.* and .*weight/)
        .first()
        .waitFor()
      await page.getByLabel(/^Legal act/).fill('Regulation (EU) 952/2013')
      await page.getByLabel(/^Article/).fill('46')
      await press(page.getByRole('button', { name: 'Add a test case' }))
      const picker = page.getByRole('dialog')
      await picker.getByLabel('Port and day').selectOption(`${PORT} ${AHEAD}`)
      await picker.getByLabel('Container begins with').fill(silent?.container ?? '')
      await press(picker.getByRole('button', { name: `${silent?.container} must not fire` }))
      await page.getByRole('row', { name: new RegExp(`${silent?.container}.*passed`) }).waitFor()
      await page.getByRole('row', { name: new RegExp(`${fires?.container}.*passed`) }).waitFor()
      await press(page.getByRole('button', { name: 'Run it' }))
      await page.getByText('done', { exact: true }).waitFor()
      await page.getByRole('heading', { name: 'Hits by port and day' }).waitFor()
      await expectHealthy(desk, 'the rule workbench')
      await page.screenshot(shot('rule-form'))
      await press(page.getByRole('button', { name: 'Keep and submit' }))
      await page.getByRole('heading', { name: 'Heavy boxes from Guayaquil' }).waitFor()
      await page.getByText('waits for a second officer').first().waitFor()
      // Whoever wrote it is not offered to decide it.
      expect(await page.getByRole('button', { name: 'Release' }).count()).toBe(0)
      await desk.context.close()

      const lead = await atOfficer('antwerp-lead')
      await lead.page.goto('/targeting/rules?state=submitted')
      await press(lead.page.getByRole('link', { name: 'Heavy boxes from Guayaquil' }))
      await press(lead.page.getByRole('button', { name: 'Release' }))
      await press(lead.page.getByRole('dialog').getByRole('button', { name: 'Release' }))
      await lead.page.getByText('in force', { exact: true }).first().waitFor()
      await expectHealthy(lead, 'a rule in force')
      await lead.page.screenshot(shot('rule'))
      const { items } = await (await coalition.client('antwerp')).call(listRules, {})
      expect(items).toMatchObject([{ state: 'released', running: true, approver: { name: 'Head of targeting Antwerp' } }])
      await lead.context.close()
    },
    BUSY_MS,
  )

  it(
    'learns a score from outcomes of controls, and a supervisor puts it to work',
    async () => {
      const antwerp = await coalition.client('antwerp-lead')
      const { version } = await antwerp.call(learnScore, { key: randomUUID() })
      await coalition.eventually(
        async () => (await antwerp.call(listScores, {})).items,
        (items) => items.some(({ state }) => state === 'learned'),
      )
      scoreVersion = version
      const lead = await atOfficer('antwerp-lead')
      await lead.page.goto('/targeting/scores')
      await press(lead.page.getByRole('link', { name: /^of / }).first())
      await press(lead.page.getByRole('button', { name: 'Put to work' }))
      await press(lead.page.getByRole('dialog').getByRole('button', { name: 'Put to work' }))
      await lead.page.getByText('at work', { exact: true }).waitFor()
      await expectHealthy(lead, 'a version of the score')
      await lead.page.screenshot(shot('score'))
      await lead.context.close()
    },
    BUSY_MS,
  )
})

describe('the day', () => {
  const queue = `/targeting?port=${PORT}&day=${AHEAD}`
  const rowAt = (page: Page, at: number): Locator => page.locator(`[data-row="${at}"]`)

  it(
    'has its capacity set by the supervisor and a selection proposed, strata in words',
    async () => {
      const lead = await atOfficer('antwerp-lead')
      await goBy(lead.page, 'j', lead.page.getByRole('heading', { name: 'Targeting', level: 1 }))
      await press(lead.page.getByRole('link', { name: new RegExp(`, ${PORT}$`) }).last())
      await press(lead.page.getByRole('button', { name: 'Set capacity' }))
      const dialog = lead.page.getByRole('dialog')
      await dialog.getByLabel(/^Consignments that can/).fill(String(CAPACITY))
      await dialog.getByLabel(/^Random stratum/).fill('4')
      expect(await dialog.getByRole('button', { name: 'Set capacity' }).isDisabled()).toBe(true)
      await dialog.getByLabel(/^Random stratum/).fill('10')
      await press(dialog.getByRole('button', { name: 'Set capacity' }))
      await dialog.waitFor({ state: 'detached' })
      await press(lead.page.getByRole('button', { name: 'Propose a selection' }))
      await lead.page.getByText(`Selection against capacity ${CAPACITY}`).waitFor()
      await lead.page.getByText(/^mandatory: 1 /).waitFor()
      await lead.page.getByText(/^random: 3 /).waitFor()
      await expectHealthy(lead, 'a proposed selection')
      await lead.context.close()
    },
    BUSY_MS,
  )

  it(
    'shows what was decided while the queue was read for the decision before, without being told of it',
    async () => {
      const { page, context } = await atOfficer('antwerp')
      const [read, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      let [isHeld, readings] = [false, 0]
      await page.route('**/api/events', async (route) => await route.abort())
      await page.route('**/api/targeting/queue?**', async (route) => {
        const response = await route.fetch()
        if (isHeld) {
          isHeld = false
          read.resolve()
          await goOn.promise
        }
        await route.fulfill({ response })
        readings += 1
      })
      await page.goto(queue)
      await rowAt(page, 0).focus()
      isHeld = true
      await page.keyboard.press('t')
      await read.promise
      const said = page.waitForResponse((response) => response.url().endsWith('/decisions'))
      await rowAt(page, 1).focus()
      await page.keyboard.press('t')
      expect((await said).status()).toBe(200)
      const before = readings
      goOn.resolve()
      // What was read before the second decision, and what was read after it.
      await expect.poll(() => readings - before).toBe(2)
      await page.evaluate(async () => {
        for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
      })
      for (const at of [0, 1]) expect(await rowAt(page, at).textContent()).toContain('taken')
      for (const at of [0, 1]) {
        await rowAt(page, at).focus()
        await page.keyboard.press('u')
        await rowAt(page, at).getByText('open').waitFor()
      }
      await coalition.eventually(
        async () => await queueOf(AHEAD, 'all'),
        (rows) => rows.every(({ decision }) => decision === undefined),
      )
      await page.unrouteAll({ behavior: 'ignoreErrors' })
      await context.close()
    },
    BUSY_MS,
  )

  it(
    'is decided by one key for each consignment, and taken back while the selection is open',
    async () => {
      const desk = await atOfficer('antwerp')
      const { page } = desk
      await page.goto(queue)
      await rowAt(page, 0).waitFor()
      expect(await rowAt(page, 0).textContent()).toContain(watched)
      await page
        .getByRole('region', { name: `Why ${watched}` })
        .getByRole('link', { name: 'Box of a case' })
        .waitFor()
      await expectHealthy(desk, 'the queue')
      await page.screenshot(shot('queue'))
      await rowAt(page, 0).focus()
      // As second key it is for the sections: nothing is decided.
      await pressBoth(page, 'g', 'r')
      expect(await page.getByRole('dialog').count()).toBe(0)
      await page.goto(queue)
      await rowAt(page, 0).focus()
      await page.keyboard.press('t')
      await rowAt(page, 0).getByText('taken').waitFor()
      await expect.poll(async () => await rowAt(page, 1).evaluate((row) => row === row.ownerDocument.activeElement)).toBe(true)
      await page.keyboard.press('l')
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /explained by documents/ })
        .waitFor()
      await expectHealthy(desk, 'the reasons to leave')
      await page.keyboard.press('1')
      await rowAt(page, 1).getByText('left').waitFor()
      await expect.poll(async () => await rowAt(page, 2).evaluate((row) => row === row.ownerDocument.activeElement)).toBe(true)
      await page.keyboard.press('r')
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /a scan suffices/ })
        .waitFor()
      await page.keyboard.press('1')
      await rowAt(page, 2).getByText('re-routed').waitFor()
      await rowAt(page, 0).focus()
      await page.keyboard.press('u')
      await rowAt(page, 0).getByText('open').waitFor()
      await page
        .getByRole('status')
        .filter({ hasText: `${watched}: taken back` })
        .waitFor()
      expect(await page.getByRole('button', { name: 'Close the selection' }).isDisabled()).toBe(true)
      await rowAt(page, 0).focus()
      const keys = ['t', ...Array.from({ length: CAPACITY - 3 }, () => 't')]
      for (const key of keys) await page.keyboard.press(key)
      const antwerp = await coalition.client('antwerp')
      const [first] = await queueOf(AHEAD, 'all')
      const selection = first?.selected?.selection ?? ''
      const { strata } = await coalition.eventually(
        async () => await antwerp.call(showSelection, { selection }),
        (view) => view.strata.every(({ undecided }) => undecided === 0),
      )
      const sum = (member: 'taken' | 'left' | 'rerouted') => strata.reduce((total, each) => total + each[member], 0)
      expect([sum('taken'), sum('left'), sum('rerouted')]).toEqual([CAPACITY - 2, 1, 1])
      const close = page.getByRole('button', { name: 'Close the selection' })
      await expect.poll(async () => await close.isEnabled()).toBe(true)
      await press(close)
      await press(page.getByRole('dialog').getByRole('button', { name: 'Close the selection' }))
      await page.getByText(/^Closed by Targeting officer Antwerp/).waitFor()
      await page.screenshot(shot('decided'))
      await press(page.getByRole('link', { name: 'Seed, parameters and draw' }))
      await page.getByText('Seed of the draw').waitFor()
      await expectHealthy(desk, 'a selection')
      await desk.context.close()
      const lead = await atOfficer('antwerp-lead')
      await lead.page.goto(`/targeting/selections/${selection}`)
      await press(lead.page.getByRole('button', { name: 'Repeat the draw' }))
      await lead.page.getByText(/^The draw repeated/).waitFor()
      await lead.page.screenshot(shot('selection'))
      await lead.context.close()
    },
    BUSY_MS,
  )

  it(
    'has "nothing found" recorded with two keys, a find with its kilograms, and says what is still owed',
    async () => {
      const desk = await atOfficer('antwerp')
      const { page } = desk
      await page.goto('/targeting/outcomes')
      await rowAt(page, 0).waitFor()
      const antwerp = await coalition.client('antwerp')
      const before = await antwerp.call(listOutcomes, {})
      const first = async () => (await rowAt(page, 0).getByRole('rowheader').textContent()) ?? ''
      /** What is recorded is owed no longer: it leaves the list, and the row below it keeps the focus. */
      const isGone = async (container: string) => {
        await page.getByRole('row', { name: new RegExp(container) }).waitFor({ state: 'detached' })
        await expect.poll(async () => await rowAt(page, 0).evaluate((row) => row === row.ownerDocument.activeElement)).toBe(true)
      }
      const clean = await first()
      await rowAt(page, 0).focus()
      await page.keyboard.press('n')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('2')
      await page.getByRole('status').filter({ hasText: 'nothing found, scanned' }).waitFor()
      await isGone(clean)
      const full = await first()
      await page.keyboard.press('f')
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(/^What/).selectOption('cocaine')
      await dialog.getByLabel(/^Kilograms/).fill('12,5')
      await dialog.getByLabel(/^Where/).selectOption('door-end')
      await expectHealthy(desk, 'a find')
      await press(dialog.getByRole('button', { name: 'Record' }))
      await page.getByRole('status').filter({ hasText: '12.5 kg cocaine' }).waitFor()
      await isGone(full)
      expect(await antwerp.call(listOutcomes, {})).toMatchObject({ due: before.due - 2 })
      await page.keyboard.press('c')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('1')
      await page.getByRole('status').filter({ hasText: 'not checked, no staff' }).waitFor()
      await page.screenshot(shot('outcomes'))
      const { items } = await coalition.eventually(
        async () => await antwerp.call(listOutcomes, { state: 'recorded', limit: 3 }),
        ({ items: [latest] }) => latest?.recorded?.kind === 'not-checked',
      )
      expect(items.map(({ recorded }) => recorded?.kind)).toEqual(['not-checked', 'found', 'nothing'])
      await desk.context.close()
    },
    BUSY_MS,
  )
})

describe('every page', () => {
  it.each([
    [1280, false],
    [360, true],
  ])(
    'is healthy, and all of it reached by keyboard, %i wide, dark: %s',
    async (width, dark) => {
      const desk = await atOfficer('antwerp-lead', width, dark)
      const antwerp = await coalition.client('antwerp')
      const [arrival] = await queueOf(AHEAD, 'all')
      const [rule] = (await antwerp.call(listRules, {})).items
      const [watch] = (await antwerp.call(listWatches, {})).items
      for (const [name, where] of Object.entries({
        desk: '/targeting',
        day: `/targeting?port=${PORT}&day=${AHEAD}`,
        arrival: `/targeting/arrivals/${arrival?.arrival}`,
        selection: `/targeting/selections/${arrival?.selected?.selection}`,
        outcomes: '/targeting/outcomes',
        recorded: '/targeting/outcomes?state=recorded',
        rules: '/targeting/rules',
        'rule-page': `/targeting/rules/${rule?.rule}`,
        'rule-edit': `/targeting/rules/${rule?.rule}/edit`,
        watches: '/targeting/watches',
        watch: `/targeting/watches/${watch?.watch}`,
        renewal: `/targeting/watches/new?renews=${watch?.watch}`,
        effectiveness: '/targeting/effectiveness?by=port-month',
        scores: '/targeting/scores',
        'score-page': `/targeting/scores/${scoreVersion}`,
        indicators: '/targeting/indicators',
        senders: '/targeting/senders',
        gone: `/targeting/rules/${randomUUID()}`,
      })) {
        await desk.page.goto(where)
        await desk.page.getByRole('heading', { level: 1 }).waitFor()
        await expectHealthy(desk, where)
        expect(await unreachable(desk.page), where).toEqual([])
        await desk.page.screenshot(shot(`${name}-${width}`))
      }
      await desk.page.goto('/targeting/effectiveness')
      await desk.page.getByRole('row', { name: /random controls/ }).waitFor()
      await desk.page.emulateMedia({ media: 'print' })
      expect(await desk.page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false)
      await desk.page.screenshot(shot(`effectiveness-print-${width}`))
      await desk.context.close()
    },
    BUSY_MS,
  )
})
