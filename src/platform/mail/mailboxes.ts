/**
 * Mailboxes of the desks of this node: `mailboxes.json` in its home, `{ "be.customs.antwerp": ["duty@customs.example"] }`. Boxes of desks and not of
 * persons: whoever leaves a desk leaves its mail. A file that is wrong stops the start and names the place.
 */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '#platform/http/app-error.ts'

export const MAILBOXES_FILE = 'mailboxes.json'

const schema = z.record(z.string().regex(/^[a-z0-9][a-z0-9.-]{0,119}$/), z.array(z.email().max(254)).min(1).max(5))
export type Mailboxes = Readonly<z.infer<typeof schema>>

/** None when there is no file. */
export function readMailboxes(home: string): Mailboxes {
  const file = path.join(home, MAILBOXES_FILE)
  if (!existsSync(file)) return {}
  const parsed = schema.safeParse(jsonOf(file))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError(503, 'mail.mailboxes', `${MAILBOXES_FILE}, ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not readable'}`)
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new AppError(503, 'mail.mailboxes', `${MAILBOXES_FILE} is not JSON.`)
  }
}
