/** The pages under `docs/procedures`: one for each procedure, whether a slice carries it out or it is a file, and the list of all. */
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { modules } from '../../src/app/modules.ts'
import { readDefinitions, SHIPPED_FOLDER } from '../../src/modules/procedures/server/read-definition.ts'
import { GENERATED, pageOf, refsOf, table } from './page.ts'

export const FOLDER = 'docs/procedures'

export function allProcedures(): readonly ProcedureDef[] {
  const bound = modules.flatMap(({ procedures }) => procedures.map(({ definition }) => definition))
  return [...bound, ...readDefinitions(SHIPPED_FOLDER).map(({ definition }) => definition)].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Path under the checkout → content. */
export function procedureDocs(): Readonly<Record<string, string>> {
  const all = allProcedures()
  return {
    [`${FOLDER}/README.md`]: `${list(all)}\n`,
    ...Object.fromEntries(all.map((definition) => [`${FOLDER}/${definition.id}.md`, `${pageOf(definition)}\n`])),
  }
}

function list(all: readonly ProcedureDef[]): string {
  const count = (definition: ProcedureDef, mark: string) => String(refsOf(definition).filter((ref) => ref.mark === mark).length)
  return [
    '# Procedures',
    GENERATED,
    'Each procedure as the node runs it: its basis, its steps and who takes them, its clocks, its fields and who may see them, its grounds of refusal. ' +
      'Whatever is cited carries one of three marks: verified in the text, from memory and not verified, or policy of the coalition. ' +
      'Nothing that was not verified is shown as law.',
    table(
      [
        'Procedure',
        'Title',
        'Wording of',
        'Realm',
        'Measures',
        'Basis',
        'Clocks of law',
        'Clocks of policy',
        'Citations verified',
        'From memory',
        'Policy',
      ],
      all.map((definition) => [
        `[${definition.id}](${definition.id}.md)`,
        definition.title,
        definition.version,
        definition.realm,
        definition.measures.join(', '),
        [...new Set(definition.basis.map(({ act }) => act))].join('; '),
        String(definition.clocks.filter(({ kind }) => kind === 'law').length),
        String(definition.clocks.filter(({ kind }) => kind === 'policy').length),
        count(definition, 'V'),
        count(definition, 'M'),
        count(definition, 'D'),
      ]),
    ),
  ].join('\n\n')
}
