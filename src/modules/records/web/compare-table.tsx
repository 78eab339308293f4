/** Property by property: what either record states, what both do (said in words), and which statements the verdict rests on. */

import { useState } from 'react'
import { Badge } from '#web/kit/badge.tsx'
import { Checkbox } from '#web/kit/fields.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import type { Comparison, StatementView } from '../contract.ts'
import { EvidenceDialog } from './evidence-dialog.tsx'
import { LeftOut } from './left-out.tsx'
import { propertyText } from './model-text.ts'
import { SourceMark } from './source-mark.tsx'
import { StatedValue, ValidTime } from './stated-value.tsx'
import { t } from './text.ts'

export interface CompareTableProps {
  readonly comparison: Comparison
  readonly chosen: ReadonlySet<string>
  readonly onChoose: ((statement: string, isChosen: boolean) => void) | undefined
}

export function CompareTable({ comparison, chosen, onChoose }: CompareTableProps) {
  const { left, right, properties, sourcesLeftOut } = comparison
  const schemata = [left.schema, right.schema]
  const [read, setRead] = useState<StatementView | undefined>(undefined)
  const side = (statements: readonly StatementView[], shared: ReadonlySet<string>) => (
    <td>
      {statements.map((statement) => (
        <div key={statement.statement} className="statement">
          <StatedValue statement={statement} schemata={schemata} /> <ValidTime statement={statement} />
          {shared.has(statement.value) ? <Badge tone="good">{t('compare.both')}</Badge> : null}
          <SourceMark statement={statement} onOpen={() => setRead(statement)} />
          {onChoose === undefined ? null : (
            <Checkbox
              label={<span className="unseen">{t('compare.choose', { value: statement.caption ?? statement.value })}</span>}
              isSelected={chosen.has(statement.statement)}
              onChange={(on) => onChoose(statement.statement, on)}
            />
          )}
        </div>
      ))}
    </td>
  )
  return (
    <>
      {onChoose === undefined ? null : <p className="muted">{t('compare.chooseHelp')}</p>}
      <LeftOut leftOut={sourcesLeftOut} text="compare.sourcesLeftOut" />
      <Scroll label={t('compare.table')}>
        <table className="compare">
          <thead>
            <tr>
              <th scope="col">{t('compare.property')}</th>
              <th scope="col">
                {t('compare.left')}: <bdi>{left.caption}</bdi>
              </th>
              <th scope="col">
                {t('compare.right')}: <bdi>{right.caption}</bdi>
              </th>
            </tr>
          </thead>
          <tbody>
            {properties.map((each) => {
              const others = new Set(each.right.map(({ value }) => value))
              const shared = new Set(each.left.map(({ value }) => value).filter((value) => others.has(value)))
              return (
                <tr key={each.prop} className={each.shared ? 'shared' : ''}>
                  <th scope="row">
                    {propertyText(schemata, each.prop)} {each.shared ? <Badge tone="good">{t('compare.shared')}</Badge> : null}
                  </th>
                  {side(each.left, shared)}
                  {side(each.right, shared)}
                </tr>
              )
            })}
          </tbody>
        </table>
      </Scroll>
      {read === undefined ? null : (
        <EvidenceDialog
          statement={read}
          schemata={schemata}
          mayCorrect={false}
          onCorrect={() => undefined}
          onClose={() => setRead(undefined)}
        />
      )}
    </>
  )
}
