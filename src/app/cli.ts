/**
 * The command line. Each command is loaded only when it is asked for, so that `cargo read` needs no database and starts at once.
 * Exit codes: 0 done; 1 it failed, or what was checked is not right; 2 the command was not understood.
 */
import { parseArgs } from 'node:util'
import { coalitionCommands } from './commands/coalition.ts'
import { recordsCommands } from './commands/records-commands.ts'
import { type CommandOutput, USAGE } from './commands/usage.ts'

const io: CommandOutput = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
}

/** Says how the command is meant. */
function misused(name: string): number {
  io.err(USAGE[name] ?? '')
  return 2
}

const COMMANDS: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  start: async (args) => {
    const { values } = parseArgs({
      args,
      options: { demo: { type: 'boolean', default: false }, fresh: { type: 'boolean', default: false } },
    })
    if (!values.demo) return await (await import('./commands/start.ts')).start(io)
    return await (await import('./commands/start-demo.ts')).startDemo({ fresh: values.fresh }, io)
  },
  'node init': async (args) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { example: { type: 'boolean', default: false }, out: { type: 'string', default: '.breakwater/coalition' } },
    })
    return await (await import('./commands/node-init.ts')).nodeInit({ ...values, plan: positionals }, io)
  },
  ...coalitionCommands(io),
  ...recordsCommands(io),
  'guard key': async (args) => {
    const { values } = parseArgs({ args, options: { name: { type: 'string' }, out: { type: 'string' } } })
    const { name, out } = values
    if (name === undefined || out === undefined) return misused('guard key')
    return (await import('./commands/guard.ts')).guardKey({ name, out }, io)
  },
  'guard set-up': async (args) => {
    const { positionals } = parseArgs({ args, allowPositionals: true, options: {} })
    return positionals.length < 2 ? misused('guard set-up') : (await import('./commands/guard.ts')).guardSetUp(positionals, io)
  },
  'guard draft': async (args) => {
    const { out } = parseArgs({ args, options: { out: { type: 'string' } } }).values
    return out === undefined ? misused('guard draft') : await (await import('./commands/guard.ts')).guardDraft({ out }, io)
  },
  'guard sign': async (args) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { key: { type: 'string' }, out: { type: 'string' } },
    })
    const [file] = positionals
    const { key, out } = values
    if (file === undefined || key === undefined || out === undefined) return misused('guard sign')
    return await (await import('./commands/guard.ts')).guardSign({ file, key, out }, io)
  },
  'guard accept': async (args) => {
    const [file] = parseArgs({ args, allowPositionals: true, options: {} }).positionals
    return file === undefined ? misused('guard accept') : await (await import('./commands/guard.ts')).guardAccept(file, io)
  },
  'procedures list': async (args) => {
    const { json } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } }).values
    return await (await import('./commands/procedures.ts')).proceduresList({ json }, io)
  },
  'procedures check': async (args) => {
    const { positionals } = parseArgs({ args, allowPositionals: true, options: {} })
    return positionals.length === 0
      ? misused('procedures check')
      : (await import('./commands/procedures.ts')).proceduresCheck(positionals, io)
  },
  'procedures migrate': async (args) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { from: { type: 'string' }, to: { type: 'string' } },
    })
    const [procedure] = positionals
    const { from, to } = values
    if (procedure === undefined || from === undefined || to === undefined) return misused('procedures migrate')
    return await (await import('./commands/procedures.ts')).proceduresMigrate({ procedure, from, to }, io)
  },
  'officer add': async (args) => {
    const { values } = parseArgs({
      args,
      options: {
        account: { type: 'string' },
        name: { type: 'string' },
        desk: { type: 'string', multiple: true },
        role: { type: 'string', multiple: true },
      },
    })
    return await (await import('./commands/officer-add.ts')).officerAdd(values, io)
  },
  'cargo read': async (args) => {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean', default: false } } })
    return await (await import('./commands/cargo-read.ts')).cargoRead({ files: positionals, json: values.json }, io)
  },
  'id check': async (args) => {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean', default: false } } })
    return (await import('./commands/id-check.ts')).idCheck({ words: positionals, json: values.json }, io)
  },
  'manifest verify': async (args) => {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean', default: false } } })
    return await (await import('./commands/manifest-verify.ts')).manifestVerify({ words: positionals, json: values.json }, io)
  },
  'audit verify': async (args) => {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } })
    return await (await import('./commands/audit-verify.ts')).auditVerify(values, io)
  },
  'audit prove': async (args) => {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { out: { type: 'string' } } })
    const [entry] = positionals
    if (entry === undefined || !/^\d{1,18}$/.test(entry) || positionals.length > 1) return misused('audit prove')
    return await (await import('./commands/audit-prove.ts')).auditProve({ entry, out: values.out }, io)
  },
  'audit check': async (args) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        key: { type: 'string' },
        witness: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
      },
    })
    const [file] = positionals
    if (file === undefined || values.key === undefined || positionals.length > 1) return misused('audit check')
    const { auditCheck } = await import('./commands/audit-prove.ts')
    return auditCheck({ file, key: values.key, witnesses: values.witness, json: values.json }, io)
  },
  'bundle export': async (args) => {
    const { values } = parseArgs({ args, options: { to: { type: 'string' }, out: { type: 'string' } } })
    return await (await import('./commands/bundle-export.ts')).bundleExport(values, io)
  },
  'bundle import': async (args) => {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { answers: { type: 'string' } } })
    return await (await import('./commands/bundle-import.ts')).bundleImport({ files: positionals, ...values }, io)
  },
  story: async (args) => {
    const { values } = parseArgs({
      args,
      options: { kill: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
    })
    return await (await import('./commands/story.ts')).story(values, io)
  },
}

async function run(argv: readonly string[]): Promise<number> {
  const name = [argv.slice(0, 2).join(' '), argv[0] ?? ''].find((each) => COMMANDS[each] !== undefined)
  const rest = argv.slice(name?.split(' ').length ?? 0)
  if (name === undefined || rest.includes('--help')) {
    const isHelp = argv.includes('--help') || argv[0] === 'help'
    io[isHelp ? 'out' : 'err'](USAGE[name ?? ''] ?? USAGE[''] ?? '')
    return isHelp ? 0 : 2
  }
  try {
    return (await COMMANDS[name]?.(rest)) ?? 2
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
      io.err(`${error.message}\n\n${USAGE[name] ?? ''}`)
      return 2
    }
    io.err(`breakwater ${name}: ${error instanceof Error ? error.message : String(error)}`)
    if (process.env['BREAKWATER_LOG'] === 'debug' && error instanceof Error) io.err(error.stack ?? '')
    return 1
  }
}

process.exitCode = await run(process.argv.slice(2))
