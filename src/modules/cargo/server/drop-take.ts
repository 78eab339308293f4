/** One file of a drop folder: read through its own handle, taken in, and moved to `reading`; or refused with a report. */
import { constants } from 'node:fs'
import { type FileHandle, lstat, open, rename } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '#platform/http/app-error.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { uploadDocument } from '../contract/intake.ts'
import { takeIn } from './channel-take-in.ts'
import type { DropDesk } from './drop-desk.ts'
import { keptName, timeMark } from './drop-names.ts'
import { writeReport } from './drop-report.ts'

const NAME_KEPT = 120

export async function takeFile(desk: DropDesk, name: string, services: NodeServices): Promise<void> {
  const file = path.join(desk.folder, name)
  // No link is followed and no pipe waited for, whatever took the place of the file since it was looked at.
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => undefined)
  if (handle === undefined) return
  try {
    await takeOpen(desk, { name, file, handle }, services)
  } finally {
    await handle.close()
  }
}

async function takeOpen(
  desk: DropDesk,
  { name, file, handle }: { readonly name: string; readonly file: string; readonly handle: FileHandle },
  services: NodeServices,
): Promise<void> {
  const before = await handle.stat()
  if (!before.isFile() || before.nlink > 1) return
  const refuse = async (code: string, text: string): Promise<void> =>
    await refuseFile(desk, { file: name, code, text }, services.clock.now())
  if (before.size === 0) return await refuse('cargo.document-empty', 'The file has no bytes.')
  const { maxBytes } = uploadDocument.upload
  if (before.size > maxBytes) return await refuse('cargo.document-too-large', `A document may have at most ${maxBytes} bytes.`)
  const stored = await services.content.put(handle.createReadStream({ autoClose: false }), maxBytes).catch((error: unknown) => {
    if (error instanceof AppError) return undefined
    throw error
  })
  if (stored === undefined) return await refuse('cargo.document-too-large', `A document may have at most ${maxBytes} bytes.`)
  const after = await handle.stat()
  // It still grew: the next sweep looks again.
  if (after.size !== before.size || after.mtimeMs !== before.mtimeMs || stored.size !== before.size) return
  await services.database.asWorker('cargo.sweep-drop-folders', async (tx) => {
    const { authority, desk: unit, purpose } = desk
    await takeIn(tx, services, {
      authority,
      desk: unit,
      purpose,
      document: stored.sha256,
      name: name.slice(0, NAME_KEPT),
      size: stored.size,
      way: 'folder',
    })
    await services.record(tx, {
      event: uploadDocument.audit,
      outcome: 'done',
      facts: null,
      by: 'job:cargo.sweep-drop-folders',
      subjects: [{ kind: 'document', id: stored.sha256 }],
      detail: { size: stored.size },
    })
  })
  const reading = path.join(desk.folder, 'reading', keptName(stored.sha256, name))
  await rename(file, reading)
  // Another file took the name in between: it goes back and is looked at for itself.
  const moved = await lstat(reading)
  if (moved.ino !== before.ino) await rename(reading, file)
}

/** What is not read lies in `refused` with the reason beside it. A link moves as a link. */
export async function refuseFile(
  desk: DropDesk,
  refusal: { readonly file: string; readonly code: string; readonly text: string },
  now: Date,
): Promise<void> {
  const { file, code, text } = refusal
  const kept = keptName(timeMark(now), file)
  await writeReport(desk, { folder: 'refused', name: kept }, { file, state: 'refused', at: now.toISOString(), refused: { code, text } })
  await rename(path.join(desk.folder, file), path.join(desk.folder, 'refused', kept))
}
