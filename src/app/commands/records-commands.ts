/** The commands for records, each loaded when it is asked for. */
import { parseArgs } from 'node:util'
import { ACCOUNT_OPTIONS, openAccount } from './records-account.ts'
import type { CommandOutput } from './usage.ts'
import { RECORDS_USAGE } from './usage-records.ts'

const PRESETS = ['balanced', 'strict', 'ofac'] as const
const IMPORTED = ['ftm', 'csv'] as const
const EXPORTED = ['ftm', 'statements', 'csv'] as const
const text = { type: 'string' } as const

export function recordsCommands(io: CommandOutput): Readonly<Record<string, (args: string[]) => Promise<number>>> {
  const misused = (name: string): number => {
    io.err(RECORDS_USAGE[name] ?? '')
    return 2
  }
  return {
    'records search': async (args) => {
      const filters = { schema: text, country: text, topic: text, collection: text }
      const options = {
        ...ACCOUNT_OPTIONS,
        ...filters,
        limit: { type: 'string', default: '25' },
        json: { type: 'boolean', default: false },
      } as const
      const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
      const { limit, json, schema, country, topic, collection } = values
      const most = numberOf(limit)
      if (most === undefined) return misused('records search')
      const client = await openAccount(values)
      if (client === undefined) return misused('records search')
      const { recordsSearch } = await import('./records-search.ts')
      return await recordsSearch({ text: positionals.join(' '), schema, country, topic, collection, most, json }, client, io)
    },
    'records import': async (args) => {
      const own = { collection: text, format: text, mapping: text, check: { type: 'boolean', default: false } } as const
      const options = { ...ACCOUNT_OPTIONS, ...own, json: { type: 'boolean', default: false } } as const
      const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
      const [file] = positionals
      const { collection, mapping, check, json } = values
      const format = IMPORTED.find((each) => each === (values.format ?? formatOf(file ?? '')))
      if (file === undefined || positionals.length > 1 || collection === undefined || format === undefined) return misused('records import')
      const client = await openAccount(values)
      if (client === undefined) return misused('records import')
      const { recordsImport } = await import('./records-import.ts')
      return await recordsImport({ file, collection, format, mapping, check, json }, client, io)
    },
    'records export': async (args) => {
      const options = { ...ACCOUNT_OPTIONS, format: { type: 'string', default: 'ftm' }, schema: text } as const
      const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
      const [collection] = positionals
      const format = EXPORTED.find((each) => each === values.format)
      if (collection === undefined || positionals.length > 1 || format === undefined) return misused('records export')
      const client = await openAccount(values)
      if (client === undefined) return misused('records export')
      const { recordsExport } = await import('./records-export.ts')
      return await recordsExport({ collection, format, schema: values.schema }, client, io)
    },
    'records match': async (args) => {
      const how = { preset: { type: 'string', default: 'balanced' }, candidates: { type: 'string', default: '5' } } as const
      const options = { ...ACCOUNT_OPTIONS, ...how, mapping: text, json: { type: 'boolean', default: false } } as const
      const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
      const [file] = positionals
      const preset = PRESETS.find((each) => each === values.preset)
      const most = numberOf(values.candidates)
      if (file === undefined || positionals.length > 1 || preset === undefined || most === undefined || most > 50)
        return misused('records match')
      const client = await openAccount(values)
      if (client === undefined) return misused('records match')
      const { recordsMatch } = await import('./records-match.ts')
      return await recordsMatch({ file, format: formatOf(file), mapping: values.mapping, preset, most, json: values.json }, client, io)
    },
  }
}

function formatOf(file: string): (typeof IMPORTED)[number] {
  return /\.(?:csv|tsv|txt)$/i.test(file) ? 'csv' : 'ftm'
}

function numberOf(given: string): number | undefined {
  return /^[1-9]\d{0,6}$/.test(given) ? Number(given) : undefined
}
