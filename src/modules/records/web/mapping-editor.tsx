/** How the rows of a table become records: the records of one row, then where each column goes. What goes nowhere is said before anything is read in. */
import { useEffect, useMemo, useState } from 'react'
import { type Mapping, unmappedColumns } from '#kernel/record/csv-mapping.ts'
import { checkMapping } from '#kernel/record/csv-mapping-check.ts'
import { suggestMapping } from '#kernel/record/csv-suggest.ts'
import type { Problem } from '#kernel/result/problem.ts'
import { Select } from '#web/kit/fields.tsx'
import { useCall } from '#web/queries.ts'
import { listMappings } from '../contract.ts'
import type { ShownImport, Mapping as Wire } from './import-page.tsx'
import { MappingColumns } from './mapping-columns.tsx'
import { NO_MAPPING } from './mapping-draft.ts'
import { MappingEntities } from './mapping-entities.tsx'
import { t } from './text.ts'

const NONE: readonly never[] = []

export interface MappingEditorProps {
  readonly view: Pick<ShownImport, 'headers' | 'sample' | 'suggested' | 'mapping'>
  /** What was drawn before the file was checked. */
  readonly held: Wire | undefined
  /** Undefined while it cannot be used. */
  readonly onChange: (mapping: Wire | undefined) => void
}

export function MappingEditor({ view, held, onChange }: MappingEditorProps) {
  const { headers = NONE, sample = NONE } = view
  const saved = useCall(listMappings, {}).data?.items ?? []
  const [chosen, setChosen] = useState(held === undefined ? (view.mapping ?? '') : '')
  const [mapping, setMapping] = useState<Mapping>(() => draftOf(held ?? view.suggested))
  const checked = useMemo(() => checkMapping(mapping, headers), [mapping, headers])
  useEffect(() => onChange(checked.ok ? { ...mapping } : undefined), [checked, mapping, onChange])
  const nowhere = unmappedColumns(mapping, headers)
  const open = useMemo(() => undecided(headers, sample), [headers, sample])
  // Of saved mappings only those whose columns this table has.
  const fitting = saved.filter((each) => checkMapping(each.definition, headers).ok)
  return (
    <section className="mapped" aria-labelledby="mapping">
      <h2 id="mapping">{t('mapping.title')}</h2>
      {headers.length === 0 ? <p>{t('mapping.noTable')}</p> : null}
      {fitting.length === 0 ? null : (
        <Select
          label={t('mapping.saved')}
          value={chosen}
          empty={t('mapping.suggested')}
          onChange={(id) => {
            setChosen(id)
            setMapping(draftOf(fitting.find((each) => each.mapping === id)?.definition ?? view.suggested))
          }}
          choices={fitting.map((each) => ({ id: each.mapping, label: each.title }))}
        />
      )}
      <MappingEntities mapping={mapping} headers={headers} onChange={setMapping} />
      <MappingColumns mapping={mapping} headers={headers} sample={sample} onChange={setMapping} />
      {chosen !== '' || open.length === 0 ? null : (
        <>
          <p>{t('mapping.decide')}</p>
          <ul className="warnings">
            {open.map((problem) => (
              <li key={`${problem.at} ${problem.code}`}>
                <code>{problem.at}</code> {problem.message}
              </li>
            ))}
          </ul>
        </>
      )}
      <div role="status">
        {nowhere.length === 0 ? (
          <p>{t('mapping.allUsed')}</p>
        ) : (
          <p className="warnings">{t('mapping.unused', { columns: nowhere.join(', ') })}</p>
        )}
        {checked.ok ? null : (
          <>
            <p className="field-problem">{t('mapping.notYet')}</p>
            <ul>
              {checked.problems.map((problem) => (
                <li key={`${problem.at} ${problem.code}`}>
                  <code>{problem.at}</code> {problem.message}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  )
}

/** What the first rows leave open, such as the order of a date that may be read two ways. */
function undecided(headers: readonly string[], sample: readonly (readonly string[])[]): readonly Problem[] {
  if (headers.length === 0) return []
  const rows = sample.map((row) => Object.fromEntries(headers.map((header, at) => [header, row[at] ?? ''])))
  return suggestMapping(headers, rows).problems
}

/** What comes from the node is a mapping or nothing to begin with. */
function draftOf(value: unknown): Mapping {
  const parsed = checkMapping(value)
  return parsed.ok ? parsed.value : NO_MAPPING
}
