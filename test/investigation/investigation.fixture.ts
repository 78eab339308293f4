/** A desk at work on a large investigation: routes called as a request does, jobs run in this process, files on disk and encrypted as a node keeps them, exports read page by page. */
import { randomUUID } from 'node:crypto'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { Route } from '#platform/http/route.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { createCollectionRoute } from '../../src/modules/records/server/collections.ts'
import { exportCollectionRoute } from '../../src/modules/records/server/export-collection.ts'
import { runImport } from '../../src/modules/records/server/import-run.ts'
import { forgetIds } from '../../src/modules/records/server/import-seen.ts'
import { DRAFT, type Shown, startImportStore } from '../../src/modules/records/server/imports.fixture.ts'
import { showImportRoute } from '../../src/modules/records/server/imports.ts'
import { startImportRoute, uploadImportRoute } from '../../src/modules/records/server/imports-start.ts'
import { ANTWERP, deskOf } from '../../src/modules/records/server/search.fixture.ts'

export interface Investigation {
  readonly services: NodeServices
  call<T>(route: Route, input: unknown, upload?: AsyncIterable<Uint8Array>): Promise<T>
  rows(statement: string): Promise<Record<string, unknown>[]>
  collection(title: string): Promise<string>
  /** Uploaded and started: what is left is to run it. */
  upload(collection: string, file: AsyncIterable<Uint8Array>): Promise<string>
  /** Runs what was asked for of runs over files. */
  work(): Promise<void>
  /** A run whose process is killed when it commits for the so-manieth time: the transaction is lost, and with it what the process had in memory. */
  kill(id: string, commits: number): Promise<void>
  bring(collection: string, file: AsyncIterable<Uint8Array>): Promise<Shown>
  show(id: string): Promise<Shown>
  /** Lines of an export to its end; `counted` is told how many records each page says that it holds. */
  exported(collection: string, format: 'ftm' | 'statements', counted?: (records: number) => void): AsyncIterable<string>
  stop(): Promise<void>
}

export async function openInvestigation(): Promise<Investigation> {
  const at = await startImportStore()
  const { services } = at
  const facts = deskOf(ANTWERP)
  const call: Investigation['call'] = async (route, input, upload) =>
    await services.database.asOfficer(facts, async (tx) => {
      const context = {
        facts,
        tx,
        services,
        clock: services.clock,
        about: () => undefined,
        ...(upload === undefined ? {} : { upload }),
      }
      return route.spec.ok.parse(await route.run(route.spec.input.parse(input), context as unknown as CaseContext)) as never
    })
  const upload: Investigation['upload'] = async (collection, file) => {
    const { import: id } = await call<{ import: string }>(uploadImportRoute, { collection, name: 'file.ftm', format: 'ftm' }, file)
    await call(startImportRoute, { import: id, dryRun: false })
    return id
  }
  const nextJob = () => {
    const job = at.store.asked.findIndex(({ name }) => name === 'records.run-import')
    return job < 0 ? undefined : at.store.asked.splice(job, 1)[0]
  }
  const work = async (): Promise<void> => {
    for (let job = nextJob(); job !== undefined; job = nextJob()) await runImport(job.data, services)
  }
  const show: Investigation['show'] = async (id) => await call(showImportRoute, { import: id })
  return {
    services,
    call,
    rows: at.store.rows,
    upload,
    work,
    show,
    collection: async (title) =>
      (await call<{ collection: string }>(createCollectionRoute, { title, marking: DRAFT, key: randomUUID() })).collection,
    kill: async (id, commits) => {
      const job = at.store.asked.find(({ data }) => data['import'] === id)
      await runImport(job?.data ?? {}, dyingAfter(services, commits)).catch((error: unknown) => {
        if (!String(error).includes('killed')) throw error
      })
      forgetIds(`${id}:${String(job?.data['run'])}`)
    },
    bring: async (collection, file) => {
      const id = await upload(collection, file)
      await work()
      return await show(id)
    },
    exported: async function* exported(collection, format, counted) {
      for (let after: string | undefined, more = true; more; more = after !== undefined) {
        const asked = { collection, format, ...(after === undefined ? {} : { after }) }
        const { text } = await call<{ text: string }>(exportCollectionRoute, asked)
        const lines = text.trimEnd().split('\n')
        const { export: end } = JSON.parse(lines.pop() ?? '') as { readonly export: { readonly records: number; readonly next?: string } }
        counted?.(end.records)
        yield* lines
        after = end.next
      }
    },
    stop: async () => await at.stop(),
  }
}

function dyingAfter(services: NodeServices, commits: number): NodeServices {
  const { database } = services
  let left = commits
  const asWorker: typeof database.asWorker = async (name, work) => {
    left -= 1
    if (left < 0) throw new Error('killed')
    return await database.asWorker(name, async (tx) => {
      const answer = await work(tx)
      if (left === 0) throw new Error('killed')
      return answer
    })
  }
  return { ...services, database: { ...database, asWorker } }
}
