/**
 * A stowage plan of 24,000 TEU in a browser: from the press of the vessel's name to the picture on the screen with every box in it, the answer read from the node in between. The peer reads the
 * same answer in the same page and writes the same boxes as rows of a plain HTML table.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { buildWeb } from '../src/app/demo/build-web.ts'
import { showVessel } from '../src/modules/cargo/contract/vessel.ts'
import { readCargoFile } from '../src/modules/cargo/formats/read-cargo-file.ts'
import { voyageTimes } from '../src/modules/cargo/generator/demonstration.ts'
import { printBaplieOf } from '../src/modules/cargo/generator/print-baplie.ts'
import { printInterchange } from '../src/modules/cargo/generator/print-interchange.ts'
import { type GeneratedBox, generateVoyage } from '../src/modules/cargo/generator/voyage.ts'
import { Batches } from '../src/modules/cargo/server/read-batches.ts'
import type { NodeServices } from '../src/platform/module/services.ts'
import { connect } from '../src/platform/store/connect.ts'
import { openBrowser, openPage } from '../src/testing/browser.ts'
import { benchCoalition, percentile } from './bench-coalition.ts'
import type { BenchRow } from './bench-row.ts'

const ROUNDS = 10
/** The table takes so much longer that a few rounds say enough. */
const PEER_ROUNDS = 3
/** Short boxes only: as many of them as the ship holds TEU is the most a plan can name. */
const BOXES = 24_000
const ROWS = 24
const TIERS = 20

export async function benchStowage(): Promise<BenchRow[]> {
  await buildWeb(() => undefined)
  const coalition = await benchCoalition({ only: ['be-antwerp'] })
  const browser = await openBrowser()
  try {
    const { antwerp } = coalition.cast
    const times = voyageTimes(new Date('2026-01-10T12:00:00Z'))
    const voyage = generateVoyage({ seed: 24, containers: BOXES, times })
    const plan = printBaplieOf(voyage, stowed(voyage.boxes), 'D13B')
    const interchange = { sender: 'GENERATED', recipient: 'BENCH', prepared: times.prepared, reference: 'S24000' }
    const document = await keepPlan(coalition.launched.databaseUrl('be-antwerp'), printInterchange(interchange, [plan]))
    const { vessel } = voyage
    const { plans } = await antwerp.call(showVessel, { vessel: vessel.imo })
    const answer = `/api/cargo/stowage-plans/${document}/${plans[0]?.message ?? 1}`
    const { page } = await openPage(browser, coalition.launched.process('be-antwerp').url)
    await signIn(page, coalition.password)
    const link = page.getByRole('link', { name: vessel.name })
    const ours: number[] = []
    const peer: number[] = []
    let bytes = 0
    for (let round = 0; round < ROUNDS; round++) {
      // A page loaded anew has read nothing yet: the answer comes from the node each time.
      await page.goto('/vessels')
      await link.waitFor()
      ours.push(await openPicture(page, vessel.name))
      if (round >= PEER_ROUNDS) continue
      const table = await openTable(page, answer)
      peer.push(table.took)
      bytes = table.bytes
    }
    // The first fetches the page's own code.
    const [here, there] = [percentile(ours.slice(1), 0.95), percentile(peer.slice(1), 0.95)]
    return [
      {
        name: `stowage picture of ${BOXES} boxes in the browser, answer and drawing, p95`,
        ours: here,
        peer: there,
        unit: 'ms',
        ratio: there / here,
        target: '≤ 1,000 ms',
      },
      { name: `stowage answer of ${BOXES} boxes`, ours: bytes / 1e6, unit: 'MB', target: '≤ 2 MB' },
    ]
  } finally {
    await browser.close()
    await coalition.stop()
  }
}

/**
 * The rows of the plan as reading it writes them, straight into the store, and not told to be read to the end: neither the indicators nor the arrivals look at
 * twenty-four thousand boxes behind the page that is measured.
 */
async function keepPlan(url: string, bytes: Uint8Array): Promise<string> {
  const database = connect({ url })
  const document = createHash('sha256').update(bytes).digest('hex')
  const receivedAt = new Date()
  const held = { authority: 'be.customs', desk: 'be.customs.antwerp', document }
  try {
    await database.asWorker('bench', async (tx) => {
      await sql`insert into cargo.documents (authority, desk, document, name, size, state, received_at, purpose, audience)
        values (${held.authority}, ${held.desk}, ${document}, 'plan.edi', ${bytes.length}, 'reading', ${receivedAt}, 'customs-control', ${[held.desk]}::text[])`.execute(
        tx,
      )
    })
    const services = { database, announce: async () => await Promise.resolve() } as unknown as NodeServices
    const rows = new Batches({ services, ...held, receivedAt })
    for await (const event of readCargoFile(once(bytes), { document })) await rows.take(event)
    await rows.flush(bytes.length)
    await database.pool.query('analyze cargo.equipment')
  } finally {
    await database.close()
  }
  return document
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes)
}

function* stowed(boxes: readonly GeneratedBox[]): Generator<GeneratedBox> {
  for (const [index, box] of boxes.entries()) {
    const bay = 1 + 2 * Math.floor(index / (ROWS * TIERS))
    const tier = 2 * (1 + (Math.floor(index / ROWS) % TIERS))
    // Half of the tiers below deck, half above.
    const level = tier <= TIERS ? tier : 60 + tier
    yield {
      ...box,
      stowage: [String(bay).padStart(3, '0'), String(index % ROWS).padStart(2, '0'), String(level).padStart(2, '0')].join(''),
    }
  }
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

async function openPicture(page: Page, name: string): Promise<number> {
  return await page.evaluate(
    async ({ text, boxes }) => {
      const { document } = globalThis as unknown as { document: Screen }
      const begun = performance.now()
      for (const link of document.querySelectorAll('main a')) if (link.textContent === text) link.click()
      for (;;) {
        await new Promise((done) => setTimeout(done))
        if (document.querySelector(`canvas[data-drawn="${boxes}"]`) === null) continue
        // The frame that shows what was drawn.
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
        return performance.now() - begun
      }
    },
    { text: name, boxes: BOXES },
  )
}

async function openTable(page: Page, answer: string): Promise<{ readonly took: number; readonly bytes: number }> {
  return await page.evaluate(async (url) => {
    const { document } = globalThis as unknown as { document: Screen }
    const begun = performance.now()
    const text = await (await fetch(url, { headers: { 'x-breakwater': '1' } })).text()
    const { containers, positions, marks, places, loading, discharge, weights } = JSON.parse(text)
    const rows = containers.map(
      (container: string, box: number) =>
        `<tr><td>${positions[box]}<td>${container}<td>${marks[box]}<td>${places[loading[box]]}<td>${places[discharge[box]]}<td>${weights[box]}`,
    )
    const table = document.createElement('table')
    document.body.append(table)
    table.innerHTML = rows.join('')
    // Laid out, as the picture is drawn.
    const height = table.getBoundingClientRect().height
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
    const took = performance.now() - begun
    table.remove()
    return { took: height > 0 ? took : Number.NaN, bytes: new TextEncoder().encode(text).length }
  }, answer)
}

declare function requestAnimationFrame(tell: () => void): number

/** The little of a page that is used here: the figures are compiled without the library of a browser. */
interface Element {
  readonly textContent: string
  innerHTML: string
  click(): void
  remove(): void
  append(child: Element): void
  getBoundingClientRect(): { readonly height: number }
}
interface Screen {
  readonly body: Element
  createElement(name: string): Element
  querySelector(selector: string): Element | null
  querySelectorAll(selector: string): Iterable<Element>
}
