/**
 * Opening a kept board of 12,500 records and 50,000 relations in a browser: from the press of its link to the drawing with all of them on the screen, the board and
 * what its records are now read from the node in between. The peer asks the node for the same two answers in the same page and draws them as circles and lines on a
 * plain canvas, at the places they bring.
 */
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { buildWeb } from '../src/app/demo/build-web.ts'
import { saveBoard } from '../src/modules/records/contract.ts'
import { company, entityOf, knows, owns, person, type StatedRecord } from '../src/modules/records/server/graph.fixture.ts'
import type { Connection } from '../src/platform/store/connect.ts'
import { openBrowser, openPage } from '../src/testing/browser.ts'
import { PASSWORD, startCoalition, type TestCoalition } from '../src/testing/coalition.ts'
import { setup } from '../src/testing/postgres.ts'
import { percentile } from './bench-coalition.ts'
import type { BenchRow } from './bench-row.ts'
import { ANTWERP, stateRecords } from './board-data.ts'
import { randomFrom } from './record-names.ts'

const NODES = 12_500
const EDGES = 50_000
const ROUNDS = 5
const TITLE = 'Board of fifty thousand'
const BUSY_MS = 120_000

export async function benchBoard(): Promise<BenchRow[]> {
  await buildWeb(() => undefined)
  const stopServer = await setup()
  const coalition = await startCoalition({ nodes: ['be-antwerp'] })
  const browser = await openBrowser()
  try {
    const board = await keepBoard(coalition)
    const { page } = await openPage(browser, coalition.node('be-antwerp').url)
    page.setDefaultTimeout(BUSY_MS)
    await signIn(page)
    const ours: number[] = []
    const peer: number[] = []
    // The first opening reads the program of the canvas and the graph too; those after it are what an officer waits for all day. Both count.
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await openBoard(page))
      peer.push(await openPlain(page, board))
    }
    return [row('p50', 0.5), row('slowest', 1)]
    function row(part: string, share: number): BenchRow {
      const [here, there] = [percentile(ours, share), percentile(peer, share)]
      return {
        name: `board of ${EDGES.toLocaleString('en-GB')} relations open in the browser, ${part}; peer: the same answers, lines on a canvas`,
        ours: here,
        peer: there,
        unit: 'ms',
        ratio: there / here,
        target: '≤ 3,000 ms',
      }
    }
  } finally {
    await browser.close()
    await coalition.stop()
    await stopServer()
  }
}

/** Groups of twenty-five with a hub each, and relations between groups: no two boards of real cases are alike, but all have hubs. */
async function keepBoard(coalition: TestCoalition): Promise<string> {
  const random = randomFrom(7)
  const at = (count: number): number => Math.floor(random() * count)
  const id = (node: number): string => `n${node}`
  const nodes = Array.from({ length: NODES }, (_, node) => (node % 2 === 0 ? person(id(node)) : company(id(node))))
  const edges = new Map<string, StatedRecord>()
  while (edges.size < EDGES) {
    const group = at(NODES / 25) * 25
    const one = random() < 0.5 ? group : group + at(25)
    const other = random() < 0.8 ? group + at(25) : at(NODES)
    if (one === other) continue
    const edge = random() < 0.5 ? owns(id(one), id(other), { from: String(2000 + at(25)) }) : knows(id(one), id(other))
    edges.set(edge.id, edge)
  }
  const { database } = coalition.node('be-antwerp').services
  await stateRecords(database, ANTWERP, [...nodes, ...edges.values()])
  // What the server's own housekeeping does some minutes after so many rows.
  await (database as Connection).pool.query('analyze')
  const places = nodes.map((node, index) => {
    const [group, turn] = [Math.floor(index / 25), (2 * Math.PI * (index % 25)) / 24]
    const reach = index % 25 === 0 ? 0 : 120
    return {
      entity: entityOf(node.id),
      x: Math.round((group % 25) * 400 + reach * Math.cos(turn)),
      y: Math.round(Math.floor(group / 25) * 400 + reach * Math.sin(turn)),
    }
  })
  const client = await coalition.client('antwerp')
  const layout = { nodes: places, hidden: [], notes: [], layers: [] }
  return (await client.call(saveBoard, { title: TITLE, layout, key: randomUUID() })).board
}

async function signIn(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByLabel('Account').fill('antwerp')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Desk and purpose' }).waitFor()
  const purpose = page.getByLabel('Purpose')
  if ((await purpose.inputValue()) === '') await purpose.selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByRole('banner').waitFor()
}

async function openBoard(page: Page): Promise<number> {
  await page.goto('/records/boards')
  await page.getByRole('link', { name: TITLE }).waitFor()
  await page.waitForLoadState('networkidle')
  const { took, counts, canvas } = await page.evaluate(async (title) => {
    const { document, requestAnimationFrame } = globalThis as unknown as Screen
    const begun = performance.now()
    for (const link of document.querySelectorAll('main a')) if (link.textContent === title) link.click()
    for (;;) {
      await new Promise((done) => setTimeout(done, 5))
      const drawn = document.querySelector('[data-canvas="webgl"], [data-canvas="plain"], [data-canvas="none"]')
      const alert = document.querySelector('[role="alert"]')
      if (alert !== null) throw new Error(alert.textContent)
      if (drawn === null) continue
      // The second frame begins when the first is on the screen.
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
      // What is drawn on a plain canvas may still wait to be painted: a pixel is read only when it is.
      document.querySelector('[data-canvas="plain"] canvas')?.getContext('2d').getImageData(0, 0, 1, 1)
      return {
        took: performance.now() - begun,
        counts: document.querySelector('[data-counts]')?.getAttribute('data-counts') ?? '',
        canvas: drawn.getAttribute('data-canvas'),
      }
    }
  }, TITLE)
  if (counts !== `${NODES} ${EDGES}` || canvas === 'none') throw new Error(`Not the whole board: ${counts}, ${canvas}.`)
  return took
}

async function openPlain(page: Page, board: string): Promise<number> {
  const { took, lines } = await page.evaluate(async (id) => {
    const { document, requestAnimationFrame } = globalThis as unknown as Screen
    const begun = performance.now()
    const read = async (address: string, body?: string): Promise<unknown> => {
      const headers = { 'x-breakwater': '1', 'content-type': 'application/json' }
      const asked = body === undefined ? { headers } : { headers, method: 'POST', body }
      return await (await fetch(`/api/${address}`, asked)).json()
    }
    const { layout } = (await read(`boards/${id}`)) as { layout: { nodes: { entity: string; x: number; y: number }[] } }
    const entities = layout.nodes.map(({ entity }) => entity)
    const { edges } = (await read('graph-expansions', JSON.stringify({ entities, hops: 0, most: 1 }))) as {
      edges: { source: string; target: string }[]
    }
    const places = new Map(layout.nodes.map((node) => [node.entity, node]))
    const canvas = document.createElement('canvas')
    canvas.width = 900
    canvas.height = 600
    document.body.append(canvas)
    const context = canvas.getContext('2d')
    context.scale(0.06, 0.06)
    context.beginPath()
    let lines = 0
    for (const { source, target } of edges) {
      const [from, to] = [places.get(source), places.get(target)]
      if (from === undefined || to === undefined) continue
      context.moveTo(from.x, from.y)
      context.lineTo(to.x, to.y)
      lines++
    }
    context.stroke()
    for (const { x, y } of layout.nodes) context.fillRect(x - 20, y - 20, 40, 40)
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    context.getImageData(0, 0, 1, 1)
    const took = performance.now() - begun
    canvas.remove()
    return { took, lines }
  }, board)
  if (lines !== EDGES) throw new Error(`Not the whole board: ${lines}.`)
  return took
}

/** The little of a page that is used here: the figures are compiled without the library of a browser. */
interface Element {
  readonly textContent: string
  width: number
  height: number
  click(): void
  remove(): void
  append(child: Element): void
  getAttribute(name: string): string | null
  getContext(kind: '2d'): Pen
}
interface Pen {
  scale(x: number, y: number): void
  beginPath(): void
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  stroke(): void
  fillRect(x: number, y: number, width: number, height: number): void
  getImageData(x: number, y: number, width: number, height: number): unknown
}
interface Screen {
  readonly document: {
    readonly body: Element
    createElement(name: string): Element
    querySelector(selector: string): Element | null
    querySelectorAll(selector: string): Iterable<Element>
  }
  requestAnimationFrame(then: (time: number) => void): void
}
