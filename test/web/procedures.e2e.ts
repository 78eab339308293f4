/** Procedures in a real browser over real nodes: the catalogue, opening a case, forms kept as drafts, steps, clocks; by keyboard, and accessible. */
import { copyFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildWeb } from '../../src/app/demo/build-web.ts'
import { AUTHORITIES } from '../../src/testing/authorities.ts'
import { openBrowser } from '../../src/testing/browser.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { atDesk, expectHealthy, goBy, press as pressControl, unreachable } from './desk.ts'

/** A busy machine reads, draws and answers late; nothing here is about speed. */
const PATIENT = { timeout: 60_000 }
let coalition: TestCoalition
let browser: Browser
/** A procedure of the test alone, as an administrator adds one. */
const EVERY_FIELD = 'pr-90-every-field.yaml'
const POLICE = 'be.federal.antwerp'
const url = (node: string) => coalition.node(node).url

beforeAll(async () => {
  await buildWeb(() => undefined)
  coalition = await startCoalition({
    nodes: ['es-algeciras', 'be-antwerp'],
    also: AUTHORITIES,
    prepare: (home) => {
      mkdirSync(path.join(home, 'procedures'), { recursive: true })
      copyFileSync(path.join(import.meta.dirname, EVERY_FIELD), path.join(home, 'procedures', EVERY_FIELD))
    },
  })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await coalition.stop()
})

/** The label of what holds the focus, or its text. */
const focused = async (page: Page): Promise<string> =>
  await page.locator('*:focus').evaluate((element) => {
    const labels: ArrayLike<{ readonly textContent: string }> | undefined = Reflect.get(element, 'labels')
    return labels?.[0]?.textContent ?? element.textContent ?? ''
  })

/** Chooses in a list that is searched by typing, as a person does: first the field, then the letters, then the entry. */
async function choose(page: Page, field: string, by: { readonly text: string; readonly option: string | RegExp }): Promise<void> {
  await page.getByRole('combobox', { name: field }).pressSequentially(by.text)
  await page.getByRole('option', { name: by.option }).click(PATIENT)
}

/** Opens a drug alert for the Spanish contact point and answers the path of its case, its first form open. */
async function openAlert(page: Page): Promise<string> {
  await page.goto('/procedures/PR-26/open')
  await choose(page, 'Desk at risk', { text: 'es.police.spoc', option: /^Single Point of Contact Spain/ })
  await page.getByRole('button', { name: 'Open a case' }).click()
  await page.getByRole('heading', { name: 'Assess', level: 2 }).waitFor(PATIENT)
  return new URL(page.url()).pathname
}

it('goes from the catalogue to a relayed warning by keyboard alone', async () => {
  const desk = await atDesk(browser, { url: url('be-antwerp'), account: POLICE })
  const { page } = desk
  const press = async (name: string): Promise<void> => {
    // The step of an open form stands above it too, and cannot be pressed there.
    await pressControl(page.getByRole('button', { name, exact: true }).last())
  }
  await goBy(page, 'o', page.getByRole('heading', { name: 'Procedures' }))
  await page.getByLabel('Find by name or act').focus()
  await page.keyboard.type('drug-alert')
  await expect.poll(() => page.url(), PATIENT).toContain('text=drug-alert')
  await page.getByRole('link', { name: 'Open PR-26' }).focus(PATIENT)
  await expectHealthy(desk, 'catalogue')
  await page.keyboard.press('Enter')

  await page.getByRole('heading', { name: 'Open a case: Drug-alert relay' }).waitFor(PATIENT)
  await press('Open a case')
  await page.getByText('Somebody must fill this role.').waitFor(PATIENT)
  await page.getByRole('combobox', { name: 'Desk at risk' }).focus()
  await page.keyboard.type('es.police.spoc')
  await page.getByRole('option', { name: /^Single Point of Contact Spain/ }).waitFor(PATIENT)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Remove Single Point of Contact Spain/ }).waitFor(PATIENT)
  await expectHealthy(desk, 'choosing parties')
  expect(await unreachable(page)).toEqual([])
  await press('Open a case')

  await page.getByRole('heading', { name: 'Assess', level: 2 }).waitFor(PATIENT)
  await expect.poll(async () => await focused(page), PATIENT).toBe('Assess')
  await expectHealthy(desk, 'the first form')
  expect(await unreachable(page)).toEqual([])

  await press('Assess')
  await page.getByText('Still in the way: 3').waitFor(PATIENT)
  await expectHealthy(desk, 'a form with problems')
  await press('Substance')
  await expect.poll(async () => await focused(page), PATIENT).toMatch(/^Substance/)
  await page.keyboard.type('x'.repeat(201))
  await page.getByText('Text of at most 200 signs.').first().waitFor(PATIENT)
  await page.getByLabel(/^Substance/).press('ControlOrMeta+a')
  await page.keyboard.type('nitazene in tablets')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Dangerous')
  await page.keyboard.press('Tab')
  await page.getByLabel(/^Date of the finding/).fill('2026-11-20')
  await page.getByLabel(/^Case behind the finding/).fill('OUR-CASE')
  await page.getByText(/^Saved \d\d:\d\d$/).waitFor(PATIENT)
  await page.getByText('Still in the way').waitFor({ state: 'detached', ...PATIENT })

  await press('Assess')
  await page.getByRole('status').filter({ hasText: 'Done: Assess' }).waitFor(PATIENT)
  await expect.poll(async () => await focused(page), PATIENT).toBe('nitazene in tablets')
  const clocks = page.getByRole('region', { name: 'Clocks' })
  await clocks.getByText('Relay the warning').waitFor(PATIENT)
  expect(await clocks.textContent()).toContain('policy')
  expect(await clocks.textContent()).not.toContain('law')
  await page.locator('summary').first().click()
  await expectHealthy(desk, 'the case')

  await press('What if: Relay the warning')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('heading', { name: 'As assumed' }).waitFor(PATIENT)
  await expectHealthy(desk, 'what if')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  await press('Relay')
  await page.getByRole('status').filter({ hasText: 'Done: Relay' }).waitFor(PATIENT)
  await expect.poll(async () => await page.getByRole('region', { name: 'History' }).textContent(), PATIENT).toContain('Assessed → Relayed')
  await desk.context.close()

  const spain = await atDesk(browser, { url: url('es-algeciras'), account: 'spain-spoc' })
  await spain.page.goto('/?show=waiting')
  await spain.page.getByRole('link', { name: 'nitazene in tablets' }).click(PATIENT)
  await spain.page.getByRole('heading', { name: 'nitazene in tablets' }).waitFor(PATIENT)
  expect(await spain.page.locator('main').textContent()).not.toContain('OUR-CASE')
  await expectHealthy(spain, 'the case of the recipient')
  await spain.context.close()
})

it('keeps what was typed and brings it back', async () => {
  const desk = await atDesk(browser, { url: url('be-antwerp'), account: POLICE })
  const { page } = desk
  const path = await openAlert(page)
  await page.getByLabel(/^Substance/).fill('xylazine')
  await page.getByLabel(/^Analytical/).fill('First line\nSecond line')
  await page.getByText(/^Saved \d\d:\d\d$/).waitFor(PATIENT)
  expect(new URL(page.url()).search).toBe('?step=assess')
  await page.reload()
  await expect.poll(async () => await page.getByLabel(/^Substance/).inputValue(), PATIENT).toBe('xylazine')
  expect(await page.getByLabel(/^Analytical/).inputValue()).toBe('First line\nSecond line')

  // What was typed last is kept by leaving the form.
  await page.getByLabel(/^Substance/).fill('xylazine, powder')
  await page.getByRole('button', { name: 'Close the form' }).click()
  await page.getByRole('heading', { name: 'Assess', level: 2 }).waitFor({ state: 'detached' })
  await page.goto(`${path}?step=assess`)
  await expect.poll(async () => await page.getByLabel(/^Substance/).inputValue(), PATIENT).toBe('xylazine, powder')
  await desk.context.close()
})

it('lets two people who typed into the same field choose, and loses the text of neither', async () => {
  const mine = await atDesk(browser, { url: url('be-antwerp'), account: POLICE })
  const theirs = await atDesk(browser, { url: url('be-antwerp'), account: `${POLICE}.lead` })
  const path = await openAlert(mine.page)
  await theirs.page.goto(`${path}?step=assess`)
  const field = (page: Page, name: RegExp) => page.getByLabel(name)
  await field(theirs.page, /^Substance/).waitFor(PATIENT)
  await field(theirs.page, /^Substance/).fill('their text')
  await theirs.page.getByText(/^Saved \d\d:\d\d$/).waitFor(PATIENT)
  await field(mine.page, /^Substance/).fill('my text')
  await mine.page.getByText('changed the same draft meanwhile').waitFor(PATIENT)
  await mine.page.getByText('Not saved: choose which text to keep.').waitFor(PATIENT)
  await expectHealthy({ ...mine, complaints: mine.complaints.filter((each) => !each.includes('409')) }, 'two texts')
  await mine.page.getByRole('link', { name: 'Procedures', exact: true }).click()
  const dialog = mine.page.getByRole('dialog', { name: 'Not saved' })
  await dialog.getByRole('button', { name: 'Stay' }).click(PATIENT)
  await dialog.waitFor({ state: 'detached' })
  expect(await field(mine.page, /^Substance/).inputValue()).toBe('my text')
  await mine.page.getByRole('button', { name: 'Take theirs: Substance' }).click()
  await mine.page.getByText(/^Saved \d\d:\d\d/).waitFor(PATIENT)
  expect(await field(mine.page, /^Substance/).inputValue()).toBe('their text')
  await mine.context.close()
  await theirs.context.close()
})

it('says while it is typed which rule stands in the way of a step', async () => {
  const desk = await atDesk(browser, { url: url('be-antwerp'), account: POLICE })
  const { page } = desk
  await openAlert(page)
  await page.getByLabel(/^Substance/).fill('fentanyl')
  await page.getByLabel(/^Type of risk/).selectOption('adulterant')
  await page.getByLabel(/^Date of the finding/).fill('2026-11-20')
  await page.getByRole('button', { name: 'Assess' }).last().click()
  await page.getByRole('button', { name: 'Relay', exact: true }).click(PATIENT)
  await page.getByRole('button', { name: 'Approve a public version' }).click(PATIENT)
  await page.getByLabel(/^Public text/).fill('Strong opioid in powder.')
  const group = page.getByRole('group', { name: /^The public text holds no case data/ })
  await group.getByLabel('No').check()
  await page.getByText('Not possible now: The public version carries no case data.').waitFor(PATIENT)
  await expectHealthy(desk, 'a rule in the way')
  await group.getByLabel('Yes').check()
  await page.getByText('Not possible now: The public version carries no case data.').waitFor({ state: 'detached', ...PATIENT })
  await page.getByRole('button', { name: 'Approve a public version' }).last().click()
  await page.getByRole('status').filter({ hasText: 'Done: Approve a public version' }).waitFor(PATIENT)
  await desk.context.close()
})

it('draws the long form of an investigation order in sections that say how far they are, with lists by keyboard', async () => {
  const desk = await atDesk(browser, { url: url('be-antwerp'), account: 'be.prosecutor.antwerp' })
  const { page } = desk
  await page.goto('/procedures/PR-06/open')
  await page.getByRole('heading', { name: /^Open a case/ }).waitFor(PATIENT)
  await expectHealthy(desk, 'roles of an investigation order')
  await page.getByRole('button', { name: 'Open a case' }).click()
  const sections = page.getByRole('navigation', { name: 'Sections of the form' })
  await sections.waitFor(PATIENT)
  await expectHealthy(desk, 'the long form')
  expect(await sections.getByRole('listitem').count()).toBeGreaterThanOrEqual(11)
  // Of the answers to one question the arrows reach the others.
  expect((await unreachable(page)).filter((markup) => !markup.includes('type="radio"'))).toEqual([])

  // A press leads to the section; a condition brings in what it asks for, with its section.
  const entry = (name: string) => sections.getByRole('listitem').filter({ hasText: name })
  expect(await entry('Section H4').count()).toBe(0)
  await sections.getByRole('button', { name: 'Section C: Investigative measure(s) to be carried out' }).press('Enter')
  await expect.poll(async () => await focused(page), PATIENT).toMatch(/^Section C/)
  expect(await entry('Section C').textContent()).toContain('empty')
  await page.getByLabel(/^Find in It is one of the following measures/).focus()
  await page.keyboard.type('bank and other financial accounts')
  await page.getByText(/^1 of \d+ shown, 0 chosen$/).waitFor(PATIENT)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.getByText(/^1 of \d+ shown, 1 chosen$/).waitFor(PATIENT)
  await entry('Section H4').waitFor(PATIENT)
  expect(await entry('Section C').textContent()).toContain('started')

  // A country is found by its name.
  await page.getByRole('combobox', { name: /^Executing State/ }).focus()
  await page.keyboard.type('spa')
  await page.getByRole('option', { name: 'Spain (ES)' }).waitFor(PATIENT)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect.poll(async () => await page.getByRole('combobox', { name: /^Executing State/ }).inputValue(), PATIENT).toBe('Spain (ES)')

  const persons = page.getByRole('group', { name: /^Natural person\(s\) concerned/ }).first()
  const add = persons.getByRole('button', { name: 'Add to Natural person(s) concerned' })
  for (const name of ['First', 'Second', 'Third']) {
    await add.press('Enter')
    // The focus stands in the new entry.
    await expect.poll(async () => await focused(page), PATIENT).toMatch(/^Name/)
    await page.keyboard.type(name)
  }
  const names = async () => await persons.getByLabel(/^Name/).evaluateAll((inputs) => inputs.map((input) => Reflect.get(input, 'value')))
  await persons.getByRole('button', { name: 'Move Natural person(s) concerned 3 up' }).press('Enter')
  await expect.poll(names, PATIENT).toEqual(['First', 'Third', 'Second'])
  await expect
    .poll(async () => await page.locator('*:focus').getAttribute('aria-label'), PATIENT)
    .toBe('Move Natural person(s) concerned 2 up')
  await persons.getByRole('button', { name: 'Remove Natural person(s) concerned 1' }).press('Enter')
  await expect.poll(names, PATIENT).toEqual(['Third', 'Second'])
  await expect.poll(async () => await focused(page), PATIENT).toMatch(/^Name/)
  await expectHealthy(desk, 'a form with entries')
  await page.getByText(/^Saved \d\d:\d\d$/).waitFor(PATIENT)
  await page.reload()
  await expect.poll(names, PATIENT).toEqual(['Third', 'Second'])
  expect(await page.getByRole('combobox', { name: /^Executing State/ }).inputValue()).toBe('Spain (ES)')
  await desk.context.close()
})

/** Opens a case of the procedure of this test and answers the path. */
async function openEveryField(page: Page): Promise<string> {
  await page.goto('/procedures/PR-90/open')
  await page.getByRole('button', { name: 'Open a case' }).click(PATIENT)
  await page.getByRole('heading', { name: 'Complete the form', level: 2 }).waitFor(PATIENT)
  return new URL(page.url()).pathname
}

/** The button of a step whose form is open. */
const sendButton = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).last()

it('says of each kind of field what is wrong with it, the node what only the node can check', async () => {
  const desk = await atDesk(browser, { url: url('be-antwerp'), account: POLICE })
  const { page } = desk
  await openEveryField(page)
  const field = async (name: string, value: string, problem: string): Promise<void> => {
    await page.getByLabel(name, { exact: false }).first().fill(value)
    await page.keyboard.press('Tab')
    await page.locator('.said').getByText(problem).waitFor(PATIENT)
  }
  await field('Name of it', 'x'.repeat(21), 'Text of at most 20 signs.')
  await field('Container', 'MSKU1234560', 'The check digit does not match')
  await field('Account', 'BE71 0961 2345 6760', 'Not an account number (IBAN)')
  await field('Amount', '11', 'A number of 1 to 10.')
  await page.getByRole('button', { name: 'Add to Finders' }).click()
  await page.getByLabel(/^Label/).focus()
  await page.keyboard.press('Tab')
  await page.locator('.said').getByText('Label is needed.').waitFor(PATIENT)
  const entry = (name: string) =>
    page.getByRole('navigation', { name: 'Sections of the form' }).getByRole('listitem').filter({ hasText: name })
  expect(await entry('Plain').textContent()).toContain('has problems')
  await expectHealthy(desk, 'problems of every kind')
  // What is wrong is kept as it is typed: a draft decides nothing.
  await page.getByText(/^Saved \d\d:\d\d$/).waitFor(PATIENT)
  await page.reload()
  await page.locator('.said').getByText('Not an account number (IBAN)').waitFor(PATIENT)
  await desk.context.close()
})

it('sends nothing that a condition hides, bars with the reason, warns, asks before what cannot be undone, and shows what was erased', async () => {
  const desk = await atDesk(browser, { url: url('be-antwerp'), account: POLICE })
  const { page } = desk
  const path = await openEveryField(page)
  await page.getByLabel(/^Name of it/).fill('Pebble')
  await page.getByLabel(/^Story/).fill('Found at low tide')
  await page.getByLabel(/^Moment/).fill('2026-11-20T08:30')
  const rare = page.getByRole('group', { name: /^It is rare/ })
  await rare.getByLabel('Yes').check()
  await page.getByLabel(/^How rare/).fill('SECRET-OF-A-HIDDEN-FIELD')
  await rare.getByLabel('No').check()
  await page.getByLabel(/^How rare/).waitFor({ state: 'detached', ...PATIENT })
  await choose(page, 'Stone', { text: 'gar', option: 'Garnet' })
  await choose(page, 'Origin', { text: 'belg', option: 'Belgium (BE)' })
  await choose(page, 'Kept by', { text: 'Point of Contact Spain', option: /^Single Point of Contact Spain/ })
  // A press that leaves a field is not missed, though what is wrong with the field then shows and moves the button.
  await page.getByLabel(/^Container/).fill('MSKU1234560')
  await sendButton(page, 'Complete the form').click()
  await page.getByText('Still in the way: 1').waitFor(PATIENT)
  await page.getByLabel(/^Container/).fill('')
  await sendButton(page, 'Complete the form').click()
  await page.getByRole('status').filter({ hasText: 'Done: Complete the form' }).waitFor(PATIENT)

  const held = page.getByRole('region', { name: 'What the case holds' })
  for (const each of ['Pebble', 'Found at low tide', 'Garnet', 'Belgium (BE)', 'Single Point of Contact Spain', '20 Nov 2026'])
    await held.getByText(each).waitFor(PATIENT)
  await page.locator('summary').first().click()
  const steps = page.getByRole('region', { name: 'What can be done now' })
  expect(await steps.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true)
  expect(await steps.textContent()).toMatch(/Not possible now: Nobody reads it\..*Regulation on reading Art 3.*not verified/)
  const clocks = page.getByRole('region', { name: 'Clocks' })
  expect(await clocks.textContent()).toMatch(/policy.*Regulation on memory Art 1.*not verified/)
  await expectHealthy(desk, 'a barred step')

  await steps.getByRole('button', { name: 'Erase' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Erase?' })
  await dialog.getByText('This step cannot be undone.').waitFor(PATIENT)
  await dialog.getByText('It is not even rare.').waitFor()
  await expectHealthy(desk, 'the question before what cannot be undone')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await held.getByText('Found at low tide').waitFor()
  await steps.getByRole('button', { name: 'Erase' }).press('Enter')
  await dialog.getByRole('button', { name: 'Erase' }).press('Enter')
  await held.getByText('erased').waitFor(PATIENT)
  expect(await page.content()).not.toContain('Found at low tide')
  expect(await page.content()).not.toContain('SECRET-OF-A-HIDDEN-FIELD')

  // A ground that may not be used, and one that seldom fits.
  await page.getByRole('region', { name: 'What can be done now' }).getByRole('button', { name: 'Refuse' }).click()
  await page.getByLabel(/^Ground/).selectOption({ label: 'Not fit' })
  await page.getByText('This ground may not be used here.').waitFor(PATIENT)
  await page.getByText('Things from Belgium are usually fit.').waitFor()
  await page.getByLabel(/^Why this ground applies all the same/).waitFor()
  await expectHealthy(desk, 'a refusal')
  await page.getByLabel(/^Ground/).selectOption({ label: 'Too tired' })
  await page.getByLabel(/^Reasons/).fill('It was a long day.')
  await sendButton(page, 'Refuse').click()
  await page.getByText('The case is closed.').first().waitFor(PATIENT)
  await page.goto(path)
  await page.getByRole('region', { name: 'History' }).getByText('Refuse').first().waitFor(PATIENT)
  await expectHealthy(desk, 'a closed case')
  await desk.context.close()
})

it.each([
  [1280, false],
  [360, true],
])(
  'shows procedures and their law, %i wide, dark: %s',
  async (width, dark) => {
    const desk = await atDesk(browser, { url: url('be-antwerp'), account: 'be.prosecutor.antwerp', width, dark })
    for (const path of ['/procedures', '/procedures/PR-06', '/procedures/PR-26', '/procedures/PR-06/open', '/cases/no-such-case']) {
      await desk.page.goto(path)
      await desk.page.locator('main').getByText(/\w/).first().waitFor(PATIENT)
      for (const each of await desk.page.locator('details > summary').all()) await each.click()
      await expectHealthy(desk, path)
    }
    await desk.context.close()
  },
  600_000,
)
