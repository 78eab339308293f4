/** Problems of a file by line, page after page, narrowed to warnings or to what was put aside. */
import { useMemo, useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Select } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { showImport } from '../contract.ts'
import type { ShownImport } from './import-page.tsx'
import { ProblemRows } from './problem-rows.tsx'
import { t } from './text.ts'

export function ImportProblems({ view }: { readonly view: ShownImport }) {
  const [starts, setStarts] = useState<readonly number[]>([0])
  const from = starts.at(-1) ?? 0
  const later = useCall(showImport, { import: view.import, from }, { enabled: from > 0 })
  const shown = from === 0 ? view : (later.data ?? view)
  const [severity, setSeverity] = useState('')
  const [code, setCode] = useState('')
  const codes = useMemo(() => [...new Set(shown.problemRows.map((row) => row.code))].sort(), [shown.problemRows])
  const rows = shown.problemRows.filter((row) => (severity === '' || row.severity === severity) && (code === '' || row.code === code))
  const isFiltered = severity !== '' || code !== ''
  return (
    <section className="panel" aria-labelledby="problems">
      <h2 id="problems">{t('problems.title', { n: view.problems.toLocaleString('en-GB') })}</h2>
      <div className="toolbar">
        <Select
          label={t('problems.severity')}
          value={severity}
          onChange={setSeverity}
          empty={t('problems.all')}
          choices={(['warning', 'quarantined'] as const).map((id) => ({ id, label: t(`problems.${id}`) }))}
        />
        <Select
          label={t('problems.code')}
          value={code}
          onChange={setCode}
          empty={t('problems.all')}
          choices={codes.map((id) => ({ id, label: id }))}
        />
      </div>
      <Problem error={later.error} />
      {isFiltered ? <p role="status">{t('problems.filtered', { n: rows.length, all: shown.problemRows.length })}</p> : null}
      <ProblemRows rows={rows} label={t('problems.list')} />
      <p role="status">
        {t(shown.problemsLeftOut === 0 ? 'problems.last' : 'problems.leftOut', { n: shown.problemsLeftOut.toLocaleString('en-GB') })}
      </p>
      <div className="actions">
        <Button isDisabled={starts.length === 1} onPress={() => setStarts((held) => held.slice(0, -1))}>
          {t('problems.before')}
        </Button>
        <Button
          isDisabled={shown.problemsLeftOut === 0 || shown.problemRows.length === 0}
          onPress={() => setStarts((held) => [...held, from + shown.problemRows.length])}
        >
          {t('problems.next')}
        </Button>
      </div>
    </section>
  )
}
