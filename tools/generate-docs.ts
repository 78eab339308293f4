/** Writes the pages that are made from the code: measures, audit events, OpenAPI, settings, commands, procedures. Tests compare them with what lies in `docs`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { settingDocs } from '#platform/config/settings.ts'
import { openApi } from '#platform/http/openapi.ts'
import { assemble } from '#platform/module/assemble.ts'
import { USAGE } from '../src/app/commands/usage.ts'
import { MEASURES } from '../src/app/measures.ts'
import { modules } from '../src/app/modules.ts'
import { allProcedures, FOLDER, procedureDocs } from './procedure-docs/pages.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const GENERATED = '<!-- Made by `npm run docs`; do not edit. -->'
const assembly = assemble(modules)

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

function measures(): string {
  const rows = MEASURES.map((title, index) => {
    const number = index + 1
    const serving = modules.filter((module) => module.measures.includes(number))
    const told = [...new Set(serving.flatMap((module) => module.stories[number] ?? []))]
    return [
      String(number),
      title,
      serving.map((module) => module.id).join(', ') || 'not yet',
      allProcedures()
        .filter((procedure) => procedure.measures.includes(number))
        .map(({ id }) => `[${id}](procedures/${id}.md)`)
        .join(', '),
      told.map((story) => `[story](../${story})`).join(', '),
    ]
  })
  const detectors = modules.flatMap((module) =>
    module.detectors.map(({ id, version, title, knownLimits }) => [`\`${id}\``, version, title, knownLimits]),
  )
  return [
    '# Measures',
    GENERATED,
    'What of the 21 measures of the Hamburg Declaration works, in which slice, by which procedure, and which story proves it.',
    table(['No', 'Measure', 'Slices', 'Procedures', 'Proof'], rows),
    '## Detectors',
    'A detector says something of things and never of persons; its signal changes no state.',
    table(['Detector', 'Version', 'Title', 'Known limits'], detectors),
  ].join('\n\n')
}

function auditEvents(): string {
  const routesOf = (event: string) => assembly.routes.filter(({ spec }) => spec.audit === event).map(({ spec }) => `\`${spec.id}\``)
  return [
    '# Audit events',
    GENERATED,
    'Every reading and writing leaves one of these, whether it was done, refused or failed. The entry names officer, desk, purpose, case and ids; never content.',
    table(
      ['Event', 'Meaning', 'Routes'],
      Object.entries(assembly.auditEvents)
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([event, meaning]) => [`\`${event}\``, meaning, routesOf(event).join(', ')]),
    ),
    '## Permissions',
    table(
      ['Permission', 'Meaning', 'Roles', 'Realms'],
      Object.entries(assembly.permissions)
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([id, { meaning, roles, realms }]) => [`\`${id}\``, meaning, roles.join(', '), realms.join(', ')]),
    ),
  ].join('\n\n')
}

function configure(): string {
  return [
    '# Configure a node',
    GENERATED,
    'Settings are environment variables. A value that cannot be stops the start and names the variable.',
    table(
      ['Variable', 'Default', 'Meaning'],
      settingDocs().map(({ env, fallback, meaning }) => [`\`${env}\``, fallback === '' ? 'empty' : `\`${fallback}\``, meaning]),
    ),
  ].join('\n\n')
}

function commands(): string {
  return [
    '# Commands',
    GENERATED,
    'Every command is run as `npm run breakwater -- COMMAND` in the checkout.',
    ...Object.entries(USAGE).map(([name, text]) => `## ${name === '' ? 'breakwater' : name}\n\n\`\`\`text\n${text}\n\`\`\``),
  ].join('\n\n')
}

/** Path under the checkout → content. */
export function generatedDocs(): Readonly<Record<string, string>> {
  const api = openApi(
    assembly.routes.map(({ spec }) => spec),
    { title: 'Breakwater node', version: '1' },
  )
  return {
    'docs/measures.md': `${measures()}\n`,
    'docs/audit-events.md': `${auditEvents()}\n`,
    'docs/openapi.json': `${JSON.stringify(api, null, 2)}\n`,
    'docs/operate/configure.md': `${configure()}\n`,
    'docs/operate/commands.md': `${commands()}\n`,
  }
}

if (process.argv[1] === import.meta.filename) {
  const docs = { ...generatedDocs(), ...procedureDocs() }
  // A procedure that is gone leaves no page behind.
  rmSync(path.join(ROOT, FOLDER), { recursive: true, force: true })
  for (const [file, content] of Object.entries(docs)) {
    mkdirSync(path.dirname(path.join(ROOT, file)), { recursive: true })
    writeFileSync(path.join(ROOT, file), content)
  }
}
