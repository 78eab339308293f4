/** A real browser from npm for tests, with what a page must never do watched: errors, refused resources, calls that leave the node. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import chromium from '@sparticuz/chromium'
import { type Browser, type BrowserContext, type ConsoleMessage, chromium as driver, type Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A page on a busy machine: nothing of it is about speed. */
const PATIENCE_MS = 60_000

export interface Watched {
  readonly context: BrowserContext
  readonly page: Page
  /** Script errors, console errors and requests to any other origin, as they came. */
  readonly complaints: string[]
}

export async function openBrowser(): Promise<Browser> {
  // The package brings its own system libraries; where it finds them follows from this variable, read when it is asked for the program.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x'
  const executablePath = await chromium.executablePath()
  // Not the package's own list: it runs all contexts in one process that shares their cookies, and switches the web's protections off.
  return await driver.launch({ executablePath, args: ['--headless=shell', '--no-sandbox', '--no-zygote', '--disable-gpu'] })
}

export async function openPage(
  browser: Browser,
  url: string,
  options: { readonly width?: number; readonly height?: number; readonly dark?: boolean } = {},
): Promise<Watched> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: options.width ?? 1280, height: options.height ?? 860 },
    colorScheme: options.dark === true ? 'dark' : 'light',
    acceptDownloads: true,
    bypassCSP: false,
    // Tests type days and hours as UTC has them, wherever the machine stands.
    timezoneId: 'UTC',
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !isAnswer(message)) complaints.push(`console: ${message.text()} ${message.location().url}`)
  })
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== new URL(url).origin && protocol.startsWith('http')) complaints.push(`foreign: ${request.url()}`)
  })
  return { context, page, complaints }
}

/** A refused sign-in and a signed-out session are answers that the page deals with, not faults of it. */
function isAnswer(message: ConsoleMessage): boolean {
  return /status of 40[134]/.test(message.text())
}

export interface AxeFinding {
  readonly id: string
  readonly nodes: readonly string[]
}

/** WCAG 2.0 to 2.2, A and AA, and best practices. Runs in the page's isolated world, so the page's own policy stays in force. */
export async function axe(page: Page): Promise<readonly AxeFinding[]> {
  await page.evaluate(AXE)
  return await page.evaluate(async () => {
    const run = (
      globalThis as unknown as {
        axe: {
          run(
            context: unknown,
            options: unknown,
          ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>
        }
      }
    ).axe
    const { violations } = await run.run(Reflect.get(globalThis, 'document'), {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map((node) => `${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`),
    }))
  })
}
