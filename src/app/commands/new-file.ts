/** Files of commands. Nothing is ever overwritten: a challenge used twice, or a draft mixed up, would not be noticed. */
import { writeFileSync } from 'node:fs'

export function writeNew(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' })
}
