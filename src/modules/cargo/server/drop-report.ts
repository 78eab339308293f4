/** The report beside a file of a drop folder: what became of it, for whoever dropped it. Written whole or not at all. */
import { open, rename } from 'node:fs/promises'
import path from 'node:path'
import type { DropDesk } from './drop-desk.ts'

export interface DropReport {
  readonly file: string
  readonly state: 'read' | 'refused'
  readonly at: string
  readonly document?: string
  /** In = accepted + warned + quarantined. */
  readonly messages?: { readonly accepted: number; readonly warned: number; readonly quarantined: number }
  readonly containers?: number
  readonly consignments?: number
  readonly others?: number
  readonly warnings?: number
  readonly refused?: { readonly code: string; readonly text: string; readonly at?: string }
}

export async function writeReport(
  desk: DropDesk,
  place: { readonly folder: 'done' | 'refused'; readonly name: string },
  report: DropReport,
): Promise<void> {
  const folder = path.join(desk.folder, place.folder)
  const name = `${place.name}.report.json`
  // `wx` follows no link that lies there; a report left by a node that was killed is written again.
  const waiting = path.join(folder, `.${name}.${process.pid}.${Date.now().toString(36)}`)
  const handle = await open(waiting, 'wx', 0o640)
  try {
    await handle.writeFile(`${JSON.stringify(report, null, 2)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(waiting, path.join(folder, name))
}
