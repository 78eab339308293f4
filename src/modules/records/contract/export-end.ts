/** The last line of every page of an export: how many records the page holds, how many restricted ones it left out, and the mark of the next page. Written and read here alone. */

export interface ExportEnd {
  readonly records: number
  /** Left out of forms that do not say that it is restricted. */
  readonly restricted: number
  readonly next: string | undefined
}

const LINES = /^\{"export":\{"records":(\d+)(?:,"restricted":(\d+))?(?:,"next":"([\w-]+)")?\}\}$/
/** In quotes where it has a comma, with the empty cells behind it. */
const TABLE = /^"?# (\d+) records(?:; restricted, left out: (\d+))?(?:; next: ([\w-]+))?"?,*$/

export function linesEnd({ records, restricted, next }: ExportEnd): string {
  return JSON.stringify({ export: { records, ...(restricted === 0 ? {} : { restricted }), ...(next === undefined ? {} : { next }) } })
}

/** Its first cell. */
export function tableEnd({ records, restricted, next }: ExportEnd): string {
  return `# ${records} records${restricted === 0 ? '' : `; restricted, left out: ${restricted}`}${next === undefined ? '' : `; next: ${next}`}`
}

/** Undefined for any other line. */
export function readLinesEnd(line: string): ExportEnd | undefined {
  return endOf(LINES.exec(line))
}

export function readTableEnd(line: string): ExportEnd | undefined {
  return endOf(TABLE.exec(line))
}

function endOf(found: RegExpExecArray | null): ExportEnd | undefined {
  return found === null ? undefined : { records: Number(found[1]), restricted: Number(found[2] ?? 0), next: found[3] }
}
