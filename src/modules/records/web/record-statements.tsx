/** Statements of a record by property, in the order of the model: what names it first. Each with its grade, its handling and the way to its source. */
import { useMemo, useState } from 'react'
import { schemaOf } from '#kernel/record/model.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Empty } from '#web/kit/states.tsx'
import type { RecordView, StatementView } from '../contract.ts'
import { CorrectDialog } from './correct-dialog.tsx'
import { EvidenceDialog } from './evidence-dialog.tsx'
import { LeftOut } from './left-out.tsx'
import { withoutEchoes } from './lived-on.ts'
import { propertyText } from './model-text.ts'
import { SourceMark } from './source-mark.tsx'
import { StatedValue, ValidTime } from './stated-value.tsx'
import { t } from './text.ts'

export function RecordStatements({ record, isPast }: { readonly record: RecordView; readonly isPast: boolean }) {
  const { statements, statementsLeftOut, sourcesLeftOut, members, mayWrite } = record
  const schemata = useMemo(() => [record.schema, ...members.map(({ schema }) => schema)], [record.schema, members])
  const groups = useMemo(() => byProperty(withoutEchoes(statements), schemata), [statements, schemata])
  const [read, setRead] = useState<StatementView | undefined>(undefined)
  const [corrected, setCorrected] = useState<{ readonly statement: StatementView; readonly isWithdrawn: boolean } | undefined>(undefined)
  return (
    <section className="panel" aria-labelledby="statements">
      <h2 id="statements">{t('record.statements')}</h2>
      <LeftOut leftOut={sourcesLeftOut} text="record.sourcesLeftOut" />
      {groups.length === 0 ? <Empty>{t('record.noStatements')}</Empty> : null}
      <dl className="stated">
        {groups.map(([prop, stated]) => (
          <div key={prop}>
            <dt>{propertyText(schemata, prop)}</dt>
            {stated.map((statement) => (
              <dd key={statement.statement} className={statement.recordedTo === undefined ? 'statement' : 'statement ended'}>
                <StatedValue statement={statement} schemata={schemata} /> <ValidTime statement={statement} />
                <SourceMark statement={statement} onOpen={() => setRead(statement)} />
                {statement.recordedTo === undefined ? null : (
                  <Badge tone="warn">{t('statement.ended', { reason: t(`ended.${endOf(statement)}`) })}</Badge>
                )}
              </dd>
            ))}
          </div>
        ))}
      </dl>
      {statementsLeftOut === 0 ? null : <p role="status">{t('record.leftOut', { n: statementsLeftOut.toLocaleString('en-GB') })}</p>}
      {read === undefined ? null : (
        <EvidenceDialog
          statement={read}
          schemata={schemata}
          mayCorrect={mayWrite && !isPast && read.recordedTo === undefined}
          onCorrect={(isWithdrawn) => {
            setCorrected({ statement: read, isWithdrawn })
            setRead(undefined)
          }}
          onClose={() => setRead(undefined)}
        />
      )}
      {corrected === undefined ? null : <CorrectDialog {...corrected} schemata={schemata} onClose={() => setCorrected(undefined)} />}
    </section>
  )
}

const ENDS = ['corrected', 'recalled', 'erased', 'withdrawn', 'superseded'] as const

function endOf({ ended }: StatementView): (typeof ENDS)[number] {
  return ENDS.find((each) => each === ended?.reason) ?? 'superseded'
}

function byProperty(statements: readonly StatementView[], schemata: readonly string[]): readonly (readonly [string, StatementView[]])[] {
  const groups = new Map<string, StatementView[]>()
  for (const statement of statements) groups.set(statement.prop, [...(groups.get(statement.prop) ?? []), statement])
  const models = schemata.map(schemaOf)
  const first = new Set(models.flatMap((model) => [...(model?.caption ?? []), ...(model?.featured ?? [])]))
  const order = [...first]
  const place = (prop: string): number => (first.has(prop) ? order.indexOf(prop) : order.length)
  return [...groups].sort(([a], [b]) => place(a) - place(b) || propertyText(schemata, a).localeCompare(propertyText(schemata, b)))
}
