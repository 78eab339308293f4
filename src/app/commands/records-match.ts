/**
 * `breakwater records match FILE`: every subject of a file against what an officer's desk may read. Streams: a file of any length is read once, each answer is
 * written as it comes, and what could not be read is told with its line.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Subject, subjectsOfFile } from '#modules/records'
import { matchSubject } from '#modules/records/contract'
import { CallRefused, type Client } from '../client.ts'
import { printable } from './records-search.ts'
import type { CommandOutput } from './usage.ts'

export interface MatchWords {
  readonly file: string
  readonly format: 'ftm' | 'csv'
  readonly mapping?: string | undefined
  readonly preset: 'balanced' | 'strict' | 'ofac'
  /** Candidates of one subject. */
  readonly most: number
  readonly json: boolean
}

const TELL_EVERY_MS = 2000
const MOST_WAITS = 10

/** 0: all were compared; 1: something could not be. */
export async function recordsMatch(
  { file, format, mapping, preset, most, json }: MatchWords,
  client: Client,
  io: CommandOutput,
): Promise<number> {
  const counts = { compared: 0, matched: 0, quarantined: 0, warned: 0 }
  let told = Date.now()
  const definition: unknown = mapping === undefined ? undefined : JSON.parse(readFileSync(mapping, 'utf8'))
  for await (const read of subjectsOfFile({ path: file, format, mapping: definition })) {
    if ('because' in read) {
      counts[read.isWarning ? 'warned' : 'quarantined'] += 1
      io.err(`${file}:${read.line}: ${printable(read.because)}`)
      continue
    }
    const { asked, leftOut } = limited(read.subject)
    if (leftOut > 0) {
      counts.warned += 1
      io.err(`${file}:${read.line}: ${leftOut} values are too long or too many to be compared`)
    }
    const answer = await patiently(async () => await client.call(matchSubject, { ...asked, preset, limit: most }))
    if (typeof answer === 'string') {
      counts.quarantined += 1
      io.err(`${file}:${read.line}: ${answer}`)
      continue
    }
    counts.compared += 1
    const items = answer.items.map(({ match, ...record }) => ({
      ...record,
      score: match.score,
      isMatch: match.score >= match.threshold,
      match,
    }))
    if (items.some(({ isMatch }) => isMatch)) counts.matched += 1
    if (json)
      io.out(
        JSON.stringify({
          line: read.line,
          schema: read.subject.schema,
          examined: answer.examined,
          blocksDropped: answer.blocksDropped,
          items,
        }),
      )
    else
      for (const { entity, caption, score, isMatch } of items)
        io.out(printable(`${String(read.line).padStart(7)}  ${isMatch ? 'match' : 'below'}  ${score.toFixed(3)}  ${entity}  ${caption}`))
    if (Date.now() - told > TELL_EVERY_MS) {
      told = Date.now()
      io.err(`${counts.compared} compared, ${counts.matched} with a match`)
    }
  }
  io.err(`${counts.compared} compared, ${counts.matched} with a match, ${counts.quarantined} not compared, ${counts.warned} warnings`)
  return counts.quarantined === 0 ? 0 : 1
}

const MOST_VALUES = 50
const LONGEST_VALUE = 2000

/** As many values as a request takes; the node compares no more of one property either. */
function limited({ schema, properties }: Subject): {
  readonly asked: { schema: string; properties: Record<string, string[]> }
  readonly leftOut: number
} {
  let leftOut = 0
  const kept: Record<string, string[]> = {}
  for (const [name, values] of Object.entries(properties)) {
    kept[name] = values.filter((each) => each.length <= LONGEST_VALUE).slice(0, MOST_VALUES)
    leftOut += values.length - kept[name].length
  }
  return { asked: { schema, properties: kept }, leftOut }
}

/** Waits as long as a busy node asks; the reason, when it refuses this subject alone. */
async function patiently<T>(work: () => Promise<T>): Promise<T | string> {
  for (let waits = 0; ; waits++)
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof CallRefused)) throw error
      if (error.status === 422 || error.status === 400) return String(error.body['detail'] ?? error.code)
      if (error.status !== 429 || waits >= MOST_WAITS) throw error
      await sleep(Number(error.body['retryAfter'] ?? 1) * 1000)
    }
}
