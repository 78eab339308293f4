/** The newcomer's path in a real browser, by keyboard: two files in two scripts, the duplicate, why, merged, taken back; and every page of the records healthy. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listCollections, listImports, listJudgements, searchRecords, showRecord } from '#modules/records/contract'
import { buildWeb } from '../../src/app/demo/build-web.ts'
import { openBrowser, type Watched } from '../../src/testing/browser.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { atDesk, expectHealthy, goBy, press, unreachable } from './desk.ts'

/** A node, its jobs and a browser on a busy machine: nothing here is about speed. */
const BUSY_MS = 600_000
const SHOTS = path.join(tmpdir(), 'breakwater-shots')

const LATIN = `name,date of birth,country,passport number
Aleksandr Vorobyov,1979-02-14,ru,AB1234567
Maria Van den Berghe,1985-07-01,be,EF7654321
Somebody Else,1990-02-31,be,ZZ1111111
`
const CYRILLIC = `name,date of birth,country,passport number
Александр Воробьёв,1979-02-14,ru,AB1234567
Ольга Смирнова,1991-11-05,ru,GH2222222
`

let coalition: TestCoalition
let browser: Browser
let desk: Watched

beforeAll(async () => {
  await buildWeb(() => undefined)
  coalition = await startCoalition({ nodes: ['be-antwerp'] })
  browser = await openBrowser()
  mkdirSync(SHOTS, { recursive: true })
  desk = await atDesk(browser, { url: coalition.node('be-antwerp').url, account: 'antwerp' })
}, BUSY_MS)
afterAll(async () => {
  await browser.close()
  await coalition.stop()
})

const shot = (name: string) => ({ path: path.join(SHOTS, `records-${name}.png`), fullPage: true })

async function openCollection(page: Page, title: string): Promise<void> {
  await press(page.getByRole('button', { name: 'Open a collection' }))
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Title/).fill(title)
  await dialog.getByLabel(/^Legal act/).fill('General Customs Act')
  await dialog.getByLabel(/^Article/).fill('Art 1')
  await dialog.getByLabel(/^Whom it is about/).selectOption('suspect')
  await expectHealthy(desk, 'the dialog of a new collection')
  await press(dialog.getByRole('button', { name: 'Open a collection' }))
  await dialog.waitFor({ state: 'detached' })
}

async function bringIn(page: Page, name: string, text: string): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press(page.getByRole('button', { name: 'Choose files' }))])
  await chooser.setFiles([{ name, mimeType: 'text/csv', buffer: Buffer.from(text) }])
  await page.getByRole('heading', { name: `File ${name}` }).waitFor()
}

describe('the newcomer', () => {
  it(
    'brings two files in two scripts in, after a dry run that says what will be put aside',
    async () => {
      const { page } = desk
      await goBy(page, 'x', page.getByRole('heading', { name: 'Records', level: 1 }))
      await press(page.getByRole('link', { name: 'Files and collections' }))
      await openCollection(page, 'Passenger list')
      await bringIn(page, 'latin.csv', LATIN)
      await page.getByRole('heading', { name: 'Mapping' }).waitFor()
      expect(await page.getByRole('combobox', { name: 'Property for name' }).inputValue()).toBe('Name')
      expect(await page.getByRole('combobox', { name: 'Property for date of birth' }).inputValue()).toBe('Birth date')
      expect(await page.getByRole('combobox', { name: 'Property for passport number' }).inputValue()).toMatch(/Passport/)
      await expectHealthy(desk, 'the mapping')
      await page.screenshot(shot('mapping'))
      await page.getByLabel(/^Keep this mapping/).fill('Passengers')
      await press(page.getByRole('button', { name: /dry run/ }))
      await page.getByText('Nothing was read in: this was a dry run.').waitFor()
      await page.getByText(/^In 3 = accepted/).waitFor()
      await page.getByText('1990-02-31').first().waitFor()
      expect(await (await coalition.client('antwerp')).call(searchRecords, {})).toMatchObject({ total: { total: 0 } })
      await expectHealthy(desk, 'the report of a dry run')
      await page.screenshot(shot('dry-run'))
      const [report] = await Promise.all([page.waitForEvent('download'), press(page.getByRole('link', { name: 'Every problem as CSV' }))])
      expect(report.suggestedFilename()).toMatch(/\.csv$/)
      await press(page.getByRole('button', { name: 'Read it in' }))
      await page.getByText('read in', { exact: true }).waitFor()
      await page.getByText(/^In 3 = accepted/).waitFor()
      await expectHealthy(desk, 'a file that was read in')

      await press(page.getByRole('link', { name: 'Files and collections' }))
      await openCollection(page, 'Watch list')
      await bringIn(page, 'cyrillic.csv', CYRILLIC)
      // The mapping of the same columns is offered again.
      await page.getByLabel('Kept mappings that fit').waitFor()
      expect(await page.getByLabel('Kept mappings that fit').locator('option:checked').textContent()).toBe('Passengers')
      await press(page.getByRole('button', { name: 'Read it in' }))
      await page.getByText(/^In 2 = accepted 2 /).waitFor()
      await page.getByText('read in', { exact: true }).waitFor()
    },
    BUSY_MS,
  )

  it(
    'finds the duplicate across the scripts, sees why, merges the two and takes it back',
    async () => {
      const { page } = desk
      const antwerp = await coalition.client('antwerp')
      await press(page.getByRole('link', { name: 'Find duplicates' }))
      await page.getByRole('heading', { name: 'Cross-references' }).waitFor()
      await press(page.getByRole('button', { name: 'Find duplicates' }))
      await page.getByText('done', { exact: true }).waitFor()
      await page.getByText(/^Pairs: 1$/).waitFor()
      await expectHealthy(desk, 'the pairs of a cross-reference')
      await page.screenshot(shot('pairs'))
      await press(page.getByRole('link', { name: 'Compare' }))
      await page.getByRole('heading', { name: 'Side by side' }).waitFor()
      await page.getByRole('row', { name: /Passport number.*shared/ }).waitFor()
      await page.getByRole('row', { name: /the same identifier.*\+/ }).waitFor()
      await expectHealthy(desk, 'two records side by side')
      await page.screenshot(shot('compare'))
      const before = await statementsOf()

      const evidence = page.getByRole('checkbox', { name: 'Rest the verdict on: AB1234567' }).first()
      await evidence.focus()
      await page.keyboard.press('Space')
      await page.getByRole('radio', { name: 'the same', exact: true }).focus()
      await page.keyboard.press('Space')
      await page.getByRole('textbox', { name: /^Reason/ }).fill('One passport, one day of birth.')
      await press(page.getByRole('button', { name: 'Say so' }))
      await page.getByRole('heading', { name: 'They are one record now.' }).waitFor()
      await expectHealthy(desk, 'after merging')
      const [judgement] = (await antwerp.call(listJudgements, {})).items
      expect(judgement).toMatchObject({ verdict: 'same', reason: 'One passport, one day of birth.' })
      expect(judgement?.evidence).toHaveLength(1)
      expect((await antwerp.call(searchRecords, { q: 'AB1234567' })).items).toMatchObject([{ merged: 2 }])
      expect(await statementsOf()).toEqual(before)

      await press(page.getByRole('button', { name: 'Undo' }))
      await page
        .getByRole('dialog')
        .getByRole('textbox', { name: /^Reason/ })
        .fill('Tried it.')
      await press(page.getByRole('dialog').getByRole('button', { name: 'Take back' }))
      await page.getByRole('heading', { name: 'Side by side' }).waitFor()
      expect((await antwerp.call(searchRecords, { q: 'AB1234567' })).items).toHaveLength(2)
      expect(await statementsOf()).toEqual(before)
    },
    BUSY_MS,
  )

  it(
    'is told why two records cannot be merged while it is said that they are not the same',
    async () => {
      const { page } = desk
      await page.getByRole('radio', { name: 'not the same' }).focus()
      await page.keyboard.press('Space')
      await page.getByRole('textbox', { name: /^Reason/ }).fill('Another person of that name.')
      await press(page.getByRole('button', { name: 'Say so' }))
      await page.getByRole('heading', { name: 'They stay apart: judged not the same.' }).waitFor()
      await page.getByRole('heading', { name: 'A judgement stands between them' }).waitFor()
      await expectHealthy(desk, 'a comparison that is blocked')
      await page.screenshot(shot('blocked'))
      await page.getByRole('radio', { name: 'the same', exact: true }).focus()
      await page.keyboard.press('Space')
      await page.getByRole('textbox', { name: /^Reason/ }).fill('They are one after all.')
      await press(page.getByRole('button', { name: 'Say so' }))
      expect(await page.getByRole('alert').textContent()).toContain('take that judgement back first')
      // The refusal is an answer: the browser notes it, and nothing else.
      expect(desk.complaints.splice(0)).toEqual([expect.stringContaining('status of 409')])
      await press(page.getByRole('button', { name: 'Undo' }))
      await page
        .getByRole('dialog')
        .getByRole('textbox', { name: /^Reason/ })
        .fill('It was wrong.')
      await press(page.getByRole('dialog').getByRole('button', { name: 'Take back' }))
      await page.getByRole('heading', { name: 'A judgement stands between them' }).waitFor({ state: 'detached' })
    },
    BUSY_MS,
  )
})

/** All that is stated of the records of both files, whatever they are merged into. */
async function statementsOf(): Promise<readonly string[]> {
  const antwerp = await coalition.client('antwerp')
  const { items } = await antwerp.call(searchRecords, { schema: 'Person', limit: 100 })
  const views = await Promise.all(items.map(async ({ entity }) => await antwerp.call(showRecord, { entity })))
  return views.flatMap(({ statements }) => statements.map(({ statement, prop, value }) => `${statement} ${prop} ${value}`)).sort()
}

describe('the search', () => {
  it(
    'goes by keyboard from the field through what was found, and keeps the text out of every address',
    async () => {
      const { page } = desk
      await page.goto('/records')
      await page.getByRole('heading', { name: 'Records', level: 1 }).waitFor()
      await page.locator('main').focus()
      await page.keyboard.press('/')
      await page.keyboard.type('Aleksandr Vorobyov')
      await page.getByRole('link', { name: 'Aleksandr Vorobyov' }).waitFor()
      await page.getByRole('link', { name: 'Александр Воробьёв' }).waitFor()
      await page.getByText('by name').first().waitFor()
      await press(page.getByRole('button', { name: /^People/ }))
      await page.waitForURL(/schema=Person/)
      // The address changes before the list does: what was found before is still there for a moment.
      await page.getByRole('button', { name: /^People/, pressed: true }).waitFor()
      expect(decodeURIComponent(page.url())).not.toMatch(/vorob/i)
      await page.getByRole('link', { name: 'Aleksandr Vorobyov' }).waitFor()
      await page.getByLabel('Identifier, name or words').press('ArrowDown')
      expect(await page.evaluate(() => Reflect.get(globalThis, 'document').activeElement?.hasAttribute('data-hit'))).toBe(true)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Statements' }).waitFor()
      expect(page.url()).toMatch(/\/records\/r[0-9a-f]{32}$/)
      expect(await page.title()).toMatch(/^Record r[0-9a-f]{32} · Breakwater$/)
      await page.goBack()
      await page.getByRole('link', { name: 'Aleksandr Vorobyov' }).waitFor()
      expect(await page.getByLabel('Identifier, name or words').inputValue()).toBe('Aleksandr Vorobyov')
      await page.reload()
      await page.getByRole('link', { name: 'Aleksandr Vorobyov' }).waitFor()

      await press(page.getByRole('button', { name: 'Keep this search' }))
      await page
        .getByRole('dialog')
        .getByLabel(/^Title/)
        .fill('Vorobyov in all scripts')
      await press(page.getByRole('dialog').getByRole('button', { name: 'Keep this search' }))
      await page.getByRole('heading', { name: 'Kept searches' }).waitFor()
      await page.goto('/records')
      await page.getByText(/^Records this desk may read/).waitFor()
      expect(await page.getByRole('link', { name: 'Aleksandr Vorobyov' }).count()).toBe(0)
      await press(page.getByRole('button', { name: 'Vorobyov in all scripts', exact: true }))
      await page.getByRole('link', { name: 'Aleksandr Vorobyov' }).first().waitFor()
      await expectHealthy(desk, 'what a kept search found')
      await press(page.getByRole('button', { name: /^Keep no longer/ }))
      await page.getByRole('heading', { name: 'Kept searches' }).waitFor({ state: 'detached' })
      await page.getByLabel('Identifier, name or words').fill('Zzyzx Qwertzuiop')
      await page.getByText('Nothing was found that this desk may read.').waitFor()
    },
    BUSY_MS,
  )
})

describe('a record', () => {
  it(
    'says where each value comes from on focus, and is corrected with both values in its history',
    async () => {
      const { page } = desk
      await openRecord(page)
      const mark = page.getByRole('button', { name: /^Grade B2/ }).first()
      // The note comes with the focus of the keyboard: there and back.
      await mark.focus()
      await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('Tab')
      await page.getByRole('tooltip').getByText('Passenger list').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('tooltip').waitFor({ state: 'detached' })
      await press(
        page
          .locator('.stated > div')
          .filter({ hasText: 'Birth date' })
          .getByRole('button', { name: /^Grade/ }),
      )
      await page.getByRole('dialog').getByRole('link', { name: 'the file as it came, line 2' }).waitFor()
      await expectHealthy(desk, 'the evidence')
      await page.screenshot(shot('evidence'))
      await press(page.getByRole('dialog').getByRole('button', { name: 'Correct' }))
      await page
        .getByRole('dialog')
        .getByLabel(/^Birth date/)
        .fill('1979-02-15')
      await page
        .getByRole('dialog')
        .getByRole('textbox', { name: /^Reason/ })
        .fill('Misread in the list.')
      await press(page.getByRole('dialog').getByRole('button', { name: 'Correct' }))
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.locator('.stated').getByText('1979-02-15').waitFor()
      expect(await page.locator('.stated').getByText('1979-02-14').count()).toBe(0)
      await page.getByRole('checkbox', { name: 'What has ended too' }).focus()
      await page.keyboard.press('Space')
      await page.locator('.stated').getByText('1979-02-14').waitFor()
      expect(await page.getByText('ended: corrected').count()).toBe(1)
      await page.screenshot(shot('history'))
    },
    BUSY_MS,
  )

  it(
    'takes statements that are typed in by the model',
    async () => {
      const { page } = desk
      await openRecord(page)
      await press(page.getByRole('link', { name: 'Add statements' }))
      await page.getByRole('heading', { name: 'Add statements' }).waitFor()
      await page.getByRole('combobox', { name: /^Property/ }).fill('alias')
      await page
        .getByRole('option', { name: 'Other name' })
        .or(page.getByRole('option', { name: 'Alias' }))
        .first()
        .waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.getByLabel(/^Value/).fill('The Sparrow')
      await page.getByLabel(/^Legal act/).fill('General Customs Act')
      await page.getByLabel(/^Article/).fill('Art 1')
      await page.getByLabel(/^Whom it is about/).selectOption('suspect')
      await press(page.getByRole('button', { name: 'Add statements' }))
      await page.locator('.stated').getByText('The Sparrow').waitFor()
    },
    BUSY_MS,
  )
})

describe('the rights of persons', () => {
  it(
    'holds a record for a case and lifts the hold, restricts processing and ends it, each with a reason',
    async () => {
      const { page } = desk
      await openRecord(page)
      await press(page.getByRole('button', { name: 'Hold for a case' }))
      await page.getByRole('dialog').getByLabel(/^Case/).fill('C-17')
      await page
        .getByRole('dialog')
        .getByRole('textbox', { name: /^Reason/ })
        .fill('The court has asked for it.')
      await expectHealthy(desk, 'the dialog of a hold')
      await press(page.getByRole('dialog').getByRole('button', { name: 'Hold for a case' }))
      // The hold may be listed before its dialog is gone, and what is pressed behind a dialog opens nothing.
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.getByText(/^for C-17, until/).waitFor()
      await press(page.getByRole('button', { name: 'Lift the hold for C-17' }))
      await because(page, 'Lift the hold', 'The case is closed.')
      await page.getByText(/^for C-17, until/).waitFor({ state: 'detached' })
      await press(page.getByRole('button', { name: 'Restrict processing' }))
      await because(page, 'Restrict processing', 'Accuracy is contested.')
      await page.getByText('processing restricted').waitFor()
      await press(page.getByRole('button', { name: 'End the restriction' }))
      await because(page, 'End the restriction', 'It was accurate.')
      await page.getByText('processing restricted').waitFor({ state: 'detached' })
    },
    BUSY_MS,
  )

  it(
    'lists everything held on a record for those who answer a data subject, and for nobody else',
    async () => {
      expect(await desk.page.getByRole('link', { name: 'Everything held on this record' }).count()).toBe(0)
      const lead = await atDesk(browser, { url: coalition.node('be-antwerp').url, account: 'antwerp-lead' })
      await openRecord(lead.page)
      await press(lead.page.getByRole('link', { name: 'Everything held on this record' }))
      await lead.page.getByText(/^Statements: \d+\. Judgements: \d+\./).waitFor()
      await expectHealthy(lead, 'the inventory')
      await lead.page.screenshot(shot('inventory'))
      await lead.context.close()
    },
    BUSY_MS,
  )
})

async function because(page: Page, act: string, reason: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /^Reason/ }).fill(reason)
  await press(dialog.getByRole('button', { name: act }))
  await dialog.waitFor({ state: 'detached' })
}

async function openRecord(page: Page): Promise<void> {
  const [row] = (await (await coalition.client('antwerp')).call(searchRecords, { q: 'Aleksandr Vorobyov' })).items
  await page.goto(`/records/${row?.entity ?? ''}`)
  await page.getByRole('heading', { name: 'Statements' }).waitFor()
}

describe('every page', () => {
  it.each([
    [1280, false],
    [360, true],
  ])(
    'is healthy and within reach of the keyboard, %i wide, dark: %s',
    async (width, dark) => {
      const antwerp = await coalition.client('antwerp')
      const { items } = await antwerp.call(searchRecords, { schema: 'Person' })
      const [one = '', other = ''] = items.map(({ entity }) => entity)
      const [file] = (await antwerp.call(listImports, {})).items
      const [collection] = (await antwerp.call(listCollections, {})).items
      const narrow = await atDesk(browser, { url: coalition.node('be-antwerp').url, account: 'antwerp', width, dark })
      const places = {
        search: '/records',
        found: '/records?schema=Person',
        collection: `/records?collection=${collection?.collection ?? ''}`,
        record: `/records/${one}`,
        past: `/records/${one}?history=yes&known=2020-01-01`,
        compare: `/records/compare?left=${one}&right=${other}`,
        'compare-nothing': '/records/compare',
        judgements: '/records/judgements',
        imports: '/records/imports',
        import: `/records/imports/${file?.import ?? ''}`,
        'cross-references': '/records/cross-references',
        reviews: '/records/reviews',
        'reviews-to-come': '/records/reviews?before=2099-01-01',
        new: '/records/new',
        add: `/records/new?entity=${one}`,
        none: `/records/r${'0'.repeat(32)}`,
      }
      for (const [name, where] of Object.entries(places)) {
        await narrow.page.goto(where)
        await narrow.page.getByRole('heading', { level: 1 }).waitFor()
        for (const each of await narrow.page.locator('main details > summary').all()) await each.click()
        await expectHealthy(narrow, where)
        // Of a group of radio buttons one is a stop; arrows go to the others.
        const left = (await unreachable(narrow.page)).filter((control) => !control.includes('type="radio"'))
        expect(left, where).toEqual([])
        await narrow.page.screenshot(shot(`page-${name}-${width}`))
      }
      await narrow.context.close()
    },
    BUSY_MS,
  )
})
