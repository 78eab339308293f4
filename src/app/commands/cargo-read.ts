/**
 * `breakwater cargo read FILE…`: reads messages of cargo and its transport, air waybills, declarations and tables, and says what is in them.
 * One file after the other, as a stream; nothing is stored. Needs no node and no database, so it reads the formats without their slice.
 */
import { createReadStream } from 'node:fs'
import type { FileSummary, MessageResult } from '../../modules/cargo/formats/events.ts'
import { readCargoFile } from '../../modules/cargo/formats/read-cargo-file.ts'
import type { IntakeProblem } from '../../modules/cargo/model.ts'
import { type CommandOutput, USAGE } from './usage.ts'

interface FileReport {
  readonly file: string
  interchanges: number
  readonly messages: MessageReport[]
  refused?: IntakeProblem
}

type MessageReport = Pick<
  MessageResult,
  'type' | 'directory' | 'reference' | 'segments' | 'containers' | 'distinctContainers' | 'badCheckDigit' | 'notIso'
> & { readonly warnings: IntakeProblem[]; readonly outcome: MessageResult['outcome']; readonly others: number }

export async function cargoRead(args: { files: string[]; json: boolean }, io: CommandOutput): Promise<number> {
  if (args.files.length === 0) {
    io.err(USAGE['cargo read'] ?? '')
    return 2
  }
  let hasRefusal = false
  for (const file of args.files) {
    const { report, summary } = await readFile(file)
    hasRefusal ||= report.refused !== undefined
    if (args.json) io.out(JSON.stringify({ ...report, messages: report.messages.map(({ outcome: _, others: __, ...message }) => message) }))
    else for (const line of describe(report, summary)) io.out(line)
  }
  return hasRefusal ? 1 : 0
}

async function readFile(file: string): Promise<{ report: FileReport; summary: FileSummary | undefined }> {
  const report: FileReport = { file, interchanges: 0, messages: [] }
  let summary: FileSummary | undefined
  /** Warnings about what comes next: the next message takes them. */
  let ahead: IntakeProblem[] = []
  let isAtStart = true
  try {
    for await (const event of readCargoFile(createReadStream(file)))
      if (event.kind === 'interchange') isAtStart = true
      else if (event.kind === 'message-started') isAtStart = false
      else if (event.kind === 'warning' && event.message === 0) {
        const last = report.messages.at(-1)
        if (isAtStart || last === undefined) ahead.push(event.warning)
        else last.warnings.push(event.warning)
      } else if (event.kind === 'message') {
        const { type, directory, reference, segments, containers, distinctContainers, badCheckDigit, notIso, outcome } = event.result
        const warnings = [...ahead, ...event.result.warnings]
        ahead = []
        report.messages.push({
          type,
          directory,
          reference,
          segments,
          containers,
          distinctContainers,
          badCheckDigit,
          notIso,
          warnings,
          outcome,
          others: event.result.others ?? 0,
        })
      } else if (event.kind === 'end') summary = event.summary
    report.messages.at(-1)?.warnings.push(...ahead)
  } catch (error) {
    report.refused = { code: 'file.not-readable', at: 'byte 0', text: reasonOf(error) }
  }
  report.interchanges = summary?.interchanges ?? 0
  if (summary?.refused !== undefined) report.refused = summary.refused
  return { report, summary }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT') return 'There is no such file.'
  if (code === 'EISDIR') return 'This is a folder.'
  if (code === 'EACCES') return 'The file may not be read by this user.'
  if (error instanceof Error && code !== '') return `The file cannot be read (${code}).`
  throw error
}

const WARNINGS_SHOWN = 20

function describe(report: FileReport, summary: FileSummary | undefined): string[] {
  const lines = [report.file]
  for (const {
    type,
    directory,
    reference,
    segments,
    containers,
    distinctContainers,
    badCheckDigit,
    notIso,
    warnings,
    outcome,
    others,
  } of report.messages) {
    const faults = [badCheckDigit > 0 ? `${badCheckDigit} with a wrong check digit` : '', notIso > 0 ? `${notIso} not ISO 6346` : '']
    const notes = faults.filter((fault) => fault !== '').join(', ')
    lines.push(
      `  ${[type, directory].filter(Boolean).join(' ')} ${reference}: ${outcome}, ${segments} segments, ${containers} containers (${distinctContainers} distinct${notes && `; ${notes}`})${others > 0 ? `, ${others} orders, calls, statuses, masses or answers` : ''}`,
    )
    for (const { code, at, text } of warnings.slice(0, WARNINGS_SHOWN)) lines.push(`    ${at}: ${text} [${code}]`)
    if (warnings.length > WARNINGS_SHOWN) lines.push(`    and ${warnings.length - WARNINGS_SHOWN} more warnings (all with --json)`)
  }
  if (summary !== undefined) {
    const { accepted, warned, quarantined } = summary.outcomes
    lines.push(`  ${summary.messages} messages: ${accepted} accepted, ${warned} warned, ${quarantined} quarantined`)
  }
  if (report.refused !== undefined) lines.push(`  refused at ${report.refused.at}: ${report.refused.text} [${report.refused.code}]`)
  return lines
}
