/** Names of files that moved on: the sender's name behind a mark that keeps two of one name apart, short enough for any file system. */

/** File systems give a name 255 bytes; mark and report need the rest. */
const NAME_BYTES = 120

/** The beginning of the name; signs are never cut in two. */
export function keptName(mark: string, name: string): string {
  const bytes = Buffer.from(name)
  if (bytes.length <= NAME_BYTES) return `${mark}.${name}`
  return `${mark}.${bytes
    .subarray(0, NAME_BYTES)
    .toString('utf8')
    .replace(/\ufffd+$/, '')}`
}

/** `20260901T080000123` */
export function timeMark(now: Date): string {
  return now.toISOString().replaceAll(/[-:.Z]/g, '')
}
