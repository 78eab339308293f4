/** Clocks, grounds of refusal and retention of a procedure: law as law, policy as policy, and what was not verified so. */
import type { ClockDef } from '#kernel/procedure/definition.ts'
import { Badge } from '#web/kit/badge.tsx'
import { LegalBasis } from '#web/kit/legal-basis.tsx'
import { ClockKind } from './case-clock.tsx'
import { roleTitle } from './definition-texts.ts'
import type { ProcedureProps } from './procedure-parts.tsx'
import { TablePanel } from './table-panel.tsx'
import { t } from './text.ts'

export function ProcedureClocks({ definition }: ProcedureProps) {
  if (definition.clocks.length === 0) return null
  const head = [t('procedure.clock'), t('procedure.budget'), t('procedure.obligated'), t('procedure.kind'), t('case.basis')]
  return (
    <TablePanel title={t('case.clocks')} head={head}>
      {definition.clocks.map((clock) => (
        <tr key={clock.id}>
          <th scope="row">{clock.title}</th>
          <td>{budgetOf(clock)}</td>
          <td>{roleTitle(definition, clock.obligated)}</td>
          <td>
            <ClockKind clock={clock} />
          </td>
          <td>
            <LegalBasis basis={clock.basis} />
          </td>
        </tr>
      ))}
    </TablePanel>
  )
}

function budgetOf({ budget, atMost, extend }: ClockDef): string {
  const parts = [
    ...(budget === undefined ? [] : [t(`unit.${budget.unit}`, { n: budget.n })]),
    ...(atMost === undefined ? [] : [t('procedure.atMost', { anchor: atMost.anchor, hours: atMost.hours })]),
    ...(atMost?.movesWithExtensions === true ? [t('procedure.limitMoves')] : []),
    ...(extend === undefined ? [] : [t('procedure.extend', { by: t(`unit.${extend.unit}`, { n: extend.max }) })]),
  ]
  return parts.join('; ')
}

export function ProcedureGrounds({ definition }: ProcedureProps) {
  if (definition.refusalGrounds.length === 0) return null
  return (
    <TablePanel title={t('procedure.grounds')} head={[t('procedure.ground'), t('case.basis')]}>
      {definition.refusalGrounds.map((ground) => (
        <tr key={ground.code}>
          <th scope="row">
            {ground.text} {ground.consultFirst === true ? <Badge tone="warn">{t('procedure.consult')}</Badge> : null}
            {ground.doubtfulIf === undefined ? null : <div className="muted">{ground.doubtfulIf.text}</div>}
          </th>
          <td>
            <LegalBasis basis={ground.basis} />
          </td>
        </tr>
      ))}
    </TablePanel>
  )
}

export function ProcedureRetention({ definition }: ProcedureProps) {
  return (
    <TablePanel
      title={t('procedure.retention')}
      head={[t('procedure.category'), t('procedure.review'), t('procedure.erase'), t('case.basis')]}
    >
      {definition.retention.map(({ category, review, erase, basis }) => (
        <tr key={category}>
          <th scope="row">{category}</th>
          <td>{review}</td>
          <td>{erase}</td>
          <td>
            <LegalBasis basis={basis} />
          </td>
        </tr>
      ))}
    </TablePanel>
  )
}
