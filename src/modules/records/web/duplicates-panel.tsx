/** Records that may be the same as this one. The node proposes; a person compares and says. */
import { useState } from 'react'
import { Select } from '#web/kit/fields.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { listDuplicates, presets } from '../contract.ts'
import { RecordLine } from './record-line.tsx'
import { t } from './text.ts'
import { Waterfall } from './waterfall.tsx'

export function DuplicatesPanel({ entity }: { readonly entity: string }) {
  const [preset, setPreset] = useState<(typeof presets)[number]>('balanced')
  const query = useCall(listDuplicates, { entity, preset })
  return (
    <section className="panel" aria-labelledby="duplicates">
      <h2 id="duplicates">{t('duplicates.title')}</h2>
      <Select
        label={t('search.preset')}
        value={preset}
        onChange={(value) => setPreset(presets.find((each) => each === value) ?? 'balanced')}
        choices={presets.map((id) => ({ id, label: t(`preset.${id}`) }))}
      />
      <Reading query={query}>
        {({ items, judgedAlready }) => (
          <>
            {items.length === 0 ? <Empty>{t('duplicates.none')}</Empty> : null}
            <ol className="plain">
              {items.map((row) => (
                <li key={row.entity} className="candidate">
                  <RecordLine row={row} />
                  <details>
                    <summary>{t('duplicates.why', { score: row.match.score.toFixed(3) })}</summary>
                    <Waterfall match={row.match} schemata={[row.schema]} label={t('match.title', { name: row.caption })} />
                  </details>
                  <AppLink to="/records/compare" search={{ left: entity, right: row.entity, preset }} className="button">
                    {t('duplicates.compare')}
                  </AppLink>
                </li>
              ))}
            </ol>
            {judgedAlready === 0 ? null : <p className="muted">{t('duplicates.judged', { n: judgedAlready })}</p>}
          </>
        )}
      </Reading>
    </section>
  )
}
