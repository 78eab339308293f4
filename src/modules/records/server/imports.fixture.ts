/** A store in which files are brought in as a node does it: content kept and encrypted on disk, jobs run when they were asked for, routes called as a request does. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { openContentStore } from '#platform/content/content-store.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { Route } from '#platform/http/route.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { ImportView, MarkingDraft } from '../contract.ts'
import { createCollectionRoute } from './collections.ts'
import { enterRecordRoute } from './enter-record.ts'
import { exportCollectionRoute } from './export-collection.ts'
import { runImport } from './import-run.ts'
import { showImportRoute } from './imports.ts'
import { startImportRoute, uploadImportRoute } from './imports-start.ts'
import { ANTWERP, AUTHORITY, deskOf, GHENT, type RecordStore, startRecordStore } from './search.fixture.ts'

export const DRAFT: MarkingDraft = {
  evaluation: { source: 'B', info: 2 },
  handling: { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] },
  legalBasis: { act: 'Regulation (EU) 952/2013', art: '46' },
  category: 'thing',
  reviewDays: 365,
  retentionDays: 1095,
  readers: [],
}

/** What the desk of a test types in: a person with a name alone, under the category of suspects. */
export const personEntry = (name: string, part: Partial<MarkingDraft> = {}) => ({
  schema: 'Person',
  values: [{ prop: 'name', value: name }],
  marking: { ...DRAFT, category: 'suspect', ...part },
  key: randomUUID(),
})

export interface Entered {
  readonly entity: string
  readonly fragment: string
}

export interface ImportStore {
  readonly store: RecordStore
  readonly services: NodeServices
  /** Of the content of files. */
  readonly folder: string
  call<T>(route: Route, input: unknown, by?: { readonly facts?: SessionFacts; readonly upload?: Uint8Array }): Promise<T>
  /** A record that is typed in. */
  enter(entry: Readonly<Record<string, unknown>>): Promise<Entered>
  collection(part?: Partial<MarkingDraft>, facts?: SessionFacts): Promise<string>
  upload(collection: string, text: string | Uint8Array, format?: 'ftm' | 'csv'): Promise<Uploaded>
  /** Uploads, starts and runs to the end. */
  bring(
    collection: string,
    text: string | Uint8Array,
    more?: { readonly format?: 'ftm' | 'csv'; readonly dryRun?: boolean },
  ): Promise<Shown>
  start(id: string, more?: Readonly<Record<string, unknown>>): Promise<void>
  /** Runs what was asked for of runs over files. */
  work(): Promise<void>
  show(id: string, from?: number): Promise<Shown>
  /** Lines of the whole collection, without the last one of each page. */
  exported(collection: string, format: 'ftm' | 'statements' | 'csv', facts?: SessionFacts): Promise<readonly string[]>
  stop(): Promise<void>
}

export interface Uploaded {
  readonly import: string
  readonly headers?: readonly string[]
  readonly suggested?: Readonly<Record<string, unknown>>
  readonly mapping?: string
}

export type Shown = ImportView & {
  readonly problemRows: readonly {
    readonly line: number
    readonly at: string
    readonly code: string
    readonly severity: string
    readonly raw?: string
  }[]
  readonly problemsLeftOut: number
}

export async function startImportStore(): Promise<ImportStore> {
  const store = await startRecordStore()
  const folder = mkdtempSync(path.join(tmpdir(), 'breakwater-imports-'))
  const services = { ...store.services, ...surroundings(), content: openContentStore(folder, randomBytes(32)) }
  const call: ImportStore['call'] = async (route, input, { facts = deskOf(ANTWERP), upload } = {}) =>
    await services.database.asOfficer(facts, async (tx) => {
      const context = {
        facts,
        tx,
        services,
        clock: services.clock,
        about: () => undefined,
        ...(upload === undefined ? {} : { upload: chunksOf(upload) }),
      }
      return route.spec.ok.parse(await route.run(route.spec.input.parse(input), context as unknown as CaseContext)) as never
    })
  const upload: ImportStore['upload'] = async (collection, text, format = 'ftm') =>
    await call(
      uploadImportRoute,
      { collection, name: `file.${format}`, format },
      { upload: typeof text === 'string' ? Buffer.from(text) : text },
    )
  const start: ImportStore['start'] = async (id, more = {}) => {
    await call(startImportRoute, { import: id, dryRun: false, ...more })
  }
  const work = async (): Promise<void> => {
    for (let job = store.asked.findIndex(({ name }) => name === 'records.run-import'); job >= 0; ) {
      const [asked] = store.asked.splice(job, 1)
      if (asked !== undefined) await runImport(asked.data, services)
      job = store.asked.findIndex(({ name }) => name === 'records.run-import')
    }
  }
  const show: ImportStore['show'] = async (id, from = 0) => await call(showImportRoute, { import: id, from })
  return {
    store,
    services,
    folder,
    call,
    upload,
    start,
    work,
    show,
    enter: async (entry) => await call(enterRecordRoute, entry),
    collection: async (part = {}, facts = deskOf(ANTWERP)) =>
      (
        await call<{ collection: string }>(
          createCollectionRoute,
          { title: 'Register of companies', marking: { ...DRAFT, ...part }, key: randomUUID() },
          { facts },
        )
      ).collection,
    bring: async (collection, text, { format = 'ftm', dryRun = false } = {}) => {
      const { import: id, suggested } = await upload(collection, text, format)
      await start(id, { dryRun, ...(suggested === undefined ? {} : { mapping: suggested }) })
      await work()
      return await show(id)
    },
    exported: async (collection, format, facts = deskOf(ANTWERP)) => {
      const lines: string[] = []
      for (let after: string | undefined, more = true; more; ) {
        const asked = { collection, format, ...(after === undefined ? {} : { after }) }
        const { text } = await call<{ text: string }>(exportCollectionRoute, asked, { facts })
        const page = text.trimEnd().split('\n')
        const last = page.pop() ?? ''
        after = format === 'csv' ? /next: ([\w-]+)/.exec(last)?.[1] : (JSON.parse(last) as { export: { next?: string } }).export.next
        lines.push(...page)
        more = after !== undefined
      }
      return lines
    },
    stop: async () => {
      await store.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What of a node this part of the slice asks for beyond the store. */
function surroundings(): Partial<NodeServices> {
  const units = [ANTWERP, GHENT].map((id) => ({ id, name: id }))
  return {
    authorities: [AUTHORITY],
    directory: () => ({ orgs: [{ id: AUTHORITY, units }] }) as unknown as ReturnType<NodeServices['directory']>,
    permissionsOf: () => ['records.read', 'records.write', 'records.judge'],
    crossChecks: [],
  }
}

async function* chunksOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes)
}
