/** `breakwater procedures …`: look at, check and take in procedures as files, and bring running cases to a newer wording. */
import { readFileSync } from 'node:fs'
import { loadProcedures, migrateCases, parseDefinition } from '#modules/procedures'
import { openCalendars } from '#platform/clock/calendars.ts'
import { systemClock } from '#platform/clock/clock.ts'
import { readSettings } from '#platform/config/settings.ts'
import { announce } from '#platform/events/announcements.ts'
import { openNodeHome } from '../node-home.ts'
import type { CommandOutput } from './usage.ts'

/** Checks files as a node would when it starts; needs no node. */
export function proceduresCheck(files: readonly string[], io: CommandOutput): number {
  let faults = 0
  for (const file of files) {
    const read = parseDefinition(readFileSync(file, 'utf8'))
    if (read.ok) io.out(`${file}: ${read.definition.id} ${read.definition.version} is whole`)
    else {
      faults += read.problems.length
      for (const { at, message } of read.problems) io.out(`${file}:${at}: ${message}`)
    }
  }
  return faults === 0 ? 0 : 1
}

export async function proceduresList({ json }: { readonly json: boolean }, io: CommandOutput): Promise<number> {
  return await withProcedures(async ({ procedures }) => {
    const rows = procedures
      .list()
      .map(({ definition }) => ({ id: definition.id, title: definition.title, versions: procedures.versions(definition.id) }))
    if (json) io.out(JSON.stringify(rows))
    else for (const { id, title, versions } of rows) io.out(`${id.padEnd(16)} ${versions.join(', ').padEnd(24)} ${title}`)
    return 0
  })
}

export interface MigrateCases {
  readonly procedure: string
  readonly from: string
  readonly to: string
}

export async function proceduresMigrate(asked: MigrateCases, io: CommandOutput): Promise<number> {
  return await withProcedures(async ({ procedures, home, calendars }) => {
    const unused = async (): Promise<never> => await Promise.reject(new Error('A migration sends nothing and starts no job.'))
    const { moved, stayed } = await migrateCases(
      {
        procedures,
        calendars,
        clock: systemClock,
        database: home.database,
        authorities: home.config.orgs,
        directory: () => home.directories.current(systemClock.now()),
        record: home.record,
        announce,
        enqueue: unused,
        submit: unused,
      },
      asked,
    )
    io.out(`${moved} cases moved to ${asked.procedure} ${asked.to}; ${stayed.length} stay on ${asked.from}`)
    for (const { case: id, because } of stayed) io.out(`  ${id}: ${because}`)
    return 0
  })
}

type Opened = {
  readonly home: Awaited<ReturnType<typeof openNodeHome>>
  readonly procedures: Awaited<ReturnType<typeof loadProcedures>>
  readonly calendars: Awaited<ReturnType<typeof openCalendars>>['calendars']
}

async function withProcedures(work: (opened: Opened) => Promise<number>): Promise<number> {
  const home = await openNodeHome(readSettings(process.env), systemClock)
  try {
    const { folder, database, assembly } = home
    const procedures = await loadProcedures({ folder, database, bound: assembly.procedures, now: systemClock.now() })
    const { calendars } = await openCalendars(folder)
    return await work({ home, procedures, calendars })
  } finally {
    await home.close()
  }
}
