/**
 * Opening the long form of a European Investigation Order (Annex A, every section its measures bring in) in a browser: from the press of the step to the
 * first field holding the focus with the page at rest, the draft read from the node in between. The peer reads the same draft in the same page and writes
 * the same fields as bare labels and inputs.
 */
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { buildWeb } from '../src/app/demo/build-web.ts'
import type { ProcedureDef } from '../src/kernel/procedure/definition.ts'
import { factsOfValue } from '../src/kernel/procedure/facts.ts'
import { codesOf } from '../src/kernel/procedure/field-value.ts'
import { askedFields } from '../src/kernel/procedure/form.ts'
import { openCase, showProcedure } from '../src/modules/procedures/contract.ts'
import { openBrowser, openPage } from '../src/testing/browser.ts'
import { benchCoalition, percentile } from './bench-coalition.ts'
import type { BenchRow } from './bench-row.ts'

const ROUNDS = 20
const PROCEDURE = 'PR-06'

export async function benchFormOpen(): Promise<BenchRow[]> {
  await buildWeb(() => undefined)
  const coalition = await benchCoalition()
  const browser = await openBrowser()
  try {
    const { antwerp } = coalition.cast
    const definition = (await antwerp.call(showProcedure, { procedure: PROCEDURE })).definition as unknown as ProcedureDef
    const step = firstStep(definition)
    const values = everyMeasure(definition)
    const { case: id } = await antwerp.call(openCase, { procedure: PROCEDURE, parties: {}, values, key: randomUUID() })
    const { page } = await openPage(browser, coalition.launched.process('be-antwerp').url)
    await signIn(page, coalition.password)
    await page.goto(`/cases/${id}`)
    await page.getByRole('button', { name: step.name }).waitFor()
    const ours: number[] = []
    const peer: number[] = []
    const fields = plainFields(definition, { step: step.id, values })
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await openForm(page, step.name))
      peer.push(await openPlain(page, { draft: `/api/cases/${id}/drafts/${step.id}`, fields: fields.html }))
    }
    const [here, there] = [percentile(ours, 0.95), percentile(peer, 0.95)]
    return [
      {
        name: `form of ${fields.sections} sections and ${fields.count} fields open in the browser, p95`,
        ours: here,
        peer: there,
        unit: 'ms',
        ratio: there / here,
        target: '≤ 300 ms',
      },
    ]
  } finally {
    await browser.close()
    await coalition.stop()
  }
}

function firstStep({ transitions, initial, opener = '' }: ProcedureDef): { readonly id: string; readonly name: string } {
  const step = transitions.find(({ from, by, form }) => from.includes(initial) && by?.includes(opener) === true && form !== undefined)
  if (step === undefined) throw new Error('The procedure begins without a form.')
  return { id: step.id, name: step.official ?? step.title }
}

/** All codes of all lists of several: what is asked only for one of them is asked too. */
function everyMeasure(definition: ProcedureDef): Record<string, unknown> {
  return Object.fromEntries(
    definition.fields.flatMap((field) => (field.type === 'codes' ? [[field.id, [...codesOf(field, definition)]] as const] : [])),
  )
}

function plainFields(definition: ProcedureDef, of: { readonly step: string; readonly values: Record<string, unknown> }) {
  const facts = Object.assign({}, ...Object.entries(of.values).map(([id, value]) => factsOfValue(id, value, 0))) as Record<string, never>
  const asked = askedFields(definition, of.step, facts)
  const html = asked.map(({ field }) => {
    const codes = codesOf(field, definition)
    if (field.type === 'long-text') return `<label>${field.title}<textarea></textarea></label>`
    if (field.type === 'codes') return codes.map((code) => `<label><input type=checkbox>${code}</label>`).join('')
    if (field.type === 'code') return `<label>${field.title}<select>${codes.map((code) => `<option>${code}`).join('')}</select></label>`
    return `<label>${field.title}<input></label>`
  })
  return { html: html.join(''), count: asked.length, sections: new Set(asked.map(({ field }) => field.section)).size }
}

async function signIn(page: Page, password: string): Promise<void> {
  await page.goto('/')
  await page.getByLabel('Account').fill('antwerp')
  await page.getByLabel('Password').fill(password)
  await page.keyboard.press('Enter')
  await page.getByLabel('Purpose').selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByRole('banner').waitFor()
}

async function openForm(page: Page, name: string): Promise<number> {
  const took = await page.evaluate(async (text) => {
    const { document } = globalThis as unknown as { document: Screen }
    const begun = performance.now()
    for (const button of document.querySelectorAll('main button')) if (button.textContent === text) button.click()
    for (;;) {
      const field = document.querySelector('.step-form input')
      field?.focus()
      // The task after the one that drew it: nothing is in the way of a key any more.
      await new Promise((done) => setTimeout(done))
      if (field !== null && document.activeElement === field) return performance.now() - begun
    }
  }, name)
  await page.getByRole('button', { name: 'Close the form' }).click()
  await page.locator('.step-form').waitFor({ state: 'detached' })
  return took
}

async function openPlain(page: Page, of: { readonly draft: string; readonly fields: string }): Promise<number> {
  return await page.evaluate(async ({ draft, fields }) => {
    const { document } = globalThis as unknown as { document: Screen }
    const begun = performance.now()
    await (await fetch(draft, { headers: { 'x-breakwater': '1' } })).json()
    const box = document.createElement('div')
    document.body.append(box)
    box.innerHTML = fields
    box.querySelector('input')?.focus()
    await new Promise((done) => setTimeout(done))
    const took = performance.now() - begun
    box.remove()
    return took
  }, of)
}

/** The little of a page that is used here: the figures are compiled without the library of a browser. */
interface Element {
  readonly textContent: string
  innerHTML: string
  click(): void
  focus(): void
  remove(): void
  append(child: Element): void
  querySelector(selector: string): Element | null
}
interface Screen {
  readonly activeElement: Element | null
  readonly body: Element
  createElement(name: string): Element
  querySelector(selector: string): Element | null
  querySelectorAll(selector: string): Iterable<Element>
}
