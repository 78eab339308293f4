/** Boards in a real browser: drawn with and without WebGL, by keyboard, taken back, kept, exported, in time; and every view of them healthy. */
import { mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Download, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listBoards, saveBoard, showBoard } from '#modules/records/contract'
import { ANTWERP, stateRecords } from '../../bench/board-data.ts'
import { buildWeb } from '../../src/app/demo/build-web.ts'
import { company, entityOf, knows, owns, person } from '../../src/modules/records/server/graph.fixture.ts'
import { openBrowser, type Watched } from '../../src/testing/browser.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { atDesk, expectHealthy, press } from './desk.ts'

/** A node, its jobs and a browser on a busy machine: nothing here is about speed. */
const BUSY_MS = 600_000
const SHOTS = path.join(tmpdir(), 'breakwater-shots')
const HOSTILE = '</text><script>alert("A & B")</script>'

let coalition: TestCoalition
let browser: Browser
let desk: Watched
let page: Page

beforeAll(async () => {
  await buildWeb(() => undefined)
  coalition = await startCoalition({ nodes: ['be-antwerp'] })
  await stateRecords(coalition.node('be-antwerp').services.database, ANTWERP, [
    person('hub', { values: { name: 'Anna Holding', birthDate: '1971-03' } }),
    person('friend', { values: { name: HOSTILE } }),
    ...Array.from({ length: 60 }, (_, n) =>
      company(`c${n}`, { values: { name: `Company ${String(n).padStart(2, '0')}`, incorporationDate: `20${10 + (n % 10)}` } }),
    ),
    ...Array.from({ length: 60 }, (_, n) => owns('hub', `c${n}`, { from: `20${10 + (n % 10)}-05-01`, to: `20${12 + (n % 10)}` })),
    knows('hub', 'friend'),
    owns('friend', 'c0', { from: '2019' }),
    owns('c0', 'c1'),
    owns('c1', 'far', { from: '2020' }),
    company('far', { values: { name: 'Far Away Ltd' } }),
    company('lonely', { values: { name: 'Lonely Ltd' } }),
  ])
  browser = await openBrowser()
  mkdirSync(SHOTS, { recursive: true })
  desk = await atDesk(browser, { url: coalition.node('be-antwerp').url, account: 'antwerp' })
  ;({ page } = desk)
}, BUSY_MS)
afterAll(async () => {
  await browser.close()
  await coalition.stop()
})

const shot = (name: string) => ({ path: path.join(SHOTS, `graph-${name}.png`), fullPage: true })

/** Records on the board and relations shown. */
async function counts(of = page): Promise<string> {
  return (await of.locator('[data-counts]').getAttribute('data-counts')) ?? ''
}

async function expectCounts(wanted: string, of = page): Promise<void> {
  await of
    .locator(`[data-counts="${wanted}"]`)
    .waitFor()
    .catch(() => undefined)
  expect(await counts(of)).toBe(wanted)
}

/** Along the relations in whatever direction they lie, to a record that is one step from where one begins. */
async function walkTo(name: string): Promise<void> {
  const said = page.getByText(new RegExp(`^${name}, .*Relations on the board`))
  for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown']) {
    if (await said.isVisible()) return
    await page.keyboard.press(key)
    await page.getByText(/Relations on the board: \d+\./).waitFor()
  }
  await said.waitFor()
}

const stage = (of = page) => of.getByRole('application', { name: 'Drawing of the board' })

async function openDrawn(address: string, of = page): Promise<void> {
  await of.goto(address)
  await of.locator('[data-canvas="webgl"], [data-canvas="plain"], [data-canvas="none"]').waitFor({ state: 'attached' })
}

async function fileOf(download: Download): Promise<Buffer> {
  return readFileSync(await download.path())
}

describe('a board', () => {
  it(
    'begins with the nearest neighbours of a record and says how many more there are',
    async () => {
      await openDrawn(`/records/graph?entities=${entityOf('hub')}`)
      expect(await page.locator('[data-canvas]').getAttribute('data-canvas')).toBe('webgl')
      expect(await counts()).toMatch(/^51 5\d$/)
      await stage().focus()
      await page.keyboard.press('ArrowRight')
      await page.getByText(/^Anna Holding, Person\. Relations on the board: \d+\.$/).waitFor()
      const chosen = page.getByRole('region', { name: 'Chosen' })
      await chosen.getByText('61 in all').waitFor()
      await expectHealthy(desk, 'a new board')
      await page.screenshot(shot('new'))
    },
    BUSY_MS,
  )

  it(
    'is walked, added to, thinned out and taken back by keys alone',
    async () => {
      await openDrawn(`/records/graph?entities=${entityOf('far')}`)
      await expectCounts('2 1')
      await stage().focus()
      await page.keyboard.press('ArrowRight')
      await page.getByText(/Relations on the board: 1\./).waitFor()
      await page.keyboard.press('Escape')
      await page.getByText('Nothing is chosen.').waitFor()
      await walkTo('Company 01')
      expect(await page.getByRole('checkbox', { name: 'Choose Company 01' }).isChecked()).toBe(true)
      await page.keyboard.press('e')
      await page.getByText('Added: 2.').waitFor()
      const grown = await counts()
      expect(grown).not.toBe('2 1')
      await page.keyboard.press('p')
      await page.keyboard.press('Alt+ArrowRight')
      await page.keyboard.press('Alt+ArrowRight')
      await page.keyboard.press('Delete')
      const thinned = await counts()
      expect(thinned).not.toBe(grown)
      // One change each: taken off, moved (two nudges of one drag), pinned, added.
      await page.keyboard.press('Control+z')
      await page.getByText('Undone: taken off').waitFor()
      await expectCounts(grown)
      await page.keyboard.press('Control+z')
      await page.getByText('Undone: moved').waitFor()
      await page.keyboard.press('Control+z')
      await page.getByText('Undone: pinned or unpinned').waitFor()
      await page.keyboard.press('Control+z')
      await page.getByText('Undone: added').waitFor()
      await expectCounts('2 1')
      for (let step = 0; step < 4; step++) await page.keyboard.press('Control+Shift+z')
      await page.getByText('Done again: taken off').waitFor()
      await expectCounts(thinned)
      expect(await page.getByRole('button', { name: 'Redo' }).isDisabled()).toBe(true)
      await press(page.getByRole('button', { name: /^Undo/ }))
      await expectCounts(grown)
    },
    BUSY_MS,
  )

  it(
    'has one choice for drawing and table: what is pressed here is chosen there',
    async () => {
      await openDrawn(`/records/graph?entities=${entityOf('lonely')}`)
      const row = page.getByRole('checkbox', { name: 'Choose Lonely Ltd' })
      const chosen = page.getByRole('region', { name: 'Chosen' }).getByRole('link', { name: 'Lonely Ltd' })
      // The canvas is there before it has drawn: until then there is nothing under the pointer. Two presses in quick succession would be a double one.
      await expect
        .poll(async () => {
          await stage().click()
          await page.waitForTimeout(600)
          return await chosen.isVisible()
        })
        .toBe(true)
      expect(await row.isChecked()).toBe(true)
      await stage().click({ position: { x: 20, y: 20 } })
      await page.getByText('Nothing is chosen.').waitFor()
      expect(await row.isChecked()).toBe(false)
      await row.press('Space')
      await page.getByRole('region', { name: 'Chosen' }).getByRole('link', { name: 'Lonely Ltd' }).waitFor()
    },
    BUSY_MS,
  )

  it(
    'finds paths and common neighbours of two that are chosen in the table',
    async () => {
      await openDrawn(`/records/graph?entities=${entityOf('hub')},${entityOf('far')}`)
      const pick = async (name: string) => {
        await page.getByRole('searchbox', { name: 'Find on the board' }).fill(name)
        await page.getByRole('button', { name: 'Choose those found' }).press('Enter')
      }
      await pick('Anna Holding')
      await page.getByRole('button', { name: 'Sort by Name' }).press('Enter')
      await page.getByRole('checkbox', { name: 'Choose Far Away Ltd' }).press('Space')
      await page.getByText('2 records are chosen.').waitFor()
      await press(page.getByRole('button', { name: 'Find paths' }))
      await page.getByText('Paths: 3; the shortest has 2 steps. All of them are on the board and chosen.').waitFor()
      await page.getByText('5 records are chosen.').waitFor()
      await expectHealthy(desk, 'a path on the board')
      await page.screenshot(shot('path'))
      await pick('Anna Holding')
      await page.getByRole('checkbox', { name: 'Choose Far Away Ltd' }).press('Space')
      await press(page.getByRole('button', { name: 'Find common neighbours' }))
      await page.getByText('Common neighbours: 1. They are on the board and chosen.').waitFor()
    },
    BUSY_MS,
  )

  it(
    'is arranged in five ways, each taken back as one change, with the pinned left where they are',
    async () => {
      await openDrawn(`/records/graph?entities=${entityOf('hub')}`)
      for (const layout of ['force', 'circle', 'rings', 'layers', 'apart']) {
        await page.getByLabel('Arrange', { exact: true }).selectOption(layout)
        await press(page.getByRole('button', { name: 'Arrange', exact: true }))
        await page.getByRole('button', { name: 'Arrange', exact: true }).waitFor()
        await page.locator('progress').waitFor({ state: 'detached' })
        await page.screenshot(shot(`layout-${layout}`))
      }
      await press(page.getByRole('button', { name: 'Undo: arranged' }))
      await page.getByText('Undone: arranged').waitFor()
      expect(desk.complaints).toEqual([])
    },
    BUSY_MS,
  )
})

describe('a board that is kept', () => {
  let board = ''
  it(
    'comes back with its layers, its time, its notes, marks and what was taken off',
    async () => {
      await openDrawn(`/records/graph?entities=${entityOf('hub')},${entityOf('friend')}`)
      await page.getByRole('searchbox', { name: 'Find on the board' }).fill('Anna Holding')
      await press(page.getByRole('button', { name: 'Choose those found' }))
      await page.getByLabel('Mark', { exact: true }).selectOption('amber')
      await press(page.getByRole('button', { name: 'Pin', exact: true }))
      await page.getByLabel('Note', { exact: true }).fill('Ask the harbour master')
      await press(page.getByRole('button', { name: 'Put the note on the board' }))
      await page.getByLabel('From', { exact: true }).fill('2018-06-01')
      await page.getByRole('checkbox', { name: /^Other link/ }).press('Space')
      await press(page.getByRole('button', { name: /^Relations \(/ }))
      const inView = page.getByRole('row').filter({ hasNotText: 'other layer or time' })
      const before = await counts()
      await press(inView.getByRole('button', { name: /^Take off: Anna Holding, Ownership,/ }).first())
      await page.getByText('Relations taken off: 1').waitFor()
      const shown = await counts()
      expect(shown).not.toBe(before)
      await expectHealthy(desk, 'a board with marks and notes')
      await page.screenshot(shot('marked'))
      await press(page.getByRole('button', { name: 'Keep', exact: true }))
      await page
        .getByRole('dialog')
        .getByLabel(/^Title/)
        .fill('Harbour board')
      await expectHealthy(desk, 'the dialog of keeping')
      await press(page.getByRole('dialog').getByRole('button', { name: 'Keep', exact: true }))
      await page.getByText('Kept as revision 1.').waitFor()
      await page.waitForURL(/board=/)
      board = new URL(page.url()).searchParams.get('board') ?? ''
      expect(decodeURIComponent(page.url())).not.toMatch(/Anna|Harbour/)
      expect(await page.getByRole('button', { name: /^Undo/ }).isDisabled()).toBe(false)

      await openDrawn(`/records/graph?board=${board}`)
      await page.getByRole('heading', { name: 'Harbour board' }).waitFor()
      await expectCounts(shown)
      expect(await page.getByLabel('From', { exact: true }).inputValue()).toBe('2018-06-01')
      expect(await page.getByRole('checkbox', { name: /^Other link/ }).isChecked()).toBe(false)
      expect(await page.getByRole('checkbox', { name: /^Ownership/ }).isChecked()).toBe(true)
      await page.getByText('Ask the harbour master').waitFor()
      await page.getByText('Relations taken off: 1').waitFor()
      await page.getByRole('row', { name: /Anna Holding.*amber.*yes/ }).waitFor()
    },
    BUSY_MS,
  )

  it(
    'is not written over what somebody else kept since: it says so and can be kept as another',
    async () => {
      const client = await coalition.client('antwerp')
      const { layout, ...row } = await client.call(showBoard, { board })
      await client.call(saveBoard, { board, revision: row.revision, title: 'Theirs', layout, key: crypto.randomUUID() })
      await page.getByRole('searchbox', { name: 'Find on the board' }).fill('Company 0')
      await press(page.getByRole('button', { name: 'Choose those found' }))
      await press(page.getByRole('button', { name: 'Take off the board', exact: true }))
      await press(page.getByRole('button', { name: 'Keep', exact: true }))
      await press(page.getByRole('dialog').getByRole('button', { name: 'Keep', exact: true }))
      await page.getByText('Somebody kept the board anew since it was opened.').waitFor()
      // The browser says of a refused call what the page says too.
      expect(desk.complaints.splice(0)).toEqual([expect.stringContaining('409')])
      await page.screenshot(shot('stale'))
      await press(page.getByRole('dialog').getByRole('button', { name: 'Keep as another' }))
      await press(page.getByRole('dialog').getByRole('button', { name: 'Keep as another' }))
      await page.getByText('Kept as revision 1.').waitFor()
      expect((await client.call(listBoards, {})).items.map(({ title }) => title).sort()).toEqual(['Harbour board', 'Theirs'])
    },
    BUSY_MS,
  )

  it(
    'is found in the list of boards',
    async () => {
      await page.goto('/records/boards')
      await page.getByRole('link', { name: 'Theirs' }).waitFor()
      await expectHealthy(desk, 'the list of boards')
      await page.screenshot(shot('boards'))
      await press(page.getByRole('link', { name: 'Theirs' }))
      await page.getByRole('heading', { name: 'Theirs' }).waitFor()
    },
    BUSY_MS,
  )

  it(
    'goes out as a picture, a drawing and three formats that other programs read, and no name becomes markup',
    async () => {
      await openDrawn(`/records/graph?board=${board}`)
      await page.getByText('Export', { exact: true }).click()
      const take = async (control: Locator) => {
        const [download] = await Promise.all([page.waitForEvent('download'), press(control)])
        return { name: download.suggestedFilename(), bytes: await fileOf(download) }
      }
      const png = await take(page.getByRole('button', { name: 'Picture (PNG)' }))
      expect(png.name).toBe('board.png')
      expect([...png.bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
      const svg = (await take(page.getByRole('button', { name: 'Drawing (SVG)' }))).bytes.toString('utf8')
      expect(svg).toContain('Anna Holding')
      const gexf = (await take(page.getByRole('button', { name: 'GEXF' }))).bytes.toString('utf8')
      const graphml = (await take(page.getByRole('button', { name: 'GraphML' }))).bytes.toString('utf8')
      for (const text of [svg, gexf, graphml]) {
        expect(await page.evaluate(elementsOf, text)).not.toContain('parsererror')
        expect(await page.evaluate(elementsOf, text)).not.toContain('script')
        expect(text).toContain('&lt;script')
      }
      const csv = await take(page.getByRole('button', { name: 'Relations (CSV)' }))
      expect(csv.bytes.toString('utf8')).toMatch(/Anna Holding.*Company \d\d/)
      expect(desk.complaints).toEqual([])
      // What the node refuses is said in its words, where a link would only fail.
      const detail = 'What is stated of the records is too much for one file.'
      const refused = {
        status: 409,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'records.export-size', detail }),
      }
      await page.route('**/export?format=ftm', async (route) => await route.fulfill(refused))
      await press(page.getByRole('button', { name: 'FollowTheMoney lines' }))
      await page.getByRole('alert').getByText(detail).waitFor()
      await page.unroute('**/export?format=ftm')
      expect(desk.complaints.splice(0)).toEqual([expect.stringContaining('409')])
    },
    BUSY_MS,
  )

  it(
    'is seen in time, near and far by keys, with a table of the same',
    async () => {
      await openDrawn(`/records/graph?board=${board}`)
      await press(page.getByRole('button', { name: 'Timeline' }))
      const chart = page.getByRole('application', { name: /^Lanes by record/ })
      await chart.waitFor()
      const before = await chart.getAttribute('aria-label')
      await chart.focus()
      await page.keyboard.press('+')
      await page.keyboard.press('+')
      await page.keyboard.press('ArrowRight')
      expect(await chart.getAttribute('aria-label')).not.toBe(before)
      await page.keyboard.press('0')
      expect(await chart.getAttribute('aria-label')).toBe(before)
      await page
        .getByRole('row', { name: /Anna Holding/ })
        .first()
        .waitFor()
      await expectHealthy(desk, 'a timeline')
      await page.screenshot(shot('timeline'))
    },
    BUSY_MS,
  )

  it(
    'goes to others as a piece of information of the exchange, with the file in its form',
    async () => {
      await openDrawn(`/records/graph?board=${board}`)
      await press(page.getByRole('button', { name: 'Share' }))
      await press(page.getByRole('button', { name: 'Prepare' }))
      await page.getByText(/^Records \d+, statements \d+\./).waitFor()
      await expectHealthy(desk, 'what would be shared')
      await page.screenshot(shot('share'))
      await press(page.getByRole('button', { name: 'Write the piece of information' }))
      await page.waitForURL(/\/items\/new$/)
      await page.getByRole('listitem').filter({ hasText: 'records.jsonl' }).waitFor()
    },
    BUSY_MS,
  )

  describe.each([
    { width: 1280, dark: false },
    { width: 1280, dark: true },
    { width: 360, dark: false },
    { width: 360, dark: true },
  ])('at $width points, dark $dark', ({ width, dark }) => {
    it(
      'has no finding of axe, no complaint and no sideways scrolling',
      async () => {
        const other = await atDesk(browser, { url: coalition.node('be-antwerp').url, account: 'antwerp', width, dark })
        await openDrawn(`/records/graph?board=${board}`, other.page)
        await other.page.getByRole('searchbox', { name: 'Find on the board' }).fill('Anna')
        await other.page.getByRole('button', { name: 'Choose those found' }).press('Enter')
        await other.page.getByText('Relations at the node').waitFor()
        await expectHealthy(other, `a board at ${width}`)
        await other.page.screenshot(shot(`board-${width}-${dark ? 'dark' : 'light'}`))
        await other.page.getByRole('button', { name: 'Timeline' }).press('Enter')
        await other.page.getByRole('application', { name: /^Lanes by record/ }).waitFor()
        await expectHealthy(other, `a timeline at ${width}`)
        await other.page.goto('/records/boards')
        await other.page.getByRole('link', { name: 'Theirs' }).waitFor()
        await expectHealthy(other, `boards at ${width}`)
        await other.context.close()
      },
      BUSY_MS,
    )
  })

  it.each([
    { without: ['webgl2'], state: 'plain', told: 'This browser has no WebGL' },
    { without: ['webgl2', '2d'], state: 'none', told: 'This browser cannot draw the board.' },
  ])(
    'is there in a browser without $without: $state',
    async ({ without, state, told }) => {
      const other = await atDesk(browser, { url: coalition.node('be-antwerp').url, account: 'antwerp' })
      await other.page.addInitScript(takeAway, without)
      await openDrawn(`/records/graph?board=${board}`, other.page)
      expect(await other.page.locator('[data-canvas]').getAttribute('data-canvas')).toBe(state)
      await other.page.getByText(told).waitFor()
      await other.page.getByRole('checkbox', { name: 'Choose Anna Holding' }).press('Space')
      await other.page.getByText('Relations at the node').waitFor()
      await other.page.getByRole('button', { name: 'Take off the board', exact: true }).press('Enter')
      await other.page.getByRole('button', { name: 'Undo: taken off' }).waitFor()
      await other.page.keyboard.press('Control+z')
      await expectHealthy(other, `a board without ${without.join(' and ')}`)
      await other.page.screenshot(shot(`without-${state}`))
      await other.context.close()
    },
    BUSY_MS,
  )
})

it(
  'answers a board that is not there as one that this desk may not open',
  async () => {
    await page.goto('/records/graph?board=01932a00-0000-7000-8000-000000000000')
    await page.getByText('There is no such page, or it is not yours to see.').waitFor()
    await page.goto('/records/graph?board=nonsense')
    await page.getByRole('alert').waitFor()
    await page.goto('/records/graph?entities=nonsense,%3Cscript%3E')
    await page.getByText('Nothing lies on this board.').waitFor()
  },
  BUSY_MS,
)

/** Runs in the page. */
function elementsOf(xml: string): string[] {
  const Parser = Reflect.get(globalThis, 'DOMParser') as new () => {
    parseFromString(text: string, type: string): { querySelectorAll(selector: string): Iterable<{ readonly localName: string }> }
  }
  return [...new Parser().parseFromString(xml, 'application/xml').querySelectorAll('*')].map(({ localName }) => localName)
}

/** Runs in the page, before any of its own: contexts of a canvas that this browser is not to have. */
function takeAway(kinds: readonly string[]): void {
  const { prototype } = Reflect.get(globalThis, 'HTMLCanvasElement') as {
    prototype: { getContext: (kind: string, options?: unknown) => unknown }
  }
  const own = prototype.getContext
  prototype.getContext = function getContext(this: unknown, kind: string, options?: unknown) {
    return kinds.includes(kind) ? null : own.call(this as never, kind, options)
  }
}
