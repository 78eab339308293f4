/** Reads an instant as a message states it: UN/EDIFACT formats 102, 203 and 204 without separators, or ISO 8601. Without a zone it is taken as UTC. */
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/
const ISO = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/

export function instantOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined
  const match = COMPACT.exec(text.trim())
  if (match !== null) {
    const [, year, month, day, hour = '00', minute = '00', second = '00'] = match
    return valid(new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`))
  }
  if (!ISO.test(text)) return undefined
  return valid(new Date(text.length > 10 && !/(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? `${text}Z` : text))
}

/** When an interchange was prepared, as UNB states it: day and minute, the year with two digits or, from syntax 4 on, with four. */
export function preparedAt(text: string): Date | undefined {
  const match = /^(\d{2})?(\d{2})(\d{4}) (\d{4})$/.exec(text.trim())
  return match === null ? undefined : instantOf(`${match[1] ?? '20'}${match[2] ?? ''}${match[3] ?? ''}${match[4] ?? ''}`)
}

function valid(date: Date): Date | undefined {
  return Number.isNaN(date.getTime()) ? undefined : date
}
